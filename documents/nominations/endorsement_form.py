"""What the decision forms of the engine ask besides, for our kinds of paper."""

from dataclasses import MISSING, fields

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.awards.ballot import BallotTally, problems
from documents.nominations.unit_ballot import UnitBallot
from workflow.decisions.onward.endorse import EndorsementForm

COUNTS = [field.name for field in fields(BallotTally)]
OPTIONAL = {field.name for field in fields(BallotTally) if field.default is not MISSING}


class BallotedEndorsement(EndorsementForm):
    """The sitting, its minutes, and the raw count of the Standing Committee's votes on this nominee."""

    def prepare(self):
        for name in COUNTS:
            self.fields[f"count-{name}"] = forms.IntegerField(
                label=UnitBallot._meta.get_field(f"ballot_{name}").verbose_name.capitalize(),
                min_value=0,
                max_value=100_000,
                required=name not in OPTIONAL,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
                error_messages={"required": _("Please enter the number; 0 if there is none.")},
            )

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            for fault in problems(BallotTally(**self._counts(cleaned))):
                self.add_error(None, fault)
        return cleaned

    def facts(self):
        facts = super().facts()
        others = {name: value for name, value in facts.items() if not name.startswith("count-")}
        return others | {"tally": self._counts(facts)}

    @staticmethod
    def _counts(values) -> dict[str, int]:
        return {name: values.get(f"count-{name}") or 0 for name in COUNTS}
