"""One address tried by everybody: what is answered, what is given away, what is changed."""

import html
import io
import zipfile

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection, transaction
from django.test import override_settings

from tests.rights.cast import ACTORS
from tests.rights.groups import SEES
from tests.rights.row import Row
from tests.rights.world import SECRET, Browser, World

# What counts as having done something: reading leaves a line in the access log, and that is meant.
TRACED = """
    accounts_appointment accounts_delegation accounts_securitypolicy accounts_unit accounts_user
    documents_attachment documents_dispatch documents_figure documents_referral documents_reportattestation
    documents_reportsection mfa_authenticator workflow_dossier workflow_dossieruserobjectpermission workflow_editor
    ledger_event workflow_mail workflow_notice workflow_noticechoice workflow_point administration_peopleimport
    workflow_version
"""
TRACES = "SELECT " + ", ".join(  # noqa: S608 - our own tables
    f"(SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM {table} t)"  # noqa: S608
    for table in TRACED.split()
)
# How many rows of them this transaction has written so far, whether or not that was taken back.
WRITTEN = """
SELECT sum(pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid)
           + pg_stat_get_xact_tuples_deleted(oid)) FROM unnest(%s::regclass[]) AS oid"""


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """Made once; whatever a request does to it is undone after its answer has been looked at."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("files")):
        with django_db_blocker.unblock():
            outer = transaction.atomic()
            outer.__enter__()
            ContentType.objects.clear_cache()
            made = World()
        yield made
        with django_db_blocker.unblock():
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)
            cache.clear()


@pytest.fixture(autouse=True)
def at_the_database(world, django_db_blocker):
    """The transaction is the world's, so these tests open none of their own."""
    with django_db_blocker.unblock():
        yield


def traces() -> tuple:
    with connection.cursor() as cursor:
        cursor.execute(TRACES)
        return cursor.fetchone()


def written() -> int:
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN, [TRACED.split()])
        return cursor.fetchone()[0]


class Attempt:
    """One address, with what is sent there, and how everything stood before anybody tried it."""

    def __init__(self, row: Row, world: World):
        self.row, self.address, self.sent, self.before = row, row.address(world), row.sent(world), traces()

    def by(self, client: Browser) -> tuple[str, str]:
        """What is answered, in the words of the table, and the body; then all is as before."""
        with transaction.atomic():
            so_far = written()
            answer = client.get(self.address) if self.row.method == "GET" else client.post(self.address, self.sent)
            body = text_of(answer)
            changed = "!" if written() != so_far and traces() != self.before else ""
            transaction.set_rollback(True)
        client.cookies.pop("messages", None)  # what it was told of one act would stand on whatever page it opens next
        if answer.status_code == 302 and answer.url.startswith("/tai-khoan/login/"):
            return "sign in" + changed, body
        return f"{answer.status_code}{changed}", body


def text_of(answer) -> str:
    """The body as a reader would have it; a workbook's parts unpacked."""
    body = b"".join(answer) if answer.streaming else answer.content
    if not body.startswith(b"PK"):
        return body.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(body)) as package:
        return html.unescape("".join(package.read(name).decode(errors="replace") for name in package.namelist()))


def everybody_tries(row: Row, world) -> None:
    attempt, wrong, told = Attempt(row, world), {}, set()
    for actor in ACTORS:
        answer, body = attempt.by(world.client(actor))
        if answer != row.expected(actor):
            wrong[actor] = f"{answer}, not {row.expected(actor)}"
        if SECRET in body:
            told.add(actor)
    assert wrong == {}
    assert told - (SEES if row.shows is None else row.shows) == set(), "the secret is told"
    assert (row.shows or set()) - told == set(), "the secret is kept from those who may read it"


def a_stranger_tries(row: Row, world) -> None:
    answer, body = Attempt(row, world).by(Browser())
    assert answer == row.anonymous
    assert SECRET not in body
