"""A letter, its number, an answer to it or the words a paper rests on, written past its event: refused to the program
at COMMIT, found by the verifier where the owner did it."""

from uuid import uuid4

import pytest
from django.utils import timezone

from audit.verification.verify import Tally, faults
from documents.attachments.storing import attach
from documents.letters import outgoing
from documents.models import Attestation, Indicator, ReferralOutcome, Section
from ledger.models import Event
from tests.conftest import as_owner
from tests.documents.factories import Office, entered, png
from tests.ledger.test_side_doors import after
from tests.workflow.test_guards import refused_sql

pytestmark = pytest.mark.django_db(transaction=True)


def another(table: str, like: str, **changes) -> str:
    """A row like that one, made from nothing."""
    said = ", ".join(f"'{name}', {value}" for name, value in ({"recorded": "NULL"} | changes).items())
    return f"""INSERT INTO {table}
        SELECT (jsonb_populate_record(standing, jsonb_build_object({said}))).* FROM {table} AS standing
        WHERE id = {like}"""  # noqa: S608 - our own words


SENT = """state = 'sent', number = 900, year = 2026, symbol = '900/TTr-LĐLĐ', issued_on = current_date, sent_at = now(),
    sent_by_id = prepared_by_id"""

# What is tried -> SQL, what the database answers the program, what the verifier says of it once it has happened.
DOORS = {
    "a letter made": (
        another("documents_dispatch", "{prepared}", id=9001, ref="gen_random_uuid()", prepare_key="gen_random_uuid()"),
        "TR030",
        "documents_dispatch 9001: no event recorded it",
    ),
    "a letter with other words": (
        "UPDATE documents_dispatch SET subject = 'Khác' WHERE id = {prepared}",
        "TR030",
        "documents_dispatch {prepared}: is not as {preparing} recorded it",
    ),
    "a letter signed": (
        """UPDATE documents_dispatch SET state = 'signed', signed_by_id = prepared_by_id, signed_at = now(),
           sign_key = gen_random_uuid(), signer_name = 'Giả' WHERE id = {prepared}""",
        "TR030",
        "documents_dispatch {prepared}: is not as {preparing} recorded it",
    ),
    "a letter cancelled": (
        "UPDATE documents_dispatch SET state = 'cancelled', note = 'Thôi' WHERE id = {signed}",
        "TR030",
        "documents_dispatch {signed}: is not as {signing} recorded it",
    ),
    "a letter numbered and sent": (
        f"UPDATE documents_dispatch SET {SENT} WHERE id = {{signed}}",  # noqa: S608
        "TR030",
        "documents_dispatch {signed}: is not as {signing} recorded it",
    ),
    "a letter signed by another afterwards": (
        "UPDATE documents_dispatch SET signer_name = 'Khác' WHERE id = {sent}",
        "TR021",
        "documents_dispatch {sent}: is not as {sending} recorded it",
    ),
    "a letter given another number": (
        "UPDATE documents_dispatch SET number = 901, symbol = '901/TTr-LĐLĐ' WHERE id = {sent}",
        "TR021",
        "documents_dispatch {sent}: is not as {sending} recorded it",
    ),
    "a letter of another day": (
        "UPDATE documents_dispatch SET issued_on = issued_on - 1 WHERE id = {sent}",
        "TR021",
        "documents_dispatch {sent}: is not as {sending} recorded it",
    ),
    "a cancelled letter for another reason": (
        "UPDATE documents_dispatch SET note = 'Khác' WHERE id = {cancelled}",
        "TR021",
        "documents_dispatch {cancelled}: is not as {cancelling} recorded it",
    ),
    "a letter that names an earlier event": (
        "UPDATE documents_dispatch SET recorded = '{signing_key}' WHERE id = {sent}",
        "TR030",
        "documents_dispatch {sent}: names another event than {sending}, the last that wrote it",
    ),
    "a dossier put into a letter": (
        another("documents_dispatchitem", "{item}", id=9002, dossier_id="{free}"),
        "TR030",
        "documents_dispatchitem 9002: no event recorded it",
    ),
    "a dossier carried at another version": (
        "UPDATE documents_dispatchitem SET version = 7 WHERE id = {item}",
        "TR030",
        "documents_dispatchitem {item}: is not as {preparing} recorded it",
    ),
    "a dossier taken out of a letter": (
        "DELETE FROM documents_dispatchitem WHERE id = {item}",
        "TR010",
        "documents_dispatchitem {item}: {preparing} recorded it, and it is gone",
    ),
    "a recipient added": (
        another("documents_dispatchrecipient", "{address}", id=9003, recipient_id="{third}"),
        "TR030",
        "documents_dispatchrecipient 9003: no event recorded it",
    ),
    "a recipient for something else": (
        "UPDATE documents_dispatchrecipient SET purpose = 'information' WHERE id = {address}",
        "TR030",
        "documents_dispatchrecipient {address}: is not as {preparing} recorded it",
    ),
    "a recipient left out": (
        "DELETE FROM documents_dispatchrecipient WHERE id = {address}",
        "TR010",
        "documents_dispatchrecipient {address}: {preparing} recorded it, and it is gone",
    ),
    "a referral made": (
        another("documents_referral", "{waiting}", id=9004, recipient_id="{third}"),
        "TR030",
        "documents_referral 9004: no event recorded it",
    ),
    "an answer nobody gave": (
        "UPDATE documents_referral SET outcome = 'awarded', settled = true WHERE id = {waiting}",
        "TR030",
        "documents_referral {waiting}: is not as {sending} recorded it",
    ),
    "an answer turned round": (
        "UPDATE documents_referral SET outcome = 'declined' WHERE id = {answered}",
        "TR030",
        "documents_referral {answered}: is not as {replying} recorded it",
    ),
    "an answer taken away": (
        """UPDATE documents_referral SET outcome = '', receipt_no = '', replied_on = NULL, settled = false,
           recorded_by_id = NULL, recorded = '{sending_key}' WHERE id = {answered}""",
        "TR031",
        "documents_referral {answered}: is not as {replying} recorded it",
    ),
    "a referral deleted": (
        "DELETE FROM documents_referral WHERE id = {answered}",
        "TR010",
        "documents_referral {answered}: {replying} recorded it, and it is gone",
    ),
    "a series opened": (
        another("documents_numberseries", "{series}", id=9005, year=2001),
        "TR030",
        "documents_numberseries 9005: no event recorded it",
    ),
    "a series set back": (
        "UPDATE documents_numberseries SET next_number = 1 WHERE id = {series}",
        "TR030",
        "documents_numberseries {series}: is not as {sending} recorded it",
    ),
    "a series written otherwise": (
        "UPDATE documents_numberseries SET pattern = '{{number}}' WHERE id = {series}",
        "TR030",
        "documents_numberseries {series}: is not as {sending} recorded it",
    ),
    "a campaign called": (
        another("documents_campaign", "{campaign}", id=9006, plan_no="'99/KH-LĐLĐ'"),
        "TR030",
        "documents_campaign 9006: no event recorded it",
    ),
    "a campaign given more time": (
        "UPDATE documents_campaign SET due_on = due_on + 30",
        "TR030",
        "documents_campaign {campaign}: is not as {calling} recorded it",
    ),
    "a unit asked as well": (
        "INSERT INTO documents_campaign_asked (id, campaign_id, unit_id) VALUES (9010, {campaign}, {district})",
        "TR030",
        "documents_campaign {campaign}: is not as {calling} recorded it",
    ),
    "a unit not asked any more": (
        "DELETE FROM documents_campaign_asked WHERE unit_id = {school}",
        "TR030",
        "documents_campaign {campaign}: is not as {calling} recorded it",
    ),
    "a unit asked in another's place": (
        "UPDATE documents_campaign_asked SET unit_id = {district} WHERE unit_id = {school}",
        "TR010",
        "documents_campaign {campaign}: is not as {calling} recorded it",
    ),
    "an award to propose as well": (
        "INSERT INTO documents_campaign_awards (id, campaign_id, awardtype_id) VALUES (9011, {campaign}, {award})",
        "TR030",
        "documents_campaign {campaign}: is not as {calling} recorded it",
    ),
    "a usual recipient": (
        """INSERT INTO documents_campaign_usual_recipients (id, campaign_id, recipient_id)
           VALUES (9012, {campaign}, {third})""",
        "TR030",
        "documents_campaign {campaign}: is not as {calling} recorded it",
    ),
    "an outline made": (
        another("documents_outline", "{outline}", id=9007, version=9),
        "TR030",
        "documents_outline 9007: no event recorded it",
    ),
    "an award made": (
        another("documents_awardtype", "{award}", id=9008, code="'GK_GIA'"),
        "TR030",
        "documents_awardtype 9008: no event recorded it",
    ),
    "an award ended": (
        "UPDATE documents_awardtype SET valid_to = current_date WHERE id = {award}",
        "TR030",
        "documents_awardtype {award}: is not as {awarding} recorded it",
    ),
    "a recipient made": (
        another("documents_recipient", "{third}", id=9009, code="'GIA'"),
        "TR030",
        "documents_recipient 9009: no event recorded it",
    ),
    "a recipient renamed": (
        "UPDATE documents_recipient SET name_vi = 'Ban Khác' WHERE id = {third}",
        "TR030",
        "documents_recipient {third}: is not as {entering} recorded it",
    ),
}


