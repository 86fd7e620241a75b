"""Every list and field that takes a unit knows it by its code, without marks and by the names it bore."""

import pytest
from django.urls import reverse

from accounts.choosing import UnitField
from accounts.models import Appointment, Role, Unit
from administration.appointments.filter import AppointmentFilter
from audit.pages.history_filter import PlaceFilter
from audit.pages.returns_filter import PointFilter
from documents.models import Report
from documents.pages.filtering import DossierFilter
from ledger.models import Event
from tests.factories import rewritten
from workflow.models import Dossier
from workflow.pages.desk_filter import DeskFilter
from workflow.pages.reading.search_filter import SearchFilter

pytestmark = pytest.mark.django_db

WORDS = {
    "CD001": ["mam non", "MẦM NON", "mầm non", "truong mam", "cd001", "sao mai", "Sao Mai", "sao\u00a0mai"],  # before
    "CD007": ["may", "công ty may", "CD007", "cong ty", "\u00d0ồng May", "dong may"],
}
NOTHING = ["hoa sen", "CD00X", "!!!"]


@pytest.fixture
def world(office):
    """A report of each unit; each unit bore another name for a while."""
    for unit, former in ((office.school, "CĐCS Trường Sao Mai"), (office.company, "CĐCS Xưởng Đồng May")):
        name = Unit.objects.get(pk=unit.pk).name
        rewritten(Unit.objects.filter(pk=unit.pk), name=former)
        rewritten(Unit.objects.filter(pk=unit.pk), name=name)
        office.report(unit)
    return office


def user(office):
    return office.reviewer.person


LISTS = {
    "papers": lambda office, words: DossierFilter({"unit": words}, user=user(office)).narrow(Report.objects.all()),
    "desk": lambda office, words: DeskFilter({"unit": words}, user=user(office)).narrow(Dossier.objects.all()),
    "search": lambda office, words: SearchFilter({"unit": words}, user=user(office)).narrow(Dossier.objects.all()),
    "history": lambda office, words: PlaceFilter({"unit": words}, user=user(office)).narrow(Event.objects.all()),
    "returns": lambda office, words: PointFilter({"unit": words}, user=user(office)).narrow(Event.objects.all()),
    "appointments": lambda office, words: AppointmentFilter({"q": words}).narrow(
        Appointment.objects.exclude(user__full_name__icontains="ma")
    ),
}


@pytest.mark.parametrize("one", LISTS)
def test_a_list_is_narrowed_to_the_unit_that_is_meant(world, one):
    def shown(words):
        return {row.unit.code for row in LISTS[one](world, words).select_related("unit")}

    assert {words: shown(words) for code in WORDS for words in WORDS[code]} == {
        words: {code} for code in WORDS for words in WORDS[code]
    }
    assert [shown(words) for words in NOTHING] == [set(), set(), set()]


def test_the_board_of_a_campaign_is_narrowed_to_the_unit_that_is_meant(world, client):
    client.force_login(user(world))

    def shown(words):
        page = client.get(reverse("documents:campaign", args=[world.campaign.pk]), {"name": words})
        return [unit.code for unit in page.context["page"]]

    assert {words: shown(words) for code in WORDS for words in WORDS[code]} == {
        words: [code] for code in WORDS for words in WORDS[code]
    }
    assert [shown(words) for words in NOTHING] == [[], [], []]
    assert shown("") == shown("\u200b") == ["CD001", "CD007"]


def test_a_field_and_the_offices_list_offer_the_unit_that_is_named(world, client):
    administrator = world.officer("oai", Role.ADMINISTRATOR, world.district, "Phùng Đức Oai")
    client.force_login(administrator.person)
    for code, words in [(code, words) for code, typed in WORDS.items() for words in typed]:
        assert [found.value for found in UnitField(Unit.objects.all()).offered(words, "")] == [code]
        listed = client.get(reverse("administration:office"), {"q": words}).context["page"]
        offered = client.get(reverse("administration:units-found"), {"field": "under", "under-words": words})
        administered = client.get(reverse("admin:accounts_unit_changelist"), {"q": words}).context["cl"].queryset
        assert [unit.code for unit in listed] == [code]
        assert [unit.value for unit in offered.context["matches"]] == [code]
        assert [unit.code for unit in administered] == [code]
