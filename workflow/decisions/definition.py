"""All that makes a verb, as its own file fills it in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise

from accounts.models import Authority
from ledger.envelope import Facts
from ledger.models import Event
from workflow.decisions.form import DecisionForm
from workflow.models import Dossier
from workflow.states import Verb

if TYPE_CHECKING:
    from workflow.decisions.decision import Decision

Rule = Callable[[Dossier, Authority, Facts | None], Iterator[str]]


@dataclass(frozen=True, eq=False)
class Definition:
    """One verb: when not, what it does, what is said of it before and after, and what its form asks."""

    verb: Verb
    action: Callable[..., Event | None]  # the one door
    move: Callable[["Decision"], None]  # the machine's own step
    sentence: str | Promise  # of the history, in the words of the event
    happens: str | Promise = ""  # what it will do, before it is taken
    undone: str | Promise = ""  # whether and how it can be taken back
    rules: tuple[Rule, ...] = ()  # each yields why not; `facts` is None while nothing has been filled in
    form: type[DecisionForm] = DecisionForm
    reason_required: bool = False
    undone_by: Verb | None = None
    noun: str = ""  # in the address of its page; empty for what happens through a letter
    icon: str = "check"
