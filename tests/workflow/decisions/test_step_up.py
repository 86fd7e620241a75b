"""What an office asks before a decision: a second factor, a fresh proof; nothing typed is lost, every change sealed."""

import re
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.urls import reverse

from accounts.models import Role, SecurityPolicy, SignIn
from accounts.signing_in.policy import required_of
from administration.security.changes import give_one_time_password
from ledger.models import Event
from tests.accounts.door import PASSWORD, add_app, confirm, inside, sign_in
from tests.addresses import named
from tests.administration.people_import.people_imports import APPOINTMENT, PERSON, UNIT, check, workbook
from tests.factories import acting, appoint, lend, memo, person, unit
from tests.founder import recorded
from workflow.decisions.onward.submit import submit
from workflow.models import Dossier

pytestmark = pytest.mark.django_db(transaction=True)
REASON = "Đề nghị bổ sung số liệu quý bốn và chữ ký của Ủy ban kiểm tra."


def sent(note: str, key=None) -> dict:
    """What the form of a person locked out carries."""
    return {"key": key or uuid4(), "note": note}


@pytest.fixture(autouse=True)
def nobody_has_tried_yet(db):
    cache.clear()


@pytest.fixture
def district():
    return unit("Q1")


@pytest.fixture
def union(district):
    return unit("CD1", district)


@pytest.fixture
def paper(union):
    drafter = person("soan")
    appoint(drafter, union, Role.DRAFTER)
    paper = memo(union, drafter)
    submit(paper, by=acting(drafter, Role.DRAFTER), seen=paper.seen(), key=uuid4())
    return Dossier.objects.get(pk=paper.pk)


@pytest.fixture
def approver(union):
    someone = person("duyet", password=PASSWORD)
    appoint(someone, union, Role.APPROVER)
    return someone


@pytest.fixture
def administrator(district):
    someone = person("quantri", password=PASSWORD)
    appoint(someone, district, Role.ADMINISTRATOR)
    return someone


@transaction.atomic
def ask(at, **what):
    policy, _new = SecurityPolicy.objects.update_or_create(unit=at, defaults=what)
    recorded("policy_changed", policy)


def lately(client, seconds: int) -> None:
    """As if the last proof were this old."""
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= seconds
    session.save()


def filled_in(client, paper, noun="approval", **typed) -> dict:
    page = client.get(reverse("workflow:decision", args=[paper.ref, noun]))
    form = page.context["form"]
    return {name: form[name].value() or "" for name in form.fields} | typed


def test_a_unit_may_ask_more_than_the_one_above_and_never_less(district, union, approver):
    assert required_of(approver).second_factor is False
    ask(district, second_factor=True, step_up=True)
    assert (required_of(approver).second_factor, required_of(approver).step_up) == (True, True)
    ask(union, second_factor=False, step_up=False)
    assert (required_of(approver).second_factor, required_of(approver).step_up) == (True, True)
    ask(district, second_factor=False, step_up=True)
    ask(union, second_factor=True, step_up=False)
    assert (required_of(approver).second_factor, required_of(approver).step_up) == (True, True)


@pytest.mark.parametrize("role", [Role.DRAFTER, Role.COMMITTEE, Role.AUDITOR])
def test_who_does_not_decide_is_not_asked(district, role, django_assert_num_queries):
    ask(district, second_factor=True, step_up=True)
    someone = person("khac")
    appoint(someone, district, role)
    assert not required_of(someone).second_factor
    with django_assert_num_queries(0):
        required_of(someone)


def test_without_a_second_factor_one_reads_but_does_not_decide(client, district, paper, approver):
    ask(district, second_factor=True)
    assert sign_in(client, "duyet")["Location"] == reverse("mfa_index")
    assert client.get(reverse("workflow:dossier", args=[paper.ref])).status_code == 200
    address = reverse("workflow:decision", args=[paper.ref, "return"])
    answer = client.post(address, {"note": REASON, "key": uuid4()})
    assert answer.status_code == 403
    assert reverse("mfa_index") in answer.content.decode()
    assert REASON in answer.content.decode(), "the words are there to be copied"
    assert client.post(reverse("workflow:bulk", args=["approval"]), {"dossier": paper.ref}).status_code == 403
    assert not Event.objects.filter(verb__in=["approve", "return"]).exists()
    add_app(client)
    assert client.get(address).status_code == 200


