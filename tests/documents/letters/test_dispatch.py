"""Outgoing letters from preparing to numbering, and what each does to its dossiers."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import Role
from audit.verification.verify import Tally, faults
from documents.letters import outgoing
from documents.letters.preparing import why_not_prepare
from documents.models import Dispatch, DocumentType, NumberSeries, Purpose, Referral, ReferralOutcome
from ledger.models import Event
from tests import factories
from tests.documents.factories import again
from tests.factories import answered, rewritten, saved
from workflow import errands
from workflow.decisions.back.hand_back import hand_back
from workflow.decisions.back.return_ import return_
from workflow.decisions.catalogue import why_not
from workflow.decisions.onward.conclude import conclude
from workflow.decisions.onward.forward import forward
from workflow.errors import Refused
from workflow.states import Verb

pytestmark = pytest.mark.django_db
SENT_BEFORE = "This form was sent before, and what it said then is recorded. What you have entered since is not."


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def nomination(office):
    return office.endorsed(office.nomination())


def refusal(act, *args, **kwargs) -> list[str]:
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    return refused.value.reasons


def reply(office, referral, outcome=ReferralOutcome.ACCEPTED, **said):
    values = {"by": office.clerk, "receipt_no": "88", "replied_on": timezone.localdate(), "key": uuid4()}
    return outgoing.record_reply(referral, outcome=outcome, **values | said)


def test_a_letter_says_no_more_than_an_event_can(office, nomination):
    recipients = {office.party: Purpose.ACTION, office.city: Purpose.INFORMATION}
    assert why_not_prepare([nomination] * 201, office.clerk, recipients, DocumentType.SUBMISSION) == [
        "Too many dossiers for one outgoing paper with so many recipients; please prepare several."
    ]


def test_a_nomination_and_a_report_go_up_together_and_come_back_answered(office):
    """From the clerk's letter to the reply of Quận ủy."""
    office.series(27)
    papers = [office.endorsed(office.nomination()), office.endorsed(office.full_report())]
    letter = office.sent(*papers)
    assert (letter.symbol, letter.number, letter.issued_on) == ("27/TTr-LĐLĐ", 27, timezone.localdate())
    assert [again(paper).state for paper in papers] == ["forwarded", "forwarded"]
    assert {paper.events.get(verb="forward").facts["dispatch"] for paper in papers} == {"27/TTr-LĐLĐ"}
    assert Referral.objects.count() == 4

    nominated, reported = (again(paper) for paper in papers)
    party = nominated.referrals.get(recipient=office.party)
    reply(office, party, ReferralOutcome.ACKNOWLEDGED)
    assert why_not(Verb.CONCLUDE, again(nominated), office.clerk) == ["No outcome yet from: Ban Tuyên giáo Quận ủy"]
    reply(office, party, ReferralOutcome.AWARDED, receipt_no="15/QĐ-QU")
    reply(office, reported.referrals.get(recipient=office.party), ReferralOutcome.ACKNOWLEDGED)
    for paper in (nominated, reported):
        conclude(paper, by=office.clerk, seen=paper.seen(), key=uuid4(), outcome="Đã có kết quả")
        assert again(paper).state == "concluded"
    assert nominated.events.filter(verb="record_reply").count() == 2
    assert list(faults(Tally())) == []


def test_the_history_finds_a_sending_by_its_number_and_a_reply_by_its_outcome(office, nomination, client):
    office.series(27)
    office.sent(nomination)
    reply(office, again(nomination).referrals.get(recipient=office.party), ReferralOutcome.ACKNOWLEDGED)
    errands.run()
    client.force_login(office.officer("kiem", Role.AUDITOR, office.district, "Ngô Khánh Ưng").person)

    def found(words: str) -> list[str]:
        page = client.get(reverse("audit:history"), {"words": words}, headers={"accept-language": "vi"})
        return [line.event.verb for line in page.context["lines"]]

    assert found("27/TTr-LĐLĐ") == ["dispatched", "forward"]
    assert found(translation.gettext("received")) == ["record_reply"]
    assert found("88") == ["record_reply"]
    client.force_login(office.company_drafter.person)
    assert found("27/TTr-LĐLĐ") == []


