"""The rest of the reference data about units. Units, people and appointments are kept on the office's own pages, where
every change is recorded; dossiers are not here at all, and the database would refuse."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied

from accounts.models import Authority, Unit, UnitKind
from accounts.models.folded import every_word, words_of
from accounts.units_named import nearest_first
from administration.reference import record
from administration.rights import administrations, over
from vietnamese.fields import as_words
from workflow.decisions.rules import lock_authority
from workflow.errors import Refused


class KeptForEver(admin.ModelAdmin):
    """Nothing here is ever deleted: the record refers to it."""

    def has_delete_permission(self, request, obj=None):
        return False


class OnlyRead(KeptForEver):
    """Kept elsewhere: found and read here, never written."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class OnRecord(KeptForEver):
    """Saving is an act on the office's record, by the administrator whose unit it concerns."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        return super().formfield_for_dbfield(db_field, request, **as_words(db_field), **kwargs)

    def get_search_results(self, request, queryset, search_term):
        """Words with tone marks or without, like every other search."""
        if self.search_fields and search_term.strip():
            queryset = queryset.alias(said=words_of(*self.search_fields)).filter(every_word(search_term, "said"))
        return queryset, False

    def save_related(self, request, form, formsets, change):
        """Once a row stands with all that it lists, the event says how; Django has a transaction around both."""
        super().save_related(request, form, formsets, change)
        unit = self.unit_of(form.instance)
        record(form.instance, by=self._administrator(request, unit), unit=unit)

    def unit_of(self, obj) -> Unit | None:
        """The unit that this row belongs to; None where every unit shares it."""
        return None

    def _administrator(self, request, unit: Unit | None) -> Authority:
        by = over(request.user, unit) if unit else administrations(request.user)[0]
        try:
            lock_authority(by)
        except Refused as refused:  # the office ended while the form was open
            raise PermissionDenied from refused
        return by


@admin.register(UnitKind)
class UnitKindAdmin(OnRecord):
    list_display = ("code", "name")

    def get_readonly_fields(self, request, obj=None):
        """Units name it by its code."""
        return ["code"] if obj else []


@admin.register(Unit)
class UnitAdmin(OnlyRead):
    """To find and read only, for the fields of other forms that name a unit."""

    list_display = ("name", "code", "kind", "opened_on", "closed_on")
    list_select_related = ("kind",)
    search_fields = ("search_text",)
    ordering = ("path",)

    def get_search_results(self, request, queryset, search_term):
        return (nearest_first(queryset, search_term) if search_term.strip() else queryset), False