def test_a_proof_of_the_last_quarter_of_an_hour_is_enough(client, district, paper, approver):
    ask(district, step_up=True)
    sign_in(client, "duyet")
    assert (
        client.post(reverse("workflow:decision", args=[paper.ref, "approval"]), filled_in(client, paper)).status_code
        == 302
    )
    assert Event.objects.filter(verb="approve").count() == 1


def test_an_older_one_is_asked_for_before_the_form_and_leads_back(client, district, paper, approver):
    ask(district, step_up=True)
    sign_in(client, "duyet")
    lately(client, 15 * 60 + 1)
    address = reverse("workflow:decision", args=[paper.ref, "approval"])
    answer = client.get(address)
    assert answer["Location"] == f"{reverse('account_reauthenticate')}?next={address.replace('/', '%2F')}"
    back = client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": address})
    assert back["Location"] == address
    assert client.get(address).status_code == 200
    assert SignIn.objects.filter(outcome="confirmed").count() == 1


@pytest.mark.parametrize("query", ["", "?from=desk&page=2"])
def test_what_was_typed_goes_on_after_the_proof(client, district, paper, approver, query):
    ask(district, step_up=True)
    sign_in(client, "duyet")
    typed = filled_in(client, paper, note=REASON)
    lately(client, 15 * 60 + 1)
    address = reverse("workflow:decision", args=[paper.ref, "approval"])
    answer = client.post(address + query, typed)
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert not Event.objects.filter(verb="approve").exists()
    page = client.get(answer["Location"]).content.decode()
    assert re.search(r'name="next"[^>]*value="([^"]*)"', page).group(1) == address
    assert client.post(reverse("account_reauthenticate"), {"password": "sai rồi", "next": address}).status_code == 200
    done = client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": address})
    assert done.status_code == 302
    event = Event.objects.get(verb="approve")
    assert event.texts["note"] == REASON


def test_a_form_with_faults_after_the_proof_still_goes_to_its_own_address(client, district, paper, approver):
    ask(district, step_up=True)
    sign_in(client, "duyet")
    typed = filled_in(client, paper, note=REASON) | {"as": "nobody"}
    lately(client, 15 * 60 + 1)
    address = reverse("workflow:decision", args=[paper.ref, "approval"])
    client.post(address, typed)
    answer = client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": address})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert REASON in page
    assert f'action="{address}"' in page


def test_guessing_at_the_proof_is_stopped(client, district, paper, approver):
    sign_in(client, "duyet")
    answers = [confirm(client, "sai rồi, hãy thử lại") for _ in range(6)]
    assert "5" in str(answers[-1].context["form"].errors)
    assert approver.sign_ins.first().outcome == "held_off"


def test_an_administrator_sets_the_policy_and_it_is_sealed(client, district, union, administrator):
    sign_in(client, "quantri")
    form = {"key": uuid4(), "unit": union.pk, "second_factor": "on", "note": "Theo quy định của thành phố"}
    assert client.post(reverse("administration:office-security"), form).status_code == 302
    event = Event.objects.get(verb="policy_changed")
    assert (event.unit, event.facts) == (union, {"second_factor": True, "step_up": False})
    assert client.post(reverse("administration:office-security"), form).status_code == 302  # the same click again
    assert client.post(reverse("administration:office-security"), form | {"key": uuid4()}).status_code == 409
    assert Event.objects.filter(verb="policy_changed").count() == 1


def test_only_for_units_of_ones_own(client, administrator):
    sign_in(client, "quantri")
    beside = unit("Q2")
    form = {"key": uuid4(), "unit": beside.pk, "step_up": "on"}
    answer = client.post(reverse("administration:office-security"), form)
    assert (answer.status_code, [*answer.context["form"].errors]) == (422, ["unit"])
    assert not SecurityPolicy.objects.exists()


