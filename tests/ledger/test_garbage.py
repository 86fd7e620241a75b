"""Whatever stands in envelope, opening and facts: refused at the door; once there, a sentence, never a traceback."""

import json
from base64 import b64decode, b64encode
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from accounts.models import Role
from audit.verification.verify import Tally, faults
from ledger.canonical import canonical, leaf_hash
from ledger.models import Event
from ledger.shape import MAX_ENVELOPE
from tests.workflow.office import Office, do
from workflow.decisions.back.return_ import MAX_POINTS_PER_RETURN
from workflow.models import Point
from workflow.states import State, Verb


def said_of(event, column: str, value) -> list[str]:
    """What the verifier says once this stands there; the record is as before afterwards."""
    table, key = ("ledger_opening", "event_id") if column == "texts" else ("ledger_event", "id")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE {key} = %s", [value, event.pk])  # noqa: S608
        found = list(faults(Tally()))
        transaction.set_rollback(True)
    found = [sentence for sentence in found if " is disabled" not in sentence]
    assert all(sentence.encode() and len(sentence) < 500 for sentence in found)
    return found


def about(event, sentences: list[str]) -> list[str]:
    lead = f"chain {event.chain}, event {event.seq}: "
    return [sentence.removeprefix(lead) for sentence in sentences if sentence.startswith(lead)]


deep = "[" * 1500 + "]" * 1500
ENVELOPES = {
    b"": "the envelope cannot be read: it is not JSON",
    b"\xff\xfe{}": "the envelope cannot be read: it is not JSON",
    b"[]": "the envelope is no object",
    b"null": "the envelope is no object",
    b"{}": "the envelope lacks acting_for, actor, appointment, at, chain, content, delegation, facts, from, key, kind, "
    "prev, role, seq, sole_officer…",
    b'{"v":NaN}': "the envelope cannot be read: it is not JSON",
    b'{"v":1.5}': "the envelope cannot be read: it is not JSON",
    b'{"v":' + b"9" * 5000 + b"}": "the envelope cannot be read: it is not JSON",
    deep.encode(): "the envelope cannot be read: it is nested too deep",
    b'{"facts":' * 200 + b"1" + b"}" * 200: "the envelope cannot be read: it is nested too deep",
    b'"' + b"a" * (30 << 20) + b'"': "the envelope cannot be read: it is missing or too large",
}


def test_a_malformed_envelope_is_named(record):
    for envelope, sentence in ENVELOPES.items():
        assert sentence in about(record, said_of(record, "envelope", envelope)), envelope[:50]


def test_an_envelope_said_twice_or_of_other_kinds_is_named(record):
    said = json.loads(bytes(record.envelope))
    twice = bytes(record.envelope).replace(b'"v":1', b'"v":1,"v":1')
    assert "the envelope is not canonical" in about(record, said_of(record, "envelope", twice))
    for key, value in (("seq", True), ("texts", []), ("facts", None), ("v", 2), ("sole_officer", 0)):
        found = about(record, said_of(record, "envelope", canonical(said | {key: value})))
        assert f"the envelope has no proper value for {key}" in found
    assert "the envelope also has more" in about(record, said_of(record, "envelope", canonical(said | {"more": 1})))


FACTS = {
    "[]": "column “facts” says [], the envelope",
    '{"points": 5}': "names points that cannot be read",
    '{"points": [{"place": "general"}]}': "names points that cannot be read",
    '{"points": [{"number": "1", "place": "general"}]}': "names points that cannot be read",
    '{"points": [7, null]}': "names points that cannot be read",
    deep: "its facts cannot be read: what is there is nested too deep",
    '{"n": 1e300}': "its facts cannot be read: what is there is not JSON",
}


def test_malformed_facts_are_named(record):
    for facts, sentence in FACTS.items():
        found = about(record, said_of(record, "facts", facts))
        assert [said for said in found if said.startswith(sentence)], (facts[:50], found)


OPENINGS = ['{"note": 5}', '{"note": ["zz", "a"]}', '{"note": ["00"]}', '{"note": [1, 2]}', '{"note": {"a": 1}}']


def test_a_malformed_opening_is_named(record):
    for texts in OPENINGS:
        assert "the text “note” is not the one committed to" in about(record, said_of(record, "texts", texts))
    assert "its opening cannot be read: it is no object" in about(record, said_of(record, "texts", "[]"))
    assert "its opening cannot be read: it is nested too deep" in about(record, said_of(record, "texts", deep))


