"""The verifier finds every tampered fact, and nothing on a clean ledger."""

from io import StringIO
from threading import Thread
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import Appointment, Delegation, Role
from administration import registry
from audit.verification.verify import Tally, faults
from ledger.models import Event
from tests.conftest import as_owner
from tests.factories import acting, answered, appoint, lend, memo, moved, person, unit
from tests.testapp.models import Memo
from tests.workflow.office import Office, do, fresh
from tests.workflow.test_guards import made_up, run
from workflow.decisions.back.return_ import return_
from workflow.decisions.onward.approve import approve
from workflow.decisions.onward.review import review
from workflow.decisions.onward.submit import submit
from workflow.states import State, Verb

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office_at_work():
    """Two dossiers: one returned and reviewed by a delegate, one approved; and an appointment on the office's chain."""
    city = unit("TP")
    district = unit("LD", city)
    base = unit("CD1", district)
    drafter, chair, reviewer, deputy = (person(name) for name in ("soan", "chu", "tham", "pho"))
    appoint(drafter, base, Role.DRAFTER)
    appoint(chair, base, Role.APPROVER)
    appoint(person("quan"), city, Role.ADMINISTRATOR)
    lend(appoint(reviewer, district, Role.REVIEWER), deputy)
    first, second = memo(base, drafter), memo(base, drafter)
    for paper in (first, second):
        _decide(submit, paper, drafter, Role.DRAFTER)
    _decide(return_, first, chair, Role.APPROVER, points=[("field:text", "Chưa rõ ý")])
    answered(first, "Đã sửa")
    _decide(submit, first, drafter, Role.DRAFTER)
    for paper in (first, second):
        _decide(approve, paper, chair, Role.APPROVER)
    _decide(review, first, deputy, Role.REVIEWER, checklist={"readable": "yes"}, note="Đủ hồ sơ")
    boss = Event.objects.first().actor.__class__.objects.get(username="quan")
    held = drafter.appointments.get()
    boss = acting(boss, Role.ADMINISTRATOR)
    registry.end_appointment(held, by=boss, key=uuid4())
    made = Appointment(user=person("moi"), unit=base, role=Role.APPROVER, post="Thư ký")
    registry.appoint(made, by=boss, key=uuid4())
    today = timezone.localdate()
    lent = Delegation(delegate=deputy, prefix="TL", starts_on=today, ends_on=today, reason="Theo quy chế làm việc")
    lent.appointment = (holder := acting(made.user, Role.APPROVER)).appointment
    registry.delegate(lent, by=holder, key=uuid4())


def _decide(action, paper, who, role, **facts):
    paper = Memo.objects.get(pk=paper.pk)
    return action(paper, by=acting(who, role), seen=paper.seen(), key=uuid4(), **facts)


def test_a_clean_ledger_is_sound(office_at_work):
    out = StringIO()
    call_command("verify_ledger", stdout=out)
    assert out.getvalue() == "sound: 28 events in 3 chains, 3 sealed versions, 2 dossiers\n"


