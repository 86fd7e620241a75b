"""Words that every page about dossiers shares."""

from django import template
from django.apps import apps

from workflow.desk import due
from workflow.drafting.points import unanswered
from workflow.history import sentences
from workflow.kinds import kind_of
from workflow.models import AccessLog
from workflow.rights import reach
from workflow.states import State

register = template.Library()


@register.simple_tag
def due_in_words(day, settled=False) -> dict | None:
    return due.in_words(day, settled=settled)


@register.filter
def state_label(state) -> str:
    return State(state).label if state else ""


@register.filter
def kind_label(dossier) -> str:
    """What this kind of paper is called."""
    return apps.get_model(dossier.kind)._meta.verbose_name


@register.filter
def line(event) -> sentences.HistoryLine:
    """An event in words."""
    return sentences.line(event)


@register.filter
def line_sentence(event) -> str:
    """An event as one sentence."""
    return sentences.line(event).sentence


@register.filter
def access_label(act) -> str:
    """What someone did with a dossier without deciding on it."""
    return AccessLog.Kind(act).label


@register.filter
def is_reached_by(dossier, user) -> bool:
    """By an office of theirs, not by a grant made by hand."""
    return reach.reaches(user, dossier)


@register.filter
def is_settled(state) -> bool:
    """Past where a due date runs."""
    return state in {State.FORWARDED, State.CONCLUDED, State.REJECTED, State.WITHDRAWN, State.SUPERSEDED}


@register.filter
def place_url(dossier, place) -> str:
    """Where a place that a reason or a point names is filled in; empty where nowhere."""
    return kind_of(dossier).place_url(dossier, place) if dossier else ""


@register.simple_tag
def points_left(points) -> int:
    """How many of these points of a return wait for an answer."""
    return unanswered(points)