def test_a_text_whose_beginning_went_into_its_salt_is_named(record):
    """SHA-256 does not see where a salt ends."""
    salt, text = record.opening.texts["actor"]
    longer = b64encode(b64decode(salt) + text[:4].encode()).decode()
    found = said_of(record, "texts", json.dumps(record.opening.texts | {"actor": [longer, text[4:]]}))
    assert about(record, found) == ["the text “actor” is not the one committed to"]


@pytest.mark.parametrize("rows", ["{NULL}", "{{a,b},{c,d}}"])
def test_rows_that_are_no_names_make_one_sentence(record, rows):
    (sentence,) = said_of(record, "rows", rows)
    assert sentence.startswith(f"chain {record.chain}, event {record.seq}: column “rows” says ")


MOVES = [
    "facts = '[]'", "facts = '5'", """facts = '{"from": 5}'""", "at = 'infinity'", "at = '4000-01-01 BC'",
    "facts = ('[' || repeat('[', 5900) || repeat(']', 5900) || ']')::jsonb",
    """facts = ('{"from": ' || repeat('9', 5000) || '}')::jsonb""",
]  # fmt: skip


@pytest.mark.parametrize("change", MOVES, ids=range(len(MOVES)))
def test_a_move_of_a_unit_that_cannot_be_read_is_named_and_the_rest_is_checked(record, change):
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE ledger_event SET verb = 'unit_moved', {change} WHERE id = %s", [record.pk])  # noqa: S608
        cursor.execute("UPDATE workflow_dossier SET author_id = (SELECT max(id) FROM accounts_user)")
    found = list(faults(Tally()))
    assert about(record, found)
    assert [said for said in found if said.endswith("names another drafter than the one who began it")]


@pytest.mark.parametrize("letterhead", [f"[{'9' * 5000}]", "[" * 5900 + "]" * 5900], ids=["number", "deep"])
def test_a_unit_that_cannot_be_read_ends_no_verification(record, letterhead):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_unit DISABLE TRIGGER USER")
        cursor.execute("UPDATE accounts_unit SET letterhead = %s", [letterhead])
        cursor.execute("UPDATE workflow_dossier SET author_id = (SELECT max(id) FROM accounts_user)")
    found = list(faults(Tally()))
    assert [said for said in found if said.endswith("names another drafter than the one who began it")]


def test_a_moment_beyond_every_calendar_is_named(record):
    assert about(record, said_of(record, "at", "infinity"))
    assert about(record, said_of(record, "at", "200000-01-01"))


def test_what_else_is_broken_is_named_beside_it(record):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE testapp_memo SET text = 'Khác'")
        cursor.execute("UPDATE workflow_dossier SET author_id = (SELECT max(id) FROM accounts_user)")
    found = said_of(record, "envelope", deep.encode())
    assert [said.split(": ", 1)[1] for said in found if said.startswith("dossier ")] == [
        "names another drafter than the one who began it"
    ]


NAMES = ["points", "number", "place", "note", "texts", "facts", "v", "\U0001f600"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8),
    lambda within: st.lists(within, max_size=3)
    | st.dictionaries(st.sampled_from(NAMES), within, max_size=4),
    max_leaves=8,
)  # fmt: skip


@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],  # each example costs a whole verification: no time to shrink
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(bytes_=st.binary(max_size=40), facts=JSON, texts=JSON, key=st.sampled_from(["facts", "texts", "seq", "at", "v"]))
def test_arbitrary_bytes_and_json_make_sentences(record, bytes_, facts, texts, key):
    said = json.loads(bytes(record.envelope))
    for column, value in (
        ("envelope", bytes_),
        ("envelope", json.dumps(facts).encode()),
        ("envelope", json.dumps(said | {key: facts}).encode()),
        ("facts", json.dumps(facts)),
        ("texts", json.dumps(texts)),
    ):
        said_of(record, column, value)


# --- at the door ------------------------------------------------------------------------------------------------------
def refused(event, envelope: bytes, texts: dict | None = None) -> str:
    """The SQLSTATE with which the database refuses a copy of this event with these bytes."""
    said = {"envelope": envelope, "leaf_hash": leaf_hash(envelope), "pk": None, "key": uuid4()}
    copy = Event.objects.get(pk=event.pk)
    for name, value in said.items():
        setattr(copy, name, value)
    with pytest.raises(DatabaseError) as refusal, transaction.atomic():
        copy.save(force_insert=True)
    return refusal.value.__cause__.sqlstate


