"""Return: back to the drafter with points, each tied to a place of the paper."""

from collections.abc import Iterator
from typing import Any, Self
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Authority
from ledger.envelope import Facts
from ledger.models import Event
from vietnamese.fields import Paragraph, Words
from workflow.decisions.deciding import decide
from workflow.decisions.definition import Definition
from workflow.decisions.form import DecisionForm
from workflow.models import Dossier, Point
from workflow.states import State, Verb

MAX_POINTS_PER_RETURN = 200  # more than anybody reads one by one
BLANK_ROWS = 5  # of the form


def points_given(dossier: Dossier, by: Authority, facts: Facts | None) -> Iterator[str]:
    if facts is None:
        return
    points, texts = facts.get("points", ()), facts.get("texts", {})
    if not points:
        yield gettext("A return needs at least one point.")
    if len(points) > MAX_POINTS_PER_RETURN:
        sentence = gettext("A return may have at most %(most)d points; please attach a longer list as a file.")
        yield sentence % {"most": MAX_POINTS_PER_RETURN}
        return
    if any(not texts.get(f"point.{point['number']}", "-") for point in points):
        yield gettext("A point has no text.")
    known = {place for place, _label in dossier.paper().places()}
    if any(point["place"] not in known for point in points):
        yield gettext("A point refers to a place that is not in this dossier.")
    if any(point.get("reason", "") not in ["", *Point.Reason] for point in points):
        yield gettext("A point has a kind of fault that is not on the list.")
    if dossier.state == State.FORWARDED and not facts.get("letter_no"):
        yield gettext("A return after forwarding must cite the letter of the level above.")


def return_(
    dossier: Dossier,
    *,
    by: Authority,
    seen: str,
    key: UUID,
    points: list[tuple[str, ...]],
    letter_no: str = "",
    note: str = "",
) -> Event | None:
    """Send it back with points, each a (place, text) or (place, text, kind of fault).

    Once forwarded, it cites the upper body's letter.
    """
    facts: Facts = {"points": [_point(number, *point) for number, point in enumerate(points, 1)]}
    if letter_no:
        facts["letter_no"] = letter_no
    texts = {f"point.{number}": text for number, (_place, text, *_reason) in enumerate(points, 1)}
    return decide(RETURN, dossier, by=by, seen=seen, key=key, note=note, facts=facts, texts=texts)


def _point(number: int, place: str, text: str, reason: str = "") -> Facts:
    """What the record says openly of a point; its text is committed to."""
    return {"place": place, "number": number} | ({"reason": reason} if reason else {})


class PointForm(forms.Form):
    """One thing to mend, and where."""

    quiet = True
    place = forms.ChoiceField(label=_("Place"))
    reason = forms.ChoiceField(
        label=_("Kind of fault"), required=False, choices=[("", _("Not stated")), *Point.Reason.choices]
    )
    text = Paragraph(label=_("What to correct"), rows=2)

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", _("Choose a place…")), *places]  # type: ignore[attr-defined]  # a ChoiceField


PointForms = forms.formset_factory(
    PointForm, extra=BLANK_ROWS, max_num=MAX_POINTS_PER_RETURN, absolute_max=MAX_POINTS_PER_RETURN
)


class ReturnForm(DecisionForm):
    """Points tied to places, as many rows as needed; once forwarded, the upper body's letter."""

    letter_no = Words(label=_("Number of the letter of the level above"), max_length=60)

    def __init__(
        self,
        paper: Dossier,
        capacities: list[Authority],
        data: QueryDict | None = None,
        *,
        point_rows: list[dict[str, Any]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(paper, capacities, data, **kwargs)
        given = {"places": paper.places()}
        self.points = PointForms(data, prefix="points", initial=point_rows, form_kwargs=given)

    def prepare(self) -> None:
        if self.paper.state != State.FORWARDED and not self.sent_before(Verb.RETURN, "letter_no"):
            del self.fields["letter_no"]

    def is_valid(self) -> bool:
        return super().is_valid() and self.points.is_valid()

    def facts(self) -> dict[str, Any]:
        filled = [row.cleaned_data for row in self.points if row.cleaned_data.get("text")]
        return super().facts() | {"points": [(row["place"], row["text"], row["reason"]) for row in filled]}

    @classmethod
    def with_more_rows(cls, paper: Dossier, capacities: list[Authority], data: QueryDict, **kwargs: Any) -> Self:
        """The same form unsubmitted, everything typed kept, with empty rows added."""
        typed = PointForms(data, prefix="points", form_kwargs={"places": paper.places()})
        rows = [{name: row[name].value() for name in ("place", "reason", "text")} for row in typed]
        kept = [row for row in rows if row["place"] or row["text"]]
        return cls(paper, capacities, initial=data.dict(), point_rows=kept, **kwargs)


RETURN = Definition(
    verb=Verb.RETURN,
    noun="return",
    icon="back",
    rules=(points_given,),
    action=return_,
    move=lambda decision: decision.dossier.return_(),
    happens=_("The drafter receives the points and answers each before submitting again."),
    undone=_("This cannot be undone; the drafter submits again."),
    sentence=_("%(actor)s returned version %(version)s"),
    form=ReturnForm,
)
