"""The administrators' pages: what they show, whom they let in, and that every change goes by the one door."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from workflow.ledger.envelope import OFFICE
from workflow.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
TODAY = timezone.localdate()


def day(offset: int = 0) -> str:
    return (TODAY + timedelta(days=offset)).strftime("%d/%m/%Y")


def url(name: str, *args) -> str:
    return reverse(f"workflow:{name}", args=args)


@pytest.fixture(autouse=True)
def in_english(client):
    client.cookies["django_language"] = "en"


@pytest.fixture
def boss(office, client):
    """The administrator of the district, signed in."""
    held = office.officer("tuan", Role.ADMINISTRATOR, office.district, "Ngô Anh Tuấn")
    client.force_login(held.person)
    return held


def send(client, address: str, **typed):
    """Fill in the page's own form as a browser would, with what is typed here."""
    form = client.get(address).context["form"]
    data = {field.html_name: field.value() for field in form if isinstance(field.value(), str)}
    data["key"] = form["key"].value()
    return client.post(address, {name: value for name, value in (data | typed).items() if value is not None})


def recorded() -> list[str]:
    return list(Event.objects.filter(chain=OFFICE).order_by("seq").values_list("verb", flat=True))


class TestReach:
    def pages(self, office, person, appointment):
        return [
            url("office"),
            url("unit-new") + f"?under={office.district.pk}",
            url("units-found"),
            *(url(name, office.unit.pk) for name in ("unit", "unit-change", "unit-move", "unit-closure")),
            url("people"),
            url("person-new"),
            *(
                url(name, person.ref)
                for name in ("person", "person-change", "person-deactivation", "person-reactivation")
            ),
            url("appointments"),
            url("appointment-new"),
            url("appointment-ending", appointment.ref),
        ]

    def test_an_administrator_opens_every_page(self, office, boss, client):
        pages = self.pages(office, office.approver.person, office.approver.appointment)
        assert [client.get(page).status_code for page in pages] == [200] * len(pages)

    @pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
    def test_the_pages_are_not_there_for_any_other_role(self, office, client, role):
        client.force_login(office.officer("ai", role, office.district).person)
        pages = self.pages(office, office.approver.person, office.approver.appointment)
        assert [client.get(page).status_code for page in pages] == [404] * len(pages)
        assert [client.post(page, {"note": "x"}).status_code for page in pages] == [404] * len(pages)
        assert recorded() == []

    def test_nor_for_an_administrator_of_another_branch(self, office, client):
        client.force_login(office.officer("xa", Role.ADMINISTRATOR, office.other_district).person)
        there = [page for page in self.pages(office, office.approver.person, office.approver.appointment)]
        own = {
            url("office"),
            url("units-found"),
            url("people"),
            url("person-new"),
            url("appointments"),
            url("appointment-new"),
        }
        assert {page: client.get(page).status_code for page in there} == {
            page: 200 if page in own else 404 for page in there
        }
        lists = [url("office"), url("people"), url("appointments")]
        assert not any("Hoa Sen" in client.get(page).content.decode() for page in lists)

    def test_nor_for_a_stranger(self, office, client):
        pages = self.pages(office, office.approver.person, office.approver.appointment)
        assert [client.get(page).status_code for page in pages] == [302] * len(pages)
