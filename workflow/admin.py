"""Reference data about units and people, kept by administrators. Changes of office are recorded on the office's chain;
dossiers are not here at all, and the database would refuse."""

from uuid import uuid4

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from treebeard.admin import TreeAdmin
from treebeard.forms import movenodeform_factory

from accounts.models import Appointment, Delegation, Role, Unit, UnitKind, User
from workflow import office
from workflow.errors import Refused
from workflow.ledger.append import append_to_office


def administrator(request):
    """The capacity in which this administrator acts."""
    return next(by for by in request.user.authorities if by.role == Role.ADMINISTRATOR)


class KeptForEver(admin.ModelAdmin):
    """Nothing here is ever deleted: the record refers to it."""

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(UnitKind)
class UnitKindAdmin(KeptForEver):
    list_display = ("code", "name")


@admin.register(Unit)
class UnitAdmin(KeptForEver, TreeAdmin):
    form = movenodeform_factory(Unit)
    list_display = ("name", "code", "kind", "opened_on", "closed_on")
    search_fields = ("name", "code")

    def get_readonly_fields(self, request, obj=None):
        """The record and every sealed version name a unit by its code."""
        return ["code"] if obj else []

    def move_node(self, request):
        """Dragging would go past the record; a unit is moved on its own page."""
        raise PermissionDenied

    def save_form(self, request, form, change):
        above = _above(form.instance.path)
        unit = super().save_form(request, form, change)  # the tree's form moves already here
        unit.was_under = above
        return unit

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        under = _above(obj.path)
        if change and under == obj.was_under:
            return
        verb, facts = ("unit_moved", {"from": obj.was_under, "to": under}) if change else ("unit_opened", {"to": under})
        by, texts = administrator(request), {"unit": obj.name}
        append_to_office(verb, by=by, key=uuid4(), unit=obj, facts=facts, texts=texts)


def _above(path: str) -> str:
    """The code of the unit above the one at this place of the tree; empty at the top."""
    return Unit.objects.filter(path=path[: -Unit.steplen]).values_list("code", flat=True).first() or ""


class PersonCreationForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("username", "full_name", "email")


class PersonChangeForm(UserChangeForm):
    class Meta:
        model = User
        fields = ("username", "full_name", "honorific", "email", "is_active", "password")


@admin.register(User)
class PersonAdmin(KeptForEver, UserAdmin):
    add_form, form = PersonCreationForm, PersonChangeForm
    list_display = ("full_name", "username", "is_active")
    list_filter = ("is_active",)
    search_fields = ("full_name", "username")
    ordering = ("sort_key",)
    filter_horizontal = ()
    fieldsets = ((None, {"fields": ("username", "full_name", "honorific", "email", "is_active", "password")}),)
    add_fieldsets = (
        (None, {"fields": ("username", "full_name", "email", "usable_password", "password1", "password2")}),
    )


@admin.register(Appointment)
class AppointmentAdmin(KeptForEver):
    """Made here once, then only ended: a change is a new appointment."""

    list_display = ("user", "post", "role", "unit", "starts_on", "ends_on", "ended_at")
    list_filter = ("role",)
    list_select_related = ("user", "unit")
    search_fields = ("user__full_name", "unit__name")
    autocomplete_fields = ("user", "unit")
    fields = ("user", "unit", "role", "post", "starts_on", "ends_on", "decision_no")
    actions = ("end_now",)

    def has_change_permission(self, request, obj=None):
        return obj is None and super().has_change_permission(request)

    def save_model(self, request, obj, form, change):
        office.appoint(obj, by=administrator(request), key=uuid4())

    @admin.action(description=_("End the chosen appointments now"), permissions=["change"])
    def end_now(self, request, queryset):
        for appointment in queryset.order_by("pk"):
            try:
                office.end_appointment(appointment, by=administrator(request), key=uuid4())
            except Refused as refusal:
                messages.error(request, f"{appointment}: {' '.join(refusal.reasons)}")


@admin.register(Delegation)
class DelegationAdmin(KeptForEver):
    """To read only: a delegation is given by its holder."""

    list_display = ("delegate", "appointment", "starts_on", "ends_on", "ended_at", "reason")
    list_select_related = ("delegate", "appointment__user")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
