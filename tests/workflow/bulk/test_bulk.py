"""Many dossiers decided at once: shown before, each decided by itself, and every one named afterwards."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Appointment, Role
from audit.verification.verify import Tally, faults
from ledger.models import Event
from tests.factories import rewritten
from tests.workflow.office import do, fresh
from workflow.states import State, Verb

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english_pages")]
SENT_BEFORE = "This form was sent before, and what it said then is recorded. What you have entered since is not."
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
        return {"dossier": [str(row.paper.ref) for row in rows], "as": page.context["requested"].by.ref} | seen

    def decide(self, page, **said):
        noun, key = page.context["verb_page"].noun, page.context["key"]
        return self.client.post(
            reverse("workflow:bulk-decisions", args=[noun, key]), self.sent(page) | said, follow=True
        )

    def affirmed(self, page) -> dict:
        return dict.fromkeys(page.context["requested"].shared.items, "on")


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
    assert (answer.context["decided"], answer.context["refused"]) == (3, 0)
    events = events_of(papers, Verb.APPROVE)
    assert [event.chain for event in events] == [paper.ref for paper in papers]
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
    assert answer.context["requested"].shared.errors
    assert states(papers) == [APPROVED] * 2
    desk.decide(answer, **desk.affirmed(page))
    assert states(papers) == [REVIEWED] * 2
    assert [event.facts for event in events_of(papers, Verb.REVIEW)] == [{"checklist": {"readable": "yes"}}] * 2
    assert list(faults(Tally())) == []


def test_comparing_two_versions_is_not_opening_the_one_in_hand(desk, office):
    [paper] = desk.papers(1, SUBMITTED)
    desk.sit(office.approver)
    desk.client.get(reverse("workflow:compare", args=[paper.ref]))
    page = desk.tick("approval", [paper])
    assert [row.reasons for row in page.context["shut"]] == [
        ["You have not opened version 1 yet. Please read it before you decide."]
    ]


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


# --- what is refused, and in what words -------------------------------------------------------------------------------
def test_what_was_not_opened_is_not_signed_with_the_others(desk, office):
    read, unread = desk.papers(2)
    desk.sit(office.approver)
    page = desk.tick("approval", [*desk.opened([read]), unread])
    assert [(row.paper.pk, row.reasons) for row in page.context["shut"]] == [
        (unread.pk, ["You have not opened version 1 yet. Please read it before you decide."])
    ]
    sent = desk.sent(page) | {"dossier": [str(read.ref), str(unread.ref)], f"{unread.ref}-seen": fresh(unread).seen()}
    answer = desk.client.post(reverse("workflow:bulk-decisions", args=["approval", uuid4()]), sent, follow=True)
    assert why(answer) == {"Giấy 1": ["You have not opened version 1 yet. Please read it before you decide."]}
    assert states([read, unread]) == [APPROVED, SUBMITTED]


def test_one_refusal_does_not_stop_the_others_and_a_newer_version_leads_to_the_difference(desk, office):
    done, newer, good = desk.papers(3)
    desk.sit(office.approver)
    page = desk.tick("approval", desk.opened([done, newer, good]))
    do(Verb.APPROVE, done, office.approver)
    do(Verb.RECALL, newer, office.drafter)
    do(Verb.SUBMIT, newer, office.drafter)
    desk.client.get(newer.get_absolute_url())
    answer = desk.decide(page)
    rows = {row.dossier.pk: row for row in answer.context["rows"]}
    assert rows[done.pk].before == events_of([done], Verb.APPROVE)[0]
    assert rows[newer.pk].refusal.stale
    assert reverse("workflow:compare", args=[newer.ref]) in answer.content.decode()
    assert rows[good.pk].event == events_of([good], Verb.APPROVE)[0]
    assert states([done, newer, good]) == [APPROVED, SUBMITTED, APPROVED]


def test_the_same_page_sent_twice_decides_once_and_shows_the_same(desk, office):
    papers = desk.papers(2)
    desk.sit(office.approver)
    page = desk.tick("approval", desk.opened(papers))
    first, again = desk.decide(page), desk.decide(page)
    assert [row.event.pk for row in first.context["rows"]] == [row.event.pk for row in again.context["rows"]]
    assert len(events_of(papers, Verb.APPROVE)) == 2
    desk.client.logout()
    desk.sit(office.approver)  # a new session: the record still knows
    rows = desk.client.get(reverse("workflow:bulk-results", args=[page.context["key"]])).context["rows"]
    assert [row.event.pk for row in rows] == [event.pk for event in events_of(papers, Verb.APPROVE)]


def test_the_same_page_with_other_values_is_refused_and_all_of_it_stays(desk, office):
    papers = desk.papers(2)
    desk.sit(office.approver)
    page = desk.tick("approval", desk.opened(papers))
    sent = desk.sent(page) | {"note": "Đồng ý"}
    address = reverse("workflow:bulk-decisions", args=["approval", page.context["key"]])
    desk.client.post(address, sent)
    answer = desk.client.post(address, sent | {"note": "Khác hẳn"})
    assert answer.status_code == 409
    assert answer.context["refusals"] == [SENT_BEFORE, "Lê Văn Minh approved and signed version 1; “Đồng ý”"]
    assert [row.paper for row in answer.context["ready"]] == papers
    assert "Khác hẳn</textarea>" in answer.content.decode()
    assert len(events_of(papers, Verb.APPROVE)) == 2
    assert why(desk.decide(answer, note="Khác hẳn")).keys() == {"Giấy 0", "Giấy 1"}


def test_a_session_that_kept_nothing_refuses_other_values_dossier_by_dossier(desk, office):
    papers = desk.papers(1)
    desk.sit(office.approver)
    page = desk.tick("approval", desk.opened(papers))
    desk.decide(page, note="Đồng ý")
    session = desk.client.session
    del session["bulk"]
    session.save()
    assert why(desk.decide(page, note="Khác hẳn"))["Giấy 0"][0] == SENT_BEFORE


def test_an_office_that_ended_meanwhile_decides_nothing(desk, office):
    papers = desk.papers(2)
    desk.sit(office.approver)
    page = desk.tick("approval", desk.opened(papers))
    rewritten(Appointment.objects.filter(pk=office.approver.appointment.pk), ended_at=timezone.now())
    assert desk.decide(page).status_code == 403
    assert states(papers) == [SUBMITTED] * 2


def test_more_than_two_hundred_are_refused_in_words(desk, office):
    desk.sit(office.approver)
    named = {"dossier": [str(uuid4()) for _ in range(201)]}
    answer = desk.client.post(reverse("workflow:bulk", args=["approval"]), named)
    assert answer.status_code == 422
    assert "201 dossiers are selected; at most 200 can be decided together." in answer.content.decode()


def test_another_persons_batch_and_a_strangers_dossier_are_not_there(desk, office):
    papers = desk.papers(1)
    desk.sit(office.approver)
    page = desk.tick("approval", desk.opened(papers))
    desk.decide(page)
    stranger = office.officer("la", Role.APPROVER, office.foreign)
    desk.sit(stranger)
    assert desk.client.get(reverse("workflow:bulk-results", args=[page.context["key"]])).status_code == 404
    assert desk.tick("approval", papers).context["requested"].rows == []


def test_two_and_twenty_dossiers_ask_as_many_questions(desk, office):
    desk.sit(office.approver)
    counts = []
    for number in (2, 20):
        papers = desk.papers(number)
        desk.sit(office.approver)
        desk.opened(papers)
        with CaptureQueriesContext(connection) as shown:
            page = desk.tick("approval", papers)
        counts.append(len(shown))
        desk.decide(page)
    assert counts[0] == counts[1] <= 12


# --- one after another ------------------------------------------------------------------------------------------------
def test_after_a_decision_the_next_paper_lies_there(desk, office):
    papers = desk.papers(3)
    desk.sit(office.approver)
    answer = desk.client.get(reverse("workflow:signing"), follow=True)
    standings, visited = [], []
    for _paper in papers:
        standing, form = answer.context["standing"], answer.context["panel"].main.form
        standings.append((standing.number, standing.total))
        visited.append(answer.context["dossier"].pk)
        sent = {name: form[name].value() for name in ("seen", "key", "as")} | {"queue": standing.total}
        answer = desk.client.post(answer.context["panel"].main.url, sent, follow=True)
    assert standings == [(1, 3), (2, 3), (3, 3)]
    assert visited == [paper.pk for paper in papers]
    assert answer.redirect_chain[-1][0] == reverse("workflow:desk")
    assert states(papers) == [APPROVED] * 3
