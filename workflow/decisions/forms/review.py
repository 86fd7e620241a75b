from django import forms
from django.utils.translation import gettext_lazy as _

from workflow.decisions.form import DecisionForm

ANSWERS = [("yes", _("Yes")), ("na", _("Does not apply")), ("no", _("No"))]
PREFIX = "item-"


def _across() -> forms.Widget:
    """The three answers side by side."""
    return forms.RadioSelect(attrs={"class": "across"})


class ReviewForm(DecisionForm):
    """The checklist of the paper, item by item; nothing is answered beforehand."""

    def prepare(self):
        for code, sentence in self.paper.checklist:
            self.fields[PREFIX + code] = forms.ChoiceField(label=sentence, choices=ANSWERS, widget=_across())

    def facts(self):
        said = super().facts()
        items = {name for name in said if name.startswith(PREFIX)}
        checklist = {name.removeprefix(PREFIX): said[name] for name in sorted(items)}
        return {name: value for name, value in said.items() if name not in items} | {"checklist": checklist}
