"""The administrator's other door: the rest of the reference data; never a dossier, and no change past the record."""

from datetime import timedelta

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from accounts.models import Appointment, Role, Unit, UnitKind, User
from tests.factories import appoint, memo, person, rewritten, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    district = unit("LD")
    boss = person("quan", "Phùng Đức Oai")
    appoint(boss, district, Role.ADMINISTRATOR)
    client.force_login(boss)
    return client, district


def test_a_kind_of_unit_is_added_and_never_deleted(office):
    client, _district = office
    assert client.post(reverse("admin:accounts_unitkind_add"), {"code": "ward", "name": "Phường"}).status_code == 302
    assert UnitKind.objects.get(code="ward").name == "Phường"
    assert client.post(reverse("admin:accounts_unitkind_delete", args=["ward"]), {"post": "yes"}).status_code == 403


def test_units_are_found_here_and_changed_on_their_own_pages_only(office):
    client, district = office
    assert client.get(reverse("admin:accounts_unit_changelist"), {"q": "don vi"}).status_code == 200
    assert client.get(reverse("admin:accounts_unit_add")).status_code == 403
    change = reverse("admin:accounts_unit_change", args=[district.pk])
    assert client.post(change, {"name": "Tên khác"}).status_code == 403
    assert Unit.objects.get(pk=district.pk).name == "Đơn vị LD"


@pytest.mark.parametrize("model", ["user", "appointment", "delegation"])
def test_people_and_their_offices_are_not_in_the_admin(model):
    with pytest.raises(NoReverseMatch):
        reverse(f"admin:accounts_{model}_changelist")


def test_dossiers_are_not_in_the_admin(office):
    for model in ("dossier", "event", "version", "point"):
        with pytest.raises(NoReverseMatch):
            reverse(f"admin:workflow_{model}_changelist")


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_nobody_else_gets_in(client, role):
    district = unit("LD")
    someone = person("ai")
    appoint(someone, district, role)
    client.force_login(someone)
    assert client.get(reverse("admin:accounts_unit_changelist")).status_code == 302
    assert client.get(reverse("admin:index")).status_code == 302


def test_an_administrator_whose_appointment_ended_is_out_at_the_next_click(office):
    client, _district = office
    assert client.get(reverse("admin:index")).status_code == 200
    rewritten(Appointment.objects.filter(ended_at=None), ends_on=timezone.localdate() - timedelta(days=1))
    assert client.get(reverse("admin:index")).status_code == 302


def test_an_administrator_sees_no_dossier(office):
    _client, district = office
    drafter = person("soan")
    appoint(drafter, district, Role.DRAFTER)
    paper = memo(district, drafter)
    assert not User.objects.get(username="quan").has_perm("workflow.view_dossier", paper)