TAMPERED = {
    "an event's verb": "UPDATE ledger_event SET verb = 'reject' WHERE verb = 'review'",
    "an event's actor": "UPDATE ledger_event SET actor_id = (SELECT max(id) FROM accounts_user) WHERE seq = 2",
    "an event's time": "UPDATE ledger_event SET at = at - interval '1 day' WHERE seq = 3",
    "an event's capacity": "UPDATE ledger_event SET sole_officer = true WHERE verb = 'approve'",
    "an event's facts": "UPDATE ledger_event SET facts = '{}' WHERE verb = 'review'",
    "an event's version": "UPDATE ledger_event SET version = 9 WHERE seq = 4",
    "an event's bytes": "UPDATE ledger_event SET envelope = envelope || ' ' WHERE seq = 2",
    "an event's hash": "UPDATE ledger_event SET leaf_hash = sha256(leaf_hash) WHERE seq = 2",
    "an event's link": "UPDATE ledger_event SET prev_hash = sha256(prev_hash) WHERE seq = 2",
    "a whole event re-hashed": """UPDATE ledger_event SET envelope = replace(convert_from(envelope, 'UTF8'),
        '"review"', '"reject"')::bytea, verb = 'reject' WHERE verb = 'review';
        UPDATE ledger_event SET leaf_hash = sha256('\\x00'::bytea || envelope)""",
    "an event in the middle gone": """DELETE FROM ledger_opening WHERE event_id IN (SELECT id FROM ledger_event
        WHERE verb = 'return'); DELETE FROM workflow_point; DELETE FROM ledger_event WHERE verb = 'return'""",
    "the tail gone": """DELETE FROM ledger_opening WHERE event_id IN (SELECT id FROM ledger_event
        WHERE verb = 'review'); DELETE FROM ledger_event WHERE verb = 'review'""",
    "a word that was said": """UPDATE ledger_opening SET texts = jsonb_set(texts, '{note,1}', '"Thiếu hồ sơ"')
        WHERE texts ? 'note'""",
    "a sealed version": "UPDATE workflow_version SET content = content || ' ' WHERE number = 1",
    "a sealed version, re-hashed": """UPDATE workflow_version SET content = replace(convert_from(content, 'UTF8'),
        'Nội', 'Ngoại')::bytea; UPDATE workflow_version SET content_hash = encode(sha256(content), 'hex')""",
    "a sealed version gone": "DELETE FROM workflow_version WHERE number = 2",
    "the state": "UPDATE workflow_dossier SET state = 'endorsed' WHERE state = 'district_reviewed'",
    "the stored content": "UPDATE testapp_memo SET text = 'Đã đổi'",
    "the office held": "UPDATE accounts_appointment SET ends_on = starts_on WHERE role = 'approver'",
    "the delegation": "UPDATE accounts_delegation SET ended_at = now() - interval '1 day'",
    "who began it": "UPDATE workflow_dossier SET author_id = (SELECT max(id) FROM accounts_user)",
    "who submitted it": "UPDATE workflow_dossier SET submitter_id = (SELECT max(id) FROM accounts_user)",
    "since when it stands": "UPDATE workflow_dossier SET state_since = state_since - interval '90 days'",
    "when a version was sealed": "UPDATE workflow_version SET sealed_at = sealed_at - interval '90 days'",
    "the words of a point": "UPDATE workflow_point SET text = 'Thiếu con dấu'",
    "the place of a point": "UPDATE workflow_point SET place = 'general'",
    "a point gone": "DELETE FROM workflow_point",
    "an answer to a point": "UPDATE workflow_point SET answer = 'Không sửa'",
    "the dossier of a chain": "UPDATE workflow_dossier SET ref = gen_random_uuid()",
    "a paper's content gone": "DELETE FROM testapp_memo",
    "a kind nobody knows": "UPDATE workflow_dossier SET kind = 'gone.memo'",
    "a delegation that was made": "UPDATE accounts_delegation SET prefix = 'TUQ' WHERE prefix = 'TL'",
    "an appointment that was made": "UPDATE accounts_appointment SET role = 'auditor' WHERE post = 'Thư ký'",
    "an appointment gone on": "UPDATE accounts_appointment SET ended_at = NULL WHERE ended_at IS NOT NULL",
}


def test_tampering_past_every_guard_is_found(office_at_work):
    with as_owner():
        unseen = [what for what, sql in TAMPERED.items() if not found_after(sql)]
    assert unseen == []
    call_command("verify_ledger", stdout=StringIO())


