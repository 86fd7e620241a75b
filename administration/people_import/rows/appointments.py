"""Rows about appointments: made, or given their last day. An appointment is never rewritten."""

from collections import Counter
from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext_noop

from accounts.models import Appointment, Authority
from administration.people_import.rows.outcomes import RowOutcome, refuse_twins
from administration.people_import.rows.people import People
from administration.people_import.rows.units import Units
from administration.people_import.workbook.reading import WorkbookRow
from ledger.append import RegistryEntry

BATCH = 500
TWICE = gettext_noop("This is already in row %(row)s.")


class Appointments:
    """What the rows about appointments come to, beside the units and people of the same file."""

    def __init__(self, rows: list[WorkbookRow], units: Units, people: People, by: Authority):
        self.units, self.people, self.by = units, people, by
        self.existing = self._existing(rows)
        self.outcomes = [self._outcome(row) for row in rows]
        refuse_twins(self.outcomes, _same, "username", TWICE)
        self._refuse_doubles()

    def _existing(self, rows: list[WorkbookRow]) -> dict[tuple, list[Appointment]]:
        """The appointments of those people at those units, by person, unit and role."""
        users = {user.pk for row in rows if (user := self.people.find(row.text("username"))) and user.pk}
        appointments: dict[tuple, list[Appointment]] = {}
        for one in Appointment.objects.filter(user__in=users).order_by("pk"):
            appointments.setdefault((one.user_id, one.unit_id, one.role), []).append(one)
        return appointments

    def _outcome(self, row: WorkbookRow) -> RowOutcome:
        user, unit = self._person(row), self._unit(row)
        name = f"{row.text('username')} – {row.text('unit')}"
        stored = self._stored(row, user, unit)
        if stored is None:
            return self._new(row, name, user, unit)
        outcome = RowOutcome(row, name, stored)
        self._only_its_end(outcome, stored)
        return outcome

    def _person(self, row: WorkbookRow):
        username = row.text("username")
        user = self.people.find(username)
        if username and user is None:
            row.wrong(
                "username", gettext_noop("Nobody has the username “%(value)s”, here or in this file."), value=username
            )
        return user

    def _unit(self, row: WorkbookRow):
        code = row.text("unit")
        unit = self.units.find(code)
        if code and unit is None:
            row.wrong("unit", gettext_noop("No unit has the code “%(value)s”, here or in this file."), value=code)
        elif unit and not self.units.reaches(code):
            row.wrong("unit", gettext_noop("This is neither your unit nor below it."))
        return unit

    def _stored(self, row: WorkbookRow, user, unit) -> Appointment | None:
        """The appointment of this person, unit, role and first day; the one still open where there were several."""
        if not (user and unit and user.pk and unit.pk):
            return None
        existing = self.existing.get((user.pk, unit.pk, row.text("role")), [])
        same = [one for one in existing if one.starts_on == row.values.get("starts_on")]
        return next((one for one in same if not one.ended_at), same[0] if same else None)

    def _new(self, row: WorkbookRow, name: str, user, unit) -> RowOutcome:
        starts, ends = row.values.get("starts_on"), row.values.get("ends_on")
        if unit and unit.closed_on:
            row.wrong("unit", gettext_noop("The unit “%(value)s” is closed."), value=unit.code)
        if starts and ends and ends < starts:
            row.wrong("ends_on", gettext_noop("The last day is before the first."))
        if user and user.pk and not user.is_active:
            row.wrong("username", gettext_noop("This person's account is closed."))
        target = Appointment(
            role=row.text("role"), post=row.text("post"), decision_no=row.text("decision_no"), ends_on=ends
        )
        if starts:
            target.starts_on = starts
        outcome = RowOutcome(row, name, target, is_new=True)
        for column in ("role", "post", "starts_on", "ends_on", "decision_no"):
            outcome.compare(column, "", row.values.get(column))
        return outcome

    def _only_its_end(self, outcome: RowOutcome, stored: Appointment) -> None:
        for column in ("post", "decision_no"):
            outcome.compare(column, getattr(stored, column), outcome.row.values.get(column))
        for column in outcome.changes:
            outcome.row.wrong(
                column,
                gettext_noop(
                    "An appointment cannot be edited."
                    " Please enter the last day of this one and make a new one from then on."
                ),
            )
        outcome.compare("ends_on", stored.ends_on, outcome.row.values.get("ends_on"))
        if "ends_on" in outcome.changes:
            self._check_end(outcome.row, stored)

    def _check_end(self, row: WorkbookRow, stored: Appointment) -> None:
        ends = row.values["ends_on"]
        if stored.ended_at:
            row.wrong("ends_on", gettext_noop("This appointment has already ended."))
        elif ends is None or (stored.ends_on and ends > stored.ends_on):
            row.wrong(
                "ends_on",
                gettext_noop("An appointment cannot be extended. Please make a new one from the day after its last."),
            )
        elif ends < stored.starts_on:
            row.wrong("ends_on", gettext_noop("The last day is before the first."))
        elif ends < timezone.localdate():
            row.wrong(
                "ends_on",
                gettext_noop("The last day cannot be backdated: decisions made since then rest on this appointment."),
            )
        elif stored.pk == self.by.appointment.pk:
            row.wrong("ends_on", gettext_noop("You act under this appointment. Another administrator must end it."))

    def _refuse_doubles(self) -> None:
        """One open appointment a person, unit and role: of those this file does not end, and its new ones."""
        ended = {
            outcome.target.pk for outcome in self.outcomes if not outcome.is_new and outcome.row.values.get("ends_on")
        }
        opened = [outcome for outcome in self.outcomes if outcome.is_new and _stays_open(outcome.row)]
        times = Counter(map(_place, opened))
        for outcome in opened:
            current = self._open(outcome, ended)
            if current:
                outcome.row.wrong(
                    "starts_on",
                    gettext_noop(
                        "Already appointed to this role here since %(day)s, without a last day."
                        " Please enter the last day of that appointment in this file."
                    ),
                    day=current.starts_on.strftime("%d/%m/%Y"),
                )
            elif times[_place(outcome)] > 1:
                outcome.row.wrong(
                    "starts_on",
                    gettext_noop("This file appoints the person to this role here twice without a last day."),
                )

    def _open(self, outcome: RowOutcome, ended: set[int]) -> Appointment | None:
        user, unit = self.people.find(outcome.row.text("username")), self.units.find(outcome.row.text("unit"))
        if not (user and unit):
            return None
        existing = self.existing.get((user.pk, unit.pk, outcome.row.text("role")), [])
        return next((one for one in existing if not one.ended_at and not one.ends_on and one.pk not in ended), None)

    def carry_out(self, ref: str) -> Iterator[RegistryEntry]:
        """Write them; yields what the registry chain is to say. Ends come first: one open appointment a role."""
        changed = [outcome for outcome in self.outcomes if outcome.kind == "changed"]
        for outcome in changed:
            outcome.target.ends_on = outcome.row.values["ends_on"]
        Appointment.objects.bulk_update([outcome.target for outcome in changed], ["ends_on"], batch_size=BATCH)
        new = [outcome for outcome in self.outcomes if outcome.kind == "new"]
        for outcome in new:
            outcome.target.user = self.people.find(outcome.row.text("username"))
            outcome.target.unit = self.units.find(outcome.row.text("unit"))
        Appointment.objects.bulk_create([outcome.target for outcome in new], batch_size=BATCH)
        for outcome in changed:
            yield _ended(outcome, self.people, self.units, ref)
        for outcome in new:
            yield _appointed(outcome.target, ref)


