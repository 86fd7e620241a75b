"""Rows about people: new ones without a password yet, and changes of those who hold nothing outside one's reach."""

from collections.abc import Iterator

from django.contrib.auth.hashers import make_password
from django.db.models.functions import Lower
from django.utils.translation import gettext_noop
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from accounts.models import Authority, User
from administration.people_import.rows.outcomes import Outcome, refuse_twins
from administration.people_import.workbook.reading import Row
from administration.rights import in_reach, offices_beyond
from ledger.append import Deed
from vietnamese.text import sort_key

PLAIN = ("full_name", "honorific", "email")
BATCH = 500
TWICE = gettext_noop("This is already in row %(row)s.")


class People:
    """What the rows about people come to."""

    def __init__(self, rows: list[Row], asked: set[str], by: Authority):
        """`asked`: usernames that other sheets name."""
        self.by = by
        named = {name.lower() for name in asked | {row.said("username") for row in rows} if name}
        self.stored = {
            user.username: user for user in User.objects.annotate(lower=Lower("username")).filter(lower__in=named)
        }
        self.variants = {name.casefold(): name for name in self.stored}
        self.outcomes = [self._outcome(row) for row in rows]
        self.planned = {
            found.target.username: found.target for found in reversed(self.outcomes) if found.target.username
        }
        refuse_twins(self.outcomes, lambda found: found.row.said("username").casefold() or None, "username", TWICE)
        self._keep_to_ones_reach()

    def find(self, username: str) -> User | None:
        return self.planned.get(username) or self.stored.get(username)

    def _outcome(self, row: Row) -> Outcome:
        name = row.said("username")
        stored = self.stored.get(name)
        if not stored and name.casefold() in self.variants:
            row.wrong(
                "username",
                gettext_noop("“%(value)s” is stored as “%(stored)s”."),
                value=name,
                stored=self.variants[name.casefold()],
            )
        found = Outcome(row, f"{name} – {row.said('full_name')}", stored or User(username=name), is_new=stored is None)
        for field in PLAIN:
            found.compare(field, getattr(found.target, field) if stored else "", row.values.get(field))
        return found

    def _keep_to_ones_reach(self) -> None:
        """An e-mail address opens an account: whoever holds office elsewhere is changed by those who answer for it."""
        changed = [found for found in self.outcomes if found.kind == "changed"]
        elsewhere = _out_of_reach([found.target.pk for found in changed], self.by)
        for found in changed:
            if found.target.pk in elsewhere:
                found.row.wrong(
                    "username",
                    gettext_noop("This person has an appointment outside your unit; their details are changed there."),
                )

    def carry_out(self, tick) -> Iterator[Deed]:
        """Write them; yields what the office's chain is to say."""
        for found in self.outcomes:
            for field in found.changes:
                setattr(found.target, field, found.row.values[field] or "")
            found.target.sort_key = sort_key(found.target.full_name)
        new = [found.target for found in self.outcomes if found.kind == "new"]
        for user in new:
            user.password = make_password(None)
        for start in range(0, len(new), BATCH):
            some = new[start : start + BATCH]
            tick(len(bulk_create_with_history(some, User, batch_size=BATCH, default_user=self.by.person)))
        changed = [found for found in self.outcomes if found.kind == "changed"]
        users = [found.target for found in changed]
        bulk_update_with_history(users, User, [*PLAIN, "sort_key"], batch_size=BATCH, default_user=self.by.person)
        tick(len(users))
        yield from (self._said("person_registered", user) for user in new)
        yield from (self._said("person_changed", found.target, fields=sorted(found.changes)) for found in changed)

    def _said(self, verb: str, user: User, **facts) -> Deed:
        facts = {"person": str(user.ref)} | facts
        return Deed(verb, self.by.unit, facts, {"person": user.full_name}, (user,))


def _out_of_reach(people: list[int], by: Authority) -> set[int]:
    """Those who never belonged here, or who hold or will hold an office or a delegation beyond this reach."""
    strangers = User.objects.filter(pk__in=people).exclude(in_reach(by))
    return {pk for pk, _unit in offices_beyond(by, people)} | set(strangers.values_list("pk", flat=True))
