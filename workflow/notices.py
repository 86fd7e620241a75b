"""Who must know of an event: those whose turn it now is, and the drafter when it comes back. Written by the worker."""

from procrastinate.contrib.django import app

from accounts.models import Appointment, Delegation, Role, User
from workflow.models import Dossier, Event, Notice
from workflow.models.dossier_query import OWN_UNIT, TURN
from workflow.states import State, Verb

TELL_THE_DRAFTER = frozenset({State.RETURNED, State.ENDORSED, State.FORWARDED, State.CONCLUDED, State.REJECTED})


def queue(event: Event) -> None:
    """Leave the work to the worker; the job commits with the decision that caused it."""
    tell.defer(event_id=event.pk)


@app.task(name="workflow.tell", queue="notices")
def tell(event_id: int) -> None:
    """Write one notice a person, at most once each however often the job runs."""
    event = Event.objects.select_related("dossier__unit").get(pk=event_id)
    people = addressees(event)
    Notice.objects.bulk_create([Notice(user_id=pk, event=event) for pk in sorted(people)], ignore_conflicts=True)


def addressees(event: Event) -> set[int]:
    """Primary keys, by role within the unit's own line and never by role alone; not the one who acted."""
    if event.verb == Verb.CLAIM or event.from_state == event.to_state:
        return set()
    dossier, role = event.dossier, TURN.get(event.to_state)
    people = set(_holders(dossier, role)) if role and event.to_state != State.RETURNED else set()
    if event.to_state in TELL_THE_DRAFTER:
        people |= _drafters(dossier)
    return people - {event.actor_id}


def _drafters(dossier: Dossier) -> set[int]:
    """Who wrote and submitted it; where neither drafts for the unit any more, whoever does now."""
    people = User.objects.filter(pk__in=[dossier.author_id, dossier.submitter_id], is_active=True)
    wrote = set(people.values_list("pk", flat=True))
    drafting = set(_holders(dossier, Role.DRAFTER))
    return wrote if wrote & drafting else wrote | drafting


def _holders(dossier: Dossier, role) -> list[int]:
    unit = dossier.unit
    there = {"unit": unit} if role in OWN_UNIT else {"unit__path__in": unit.paths_above()}
    holders = Appointment.objects.in_force().filter(role=role, **there)
    lent = Delegation.objects.in_force().filter(appointment__in=holders)
    return [*holders.values_list("user_id", flat=True), *lent.values_list("delegate_id", flat=True)]
