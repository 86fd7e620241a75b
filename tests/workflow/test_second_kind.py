"""The engine is one: a second kind of dossier, a request for hardship aid, walks the road by its pages alone."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.urls import reverse

import tests.aid
from accounts.models import Role
from audit.verification.verify import Tally, faults
from ledger.models import Event
from tests.aid.models import AidRequest
from workflow.models import Dossier
from workflow.states import State

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.aid.urls")]


@pytest.fixture
def desk(client, settings):
    """Whoever sits down at the client reads English, so that reasons can be compared."""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    def sits(by):
        client.force_login(by.person)
        return client

    return sits


def begun(client, member="Ngô Thị Sáu"):
    answer = client.post(reverse("aid:begin"), {"member": member, "key": uuid4()})
    return AidRequest.objects.get(ref=answer.url.rstrip("/").rpartition("/")[2])


def decide(client, aid, noun, **facts):
    """Fill in the decision's page as it comes; the status of the answer, and the reasons when it is refused."""
    page = reverse("workflow:decision", args=[aid.ref, noun])
    form = client.get(page).context["form"]
    answer = client.post(page, {name: form[name].value() or "" for name in ("seen", "key", "as")} | facts)
    return answer.status_code, [str(reason) for reason in answer.context["refused"].reasons] if answer.context else []


def test_a_request_walks_from_the_drafter_to_its_outcome(office, desk):
    drafter = desk(office.drafter)
    aid = begun(drafter)
    assert decide(drafter, aid, "submission") == (409, ["Amount (đồng) is missing.", "Reason is missing."])
    assert drafter.post(reverse("aid:edit", args=[aid.ref]), {"amount": -1, "reason": ""}).status_code == 422
    drafter.post(reverse("aid:edit", args=[aid.ref]), {"amount": 5_000_000, "reason": "Nhà bị tốc mái sau bão."})
    assert decide(drafter, aid, "submission") == (302, [])
    assert "Nhà bị tốc mái sau bão." in drafter.get(aid.get_absolute_url()).content.decode()
    assert drafter.post(reverse("aid:edit", args=[aid.ref]), {"amount": 1, "reason": "Khác"}).status_code == 422

    assert decide(desk(office.approver), aid, "approval") == (302, [])
    assert decide(desk(office.reviewer), aid, "review", **{"item-visited": "yes"}) == (302, [])
    sitting = {"sitting_on": "20/11/2021", "minutes_no": "12/BB-BTV"}
    assert decide(desk(office.signatory), aid, "endorsement", **sitting) == (302, [])
    assert decide(desk(office.clerk), aid, "conclusion", outcome="Chi 5 triệu đồng") == (302, [])

    assert AidRequest.objects.get(pk=aid.pk).state == State.CONCLUDED
    said = Event.objects.filter(chain=aid.ref).order_by("seq").values_list("verb", flat=True)
    assert list(said) == ["create", "submit", "approve", "review", "endorse", "conclude"]
    assert list(faults(Tally())) == []


def test_its_own_rule_and_slot_are_asked_like_the_engines(office, desk):
    drafter = desk(office.drafter)
    aid = begun(drafter)
    again = drafter.post(reverse("aid:begin"), {"member": aid.member, "key": uuid4()})
    assert again.context["form"].non_field_errors() == [
        "This unit already has a dossier of this kind under way in this campaign."
    ]
    drafter.post(reverse("aid:edit", args=[aid.ref]), {"amount": 50_000_000, "reason": "Mổ tim."})
    decide(drafter, aid, "submission")
    decide(desk(office.approver), aid, "approval")
    assert decide(desk(office.reviewer), aid, "review", **{"item-visited": "yes"}) == (
        409,
        ["More than the fund may give: 10,000,000 đồng."],
    )


def test_a_foreign_unit_finds_nothing_of_it(office, desk):
    aid = begun(desk(office.drafter))
    stranger = desk(office.officer("la", Role.DRAFTER, office.foreign))
    assert stranger.get(aid.get_absolute_url()).status_code == 404
    assert stranger.post(reverse("aid:edit", args=[aid.ref]), {"amount": 1, "reason": "x"}).status_code == 404
    assert list(Dossier.objects.visible_to(office.drafter.person).values_list("pk", flat=True)) == [aid.pk]


def test_all_of_it_fits_on_three_screens():
    """Models, migration, form, views, addresses and pages: the recipe of docs/new-kind.md in under 150 lines."""
    files = [path for path in Path(tests.aid.__file__).parent.rglob("*") if path.suffix in {".py", ".html"}]
    assert len(files) == 10
    assert sum(len(path.read_text().splitlines()) for path in files) < 150