def test_help_for_someone_locked_out(client, union, approver, administrator):
    sign_in(client, "quantri")
    page = client.post(reverse("administration:person-password", args=[approver.ref]), sent("Đã gọi lại số cơ quan"))
    given = page.context["password"]
    assert page.content.decode().count(given) == 1
    assert client.get(reverse("administration:person-security", args=[approver.ref])).context["password"] == ""
    client.post(reverse("account_logout"))
    sign_in(client, "duyet", given)
    assert client.get("/")["Location"] == reverse("account_change_password")
    event = Event.objects.get(verb="sign_in_changed")
    assert (event.facts["what"], event.texts["person"]) == ("password_given", approver.full_name)
    assert given not in str(event.texts)


def test_a_lost_telephone_is_taken_off(client, approver, administrator):
    sign_in(client, "duyet")
    add_app(client)
    client.post(reverse("account_logout"))
    sign_in(client, "quantri")
    client.post(reverse("administration:person-factors", args=[approver.ref]), sent("Mất điện thoại"))
    client.post(reverse("account_logout"))
    sign_in(client, "duyet")
    assert inside(client)


def test_help_reaches_no_further_than_the_office(client, district, administrator):
    beside, above = person("ngoai"), person("kiem")
    appoint(beside, unit("Q2"), Role.APPROVER)
    appoint(above, unit("Q3"), Role.REVIEWER)
    appoint(above, district, Role.REVIEWER)
    sign_in(client, "quantri")
    tried = [(beside, 404), (above, 409), (administrator, 409)]
    for someone, status in tried:
        address = reverse("administration:person-password", args=[someone.ref])
        assert client.post(address, sent("Xin cấp lại")).status_code == status
    assert not Event.objects.filter(verb="sign_in_changed").exists()


def test_help_gives_no_way_into_an_office_that_is_lent_from_beyond(client, district, union, administrator):
    """Whoever resets a password could sign in by it and act in every office the person is lent."""
    chair, stand_in = person("chutich.quan"), person("giup")
    held = appoint(chair, district, Role.SIGNATORY)
    appoint(stand_in, union, Role.DRAFTER)
    below = person("quantri.cs", password=PASSWORD)
    appoint(below, union, Role.ADMINISTRATOR)
    lend(held, stand_in)
    sign_in(client, "quantri.cs")
    for name in ("person-password", "person-factors"):
        address = reverse(named(name), args=[stand_in.ref])
        assert client.post(address, sent("Xin cấp lại")).status_code == 409
    assert not Event.objects.filter(verb="sign_in_changed").exists()


def test_who_acts_for_an_administrator_does_not_reset_their_password(client, district, administrator):
    stand_in = person("giup", password=PASSWORD)
    appoint(stand_in, district, Role.DRAFTER)
    lend(administrator.appointments.get(), stand_in)
    sign_in(client, "giup")
    address = reverse("administration:person-password", args=[administrator.ref])
    assert client.post(address, sent("Xin cấp lại")).status_code == 409


def test_an_import_wants_the_same_proofs_as_an_appointment(client, district, administrator):
    ask(district, second_factor=True)
    by = acting(administrator, Role.ADMINISTRATOR)
    people_import = check(workbook([UNIT], [PERSON], [APPOINTMENT]), "x.xlsx", by=by)
    sign_in(client, "quantri")
    assert (
        client.post(reverse("administration:people-import-confirmation", args=[people_import.ref])).status_code == 403
    )
    people_import.refresh_from_db()
    assert people_import.state == "checked"


def test_reference_data_wants_the_same_proofs(client, district, administrator):
    ask(district, second_factor=True)
    sign_in(client, "quantri")
    address = reverse("admin:accounts_unitkind_add")
    assert client.post(address, {"code": "x", "name": "Kẻ gian"}).status_code == 403
    add_app(client)
    assert client.get(reverse("admin:index")).status_code == 200


