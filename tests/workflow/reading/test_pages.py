"""The pages of the engine on a memo, through the browser's door: who sees what, and nothing typed is lost."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from ledger.models import Event
from tests import factories
from tests.addresses import named
from tests.trial import often
from tests.workflow.office import do, fresh
from workflow.drafting import editing
from workflow.models import AccessLog, Notice
from workflow.notices.addressees import addressees
from workflow.states import State, Verb

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english_pages")]


@pytest.fixture
def english_pages(client, settings):
    """Compare sentences with their msgids, whatever the catalogue says."""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"


def address(name, dossier=None, *more):
    return reverse(named(name), args=[dossier.ref, *more] if dossier else [])


def sign_in(client, by):
    client.force_login(by.person)
    return by


def page_text(answer) -> str:
    return answer.content.decode()


def typed(client, dossier, noun, **facts) -> dict:
    """What a browser would send: the hidden fields of the form as the page gave it, and what was typed."""
    form = client.get(address("decision", dossier, noun)).context["form"]
    return {name: form[name].value() for name in ("seen", "key", "as")} | facts


def points_typed(*rows) -> dict:
    sent = {"points-TOTAL_FORMS": len(rows), "points-INITIAL_FORMS": 0}
    for number, (place, text) in enumerate(rows):
        sent |= {f"points-{number}-place": place, f"points-{number}-text": text}
    return sent


# --- who sees what ----------------------------------------------------------------------------------------------------
def test_strangers_are_asked_to_sign_in(client, office):
    memo = office.memo()
    pages = ["desk", "history"], ["dossier", "points", "compare", "dossier-history"]
    addresses = [address(name) for name in pages[0]] + [address(name, memo) for name in pages[1]]
    for page in [*addresses, address("decision", memo, "submission")]:
        answer = client.get(page)
        assert answer.status_code == 302
        assert answer.url.startswith(reverse("account_login"))


def test_a_foreign_unit_finds_nothing(client, office):
    memo = office.memo_in(State.SUBMITTED)
    sign_in(client, office.officer("la", Role.APPROVER, office.foreign))
    for name in ("dossier", "points", "compare", "dossier-history"):
        assert client.get(address(name, memo)).status_code == 404
    assert client.get(address("decision", memo, "approval")).status_code == 404
    assert client.post(address("decision", memo, "approval"), {"seen": memo.seen(), "key": uuid4()}).status_code == 404
    assert fresh(memo).state == State.SUBMITTED


@pytest.mark.parametrize("role", Role)
def test_every_role_has_a_desk_and_a_history(client, office, role):
    office.memo_in(State.UNIT_APPROVED)
    sign_in(client, office.officer("ai", role, office.district))
    assert client.get(address("desk")).status_code == 200
    assert client.get(address("history")).status_code == 200


@pytest.mark.parametrize("state", State)
def test_every_state_can_be_read_and_reading_is_logged(client, office, state):
    memo = office.memo_in(state)
    sign_in(client, office.reviewer)
    answer = client.get(address("dossier", memo))
    assert answer.status_code == 200
    assert [step["state"] for step in answer.context["steps"] if step["at"] == "now"] == [state]
    assert AccessLog.objects.filter(user=office.reviewer.person, dossier=memo, act="viewed").count() == 1


# --- the desk ---------------------------------------------------------------------------------------------------------
def test_the_desk_groups_by_due_date_and_says_where_the_rest_is(client, office):
    today = timezone.localdate()
    late = office.memo_in(State.SUBMITTED, subject="Trễ", due_on=today - timedelta(days=2))
    office.memo_in(State.SUBMITTED, subject="Hôm nay", due_on=today)
    office.memo_in(State.SUBMITTED, subject="Không hạn")
    gone = office.memo_in(State.UNIT_APPROVED, subject="Đã lên quận")
    sign_in(client, office.approver)
    answer = client.get(address("desk"))
    groups = {group["name"]: [row.subject for row in group["rows"]] for group in answer.context["groups"]}
    assert groups == {"over": ["Trễ"], "today": ["Hôm nay"], "later": ["Không hạn"]}
    assert [row.subject for row in answer.context["elsewhere"]] == [gone.subject]
    assert "overdue by 2 days" in page_text(answer)
    assert late.get_absolute_url() in page_text(answer)
    assert client.get(address("desk"), {"kind": "report"}).context["groups"] == []
    assert len(client.get(address("desk"), {"kind": "memo"}).context["groups"]) == 3


def test_a_returned_memo_comes_back_with_its_first_point(client, office):
    office.memo_in(State.RETURNED)
    sign_in(client, office.drafter)
    answer = client.get(address("desk"))
    assert [row.first_point for row in answer.context["returned"]] == ["Bổ sung số liệu quý III."]
    assert "Nothing else is waiting for you" in page_text(answer)


def test_a_notice_goes_when_the_dossier_is_opened_or_put_away(client, office):
    memo, other = office.memo_in(State.SUBMITTED), office.memo_in(State.SUBMITTED)
    for event in Event.objects.filter(verb=Verb.SUBMIT):
        Notice.objects.bulk_create(Notice(user_id=pk, event=event) for pk in addressees(event))
    sign_in(client, office.approver)
    assert len(client.get(address("desk")).context["notices"]) == 2
    client.get(address("dossier", memo))
    assert [it.event.chain for it in client.get(address("desk")).context["notices"]] == [other.ref]
    client.post(address("reading"))
    assert list(client.get(address("desk")).context["notices"]) == []


# --- decisions --------------------------------------------------------------------------------------------------------
def test_a_memo_goes_its_whole_road_by_forms_alone(client, office):
    memo = office.memo()
    forms = [
        (office.drafter, "submission", {}),
        (office.approver, "approval", {"note": "Nhất trí."}),
        (office.reviewer, "claim", {}),
        (office.reviewer, "review", {"item-readable": "yes"}),
        (office.signatory, "endorsement", {"sitting_on": "05/11/2026", "minutes_no": "12/BB-BTV"}),
        (office.clerk, "conclusion", {"outcome": "Khen", "decision_no": "15/QĐ", "decided_on": "06/11/2026"}),
    ]
    for by, noun, facts in forms:
        sign_in(client, by)
        answer = client.post(address("decision", memo, noun), typed(client, memo, noun, **facts))
        assert answer.status_code == 302, page_text(answer)
        assert answer.url == memo.get_absolute_url()
        assert "Done: " in page_text(client.get(answer.url))
    assert fresh(memo).state == State.CONCLUDED
    assert Event.objects.get(dossier=memo, verb=Verb.ENDORSE).facts["sitting_on"] == "2026-11-05"
    assert "12/BB-BTV" in page_text(client.get(address("dossier-history", memo)))


def test_a_refusal_says_every_reason_and_keeps_what_was_typed(client, office):
    memo = office.memo_in(State.UNIT_APPROVED)
    sign_in(client, office.reviewer)
    sent = typed(client, memo, "review", **{"item-readable": "no", "note": "Chữ mờ <b>quá</b>"})
    answer = client.post(address("decision", memo, "review"), sent)
    assert answer.status_code == 409
    assert "Answered “no”: The memo can be read. Return the dossier instead." in page_text(answer)
    assert "Chữ mờ &lt;b&gt;quá&lt;/b&gt;" in page_text(answer)
    assert fresh(memo).state == State.UNIT_APPROVED


def test_a_date_is_day_first_in_english_too_and_a_bad_one_is_kept(client, office):
    memo = office.memo_in(State.DISTRICT_REVIEWED)
    sign_in(client, office.signatory)
    sent = typed(client, memo, "endorsement", sitting_on="31/02/2026", minutes_no="12/BB")
    answer = client.post(address("decision", memo, "endorsement"), sent)
    assert answer.status_code == 422
    assert "Type the date as dd/mm/yyyy" in page_text(answer)
    assert 'value="31/02/2026"' in page_text(answer)


def test_whoever_has_no_right_is_refused_with_403(client, office):
    memo = office.memo_in(State.SUBMITTED)
    sign_in(client, office.drafter)
    page = client.get(address("decision", memo, "approval"))
    assert page.status_code == 403
    assert "This step is the responsibility of: unit approver" in page_text(page)
    answer = client.post(address("decision", memo, "approval"), {"seen": memo.seen(), "key": uuid4()})
    assert answer.status_code == 403
    assert fresh(memo).state == State.SUBMITTED


def test_an_ended_appointment_is_said_not_thrown(client, office):
    memo = office.memo_in(State.SUBMITTED)
    sign_in(client, office.approver)
    sent = typed(client, memo, "approval") | {"as": str(uuid4()), "note": "Nhất trí."}
    answer = client.post(address("decision", memo, "approval"), sent)
    assert answer.status_code == 409
    assert "Your appointment no longer allows this." in page_text(answer)
    assert "Nhất trí." in page_text(answer)


def test_a_stale_page_leads_to_the_difference_and_stays_stale(client, office):
    memo = office.memo_in(State.SUBMITTED)
    sign_in(client, office.approver)
    old = typed(client, memo, "approval", note="Đồng ý")
    do(Verb.RECALL, memo, office.drafter)
    with editing.edit(memo, by=office.drafter) as paper:
        paper.text = "Nội dung khác."
        paper.save()
    do(Verb.SUBMIT, memo, office.drafter)
    answer = client.post(address("decision", memo, "approval"), old)
    assert answer.status_code == 409
    assert address("compare", memo) in page_text(answer)
    assert answer.context["form"]["seen"].value() == old["seen"]
    assert (len(answer.context["lines"]), answer.context["lines"][0].event.verb) == (1, Verb.SUBMIT)
    assert [field.value() for field in answer.context["typed"]] == ["Đồng ý"]
    assert f'action="{address("decision", memo, "approval")}"' not in page_text(answer)
    assert client.post(address("decision", memo, "approval"), typed(client, memo, "approval")).status_code == 302


def test_an_old_page_says_who_moved_the_paper_and_keeps_what_was_typed_without_an_offer(client, office):
    memo = office.memo_in(State.SUBMITTED)
    sign_in(client, office.approver)
    rows = points_typed(("field:text", "Thiếu số liệu"))
    old = typed(client, memo, "return", note="Xem kỹ") | rows
    do(Verb.RECALL, memo, office.drafter)
    for sent in (old, old | {"note": "Xem kỹ " * 1000}):  # refused by the rules, and by the form
        answer = client.post(address("decision", memo, "return"), sent)
        assert [line.event.verb for line in answer.context["lines"]] == [Verb.RECALL]
        assert "Trần Thị Lan" in page_text(answer)
        assert {"Thiếu số liệu", sent["note"]} < {field.value() for field in answer.context["typed"]}
        assert " readonly" in page_text(answer)
        assert f'action="{address("decision", memo, "return")}"' not in page_text(answer)


def test_a_double_click_shows_the_first_result(client, office):
    memo = office.memo_in(State.SUBMITTED)
    sign_in(client, office.approver)
    sent = typed(client, memo, "approval")
    first, second = (client.post(address("decision", memo, "approval"), sent) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert Event.objects.filter(dossier=memo, verb=Verb.APPROVE).count() == 1


def test_points_grow_without_a_script_and_nothing_is_lost(client, office):
    memo = office.memo_in(State.SUBMITTED)
    sign_in(client, office.approver)
    rows = [("field:text", f"Điểm {number}") for number in range(5)]
    sent = typed(client, memo, "return", note="Xem kỹ") | points_typed(*rows)
    grown = client.post(address("decision", memo, "return"), sent | {"more": "1"})
    assert grown.status_code == 200
    form = grown.context["form"]
    assert [row["text"].value() for row in form.points][:5] == [text for _place, text in rows]
    assert len(form.points.forms) == 10
    assert form["note"].value() == "Xem kỹ"
    bad = client.post(address("decision", memo, "return"), sent | points_typed(*rows, ("", "Không rõ ở đâu")))
    assert bad.status_code == 422
    assert "Không rõ ở đâu" in page_text(bad)
    done = client.post(address("decision", memo, "return"), sent | points_typed(*rows, ("", "")))
    assert done.status_code == 302
    assert memo.points.count() == 5


def test_a_return_without_points_is_refused(client, office):
    memo = office.memo_in(State.SUBMITTED)
    sign_in(client, office.approver)
    sent = typed(client, memo, "return") | points_typed(("", ""))
    answer = client.post(address("decision", memo, "return"), sent)
    assert answer.status_code == 409
    assert "A return needs at least one point." in page_text(answer)


def test_points_are_answered_some_now_some_later(client, office):
    memo = office.memo_in(State.RETURNED)
    sign_in(client, office.drafter)
    assert "1 point of the return is not answered." in page_text(client.get(address("dossier", memo)))
    answer = client.post(address("points", memo), {"answer-1": "Đã bổ sung <i>đủ</i>."})
    assert answer.status_code == 302
    point = memo.points.get()
    assert (point.answer, point.answered_by) == ("Đã bổ sung <i>đủ</i>.", office.drafter.person)
    assert client.post(address("decision", memo, "submission"), typed(client, memo, "submission")).status_code == 302
    sign_in(client, office.approver)
    assert "Đã bổ sung &lt;i&gt;đủ&lt;/i&gt;." in page_text(client.get(address("dossier", memo)))
    refused = client.post(address("points", memo), {"answer-1": "Sửa lén"})
    assert refused.status_code == 409
    assert [field.value() for field in refused.context["typed"]] == ["Sửa lén"]
    assert [line.event.verb for line in refused.context["lines"]] == [Verb.SUBMIT]
    assert memo.points.get().answer == "Đã bổ sung <i>đủ</i>."


def test_a_delegate_chooses_in_what_capacity_to_act(client, office):
    memo = office.memo_in(State.SUBMITTED)
    deputy = office.officer("pho", Role.APPROVER, office.unit, "Ngô Văn Phó")
    factories.lend(office.approver.appointment, deputy.person)
    sign_in(client, deputy)
    page = client.get(address("decision", memo, "approval"))
    assert "for Lê Văn Minh" in page_text(page)
    lent = deputy.person.__class__.objects.get(pk=deputy.person.pk).authorities[1]
    assert (
        client.post(
            address("decision", memo, "approval"), typed(client, memo, "approval") | {"as": lent.ref}
        ).status_code
        == 302
    )
    event = Event.objects.get(dossier=memo, verb=Verb.APPROVE)
    assert (event.actor, event.acting_for) == (deputy.person, office.approver.person)
    assert "Lê Văn Minh" in page_text(client.get(address("dossier", memo)))


def test_a_sole_officer_is_told_so_and_gives_the_reason(client, office):
    alone = factories.unit("U9", office.district)
    user = factories.person("mot", "Đặng Thị Một")
    factories.appoint(user, alone, Role.DRAFTER)
    factories.appoint(user, alone, Role.APPROVER)
    memo = factories.memo(alone, user)
    do(Verb.SUBMIT, memo, factories.acting(user, Role.DRAFTER))
    client.force_login(user)
    assert "decided as sole officer" in page_text(client.get(address("dossier", memo)))
    sent = typed(client, memo, "sole-approval")
    assert client.post(address("decision", memo, "sole-approval"), sent).status_code == 422
    assert (
        client.post(address("decision", memo, "sole-approval"), sent | {"note": "Chỉ có một người"}).status_code == 302
    )
    assert Event.objects.get(dossier=memo, verb=Verb.APPROVE).sole_officer
    assert client.get(address("history"), {"marked": "sole"}).context["lines"][0].event.chain == memo.ref


def test_what_is_typed_is_text_everywhere(client, office):
    nasty = "<script>alert(1)</script>"
    memo = office.memo(subject=nasty, text=nasty)
    do(Verb.SUBMIT, memo, office.drafter, note=nasty)
    do(Verb.RETURN, memo, office.approver, points=[("field:text", nasty)], note=nasty)
    sign_in(client, office.drafter)
    pages = [address(name, memo) for name in ("dossier", "dossier-history", "compare", "points")]
    for page in [*pages, address("desk"), address("history"), address("decision", memo, "submission")]:
        answer = client.get(page)
        assert answer.status_code == 200
        assert nasty not in page_text(answer)
        assert "&lt;script&gt;" in page_text(answer)


def test_versions_are_compared_word_by_word(client, office):
    memo = office.memo_in(State.RETURNED)
    with editing.edit(memo, by=office.drafter) as paper:
        paper.text = "Nội dung mới."
        paper.save()
    sign_in(client, office.drafter)
    (change,) = client.get(address("compare", memo)).context["changes"]
    (stretch,) = change.stretches
    assert (change.label, change.shape) == ("Text", "words")
    assert stretch.before == [("", "Nội dung.")]
    assert stretch.after == [("", "Nội dung"), ("ins", " mới"), ("", ".")]
    assert client.get(address("compare", memo), {"from": "99", "to": "x"}).status_code == 200


# --- history ----------------------------------------------------------------------------------------------------------
def test_the_history_is_narrowed_by_the_address(client, office):
    first = office.memo_in(State.UNIT_APPROVED)
    office.memo_in(State.SUBMITTED)
    sign_in(client, office.officer("kiem", Role.AUDITOR, office.city))

    def found(**asked):
        return [line.event.verb for line in client.get(address("history"), asked).context["lines"]]

    assert len(found()) == 5
    assert found(verb="approve") == ["approve"]
    assert found(person="Lê Văn Minh") == ["approve"]
    assert len(found(unit="U1")) == 5
    assert found(unit="U2") == []
    assert len(found(since=timezone.localdate().strftime("%d/%m/%Y"))) == 5
    assert found(until=(timezone.localdate() - timedelta(days=1)).strftime("%d/%m/%Y")) == []
    assert len(found(since="rác", verb="nonsense")) == 5
    assert first.get_absolute_url() in page_text(client.get(address("history")))


def test_health_is_open_to_all_and_says_who_guards_the_record(client, db):
    answer = client.get(address("health"))
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "record": "guarded"})


# --- flat -------------------------------------------------------------------------------------------------------------
def queries(client, django_assert_max_num_queries, page) -> int:
    with django_assert_max_num_queries(12) as seen:
        assert client.get(page).status_code == 200
    return len(seen)


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.UNIT_APPROVED, State.FORWARDED])
def test_pages_ask_as_much_for_one_row_as_for_many(client, office, django_assert_max_num_queries, state):
    memo = office.memo_in(state)
    by = {State.DRAFT: office.drafter, State.SUBMITTED: office.approver, State.UNIT_APPROVED: office.reviewer}
    sign_in(client, by.get(state, office.clerk))
    pages = [address("desk"), address("history"), address("dossier", memo), address("dossier-history", memo)]
    client.get(pages[0])
    few = [queries(client, django_assert_max_num_queries, page) for page in pages]
    for _ in range(often(14, trial=99)):
        office.memo_in(state)
    many = [queries(client, django_assert_max_num_queries, page) for page in pages]
    assert many == few


def test_a_dossier_of_many_events_asks_as_much_as_a_young_one(client, office, django_assert_max_num_queries):
    memo = office.memo_in(State.SUBMITTED)
    sign_in(client, office.approver)
    client.get(address("dossier", memo))
    young = queries(client, django_assert_max_num_queries, address("dossier", memo))
    times = often(8, trial=50)
    for _ in range(times):
        do(Verb.RECALL, memo, office.drafter)
        do(Verb.SUBMIT, memo, office.drafter)
    assert Event.objects.filter(dossier=memo).count() == 2 + 2 * times
    assert queries(client, django_assert_max_num_queries, address("dossier", memo)) == young
