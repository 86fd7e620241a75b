"""What the program's own role tries in raw SQL, going round every rule in Python: the database refuses each."""

import json
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from documents import guards as documents_guards
from ledger import guards
from ledger.canonical import canonical, leaf_hash, sha256
from ledger.envelope import REGISTRY, timestamp
from ledger.models import Event, Opening
from tests.testapp.models import Memo
from tests.workflow.office import Office, do, fresh
from workflow import guards as workflow_guards
from workflow.drafting.points import answer
from workflow.models import Dossier, Editor, Point, Version
from workflow.models.steps import legal_steps
from workflow.states import State, Verb

pytestmark = pytest.mark.django_db

NO_RIGHT = "42501"  # insufficient_privilege


def run(sql: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)


def now_rather_than_at_commit() -> None:
    run("SET CONSTRAINTS ALL IMMEDIATE")


def committed(act) -> None:
    with transaction.atomic():
        act()
        now_rather_than_at_commit()


def refusal(act) -> str:
    """The SQLSTATE with which the database refuses `act`, tried as it would be committed."""
    with pytest.raises(DatabaseError) as refused:
        committed(act)
    return refused.value.__cause__.sqlstate


def refused_sql(sql: str, *values) -> str:
    return refusal(lambda: run(sql, *values))


@pytest.fixture
def paper(office) -> Memo:
    """A memo that was returned once and stands submitted again, so that every table of the record has rows."""
    memo = office.memo_in(State.RETURNED)
    answer(memo, {1: "Đã sửa."}, by=office.drafter)
    do(Verb.SUBMIT, memo, office.drafter)
    now_rather_than_at_commit()
    run("SET CONSTRAINTS ALL DEFERRED")
    return fresh(memo)


# --- the record itself ------------------------------------------------------------------------------------------------
RECORD = ["ledger_event", "workflow_version", "workflow_wording", "ledger_opening", "workflow_accesslog"]


def columns(table: str) -> list[str]:
    with connection.cursor() as cursor:
        return [column.name for column in connection.introspection.get_table_description(cursor, table)]


@pytest.mark.parametrize("table", RECORD)
def test_no_row_of_the_record_is_changed_deleted_or_emptied(paper, table):
    for column in {*columns(table)} - {"indexed"}:  # whether search has its words, which is no word of the record
        assert refused_sql(f"UPDATE {table} SET {column} = {column}") == NO_RIGHT  # noqa: S608 - our own names
    assert refused_sql(f"DELETE FROM {table}") == NO_RIGHT  # noqa: S608
    assert refused_sql(f"TRUNCATE {table} CASCADE") == NO_RIGHT


@pytest.mark.parametrize("table", ["workflow_dossier", "testapp_memo", "workflow_point", "workflow_editor"])
def test_no_table_is_emptied(paper, table):
    assert refused_sql(f"TRUNCATE {table} CASCADE") == NO_RIGHT


@pytest.mark.parametrize("model", [Event, Version, Opening])
def test_the_models_cannot_change_the_record_either(paper, model):
    row = model.objects.first()
    assert refusal(row.save) == NO_RIGHT
    assert refusal(lambda: model.objects.filter(pk=row.pk)._raw_delete("default")) == NO_RIGHT


@pytest.mark.parametrize(
    "sql",
    [
        "ALTER TABLE ledger_event DISABLE TRIGGER ALL",
        "ALTER TABLE ledger_event DISABLE TRIGGER event_guard",
        "ALTER TABLE workflow_dossier DISABLE TRIGGER dossier_state_matches",
        "ALTER TABLE testapp_memo DISABLE TRIGGER testapp_memo_frozen",
        "DROP TRIGGER event_guard ON ledger_event",
        "DROP TABLE ledger_event CASCADE",
        "DROP FUNCTION ledger_event_guard CASCADE",
        "ALTER FUNCTION workflow_freeze() RENAME TO gone",
        "CREATE OR REPLACE FUNCTION workflow_freeze() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE TABLE public.mine (id int)",
        "ALTER TABLE ledger_event ADD COLUMN mine int",
        "CREATE RULE mine AS ON INSERT TO ledger_event DO INSTEAD NOTHING",
        "CREATE TRIGGER mine BEFORE INSERT ON ledger_event FOR EACH ROW EXECUTE FUNCTION ledger_immutable()",
        "GRANT UPDATE ON ledger_event TO trinh_app",
        "ALTER ROLE trinh_app SUPERUSER",
        "SET ROLE trinh_owner",
        "SET ROLE postgres",
        "SET SESSION AUTHORIZATION trinh_owner",
        "SET session_replication_role = replica",
        "COPY ledger_event TO PROGRAM 'true'",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('workflow', '9999', now())",
    ],
)
def test_the_guards_cannot_be_taken_down(paper, sql):
    if sql.startswith("GRANT"):  # PostgreSQL only warns that nothing was granted
        run(sql)
        assert refused_sql("UPDATE ledger_event SET verb = verb") == NO_RIGHT
        return
    assert refused_sql(sql) == NO_RIGHT


