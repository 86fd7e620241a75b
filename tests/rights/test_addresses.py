"""Each row of the table is tried by everybody; what is not in the table, and what gives the secret away, fails."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client, override_settings
from django.urls import URLPattern, get_resolver

from config import urls
from tests.rights.cast import ACTORS
from tests.rights.groups import SEES
from tests.rights.table import DECISIONS, DOCUMENTS, WORKFLOW, Row
from tests.rights.world import SECRET, World
from workflow.acts import ACTS

ROWS = [*WORKFLOW, *DECISIONS, *DOCUMENTS]
ROOMS = ("workflow", "documents")

# What counts as having done something: reading leaves a line in the access log, and that is meant.
TRACES = """
    SELECT (SELECT count(*) FROM workflow_event), (SELECT count(*) FROM documents_attachment),
           (SELECT md5(string_agg(d::text, '' ORDER BY id)) FROM workflow_dossier d),
           (SELECT md5(string_agg(p::text, '' ORDER BY id)) FROM workflow_point p),
           (SELECT md5(string_agg(a::text, '' ORDER BY id)) FROM accounts_appointment a),
           (SELECT md5(string_agg(d::text, '' ORDER BY id)) FROM accounts_delegation d),
           (SELECT md5(string_agg(u::text, '' ORDER BY id)) FROM accounts_unit u),
           (SELECT md5(string_agg(d::text, '' ORDER BY id)) FROM documents_dispatch d)
"""


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


def tried(row: Row, world, client) -> tuple[str, str]:
    """What is answered, in the words of the table, and the body; then all is as before."""
    address, sent = row.address(world), row.sent(world)
    before = traces()
    with transaction.atomic():
        answer = client.get(address) if row.method == "GET" else client.post(address, sent)
        body = b"".join(answer).decode(errors="replace") if answer.streaming else answer.content.decode()
        changed = "!" if traces() != before else ""
        transaction.set_rollback(True)
    if answer.status_code == 302 and answer.url.startswith("/tai-khoan/login/"):
        return "sign in" + changed, body
    return f"{answer.status_code}{changed}", body


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.label)
def test_address(row, world):
    found = {actor: tried(row, world, world.client(actor)) for actor in ACTORS}
    answers = {actor: answer for actor, (answer, _body) in found.items()}
    assert answers == {actor: row.expected(actor) for actor in ACTORS}
    told = {actor for actor, (_answer, body) in found.items() if SECRET in body}
    if row.shows is None:
        assert told <= SEES
    else:
        assert told == row.shows


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.label)
def test_address_without_a_session(row, world):
    answer, body = tried(row, world, Client())
    assert answer == row.anonymous
    assert SECRET not in body


def addresses(patterns, space=""):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"
        else:
            yield from addresses(pattern.url_patterns, f"{space}{pattern.namespace}:" if pattern.namespace else space)


def test_no_address_is_left_out():
    rooms = {name for name in addresses(get_resolver(urls).url_patterns) if name.partition(":")[0] in ROOMS}
    assert rooms == {row.name for row in ROWS}


def test_no_decision_is_left_out():
    nouns = {row.args.__closure__[0].cell_contents[0] for row in DECISIONS}
    assert nouns == set(ACTS)
