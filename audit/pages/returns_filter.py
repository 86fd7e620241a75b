"""The form that narrows the points behind a number of the return statistics."""

from django import forms
from django.db.models import QuerySet

from audit.pages.history_filter import PlaceFilter
from workflow.models import Point


class PointFilter(PlaceFilter):
    """Which points a number of the statistics counts."""

    place = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)
    kind = forms.SlugField(required=False, widget=forms.HiddenInput)
    reason = forms.SlugField(required=False, widget=forms.HiddenInput)
    officer = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)

    def narrow_points(self, points: QuerySet[Point]) -> QuerySet[Point]:
        requested = self.cleaned_data
        if requested.get("place"):
            points = points.filter(place_label=requested["place"])
        if requested.get("kind"):
            points = points.filter(place__regex=rf"^{requested['kind']}(:|$)")
        if requested.get("reason"):
            points = points.filter(reason="" if requested["reason"] == "none" else requested["reason"])
        if requested.get("officer"):
            points = points.filter(event__actor=requested["officer"])
        return points
