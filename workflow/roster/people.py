"""Rows about people: new ones without a password yet, and changes of those who hold nothing outside one's reach."""

from django.contrib.auth.hashers import make_password
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_noop

from accounts.authority import Authority
from accounts.models import Appointment, Delegation, User
from accounts.vietnamese import sort_key
from workflow.roster.outcomes import Outcome, refuse_twins
from workflow.roster.reading import Row

PLAIN = ("full_name", "honorific", "email")
BATCH = 500
TWICE = gettext_noop("This stands already in row %(row)s.")


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
                gettext_noop("“%(value)s” is kept as “%(stored)s”."),
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
        elsewhere = _holding_beyond(self.by.unit, [found.target.pk for found in changed])
        for found in changed:
            if found.target.pk in elsewhere:
                found.row.wrong(
                    "username",
                    gettext_noop(
                        "This person also holds office outside your unit; what is kept of them is changed there."
                    ),
                )

    def carry_out(self, tick) -> None:
        for found in self.outcomes:
            for field in found.changes:
                setattr(found.target, field, found.row.values[field] or "")
            found.target.sort_key = sort_key(found.target.full_name)
        new = [found.target for found in self.outcomes if found.kind == "new"]
        for user in new:
            user.password = make_password(None)
        for start in range(0, len(new), BATCH):
            tick(len(User.objects.bulk_create(new[start : start + BATCH])))
        changed = [found.target for found in self.outcomes if found.kind == "changed"]
        tick(User.objects.bulk_update(changed, [*PLAIN, "sort_key"], batch_size=BATCH))


def _holding_beyond(unit, people: list[int]) -> set[int]:
    """Those who hold or will hold an appointment or a delegation at a unit that this one does not cover."""
    today = timezone.localdate()
    lasting = Q(ended_at=None) & (Q(ends_on=None) | Q(ends_on__gte=today))
    own = Appointment.objects.filter(lasting, user__in=people).exclude(unit__path__startswith=unit.path)
    lent = Delegation.objects.filter(lasting, delegate__in=people).exclude(
        appointment__unit__path__startswith=unit.path
    )
    return {*own.values_list("user_id", flat=True), *lent.values_list("delegate_id", flat=True)}