@pytest.fixture
def office(transactional_db) -> Office:
    """A letter in every state, one answer of two, and one report that is sealed."""
    office = Office()
    office.award_proposed, office.numbers = office.award(), office.series(27)
    papers = [office.endorsed(office.nomination(office.award_proposed)) for _letter in range(5)]
    office.free = papers[4]
    office.cancelled = outgoing.cancel(office.signed(papers[0]), by=office.clerk, reason="Sai nơi nhận")
    office.prepared_letter, office.signed_letter = office.prepared(papers[1]), office.signed(papers[2])
    office.sent_letter = office.sent(papers[3])
    office.answered = office.sent_letter.referrals.get(recipient=office.party)
    said = {"outcome": ReferralOutcome.AWARDED, "receipt_no": "15/QĐ-QU", "replied_on": timezone.localdate()}
    outgoing.record_reply(office.answered, by=office.clerk, key=uuid4(), **said)
    office.sealed_report = office.submitted(office.full_report())
    office.sealed = papers
    assert list(faults(Tally())) == []
    return office


def words(office: Office) -> dict:
    """Numbers of the rows and places of the events, as the doors name them."""

    def event(verb: str, row) -> Event:
        return Event.objects.get(verb=verb, rows__contains=[row.row_name])

    def said(verb: str, row) -> str:
        found = event(verb, row)
        return f"event {found.seq} of chain {found.chain}"

    third = entered(type(office.party)(code="BDV-QU", name_vi="Ban Dân vận Quận ủy", kind="party"))
    prepared, signed, sent = office.prepared_letter, office.signed_letter, office.sent_letter
    return {
        "prepared": prepared.pk,
        "signed": signed.pk,
        "sent": sent.pk,
        "cancelled": office.cancelled.pk,
        "item": prepared.items.get().pk,
        "address": prepared.addresses.get(recipient=office.party).pk,
        "free": office.free.pk,
        "third": third.pk,
        "answered": office.answered.pk,
        "waiting": sent.referrals.exclude(pk=office.answered.pk).get().pk,
        "series": office.numbers.pk,
        "campaign": office.campaign.pk,
        "school": office.school.pk,
        "district": office.district.pk,
        "outline": office.campaign.outline_id,
        "award": office.award_proposed.pk,
        "preparing": said("dispatch_prepared", prepared),
        "signing": said("dispatch_signed", signed),
        "sending": said("dispatched", sent),
        "cancelling": said("dispatch_cancelled", office.cancelled),
        "replying": said("record_reply", office.answered),
        "calling": said("reference_changed", office.campaign),
        "awarding": said("reference_changed", office.award_proposed),
        "entering": said("reference_changed", third),
        "signing_key": event("dispatch_signed", sent).key,
        "sending_key": event("dispatched", sent).key,
    }


