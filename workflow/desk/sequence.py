"""Signing one paper after another: what waits for a person's decision, where one stands among it, and what is next."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from accounts.models import User
from workflow.bulk import selection
from workflow.models import Dossier

MAX_PAPERS_PER_SITTING = 200  # papers of one sitting at the desk


@dataclass(frozen=True)
class Next:
    """A paper to read next, by address and name."""

    ref: UUID
    subject: str
    unit: str

    def url(self, total: int) -> str:
        return f"{reverse('workflow:dossier', args=[self.ref])}?queue={total}"


@dataclass(frozen=True)
class Standing:
    """The paper in hand is `number` of `total`, with those beside it."""

    number: int
    total: int
    before: Next | None
    after: Next | None

    def before_url(self) -> str:
        return self.before.url(self.total)

    def after_url(self) -> str:
        return self.after.url(self.total)


def waiting(user: User) -> list[Next]:
    """What waits for this person's decision, the soonest due first."""
    rows = Dossier.objects.waiting_for(user).filter(state__in=selection.STATES).due_soonest()
    return [Next(*row) for row in rows.values_list("ref", "subject", "unit__short_name")[:MAX_PAPERS_PER_SITTING]]


def standing(user: User, ref: UUID, total: int) -> Standing | None:
    """Where a paper stands; `total` is how many there were at the beginning. None when it does not wait for them."""
    rows = waiting(user)
    at = next((number for number, row in enumerate(rows) if row.ref == ref), None)
    if at is None:
        return None
    done = max(total - len(rows), 0)
    beside = [None, *rows, None]
    return Standing(done + at + 1, done + len(rows), beside[at], beside[at + 2])


def after(user: User, ref: UUID) -> Next | None:
    """What to read once this one is decided: the one behind it, else the first that was passed over."""
    rows = waiting(user)
    at = next((number for number, row in enumerate(rows) if row.ref == ref), -1)
    others = [*rows[at + 1 :], *rows[: max(at, 0)]]
    return others[0] if others else None


def requested_total(sent) -> int | None:
    """The `queue` of an address or form: how many papers the sequence began with."""
    word = sent.get("queue", "")
    return int(word) if word.isascii() and word.isdecimal() and len(word) < 5 else None
