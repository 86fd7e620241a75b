"""The rest of the reference data about units. Units, people and appointments are kept on the office's own pages, where
every change is recorded; dossiers are not here at all, and the database would refuse."""

from django.contrib import admin

from accounts.models import Unit, UnitKind
from accounts.units_named import nearest_first


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


@admin.register(UnitKind)
class UnitKindAdmin(KeptForEver):
    list_display = ("code", "name")


@admin.register(Unit)
class UnitAdmin(OnlyRead):
    """To find and read only, for the fields of other forms that name a unit."""

    list_display = ("name", "code", "kind", "opened_on", "closed_on")
    list_select_related = ("kind",)
    search_fields = ("search_text",)
    ordering = ("path",)

    def get_search_results(self, request, queryset, search_term):
        return (nearest_first(queryset, search_term) if search_term.strip() else queryset), False
