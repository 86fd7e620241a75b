"""Rows about people: new ones without a password yet, and changes of those who hold nothing outside one's reach."""

from collections.abc import Iterator

from django.contrib.auth.hashers import make_password
from django.db.models.functions import Lower
from django.utils.translation import gettext_noop
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from accounts.models import Authority, User
from administration.people_import.rows.outcomes import RowOutcome, refuse_twins
from administration.people_import.workbook.reading import WorkbookRow
from administration.rights import in_reach, offices_beyond
from ledger.append import RegistryEntry
from vietnamese.text import sort_key

PLAIN = ("full_name", "honorific", "email")
BATCH = 500
TWICE = gettext_noop("This is already in row %(row)s.")


class People:
    """What the rows about people come to."""

    def __init__(self, rows: list[WorkbookRow], requested: set[str], by: Authority):
        """`requested`: usernames that other sheets name."""
        self.by = by
        named = {name.lower() for name in requested | {row.text("username") for row in rows} if name}
        self.stored = {
            user.username: user for user in User.objects.annotate(lower=Lower("username")).filter(lower__in=named)
        }
        self.variants = {name.casefold(): name for name in self.stored}
        self.outcomes = [self._outcome(row) for row in rows]
        self.planned = {
            outcome.target.username: outcome.target for outcome in reversed(self.outcomes) if outcome.target.username
        }
        refuse_twins(self.outcomes, lambda outcome: outcome.row.text("username").casefold() or None, "username", TWICE)
        self._keep_to_ones_reach()

    def find(self, username: str) -> User | None:
        return self.planned.get(username) or self.stored.get(username)

    def _outcome(self, row: WorkbookRow) -> RowOutcome:
        name = row.text("username")
        stored = self.stored.get(name)
        if not stored and name.casefold() in self.variants:
            row.wrong(
                "username",
                gettext_noop("“%(value)s” is stored as “%(stored)s”."),
                value=name,
                stored=self.variants[name.casefold()],
            )
        outcome = RowOutcome(
            row, f"{name} – {row.text('full_name')}", stored or User(username=name), is_new=stored is None
        )
        for field in PLAIN:
            outcome.compare(field, getattr(outcome.target, field) if stored else "", row.values.get(field))
        return outcome

    def _keep_to_ones_reach(self) -> None:
        """An e-mail address opens an account: whoever holds office elsewhere is changed by those who answer for it."""
        changed = [outcome for outcome in self.outcomes if outcome.kind == "changed"]
        elsewhere = _out_of_reach([outcome.target.pk for outcome in changed], self.by)
        for outcome in changed:
            if outcome.target.pk in elsewhere:
                outcome.row.wrong(
                    "username",
                    gettext_noop("This person has an appointment outside your unit; their details are changed there."),
                )

    def carry_out(self, tick) -> Iterator[RegistryEntry]:
        """Write them; yields what the registry chain is to say."""
        for outcome in self.outcomes:
            for field in outcome.changes:
                setattr(outcome.target, field, outcome.row.values[field] or "")
            outcome.target.sort_key = sort_key(outcome.target.full_name)
        new = [outcome.target for outcome in self.outcomes if outcome.kind == "new"]
        for user in new:
            user.password = make_password(None)
        for start in range(0, len(new), BATCH):
            some = new[start : start + BATCH]
            tick(len(bulk_create_with_history(some, User, batch_size=BATCH, default_user=self.by.person)))
        changed = [outcome for outcome in self.outcomes if outcome.kind == "changed"]
        users = [outcome.target for outcome in changed]
        bulk_update_with_history(users, User, [*PLAIN, "sort_key"], batch_size=BATCH, default_user=self.by.person)
        tick(len(users))
        yield from (self._entry("person_registered", user) for user in new)
        yield from (
            self._entry("person_changed", outcome.target, fields=sorted(outcome.changes)) for outcome in changed
        )

    def _entry(self, verb: str, user: User, **facts) -> RegistryEntry:
        facts = {"person": str(user.ref)} | facts
        return RegistryEntry(verb, self.by.unit, facts, {"person": user.full_name}, (user,))


def _out_of_reach(people: list[int], by: Authority) -> set[int]:
    """Those who never belonged here, or who hold or will hold an office or a delegation beyond this reach."""
    strangers = User.objects.filter(pk__in=people).exclude(in_reach(by))
    return {pk for pk, _unit in offices_beyond(by, people)} | set(strangers.values_list("pk", flat=True))