def found_after(sql, *arguments) -> bool:
    """Tamper as the owner with every guard switched off, ask the verifier, and take it all back."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table in (
            "ledger_event",
            "ledger_opening",
            "workflow_version",
            "workflow_dossier",
            "testapp_memo",
            "workflow_point",
            "accounts_appointment",
            "accounts_delegation",
            "accounts_delegation",
        ):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(sql)
        assert cursor.rowcount > 0, sql
        try:
            call_command("verify_ledger", "--all", *arguments, stdout=StringIO())
        except CommandError as error:
            said = str(error)
        else:
            said = "broken: "
        finally:
            transaction.set_rollback(True)
    assert said.startswith("broken: ")
    return not all(fault.endswith(" is disabled") for fault in said.removeprefix("broken: ").splitlines())


def test_erasing_an_opening_leaves_the_proof_whole(office_at_work):
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_opening SET texts = texts - 'actor' - 'note'")
    assert list(faults(Tally())) == []


# --- false events that the database must let in, because each is a legal step -----------------------------------------
FALSE = {  # what the verifier says: state, verb, target, who, what else the event says
    "decided on an award proposed for themselves": (
        State.SUBMITTED, Verb.APPROVE, State.UNIT_APPROVED, "approver", {},
    ),
    "a sole officer decided without giving a reason": (
        State.SUBMITTED, Verb.APPROVE, State.UNIT_APPROVED, "approver", {"sole_officer": True},
    ),
    "marks “claim” as a sole officer's": (
        State.UNIT_APPROVED, Verb.CLAIM, State.UNIT_APPROVED, "reviewer", {"sole_officer": True},
    ),
    "was taken for a unit that the appointment's does not cover": (
        State.UNIT_APPROVED, Verb.REVIEW, State.DISTRICT_REVIEWED, "stranger", {},
    ),
    "“attach” is no right of the role “approver”": (
        State.DRAFT, Verb.ATTACH, State.DRAFT, "approver", {},
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", FALSE)
def test_a_false_event_is_found_where_the_record_contradicts_it(fault):
    state, verb, target, who, changes = FALSE[fault]
    cast = Office()
    cast.stranger = cast.officer("ra", Role.REVIEWER, cast.other_district)
    nominee = cast.approver.person if "award" in fault else None
    paper, officer = cast.memo_in(state, nominee=nominee), getattr(cast, who)
    said = {"actor": str(officer.person.ref), "appointment": str(officer.appointment.ref)} | changes
    row = {"actor": officer.person, "appointment": officer.appointment, "role": officer.role, "said": said}
    with transaction.atomic():
        event = made_up(paper, verb=verb.value, to_state=target.value, **row, **changes)
        event.save()
        moment = event.at if target != state else paper.state_since
        moved = "UPDATE workflow_dossier SET state = %s, state_since = %s, handler_id = %s WHERE id = %s"
        run(moved, target.value, moment, officer.person.pk if verb == Verb.CLAIM else None, paper.pk)
    assert [found.split(": ", 1)[1] for found in faults(Tally())] == [fault]


def test_a_server_at_work_raises_no_alarm():
    """The verifier reads for minutes; whatever is decided meanwhile is not half of what it sees."""
    cast = Office()
    papers, tampered = [cast.memo() for _ in range(3)], cast.memo_in(State.SUBMITTED)
    with as_owner():
        run("ALTER TABLE workflow_version DISABLE TRIGGER USER")
        run("UPDATE workflow_version SET content_hash = repeat('0', 64) WHERE dossier_id = %s", tampered.pk)
        run("ALTER TABLE workflow_version ENABLE TRIGGER USER")
    at_rest = list(faults(Tally()))
    reading = faults(Tally())
    first = next(reading)
    clerk = Thread(target=lambda: ([do(Verb.SUBMIT, paper, cast.drafter) for paper in papers], connection.close()))
    clerk.start()
    clerk.join()
    assert {fresh(paper).state for paper in papers} == {State.DRAFT}  # as it stood when the reading began
    assert [first, *reading] == at_rest
    assert {fresh(paper).state for paper in papers} == {State.SUBMITTED}


def test_a_unit_that_moved_leaves_older_decisions_lawful():
    cast = Office()
    cast.memo_in(State.DISTRICT_REVIEWED)
    moved(cast.unit, under=cast.other_district)
    assert [fault.split(": ", 1)[1] for fault in faults(Tally())] == []
