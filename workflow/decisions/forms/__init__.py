"""One form a decision; a kind of paper may bring its own in `decision_forms`."""

from workflow.decisions.form import DecisionForm
from workflow.decisions.forms.conclusion import ConclusionForm
from workflow.decisions.forms.endorsement import EndorsementForm
from workflow.decisions.forms.returning import ReturnForm
from workflow.decisions.forms.review import ReviewForm
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