def test_the_sending_itself_is_on_the_offices_record(office, nomination):
    letter = office.sent(nomination)
    event = Event.objects.get(verb="dispatched")
    assert event.facts["symbol"] == letter.symbol
    assert event.facts["dossiers"] == [str(nomination.ref)]
    assert event.facts["recipients"] == {"BTG-QU": "action", "TT-LDLDTP": "information"}
    assert event.facts["signed_by"] == str(office.signatory.person.ref)


class TestPreparing:
    def test_only_endorsed_dossiers_go_in(self, office, nomination):
        other = office.submitted(office.full_report())
        assert refusal(office.prepared, nomination, other) == [f"“{other.subject}” is not endorsed."]
        assert Dispatch.objects.count() == 0

    def test_a_dossier_is_in_one_unsent_letter_at_a_time(self, office, nomination):
        letter = office.prepared(nomination)
        [reason] = refusal(office.prepared, nomination)
        assert "already in another outgoing paper" in reason
        outgoing.cancel(letter, by=office.clerk, reason="Sai nơi nhận")
        office.prepared(nomination)

    def test_it_needs_a_dossier_a_subject_and_a_recipient_for_action(self, office, nomination):
        assert refusal(office.prepared) == ["Please select at least one dossier."]
        assert refusal(office.prepared, nomination, subject=" ") == ["The subject is required."]
        assert refusal(office.prepared, nomination, recipients={office.party: Purpose.INFORMATION}) == [
            "Please choose at least one recipient for action."
        ]

    def test_the_body_that_decides_the_award_must_be_among_the_recipients(self, office, nomination):
        [reason] = refusal(office.prepared, nomination, recipients={office.city: Purpose.ACTION})
        assert "is decided by Quận ủy, which is not among the recipients for action" in reason

    def test_only_a_clerk_prepares_and_only_below_their_unit(self, office, nomination):
        values = {"recipients": {office.party: Purpose.ACTION}, "document_type": "TTr", "subject": "x", "key": uuid4()}
        stranger = office.officer("la", Role.CLERK, factories.unit("Q2", name="LĐLĐ quận khác"), "Người Lạ")
        assert refusal(outgoing.prepare, [nomination], by=office.reviewer, **values) == [
            "Only a records clerk prepares an outgoing paper."
        ]
        [reason] = refusal(outgoing.prepare, [nomination], by=stranger, **values)
        assert "does not belong to your unit" in reason

    def test_the_same_key_gives_the_first_letter(self, office, nomination):
        key = uuid4()
        assert office.prepared(nomination, key=key) == office.prepared(nomination, key=key)
        assert Dispatch.objects.count() == 1

    @pytest.mark.parametrize(
        "change", [{"subject": "Khác"}, {"body": "Khác"}, {"document_type": "CV"}, {"recipients": {}}]
    )
    def test_the_same_key_with_other_values_is_refused(self, office, nomination, change):
        key = uuid4()
        office.prepared(nomination, key=key)
        assert refusal(office.prepared, nomination, key=key, **change) == [SENT_BEFORE]
        assert Dispatch.objects.count() == 1

    def test_a_clerk_whose_appointment_ended_prepares_nothing(self, office, nomination):
        office.clerk.appointment.ended_at = timezone.now()
        saved(office.clerk.appointment)
        assert refusal(office.prepared, nomination) == ["Your appointment no longer allows this."]


