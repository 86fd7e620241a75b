"""Reference data about units and people, kept by administrators. Changes of office are recorded on the office's chain;
dossiers are not here at all, and the database would refuse."""

from uuid import uuid4

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
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

    def save_model(self, request, obj, form, change):
        path = obj.path
        super().save_model(request, obj, form, change)
        moved = change and Unit.objects.values_list("path", flat=True).get(pk=obj.pk) != path
        if not change or moved:
            verb = "unit_moved" if moved else "unit_opened"
            append_to_office(verb, by=administrator(request), key=uuid4(), unit=obj, texts={"unit": obj.name})


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