@pytest.mark.parametrize("name", ["office-security", "appointment-new"])
def test_a_unit_no_database_can_name_is_no_fault_of_ours(client, administrator, name):
    sign_in(client, "quantri")
    assert client.get(reverse(named(name)), {"unit": "Q\x001"}).status_code == 200


@pytest.mark.parametrize("name", ["administration:office-security", "administration:office-health"])
def test_the_pages_are_the_administrators(client, approver, administrator, name):
    assert client.get(reverse(name)).status_code == 302
    sign_in(client, "duyet")
    assert client.get(reverse(name)).status_code == 404
    client.post(reverse("account_logout"))
    sign_in(client, "quantri")
    assert client.get(reverse(name)).status_code == 200


class TestTheSameFormSentTwice:
    """A double click, or the page called back by the browser: the key in the form is the one it came with."""

    def test_a_one_time_password_is_given_once_and_the_first_stays(self, client, approver, administrator):
        sign_in(client, "quantri")
        page = client.get(reverse("administration:person-security", args=[approver.ref]))
        form = sent("Đã gọi lại số cơ quan", page.context["form"]["key"].value())
        address = reverse("administration:person-password", args=[approver.ref])
        given = client.post(address, form).context["password"]
        again = client.post(address, form, follow=True)
        assert [str(message) for message in again.context["messages"]] == [
            "Biểu mẫu này đã cấp mật khẩu dùng một lần. Nếu chưa kịp ghi lại, vui lòng cấp mật khẩu khác."
        ]
        assert (again.context["password"], Event.objects.filter(verb="sign_in_changed").count()) == ("", 1)
        approver.refresh_from_db()
        assert approver.check_password(given)
        assert again.context["form"]["key"].value() != page.context["form"]["key"].value()

    def test_two_clicks_at_the_same_moment_give_one_password(self, approver, administrator):
        key, start, given = uuid4(), Barrier(2), []

        def click():
            try:
                by = acting(administrator, Role.ADMINISTRATOR)
                start.wait(timeout=60)
                given.append(give_one_time_password(approver, by=by, key=key, note="Quên mật khẩu"))
            finally:
                connection.close()

        clicks = [Thread(target=click) for _ in range(2)]
        for thread in clicks:
            thread.start()
        for thread in clicks:
            thread.join(timeout=60)
        empty, password = sorted(given)
        approver.refresh_from_db()
        assert (empty, approver.check_password(password)) == ("", True)
        assert Event.objects.filter(verb="sign_in_changed").count() == 1

    def test_factors_are_taken_away_once(self, client, approver, administrator):
        sign_in(client, "duyet")
        add_app(client)
        client.post(reverse("account_logout"))
        sign_in(client, "quantri")
        address, form = reverse("administration:person-factors", args=[approver.ref]), sent("Mất điện thoại")
        assert [client.post(address, form).status_code for _ in range(2)] == [302, 302]
        assert Event.objects.filter(facts__what="factors_removed").count() == 1

    def test_the_key_of_one_button_is_none_of_the_other(self, client, approver, administrator):
        sign_in(client, "quantri")
        form = sent("Quên mật khẩu")
        client.post(reverse("administration:person-password", args=[approver.ref]), form)
        answer = client.post(reverse("administration:person-factors", args=[approver.ref]), form)
        assert answer.context["form"].non_field_errors() == [
            "Biểu mẫu này đã dùng cho một quyết định khác. Vui lòng mở lại trang."
        ]
        assert answer.status_code == 409

    @pytest.mark.parametrize("key", ["", "1", "không phải khóa"])
    def test_a_form_without_its_key_changes_nothing(self, client, approver, administrator, key):
        sign_in(client, "quantri")
        for name in ("person-password", "person-factors"):
            form = {"key": key, "note": "Quên mật khẩu"}
            answer = client.post(reverse(named(name), args=[approver.ref]), form)
            assert (answer.status_code, [*answer.context["form"].errors]) == (422, ["key"])
        assert not Event.objects.filter(verb="sign_in_changed").exists()
