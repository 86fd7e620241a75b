"""Lending an office and sharing a dossier, by their pages: who may, what is said beforehand, and who reads what."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Delegation, Role, User
from audit.verification.verify import Tally, faults
from tests import factories
from tests.administration.test_office_pages import in_english, recorded, send, url
from tests.days import day, today
from tests.factories import rewritten
from tests.workflow.office import do
from workflow.models import DossierUserObjectPermission
from workflow.states import State, Verb

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
__all__ = ["in_english"]


@pytest.fixture
def son(office) -> User:
    return office.officer("son", Role.COMMITTEE, office.district, "Hồ Ngọc Sơn").person


class TestDelegations:
    def lend(self, client, holder, to, **typed):
        client.force_login(holder.person)
        said = {"appointment": str(holder.appointment.ref), "delegate": str(to.ref), "ends_on": day(5)}
        return send(client, url("delegation-new"), **said | {"reason": "Đi công tác"} | typed)

    def test_an_office_is_lent_used_looked_after_and_revoked(self, office, client, son):
        paper = office.memo_in(State.DISTRICT_REVIEWED)
        given = self.lend(client, office.signatory, son, document_no="05/GUQ")
        assert (given.status_code, given.url) == (302, url("delegations"))
        lent = Delegation.objects.get()
        do(Verb.ENDORSE, paper, factories.acting(son, Role.SIGNATORY))
        mine = client.get(url("delegated-decisions"))
        assert [(line.sentence, line.event.dossier) for line in mine.context["lines"]] == [
            ("Hồ Ngọc Sơn signed the endorsement of version 1", paper.dossier_ptr)
        ]
        assert list(client.get(url("delegations")).context["given"].values_list("deeds", flat=True)) == [1]
        assert send(client, url("revocation", lent.ref), note="Đã về").status_code == 302
        assert [by.role for by in User.objects.get(pk=son.pk).authorities] == ["committee"]
        assert recorded() == ["delegated", "delegation_revoked"]
        assert list(faults(Tally())) == []

    def test_the_delegate_reads_it_and_cannot_revoke(self, office, client, son):
        lent = factories.lend(office.signatory.appointment, son)
        client.force_login(son)
        assert list(client.get(url("delegations")).context["received"]) == [lent]
        page = client.get(url("delegation", lent.ref))
        assert (page.status_code, page.context["may_revoke"]) == (200, False)
        assert client.post(url("revocation", lent.ref), {"note": "x"}).status_code == 404

    def test_an_administrator_above_revokes_and_others_find_nothing(self, office, client, son):
        lent = factories.lend(office.signatory.appointment, son)
        for role, at, seen in (
            (Role.ADMINISTRATOR, office.district, 200),
            (Role.ADMINISTRATOR, office.other_district, 404),
            (Role.AUDITOR, office.district, 404),
        ):
            client.force_login(office.officer(f"{role}{at.pk}", role, at).person)
            assert [client.get(url(name, lent.ref)).status_code for name in ("delegation", "revocation")] == [seen] * 2

    @pytest.mark.parametrize(
        ("typed", "reason"),
        [
            ({"delegate": "dung"}, "An appointment cannot be delegated to its own holder."),
            (
                {"starts_on": -1},
                "A delegation cannot be backdated: what was done until now was not done under it.",
            ),
        ],
    )
    def test_what_is_refused_in_words(self, office, client, son, typed, reason):
        values = {"delegate": lambda _who: str(office.signatory.person.ref), "starts_on": day}
        typed = {name: values[name](value) for name, value in typed.items()}
        answer = self.lend(client, office.signatory, son, **typed)
        assert (answer.status_code, answer.context["form"].non_field_errors()) == (422, [reason])
        assert (Delegation.objects.count(), recorded()) == (0, [])

    def test_days_the_wrong_way_round(self, office, client, son):
        answer = self.lend(client, office.signatory, son, ends_on=day(-1))
        assert answer.context["form"].errors == {"ends_on": ["The last day is before the first."]}

    def test_two_loans_of_one_office_do_not_overlap(self, office, client, son):
        self.lend(client, office.signatory, son)
        answer = self.lend(client, office.signatory, office.clerk.person, starts_on=day(5), ends_on=day(9))
        (reason,) = answer.context["form"].non_field_errors()
        assert reason.startswith("It is already delegated to Hồ Ngọc Sơn from ")
        after = self.lend(client, office.signatory, office.clerk.person, starts_on=day(6), ends_on=day(9))
        assert (after.status_code, Delegation.objects.count()) == (302, 2)

    def test_what_may_surprise_is_said_once_beforehand(self, office, client):
        office.memo_in(State.DISTRICT_REVIEWED)
        asked = self.lend(client, office.signatory, office.reviewer.person)
        assert asked.context["warned"] == [
            "Phạm Thị Hoa has taken part in 1 dossier that is waiting for you and cannot decide on it."
        ]
        assert Delegation.objects.count() == 0
        assert self.lend(client, office.signatory, office.reviewer.person, warned="1").status_code == 302

    def test_someone_without_an_office_is_pointed_out(self, office, client):
        outsider = factories.person("khach", "Khách Mời")
        asked = self.lend(client, office.signatory, outsider)
        assert asked.context["warned"] == ["Khách Mời has no appointment at present; make sure that they can sign in."]

    def test_a_lent_office_is_not_among_those_to_lend(self, office, client, son):
        factories.lend(office.signatory.appointment, son)
        client.force_login(son)
        choices = client.get(url("delegation-new")).context["form"].fields["appointment"].queryset
        assert [held.role for held in choices] == ["committee"]
        answer = send(
            client,
            url("delegation-new"),
            appointment=str(office.signatory.appointment.ref),
            delegate=str(office.clerk.person.ref),
            ends_on=day(1),
            reason="x",
        )
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["appointment"])

    def test_who_holds_nothing_lends_nothing(self, client, office):
        client.force_login(factories.person("khach"))
        assert client.get(url("delegation-new")).status_code == 404
        assert client.get(url("delegations")).status_code == 200


class TestSharing:
    def share(self, client, by, paper, whom, **typed):
        client.force_login(by.person)
        said = {"person": str(whom.ref), "until": day(10), "note": "Để góp ý"}
        return send(client, url("sharing", paper.ref), **said | typed)

    @pytest.fixture
    def guest(self, office) -> User:
        return office.officer("khach", Role.DRAFTER, office.foreign, "Khách Mời").person

    def reads(self, client, who, paper) -> list[int]:
        client.force_login(who)
        return [
            client.get(url(name, paper.ref)).status_code
            for name in ("dossier", "dossier-history", "sharing", "accesses")
        ]

    def test_a_dossier_is_shared_until_a_day_and_the_share_is_ended(self, office, client, guest):
        paper = office.memo_in(State.SUBMITTED)
        assert self.reads(client, guest, paper) == [404, 404, 404, 404]
        assert self.share(client, office.approver, paper, guest).status_code == 302
        assert self.reads(client, guest, paper) == [200, 200, 404, 404]
        assert client.get(url("sharing-end", paper.ref, guest.ref)).status_code == 404
        client.force_login(office.drafter.person)
        assert send(client, url("sharing-end", paper.ref, guest.ref), note="Xong").status_code == 302
        assert self.reads(client, guest, paper) == [404, 404, 404, 404]
        assert recorded() == ["shared", "unshared"]
        client.force_login(office.clerk.person)
        lines = client.get(url("sharing", paper.ref)).context["lines"]
        assert [(line.sentence, line.quote) for line in lines] == [
            ("Trần Thị Lan ended the sharing of a dossier with Khách Mời", "Xong"),
            ("Lê Văn Minh shared a dossier with Khách Mời", "Để góp ý"),
        ]
        assert list(faults(Tally())) == []

    def test_it_runs_out_by_itself(self, office, client, guest):
        paper = office.memo_in(State.SUBMITTED)
        self.share(client, office.approver, paper, guest)
        rewritten(DossierUserObjectPermission.objects.all(), expires_on=today(-1))
        assert self.reads(client, guest, paper) == [404, 404, 404, 404]

    @pytest.mark.parametrize(
        ("offset", "reason"), [(-1, "The last day cannot be in the past."), (91, "At most 90 days: until ")]
    )
    def test_for_how_long(self, office, client, guest, offset, reason):
        answer = self.share(client, office.approver, office.memo(), guest, until=day(offset))
        (said,) = answer.context["form"].non_field_errors()
        assert (answer.status_code, said.startswith(reason)) == (422, True)
        assert (DossierUserObjectPermission.objects.count(), recorded()) == (0, [])

    def test_who_reads_it_anyway_is_given_nothing(self, office, client):
        answer = self.share(client, office.approver, office.memo(), office.clerk.person)
        assert answer.context["form"].non_field_errors() == [
            "Vũ Thị Thu can already read this dossier through their own appointment."
        ]

    def test_a_stranger_and_an_administrator_find_no_page(self, office, client, guest):
        paper = office.memo()
        boss = office.officer("tuan", Role.ADMINISTRATOR, office.district).person
        for who in (guest, boss):
            assert self.reads(client, who, paper) == [404, 404, 404, 404]


class TestFinding:
    def test_people_are_found_without_marks_and_by_sign_in_name(self, office, client, son):
        client.force_login(office.drafter.person)
        for words in ("ho ngoc", "SƠN", "son"):
            found = client.get(url("people-found"), {"field": "to", "to-words": words}).context["matches"]
            assert [row.label for row in found] == ["Hồ Ngọc Sơn"]

    def test_a_closed_account_is_not_offered_and_one_letter_finds_nothing(self, office, client, son):
        client.force_login(office.drafter.person)
        assert client.get(url("people-found"), {"field": "to", "to-words": "h"}).context["matches"] == []
        rewritten(User.objects.filter(pk=son.pk), is_active=False)
        assert client.get(url("people-found"), {"field": "to", "to-words": "ho ngoc"}).context["matches"] == []

    def test_who_holds_no_office_finds_nobody(self, office, client, son):
        client.force_login(factories.person("khach"))
        assert client.get(url("people-found"), {"field": "to", "to-words": "ho ngoc"}).context["matches"] == []

    def test_a_field_name_is_not_an_open_door(self, office, client):
        client.force_login(office.drafter.person)
        page = client.get(url("people-found"), {"field": '"><script>', "chosen-words": "lan"})
        assert "<script>" not in page.content.decode()


def test_how_much_is_asked(office, client, son):
    """As many queries at one row as at many."""
    paper = office.memo_in(State.SUBMITTED)
    client.force_login(office.clerk.person)
    pages = {
        url("delegations"): 7,
        url("delegation-new"): 9,
        url("delegated-decisions"): 6,
        url("sharing", paper.ref): 9,
        url("people-found") + "?field=to&to-words=nguoi": 7,
    }
    asked = {page: [] for page in pages}
    for size in (1, 20):
        for number in range(size):
            whom = office.officer(f"nguoi{size}x{number}", Role.DRAFTER, office.foreign).person
            factories.lend(office.clerk.appointment, whom)
            factories.lend(factories.appoint(whom, office.sibling, Role.APPROVER), office.clerk.person)
            TestSharing().share(client, office.approver, paper, whom)
        client.force_login(office.clerk.person)
        for page in pages:
            with CaptureQueriesContext(connection) as captured:
                client.get(page)
            asked[page].append(len(captured))
    assert asked == {page: [number, number] for page, number in pages.items()}