class TestSigning:
    def test_only_a_signatory_of_the_unit_signs(self, office, nomination):
        letter = office.prepared(nomination)
        for by in (office.clerk, office.reviewer, office.approver):
            assert refusal(outgoing.sign, letter, by=by, key=uuid4()) == [
                "Only a signatory of Liên đoàn Lao động quận signs this."
            ]

    def test_it_is_signed_once_and_the_same_key_says_so_again(self, office, nomination):
        letter, key = office.prepared(nomination), uuid4()
        signed = outgoing.sign(letter, by=office.signatory, key=key)
        assert outgoing.sign(letter, by=office.signatory, key=key).signed_at == signed.signed_at
        assert refusal(outgoing.sign, letter, by=office.signatory, key=uuid4()) == [
            "It is not waiting for a signature."
        ]

    def test_a_delegate_signs_for_the_holder(self, office, nomination):
        vice = factories.person("thach", "Đinh Công Thạch")
        factories.lend(office.signatory.appointment, vice)
        by = factories.acting(vice, Role.SIGNATORY)
        signed = outgoing.sign(office.prepared(nomination), by=by, key=uuid4())
        assert (signed.signed_by, signed.signed_for) == (vice, office.signatory.person)
        assert signed.signer_name == "Đinh Công Thạch"

    def test_what_was_handed_back_since_is_not_signed(self, office, nomination):
        letter = office.prepared(nomination)
        hand_back(nomination, by=office.clerk, seen=nomination.seen(), key=uuid4(), note="Xem lại")
        [reason] = refusal(outgoing.sign, letter, by=office.signatory, key=uuid4())
        assert "no longer endorsed as it was" in reason


class TestSending:
    def test_it_must_be_signed(self, office, nomination):
        letter = office.prepared(nomination)
        assert refusal(outgoing.send, letter, by=office.clerk, key=uuid4()) == [
            "It is not signed and waiting to be sent."
        ]
        assert again(nomination).state == "endorsed"

    def test_all_go_or_none(self, office):
        """A dossier handed back after the signature holds up the letter: nothing moves, no number is lost."""
        office.series(27)
        papers = [office.endorsed(office.nomination()), office.endorsed(office.full_report())]
        letter = office.signed(*papers)
        last = papers[-1]
        hand_back(last, by=office.clerk, seen=last.seen(), key=uuid4(), note="Xem lại")
        [reason] = refusal(outgoing.send, letter, by=office.clerk, key=uuid4())
        assert last.subject in reason
        assert again(papers[0]).state == "endorsed"
        letter.refresh_from_db()
        assert (letter.state, letter.number) == ("signed", None)
        assert NumberSeries.objects.get().next_number == 27

    def test_trouble_at_the_last_moment_undoes_the_first_step(self, office):
        """Whatever is refused half-way, the number and the steps before it are undone."""
        office.series(27)
        papers = [office.endorsed(office.nomination()), office.endorsed(office.nomination(office.award("GK2")))]
        letter = office.signed(*papers)
        used = papers[-1].events.last().key  # the ledger refuses it, after both dossiers have moved
        with pytest.raises(IntegrityError), transaction.atomic():
            outgoing.send(letter, by=office.clerk, key=used)
        assert [again(paper).state for paper in papers] == ["endorsed", "endorsed"]
        assert NumberSeries.objects.get().next_number == 27

    def test_forwarding_has_no_other_door(self, office, nomination):
        seen = nomination.seen()
        facts = {"by": office.clerk, "seen": seen, "dispatch": "27/TTr-LĐLĐ"}
        reason = ["It is forwarded by sending the outgoing paper that encloses it."]
        assert refusal(forward, nomination, key=uuid4(), **facts) == reason
        office.signed(nomination)
        assert refusal(forward, nomination, key=uuid4(), **facts) == reason

    def test_the_button_waits_for_a_signed_letter(self, office, nomination):
        assert why_not(Verb.FORWARD, nomination, office.clerk) == [
            "It is not in an outgoing paper that has been prepared and signed."
        ]
        office.signed(nomination)
        assert why_not(Verb.FORWARD, again(nomination), office.clerk) == []

    def test_the_same_key_sends_once(self, office, nomination):
        letter, key = office.signed(nomination), uuid4()
        first, second = (outgoing.send(letter, by=office.clerk, key=key) for _time in range(2))
        assert first.symbol == second.symbol == "01/TTr-LĐLĐ"
        assert refusal(outgoing.send, letter, by=office.clerk, key=uuid4()) == [
            "It is not signed and waiting to be sent."
        ]
        assert nomination.events.filter(verb="forward").count() == 1
        assert NumberSeries.objects.get().next_number == 2

    @pytest.mark.parametrize(
        ("next_number", "type", "symbol"),
        [
            (5, DocumentType.REPORT, "05/BC-LĐLĐ"),
            (10, DocumentType.REPORT, "10/BC-LĐLĐ"),
            (27, DocumentType.SUBMISSION, "27/TTr-LĐLĐ"),
            (3, DocumentType.LETTER, "03/LĐLĐ"),
        ],
    )
    def test_the_symbol_is_padded_below_ten(self, office, next_number, type, symbol):
        if type != DocumentType.LETTER:
            office.series(next_number, type)
        else:
            pattern = {"pattern": "{number}/{symbol}"}
            rewritten(NumberSeries.objects.filter(pk=office.series(next_number, type).pk), **pattern)
        report = office.endorsed(office.full_report())
        assert office.sent(report, document_type=type).symbol == symbol

    def test_a_new_year_begins_at_one_with_the_last_years_pattern(self, office):
        old = office.series(412)
        rewritten(NumberSeries.objects.filter(pk=old.pk), year=old.year - 1, pattern="{number}-{type}/{symbol}")
        report = office.endorsed(office.full_report())
        assert office.sent(report).symbol == "01-TTr/LĐLĐ"

    def test_a_returned_dossier_goes_up_again_with_a_new_letter(self, office):
        paper = office.endorsed(office.full_report())
        first = office.sent(paper)
        paper = again(paper)
        points = [("section:2.1", "Bổ sung.")]
        facts = {"seen": paper.seen(), "key": uuid4(), "points": points, "letter_no": "31-CV/QU"}
        return_(paper, by=office.clerk, **facts)
        answered(paper, "Đã bổ sung.")
        paper = office.endorsed(again(paper))
        assert refusal(forward, paper, by=office.clerk, seen=paper.seen(), key=uuid4(), dispatch=first.symbol)
        office.sent(paper)
        assert again(paper).state == "forwarded"
        old = first.referrals.get(recipient=office.party)
        [reason] = refusal(reply, office, old)
        assert reason.startswith("The dossier has since been forwarded again")


