"""All that makes a verb, as its own file fills it in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from accounts.models import Authority
from ledger.models import Event
from workflow.decisions.form import DecisionForm
from workflow.models import Dossier
from workflow.states import Verb

Rule = Callable[[Dossier, Authority, dict | None], Iterator[str]]


@dataclass(frozen=True, eq=False)
class Definition:
    """One verb: when not, what it does, what is said of it before and after, and what its form asks."""

    verb: Verb
    action: Callable[..., Event]  # the one door
    move: Callable[[Dossier], None]  # the machine's own step
    sentence: str  # of the history, in the words of the event
    happens: str = ""  # what it will do, before it is taken
    undone: str = ""  # whether and how it can be taken back
    rules: tuple[Rule, ...] = ()  # each yields why not; `facts` is None while nothing has been filled in
    form: type[DecisionForm] = DecisionForm
    reason_required: bool = False
    taken_back_by: Verb | None = None
    noun: str = ""  # in the address of its page; empty for what happens through a letter
    icon: str = "check"