@pytest.mark.django_db
def test_a_malformed_envelope_is_refused_at_the_door():
    paper = Office().memo_in(State.SUBMITTED)
    event = Event.objects.filter(chain=paper.ref).latest("seq")
    said = json.loads(bytes(event.envelope))
    less = {key: value for key, value in said.items() if key != "kind"}
    for wrong in (
        less, said | {"more": 1}, said | {"v": 2}, said | {"texts": {"note": "x"}}, said | {"facts": []},
        said | {"actor": 5}, said | {"sole_officer": "no"}, said | {"version": -1}, said | {"delegation": 1},
        said | {"texts": {"note": ["0" * 64]}}, said | {"texts": {"note": "0" * 64 + "\n"}}, said | {"texts": []},
    ):  # fmt: skip
        assert refused(event, canonical(wrong)) == "TR033", wrong
    assert refused(event, b"[]") == "TR033"
    for commitment in "0" * 63 + "g", "0" * 63 + '"', "A" * 64, "0" * 62 + "\\n":
        assert refused(event, canonical(said | {"texts": {"a": "0" * 64, "note": commitment}})) in ("TR033", "22023")
    assert refused(event, canonical(said | {"texts": {"a": "0" * 63, "note": "0" * 65}})) == "TR033"
    assert refused(event, bytes(event.envelope).replace(b'"v":1', b'"v":1,"v":1')) == "TR033"
    assert refused(event, bytes(event.envelope).replace(b'"facts":{}', b'"facts":{"a":1,"a":2}')) == "TR033"
    for spelled in b'"v":1e0', b'"\\u0076":1', b'"v": 1':
        assert refused(event, bytes(event.envelope).replace(b'"v":1', spelled)) == "TR033", spelled
    for number in "1.0", "1e5", "-0", "007", "9007199254740993", "1" * 5000:
        facts = bytes(event.envelope).replace(b'"facts":{}', b'"facts":{"a":%s}' % number.encode())
        assert refused(event, facts) in ("TR033", "22P02"), number
    for around in b" %s", b"%s\n":
        assert refused(event, around % bytes(event.envelope)) == "TR033", around
    nested = json.loads("[" * 40 + "]" * 40)
    assert refused(event, canonical(said | {"facts": {"a": nested}})) == "TR033"
    assert refused(event, canonical(said | {"facts": {"a": "a" * (30 << 20)}})) == "TR033"
    full = MAX_ENVELOPE - len(canonical(said | {"facts": {"a": ""}}))
    assert refused(event, canonical(said | {"facts": {"a": "a" * (full + 1)}})) == "TR033"
    assert refused(event, canonical(said | {"facts": {"a": "a" * full}})) == "TR001"  # read, and found in no place
    assert refused(event, b"\xff") == "22021"
    assert refused(event, deep.encode()) == "TR033"


@pytest.mark.django_db
def test_the_longest_return_fits_into_an_envelope():
    cast = Office()
    paper = cast.memo_in(State.SUBMITTED)
    points = [("field:text", "Sửa", Point.Reason.MISSING_FIGURE)] * MAX_POINTS_PER_RETURN
    envelope = bytes(do(Verb.RETURN, paper, cast.approver, points=points).envelope)
    longer_places = MAX_POINTS_PER_RETURN * (Point._meta.get_field("place").max_length - len("field:text"))
    assert len(envelope) + longer_places < MAX_ENVELOPE


@pytest.mark.django_db
def test_a_point_without_a_number_is_refused_at_the_door():
    from tests.workflow.test_guards import made_up

    cast = Office()
    paper = cast.memo_in(State.SUBMITTED)
    by = {"actor": cast.approver.person, "appointment": cast.approver.appointment, "role": Role.APPROVER}
    for points in ([{"place": "general"}], {"number": 1}, [5], [{"number": 1, "place": "a", "reason": 3}],
                   [{"number": 0, "place": "a"}], [{"number": 1, "place": "a"}] * 2):  # fmt: skip
        facts = {"points": points}
        event = made_up(paper, verb="return", to_state="returned", facts=facts, said={"facts": facts}, **by)
        with pytest.raises(DatabaseError) as refusal, transaction.atomic():
            event.save()
        assert refusal.value.__cause__.sqlstate == "TR019"
