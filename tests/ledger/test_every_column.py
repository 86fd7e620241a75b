"""Whatever column of the record its owner alters, alone and past every guard, the verifier names it."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import Role
from administration.security.changes import set_policy
from audit.verification.rows import recorded_models
from audit.verification.verify import Tally, faults
from documents.attachments.storing import attach
from documents.letters import outgoing
from documents.models import PreviousAward, ReferralOutcome
from ledger.catalogue.findings import guarded
from tests.conftest import as_superuser
from tests.documents.factories import Office, again, listed, png
from tests.factories import answered, lend
from tests.trial import often
from tests.workflow.test_guards import run
from workflow.decisions.back.return_ import return_
from workflow.decisions.onward.approve import approve
from workflow.decisions.onward.claim import claim
from workflow.drafting import editing
from workflow.rights.sharing import share

pytestmark = pytest.mark.django_db(transaction=True)

OTHER_RECORDS = {"accounts_signin", "workflow_accesslog", "testapp_memo"}  # who opened what: docs/limits.md; the tests'
NO_STATEMENT = {
    "accounts_unit.numchild": "treebeard's own count",
    "accounts_user.password": "no act",
    "accounts_user.last_login": "no act",
    "accounts_user.given_password_until": "belongs to the password",
    "accounts_user.sort_key": "orders lists",
    "workflow_dossier.search_text": "finds it",
    "ledger_opening.indexed": "whether search has its words",
}
NUMBERS = {  # of rows that nothing else names
    f"{table}.id"
    for table in (
        *("documents_attachment", "documents_previousaward", "workflow_editor", "workflow_version"),
        *("documents_campaign_asked", "documents_campaign_awards", "documents_campaign_usual_recipients"),
    )
}
COLUMNS = """
SELECT relname::text, own.attname::text, format_type(own.atttypid, NULL), confrelid::regclass::text, other.attname::text
FROM pg_attribute AS own JOIN pg_class ON pg_class.oid = own.attrelid
LEFT JOIN pg_constraint ON conrelid = own.attrelid AND contype = 'f' AND conkey = ARRAY[own.attnum]
LEFT JOIN pg_attribute AS other ON other.attrelid = confrelid AND other.attnum = confkey[1]
WHERE relname = ANY(%s) AND relnamespace = 'public'::regnamespace AND own.attnum > 0 AND NOT own.attisdropped
  AND own.attgenerated = '' ORDER BY 1, own.attnum"""
OTHER = {  # type -> another value of it
    "bigint": "coalesce({column} + 1000003, 1)",
    "integer": "coalesce({column} + 1, 1)",
    "smallint": "coalesce({column} + 1, 1)",
    "numeric": "coalesce({column} + 1, 1)",
    "boolean": "coalesce(NOT {column}, true)",
    "character varying": "CASE {column} WHEN 'x' THEN 'y' ELSE 'x' END",
    "text": "coalesce({column}, '') || 'x'",
    "uuid": "gen_random_uuid()",
    "date": "coalesce({column} + 1, current_date)",
    "timestamp with time zone": "coalesce({column} + interval '1 microsecond', now())",
    "jsonb": """'{{"other": 1}}'""",
    "bytea": "{column} || '\\x00'",
    "character varying[]": "'{{x}}'",
}
ROWS = 60  # tried of a table, till one is named: what a column means may hang on the rest of its row


@pytest.fixture
def office(transactional_db, settings, tmp_path) -> Office:
    """Every table of the record has rows that real acts wrote; what can be sealed is."""
    settings.MEDIA_ROOT = tmp_path
    office = Office()
    office.root = office.officer("goc", Role.ADMINISTRATOR, office.district, "Hồ Văn Gốc")
    office.award_proposed, office.numbers = office.award(), office.series(27)
    listed(office.campaign.awards, office.award_proposed, office.award("BK"))
    listed(office.campaign.usual_recipients, office.party)
    report = office.full_report()
    attach(report, png(), by=office.drafter)
    report = office.submitted(again(report))
    approve(report, by=office.approver, seen=report.seen(), key=uuid4())
    approved = again(report)
    claim(approved, by=office.reviewer, seen=approved.seen(), key=uuid4())
    of_many = {"target": "collective", "official_name": "Tổ 5", "members_total": 9, "female_total": 4}
    office.submitted(office.nomination(office.award_proposed, **of_many))
    person = office.nomination(office.award_proposed, nominee_user=office.clerk.person)
    with editing.edit(person, by=office.drafter):
        PreviousAward.objects.create(nomination=person, year=2020, form="Giấy khen", decision_no="1", decided_by="LĐLĐ")
    sent = office.sent(office.endorsed(again(person)))
    said = {"outcome": ReferralOutcome.AWARDED, "receipt_no": "15/QĐ-QU", "replied_on": timezone.localdate()}
    outgoing.record_reply(sent.referrals.get(recipient=office.party), by=office.clerk, key=uuid4(), **said)
    returned = office.submitted(office.full_report(office.company))
    points = [("general", "Trình bày lại.", "form"), ("section:1", "Nêu rõ.", "unclear")]
    return_(returned, by=office.company_approver, seen=returned.seen(), key=uuid4(), points=points)
    answered(again(returned), "Đã sửa.", 1)
    lend(office.signatory.appointment, office.clerk.person)
    share(approved, person=office.company_approver.person, until=timezone.localdate(), by=office.approver, key=uuid4())
    set_policy(office.school, second_factor=True, step_up=True, by=office.root, key=uuid4())
    assert list(faults(Tally())) == []
    return office


def test_whatever_column_is_altered_alone_is_named(office):
    with as_superuser():
        columns = asked(COLUMNS, sorted({*guarded(), *recorded_models()} - OTHER_RECORDS))
        tried = columns[:: often(2, trial=1)]  # all of them in the trial
        silent = {f"{table}.{column}" for table, column, *about in tried if not named(table, column, *about)}
    names = {f"{table}.{column}" for table, column, *_about in columns}
    assert names >= {*NO_STATEMENT} | NUMBERS
    assert silent == ({*NO_STATEMENT} | NUMBERS) & {f"{table}.{column}" for table, column, *_about in tried}


def named(table: str, column: str, kind: str, to: str | None, key: str | None) -> bool:
    others = [OTHER[kind].format(column=column)]
    if to:  # a row that is there, rather than one that is not
        there = f"(SELECT {{}}({key}) FROM {to} WHERE {key} IS DISTINCT FROM {table}.{column})"  # noqa: S608 - the catalogue's
        others = [there.format("max"), there.format("min"), *others]
    altered, says_nothing = 0, f"{table}.{column}" in {*NO_STATEMENT} | NUMBERS
    rows = often(3, trial=ROWS) if says_nothing else ROWS
    for (row,) in asked(f"SELECT ctid::text FROM {table} ORDER BY ctid LIMIT {rows}"):  # noqa: S608
        for other in others:
            try:
                with transaction.atomic():
                    run("SET LOCAL session_replication_role = replica")  # no trigger fires
                    run(f"UPDATE {table} SET {column} = {other} WHERE ctid = %s", row)  # noqa: S608
                    found = next(faults(Tally()), "")
                    transaction.set_rollback(True)
            except IntegrityError:  # not even its owner can
                continue
            altered += 1
            if found:
                return True
    return not altered


def asked(query: str, *values) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query, values or None)
        return cursor.fetchall()