def test_every_side_door_is_shut_to_the_program(office):
    names = words(office)
    answers = {what: refused_sql(sql.format(**names)) for what, (sql, _code, _found) in DOORS.items()}
    assert answers == {what: code for what, (_sql, code, _found) in DOORS.items()}
    assert list(faults(Tally())) == []


def test_what_the_owner_does_past_every_guard_is_named(office):
    names = words(office)
    with as_owner():
        found = {what: after(sql, **names) for what, (sql, _code, _found) in DOORS.items()}
    assert found == {what: [sentence.format(**names)] for what, (_sql, _code, sentence) in DOORS.items()}


class TestWordsThatSealedPapersRestOn:
    """Changed behind their event, they are named twice: by the row, and by every version that was read under them."""

    def test_the_program_cannot_change_them(self, office):
        tried = {
            "documents_outline": "title_vi",
            "documents_section": "title_vi",
            "documents_indicator": "unit",
            "documents_attestation": "label_vi",
            "documents_campaign": "title_vi",
            "documents_awardtype": "decided_by",
        }
        answers = {table: refused_sql(f"UPDATE {table} SET {column} = 'Khác'") for table, column in tried.items()}  # noqa: S608
        assert answers == dict.fromkeys(list(tried)[:4], "TR020") | dict.fromkeys(list(tried)[4:], "TR026")

    def test_an_outline(self, office):
        found, named = {}, {}
        for model, kind, column in (
            (Section, "section", "title_vi"),
            (Section, "section", "title_en"),
            (Indicator, "figure", "label_vi"),
            (Indicator, "figure", "unit"),
            (Indicator, "figure", "check_rule"),
            (Attestation, "attestation", "label_vi"),
        ):
            table, row = (
                model._meta.db_table,
                model.objects.filter(outline=office.campaign.outline).earliest("position"),
            )
            with as_owner():
                found[table, column] = sorted(after(f"UPDATE {table} SET {column} = 'Khác' WHERE id = {row.pk}"))  # noqa: S608
            named[table, column] = sorted(
                [
                    f"{table} {row.pk}: is not as {self.entered(row)} recorded it",
                    self.otherwise(office.sealed_report, f"{kind}:{row.code}"),
                ]
            )
        assert found == named

    def test_an_award(self, office):
        award = office.award_proposed
        changes = ("name_vi = 'Huân chương'", "decided_by = 'Phường'", "threshold_numerator = 1", "name_en = 'Medal'")
        with as_owner():
            found = {
                change: sorted(after(f"UPDATE documents_awardtype SET {change} WHERE id = {award.pk}"))  # noqa: S608
                for change in changes
            }
        named = sorted(
            [
                f"documents_awardtype {award.pk}: is not as {self.entered(award)} recorded it",
                *(self.otherwise(paper, "field:award") for paper in office.sealed),
            ]
        )
        assert found == dict.fromkeys(changes, named)

    def test_the_head_of_a_campaign(self, office):
        with as_owner():
            found = after("UPDATE documents_campaign SET title_vi = 'Tổng kết'")
        assert sorted(found) == sorted(
            [
                f"documents_campaign {office.campaign.pk}: is not as {self.entered(office.campaign)} recorded it",
                *(self.otherwise(paper, "campaign") for paper in [*office.sealed, office.sealed_report]),
            ]
        )

    def test_its_plan(self, office):
        with as_owner():
            found = after("UPDATE documents_campaign SET plan_no = '19/KH-LĐLĐ'")
        papers = [*office.sealed, office.sealed_report]
        assert sorted(found) == sorted(
            [
                f"documents_campaign {office.campaign.pk}: is not as {self.entered(office.campaign)} recorded it",
                *(f"dossier {paper.ref}: the stored content is not the sealed version 1" for paper in papers),
            ]
        )

    def entered(self, row) -> str:
        event = Event.objects.get(verb="reference_changed", rows__contains=[row.row_name])
        return f"event {event.seq} of chain {event.chain}"

    def otherwise(self, paper, place: str) -> str:
        return f"dossier {paper.ref}: version 1 was read under other words than stand now at: {place}"


class TestFilesOfADraft:
    """They come and go by events, before any version names them."""

    COMES = """INSERT INTO documents_attachment (dossier_id, blob_id, name, kind)
        SELECT {another}, id, 'x', 'other' FROM documents_blob"""
    GOES = "DELETE FROM documents_attachment"

    def test_none_comes_or_goes_without_its_event(self, office, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path
        paper, another = office.report(office.company), office.nomination(office.award("BK"))
        attach(paper, png(), by=office.company_drafter)
        assert list(faults(Tally())) == []
        assert refused_sql(self.COMES.format(another=another.pk)) == refused_sql(self.GOES) == "TR039"
        with as_owner():
            found = [after(self.COMES, another=another.pk), after(self.GOES)]
        told = "its files are not those that were attached"
        assert found == [[f"dossier {another.ref}: {told}"], [f"dossier {paper.ref}: {told}"]]
