"""The form of the answers to a return."""

from django import forms
from django.utils.translation import gettext_lazy as _

from vietnamese.fields import Paragraph


class AnswersForm(forms.Form):
    """An answer to each point of the last return; a point may be left for later."""

    quiet = True

    def __init__(self, points, data=None):
        super().__init__(data, initial={f"answer-{point.number}": point.answer for point in points})
        self.points = points
        for point in points:
            label = _("Answer to point %(number)s") % {"number": point.number}
            self.fields[f"answer-{point.number}"] = Paragraph(label=label, rows=2, required=False)

    def rows(self):
        return [(point, self[f"answer-{point.number}"]) for point in self.points]

    def answers(self) -> dict[int, str]:
        return {point.number: self.cleaned_data[f"answer-{point.number}"] for point in self.points}