def test_a_temporary_table_does_not_stand_before_the_dossiers(paper):
    run("CREATE TEMP TABLE workflow_dossier AS SELECT * FROM public.workflow_dossier")
    run("UPDATE pg_temp.workflow_dossier SET state = 'draft'")
    assert refused_sql("UPDATE testapp_memo SET text = 'Nội dung giả'") == "TR013"


def test_a_temporary_table_does_not_stand_before_the_events(paper):
    run("CREATE TEMP TABLE ledger_event AS SELECT * FROM public.ledger_event")
    run("UPDATE pg_temp.ledger_event SET to_state = 'concluded'")
    assert refused_sql("UPDATE workflow_dossier SET state = 'concluded' WHERE id = %s", paper.pk) == "TR011"


# --- made-up events ---------------------------------------------------------------------------------------------------
def made_up(paper: Memo, **changes) -> Event:
    """A lone event with right hashes that would approve the memo, unless `changes` spoil it; not yet stored."""
    head = Event.objects.filter(chain=paper.ref).latest("seq")
    actor = head.actor
    row = {
        "chain": paper.ref,
        "seq": head.seq + 1,
        "prev_hash": bytes(head.leaf_hash),
        "at": timezone.now(),
        "verb": "approve",
        "unit_id": paper.unit_id,
        "from_state": head.to_state,
        "to_state": "unit_approved",
        "version": head.version,
        "content_hash": head.content_hash,
        "actor": actor,
        "role": "approver",
        "appointment": head.appointment,
        "facts": {},
        "key": uuid4(),
    } | {name: value for name, value in changes.items() if name not in {"said", "leaf_hash"}}
    said = {
        "v": 1,
        "chain": str(row["chain"]),
        "seq": row["seq"],
        "prev": row["prev_hash"].hex(),
        "at": timestamp(row["at"]),
        "verb": row["verb"],
        "kind": paper.kind,
        "unit": paper.unit.code,
        "from": row["from_state"],
        "to": row["to_state"],
        "version": row["version"],
        "content": row["content_hash"],
        "actor": str(actor.ref),
        "acting_for": None,
        "role": row["role"],
        "appointment": str(head.appointment.ref),
        "delegation": None,
        "sole_officer": False,
        "facts": row["facts"],
        "texts": {},
        "key": str(row["key"]),
    } | changes.get("said", {})
    envelope = canonical({name: value for name, value in said.items() if value is not ...})
    return Event(envelope=envelope, leaf_hash=changes.get("leaf_hash", leaf_hash(envelope)), **row)


def test_a_lone_event_is_caught_at_commit(paper):
    made_up(paper).save()  # it follows the chain and is a legal step, so the insert itself stands ...
    with pytest.raises(DatabaseError) as refused:
        now_rather_than_at_commit()
    assert refused.value.__cause__.sqlstate == "TR011"  # ... but the dossier does not say the same


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"seq": 99}, "TR001"),
        ({"seq": 1}, "TR001"),
        ({"prev_hash": b"\x00" * 32}, "TR001"),
        ({"leaf_hash": b"\x01" * 32}, "TR002"),
        ({"said": {"verb": "return"}}, "TR003"),
        ({"said": {"to": "concluded"}}, "TR003"),
        ({"said": {"at": "2020-01-01T00:00:00.000000Z"}}, "TR003"),
        ({"said": {"content": "0" * 64}}, "TR003"),
        ({"said": {"role": "signatory"}}, "TR003"),
        ({"said": {"sole_officer": True}}, "TR003"),
        ({"said": {"facts": {"note": "x"}}}, "TR003"),
        ({"said": {"key": str(uuid4())}}, "TR003"),
        ({"said": {"verb": ...}}, "TR033"),  # absent keys are no agreement
        ({"said": dict.fromkeys(["chain", "seq", "prev", "verb", "from", "to", "version"], ...)}, "TR033"),
        ({"at": timezone.now() - timedelta(days=30)}, "TR004"),
        ({"at": timezone.now() + timedelta(days=1)}, "TR004"),
        ({"verb": "endorse", "to_state": "endorsed"}, "TR006"),
        ({"verb": "approve", "to_state": "forwarded"}, "TR006"),
        ({"verb": "create", "to_state": "draft"}, "TR006"),
        ({"verb": "bless"}, "TR006"),
        ({"verb": "review", "from_state": "unit_approved", "to_state": "district_reviewed"}, "TR006"),
        ({"verb": "exported"}, "TR006"),  # an event of the registry cannot borrow a dossier's chain
        ({"verb": "exported", "from_state": "", "to_state": ""}, "TR006"),
    ],
)
def test_a_made_up_event_is_refused(paper, changes, state):
    assert refusal(made_up(paper, **changes).save) == state


