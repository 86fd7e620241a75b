"""What the rules of all verbs share: why a decision may not be taken now, in words; nothing when it may."""

from collections.abc import Iterable, Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Authority, Role
from accounts.reach import OWN_UNIT, reaches
from ledger.envelope import Facts
from vietnamese.text import nfc
from workflow.decisions.definition import Definition
from workflow.decisions.eligibility import others_eligible
from workflow.decisions.facts import MAX_FACT_CHARACTERS, MAX_TEXT_CHARACTERS
from workflow.errors import Refused
from workflow.models import Dossier
from workflow.models.dossier_query import GONE
from workflow.models.steps import roles, sources
from workflow.states import FOUR_EYES, State, Verb


def why_not(
    definition: Definition, dossier: Dossier, by: Authority, facts: Facts | None = None, *, sole: bool = False
) -> list[str]:
    """Every reason against a verb here and now. `facts` is None while the form is still empty (a button)."""
    verb = definition.verb
    against = list(_step(verb, dossier, by))
    if against:
        return against  # what follows would only repeat that it is another's turn
    return [
        *(sole_officer(verb, dossier, by) if sole else four_eyes(verb, dossier, by)),
        *(reason for rule in definition.rules for reason in rule(dossier, by, facts)),
        *(str(reason) for reason in dossier.paper().extra_rules(verb, facts)),
        *(_reason_given(facts) if facts is not None and (definition.reason_required or sole) else ()),
        *(_not_too_long(facts) if facts is not None else ()),
    ]


def lock_authority(by: Authority) -> None:
    """Hold the office until the transaction ends, so that it cannot end meanwhile. Raises Refused when it has."""
    if not by.still_holds():
        raise office_has_ended()


def office_has_ended() -> Refused:
    return Refused(_("Your appointment no longer allows this."))


def four_eyes(verb: Verb, dossier: Dossier, by: Authority) -> Iterator[str]:
    if verb not in FOUR_EYES:
        return
    paper = dossier.paper()
    if by.people & paper.nominees():
        yield _("The award is proposed for you or for the person you act for; another officer must decide.")
    elif by.people & dossier.situation.hands(verb):
        yield _("You or the person you act for have already taken part in this dossier; another officer must decide.")


def sole_officer(verb: Verb, dossier: Dossier, by: Authority) -> Iterator[str]:
    """Deciding as sole officer stands only when four eyes would refuse and nobody else could decide."""
    if not any(four_eyes(verb, dossier, by)):
        yield _("There is no need to decide as sole officer: you may decide in the ordinary way.")
        return
    names = others_eligible(verb, dossier, roles(verb, dossier.state), besides=by)
    if names:
        yield _("Another officer can decide: %(names)s.") % {"names": listed(names)}


def slot_free(dossier: Dossier, by: Authority | None = None, facts: Facts | None = None) -> Iterator[str]:
    """One live dossier in each slot, and one live replacement of each: the slot the database holds too."""
    if dossier.replaces_id:
        others = Dossier.objects.filter(replaces=dossier.replaces_id).exclude(state__in=GONE)
        if others.exclude(pk=dossier.pk).exists():
            yield _("Another dossier already replaces the same one.")
    elif dossier.slot and Dossier.objects.live().filter(slot=dossier.slot).exclude(pk=dossier.pk).exists():
        yield _("This unit already has a dossier of this kind under way in this campaign.")


def today() -> str:
    """Today as facts carry a date."""
    return timezone.localdate().isoformat()


def listed(words: Iterable[object]) -> str:
    return ", ".join(str(word) for word in words)


def _step(verb: Verb, dossier: Dossier, by: Authority) -> Iterator[str]:
    entitled = roles(verb, dossier.state)
    if not entitled:
        yield _("Possible only for a dossier that is: %(states)s. This one is: %(now)s.") % {
            "states": listed(state.label for state in sources(verb)),
            "now": State(dossier.state).label,
        }
    elif by.role not in entitled or not reaches(by, dossier):
        people = listed(role.label for role in Role if role in entitled)
        belongs = (
            _("This step is the responsibility of: %(roles)s of %(unit)s.")
            if entitled <= OWN_UNIT
            else _("This step is the responsibility of: %(roles)s of a body above %(unit)s.")
        )
        yield belongs % {"roles": people, "unit": dossier.unit.name}


def _reason_given(facts: Facts) -> Iterator[str]:
    if not nfc(facts.get("note", "")).strip():
        yield _("Please give the reason.")


def _not_too_long(facts: Facts) -> Iterator[str]:
    words = {facts.get("note", ""), *facts.get("texts", {}).values()}
    short = [value for name, value in facts.items() if isinstance(value, str) and name != "note"]
    for text, longest in [
        *((word, MAX_TEXT_CHARACTERS) for word in words),
        *((word, MAX_FACT_CHARACTERS) for word in short),
    ]:
        if len(text) > longest:
            yield _("Longer than %(most)d characters: “%(start)s…”") % {"most": longest, "start": text[:40]}
