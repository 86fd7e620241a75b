"""Detours of several statements in one transaction, each lawful by itself: the database refuses where they lead."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Appointment, Role, Unit
from tests.factories import answered, appoint, lend, rewritten
from tests.workflow.office import do, fresh
from tests.workflow.test_guards import made_up, now_rather_than_at_commit, refusal, refused_sql, run
from workflow.models import Editor
from workflow.states import State, Verb

pytestmark = pytest.mark.django_db


def settled(paper):
    """As if what was done so far had been committed."""
    now_rather_than_at_commit()
    run("SET CONSTRAINTS ALL DEFERRED")
    return fresh(paper)


@pytest.fixture
def endorsed(office):
    return settled(office.memo_in(State.ENDORSED))


DETOURS = {
    "content": "UPDATE testapp_memo SET text = 'Nội dung giả' WHERE dossier_ptr_id = %s",
    "subject": "UPDATE workflow_dossier SET subject = 'Giả', state = 'endorsed' WHERE id = %s",
    "editors": "INSERT INTO workflow_editor (dossier_id, user_id) SELECT %s, max(id) FROM accounts_user",
}


@pytest.mark.parametrize("sql", DETOURS.values(), ids=DETOURS)
def test_what_is_sealed_does_not_thaw_while_the_row_says_draft(endorsed, sql):
    def detour():
        run("UPDATE workflow_dossier SET state = 'draft' WHERE id = %s", endorsed.pk)
        run(sql, endorsed.pk)
        run("UPDATE workflow_dossier SET state = 'endorsed' WHERE id = %s", endorsed.pk)

    assert refusal(detour) == "TR013"


@pytest.mark.parametrize("state", [State.DRAFT, State.RETURNED])
def test_an_editor_is_never_forgotten(office, state):
    paper = settled(office.memo_in(state))
    assert refused_sql("DELETE FROM workflow_editor WHERE dossier_id = %s", paper.pk) == "TR010"
    instead = "UPDATE workflow_editor SET user_id = %s WHERE dossier_id = %s"
    assert refused_sql(instead, office.clerk.person.pk, paper.pk) == "TR010"
    assert Editor.objects.filter(dossier=paper).count() == 1


@pytest.mark.parametrize("change", ["text = 'Khác'", "place_label = 'Khác'", "place = 'general'", "number = 9"])
def test_the_points_of_a_return_take_answers_and_nothing_else(office, change):
    paper = settled(office.memo_in(State.RETURNED))
    assert refused_sql(f"UPDATE workflow_point SET {change} WHERE dossier_id = %s", paper.pk) == "TR010"  # noqa: S608
    assert refused_sql("DELETE FROM workflow_point WHERE dossier_id = %s", paper.pk) == "TR010"
    instead = "UPDATE workflow_point SET answer = 'Đã sửa.' WHERE dossier_id = %s"
    assert refused_sql(instead, paper.pk) == "TR030"  # and an answer is an event
    answered(paper, "Đã sửa.")


def test_an_event_names_the_unit_of_its_dossier(office):
    paper = settled(office.memo_in(State.SUBMITTED))
    stranger = office.officer("la", Role.APPROVER, office.foreign)
    event = made_up(paper, unit_id=office.foreign.pk, appointment=stranger.appointment)
    assert refusal(event.save) == "TR007"


REWRITTEN = ["role = 'clerk'", "post = 'Chủ tịch'", "starts_on = starts_on - 9", "ends_on = NULL", "ended_at = NULL"]


@pytest.mark.parametrize("change", [*REWRITTEN, "ends_on = ends_on + 1"])
def test_an_appointment_is_ended_and_never_rewritten(office, change):
    held = appoint(office.drafter.person, office.sibling, Role.APPROVER)
    day, itself = timezone.localdate(), Appointment.objects.filter(pk=held.pk)
    rewritten(itself, ends_on=day + timedelta(days=9), ended_at=timezone.now())
    rewritten(itself, ends_on=day + timedelta(days=1))
    rewrite = f"UPDATE accounts_appointment SET {change} WHERE id = %s"  # noqa: S608 - our own words
    assert refused_sql(rewrite, held.pk) == "TR010"
    assert refused_sql("DELETE FROM accounts_appointment WHERE id = %s", held.pk) == "TR010"


def test_a_delegation_is_not_prolonged_nor_given_to_another(office):
    lent = lend(office.approver.appointment, office.reviewer.person)
    assert refused_sql("UPDATE accounts_delegation SET ends_on = ends_on + 1 WHERE id = %s", lent.pk) == "TR010"
    away = "UPDATE accounts_delegation SET delegate_id = %s WHERE id = %s"
    assert refused_sql(away, office.clerk.person.pk, lent.pk) == "TR010"


def test_a_units_code_stays(office):
    do(Verb.SUBMIT, office.memo(), office.drafter)
    assert refused_sql("UPDATE accounts_unit SET code = 'U1-MOI' WHERE id = %s", office.unit.pk) == "TR010"
    rewritten(Unit.objects.filter(pk=office.unit.pk), name="Tên mới")
