"""Words that pages about papers share: what a state is called, what a figure reads like."""

from functools import reduce
from operator import or_

from django import template
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Role
from accounts.reach import reaches
from documents.attachments.reading import files
from documents.awards import ballot
from documents.content import figures
from documents.nominations import printed_groups, rules
from documents.progress import board
from documents.register.dispatch import Dispatch
from documents.register.road_end import last_referrals
from documents.reports import printed_sections
from workflow.states import State

register = template.Library()
REFERRED = frozenset({State.FORWARDED, State.CONCLUDED, State.RETURNED, State.SUPERSEDED})


@register.filter
def state_label(state) -> str:
    return State(state).label if state else _("Not started")


@register.filter
def settled(state) -> bool:
    """Past the unit's own desk: no due date of the unit's runs any longer."""
    return state not in {None, "", State.DRAFT, State.RETURNED, State.SUBMITTED}


@register.simple_tag
def letters_waiting(user) -> int:
    """How many outgoing papers this person's office is to sign or send; only those who do so are a question worth."""
    turn = {Role.SIGNATORY: Dispatch.State.PREPARED, Role.CLERK: Dispatch.State.SIGNED}
    mine = [Q(unit=by.unit, state=turn[by.role]) for by in user.authorities if by.role in turn]
    return Dispatch.objects.filter(reduce(or_, mine)).count() if mine else 0


@register.simple_tag
def figure(value, type) -> str:
    """A figure as people read it."""
    return figures.display(value, type)


@register.filter
def field_anchor(place: str) -> str:
    """Where on a nomination's form a place is filled in."""
    return f"id_{place.partition(':')[2]}"


@register.filter
def dispatch_tone(paper) -> str:
    """The dossier state whose colour an outgoing paper's own state takes."""
    return {"prepared": State.DRAFT, "signed": State.ENDORSED, "sent": State.FORWARDED}.get(
        paper.state, State.WITHDRAWN
    )


@register.simple_tag
def report_sections(paper, previous=None, points=()):
    return printed_sections.report_sections(paper, previous, points)


@register.simple_tag
def report_attestations(paper, points=()):
    return printed_sections.report_attestations(paper, points)


@register.simple_tag
def paper_files(paper, points=()):
    return files(paper, points)


@register.simple_tag
def nomination_groups(paper, points=(), previous=None):
    return printed_groups.nomination_groups(paper, points, previous)


@register.filter
def anchor(place: str) -> str:
    """The id of a place on a reading page."""
    return "place-" + place.replace(":", "-")


@register.simple_tag(takes_context=True)
def referrals_of(context, paper) -> dict:
    """The referrals of the letter that forwarded it last, and whether this reader may record a reply."""
    user = context["request"].user
    clerk = any(by.role == Role.CLERK and reaches(by, paper) for by in user.authorities)
    rows = last_referrals(paper).select_related("recipient", "dispatch") if paper.state in REFERRED else []
    return {"rows": list(rows), "clerk": clerk and paper.state == State.FORWARDED}


@register.simple_tag
def campaign_strips(user) -> list[dict]:
    """The latest campaign within reach with its bar; empty where there is none."""
    return board.strips(user)


@register.simple_tag
def ballot_in_words(nomination) -> dict:
    """The unit's ballot: each count, the result against what the award measures, and what is wrong with it."""
    tally = nomination.tally
    names = [name for name in vars(tally) if not (name.startswith("written") and not tally.written_opinions)]
    label = nomination._meta.get_field
    return {
        "counts": [(label(f"ballot_{name}").verbose_name, getattr(tally, name)) for name in names],
        "result": ballot.display(tally, nomination.award.threshold_of),
        "problems": ballot.problems(tally),
        "warnings": rules.warnings(nomination),
    }
