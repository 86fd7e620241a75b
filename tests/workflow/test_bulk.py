"""Many dossiers decided at once: shown before, each decided by itself, and every one named afterwards."""

from datetime import date

import pytest
from django.urls import reverse

from tests.workflow.office import fresh
from workflow.ledger.verify import Tally, faults
from workflow.models import Event
from workflow.states import State, Verb

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english_pages")]
SUBMITTED, APPROVED, REVIEWED = State.SUBMITTED, State.UNIT_APPROVED, State.DISTRICT_REVIEWED


@pytest.fixture
def english_pages(client, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"


@pytest.fixture
def desk(client, office):
    return Desk(client, office)


class Desk:
    """A signed-in person who opens papers, ticks them, and sends the page they are shown."""

    def __init__(self, client, office):
        self.client, self.office = client, office

    def sit(self, by):
        self.client.force_login(by.person)

    def papers(self, number: int, state: State = SUBMITTED, **fields) -> list:
        return [self.office.memo_in(state, subject=f"Giấy {n}", **fields) for n in range(number)]

    def opened(self, papers) -> list:
        for paper in papers:
            self.client.get(paper.get_absolute_url())
        return papers

    def tick(self, noun: str, papers, **more):
        named = {"dossier": [str(paper.ref) for paper in papers]} | more
        return self.client.post(reverse("workflow:bulk", args=[noun]), named)

    def sent(self, page) -> dict:
        """What a browser would send of the page: what stays ticked with the hashes that were shown."""
        rows = page.context["ready"]
        seen = {f"{row.paper.ref}-seen": row.shown() for row in rows}
        return {"dossier": [str(row.paper.ref) for row in rows], "as": page.context["asked"].by.ref} | seen

    def decide(self, page, **said):
        noun, key = page.context["act"].noun, page.context["key"]
        return self.client.post(
            reverse("workflow:bulk-decisions", args=[noun, key]), self.sent(page) | said, follow=True
        )

    def affirmed(self, page) -> dict:
        return dict.fromkeys(page.context["asked"].shared.items, "on")


def states(papers) -> list[str]:
    return [fresh(paper).state for paper in papers]


def events_of(papers, verb: Verb) -> list[Event]:
    return list(Event.objects.filter(dossier__in=papers, verb=verb).order_by("pk"))


def why(answer) -> dict[str, list[str]]:
    """What the result list says of those left alone."""
    return {row.dossier.subject: row.refusal.reasons for row in answer.context["rows"] if row.refusal}


# --- the road of each verb --------------------------------------------------------------------------------------------
def test_papers_read_are_approved_together_each_with_its_own_sealed_event(desk, office):
    papers = desk.papers(3)
    desk.sit(office.approver)
    page = desk.tick("approval", desk.opened(papers))
    assert [row.reasons for row in page.context["ready"]] == [[], [], []]
    assert states(papers) == [SUBMITTED] * 3
    answer = desk.decide(page, note="Đồng ý.")
    assert (answer.context["taken"], answer.context["refused"]) == (3, 0)
    events = events_of(papers, Verb.APPROVE)
    assert [event.dossier_id for event in events] == [paper.pk for paper in papers]
    assert {event.texts["note"] for event in events} == {"Đồng ý."}
    assert len({bytes(event.leaf_hash) for event in events}) == 3
    assert [fresh(paper).state_since for paper in papers] == [event.at for event in events]
    assert states(papers) == [APPROVED] * 3
    assert list(faults(Tally())) == []


def test_a_review_affirms_every_item_or_is_not_taken(desk, office):
    papers = desk.papers(2, APPROVED)
    desk.sit(office.reviewer)
    page = desk.tick("review", desk.opened(papers))
    answer = desk.decide(page)
    assert answer.status_code == 422
    assert answer.context["asked"].shared.errors
    assert states(papers) == [APPROVED] * 2
    desk.decide(answer, **desk.affirmed(page))
    assert states(papers) == [REVIEWED] * 2
    assert [event.facts for event in events_of(papers, Verb.REVIEW)] == [{"checklist": {"readable": "yes"}}] * 2
    assert list(faults(Tally())) == []


def test_an_endorsement_names_one_sitting_for_all(desk, office):
    papers = desk.papers(2, REVIEWED)
    desk.sit(office.signatory)
    page = desk.tick("endorsement", desk.opened(papers))
    answer = desk.decide(page, sitting_on="31/02/2021", minutes_no="12/BB-BTV")
    assert (answer.status_code, states(papers)) == (422, [REVIEWED] * 2)
    desk.decide(answer, sitting_on="20/11/2021", minutes_no="12/BB-BTV")
    assert states(papers) == [State.ENDORSED] * 2
    facts = {"sitting_on": date(2021, 11, 20).isoformat(), "minutes_no": "12/BB-BTV", "tally": None}
    assert [event.facts for event in events_of(papers, Verb.ENDORSE)] == [facts] * 2


def test_taking_up_asks_for_no_reading_and_says_who_has_it(desk, office):
    papers = desk.papers(2, APPROVED)
    since = [fresh(paper).state_since for paper in papers]
    desk.sit(office.reviewer)
    desk.decide(desk.tick("claim", papers))
    assert [fresh(paper).handler for paper in papers] == [office.reviewer.person] * 2
    assert [fresh(paper).state_since for paper in papers] == since