def _appointed(made: Appointment, ref: str) -> RegistryEntry:
    facts = {
        "appointment": str(made.ref),
        "role": made.role,
        "person": str(made.user.ref),
        "from": made.starts_on.isoformat(),
        "to": made.ends_on.isoformat() if made.ends_on else "",
        "import": ref,
    }
    return RegistryEntry(
        "appointed", made.unit, facts, {"person": made.user.full_name, "held_post": made.post}, (made,)
    )


def _ended(outcome: RowOutcome, people: People, units: Units, ref: str) -> RegistryEntry:
    appointment, user = outcome.target, people.find(outcome.row.text("username"))
    facts = {
        "appointment": str(appointment.ref),
        "role": appointment.role,
        "person": str(user.ref),
        "to": appointment.ends_on.isoformat(),
        "import": ref,
    }
    texts = {"person": user.full_name, "held_post": appointment.post}
    return RegistryEntry("appointment_ended", units.find(outcome.row.text("unit")), facts, texts, (appointment,))


def _place(outcome: RowOutcome) -> tuple:
    return tuple(outcome.row.text(column) for column in ("username", "unit", "role"))


def _stays_open(row: WorkbookRow) -> bool:
    return all(row.text(column) for column in ("username", "unit", "role", "starts_on")) and not row.text("ends_on")


def _same(outcome: RowOutcome) -> tuple | None:
    values = tuple(outcome.row.values.get(column) for column in ("username", "unit", "role", "starts_on"))
    return values if all(values) else None
