"""A row of the office written past its event: refused at COMMIT as the program, found by the verifier as the owner."""

from datetime import timedelta
from hashlib import sha256
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import Appointment, Delegation, Role, SecurityPolicy, Unit, UnitKind, User
from administration import registry
from administration.security.changes import set_policy
from audit.verification.verify import Tally, faults
from ledger.append import append_to_registry
from ledger.catalogue.findings import guarded
from ledger.envelope import REGISTRY, new_salt
from ledger.models import Event, Opening
from tests.conftest import as_owner
from tests.days import today
from tests.factories import answered, person
from tests.founder import office_chain
from tests.workflow.office import Office, do
from tests.workflow.test_guards import made_up, refusal, refused_sql, run
from workflow.models import Dossier, DossierUserObjectPermission, Point
from workflow.rights.sharing import share, unshare
from workflow.states import State, Verb

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast() -> Office:
    """Every recorded table with a row that a real act wrote, and one that a second act wrote again."""
    office = Office()
    office.root = office.officer("goc", Role.ADMINISTRATOR, office.city)
    office.paper, office.guest = office.memo_in(State.RETURNED), person("khach", "Đào Thị Khách")
    answered(office.paper, "Đã sửa.")
    share(office.paper, person=office.guest, until=today(), by=office.approver, key=uuid4())
    office.second = Appointment(user=office.guest, unit=office.sibling, role=Role.CLERK, post="Văn thư")
    registry.appoint(office.second, by=office.root, key=uuid4())
    lent = Delegation(appointment=office.approver.appointment, delegate=office.guest, ends_on=today(), reason="Đi học")
    registry.delegate(lent, by=office.approver, key=uuid4())
    office.open, office.claimed = office.memo_in(State.UNIT_APPROVED), office.memo_in(State.UNIT_APPROVED)
    do(Verb.CLAIM, office.claimed, office.reviewer)
    set_policy(office.unit, second_factor=True, step_up=True, by=office.root, key=uuid4())
    registry.end_appointment(office.second, by=office.root, key=uuid4(), note="Chuyển công tác")
    registry.close_unit(office.foreign, by=office.root, key=uuid4())
    registry.deactivate_person(office.guest, by=office.root, key=uuid4())
    assert list(faults(Tally())) == []
    return office


