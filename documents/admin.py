"""Reference data for administrators: campaigns, outlines, awards, recipients, number series. Never a dossier."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from accounts.models import Unit
from administration.admin import OnlyRead, OnRecord
from administration.rights import units_of
from documents.awards.award import AwardType
from documents.awards.form import AwardTypeForm
from documents.awards.recipient import Recipient
from documents.campaigns.campaign import Campaign
from documents.campaigns.outline import Outline
from documents.register.dispatch import Dispatch
from documents.register.number_series import NumberSeries


class OfUnitsInReach(OnRecord):
    """Rows of the units that this person administers; the others are not there, and none can be made for them."""

    belongs_to = ""
    names_units = frozenset()  # further fields that may only name such units

    def unit_of(self, obj) -> Unit:
        return getattr(obj, self.belongs_to)

    def get_queryset(self, request):
        reach = units_of(request.user).order_by().values("pk")
        return super().get_queryset(request).filter(**{f"{self.belongs_to}__in": reach})

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in {self.belongs_to, *self.names_units}:
            kwargs["queryset"] = units_of(request.user)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(Campaign)
class CampaignAdmin(OfUnitsInReach, SimpleHistoryAdmin):
    belongs_to, names_units = "organizer", frozenset({"asked"})
    list_display = ["short_title", "plan_no", "plan_date", "due_on", "organizer"]
    list_select_related = ["organizer"]
    autocomplete_fields = ["organizer", "asked", "awards", "usual_recipients"]
    search_fields = ["short_title", "title_vi", "plan_no"]

    def get_readonly_fields(self, request, obj=None):
        """What papers of the campaign quote, or were begun by, stays as it was; the database holds the quoted part."""
        begun = obj and (obj.reports.exists() or obj.nominations.exists())
        quoted = ["title_vi", "title_en", "plan_no", "plan_date", "period_from", "period_to"]
        return ["outline", "organizer", *quoted] if begun else []


@admin.register(Outline)
class OutlineAdmin(OnlyRead):
    """Outlines come from data files and are only read here."""

    list_display = ["code", "version", "title_vi", "published_at"]


@admin.register(AwardType)
class AwardTypeAdmin(OnRecord, SimpleHistoryAdmin):
    form = AwardTypeForm
    list_display = ["code", "name_vi", "decided_by", "required_votes", "valid_from", "valid_to"]
    fields = [
        *("code", "name_vi", "name_en", "target", "decided_by", "deciding_unit", "forwarded_to"),
        *("threshold_share", "threshold_strict", "threshold_of", "valid_from", "valid_to"),
    ]
    autocomplete_fields = ["deciding_unit"]
    search_fields = ["code", "name_vi"]

    def get_readonly_fields(self, request, obj=None):
        """An award that was proposed keeps its rules: end it and add a new row from that day."""
        used = obj and obj.nominations.exists()
        return [name for name in self.fields if name != "valid_to"] if used else []

    @admin.display(description=_("votes in favour"))
    def required_votes(self, award: AwardType) -> str:
        return str(award.threshold or "")


@admin.register(Recipient)
class RecipientAdmin(OnRecord):
    list_display = ["code", "name_vi", "kind", "is_active"]
    list_filter = ["kind", "is_active"]
    search_fields = ["code", "name_vi"]


@admin.register(NumberSeries)
class NumberSeriesAdmin(OfUnitsInReach):
    belongs_to = "unit"
    list_display = ["unit", "document_type", "year", "next_number", "pattern"]
    list_select_related = ["unit"]
    autocomplete_fields = ["unit"]

    def get_readonly_fields(self, request, obj=None):
        """Once a number of the series is on a paper, only the clerk's sending moves it on."""
        return ["unit", "document_type", "year", "next_number"] if obj and self._used(obj) else []

    @staticmethod
    def _used(series: NumberSeries) -> bool:
        return Dispatch.objects.filter(
            unit=series.unit_id, document_type=series.document_type, year=series.year, number__isnull=False
        ).exists()
