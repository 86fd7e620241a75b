"""The form that receives a filled-in workbook."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from administration.people_import.workbook.package import MAX_BYTES
from administration.people_import.workbook.reading import MAX_ROWS
from vietnamese.text import number
from workflow.decisions.form import described

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class WorkbookForm(forms.Form):
    """A filled-in workbook, and for whose unit where a person keeps several."""

    workbook = forms.FileField(
        label=_("Workbook (.xlsx)"),
        help_text=format_lazy(
            _("At most {size} MB and {rows} rows. Nothing is saved until you have reviewed every row and confirmed."),
            size=MAX_BYTES // 2**20,
            rows=number(MAX_ROWS),
        ),
        widget=forms.ClearableFileInput(attrs={"accept": f".xlsx,{XLSX}"}),
        allow_empty_file=True,  # said in words by whoever reads it
        max_length=200,
    )

    def __init__(self, capacities, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.capacities = {by.ref: by for by in capacities}
        if len(capacities) > 1:
            choices = [(by.ref, described(by)) for by in capacities]
            self.fields["as"] = forms.ChoiceField(label=_("Acting as"), choices=choices)

    @property
    def by(self):
        chosen = self.cleaned_data.get("as")
        return self.capacities[chosen] if chosen else next(iter(self.capacities.values()))