# What is tried -> SQL, what the database answers the program, what the verifier says of it once it has happened.
DOORS = {
    "an appointment made": (
        """INSERT INTO accounts_appointment (id, ref, user_id, unit_id, role, post, starts_on, decision_no)
           SELECT 9001, gen_random_uuid(), user_id, unit_id, 'signatory', post, starts_on, ''
           FROM accounts_appointment WHERE id = {clerk}""",
        "TR030",
        "accounts_appointment 9001: no event recorded it",
    ),
    "an appointment ended": (
        "UPDATE accounts_appointment SET ended_at = now() WHERE id = {clerk}",
        "TR030",
        "accounts_appointment {clerk}: is not as {appointed} recorded it",
    ),
    "an appointment given another post": (
        "UPDATE accounts_appointment SET post = 'Chủ tịch' WHERE id = {clerk}",
        "TR010",
        "accounts_appointment {clerk}: is not as {appointed} recorded it",
    ),
    "an appointment whose end was removed": (
        "UPDATE accounts_appointment SET ended_at = NULL WHERE id = {second}",
        "TR010",
        "accounts_appointment {second}: is not as {ended} recorded it",
    ),
    "an appointment deleted": (
        "DELETE FROM accounts_appointment WHERE id = {second}",
        "TR010",
        "accounts_appointment {second}: {ended} recorded it, and it is gone",
    ),
    "a delegation made": (
        """INSERT INTO accounts_delegation
               (id, ref, appointment_id, delegate_id, starts_on, ends_on, document_no, prefix, reason, created_at)
           SELECT 9002, gen_random_uuid(), appointment_id, delegate_id, starts_on, ends_on, '', prefix, reason, now()
           FROM accounts_delegation""",
        "TR030",
        "accounts_delegation 9002: no event recorded it",
    ),
    "a delegation revoked": (
        "UPDATE accounts_delegation SET ended_at = now()",
        "TR030",
        "accounts_delegation {lent}: is not as {delegated} recorded it",
    ),
    "a delegation prolonged": (
        "UPDATE accounts_delegation SET ends_on = ends_on + 30",
        "TR010",
        "accounts_delegation {lent}: is not as {delegated} recorded it",
    ),
    "a unit renamed": (
        "UPDATE accounts_unit SET name = 'Công đoàn Khác' WHERE id = {unit}",
        "TR030",
        "accounts_unit {unit}: is not as {unit_opened} recorded it",
    ),
    "a unit closed": (
        "UPDATE accounts_unit SET closed_on = current_date WHERE id = {unit}",
        "TR030",
        "accounts_unit {unit}: is not as {unit_opened} recorded it",
    ),
    "a unit opened again": (
        "UPDATE accounts_unit SET closed_on = NULL WHERE id = {foreign}",
        "TR030",
        "accounts_unit {foreign}: is not as {unit_closed} recorded it",
    ),
    "a unit moved": (
        """UPDATE accounts_unit SET path = (SELECT path FROM accounts_unit WHERE id = {other_district}) || '0009'
           WHERE id = {unit}""",
        "TR032",
        "chain {claimed_ref}, event 4: was taken for a unit that the appointment's does not cover\n"
        "unit U1: stands under “Q2”, the record put it under “Q1”",
    ),
    "a unit moved in its own words only": (
        "UPDATE accounts_unit SET above_code = 'Q2' WHERE id = {unit}",
        "TR030",
        "accounts_unit {unit}: is not as {unit_opened} recorded it\n"
        "unit U1: stands under “Q1”, the record put it under “Q2”",
    ),
    "a unit opened": (
        """INSERT INTO accounts_unit
               (id, path, depth, numchild, code, above_code, kind_id, name, short_name, symbol, place, address,
                letterhead, filing_note, employer_head, employer_head_title, has_party_org, party_secretary,
                party_secretary_title)
           SELECT 9005, path || '0001', depth + 1, 0, 'U9', code, kind_id, 'Ma', 'Ma', '', '', '',
                  '[]', '', '', '', false, '', '' FROM accounts_unit WHERE id = {unit}""",
        "TR030",
        "accounts_unit 9005: no event recorded it",
    ),
    "a unit deleted": (
        "DELETE FROM accounts_unit WHERE id = {foreign}",
        "TR010",
        "{closing}: column “unit” says '', the envelope 'U3'\n"
        "accounts_unit {foreign}: {unit_closed} recorded it, and it is gone",
    ),
    "a unit on another level": (
        "UPDATE accounts_unit SET depth = 2 WHERE id = {unit}",
        "TR032",
        "unit U1: says it is at level 2, it stands at level 3",
    ),
    "a kind of unit renamed": (
        "UPDATE accounts_unitkind SET name = 'Hội'",
        "TR030",
        "accounts_unitkind {kind}: is not as {founded} recorded it",
    ),
    "a kind of unit made": (
        "INSERT INTO accounts_unitkind (id, code, name) VALUES (9007, 'hoi', 'Hội')",
        "TR030",
        "accounts_unitkind 9007: no event recorded it",
    ),
    "a person registered": (
        """INSERT INTO accounts_user
               (id, ref, username, full_name, sort_key, honorific, email, is_active, date_joined, password)
           VALUES (9006, gen_random_uuid(), 'ma', 'Ma', '', '', '', true, now(), '!')""",
        "TR030",
        "accounts_user 9006: no event recorded it",
    ),
    "a person renamed": (
        "UPDATE accounts_user SET full_name = 'Trần Thị Khác' WHERE id = {drafter}",
        "TR030",
        "accounts_user {drafter}: is not as {registered} recorded it",
    ),
    "a person closed": (
        "UPDATE accounts_user SET is_active = false WHERE id = {drafter}",
        "TR030",
        "accounts_user {drafter}: is not as {registered} recorded it",
    ),
    "a person opened again": (
        "UPDATE accounts_user SET is_active = true WHERE id = {guest}",
        "TR030",
        "accounts_user {guest}: is not as {deactivated} recorded it",
    ),
    "a person taken back behind the last act": (
        "UPDATE accounts_user SET is_active = true, recorded = '{guest_registered}' WHERE id = {guest}",
        "TR031",
        "accounts_user {guest}: is not as {deactivated} recorded it",
    ),
    "a person taken back by two steps": (
        """UPDATE accounts_user SET recorded = NULL WHERE id = {guest};
           UPDATE accounts_user SET is_active = true, recorded = '{guest_registered}' WHERE id = {guest}""",
        "TR031",
        "accounts_user {guest}: is not as {deactivated} recorded it",
    ),
    "a person who names another's event": (
        "UPDATE accounts_user SET recorded = '{guest_registered}' WHERE id = {drafter}",
        "TR030",
        "accounts_user {drafter}: names another event than {registered}, the last that wrote it",
    ),
    "an address an attacker can read": (
        "UPDATE accounts_user SET email = 'la@trinh.test' WHERE id = {drafter}",
        "TR030",
        "accounts_user {drafter}: is not as {registered} recorded it",
    ),
    "a grant made": (
        """INSERT INTO workflow_dossieruserobjectpermission (id, user_id, permission_id, content_object_id)
           SELECT 9003, {clerk_person}, permission_id, content_object_id FROM workflow_dossieruserobjectpermission""",
        "TR030",
        "workflow_dossieruserobjectpermission 9003: no event recorded it",
    ),
    "a grant prolonged": (
        "UPDATE workflow_dossieruserobjectpermission SET expires_on = NULL",
        "TR030",
        "workflow_dossieruserobjectpermission {grant}: is not as {shared} recorded it",
    ),
    "a grant deleted": (
        "DELETE FROM workflow_dossieruserobjectpermission",
        "TR010",
        "workflow_dossieruserobjectpermission {grant}: {shared} recorded it, and it is gone",
    ),
    "a sign-in policy made": (
        """INSERT INTO accounts_securitypolicy (id, unit_id, second_factor, step_up)
           VALUES (9004, {sibling}, false, false)""",
        "TR030",
        "accounts_securitypolicy 9004: no event recorded it",
    ),
    "a sign-in policy loosened": (
        "UPDATE accounts_securitypolicy SET second_factor = false",
        "TR030",
        "accounts_securitypolicy {policy}: is not as {policy_changed} recorded it",
    ),
    "a dossier taken up by nobody's act": (
        "UPDATE workflow_dossier SET handler_id = {clerk_person} WHERE id = {open}",
        "TR038",
        "dossier {open_ref}: is not with whoever took it up last",
    ),
    "a dossier taken away from who has it": (
        "UPDATE workflow_dossier SET handler_id = NULL WHERE id = {claimed}",
        "TR038",
        "dossier {claimed_ref}: is not with whoever took it up last",
    ),
    "a dossier taken away on the way there and back": (
        """UPDATE workflow_dossier SET state = 'endorsed', handler_id = NULL WHERE id = {claimed};
           UPDATE workflow_dossier SET state = 'unit_approved' WHERE id = {claimed}""",
        "TR038",
        "dossier {claimed_ref}: is not with whoever took it up last",
    ),
    "a dossier given more time": (
        "UPDATE workflow_dossier SET due_on = '2030-01-01' WHERE id = {open}",
        "TR014",
        "dossier {open_ref}: has another due date, slot or dossier to replace than it began with",
    ),
    "a dossier in another slot": (
        "UPDATE workflow_dossier SET slot = 'memo:1' WHERE id = {open}",
        "TR014",
        "dossier {open_ref}: has another due date, slot or dossier to replace than it began with",
    ),
    "a dossier that replaces another": (
        "UPDATE workflow_dossier SET replaces_id = {claimed} WHERE id = {open}",
        "TR014",
        "dossier {open_ref}: has another due date, slot or dossier to replace than it began with",
    ),
    "a dossier begun on another day": (
        "UPDATE workflow_dossier SET created_at = created_at - interval '1 day' WHERE id = {open}",
        "TR014",
        "dossier {open_ref}: says it began at another moment than its first event",
    ),
    "a dossier longer in its state": (
        "UPDATE workflow_dossier SET state_since = state_since - interval '1 day' WHERE id = {open}",
        "TR038",
        "dossier {open_ref}: says it is in its state since another moment than its last step",
    ),
    "a dossier submitted by another": (
        "UPDATE workflow_dossier SET submitter_id = {clerk_person} WHERE id = {open}",
        "TR038",
        "dossier {open_ref}: names another submitter than its last submission",
    ),
    "an answer changed": (
        "UPDATE workflow_point SET answer = 'Không sửa.'",
        "TR030",
        "workflow_point {point}: is not as {answer} recorded it",
    ),
    "an answer another's": (
        "UPDATE workflow_point SET answered_by_id = {clerk_person}",
        "TR030",
        "workflow_point {point}: is not as {answer} recorded it",
    ),
    "an answer taken back": (
        "UPDATE workflow_point SET answer = '', answered_by_id = NULL, answered_at = NULL, recorded = NULL",
        "TR030",
        "workflow_point {point}: is not as {answer} recorded it",
    ),
}


