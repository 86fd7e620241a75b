"""The administrators' pages: what they show, whom they let in, and that every change goes by the one door."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Appointment, Role, Unit, User
from administration import registry
from audit.verification.verify import Tally, faults
from tests import factories
from tests.addresses import named
from tests.days import day, today
from tests.founder import office_chain
from tests.workflow.office import do, fresh
from workflow.states import State, Verb

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def url(name: str, *args) -> str:
    return reverse(named(name), args=args)


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
    data |= {field.html_name: day() for field in form if field.value() == today()}
    data["key"] = form["key"].value()
    return client.post(address, {name: value for name, value in (data | typed).items() if value is not None})


def recorded() -> list[str]:
    return list(office_chain().order_by("seq").values_list("verb", flat=True))


def test_a_post_held_in_several_roles_stands_once_in_the_list_of_people(office, boss, client):
    for role in (Role.REVIEWER, Role.DRAFTER):
        factories.appoint(boss.person, office.district, role, post=boss.appointment.post)
    [row] = [row for row in client.get(url("people")).context["page"] if row == boss.person]
    assert row.posts == [(boss.appointment.post, office.district.short_name)]


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
        there = self.pages(office, office.approver.person, office.approver.appointment)
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


class TestUnits:
    DETAILS = {"code": "U9", "kind": "union", "name": "CĐCS Trường Đê Vàng", "short_name": "Đê Vàng", "symbol": "CĐCS"}

    def test_a_unit_is_added_renamed_moved_and_closed_and_the_record_says_so(self, office, boss, client):
        added = send(client, url("unit-new") + f"?under={office.district.pk}", **self.DETAILS)
        made = Unit.objects.get(code="U9")
        assert (added.status_code, added.url) == (302, url("unit", made.pk))
        renamed = send(client, url("unit-change", made.pk), name="CĐCS Trường Đê Mới", letterhead="LĐLĐ\nĐÊ MỚI")
        assert renamed.status_code == 302
        moved = send(client, url("unit-move", made.pk), under="U2", note="Sáp nhập")
        assert moved.status_code == 302
        closed = send(client, url("unit-closure", made.pk), note="Giải thể")
        assert closed.status_code == 302
        made.refresh_from_db()
        above = Unit.objects.get(path=made.above_path)
        assert (made.name, made.letterhead, above.code, made.closed_on) == (
            "CĐCS Trường Đê Mới",
            ["LĐLĐ", "ĐÊ MỚI"],
            "U2",
            today(),
        )
        assert recorded() == ["unit_opened", "unit_changed", "unit_moved", "unit_closed"]
        page = client.get(url("unit", made.pk))
        assert [line.sentence for line in page.context["lines"]][::-1] == [
            "Ngô Anh Tuấn added the unit CĐCS Trường Đê Vàng",
            "Ngô Anh Tuấn changed the details of the unit CĐCS Trường Đê Mới",
            "Ngô Anh Tuấn moved the unit CĐCS Trường Đê Mới in the tree",
            "Ngô Anh Tuấn closed the unit CĐCS Trường Đê Mới",
        ]
        renames = [change for change in page.context["changes"] if change.label == "name"]
        assert [(it.before, it.after, it.who) for it in renames] == [
            ("CĐCS Trường Đê Vàng", "CĐCS Trường Đê Mới", "Ngô Anh Tuấn")
        ]
        assert list(faults(Tally())) == []

    def test_the_same_form_sent_twice_adds_one_unit(self, office, boss, client):
        address = url("unit-new") + f"?under={office.district.pk}"
        form = self.DETAILS | {"key": "6f1d9b0e-0000-4000-8000-000000000001"}
        assert [client.post(address, form).status_code, client.post(address, form).status_code] == [302, 422]
        assert (Unit.objects.filter(code="U9").count(), recorded()) == (1, ["unit_opened"])

    def test_going_back_and_typing_otherwise_is_another_change_and_a_second_click_is_none(self, office, boss, client):
        address = url("unit-change", office.unit.pk)
        form = client.get(address).context["form"]
        sent = {field.html_name: field.value() for field in form if isinstance(field.value(), str)}
        sent["key"] = str(form["key"].value())
        for name in "Đê Vàng", "Đê Mới", "Đê Mới":
            assert client.post(address, sent | {"name": name}).status_code == 302
            assert Unit.objects.get(pk=office.unit.pk).name == name
        assert recorded() == ["unit_changed", "unit_changed"]

    def test_a_code_in_use_is_refused_in_words(self, office, boss, client):
        taken = send(client, url("unit-new") + f"?under={office.district.pk}", **self.DETAILS | {"code": "U1"})
        assert (taken.status_code, taken.context["form"].errors) == (
            422,
            {"code": ["Unit with this Code already exists."]},
        )

    @pytest.mark.parametrize("code", ["СD099", "CD０９９", "CD 9", "CD²"])
    def test_a_code_of_letters_that_only_look_like_ours_is_refused(self, office, boss, client, code):
        answer = send(client, url("unit-new") + f"?under={office.district.pk}", **self.DETAILS | {"code": code})
        errors = {"code": [f"“{code}”: a code may contain only letters, digits and . / - _"]}
        assert (answer.status_code, answer.context["form"].errors) == (422, errors)

    def test_the_code_is_not_among_the_details_and_stays(self, office, boss, client):
        send(client, url("unit-change", office.unit.pk), code="KHAC", name="Tên mới")
        assert Unit.objects.get(pk=office.unit.pk).code == "U1"

    def test_a_unit_with_work_under_way_or_open_units_below_is_not_closed(self, office, boss, client):
        office.memo()
        page = client.get(url("unit-closure", office.unit.pk))
        assert page.context["shut"] == ["1 dossier of this unit is still under way."]
        assert client.post(
            url("unit-closure", office.unit.pk), {"key": "6f1d9b0e-0000-4000-8000-000000000002", "note": "x"}
        ).context["form"].non_field_errors() == ["1 dossier of this unit is still under way."]
        factories.unit("U11", office.sibling)
        assert client.get(url("unit-closure", office.sibling.pk)).context["shut"] == ["1 unit below it is still open."]
        assert (recorded(), Appointment.objects.filter(ended_at__isnull=False, unit=office.unit).count()) == ([], 0)

    def test_closing_ends_the_appointments_there(self, office, boss, client):
        assert send(client, url("unit-closure", office.unit.pk), note="Giải thể").status_code == 302
        assert recorded() == ["appointment_ended", "appointment_ended", "unit_closed"]
        assert not Appointment.objects.in_force().filter(unit=office.unit).exists()
        refused = send(
            client,
            url("appointment-new"),
            user=str(office.drafter.person.ref),
            unit="U1",
            role="drafter",
            post="Ủy viên",
        )
        assert refused.status_code == 422
        assert list(faults(Tally())) == []

    @pytest.mark.parametrize(
        ("under", "reason"),
        [
            ("U1", "A unit cannot report to itself or to a unit below it."),
            ("U11", "A unit cannot report to itself or to a unit below it."),
            ("Q1", "It already reports to that unit."),
        ],
    )
    def test_where_a_unit_cannot_go(self, office, boss, client, under, reason):
        factories.unit("U11", office.unit)
        answer = send(client, url("unit-move", office.unit.pk), under=under, note="x")
        assert (answer.status_code, answer.context["form"].non_field_errors()) == (422, [reason])

    def test_nor_out_of_reach_nor_ones_own_unit(self, office, boss, client):
        away = send(client, url("unit-move", office.unit.pk), under="Q2", note="x")
        assert away.context["form"].errors == {"under": ["This choice is no longer available. Please choose again."]}
        own = send(client, url("unit-move", office.district.pk), under="U1", note="x")
        assert own.context["form"].non_field_errors() == [
            "This is your own unit; an administrator above it moves it.",
            "A unit cannot report to itself or to a unit below it.",
        ]

    def test_search_needs_no_tone_marks(self, office, boss, client):
        found = client.get(url("office"), {"q": "truong hoa"}).context["page"]
        assert [unit.code for unit in found] == ["U1"]
        assert [unit.code for unit in client.get(url("office"), {"q": "đơn vị không có"}).context["page"]] == []


def test_a_unit_moves_while_its_dossier_waits(office, client):
    """Rights follow the tree at the next click; the ledger verifies; what waits is somebody's turn, not nobody's."""
    root = office.officer("goc", Role.ADMINISTRATOR, office.city)
    there = office.officer("kia", Role.REVIEWER, office.other_district)
    paper = office.memo_in(State.UNIT_APPROVED)
    do(Verb.CLAIM, paper, office.reviewer)
    reads = {who: url("dossier", paper.ref) for who in (office.reviewer.person, there.person)}

    def statuses():
        found = []
        for person, address in reads.items():
            client.force_login(person)
            found.append(client.get(address).status_code)
        return found

    assert statuses() == [200, 404]
    client.force_login(root.person)
    assert send(client, url("unit-move", office.unit.pk), under="Q2", note="Sắp xếp lại").status_code == 302
    assert statuses() == [404, 200]
    assert fresh(paper).handler is None
    do(Verb.REVIEW, paper, factories.acting(there.person, Role.REVIEWER))
    assert fresh(paper).state == State.DISTRICT_REVIEWED
    assert list(faults(Tally())) == []


class TestPeople:
    def test_a_person_is_added_and_gets_a_password_shown_once(self, office, boss, client):
        page = send(client, url("person-new"), full_name="Đặng Thị Hoà", username="Hoa.DT", honorific="ba", email="")
        someone = User.objects.get(username="hoa.dt")
        assert (page.status_code, someone.must_change_password) == (201, True)
        assert someone.check_password(page.context["password"])
        assert client.get(url("person", someone.ref)).status_code == 200
        assert recorded() == ["person_registered"]
        assert page["Cache-Control"] == "no-store"

    def test_the_same_form_again_gives_no_second_password(self, office, boss, client):
        form = {"full_name": "Đặng Thị Hoà", "username": "hoadt", "key": "6f1d9b0e-0000-4000-8000-000000000003"}
        first = client.post(url("person-new"), form)
        again = client.post(url("person-new"), form)
        assert (first.status_code, again.status_code) == (201, 422)
        assert User.objects.get(username="hoadt").check_password(first.context["password"])

    def test_someone_registered_elsewhere_and_never_appointed_is_not_there(self, office, boss, client):
        client.force_login(office.officer("xa", Role.ADMINISTRATOR, office.other_district).person)
        send(client, url("person-new"), full_name="Đặng Thị Hoà", username="hoadt")
        assert client.get(url("person", User.objects.get(username="hoadt").ref)).status_code == 200
        client.force_login(boss.person)
        assert client.get(url("person", User.objects.get(username="hoadt").ref)).status_code == 404

    def test_who_also_holds_office_above_is_seen_and_not_changed(self, office, boss, client):
        factories.appoint(office.reviewer.person, office.city, Role.SIGNATORY)
        page = client.get(url("person", office.reviewer.person.ref))
        reason = (
            "This person also has an appointment at Liên đoàn Lao động Thành phố;"
            " only an administrator above it can change the account."
        )
        assert page.context["shut"] == [reason]
        for name in ("person-change", "person-deactivation"):
            answer = client.post(
                url(name, office.reviewer.person.ref),
                {"key": "6f1d9b0e-0000-4000-8000-000000000004", "note": "x", "full_name": "Kẻ khác", "username": "ke"},
            )
            assert (answer.status_code, answer.context["form"].non_field_errors()) == (422, [reason])
        assert recorded() == []

    def test_what_happened_beyond_reach_is_not_shown_and_a_loan_from_there_protects(self, office, boss, client):
        root = office.officer("goc", Role.ADMINISTRATOR, office.city)
        held = Appointment(user=office.reviewer.person, unit=office.city, role=Role.SIGNATORY, post="Chủ tịch")
        registry.appoint(held, by=root, key=uuid4())
        registry.end_appointment(held, by=root, key=uuid4(), note="Điều động")
        page = client.get(url("person", office.reviewer.person.ref))
        assert (page.context["shut"], page.context["lines"]) == ([], [])
        factories.lend(factories.appoint(root.person, office.city, Role.SIGNATORY), office.reviewer.person)
        assert client.get(url("person", office.reviewer.person.ref)).context["shut"] == [
            "This person also has an appointment at Liên đoàn Lao động Thành phố;"
            " only an administrator above it can change the account."
        ]

    def test_a_change_shows_from_and_to(self, office, boss, client):
        assert send(client, url("person-change", office.drafter.person.ref), email="lan@example.vn").status_code == 302
        changes = client.get(url("person", office.drafter.person.ref)).context["changes"]
        assert [(it.label, it.before, it.after, it.who) for it in changes] == [
            ("e-mail", "", "lan@example.vn", "Ngô Anh Tuấn")
        ]

    def test_signing_in_is_no_change(self, office, client):
        before = office.drafter.person.history.count()
        client.force_login(office.drafter.person)
        assert office.drafter.person.history.count() == before

    def test_closing_an_account_rests_everything_and_opening_wakes_it(self, office, boss, client):
        paper = office.memo_in(State.UNIT_APPROVED)
        do(Verb.CLAIM, paper, office.reviewer)
        page = client.get(url("person-deactivation", office.reviewer.person.ref))
        (loss,) = page.context["what"].losses
        assert (loss.waiting, page.context["what"].freed, page.context["what"].stuck) == (1, 1, 1)
        done = send(client, url("person-deactivation", office.reviewer.person.ref), note="Nghỉ hưu")
        assert (done.status_code, fresh(paper).handler) == (200, None)
        assert not User.objects.get(pk=office.reviewer.person.pk).authorities
        assert send(client, url("person-reactivation", office.reviewer.person.ref), note="Trở lại").status_code == 302
        assert len(User.objects.get(pk=office.reviewer.person.pk).authorities) == 1
        assert recorded() == ["person_deactivated", "person_reactivated"]
        assert list(faults(Tally())) == []

    def test_nobody_closes_their_own_account(self, office, boss, client):
        answer = send(client, url("person-deactivation", boss.person.ref), note="x")
        assert answer.context["form"].non_field_errors() == [
            "You cannot close your own account; another administrator must do so."
        ]


class TestAppointments:
    def test_a_person_is_found_without_marks_and_appointed(self, office, boss, client):
        son = factories.person("son", "Hồ Ngọc Sơn")
        factories.appoint(son, office.sibling, Role.DRAFTER)
        said = {"unit": "U1", "role": "approver", "post": "Phó Chủ tịch", "decision_no": "12/QĐ"}
        sought = send(client, url("appointment-new"), **{"user-words": "ho ngoc"}, **said)
        assert sought.status_code == 422
        assert "Hồ Ngọc Sơn" in sought.content.decode()
        assert sought.context["form"].errors == {"user": ["Please select the right one from those found below."]}
        made = send(client, url("appointment-new"), user=str(son.ref), **said)
        assert (made.status_code, made.url) == (302, url("person", son.ref))
        assert recorded() == ["appointed"]

    def test_ending_shows_what_becomes_of_the_work(self, office, boss, client):
        office.memo_in(State.SUBMITTED)
        office.memo_in(State.SUBMITTED)
        address = url("appointment-ending", office.approver.appointment.ref)
        what = client.get(address).context["what"]
        assert [(pile.unit, pile.count) for pile in what.losses[0].stuck] == [("Công đoàn Trường Hoa Sen", 2)]
        second = office.officer("hai", Role.APPROVER, office.unit, "Cao Thị Hai")
        lent = factories.lend(second.appointment, office.clerk.person)
        mine = factories.lend(office.approver.appointment, office.signatory.person)
        what = client.get(address).context["what"]
        assert (what.stuck, what.losses[0].heirs, what.delegations) == (0, ["Cao Thị Hai", "Vũ Thị Thu"], [mine])
        assert lent.is_open
        done = send(client, address, note="Chuyển công tác")
        assert (done.status_code, recorded()) == (200, ["appointment_ended"])
        again = client.post(address, {"key": "6f1d9b0e-0000-4000-8000-000000000005", "note": "x"})
        assert again.context["form"].non_field_errors() == ["This appointment has already ended."]
        assert [field.value() for field in again.context["form"].typed] == ["x"]
        assert "End the appointment now" not in again.content.decode()

    def test_a_reason_is_asked_for(self, office, boss, client):
        answer = send(client, url("appointment-ending", office.approver.appointment.ref), note=" ")
        assert (answer.status_code, answer.context["form"].errors) == (422, {"note": ["Please give the reason."]})

    def test_the_last_reviewer_below_leaves_nobody_but_one_above_does(self, office, boss, client):
        office.memo_in(State.UNIT_APPROVED)
        address = url("appointment-ending", office.reviewer.appointment.ref)
        assert client.get(address).context["what"].stuck == 1
        office.officer("tren", Role.REVIEWER, office.city, "Bùi Trên")
        what = client.get(address).context["what"]
        assert (what.stuck, what.losses[0].heirs) == (0, ["Bùi Trên"])


class TestHowMuchIsAsked:
    """As many queries at one row as at many."""

    def test_lists_and_pages(self, office, boss, client):
        def crowd(start, count):
            for number in range(start, start + count):
                someone = office.officer(f"nguoi{number}", Role.DRAFTER, office.unit)
                factories.unit(f"X{number}", office.district)
                factories.lend(someone.appointment, office.clerk.person)

        pages = {
            url("office"): 7,
            url("office") + "?q=don": 7,
            url("people"): 8,
            url("appointments"): 7,
            url("unit", office.district.pk): 12,
            url("unit", office.unit.pk): 11,
            url("person", office.clerk.person.ref): 11,
            url("appointment-ending", office.drafter.appointment.ref): 9,
            url("person-deactivation", office.clerk.person.ref): 11,
            url("unit-closure", office.unit.pk): 11,
        }
        asked = {}
        for size in (1, 30):
            crowd(size, size)
            for page in pages:
                with CaptureQueriesContext(connection) as captured:
                    client.get(page)
                asked.setdefault(page, []).append(len(captured))
        assert asked == {page: [number, number] for page, number in pages.items()}