def test_an_event_of_a_dossier_cannot_stand_in_another_chain(office, paper):
    beginning = {"seq": 1, "prev_hash": b"\x00" * 32, "verb": "create", "from_state": "", "to_state": "draft"}
    assert refusal(made_up(paper, chain=uuid4(), **beginning).save) == "TR007"
    head = Event.objects.filter(chain=REGISTRY).order_by("seq").last()
    follows = {"seq": head.seq + 1, "prev_hash": bytes(head.leaf_hash)} if head else {}
    assert refusal(made_up(paper, chain=REGISTRY, **beginning | follows).save) == "TR005"
    borrowed = {"verb": "exported", "from_state": "draft", "to_state": "draft"}
    assert refusal(made_up(paper, chain=REGISTRY, **beginning | follows | borrowed).save) == "TR008"


def test_an_envelope_that_is_not_json_is_refused(paper):
    event = made_up(paper)
    event.envelope = b"\xff\x00 not json"
    event.leaf_hash = leaf_hash(event.envelope)
    assert refusal(event.save) == "22021"


def test_the_same_place_in_a_chain_is_taken_once(paper):
    event = Event.objects.filter(chain=paper.ref).latest("seq")
    event.pk, event.key = None, uuid4()
    assert refusal(lambda: event.save(force_insert=True)) == "TR001"


# --- the state --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("state", [state for state in State.values if state != State.SUBMITTED])
def test_no_state_changes_without_an_event(paper, state):
    assert refused_sql("UPDATE workflow_dossier SET state = %s WHERE id = %s", state, paper.pk) == "TR011"
    assert refusal(lambda: Dossier.objects.filter(pk=paper.pk).update(state=state)) == "TR011"


@pytest.mark.parametrize(
    "more", ["submitter_id = NULL", "handler_id = author_id", "state_since = state_since - interval '1 day'"]
)
def test_a_legal_step_writes_nothing_else_into_the_row(paper, more):
    event = made_up(paper)

    def steps(more: str) -> None:
        event.save(force_insert=True)
        moved = f"UPDATE workflow_dossier SET state = 'unit_approved', state_since = %s WHERE id = {paper.pk}"  # noqa: S608
        run(moved, event.at)
        run(f"UPDATE workflow_dossier SET {more} WHERE id = {paper.pk}")  # noqa: S608

    assert refusal(lambda: steps(more)) == "TR038"
    event.pk = None
    committed(lambda: steps("handler_id = NULL"))


def test_a_legal_step_with_another_submitter_in_the_same_breath_is_refused(paper):
    event = made_up(paper)

    def step() -> None:
        event.save(force_insert=True)
        both = (
            "UPDATE workflow_dossier SET state = 'unit_approved', state_since = %s, submitter_id = NULL WHERE id = %s"
        )
        run(both, event.at, paper.pk)

    assert refusal(step) == "TR038"


def test_saving_a_moved_dossier_is_refused(paper):
    dossier = Dossier.objects.get(pk=paper.pk)
    dossier.approve()
    assert refusal(dossier.save) == "TR011"


def test_python_refuses_a_plain_assignment_too(paper):
    with pytest.raises(AttributeError):
        paper.state = State.CONCLUDED


def test_an_unknown_state_is_refused(paper):
    assert refused_sql("UPDATE workflow_dossier SET state = 'blessed' WHERE id = %s", paper.pk) == "TR011"


def test_the_version_moves_only_with_an_event(paper):
    assert refused_sql("UPDATE workflow_dossier SET version = 7 WHERE id = %s", paper.pk) == "TR011"


def test_a_dossier_without_a_beginning_is_refused(office):
    ghost = Memo(unit=office.unit, author=office.drafter.person, subject="Không sự kiện", text="x")
    assert refusal(ghost.save) == "TR011"