def words(cast: Office) -> dict:
    """Numbers of the rows, keys and places of the events, as the doors name them."""

    def said(verb: str, row=None) -> str:
        events = Event.objects.filter(verb=verb)
        event = events.get(rows=[row.row_name]) if row else events.exclude(actor__username="sang-lap").latest("pk")
        return f"event {event.seq} of chain {event.chain}"

    people = {"guest": cast.guest.pk, "drafter": cast.drafter.person.pk, "clerk_person": cast.clerk.person.pk}
    units = {name: getattr(cast, name).pk for name in ("unit", "sibling", "foreign", "other_district")}
    rows = {
        "clerk": cast.clerk.appointment.pk,
        "second": cast.second.pk,
        "lent": Delegation.objects.get().pk,
        "grant": DossierUserObjectPermission.objects.get().pk,
        "policy": SecurityPolicy.objects.get().pk,
        "point": Point.objects.get().pk,
        "kind": UnitKind.objects.get().pk,
        "open": cast.open.pk,
        "claimed": cast.claimed.pk,
    }
    return people | units | rows | {
        "open_ref": cast.open.ref,
        "claimed_ref": cast.claimed.ref,
        "founded": f"event 1 of chain {REGISTRY}",
        "appointed": said("appointed", cast.clerk.appointment),
        "ended": said("appointment_ended"),
        "delegated": said("delegated"),
        "unit_opened": said("unit_opened", cast.unit),
        "unit_closed": said("unit_closed"),
        "closing": f"chain {REGISTRY}, event {Event.objects.get(verb='unit_closed').seq}",
        "registered": said("person_registered", cast.drafter.person),
        "deactivated": said("person_deactivated"),
        "guest_registered": str(Event.objects.get(verb="person_registered", rows=[cast.guest.row_name]).key),
        "shared": said("shared"),
        "policy_changed": said("policy_changed"),
        "answer": said("answer"),
    }  # fmt: skip


