"""What an auditor looks at first: decided alone, decided for another, late, sent back again, taken back, reopened."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, Func, IntegerField, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from ledger.models import Event
from workflow.states import ROAD, State, Verb

MAX_EVENTS_COUNTED = 1000  # that a tab counts
BEFORE_SENT = [*ROAD[: ROAD.index(State.FORWARDED)], State.RETURNED]  # while a due date runs
STEPS = [Verb.SUBMIT, Verb.APPROVE, Verb.REVIEW, Verb.ENDORSE, Verb.FORWARD, Verb.CONCLUDE]


@dataclass(frozen=True)
class Tab:
    """One kind of exception: what it is called, what it means, and its events."""

    label: str
    meaning: str
    narrow: Callable[[QuerySet[Event]], QuerySet[Event]]


def _late(rows):
    return rows.filter(verb__in=STEPS, from_state__in=BEFORE_SENT, at__date__gt=F("dossier__due_on"))


def _overdue(rows):
    waiting = rows.filter(dossier__state__in=BEFORE_SENT, dossier__due_on__lt=timezone.localdate())
    last = Event.objects.filter(chain=OuterRef("chain")).order_by("-seq").values("seq")[:1]
    return waiting.filter(seq=Subquery(last))


def _again(rows):
    earlier = Event.objects.filter(chain=OuterRef("chain"), verb=Verb.RETURN, seq__lt=OuterRef("seq"))
    return rows.filter(Exists(earlier), verb=Verb.RETURN, version__gte=2)  # said again of what was submitted again


def _of(verb: Verb):
    return lambda rows: rows.filter(verb=verb)


TABS = {
    "sole": Tab(
        _("Sole officer"),
        _("Decided by an officer who had taken part in the dossier, nobody else being eligible."),
        lambda rows: rows.filter(sole_officer=True),
    ),
    "delegated": Tab(
        _("By a delegate"),
        _("Decided on behalf of the holder of the office."),
        lambda rows: rows.filter(acting_for__isnull=False),
    ),
    "late": Tab(_("Decided late"), _("Steps taken after the due date of the dossier."), _late),
    "overdue": Tab(_("Still waiting"), _("Past the due date and not passed on yet; the last step is shown."), _overdue),
    "returned": Tab(_("Returned again"), _("Returned for the second time or more."), _again),
    "recalled": Tab(_("Recalled"), _("Withdrawn by the unit after it was submitted or approved."), _of(Verb.RECALL)),
    "reopened": Tab(_("Reopened"), _("Returned to draft after it was declined or withdrawn."), _of(Verb.REOPEN)),
}


def counts(rows: QuerySet[Event], user: User) -> dict[str, int]:
    """How many stand under each tab, up to one past the most; one query, which stops counting there."""
    cardinalities = [
        Func(
            ArraySubquery(tab.narrow(rows).order_by().values("pk")[: MAX_EVENTS_COUNTED + 1]),
            function="cardinality",
            output_field=IntegerField(),
        )
        for tab in TABS.values()
    ]
    return dict(zip(TABS, User.objects.filter(pk=user.pk).values_list(*cardinalities).get(), strict=True))


def days_late(event: Event, *, waiting: bool) -> int:
    """By how many days the step came after the due date, or by how many the dossier still waits past it."""
    due, until = event.dossier.due_on, timezone.localdate() if waiting else timezone.localdate(event.at)
    return max(0, (until - due).days) if due else 0
