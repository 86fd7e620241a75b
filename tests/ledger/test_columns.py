"""Columns, envelope and opening say the same, or the verifier names what differs: however it came to look."""

import json

import pytest
from django.db import connection, transaction

from accounts.models import Appointment, Role
from audit.verification.verify import Tally, faults
from ledger.canonical import canonical, leaf_hash
from ledger.shape import MAX_DEPTH
from tests.factories import lend

COLUMNS = {  # what the envelope calls it -> how the column is altered, alone
    "chain": "chain = gen_random_uuid()",
    "seq": "seq = seq + 40",
    "prev": "prev_hash = sha256(prev_hash)",
    "at": "at = at + interval '1 microsecond'",
    "verb": "verb = 'reject'",
    "unit": "unit_id = NULL",
    "from": "from_state = 'endorsed'",
    "to": "to_state = 'endorsed'",
    "version": "version = version + 1",
    "content": "content_hash = repeat('0', 64)",
    "actor": "actor_id = (SELECT max(id) FROM accounts_user)",
    "acting_for": "acting_for_id = actor_id",
    "role": "role = 'clerk'",
    "appointment": "appointment_id = NULL",
    "delegation": "delegation_id = (SELECT max(id) FROM accounts_delegation)",
    "sole_officer": "sole_officer = NOT sole_officer",
    "facts": """facts = facts || '{"more": 1}'""",
    "rows": "rows = '{accounts_user.1}'",
    "key": "key = gen_random_uuid()",
}
WHOLE, ERASED = "texts", "texts - 'actor'"


@pytest.mark.parametrize("opening", [WHOLE, ERASED])
@pytest.mark.parametrize("number", ["Số 5", "So 5"])
def test_a_column_altered_alone_is_named(record, opening, number):
    """Commitments are made anew from the opening or, where a name was erased, read off the envelope."""
    lend(Appointment.objects.get(role=Role.REVIEWER), record.actor)
    _say(record, facts={"points": [], "number": number})
    _run(f"UPDATE ledger_opening SET texts = {opening} WHERE event_id = %s", record.pk)  # noqa: S608
    assert _about(record) == []
    for name, change in COLUMNS.items():
        with transaction.atomic():
            _run(f"UPDATE ledger_event SET {change} WHERE id = %s", record.pk)  # noqa: S608 - our own words
            found = [sentence.split(": ", 1)[1] for sentence in faults(Tally()) if ": " in sentence]
            transaction.set_rollback(True)
        assert [said for said in found if said.startswith(f"column “{name}” says ")], (name, found)


def test_true_is_not_one(record):
    _say(record, facts={"points": [], "voted": 1})
    _run("""UPDATE ledger_event SET facts = '{"points": [], "voted": true}' WHERE id = %s""", record.pk)
    facts = "column “facts” says {'voted': True, 'points': []}, the envelope {'points': [], 'voted': 1}"
    assert _about(record) == [facts]


def test_bytes_that_the_columns_would_not_give_are_named(record):
    said = json.loads(bytes(record.envelope))
    _write(record, json.dumps(said).encode())
    assert _about(record) == ["the envelope is not canonical"]
    texts = said["texts"] | {"note": ""}
    _run("""UPDATE ledger_opening SET texts = texts || '{"note": 5}' WHERE event_id = %s""", record.pk)
    _write(record, canonical(said | {"texts": texts}))
    words = "the words of a point are not those of the return"  # of an envelope that says nothing nothing is opened
    assert _about(record) == ["the envelope has no proper value for texts", words]


def test_facts_within_the_depth_do_not_take_an_envelope_beyond_it(record):
    nested = json.loads("[" * MAX_DEPTH + "]" * MAX_DEPTH)
    _say(record, facts={"points": [], "deep": nested})
    assert _about(record) == ["the envelope cannot be read: it is nested too deep"]


def test_an_actor_whom_nobody_knows_is_no_actor(record):
    said = json.loads(bytes(record.envelope))
    _run(f"ALTER TABLE ledger_event DROP CONSTRAINT {_foreign_key('actor_id')}")
    _run("UPDATE ledger_event SET actor_id = 999999 WHERE id = %s", record.pk)
    _write(record, canonical(said | {"actor": None}))
    assert "the envelope has no proper value for actor" in _about(record)


def _say(event, *, facts: dict) -> None:
    """Have columns and envelope say so alike."""
    said = json.loads(bytes(event.envelope)) | {"facts": facts}
    _run("UPDATE ledger_event SET facts = %s WHERE id = %s", json.dumps(facts), event.pk)
    _run("DELETE FROM workflow_point")
    _write(event, canonical(said))


def _write(event, envelope: bytes) -> None:
    _run("UPDATE ledger_event SET envelope = %s, leaf_hash = %s WHERE id = %s", envelope, leaf_hash(envelope), event.pk)


def _foreign_key(column: str) -> str:
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, "ledger_event")
    return next(name for name, said in found.items() if said["foreign_key"] and said["columns"] == [column])


def _about(event) -> list[str]:
    lead = f"chain {event.chain}, event {event.seq}: "
    return [sentence.removeprefix(lead) for sentence in faults(Tally()) if sentence.startswith(lead)]


def _run(statement: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