def test_every_side_door_is_shut_to_the_program(cast):
    names = words(cast)
    answers = {what: refused_sql(sql.format(**names)) for what, (sql, _code, _found) in DOORS.items()}
    assert answers == {what: code for what, (_sql, code, _found) in DOORS.items()}
    assert list(faults(Tally())) == []


def test_what_the_owner_does_past_every_guard_is_named(cast):
    names = words(cast)
    with as_owner():
        found = {what: after(sql, **names) for what, (sql, _code, _found) in DOORS.items()}
    assert found == {what: sentence.format(**names).splitlines() for what, (_sql, _code, sentence) in DOORS.items()}


def after(*statements: str, **names) -> list[str]:
    """What the verifier says after these, every guard switched off; all of it taken back."""
    with transaction.atomic():
        for table in guarded():
            run(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for sql in statements:
            run(sql.format(**names))
        found = [fault for fault in faults(Tally()) if not fault.endswith(" is disabled")]
        transaction.set_rollback(True)
    return found


class TestErased:
    """Who erases an opening cannot rewrite what it held."""

    def test_an_end_removed_together_with_what_the_record_says_of_it(self, cast):
        row, ended = cast.second.row_name, office_chain().get(verb="appointment_ended")
        made = office_chain().get(verb="appointed")
        with as_owner():
            found = after(
                "UPDATE accounts_appointment SET ended_at = NULL, recorded = '{made}' WHERE id = {id}",
                "UPDATE ledger_opening SET texts = texts - 'row.{row}' WHERE event_id = {ended}",
                made=made.key, id=cast.second.pk, row=row, ended=ended.pk,
            )  # fmt: skip
        assert found == [
            f"accounts_appointment {cast.second.pk}: what event {ended.seq} of chain {REGISTRY} recorded of it"
            " was erased, and no later event says what it is now"
        ]

    def test_the_words_of_a_point(self, cast):
        returned = Event.objects.get(verb=Verb.RETURN)
        erased = "UPDATE ledger_opening SET texts = texts - 'point.1' WHERE event_id = {returned}"
        with as_owner():
            rewritten = after(erased, "UPDATE workflow_point SET text = 'Thiếu con dấu'", returned=returned.pk)
            forgotten = after(erased, "UPDATE workflow_point SET text = ''", returned=returned.pk)
            elsewhere = after("UPDATE workflow_point SET place_label = 'Mục khác'")
        assert rewritten == [
            f"chain {cast.paper.ref}, event {returned.seq}: the words of a point are not those of the return"
        ]
        assert forgotten == []
        assert elsewhere == rewritten

    def test_an_opening_is_erased_field_by_field_and_says_nothing_new(self, cast):
        event = office_chain().get(verb="appointment_ended")
        with as_owner():
            swap = "UPDATE ledger_opening SET texts = jsonb_set(texts, '{note,1}', '\"Khác\"') WHERE event_id = %s"
            assert refused_sql(swap, event.pk) == "TR018"
            also = "jsonb_build_object('khác', texts->'actor')"
            more = f"UPDATE ledger_opening SET texts = texts || {also} WHERE event_id = %s"  # noqa: S608 - our own words
            assert refused_sql(more, event.pk) == "TR018"
            run("UPDATE ledger_opening SET texts = texts - 'note' WHERE event_id = %s", event.pk)
        assert list(faults(Tally())) == []


class TestWithdrawn:
    @pytest.mark.parametrize("change", ["testapp_memo SET text = 'Khác'", "workflow_dossier SET subject = 'Khác'"])
    def test_a_withdrawn_draft_is_held_to_its_word(self, cast, change):
        paper = cast.memo()
        do(Verb.WITHDRAW, paper, cast.approver)
        assert list(faults(Tally())) == []
        column = "dossier_ptr_id" if "memo" in change else "id"
        with as_owner():
            found = after("UPDATE {change} WHERE {column} = {pk}", change=change, column=column, pk=paper.pk)
        assert found == [f"dossier {paper.ref}: the stored content is not what was withdrawn"]


class TestReturned:
    def test_who_wrote_it_cannot_be_forgotten_before_the_next_version(self, cast):
        """Four eyes rest on it."""
        forgotten = "DELETE FROM workflow_editor WHERE dossier_id = {pk}"
        assert refused_sql(forgotten.format(pk=cast.paper.pk)) == "TR010"
        with as_owner():
            run("ALTER TABLE workflow_editor DISABLE TRIGGER USER")
            found = after(forgotten, pk=cast.paper.pk)
            run("ALTER TABLE workflow_editor ENABLE TRIGGER USER")
        assert found == [f"dossier {cast.paper.ref}: names fewer writers than its last version"]


class TestTheMoment:
    @pytest.mark.parametrize("shift", [timedelta(minutes=-9), timedelta(seconds=-5), timedelta(seconds=5)])
    def test_an_event_is_neither_back_dated_nor_ahead(self, cast, shift):
        paper = cast.memo_in(State.SUBMITTED)
        assert refusal(made_up(paper, at=timezone.now() + shift).save) == "TR004"


class TestNumbers:
    def test_nothing_stands_before_the_first_row(self, cast):
        paper = cast.memo_in(State.SUBMITTED)
        assert refusal(lambda: made_up(paper, pk=-1).save(force_insert=True)) == "23514"
        assert refused_sql("UPDATE workflow_dossier SET id = -1 WHERE id = %s", paper.pk) == "TR014"
        version = """INSERT INTO workflow_version (id, dossier_id, number, content, content_hash, sealed_at)
            SELECT -1, dossier_id, 2, content, content_hash, sealed_at FROM workflow_version WHERE dossier_id = %s"""
        draft = cast.memo_in(State.RETURNED)
        assert refused_sql(version, draft.pk) == "23514"

    def test_no_dossier_takes_the_chain_of_the_office(self, cast):
        ghost = Dossier(unit=cast.unit, author=cast.drafter.person, subject="Sổ giả", kind="testapp.memo", ref=REGISTRY)
        assert refusal(ghost.save) == "23514"


class TestOpenings:
    def test_an_opening_says_exactly_what_its_event_committed_to(self, cast):
        paper = cast.memo_in(State.SUBMITTED)

        def with_words_of_its_own():
            event = made_up(paper)
            event.save()
            Opening.objects.create(event=event, texts={"note": [new_salt(), "Bịa"]})

        assert refusal(with_words_of_its_own) == "TR018"

    @pytest.mark.parametrize(
        "salt", ["", "qg==", "aa" * 32, f"{'q' * 42}p=", f"{'q' * 42}o", f"{'q' * 40}\nqo=", "?" * 44]
    )
    def test_an_opening_has_its_salts_as_they_are_written(self, cast, salt):
        shown = sha256(b"\xaa" * 32 + b"x").hexdigest()  # its salt is written as 42 times q, o and =

        def with_this_salt():
            event = made_up(cast.memo_in(State.SUBMITTED), said={"texts": {"note": shown}})
            event.save()
            Opening.objects.create(event=event, texts={"note": [salt, "x"]})

        assert refusal(with_this_salt) in ("TR018", "22023")

    def test_an_office_is_founded_once(self, cast):
        assert refusal(lambda: append_to_registry("founded", by=cast.root, key=uuid4())) == "TR009"

    def test_an_act_without_its_row_is_found(self, cast):
        with transaction.atomic():
            event = append_to_registry("appointed", by=cast.root, key=uuid4(), unit=cast.unit)
        assert list(faults(Tally())) == [f"chain {REGISTRY}, event {event.seq}: “appointed” names no row that it wrote"]


def test_a_grant_ends_and_is_given_again_in_the_same_row(cast):
    paper = cast.memo_in(State.SUBMITTED)
    guest = person("moi")
    share(paper, person=guest, until=today(), by=cast.approver, key=uuid4())
    assert Dossier.objects.visible_to(guest).filter(pk=paper.pk).exists()
    unshare(paper, person=guest, by=cast.approver, key=uuid4())
    assert not Dossier.objects.visible_to(guest).filter(pk=paper.pk).exists()
    share(paper, person=guest, until=today(), by=cast.approver, key=uuid4())
    assert Dossier.objects.visible_to(User.objects.get(pk=guest.pk)).filter(pk=paper.pk).exists()
    assert DossierUserObjectPermission.objects.filter(user=guest).count() == 1
    assert list(faults(Tally())) == []


def test_what_is_no_act_needs_no_event(cast):
    """A sign-in, a password, the tree's own bookkeeping."""
    guest = User.objects.get(pk=cast.drafter.person.pk)
    guest.last_login = timezone.now()
    guest.set_password("mat-khau-moi-cua-toi")
    guest.save()
    Unit.objects.filter(pk=cast.district.pk).update(numchild=7)
    assert connection.in_atomic_block is False
    assert list(faults(Tally())) == []