def test_a_dossier_on_record_cannot_be_deleted(paper):
    assert refused_sql("DELETE FROM workflow_dossier WHERE id = %s", paper.pk) == "TR010"
    assert refusal(lambda: Memo.objects.filter(pk=paper.pk)._raw_delete("default")) == "TR013"


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("ref", uuid4()),
        ("kind", "documents.report"),
        ("slot", "memo:9"),
        ("created_at", timezone.now() - timedelta(days=365)),
    ],
)
@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED])
def test_what_a_dossier_is_cannot_change_even_in_a_draft(office, state, column, value):
    paper = office.memo_in(state)
    changed = f"UPDATE workflow_dossier SET {column} = %s WHERE id = %s"  # noqa: S608
    assert refused_sql(changed, value, paper.pk) == "TR014"


def test_a_dossier_keeps_its_unit_and_author(office, paper):
    moved = "UPDATE workflow_dossier SET unit_id = %s WHERE id = %s"
    assert refused_sql(moved, office.sibling.pk, paper.pk) == "TR014"
    rewritten = "UPDATE workflow_dossier SET author_id = %s WHERE id = %s"
    assert refused_sql(rewritten, office.clerk.person.pk, paper.pk) == "TR014"


# --- sealed content ---------------------------------------------------------------------------------------------------
SEALED = [state for state in State if state not in {State.DRAFT, State.RETURNED}]


@pytest.mark.parametrize("state", SEALED)
def test_sealed_content_is_frozen_in_every_state_but_draft_and_returned(office, state):
    paper = office.memo_in(state)
    assert refused_sql("UPDATE testapp_memo SET text = 'Khác' WHERE dossier_ptr_id = %s", paper.pk) == "TR013"
    assert refused_sql("DELETE FROM testapp_memo WHERE dossier_ptr_id = %s", paper.pk) == "TR013"
    assert refused_sql("UPDATE workflow_dossier SET subject = 'Khác' WHERE id = %s", paper.pk) == "TR013"
    editor = Editor.objects.filter(dossier=paper).first()
    assert refusal(lambda: Editor.objects.create(dossier_id=paper.pk, user=office.clerk.person)) == "TR013"
    assert refused_sql("DELETE FROM workflow_editor WHERE id = %s", editor.pk) == "TR013"
    moved = "UPDATE workflow_editor SET user_id = %s WHERE id = %s"
    assert refused_sql(moved, office.clerk.person.pk, editor.pk) == "TR013"
    stray = Version(dossier_id=paper.pk, number=paper.version + 1, sealed_at=timezone.now(), content=b"{}")
    stray.content_hash = sha256(b"{}").hex()
    assert refusal(stray.save) == "TR013"


@pytest.mark.parametrize("state", [State.DRAFT, State.RETURNED])
def test_open_content_may_change(office, state):
    paper = office.memo_in(state)
    run("UPDATE testapp_memo SET text = 'Khác' WHERE dossier_ptr_id = %s", paper.pk)
    now_rather_than_at_commit()
    assert fresh(paper).text == "Khác"


def test_points_cannot_be_answered_added_or_removed_while_sealed(office, paper):
    point = Point.objects.get(dossier=paper.pk)
    point.answer = "Trả lời sau"
    assert refusal(point.save) == "TR013"
    assert refusal(lambda: Point.objects.filter(pk=point.pk).delete()) == "TR013"
    point.pk, point.number = None, 2
    assert refusal(point.save) == "TR013"


def test_content_cannot_be_moved_to_an_open_dossier(office, paper):
    draft = office.memo()
    editor = Editor.objects.create(dossier=draft, user=office.clerk.person)
    away = "UPDATE workflow_editor SET dossier_id = %s WHERE id = %s"
    assert refused_sql(away, paper.pk, editor.pk) == "TR012"
    sealed = Editor.objects.filter(dossier=paper).first()
    assert refused_sql(away, draft.pk, sealed.pk) == "TR012"


# --- versions ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"content_hash": "0" * 64}, "TR015"),
        ({"number": 3}, "TR016"),
        ({"number": 1}, "TR016"),
        ({"content": b"{}", "content_hash": sha256(b"{}").hex()}, "TR035"),
        ({}, "TR017"),  # sealed by nobody's decision
    ],
)
def test_a_stray_version_is_refused(office, changes, state):
    paper = office.memo_in(State.RETURNED)
    content = bytes(Version.objects.get(dossier=paper).content)
    row = {"number": 2, "content": content, "content_hash": sha256(content).hex()} | changes
    assert refusal(lambda: Version.objects.create(dossier=paper, sealed_at=timezone.now(), **row)) == state


