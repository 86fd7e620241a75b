"""The administrator's door: reference data, with every change of office on the record; never a dossier."""

from datetime import timedelta

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from accounts.models import Appointment, Role, Unit, User
from tests.factories import appoint, memo, person, unit
from workflow.ledger.envelope import OFFICE
from workflow.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    district = unit("LD")
    boss = person("quan", "Phùng Đức Oai")
    appoint(boss, district, Role.ADMINISTRATOR)
    client.force_login(boss)
    return client, district


def recorded():
    return list(Event.objects.filter(chain=OFFICE).order_by("seq").values_list("verb", flat=True))


def test_an_appointment_is_made_ended_and_recorded(office):
    client, district = office
    drafter = person("soan", "Lê Thị Ân")
    form = {"user": drafter.pk, "unit": district.pk, "role": "drafter", "post": "Ủy viên", "starts_on": "01/11/2026"}
    assert client.post(reverse("admin:accounts_appointment_add"), form).status_code == 302
    made = Appointment.objects.get(user=drafter)
    assert recorded() == ["appointed"]
    listing = reverse("admin:accounts_appointment_changelist")
    client.post(listing, {"action": "end_now", "_selected_action": [made.pk]})
    made.refresh_from_db()
    assert made.ended_at is not None
    assert recorded() == ["appointed", "appointment_ended"]


def test_an_appointment_cannot_be_rewritten_nor_anything_deleted(office):
    client, district = office
    held = appoint(person("soan"), district, Role.DRAFTER)
    change = reverse("admin:accounts_appointment_change", args=[held.pk])
    assert client.post(change, {"post": "Chủ tịch"}).status_code == 403
    for name, row in (("appointment", held), ("user", held.user), ("unit", district)):
        assert client.post(reverse(f"admin:accounts_{name}_delete", args=[row.pk]), {"post": "yes"}).status_code == 403


def test_a_unit_and_a_person_are_added(office):
    client, district = office
    unit_form = {
        "code": "CD9",
        "kind": "union",
        "name": "CĐCS Trường Đê Vàng",
        "short_name": "Đê Vàng",
        "symbol": "CĐCS",
        "letterhead": "[]",
        "treebeard_position": "sorted-child",
        "treebeard_ref_node": district.pk,
    }
    unit_form["treebeard_position"] = "first-child"
    response = client.post(reverse("admin:accounts_unit_add"), unit_form)
    assert response.status_code == 302, response.context["adminform"].errors
    assert recorded() == ["unit_opened"]
    made = {
        "username": "moi",
        "full_name": "Đặng Thị Hoà",
        "usable_password": "true",
        "password1": "Giay-trinh-2026",
        "password2": "Giay-trinh-2026",
    }
    response = client.post(reverse("admin:accounts_user_add"), made)
    assert response.status_code == 302, response.context["adminform"].errors
    assert User.objects.get(username="moi").check_password("Giay-trinh-2026")


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
    assert client.get(reverse("admin:accounts_user_changelist")).status_code == 302
    assert client.get(reverse("admin:index")).status_code == 302


def test_an_administrator_whose_appointment_ended_is_out_at_the_next_click(office):
    client, _district = office
    assert client.get(reverse("admin:index")).status_code == 200
    Appointment.objects.update(ends_on=timezone.localdate() - timedelta(days=1))
    assert client.get(reverse("admin:index")).status_code == 302


def test_an_administrator_sees_no_dossier(office):
    _client, district = office
    drafter = person("soan")
    appoint(drafter, district, Role.DRAFTER)
    paper = memo(district, drafter)
    assert not User.objects.get(username="quan").has_perm("workflow.view_dossier", paper)


def test_a_unit_that_moves_is_on_the_record_and_keeps_its_code(office):
    client, district = office
    above, other = unit("A", district), unit("B", district)
    moving = unit("C", above)
    form = {
        "kind": "union",
        "name": moving.name,
        "short_name": "C",
        "symbol": "CĐCS",
        "letterhead": "[]",
        "treebeard_position": "first-child",
        "treebeard_ref_node": other.pk,
        "code": "KHAC",
    }
    response = client.post(reverse("admin:accounts_unit_change", args=[moving.pk]), form)
    assert response.status_code == 302, response.context["adminform"].errors
    moved = Unit.objects.get(pk=moving.pk)
    assert (Unit.objects.get(pk=other.pk).covers(moved), moved.code) == (True, "C")
    event = Event.objects.get(chain=OFFICE)
    assert (event.verb, event.unit, event.facts) == ("unit_moved", moved, {"from": "A", "to": "B"})


def test_a_unit_that_is_only_renamed_has_not_moved(office):
    client, district = office
    held = unit("C", district)
    form = {"kind": "union", "name": "Tên mới", "short_name": "C", "symbol": "CĐCS", "letterhead": "[]"}
    form |= {"treebeard_position": "first-child", "treebeard_ref_node": district.pk}
    response = client.post(reverse("admin:accounts_unit_change", args=[held.pk]), form)
    assert response.status_code == 302, response.context["adminform"].errors
    assert (Unit.objects.get(pk=held.pk).name, recorded()) == ("Tên mới", [])


def test_units_are_not_dragged_past_the_record(office):
    client, district = office
    held = unit("C", district)
    url = reverse("admin:accounts_unit_changelist") + "move/"
    assert client.post(url, {"node_id": held.pk, "sibling_id": district.pk, "as_child": 0}).status_code == 403
