"""Why a decision may not be taken now, in words; nothing when it may. Button, form, bulk list and action ask here."""

from collections.abc import Iterator
from functools import cache

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.authority import Authority
from accounts.models import Role
from accounts.reach import OWN_UNIT, reaches
from accounts.vietnamese import nfc
from workflow.eligibility import claim_stands, others_eligible
from workflow.errors import Refused
from workflow.facts import LONGEST, LONGEST_TEXT
from workflow.models import Dossier, Point
from workflow.models.dossier_query import GONE
from workflow.states import FOUR_EYES, ROAD, State, Verb

REASON_REQUIRED = frozenset({Verb.RECALL, Verb.HAND_BACK, Verb.REJECT, Verb.WITHDRAW, Verb.REOPEN})
MOST_POINTS = 200  # of one return: more than anybody reads one by one
CHECKLIST_ANSWERS = ("yes", "na", "no")


@cache
def roles(verb: Verb, state: str) -> frozenset[Role]:
    """The roles that may take this step from this state; empty when the machine has no such step."""
    moves = Dossier._meta.get_field("state").get_all_transitions(Dossier)
    return frozenset().union(
        *(move.custom["roles"] for move in moves if move.name.rstrip("_") == verb and move.source == state)
    )


def sources(verb: Verb) -> list[State]:
    """The states this verb starts from, in the order of life."""
    moves = Dossier._meta.get_field("state").get_all_transitions(Dossier)
    from_states = {move.source for move in moves if move.name.rstrip("_") == verb}
    return [state for state in State if state in from_states]


def why_not(verb: Verb, dossier: Dossier, by: Authority, facts: dict | None = None, *, sole=False) -> list[str]:
    """Every reason against `verb` here and now. `facts` is None while the form is still empty (a button)."""
    verb = Verb(verb)
    against = list(_step(verb, dossier, by))
    if against:
        return against  # what follows would only repeat that it is another's turn
    return [
        *(sole_officer(verb, dossier, by) if sole else four_eyes(verb, dossier, by)),
        *(reason for rule in RULES.get(verb, ()) for reason in rule(dossier, by, facts)),
        *(str(reason) for reason in dossier.paper().extra_rules(verb, facts)),
        *(_note_given(verb, facts, sole) if facts is not None else ()),
        *(_not_too_long(facts) if facts is not None else ()),
    ]


def hold(by: Authority) -> None:
    """Hold the office until the transaction ends, so that it cannot end meanwhile. Raises Refused when it has."""
    if not by.still_holds():
        raise Refused(_("Your appointment no longer allows this."))


def _step(verb, dossier, by) -> Iterator[str]:
    asked = roles(verb, dossier.state)
    if not asked:
        yield _("Possible only for a dossier that is: %(states)s. This one is: %(now)s.") % {
            "states": _listed(state.label for state in sources(verb)),
            "now": State(dossier.state).label,
        }
    elif by.role not in asked or not reaches(by, dossier):
        people = _listed(role.label for role in Role if role in asked)
        belongs = (
            _("This step belongs to: %(roles)s of %(unit)s.")
            if asked <= OWN_UNIT
            else _("This step belongs to: %(roles)s of a body above %(unit)s.")
        )
        yield belongs % {"roles": people, "unit": dossier.unit.name}


def _today() -> str:
    return timezone.localdate().isoformat()


def _listed(words) -> str:
    return ", ".join(str(word) for word in words)


def four_eyes(verb, dossier, by) -> Iterator[str]:
    if verb not in FOUR_EYES:
        return
    paper = dossier.paper()
    if by.people & paper.nominees():
        yield _("The award is proposed for you or for the person you act for; another officer must decide.")
    elif by.people & dossier.situation.hands(verb):
        yield _("You or the person you act for have already had a hand in this dossier; another officer must decide.")


def sole_officer(verb, dossier, by) -> Iterator[str]:
    """Deciding as sole officer stands only when four eyes would refuse and nobody else could decide."""
    if not any(four_eyes(verb, dossier, by)):
        yield _("No need to decide as sole officer: you may decide in the ordinary way.")
        return
    names = others_eligible(verb, dossier, roles(verb, dossier.state), besides=by)
    if names:
        yield _("Another officer can decide: %(names)s.") % {"names": _listed(names)}


def _note_given(verb, facts, sole) -> Iterator[str]:
    if (verb in REASON_REQUIRED or sole) and not nfc(facts.get("note", "")).strip():
        yield _("Please give the reason.")


def _not_too_long(facts) -> Iterator[str]:
    words = {facts.get("note", ""), *facts.get("texts", {}).values()}
    short = [value for name, value in facts.items() if isinstance(value, str) and name != "note"]
    for said, most in [*((word, LONGEST_TEXT) for word in words), *((word, LONGEST) for word in short)]:
        if len(said) > most:
            yield _("Longer than %(most)d characters: “%(start)s…”") % {"most": most, "start": said[:40]}


def _complete(dossier, by, facts) -> Iterator[str]:
    yield from (str(missing.sentence) for missing in dossier.paper().missing())


def _points_answered(dossier, by, facts) -> Iterator[str]:
    left = dossier.situation.open_points
    if left:
        said = ngettext("%d point of the return is not answered.", "%d points of the return are not answered.", left)
        yield said % left


