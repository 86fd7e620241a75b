"""A decision's form sent again: the same gives the first decision, anything else is refused and stays typed."""

import pytest
from django.urls import reverse

from accounts.models import Role
from ledger.models import Event
from tests import factories
from tests.workflow.office import do
from workflow.states import State, Verb

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english_pages")]
SENT_BEFORE = "This form was sent before, and what it said then is recorded. What you have entered since is not."
POINT = {
    "points-TOTAL_FORMS": "1",
    "points-INITIAL_FORMS": "0",
    "points-0-place": "field:text",
    "points-0-text": "Bổ sung số liệu",
    "points-0-reason": "",
}
SITTING = {"sitting_on": "20/11/2021", "minutes_no": "12/BB-BTV"}
DECIDED = {"outcome": "Được khen thưởng", "decision_no": "15/QĐ-LĐLĐ", "decided_on": "21/11/2021"}
FORMS = [
    ("drafter", "submission", State.DRAFT, {}),
    ("drafter", "recall", State.SUBMITTED, {"note": "Thiếu phụ lục"}),
    ("approver", "approval", State.SUBMITTED, {}),
    ("approver", "return", State.SUBMITTED, POINT),
    ("clerk", "return", State.FORWARDED, POINT | {"letter_no": "31/CV-QU"}),
    ("reviewer", "claim", State.UNIT_APPROVED, {}),
    ("reviewer", "review", State.UNIT_APPROVED, {"item-readable": "yes"}),
    ("signatory", "endorsement", State.DISTRICT_REVIEWED, SITTING),
    ("signatory", "hand-back", State.DISTRICT_REVIEWED, {"note": "Xem lại số liệu"}),
    ("clerk", "conclusion", State.FORWARDED, DECIDED),
    ("approver", "withdrawal", State.SUBMITTED, {"note": "Trùng hồ sơ"}),
]


@pytest.fixture
def english_pages(client, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"


def opened(client, by, paper, noun) -> tuple[str, dict]:
    """The address of the form, and what it carries unseen."""
    client.force_login(by.person)
    address = reverse("workflow:decision", args=[paper.ref, noun])
    form = client.get(address).context["form"]
    return address, {name: form[name].value() for name in ("seen", "key", "as")}


@pytest.mark.parametrize(("who", "noun", "state", "typed"), FORMS)
def test_the_same_again_is_the_first_decision_and_another_note_is_refused(client, office, who, noun, state, typed):
    paper = office.memo_in(state)
    address, carried = opened(client, getattr(office, who), paper, noun)
    sent = carried | typed
    assert client.post(address, sent).status_code == 302
    count = Event.objects.count()
    assert client.post(address, sent).status_code == 302
    other = client.post(address, sent | {"note": "Ghi chú khác hẳn"})
    assert other.status_code == 409
    assert other.context["refusals"][0] == SENT_BEFORE
    assert "Ghi chú khác hẳn</textarea>" in other.content.decode()
    assert Event.objects.count() == count


@pytest.mark.parametrize(
    ("change", "said"),
    [({"points-0-text": "Khác"}, "Khác</textarea>"), ({"letter_no": "32/CV-QU"}, 'value="32/CV-QU"')],
)
def test_a_refusal_says_what_the_form_said_first(client, office, change, said):
    paper = office.memo_in(State.FORWARDED)
    address, carried = opened(client, office.clerk, paper, "return")
    sent = carried | POINT | {"letter_no": "31/CV-QU", "note": "Xem công văn"}
    client.post(address, sent)
    answer = client.post(address, sent | change)
    [_why, first] = answer.context["refusals"]
    letter = "Letter 31/CV-QU of the level above"
    assert first == f"Vũ Thị Thu returned version 1; “Xem công văn”; {letter}; Bổ sung số liệu"
    assert said in answer.content.decode()


def test_another_capacity_is_another_value(client, office):
    paper = office.memo_in(State.SUBMITTED)
    address, carried = opened(client, office.approver, paper, "approval")
    client.post(address, carried)
    own = factories.appoint(office.approver.person, office.district, Role.REVIEWER)
    assert client.post(address, carried | {"as": str(own.ref)}).context["refusals"][0] == SENT_BEFORE


def test_a_form_that_was_only_refused_may_say_something_else(client, office):
    paper = office.memo_in(State.SUBMITTED)
    address, carried = opened(client, office.approver, paper, "approval")
    do(Verb.RECALL, paper, office.drafter)
    assert client.post(address, carried | {"note": "Một"}).status_code == 403
    do(Verb.SUBMIT, paper, office.drafter)
    assert client.post(address, carried | {"note": "Hai"}).context["stale"]
