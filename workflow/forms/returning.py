from django import forms
from django.utils.translation import gettext_lazy as _

from workflow.forms.decision import DecisionForm
from workflow.forms.words import Paragraph, Words
from workflow.models import Point
from workflow.rules import MOST_POINTS
from workflow.states import State

ROWS = 5


class PointForm(forms.Form):
    """One thing to mend, and where."""

    quiet = True
    place = forms.ChoiceField(label=_("Place"))
    reason = forms.ChoiceField(
        label=_("Kind of fault"), required=False, choices=[("", _("Not stated")), *Point.Reason.choices]
    )
    text = Paragraph(label=_("What to correct"), rows=2)

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", _("Choose a place…")), *places]


PointForms = forms.formset_factory(PointForm, extra=ROWS, max_num=MOST_POINTS, absolute_max=MOST_POINTS)


class ReturnForm(DecisionForm):
    """Points tied to places, as many rows as wanted; once forwarded, the upper body's letter."""

    letter_no = Words(label=_("Number of the letter of the level above"), max_length=60)

    def __init__(self, paper, capacities, data=None, *, point_rows=None, **kwargs):
        super().__init__(paper, capacities, data, **kwargs)
        given = {"places": paper.places()}
        self.points = PointForms(data, prefix="points", initial=point_rows, form_kwargs=given)

    def prepare(self):
        if self.paper.state != State.FORWARDED:
            del self.fields["letter_no"]

    def is_valid(self):
        return super().is_valid() and self.points.is_valid()

    def facts(self):
        filled = [row.cleaned_data for row in self.points if row.cleaned_data.get("text")]
        return super().facts() | {"points": [(row["place"], row["text"], row["reason"]) for row in filled]}

    @classmethod
    def with_more_rows(cls, paper, capacities, data, **kwargs):
        """The same form unsubmitted, everything typed kept, with empty rows added."""
        typed = PointForms(data, prefix="points", form_kwargs={"places": paper.places()})
        rows = [{name: row[name].value() for name in ("place", "reason", "text")} for row in typed]
        kept = [row for row in rows if row["place"] or row["text"]]
        return cls(paper, capacities, initial=data.dict(), point_rows=kept, **kwargs)
