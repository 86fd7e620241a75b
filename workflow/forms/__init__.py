"""One form a decision; a kind of paper may bring its own in `decision_forms`."""

from workflow.forms.conclusion import ConclusionForm
from workflow.forms.decision import DecisionForm
from workflow.forms.endorsement import EndorsementForm
from workflow.forms.returning import ReturnForm
from workflow.forms.review import ReviewForm
from workflow.states import Verb

FORMS = {
    Verb.REVIEW: ReviewForm,
    Verb.ENDORSE: EndorsementForm,
    Verb.CONCLUDE: ConclusionForm,
    Verb.RETURN: ReturnForm,
}


def form_class(verb: Verb, paper) -> type[DecisionForm]:
    """The form that asks for a verb's facts."""
    return (FORMS | getattr(paper, "decision_forms", {})).get(verb, DecisionForm)