class TestDecisionsOfTheDistrict:
    def test_a_decision_gives_its_own_awards(self, office):
        office.series(31, DocumentType.DECISION)
        paper = office.endorsed(office.nomination(office.own_award()))
        decision = office.sent(paper, document_type=DocumentType.DECISION, recipients={})
        assert decision.symbol == "31/QĐ-LĐLĐ"
        assert again(paper).state == "concluded"
        facts = paper.events.get(verb="conclude").facts
        assert (facts["decision_no"], facts["outcome"]) == ("31/QĐ-LĐLĐ", "awarded")
        assert Referral.objects.count() == 0

    def test_it_gives_no_others(self, office, nomination):
        [reason] = refusal(office.prepared, nomination, document_type=DocumentType.DECISION)
        assert "is not an award that Liên đoàn Lao động quận decides" in reason

    def test_an_own_award_is_not_sent_up(self, office):
        paper = office.endorsed(office.nomination(office.own_award()))
        [reason] = refusal(office.prepared, paper)
        assert "issue a decision instead" in reason


class TestWhatIsSentStands:
    @pytest.mark.parametrize(
        "change", [{"number": 1}, {"symbol": "x"}, {"subject": "x"}, {"issued_on": "2020-01-01"}, {"note": "x"}]
    )
    def test_a_sent_letter_never_changes(self, office, nomination, change):
        letter = office.sent(nomination)
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            Dispatch.objects.filter(pk=letter.pk).update(**change)

    def test_nor_what_it_carries_or_where_it_went(self, office, nomination):
        letter = office.signed(nomination)
        for rows in (letter.items.all(), letter.addresses.all()):
            for change in (rows.delete, lambda rows=rows: rows.update(dispatch=letter.pk)):
                with pytest.raises(DatabaseError, match=r"is fixed|is sealed"), transaction.atomic():
                    change()

    def test_what_was_signed_is_what_is_sent(self, office, nomination):
        letter = office.signed(nomination)
        for change in ({"subject": "Khác"}, {"body": "Khác"}, {"signer_name": "Khác"}):
            for state in ({}, {"state": "cancelled"}):
                with pytest.raises(DatabaseError, match=r"does not go|what was signed"), transaction.atomic():
                    Dispatch.objects.filter(pk=letter.pk).update(**change, **state)

    def test_no_step_is_skipped(self, office, nomination):
        letter = office.prepared(nomination)
        with pytest.raises(DatabaseError), transaction.atomic():
            Dispatch.objects.filter(pk=letter.pk).update(state="sent", number=1)
        with pytest.raises(DatabaseError), transaction.atomic():
            letter.delete()

    def test_no_letter_is_made_up_as_sent(self, office, nomination):
        letter = office.sent(nomination)
        letter.pk, letter.ref, letter.number = None, uuid4(), 99
        letter.prepare_key, letter.sign_key, letter.send_key = uuid4(), uuid4(), uuid4()
        letter._state.adding = True
        with pytest.raises(DatabaseError, match="does not begin as"), transaction.atomic():
            letter.save()

    def test_a_number_is_given_once(self, office):
        office.sent(office.endorsed(office.full_report()))
        rewritten(NumberSeries.objects.all(), next_number=1)
        letter = office.signed(office.endorsed(office.full_report(office.company)))
        with pytest.raises(IntegrityError, match="dispatch_number_once"), transaction.atomic():
            outgoing.send(letter, by=office.clerk, key=uuid4())


