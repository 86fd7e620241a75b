"""Every decision that has a page of its own: its noun in the address, its verb, and the action it calls."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from accounts.authority import Authority
from accounts.reach import reaches
from workflow import actions
from workflow.forms import form_class
from workflow.forms.decision import DecisionForm
from workflow.models import Event
from workflow.rules import REASON_REQUIRED, roles
from workflow.states import Verb


@dataclass(frozen=True)
class Act:
    """One verb as a page: dossiers/<ref>/<noun>/."""

    noun: str
    verb: Verb
    action: Callable[..., Event]
    icon: str = "check"
    sole: bool = False

    @property
    def label(self) -> str:
        return _("%(verb)s as sole officer") % {"verb": self.verb.label} if self.sole else self.verb.label

    def form(self, paper, user, data=None, **kwargs) -> DecisionForm:
        """The form for this person; `data` is what was sent, if anything was."""
        kwargs |= {"reason_required": self.sole or self.verb in REASON_REQUIRED}
        return form_class(self.verb, paper)(paper, self.capacities(paper, user), data, **kwargs)

    def capacities(self, paper, user) -> list[Authority]:
        """The offices of this person that may take this step now."""
        asked = roles(self.verb, paper.state)
        return [by for by in user.authorities if by.role in asked and reaches(by, paper)]

    def take(self, paper, by: Authority, form: DecisionForm) -> Event:
        """Do it: raises Refused or Stale as the action does."""
        said = form.cleaned_data
        return self.action(paper, by=by, seen=said["seen"], key=said["key"], **form.facts())


ACTS = {
    act.noun: act
    for act in (
        Act("submission", Verb.SUBMIT, actions.submit, "send"),
        Act("recall", Verb.RECALL, actions.recall, "back"),
        Act("approval", Verb.APPROVE, actions.approve),
        Act("sole-approval", Verb.APPROVE, actions.approve_as_sole_officer, sole=True),
        Act("claim", Verb.CLAIM, actions.claim, "person"),
        Act("review", Verb.REVIEW, actions.review),
        Act("sole-review", Verb.REVIEW, actions.review_as_sole_officer, sole=True),
        Act("endorsement", Verb.ENDORSE, actions.endorse),
        Act("sole-endorsement", Verb.ENDORSE, actions.endorse_as_sole_officer, sole=True),
        Act("hand-back", Verb.HAND_BACK, actions.hand_back, "back"),
        Act("conclusion", Verb.CONCLUDE, actions.conclude),
        Act("return", Verb.RETURN, actions.return_, "back"),
        Act("rejection", Verb.REJECT, actions.reject, "close"),
        Act("withdrawal", Verb.WITHDRAW, actions.withdraw, "close"),
        Act("reopening", Verb.REOPEN, actions.reopen, "edit"),
        Act("supersession", Verb.SUPERSEDE, actions.supersede),
    )
}


def act_for(verb: Verb, *, sole=False) -> Act | None:
    """The page of a verb; none for those that happen through an outgoing paper."""
    return next((act for act in ACTS.values() if act.verb == verb and act.sole == sole), None)
