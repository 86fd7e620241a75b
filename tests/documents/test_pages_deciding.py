"""Deciding on real papers in the browser: what each kind asks besides, and where the road goes on."""

from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils.translation import override

from documents.awards.ballot import BallotTally
from ledger.models import Event
from tests.documents.factories import FIVE_OF_FIVE, again
from workflow.history.sentences import line
from workflow.states import State, Verb

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
ONE_OF_FIVE = BallotTally(members_total=5, present=5, issued=5, collected=5, valid=5, in_favour=1, against=4, blank=0)


@pytest.fixture
def english(client, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"


def page_of(paper, noun) -> str:
    return reverse("workflow:decision", args=[paper.ref, noun])


def decide(client, by, paper, noun, **facts):
    """Open the page and send it as a browser would."""
    client.force_login(by.person)
    form = client.get(page_of(paper, noun)).context["form"]
    carried = {name: form[name].value() for name in ("seen", "key", "as")}
    return client.post(page_of(paper, noun), carried | facts)


def counts(tally: BallotTally) -> dict:
    return {f"count-{name}": number for name, number in vars(tally).items()}


def test_an_endorsement_asks_for_the_count_where_the_award_wants_a_ballot(client, office):
    paper = office.reviewed(office.nomination())
    sitting = {"sitting_on": "12/04/2026", "minutes_no": "04/BB-BTV"}
    missing = decide(client, office.signatory, paper, "endorsement", **sitting)
    assert missing.status_code == 422
    assert "Please enter the number; 0 if there is none." in missing.content.decode()
    unsound = counts(FIVE_OF_FIVE) | {"count-in_favour": 9}
    assert decide(client, office.signatory, paper, "endorsement", **sitting, **unsound).status_code == 422
    failing = decide(client, office.signatory, paper, "endorsement", **sitting, **counts(ONE_OF_FIVE))
    assert failing.status_code == 409
    assert "The ballot does not reach the threshold" in failing.content.decode()
    assert 'value="4"' in failing.content.decode()
    assert decide(client, office.signatory, paper, "endorsement", **sitting, **counts(FIVE_OF_FIVE)).status_code == 302
    assert Event.objects.get(dossier=paper, verb=Verb.ENDORSE).facts["tally"] == vars(FIVE_OF_FIVE)


def test_the_history_counts_who_was_absent_and_wrote_in_favour(client, office):
    paper = office.reviewed(office.nomination())
    sitting = {"sitting_on": "12/04/2026", "minutes_no": "04/BB-BTV"}
    absent = replace(FIVE_OF_FIVE, present=4, issued=4, collected=4, valid=4, in_favour=4)
    one_wrote = counts(replace(absent, written_opinions=1, written_in_favour=1))
    assert decide(client, office.signatory, paper, "endorsement", **sitting, **one_wrote).status_code == 302
    with override("en"):
        assert "In favour 5 of 5 members" in line(Event.objects.get(dossier=paper, verb=Verb.ENDORSE)).points


def test_an_award_without_a_ballot_asks_for_none(client, office):
    paper = office.reviewed(office.nomination(office.award(threshold=None)))
    client.force_login(office.signatory.person)
    fields = client.get(page_of(paper, "endorsement")).context["form"].fields
    assert set(fields) == {"seen", "key", "as", "sitting_on", "minutes_no", "note"}


def test_a_report_is_concluded_into_the_consolidated_one(client, office):
    paper = office.reviewed(office.full_report())
    client.force_login(office.reviewer.person)
    form = client.get(page_of(paper, "conclusion")).context["form"]
    assert list(form.fields["into"].queryset) == []
    answer = decide(client, office.reviewer, paper, "conclusion", outcome="Đã tổng hợp")
    assert answer.status_code == 409
    assert "Please choose the consolidated report of this campaign." in answer.content.decode()
    assert 'value="Đã tổng hợp"' in answer.content.decode()


def test_from_an_endorsed_paper_the_clerk_is_led_to_the_letter(client, office):
    paper = office.endorsed(office.full_report())
    client.force_login(office.clerk.person)
    page = client.get(paper.get_absolute_url()).content.decode()
    assert reverse("documents:dispatch-new") in page
    assert "It is not in an outgoing paper that has been prepared and signed." in page


@pytest.mark.parametrize("kind", ["report", "nomination"])
def test_the_page_of_a_real_paper_asks_at_most_twelve_times(client, office, django_assert_max_num_queries, kind):
    paper = office.full_report() if kind == "report" else office.nomination(office.own_award())
    steps = [(office.drafter, lambda it: it), (office.approver, office.submitted)]
    for by, bring in steps:
        paper = bring(paper)
        client.force_login(by.person)
        client.get(reverse("audit:history"))
        with django_assert_max_num_queries(12):
            assert client.get(paper.get_absolute_url()).status_code == 200
    assert again(paper).state == State.SUBMITTED


def test_a_clerk_with_a_decision_to_draw_up_asks_at_most_twelve_times(client, office, django_assert_max_num_queries):
    paper = office.endorsed(office.nomination(office.own_award()))
    client.force_login(office.clerk.person)
    client.get(reverse("audit:history"))
    with django_assert_max_num_queries(12):
        page = client.get(paper.get_absolute_url()).content.decode()
    assert reverse("documents:dispatch-new") in page
