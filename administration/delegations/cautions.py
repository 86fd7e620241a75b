"""What a holder should know before delegating an office, and what was done in their name."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Delegation, Role, User
from accounts.reach import reach
from ledger.models import Event
from workflow.models import Dossier, Editor
from workflow.models.dossier_query import TURN
from workflow.states import FOUR_EYES, Verb

DECIDING = frozenset({Role.APPROVER, Role.REVIEWER, Role.SIGNATORY})


def cautions(delegation: Delegation) -> list[str]:
    """What does not forbid it but may surprise."""
    warnings, delegate = [], delegation.delegate
    if not delegate.appointments.in_force().exists():
        warnings.append(
            _("%(person)s has no appointment at present; make sure that they can sign in.") % {"person": delegate}
        )
    barred = _barred(delegation)
    if barred:
        sentence = ngettext(
            "%(person)s has taken part in %(count)s dossier that is waiting for you and cannot decide on it.",
            "%(person)s has taken part in %(count)s dossiers that are waiting for you and cannot decide on them.",
            barred,
        )
        warnings.append(sentence % {"person": delegate, "count": barred})
    return warnings


def _barred(delegation: Delegation) -> int:
    """How many dossiers wait for this office in which the delegate wrote, submitted or decided."""
    appointment = delegation.appointment
    if appointment.role not in DECIDING:
        return 0
    states = [state for state, role in TURN.items() if role == appointment.role]
    waiting = Dossier.objects.filter(reach([appointment]), state__in=states)
    return waiting.filter(_hand_of(delegation.delegate)).count()


def _hand_of(person: User) -> Q:
    wrote = Exists(Editor.objects.filter(dossier=OuterRef("pk"), user=person))
    decisions = Event.objects.filter(chain=OuterRef("ref"), verb__in=[Verb.SUBMIT, *FOUR_EYES])
    return Q(wrote) | Q(Exists(decisions.filter(Q(actor=person) | Q(acting_for=person))))


def decisions_for(person: User):
    """Everything that others did in this person's name, the newest first."""
    rows = Event.objects.filter(acting_for=person)
    return rows.for_reading("dossier__unit", "delegation").order_by("-pk")
