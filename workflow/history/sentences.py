"""Events hold facts; here they become sentences, in the reader's language."""

from dataclasses import dataclass, field
from datetime import datetime

from django.apps import apps
from django.utils.dateparse import parse_date
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from ledger.models import Event
from vietnamese.text import short_official_date
from workflow.capacity import capacity
from workflow.decisions.catalogue import DEFINITIONS
from workflow.errors import AlreadyRecorded, Refused
from workflow.history import sign_in_sentences
from workflow.models import Dossier, Point
from workflow.states import Verb

SENTENCES = {verb: definition.sentence for verb, definition in DEFINITIONS.items()} | {
    Verb.CREATE: gettext_lazy("%(actor)s started the draft"),
    Verb.ATTACH: gettext_lazy("%(actor)s attached “%(file)s”"),
    Verb.DETACH: gettext_lazy("%(actor)s removed the file “%(file)s”"),
    Verb.ANSWER: gettext_lazy("%(actor)s answered the points of the return"),
    "founded": gettext_lazy("%(actor)s set up the office"),
    "appointed": gettext_lazy("%(actor)s appointed %(person)s: %(held_post)s"),
    "appointment_ended": gettext_lazy("%(actor)s ended the appointment of %(person)s: %(held_post)s"),
    "delegated": gettext_lazy("%(actor)s delegated %(held_post)s to %(person)s"),
    "delegation_revoked": gettext_lazy("%(actor)s revoked the delegation to %(person)s"),
    "shared": gettext_lazy("%(actor)s shared a dossier with %(person)s"),
    "unshared": gettext_lazy("%(actor)s ended the sharing of a dossier with %(person)s"),
    "dispatch_prepared": gettext_lazy("%(actor)s prepared the outgoing paper “%(subject)s”"),
    "dispatch_signed": gettext_lazy("%(actor)s signed the outgoing paper “%(subject)s”"),
    "dispatch_cancelled": gettext_lazy("%(actor)s cancelled the outgoing paper “%(subject)s”"),
    "dispatched": gettext_lazy("%(actor)s sent the outgoing paper %(symbol)s"),
    "reference_changed": gettext_lazy("%(actor)s entered or changed reference data: %(what)s"),
    "sign_in_changed": gettext_lazy("%(actor)s changed how %(person)s signs in"),
    "policy_changed": gettext_lazy("%(actor)s changed the security requirements for those who decide"),
    "exported": gettext_lazy("%(actor)s exported a list to Excel"),
    "unit_opened": gettext_lazy("%(actor)s added the unit %(unit)s"),
    "unit_moved": gettext_lazy("%(actor)s moved the unit %(unit)s in the tree"),
    "unit_changed": gettext_lazy("%(actor)s changed the details of the unit %(unit)s"),
    "unit_closed": gettext_lazy("%(actor)s closed the unit %(unit)s"),
    "person_registered": gettext_lazy("%(actor)s added the account of %(person)s"),
    "person_changed": gettext_lazy("%(actor)s changed the account of %(person)s"),
    "person_deactivated": gettext_lazy("%(actor)s closed the account of %(person)s"),
    "person_reactivated": gettext_lazy("%(actor)s opened the account of %(person)s again"),
    "imported": gettext_lazy("%(actor)s imported units, people and appointments from “%(file)s”"),
}
LISTS = {  # what is taken out to Excel
    "history": pgettext_lazy("menu", "History"),
    "exceptions": gettext_lazy("Exceptions"),
    "returns": gettext_lazy("Reasons for returns"),
}
MAX_EVENTS_SHOWN = 12  # to somebody whose page the paper has left behind
REASONS = dict(Point.Reason.choices)


class _Values(dict):
    """Values of an event; what was lawfully erased reads so."""

    def __missing__(self, name):
        return _("(erased)")


@dataclass
class HistoryLine:
    """One event as `components/dossier/event.html` shows it."""

    sentence: str
    state: str
    at: datetime
    acting: str
    quote: str
    seq: int
    hash: str
    version: int
    points: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    event: Event | None = None


