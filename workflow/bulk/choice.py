"""One dossier among many chosen: what would be decided, why it cannot be, and its own form filled in from the page."""

from dataclasses import dataclass, field
from uuid import UUID

from accounts.models import Authority, User
from workflow.bulk import selection
from workflow.bulk.shared_form import SharedForm
from workflow.decisions.catalogue import VerbPage
from workflow.decisions.effects import told_of_each
from workflow.decisions.form import DecisionForm
from workflow.decisions.onward.review import PREFIX
from workflow.errors import Refused
from workflow.models import Dossier


@dataclass
class Choice:
    """A row of the page before a batch is decided; the form stands only where nothing speaks against it."""

    paper: Dossier
    reasons: list[str]
    told: list[str] = field(default_factory=list)
    form: DecisionForm | None = None
    own: list[str] = field(default_factory=list)  # names of what only this paper can answer

    def own_fields(self) -> list:
        return [self.form[name] for name in self.own]

    def shown(self) -> str:
        """The hash of what is signed: the one the page showed first, however often the form came back."""
        return self.form["seen"].value()

    def faults(self) -> list[str]:
        """What is wrong in this paper's own answers."""
        return list(self.form.non_field_errors()) if self.form and self.form.is_bound else []

    def take(self, verb_page: VerbPage, paper: Dossier, by: Authority, key: UUID):
        """Decide `paper`, the row as it is held now. Raises Refused or Stale as the action does."""
        if verb_page.verb not in selection.UNREAD and not self.paper.opened:
            raise Refused(selection.not_opened(self.paper))
        return verb_page.take(paper, by, self.form, key)


def choices(
    verb_page: VerbPage, papers: list[Dossier], by: Authority | None, user: User, shared: SharedForm
) -> list[Choice]:
    """The rows, with nothing filled in yet."""
    told = told_of_each(verb_page.verb, papers, user)
    rows = [Choice(paper, selection.why_not_together(verb_page, paper, by), told[paper.pk]) for paper in papers]
    for row in rows:
        if not row.reasons:
            _give_form(row, verb_page, user, shared)
    return rows


def fill_in(row: Choice, requested, user: User, key: UUID, data) -> None:
    """Give the row its form with what was sent: the shared answers and its own."""
    prefix = str(row.paper.ref)
    answers = requested.shared.answers_for(row.paper, data) | {"as": requested.by.ref, "key": str(key)}
    sent = {name: data[name] for name in data if name.startswith(f"{prefix}-")}
    _give_form(
        row,
        requested.verb_page,
        user,
        requested.shared,
        sent | {f"{prefix}-{name}": value for name, value in answers.items()},
    )


def _give_form(row: Choice, verb_page: VerbPage, user: User, shared: SharedForm, data=None) -> None:
    row.form = verb_page.form(row.paper, user, data, prefix=str(row.paper.ref))
    known = {"seen", "key", "as", "note", *shared.fields}
    row.own = [name for name in row.form.fields if name not in known and not name.startswith(PREFIX)]
