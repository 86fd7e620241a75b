"""What the statistics of returns keep: what the events say at every moment, counted anew at will."""

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from audit.return_numbers import FromCounts, FromEvents
from audit.verification.verify import Tally, faults
from tests.factories import answered
from tests.workflow.office import do, fresh
from workflow import errands
from workflow.models import Errand, Point, ReturnCount
from workflow.rights import reach
from workflow.states import State, Verb

pytestmark = pytest.mark.django_db
WRONG, PLAIN = ("field:text", "Sai", Point.Reason.WRONG_FIGURE), ("field:text", "Chưa rõ")


@pytest.fixture
def auditor(office):
    return office.officer("kiem", Role.AUDITOR, office.city, "Ngô Khánh Ưng")


@pytest.fixture
def a_year(office):
    """Returned twice at one place and by two officers, reviewed twice, withdrawn and begun again, at two units."""
    memo = office.memo_in(State.SUBMITTED)
    do(Verb.RETURN, memo, office.approver, points=[WRONG, WRONG, PLAIN])
    again(memo, office)
    do(Verb.APPROVE, memo, office.approver)
    do(Verb.RETURN, memo, office.reviewer, points=[WRONG])
    again(memo, office)
    do(Verb.APPROVE, memo, office.approver)
    do(Verb.REVIEW, memo, office.reviewer)
    do(Verb.HAND_BACK, memo, office.signatory)
    do(Verb.REVIEW, memo, office.reviewer)
    gone = office.memo_in(State.WITHDRAWN)
    do(Verb.REOPEN, gone, office.approver)
    do(Verb.SUBMIT, gone, office.drafter)
    do(Verb.WITHDRAW, gone, office.approver)
    office.memo_in(State.CONCLUDED)
    office.memo_in(State.DRAFT)
    elsewhere = office.officer("tu", Role.DRAFTER, office.foreign)
    deputy = office.officer("pho", Role.APPROVER, office.foreign, "Ngô Văn Phó")
    office.unit, office.drafter = office.foreign, elsewhere
    memo = office.memo_in(State.SUBMITTED)
    do(Verb.RETURN, memo, deputy, points=[PLAIN])


def again(memo, office) -> None:
    answered(memo, "Đã bổ sung")
    do(Verb.SUBMIT, fresh(memo), office.drafter)


def same(user) -> dict:
    """What is kept and what the events say, one against the other; the numbers of all."""
    kept, events = FromCounts(reach.units(user)), FromEvents(reach.events(user))
    for table, *asked in [
        ("in_all",), ("by_place",), ("by_kind_of_place",), ("by_reason",), ("by_branch", 4), ("by_branch", 12),
        ("by_officer",),
    ]:  # fmt: skip
        wanted, found = (getattr(numbers, table)(*asked) for numbers in (events, kept))
        names = set(wanted[0]) if isinstance(wanted, list) and wanted else set()
        names -= {"returned"} if table == "by_kind_of_place" else set()  # two places of a kind may be one dossier's
        if names:
            wanted, found = (sorted(told(row, names) for row in rows) for rows in (wanted, found))
        assert found == wanted, table
    return kept.in_all()


def told(row: dict, names: set) -> list[tuple[str, str]]:
    return [(name, str(row[name])) for name in sorted(names)]


def test_a_number_is_the_ledgers_before_and_after_every_errand(auditor, a_year):
    total = {"submitted": 4, "returned": 2, "returns": 3, "points": 5, "accepted": 2, "rounds": 2.0}
    waiting = list(Errand.objects.order_by("pk").values_list("pk", flat=True))
    assert (same(auditor.person), ReturnCount.objects.count()) == (total, 0)
    for pk in reversed(waiting):  # in whatever order
        assert errands._do([pk]) == 1
        assert same(auditor.person) == total
    kept = ReturnCount.objects.count()
    assert errands.count_returns_anew() == 0
    assert (same(auditor.person), ReturnCount.objects.count()) == (total, kept)


def test_a_unit_is_counted_for_those_who_reach_it(office, a_year):
    errands.run()
    for by, returns in [(office.reviewer, 2), (office.officer("xa", Role.REVIEWER, office.other_district), 1)]:
        assert same(by.person)["returns"] == returns
    assert same(office.officer("quan", Role.ADMINISTRATOR, office.city).person)["submitted"] == 0


def test_a_round_that_dies_counts_nothing(auditor, a_year):
    before = same(auditor.person)
    with transaction.atomic():
        errands.run()
        assert same(auditor.person) == before
        transaction.set_rollback(True)
    assert (same(auditor.person), ReturnCount.objects.count()) == (before, 0)


def test_counts_that_were_tampered_with_are_named_and_counted_anew(auditor, a_year, capsys):
    errands.run()
    before = same(auditor.person)
    ReturnCount.objects.filter(by="all").update(returns=99)
    ReturnCount.objects.filter(by="reason").first().delete()
    assert sorted(sentence.split(",")[1].split()[0] for sentence in faults(Tally())) == ["all", "all", "reason"]
    call_command("count_returns")
    call_command("count_returns")
    assert capsys.readouterr().out.splitlines() == ["3 counts were otherwise", "0 counts were otherwise"]
    assert same(auditor.person) == before
    assert list(faults(Tally())) == []


def test_what_waits_is_not_kept_by_counting_anew(office, auditor, a_year):
    errands.run()
    do(
        Verb.RETURN,
        office.memo_in(State.SUBMITTED),
        office.officer("moi", Role.APPROVER, office.foreign),
        points=[PLAIN],
    )
    before = same(auditor.person)
    assert errands.count_returns_anew() == 0
    errands.run()
    assert same(auditor.person) == before


def test_a_period_is_counted_from_its_events(client, auditor, a_year):
    errands.run()
    client.force_login(auditor.person)
    today = timezone.localdate().strftime("%d/%m/%Y")
    whole = client.get(reverse("audit:returns")).context["total"]
    assert client.get(reverse("audit:returns", query={"since": today})).context["total"] == whole
    assert client.get(reverse("audit:returns", query={"unit": "U3"})).context["total"]["returns"] == 1
