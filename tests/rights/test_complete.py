"""An address of the product that is not in the table fails here."""

from django.urls import URLPattern, get_resolver

from config import urls
from tests.addresses import ROOMS
from tests.rights import documents, dossiers, office, own
from workflow.decisions.catalogue import VERB_PAGES


def addresses(patterns, space=""):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"
        else:
            yield from addresses(pattern.url_patterns, f"{space}{pattern.namespace}:" if pattern.namespace else space)


def test_no_address_is_left_out():
    named = {row.name for table in (dossiers, documents, office, own) for row in table.ROWS}
    assert {name for name in addresses(get_resolver(urls).url_patterns) if name.partition(":")[0] in ROOMS} == named


def test_no_decision_is_left_out():
    assert set(VERB_PAGES) == dossiers.NOUNS
