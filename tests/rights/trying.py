"""One address tried by everybody: what is answered, what is given away, what is changed."""

import html
import io
import zipfile

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client, override_settings

from tests.rights.cast import ACTORS
from tests.rights.groups import SEES
from tests.rights.row import Row
from tests.rights.world import SECRET, World

# What counts as having done something: reading leaves a line in the access log, and that is meant.
TRACED = """
    accounts_appointment accounts_delegation accounts_securitypolicy accounts_unit accounts_user
    documents_attachment documents_dispatch documents_figure documents_referral documents_reportattestation
    documents_reportsection mfa_authenticator workflow_dossier workflow_dossieruserobjectpermission workflow_editor
    ledger_event workflow_mail workflow_notice workflow_noticechoice workflow_point administration_peopleimport
    workflow_version
"""
TRACES = "SELECT " + ", ".join(  # noqa: S608 - our own tables
    f"(SELECT md5(string_agg(t::text, '' ORDER BY id)) FROM {table} t)"  # noqa: S608
    for table in TRACED.split()
)


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


def tried(row: Row, world, client, before) -> tuple[str, str]:
    """What is answered, in the words of the table, and the body; then all is as before."""
    address, sent = row.address(world), row.sent(world)
    with transaction.atomic():
        answer = client.get(address) if row.method == "GET" else client.post(address, sent)
        body = text_of(answer)
        changed = "!" if traces() != before else ""
        transaction.set_rollback(True)
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
    before, wrong, told = traces(), {}, set()
    for actor in ACTORS:
        answer, body = tried(row, world, world.client(actor), before)
        if answer != row.expected(actor):
            wrong[actor] = f"{answer}, not {row.expected(actor)}"
        if SECRET in body:
            told.add(actor)
    assert wrong == {}
    assert told - (SEES if row.shows is None else row.shows) == set(), "the secret is told"
    assert (row.shows or set()) - told == set(), "the secret is kept from those who may read it"


def a_stranger_tries(row: Row, world) -> None:
    answer, body = tried(row, world, Client(), traces())
    assert answer == row.anonymous
    assert SECRET not in body