def _own_submission(dossier, by, facts) -> Iterator[str]:
    if dossier.state == State.SUBMITTED and dossier.submitter_id not in by.people:
        yield _("Only the person who submitted it can recall it now.")


def _not_claimed(dossier, by, facts) -> Iterator[str]:
    if dossier.handler_id and claim_stands(dossier):
        yield _("A reviewer of the district has already taken it up; ask them to return it.")


def _not_mine_yet(dossier, by, facts) -> Iterator[str]:
    if dossier.handler_id == by.person.pk:
        yield _("You have already taken it up.")


def _checklist_done(dossier, by, facts) -> Iterator[str]:
    if facts is None:
        return
    answers = facts.get("checklist", {})
    if answers.keys() - {code for code, _sentence in dossier.paper().checklist}:
        yield _("An answer names an item that is not on the reviewer's list.")
    for code, sentence in dossier.paper().checklist:
        if answers.get(code) not in CHECKLIST_ANSWERS:
            yield _("Not answered: %(item)s") % {"item": sentence}
        elif answers[code] == "no":
            yield _("Answered “no”: %(item)s. Return the dossier instead.") % {"item": sentence}


def _sitting_named(dossier, by, facts) -> Iterator[str]:
    if facts is None:
        return
    if not (facts.get("sitting_on") and facts.get("minutes_no")):
        yield _("The date of the sitting and the number of its minutes are required.")
    elif str(facts["sitting_on"]) > _today():
        yield _("The sitting cannot lie in the future.")


def _points_given(dossier, by, facts) -> Iterator[str]:
    if facts is None:
        return
    if not facts.get("points"):
        yield _("A return needs at least one point.")
    if len(facts.get("points", ())) > MOST_POINTS:
        yield _("A return takes at most %(most)d points; attach a longer list as a file.") % {"most": MOST_POINTS}
        return
    texts = facts.get("texts", {})
    if any(not texts.get(f"point.{point['number']}", "-") for point in facts.get("points", ())):
        yield _("A point says nothing.")
    known = {place for place, _label in dossier.paper().places()}
    if any(point["place"] not in known for point in facts.get("points", ())):
        yield _("A point names a place that this paper does not have.")
    if any(point.get("reason", "") not in ["", *Point.Reason] for point in facts.get("points", ())):
        yield _("A point names a kind of fault that is not on the list.")
    if dossier.state == State.FORWARDED and not facts.get("letter_no"):
        yield _("A return after forwarding cites the upper body's letter.")


def _outcome_given(dossier, by, facts) -> Iterator[str]:
    if facts is not None and not facts.get("outcome"):
        yield _("The outcome is required.")
    if facts is not None and str(facts.get("decided_on") or "") > _today():
        yield _("The decision cannot lie in the future.")


def _reply_dated(dossier, by, facts) -> Iterator[str]:
    if facts is not None and not "" < str(facts.get("replied_on") or "") <= _today():
        yield _("The date of the reply is required and cannot lie in the future.")


def _may_be_rejected(dossier, by, facts) -> Iterator[str]:
    if not dossier.paper().nominations_only:
        yield _("Only award nominations can be declined; return this paper instead.")


def slot_free(dossier, by=None, facts=None) -> Iterator[str]:
    """One live dossier in each slot, and one live replacement of each: the slot the database holds too."""
    if dossier.replaces_id:
        others = Dossier.objects.filter(replaces=dossier.replaces_id).exclude(state__in=GONE)
        if others.exclude(pk=dossier.pk).exists():
            yield _("Another paper already replaces the same one.")
    elif dossier.slot and Dossier.objects.live().filter(slot=dossier.slot).exclude(pk=dossier.pk).exists():
        yield _("This unit already has a live dossier of this kind in this campaign.")


def replaceable(dossier) -> Iterator[str]:
    """What a new dossier may replace: one like itself that has come too far to be mended."""
    replaced = dossier.replaces
    if replaced is None:
        return
    if (replaced.kind, replaced.unit_id, replaced.slot) != (dossier._meta.label_lower, dossier.unit_id, dossier.slot):
        yield _("Only a paper of the same kind, unit and campaign can be replaced.")
    elif State(replaced.state) not in sources(Verb.SUPERSEDE):
        yield _("Only a paper that is endorsed, forwarded or concluded can be replaced.")


def _replacement_as_far(dossier, by, facts) -> Iterator[str]:
    replacements = [other for other in dossier.replaced_by.all() if other.state in ROAD]
    if not replacements:
        yield _("No dossier replaces this one.")
    elif not any(ROAD.index(other.state) >= ROAD.index(dossier.state) for other in replacements):
        yield _("The dossier that replaces it has not come as far yet.")


RULES = {
    Verb.SUBMIT: (_complete, _points_answered),
    Verb.RECALL: (_own_submission, _not_claimed),
    Verb.CLAIM: (_not_mine_yet,),
    Verb.REVIEW: (_checklist_done,),
    Verb.ENDORSE: (_sitting_named,),
    Verb.RETURN: (_points_given,),
    Verb.RECORD_REPLY: (_reply_dated,),
    Verb.CONCLUDE: (_outcome_given,),
    Verb.REJECT: (_may_be_rejected,),
    Verb.REOPEN: (slot_free,),
    Verb.SUPERSEDE: (_replacement_as_far,),
}
