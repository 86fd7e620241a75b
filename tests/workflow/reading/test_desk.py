"""The desk: narrowed by its address, a dossier taken up from its row, and as few questions for a hundred as for one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from ledger.models import Event
from tests import factories
from tests.factories import answered, saved
from tests.trial import often
from tests.workflow.office import do, fresh
from workflow.desk.paging import MAX_ROWS_PAGED, BoundedPaginator
from workflow.models import Dossier
from workflow.states import State, Verb

DESK = reverse("workflow:desk")


@pytest.fixture(autouse=True)
def english_pages(client, settings):
    client.cookies.load({settings.LANGUAGE_COOKIE_NAME: "en"})


def rows(client, by, **asked) -> list:
    client.force_login(getattr(by, "person", by))
    answer = client.get(DESK, asked)
    assert answer.status_code == 200
    return [row for group in answer.context["groups"] for row in group["rows"]]


def subjects(client, by, **asked) -> list[str]:
    return [row.subject for row in rows(client, by, **asked)]


# --- filters ----------------------------------------------------------------------------------------------------------
def test_the_desk_is_narrowed_by_its_address(client, office):
    today = timezone.localdate()
    late = office.memo_in(State.UNIT_APPROVED, subject="Trễ", due_on=today - timedelta(days=1))
    office.memo_in(State.UNIT_APPROVED, subject="Nay", due_on=today)
    office.memo_in(State.UNIT_APPROVED, subject="Không hạn")
    do(Verb.CLAIM, late, office.reviewer)
    assert subjects(client, office.reviewer) == ["Trễ", "Nay", "Không hạn"]
    assert subjects(client, office.reviewer, due="over") == ["Trễ"]
    assert subjects(client, office.reviewer, due="today") == ["Nay"]
    assert subjects(client, office.reviewer, due="later") == ["Không hạn"]
    assert subjects(client, office.reviewer, hand="mine") == ["Trễ"]
    assert subjects(client, office.reviewer, hand="free") == ["Nay", "Không hạn"]
    assert subjects(client, office.reviewer, unit="cong doan hoa SEN") == ["Trễ", "Nay", "Không hạn"]
    assert subjects(client, office.reviewer, unit="u1") == ["Trễ", "Nay", "Không hạn"]
    assert subjects(client, office.reviewer, unit="chợ bến") == []
    assert subjects(client, office.reviewer, state="submitted") == []
    assert subjects(client, office.reviewer, kind="memo", due="over", hand="mine") == ["Trễ"]
    assert subjects(client, office.reviewer, kind="x", due="x", hand="x", state="x") == ["Trễ", "Nay", "Không hạn"]


def test_filters_survive_paging_and_every_link_of_the_page(client, office, monkeypatch):
    monkeypatch.setattr("workflow.pages.desk.PER_PAGE", 2)
    for number in range(3):
        office.memo_in(State.UNIT_APPROVED, subject=f"Giấy {number}")
    assert len(rows(client, office.reviewer, hand="free", unit="hoa sen")) == 2
    page = client.get(DESK, {"hand": "free", "unit": "hoa sen"}).content.decode()
    assert "?hand=free&amp;unit=hoa+sen&amp;page=2" in page
    assert "?hand=free&amp;unit=hoa+sen&amp;kind=memo" in page
    assert 'name="desk" value="hand=free&amp;unit=hoa+sen"' in page
    assert len(rows(client, office.reviewer, hand="free", unit="hoa sen", page=2)) == 1


def test_an_empty_filter_says_so(client, office):
    office.memo_in(State.UNIT_APPROVED)
    client.force_login(office.reviewer.person)
    assert "matches the filter" in client.get(DESK, {"unit": "không có"}).content.decode()


# --- taking up --------------------------------------------------------------------------------------------------------
def claim(client, row, **more):
    said = {"seen": row.seen_hash, "key": row.key, "desk": "hand=free&unit=hoa+sen"} | more
    return client.post(reverse("workflow:decision", args=[row.ref, "claim"]), said)


def test_a_reviewer_takes_up_from_the_row_and_comes_back_to_the_same_desk(client, office):
    memo = office.memo_in(State.UNIT_APPROVED)
    (row,) = rows(client, office.reviewer)
    assert row.claimable
    answer = claim(client, row)
    assert (answer.status_code, answer["Location"]) == (302, f"{DESK}?hand=free&unit=hoa+sen")
    assert fresh(memo).handler == office.reviewer.person
    assert claim(client, row)["Location"] == f"{DESK}?hand=free&unit=hoa+sen"  # a double click
    assert Event.objects.filter(dossier=memo, verb=Verb.CLAIM).count() == 1
    (row,) = rows(client, office.reviewer)
    assert not row.claimable
    assert "taken up by Phạm Thị Hoa" in client.get(DESK).content.decode()


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "\r\nX: 1", "%00", "?next=//e"])
def test_the_way_back_never_leads_away(client, office, back):
    office.memo_in(State.UNIT_APPROVED)
    (row,) = rows(client, office.reviewer)
    answer = claim(client, row, desk=back)
    assert answer["Location"].startswith(f"{DESK}?")
    assert "\n" not in answer["Location"]


def test_a_row_that_is_old_is_refused(client, office):
    memo = office.memo_in(State.UNIT_APPROVED)
    (row,) = rows(client, office.reviewer)
    do(Verb.RECALL, memo, office.approver)
    assert claim(client, row).status_code == 403  # no reviewer takes anything up in that state
    assert fresh(memo).handler is None


def test_nobody_but_a_reviewer_is_offered_to_take_up(client, office):
    office.memo_in(State.SUBMITTED)
    assert [row.claimable for row in rows(client, office.approver)] == [False]
    office.memo_in(State.DISTRICT_REVIEWED)
    assert [row.claimable for row in rows(client, office.signatory)] == [False]


def test_only_an_opened_version_can_be_ticked_and_nothing_is_ticked_beforehand(client, office):
    memo = office.memo_in(State.SUBMITTED)
    assert [row.offered for row in rows(client, office.approver)] == [False]
    page = client.get(DESK).content.decode()
    assert f'value="{memo.ref}" form="bulk" aria-labelledby="task-{memo.ref}" disabled' in page
    assert "not opened yet" in page
    client.get(memo.get_absolute_url())
    assert [row.offered for row in rows(client, office.approver)] == [True]
    assert " checked" not in client.get(DESK).content.decode()


# --- beside the list --------------------------------------------------------------------------------------------------
def test_what_came_back_says_how_many_points_want_an_answer(client, office):
    memo = office.memo_in(State.SUBMITTED)
    do(Verb.RETURN, memo, office.approver, points=[("field:text", "Một."), ("field:text", "Hai.")])
    client.force_login(office.drafter.person)
    (row,) = client.get(DESK).context["returned"]
    assert (row.unanswered, row.first_point) == (2, "Một.")
    answered(memo, "Đã sửa.", 1)
    (row,) = client.get(DESK).context["returned"]
    assert (row.unanswered, row.first_point) == (1, "Hai.")
    answered(memo, "Đã sửa.")
    assert "Every point is answered" in client.get(DESK).content.decode()


def test_what_i_wait_for_says_with_whom_it_is(client, office):
    memo = office.memo_in(State.UNIT_APPROVED)
    client.force_login(office.approver.person)
    assert "with: reviewer" in client.get(DESK).content.decode()
    do(Verb.CLAIM, memo, office.reviewer)
    assert "taken up by Phạm Thị Hoa" in client.get(DESK).content.decode()
    do(Verb.REVIEW, memo, office.reviewer)
    client.force_login(office.reviewer.person)
    assert [row.pk for row in client.get(DESK).context["elsewhere"]] == [memo.pk]
    client.force_login(office.clerk.person)
    assert client.get(DESK).context["elsewhere"] == []  # had no hand in it yet


# --- whose desk -------------------------------------------------------------------------------------------------------
def test_a_delegate_has_the_holders_desk_until_it_ends_and_a_reader_has_none(client, office):
    office.memo_in(State.UNIT_APPROVED, subject="Chờ")
    friend = factories.person("ban")
    assert subjects(client, friend) == []
    lent = factories.lend(office.reviewer.appointment, friend)
    assert [row.claimable for row in rows(client, friend)] == [True]
    lent.ended_at = timezone.now()
    saved(lent)
    assert subjects(client, friend) == []
    foreign = office.officer("la", Role.REVIEWER, office.other_district)
    assert subjects(client, foreign) == []
    office.reviewer.appointment.ended_at = timezone.now()
    saved(office.reviewer.appointment)
    assert subjects(client, office.reviewer) == []


# --- very many --------------------------------------------------------------------------------------------------------
def asked(client, page) -> int:
    with CaptureQueriesContext(connection) as questions:
        assert client.get(page).status_code == 200
    return len(questions)


def test_desk_and_search_ask_as_much_for_many_as_for_one(client, office):
    office.memo_in(State.UNIT_APPROVED)
    rows(client, office.reviewer)
    found = f"{reverse('workflow:search')}?q=hoa+sen"
    pages = [DESK, f"{DESK}?hand=free&unit=hoa+sen&due=later", found, reverse("workflow:names")]
    assert [asked(client, page) for page in pages] == [10, 10, 10, 9]
    for _ in range(often(14, trial=99)):
        office.memo_in(State.UNIT_APPROVED)
    assert [asked(client, page) for page in pages] == [10, 10, 10, 9]


def test_a_list_counts_to_a_bound(db, django_assert_num_queries):
    class Endless:
        def order_by(self):
            return self

        def __getitem__(self, piece):
            assert piece == slice(None, MAX_ROWS_PAGED + 1)
            return self

        def count(self):
            return MAX_ROWS_PAGED + 1

    pages = BoundedPaginator(Endless(), 50)
    assert (pages.count, pages.more, pages.num_pages) == (MAX_ROWS_PAGED, True, MAX_ROWS_PAGED // 50)
    with django_assert_num_queries(1):
        assert BoundedPaginator(Dossier.objects.all(), 50).count == 0
