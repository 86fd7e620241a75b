"""Answering the points of a return, one by one, before the paper is submitted again."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import Authority
from vietnamese.text import nfc
from workflow.decisions.facts import MAX_TEXT_CHARACTERS
from workflow.drafting import editing
from workflow.errors import Refused
from workflow.models import Dossier, Point


def last_return(dossier: Dossier) -> list[Point]:
    """The points of the last return in their order; none when it was never returned."""
    points = list(Point.objects.filter(dossier=dossier).select_related("answered_by").order_by("event", "number"))
    return [point for point in points if point.event_id == points[-1].event_id]


def unanswered(points: list[Point]) -> int:
    """How many of these still wait for a word."""
    return sum(not nfc(point.answer).strip() for point in points)


def answer(dossier: Dossier, answers: dict[int, str], *, by: Authority) -> None:
    """Save what is said to each point of the last return, by its number. Raises Refused like any other edit."""
    with editing.edit(dossier, by=by) as paper:
        changed = []
        for point in last_return(dossier):
            text = _in_measure(answers.get(point.number, point.answer))
            if text != point.answer:
                point.answer, point.answered_by, point.answered_at = text, by.person, timezone.now()
                point.save(update_fields=["answer", "answered_by", "answered_at"])
                changed.append(point)
        if changed:
            editing.answered(paper, changed, by=by)


def _in_measure(text: str) -> str:
    text = nfc(text).strip()
    if len(text) > MAX_TEXT_CHARACTERS:
        raise Refused(_("An answer may have at most %(most)d characters.") % {"most": MAX_TEXT_CHARACTERS})
    return text


def pressed(data) -> int:
    """The number of the point whose button was pressed; 0 is none."""
    typed = data.get("answer", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0


def typed_answer(data, number: int) -> str:
    """The words typed to this point; left blank, its button says that it has been mended."""
    return data.get(f"answer-{number}", "").strip() or _mended()


def _mended() -> str:
    """In the office's language, whoever answers: it goes on record."""
    with override(settings.LANGUAGE_CODE):
        return _("Corrected.")
