"""The catalogue of verbs: each with its own file, and as its page offers it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Authority, User
from accounts.reach import reaches
from ledger.envelope import Facts
from ledger.models import Event
from workflow.decisions import rules
from workflow.decisions.back.hand_back import HAND_BACK
from workflow.decisions.back.recall import RECALL
from workflow.decisions.back.reject import REJECT
from workflow.decisions.back.reopen import REOPEN
from workflow.decisions.back.return_ import RETURN
from workflow.decisions.back.supersede import SUPERSEDE
from workflow.decisions.back.withdraw import WITHDRAW
from workflow.decisions.definition import Definition
from workflow.decisions.form import DecisionForm
from workflow.decisions.onward.approve import APPROVE
from workflow.decisions.onward.claim import CLAIM
from workflow.decisions.onward.conclude import CONCLUDE
from workflow.decisions.onward.endorse import ENDORSE
from workflow.decisions.onward.forward import FORWARD
from workflow.decisions.onward.record_reply import RECORD_REPLY
from workflow.decisions.onward.review import REVIEW
from workflow.decisions.onward.submit import SUBMIT
from workflow.kinds import kind_of
from workflow.models import Dossier
from workflow.models.steps import roles
from workflow.states import FOUR_EYES, Verb

IN_ORDER = (
    SUBMIT,
    RECALL,
    APPROVE,
    CLAIM,
    REVIEW,
    ENDORSE,
    HAND_BACK,
    FORWARD,
    RECORD_REPLY,
    CONCLUDE,
    RETURN,
    REJECT,
    WITHDRAW,
    REOPEN,
    SUPERSEDE,
)
DEFINITIONS = {definition.verb: definition for definition in IN_ORDER}


def why_not(
    verb: Verb, dossier: Dossier, by: Authority, facts: Facts | None = None, *, sole: bool = False
) -> list[str]:
    """Every reason against `verb` here and now, in words; nothing when it may. Button, form and list ask here."""
    return rules.why_not(DEFINITIONS[Verb(verb)], dossier, by, facts, sole=sole)


@dataclass(frozen=True)
class VerbPage:
    """One verb as a page: dossiers/<ref>/<noun>/; those under four eyes a second time, decided as sole officer."""

    definition: Definition
    sole: bool = False

    @property
    def verb(self) -> Verb:
        return self.definition.verb

    @property
    def noun(self) -> str:
        return f"sole-{self.definition.noun}" if self.sole else self.definition.noun

    @property
    def icon(self) -> str:
        return self.definition.icon

    @property
    def happens(self) -> str | Promise:
        return self.definition.happens

    @property
    def undone(self) -> str | Promise:
        return self.definition.undone

    @property
    def label(self) -> str | Promise:
        return _("%(verb)s as sole officer") % {"verb": self.verb.label} if self.sole else self.verb.label

    def form(self, paper: Dossier, user: User, data: QueryDict | None = None, **kwargs: Any) -> DecisionForm:
        """The form for this person, a kind of paper's own where it brings one; `data` is what was sent, if anything."""
        kwargs |= {"reason_required": self.sole or self.definition.reason_required}
        form_class: type[DecisionForm] = kind_of(paper).forms(paper).get(self.verb, self.definition.form)
        return form_class(paper, self.capacities(paper, user), data, **kwargs)

    def capacities(self, paper: Dossier, user: User) -> list[Authority]:
        """The offices of this person that may take this decision now."""
        entitled = roles(self.verb, paper.state)
        return [by for by in user.authorities if by.role in entitled and reaches(by, paper)]

    def take(self, paper: Dossier, by: Authority, form: DecisionForm, key: UUID | None = None) -> Event | None:
        """Decide: raises Refused or Stale as the action does."""
        given = form.facts()
        if self.sole:
            given["sole_reason"] = given.pop("note")
        key = key or form.cleaned_data["key"]
        return self.definition.action(paper, by=by, seen=form.cleaned_data["seen"], key=key, **given)


VERB_PAGES = {
    verb_page.noun: verb_page
    for definition in IN_ORDER
    if definition.noun
    for verb_page in (
        VerbPage(definition),
        *([VerbPage(definition, sole=True)] if definition.verb in FOUR_EYES else []),
    )
}


def page_of_verb(verb: Verb, *, sole: bool = False) -> VerbPage | None:
    """The page of a verb; none for those that happen through a letter."""
    return next(
        (verb_page for verb_page in VERB_PAGES.values() if verb_page.verb == verb and verb_page.sole == sole), None
    )