# --- drift ------------------------------------------------------------------------------------------------------------
def test_the_functions_in_the_database_are_the_ones_in_the_code(db):
    """Whoever changes the state machine or a guard, of the engine or the documents, installs it again."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT proname, proconfig, prosrc FROM pg_proc JOIN pg_namespace ON pronamespace = pg_namespace.oid
             WHERE nspname = 'public' AND proname SIMILAR TO '(ledger|workflow|documents)\\_%'
               AND prorettype = 'trigger'::regtype
            """
        )
        installed = {name: (config, body) for name, config, body in cursor.fetchall()}
    written = {}
    sources = guards.functions_sql() + workflow_guards.functions_sql() + documents_guards.INSTALL
    for text in sources.split("CREATE OR REPLACE FUNCTION ")[1:]:
        if "RETURNS trigger" not in text:
            continue
        name, config = text.split("()", 1)[0], ["search_path=pg_catalog, public, pg_temp"]
        zone = ["TimeZone=UTC"] if "SET timezone = 'UTC'" in text else []
        written[name] = (config + zone, text.split("$guard$")[1])
    assert installed == written


def test_every_guard_stands(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'")
        standing = {name for (name,) in cursor.fetchall()}
    meant = {
        line.split(" TRIGGER ")[1].split()[0]
        for line in (guards.triggers_sql() + workflow_guards.triggers_sql()).splitlines()
        if " TRIGGER " in line
    }
    assert len(meant) == 49
    assert meant | {"testapp_memo_frozen"} <= standing


def test_the_legal_steps_are_the_designs(db):
    """Written out by hand: a step added to the machine must be added here on purpose."""
    assert legal_steps() == LEGAL


LEGAL = sorted(
    [
        ("create", "", "draft"),
        ("attach", "draft", "draft"),
        ("attach", "returned", "returned"),
        ("detach", "draft", "draft"),
        ("detach", "returned", "returned"),
        ("answer", "draft", "draft"),
        ("answer", "returned", "returned"),
        ("submit", "draft", "submitted"),
        ("submit", "returned", "submitted"),
        ("recall", "submitted", "draft"),
        ("recall", "unit_approved", "draft"),
        ("approve", "submitted", "unit_approved"),
        ("claim", "unit_approved", "unit_approved"),
        ("review", "unit_approved", "district_reviewed"),
        ("endorse", "district_reviewed", "endorsed"),
        ("hand_back", "district_reviewed", "unit_approved"),
        ("hand_back", "endorsed", "district_reviewed"),
        ("forward", "endorsed", "forwarded"),
        ("record_reply", "forwarded", "forwarded"),
        ("conclude", "district_reviewed", "concluded"),
        ("conclude", "endorsed", "concluded"),
        ("conclude", "forwarded", "concluded"),
        ("return", "submitted", "returned"),
        ("return", "unit_approved", "returned"),
        ("return", "district_reviewed", "returned"),
        ("return", "forwarded", "returned"),
        ("reject", "unit_approved", "rejected"),
        ("reject", "district_reviewed", "rejected"),
        ("withdraw", "draft", "withdrawn"),
        ("withdraw", "submitted", "withdrawn"),
        ("withdraw", "unit_approved", "withdrawn"),
        ("withdraw", "district_reviewed", "withdrawn"),
        ("withdraw", "returned", "withdrawn"),
        ("reopen", "rejected", "draft"),
        ("reopen", "withdrawn", "draft"),
        ("supersede", "endorsed", "superseded"),
        ("supersede", "forwarded", "superseded"),
        ("supersede", "concluded", "superseded"),
    ]
)


def test_an_office_event_follows_the_office_chain(office: Office):
    from ledger.append import append_to_registry

    first = append_to_registry("exported", by=office.clerk, key=uuid4())
    second = append_to_registry("exported", by=office.clerk, key=uuid4())
    assert (first.chain, second.seq, bytes(second.prev_hash)) == (UUID(int=1), first.seq + 1, bytes(first.leaf_hash))
    assert json.loads(second.envelope)["from"] == ""


def test_a_point_that_its_return_does_not_say_is_refused(office):
    memo = office.memo_in(State.RETURNED)
    now_rather_than_at_commit()
    run("SET CONSTRAINTS ALL DEFERRED")
    columns = "dossier_id, event_id, place, place_label, reason, answer"
    added = f"""INSERT INTO workflow_point ({columns}, number, text)
        SELECT {columns}, 2, 'Mã số sai.' FROM workflow_point WHERE dossier_id = %s"""  # noqa: S608 - our own words
    assert refused_sql(added, memo.pk) == "TR037"