class TestReplies:
    def test_the_same_key_records_once(self, office, nomination):
        letter, key = office.sent(nomination), uuid4()
        referral = letter.referrals.get(recipient=office.party)
        for _ in range(2):
            referral = reply(office, referral, ReferralOutcome.AWARDED, key=key)
        assert refusal(reply, office, referral, ReferralOutcome.DECLINED, key=key) == [SENT_BEFORE]
        assert refusal(reply, office, referral, ReferralOutcome.AWARDED, key=key, receipt_no="99") == [SENT_BEFORE]
        referral.refresh_from_db()
        assert (referral.outcome, referral.settled) == ("awarded", True)
        assert nomination.events.filter(verb="record_reply").count() == 1

    def test_what_cannot_be_is_refused(self, office, nomination):
        referral = office.sent(nomination).referrals.get(recipient=office.party)
        today = timezone.localdate()
        assert refusal(reply, office, referral, "") == ["The outcome is required."]
        assert refusal(reply, office, referral, replied_on=today + timedelta(days=1)) == [
            "The date of the reply is required and cannot be in the future."
        ]
        assert refusal(reply, office, referral, replied_on=today - timedelta(days=1)) == [
            "The reply cannot be older than the paper it answers."
        ]
        assert len(refusal(reply, office, referral, by=office.reviewer)) == 1

    def test_recipients_for_information_hold_nothing_up(self, office, nomination):
        letter = office.sent(nomination)
        reply(office, letter.referrals.get(recipient=office.party), ReferralOutcome.DECLINED)
        assert why_not(Verb.CONCLUDE, again(nomination), office.clerk) == []


def test_the_register_lists_the_years_papers_in_ten_columns(office, nomination, django_assert_num_queries):
    office.series(9)
    office.sent(nomination)
    office.sent(office.endorsed(office.full_report()))
    office.prepared(office.endorsed(office.full_report(office.company)))
    with django_assert_num_queries(3):
        lines = [
            outgoing.line(letter) for letter in outgoing.outgoing_register(office.district, timezone.localdate().year)
        ]
    assert [line.symbol for line in lines] == ["09/TTr-LĐLĐ", "10/TTr-LĐLĐ"]
    assert len(lines[0].cells()) == len(outgoing.COLUMNS) == 10
    assert (lines[0].signer, lines[0].file_copy, lines[0].copies) == ("Lương Thị Bảo Yên", "VP, TG", 3)


def test_letters_are_seen_from_the_office_and_above_only(office, nomination):
    letter = office.sent(nomination)
    seen = {
        name: Dispatch.objects.visible_to(getattr(office, name).person).count()
        for name in ("clerk", "reviewer", "drafter")
    }
    assert seen == {"clerk": 1, "reviewer": 1, "drafter": 0}
    assert letter.unit == office.district
