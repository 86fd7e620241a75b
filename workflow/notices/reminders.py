"""Reminders of what is due: “due by”, not “due exactly”, so that a day without the worker loses none."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from accounts.models import Role, Unit
from accounts.officers import Officers
from workflow.models import Dossier, Notice, Reminder
from workflow.models.dossier_query import TURN
from workflow.notices.gathering import BATCH
from workflow.states import ROAD, State

BEFORE = (1, 3, 7)  # days before the due date; after it, each week
RUNNING = [*ROAD[: ROAD.index(State.FORWARDED)], State.RETURNED]  # where a due date still presses


@dataclass(frozen=True)
class Due:
    """One thing to be done by a day: what it is, where it stands, and who must do it there."""

    matter: str
    kind: str
    unit: Unit
    title: str
    path: str
    due_on: date
    role: Role
    dossier: Dossier | None = None

    def people(self, officers: Officers) -> set[int]:
        """Whose turn it is; where one of them has taken it up, only that one."""
        holders = officers.of(self.role, self.unit)
        handler = {self.dossier.handler_id} if self.dossier else set()
        return handler & holders or holders


def step(due_on: date, today: date) -> int | None:
    """The latest step whose moment has come: days before the due date, or negative, whole weeks after it."""
    left = (due_on - today).days
    weeks = -left // 7
    return -7 * weeks if weeks >= 1 else next((days for days in BEFORE if left <= days), None)


def horizon(today: date) -> date:
    """The last due date of which anyone is reminded already."""
    return today + timedelta(days=max(BEFORE))


def remind(dues: Iterable[Due], today: date) -> None:
    """Write what is not written yet: one reminder a step and due date, one notice of it a person."""
    dues = [due for due in dues if step(due.due_on, today) is not None]
    reminders = _kept(dues, today)
    officers = Officers((due.role, due.unit) for due in dues)
    notices = [
        Notice(user_id=person, reminder_id=reminders[due.matter, due.due_on, step(due.due_on, today)])
        for due in dues
        for person in sorted(due.people(officers))
    ]
    Notice.objects.bulk_create(notices, batch_size=BATCH, ignore_conflicts=True)


def _kept(dues: list[Due], today: date) -> dict[tuple[str, date, int], int]:
    """(matter, due date, step) -> primary key, once they are all there."""
    rows = [
        Reminder(
            matter=due.matter,
            dossier=due.dossier,
            unit=due.unit,
            kind=due.kind,
            title=due.title,
            path=due.path,
            due_on=due.due_on,
            step=step(due.due_on, today),
        )
        for due in dues
    ]
    Reminder.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    kept = Reminder.objects.filter(matter__in=[due.matter for due in dues])
    return {(matter, due_on, at): pk for matter, due_on, at, pk in kept.values_list("matter", "due_on", "step", "pk")}


def dossiers_due(today: date) -> list[Due]:
    """Every dossier on its road with a due date that is near or has passed."""
    rows = Dossier.objects.filter(state__in=RUNNING, due_on__lte=horizon(today)).select_related("unit").order_by("pk")
    return [
        Due(
            matter=f"dossier:{row.pk}",
            kind=row.kind,
            unit=row.unit,
            title=row.subject,
            path=row.get_absolute_url(),
            due_on=row.due_on,
            role=TURN[row.state],
            dossier=row,
        )
        for row in rows
    ]