def line(event: Event, places: dict[str, str] | None = None) -> HistoryLine:
    """One event in words, points with the names of their `places`. No query when the opening came with it."""
    texts = _Values(event.texts)
    sentence = SENTENCES.get(event.verb)
    values = _Values({**event.facts, **texts, "version": event.version})
    return HistoryLine(
        event=event,
        sentence=sentence % values if sentence else f"{texts['actor']}: {event.verb}",
        state=event.to_state,
        at=event.at,
        acting=capacity(texts),
        quote=texts.get("note", ""),
        points=_beside(event, texts, places or {}),
        tags=[_("as sole officer")] if event.sole_officer else [],
        seq=event.seq,
        hash=bytes(event.leaf_hash).hex(),
        version=event.version,
    )


def _beside(event: Event, texts: dict, places: dict) -> list[str]:
    """What its form carried, a line each. Facts that none of our forms makes end no page on which the event stands."""
    try:
        return [*_facts(event), *_points(event.facts, texts, places)]
    except (LookupError, TypeError, ValueError, AttributeError):
        return [_("What this step says besides cannot be read.")]


def why_refused(refused: Refused) -> list[str]:
    """The reasons; of a form sent again with other values also what it said the first time."""
    if not isinstance(refused, AlreadyRecorded):
        return refused.reasons
    first = line(refused.event)
    quote = f"“{first.quote}”" if first.quote else ""
    return [*refused.reasons, "; ".join(filter(None, [first.sentence, *first.tags, quote, *first.points]))]


def last_move(paper: Dossier) -> list[HistoryLine]:
    """What happened last, the newest first, as far as what brought the paper where it stands."""
    lines, places = [], dict(paper.places())
    for event in Event.objects.filter(dossier=paper).for_reading().order_by("-seq")[:MAX_EVENTS_SHOWN]:
        lines.append(line(event, places))
        if event.from_state != event.to_state:
            break
    return lines


def _points(facts: dict, texts: dict, places: dict) -> list[str]:
    """Each point: where, what kind of fault, and its words."""
    lines = []
    for point in facts.get("points", ()):
        reason = REASONS.get(point.get("reason"), "")
        head = " – ".join(str(part) for part in (places.get(point["place"], ""), reason) if part)
        lines.append(": ".join(filter(None, [head, texts[f"point.{point['number']}"]])))
    return lines


def _facts(event: Event) -> list[str]:
    """What the form carried beside its reason, a line each."""
    facts, lines = event.facts, []
    if facts.get("sitting_on"):
        values = {"day": _day(facts["sitting_on"]), "minutes": facts.get("minutes_no", "")}
        lines.append(_("Sitting of %(day)s, minutes %(minutes)s") % values)
    if facts.get("tally"):
        lines.append(_("In favour %(in_favour)s of %(members_total)s members") % _Values(_of_all(facts["tally"])))
    if facts.get("decision_no"):
        values = {"number": facts["decision_no"], "day": _day(facts.get("decided_on", ""))}
        lines.append(_("Decision %(number)s of %(day)s") % values)
    if facts.get("letter_no"):
        lines.append(_("Letter %(number)s of the level above") % {"number": facts["letter_no"]})
    if facts.get("outcome"):
        lines.append(_("Outcome: %(outcome)s") % {"outcome": _outcome(event.dossier, facts["outcome"])})
    if facts.get("receipt_no"):
        lines.append(_("Receipt number %(number)s") % {"number": facts["receipt_no"]})
    if facts.get("list") in LISTS:
        rows = facts.get("rows", 0)
        lines.append(f"{LISTS[facts['list']]}: " + ngettext("%d row", "%d rows", rows) % rows)
    if facts.get("model"):
        lines.append(capfirst(apps.get_model(facts["model"])._meta.verbose_name))
    return lines + sign_in_sentences.in_words(event.verb, facts)


def _of_all(tally: dict) -> dict:
    """Against all members, whoever was absent and wrote in favour counts too."""
    return tally | {"in_favour": tally.get("in_favour", 0) + tally.get("written_in_favour", 0)}


def _outcome(dossier: Dossier, code: str) -> str:
    """A kind of paper may have words for the codes of its outcomes."""
    return str(apps.get_model(dossier.kind).outcomes.get(code, code))


def _day(text: str) -> str:
    day = parse_date(text) if text else None
    return short_official_date(day) if day else ""
