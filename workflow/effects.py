"""What a decision will do, who will be told, and whether it can be taken back: said before it is taken."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from workflow.acts import act_for
from workflow.addressees import addressees_of
from workflow.models import Dossier, Event
from workflow.states import Verb

HAPPENS = {
    Verb.SUBMIT: _("The content is sealed as a new version and submitted to the unit's approver."),
    Verb.RECALL: _("The dossier goes back to the drafter's desk as a draft."),
    Verb.APPROVE: _(
        "The unit's approval seals this version and submits it to the level above; it can no longer be changed."
    ),
    Verb.CLAIM: _("Others see that you are reviewing it. Another reviewer may still take over."),
    Verb.REVIEW: _("The review and its checklist are sealed, and the dossier goes to the Standing Committee."),
    Verb.ENDORSE: _("The endorsement is sealed with the sitting and its minutes; the records clerk sends it on."),
    Verb.HAND_BACK: _("The dossier goes back one step, to the officer who handled it before."),
    Verb.CONCLUDE: _("The dossier is concluded with the outcome you enter."),
    Verb.RETURN: _("The drafter receives the points and answers each before submitting again."),
    Verb.REJECT: _("The award is not proposed; the unit can read the reason."),
    Verb.WITHDRAW: _("The dossier is closed; the reason is kept in its record."),
    Verb.REOPEN: _("The dossier becomes a draft again on the unit's desk."),
    Verb.SUPERSEDE: _("The dossier is marked as replaced; it stays readable with its whole record."),
}
UNDONE = {
    Verb.SUBMIT: _("You can recall it until the unit's approver has decided."),
    Verb.RECALL: _("It can be submitted again at any time."),
    Verb.APPROVE: _("An approver of the unit can recall it until a reviewer takes it up."),
    Verb.CLAIM: _("It decides nothing."),
    Verb.REVIEW: _("The signatory can hand it back one step."),
    Verb.ENDORSE: _("The records clerk can hand it back until it is sent."),
    Verb.HAND_BACK: _("The decision can be taken again."),
    Verb.CONCLUDE: _("This cannot be undone; a new dossier can replace this one."),
    Verb.RETURN: _("This cannot be undone; the drafter submits again."),
    Verb.REJECT: _("It can be reopened with a reason."),
    Verb.WITHDRAW: _("It can be reopened with a reason."),
    Verb.REOPEN: _("It can be withdrawn again."),
    Verb.SUPERSEDE: _("This cannot be undone."),
}


BACK = {Verb.SUBMIT: Verb.RECALL, Verb.APPROVE: Verb.RECALL, Verb.REVIEW: Verb.HAND_BACK, Verb.ENDORSE: Verb.HAND_BACK}


def taken_back_by(verb: Verb, dossier: Dossier, user: User) -> tuple[str, str] | None:
    """The (address, label) where this person can take back what was just done, if they are the one who may."""
    back = act_for(BACK[verb]) if verb in BACK else None
    if back is None or not user.has_perm(f"workflow.{back.verb}", dossier):
        return None
    return reverse("workflow:decision", args=[dossier.ref, back.noun]), back.label


def told_of(verb: Verb, dossier: Dossier, actor: User) -> list[str]:
    """Full names of those who would get a notice if `actor` took this decision now."""
    return told_of_each(verb, [dossier], actor)[dossier.pk]


def told_of_each(verb: Verb, dossiers: list[Dossier], actor: User) -> dict[int, list[str]]:
    """The same of many, by primary key, with as many queries as for one."""
    told = names_told_of([_supposed(verb, dossier, actor) for dossier in dossiers])
    return dict(zip((dossier.pk for dossier in dossiers), told, strict=True))


def _supposed(verb: Verb, dossier: Dossier, actor: User) -> Event:
    moves = Dossier._meta.get_field("state").get_all_transitions(Dossier)
    targets = [move.target for move in moves if move.name.rstrip("_") == verb and move.source == dossier.state]
    to_state = targets[0] if targets else dossier.state
    return Event(dossier=dossier, verb=verb, from_state=dossier.state, to_state=to_state, actor=actor)


def names_told(event: Event) -> list[str]:
    """Full names of those who get a notice of an event."""
    return names_told_of([event])[0]


def names_told_of(events: list[Event]) -> list[list[str]]:
    """The same of many events, in their order."""
    told = addressees_of(events)
    people = User.objects.filter(pk__in=set().union(*told)).order_by("sort_key")
    names = list(people.values_list("pk", "full_name"))
    return [[name for pk, name in names if pk in some] for some in told]
