"""A nomination in its parts: who, why, which meeting, whose opinion, posted when."""

from dataclasses import fields as dataclass_fields

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from documents.awards.award import Target
from documents.awards.ballot import BallotTally, problems
from documents.content.figure_field import ANSWERS, FigureField, YearField
from documents.content.in_words import CARRIED, FormInWords
from documents.content.rich_text_field import RichTextField
from documents.nominations.nomination import AwardNomination, PreviousAward
from documents.nominations.parts import ABOUT, MEETING, MERITS, OPINIONS, PUBLISHED
from ledger.canonical import canonical, sha256
from vietnamese.fields import Words, formfield_of
from workflow.errors import Stale
from workflow.pages.keyed import KeyedForm

BALLOT = [f"ballot_{field.name}" for field in dataclass_fields(BallotTally)]
ZERO_WHEN_EMPTY = ["ballot_written_opinions", "ballot_written_in_favour"]
NUMBERS = ["members_total", "female_total", *BALLOT]
DATES = ["met_on", "published_from", "published_to"]
LONG = ["achievement_summary", "employer_opinion", "party_opinion"]
GROUPS = [
    ("merits", gettext_lazy("Achievements"), MERITS),
    ("meeting", gettext_lazy("The unit's meeting"), MEETING),
    ("opinions", gettext_lazy("Opinions and posting"), [*OPINIONS, *PUBLISHED]),
]


class NominationForm(FormInWords, forms.ModelForm):
    """The fields that this nominee and this unit have; in a draft the ballot's arithmetic is said, not refused."""

    quiet = True
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    over = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = AwardNomination
        formfield_callback = formfield_of
        fields = [
            "award", "nominee_user", *ABOUT[Target.INDIVIDUAL], *ABOUT[Target.COLLECTIVE],
            "achievement_summary", "achievement_report", "printed_citation", *DATES, "minutes_no", *BALLOT,
            "employer_opinion", "party_opinion",
        ]  # fmt: skip

    def __init__(self, nomination: AwardNomination, data=None):
        super().__init__(data, instance=nomination, initial={"seen": digest(nomination)})
        for name in NUMBERS:
            self._take_figure(name, "int")
        for name in DATES:
            self._take_figure(name, "date")
        self._take_figure("party_member", "bool")
        self.fields["party_member"].widget = forms.Select(choices=ANSWERS[::-1])
        self.fields["birth_year"] = YearField(label=self.fields["birth_year"].label)
        self._choose()
        self._drop_what_does_not_apply()

    def _take_figure(self, name: str, type: str) -> None:
        self.fields[name] = FigureField(type, label=self.fields[name].label)

    def _choose(self) -> None:
        nomination = self.instance
        report = RichTextField(
            label=self.fields["achievement_report"].label, required=False, initial=nomination.achievement_report
        )
        self.fields["achievement_report"] = report
        for name in LONG:
            self.fields[name].widget = forms.Textarea(attrs={"rows": 3})
        self.fields["award"].queryset = awards_for(nomination.campaign, nomination.target, nomination.award_id)
        people = User.objects.filter(appointments__unit=nomination.unit, is_active=True).distinct()
        self.fields["nominee_user"].queryset = people

    def _drop_what_does_not_apply(self) -> None:
        other = Target.COLLECTIVE if self.instance.target == Target.INDIVIDUAL else Target.INDIVIDUAL
        gone = [*ABOUT[other], *(["nominee_user"] if other == Target.INDIVIDUAL else [])]
        gone += [] if self.instance.unit.has_party_org else ["party_opinion"]
        for name in gone:
            del self.fields[name]

    def clean(self):
        typed = super().clean()
        for name in ZERO_WHEN_EMPTY:
            typed[name] = typed.get(name) or 0
        return typed

    @property
    def groups(self):
        """(code, heading, fields) as the page sets them out."""
        about = ABOUT[Target(self.instance.target)]
        who = ["award", *about, *(["nominee_user"] if "nominee_user" in self.fields else [])]
        groups = [("who", gettext_lazy("Who is proposed"), who), *GROUPS]
        return [
            (code, heading, [self[name] for name in names if name in self.fields]) for code, heading, names in groups
        ]

    @property
    def ballot(self):
        return [self[name] for name in BALLOT]

    @property
    def ballot_problems(self) -> list[str]:
        """What does not add up in the ballot as it is saved."""
        return problems(self.instance.tally) if self.instance.tally else []

    def look_again(self, nomination: AwardNomination) -> "NominationForm":
        """What was typed, on top of what somebody else has saved meanwhile."""
        data = self.data.copy()
        data["seen"] = digest(nomination)
        return NominationForm(nomination, data)

    def save_into(self, nomination: AwardNomination) -> None:
        """Write what is sound into the row locked by `drafting.edit`. Raises Stale when that is not what was shown."""
        if digest(nomination) not in {self.cleaned_data["over"], self.cleaned_data["seen"]}:
            raise Stale(
                _("Somebody else has saved this nomination since you opened it. Nothing of yours has been saved yet.")
            )
        for name in self.fields.keys() - CARRIED - self.errors.keys():
            setattr(nomination, name, getattr(self.instance, name))
        nomination.save()


def awards_for(campaign, target: str, besides: int | None = None):
    """The awards a campaign proposes, in force, for this kind of nominee; the one already chosen stays."""
    fitting = campaign.awards.in_force().filter(target__in=["", target])
    return (fitting | campaign.awards.model.objects.filter(pk=besides)).distinct() if besides else fitting


def digest(nomination: AwardNomination) -> str:
    """What the nomination says now, its files aside: so that nobody overwrites what they did not see."""
    return sha256(canonical(nomination.content()["parts"])).hex()


class PreviousAwardForm(forms.ModelForm):
    """One award the nominee already has; an empty line is none."""

    quiet = True
    year = YearField(label=capfirst(gettext_lazy("year")))

    class Meta:
        model = PreviousAward
        formfield_callback = formfield_of
        fields = ["year", "form", "decision_no", "decided_by"]

    def clean(self):
        typed = super().clean()
        if typed.get("form") and not typed.get("year") and "year" not in self.errors:
            self.add_error("year", _("Please give the year."))
        return typed


PreviousAwards = forms.inlineformset_factory(
    AwardNomination, PreviousAward, form=PreviousAwardForm, extra=3, max_num=100, can_delete=True
)


class BeginNomination(KeyedForm):
    """What must be known before anything else: which award, for whom."""

    award = forms.ModelChoiceField(None, label=gettext_lazy("Award proposed"))
    target = forms.ChoiceField(
        label=gettext_lazy("For"), choices=Target, widget=forms.RadioSelect, initial=Target.INDIVIDUAL
    )
    name = Words(label=gettext_lazy("Name of the person or collective, as it is to be printed"), max_length=200)

    def __init__(self, campaign, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["award"].queryset = campaign.awards.in_force()

    def clean(self):
        typed = super().clean()
        award, target = typed.get("award"), typed.get("target")
        if award and target and award.target not in ("", target):
            self.add_error("award", _("“%(award)s” is not given to this kind of nominee.") % {"award": award})
        return typed

    def nomination(self, campaign, unit) -> AwardNomination:
        """The unsaved draft it asks for."""
        typed = self.cleaned_data
        name = "official_name" if typed["target"] == Target.COLLECTIVE else "full_name"
        return AwardNomination(
            campaign=campaign, unit=unit, award=typed["award"], target=typed["target"], **{name: typed["name"]}
        )
