"""Rights over reference data come from an administrator's appointment; nobody has stored permissions."""

from itertools import product

import pytest
from django.utils import timezone

from accounts.backends import REFERENCE_DATA, AppointmentBackend
from accounts.models import Appointment, Role, User
from tests.factories import appoint, lend, memo, person, rewritten, unit

pytestmark = pytest.mark.django_db
KEPT = [f"{app}.{act}_{model}" for app, models in REFERENCE_DATA.items() for act in ("view", "add", "change")
        for model in models]  # fmt: skip
NEVER = [
    "accounts.delete_user",
    "accounts.delete_unit",
    "workflow.view_dossier",
    "workflow.change_dossier",
    "workflow.delete_dossier",
    "workflow.add_event",
    "workflow.change_event",
    "documents.change_report",
    "documents.change_awardnomination",
    "testapp.change_memo",
    "auth.change_permission",
    "nonsense",
    "",
    ".",
]


@pytest.fixture
def office():
    return unit("Q1")


@pytest.fixture
def administrator(office):
    tuan = person("tuan")
    appoint(tuan, office, Role.ADMINISTRATOR)
    return tuan


def again(user) -> User:
    return User.objects.get(pk=user.pk)


def test_an_administrator_keeps_reference_data_and_nothing_else(administrator):
    user = again(administrator)
    assert [perm for perm in KEPT if not user.has_perm(perm)] == []
    assert [perm for perm in NEVER if user.has_perm(perm)] == []
    assert (user.is_staff, user.is_superuser) == (True, False)
    assert user.has_module_perms("accounts")
    assert not user.has_module_perms("workflow")


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_no_other_role_comes_through_the_admins_door(office, role):
    user = person("someone")
    appoint(user, office, role)
    assert [perm for perm in [*KEPT, *NEVER] if again(user).has_perm(perm)] == []
    assert not again(user).is_staff
    assert not again(user).has_module_perms("accounts")


def test_the_door_shuts_with_the_appointment_and_with_the_account(office, administrator):
    rewritten(Appointment.objects.filter(ended_at=None), ended_at=timezone.now())
    assert not again(administrator).is_staff
    assert not again(administrator).has_perm("accounts.view_unit")
    appoint(administrator, office, Role.ADMINISTRATOR)
    assert again(administrator).is_staff
    rewritten(User.objects.filter(pk=administrator.pk), is_active=False)
    assert not again(administrator).is_staff
    assert not again(administrator).has_perm("accounts.view_unit")


def test_an_administrators_deputy_is_an_administrator_meanwhile(administrator):
    deputy = person("deputy")
    lend(administrator.appointments.get(), deputy)
    assert again(deputy).has_perm("accounts.change_unit")


def test_an_inactive_person_is_nobody_at_the_next_click(administrator):
    assert AppointmentBackend().get_user(administrator.pk) == administrator
    rewritten(User.objects.filter(pk=administrator.pk), is_active=False)
    assert AppointmentBackend().get_user(administrator.pk) is None


def test_an_administrator_has_no_right_to_any_dossier(office, administrator):
    drafter = person("lan")
    appoint(drafter, office, Role.DRAFTER)
    paper = memo(office, drafter)
    acts = ["view_dossier", "change_dossier", "delete_dossier", "submit", "withdraw", "approve"]
    asked = product(acts, [paper, paper.dossier_ptr])
    assert [act for act, row in asked if again(administrator).has_perm(f"workflow.{act}", row)] == []
