"""A row of the table: one address and method, and what each group is answered.

An answer is the status, with "!" where something was changed; "sign in" leads a stranger to the door. The groups of a
row are asked in order, `EVERYBODY` last; without a session one is asked to sign in unless `anonymous` says otherwise.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.urls import reverse

Answers = list[tuple[frozenset[str], str]]


@dataclass(frozen=True)
class Row:
    """One address and method: how it is reached, what is sent, what each group is answered."""

    name: str
    method: str
    args: Callable = lambda world: []
    answers: Answers = field(default_factory=list)
    sent: Callable = lambda world: {}
    anonymous: str = "sign in"
    shows: frozenset[str] | None = None  # who reads the secret here; None where nobody does
    query: str | Callable = ""

    @property
    def label(self) -> str:
        return f"{self.method} {self.name}{'?…' if callable(self.query) else self.query}"

    def expected(self, actor: str) -> str:
        return next(answer for group, answer in self.answers if actor in group)

    def address(self, world) -> str:
        query = self.query(world) if callable(self.query) else self.query
        return reverse(self.name, args=self.args(world)) + query


def get(name, args, *answers, **more) -> Row:
    return Row(name, "GET", args, list(answers), **more)


def post(name, args, sent, *answers, **more) -> Row:
    return Row(name, "POST", args, list(answers), sent, **more)


def nothing(world):
    return []


def paper(stage: str, *more):
    """The arguments of an address below one dossier."""
    return lambda world: [world[stage].ref, *(part(world) if callable(part) else part for part in more)]
