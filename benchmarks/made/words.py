"""What search knows of the made-up dossiers, worked out word by word once and inserted by the thousand."""

from functools import cache

from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from benchmarks.made import rows
from workflow.search import tokens
from workflow.search.index import name_entry, names_of
from workflow.states import Verb

BETWEEN = "\x1f"
ENTRY = {"dossier_id": "bigint", "words": "text", "numbers": "text", "names": "text"}
NAME = {"unit_id": "bigint", "user_id": "bigint", "name": "text", "sort_key": "text", "letter": "text", "words": "text"}


def index(crowd, papers) -> None:
    """As `workflow.search.index.index_all` would."""
    entries, names = [], []
    for paper in papers:
        offices = {crowd.by(paper, verb) for verb in paper.road}
        people = [person for by in offices for person in (by.person, by.acting_for) if person]
        hands = {person.pk: person for person in people}
        entries.append(_entry(paper, hands, crowd.by(paper, Verb.CREATE).person))
        named = [(user.pk, user.full_name) for user in hands.values()] + ([(None, paper.name)] if paper.name else [])
        new = {(paper.unit.pk, *person) for person in named} - crowd.known
        crowd.known |= new
        names += [_name(*one) for one in new]
    lists = f"string_to_array(numbers, '{BETWEEN}'), string_to_array(names, '{BETWEEN}')"
    rows.insert_as("workflow_searchentry", ENTRY, entries, f"dossier_id, {_vector()}, {lists}")
    told = f"unit_id, user_id, name, sort_key, letter, {_vector()}"
    rows.insert_as("workflow_nameentry", NAME, names, told, more="ON CONFLICT DO NOTHING")


def _vector() -> str:
    return f"array_to_tsvector(string_to_array(words, '{BETWEEN}'))"


def _entry(paper, hands: dict, author) -> tuple:
    numbers = [*paper.like.paper.search_terms().numbers]
    numbers += [f"{paper.number}/QĐ-LĐLĐ"] if Verb.CONCLUDE in paper.road else []
    names = [name for name in (paper.name, author.full_name) if name]
    texts = [paper.subject, *names_of(paper.unit), *numbers, *names, *(user.full_name for user in hands.values())]
    marks = {tokens.person(pk) for pk in hands} | ({tokens.named(paper.name)} if paper.name else set())
    terms = _of(" ".join(texts)) | marks | _same(paper.like.paper)
    return paper.pk, BETWEEN.join(terms), BETWEEN.join(numbers), BETWEEN.join(names)


def _of(text: str) -> set[str]:
    return set().union(*map(_word, text.split()))


@cache
def _word(word: str) -> frozenset[str]:
    return frozenset(tokens.words(word))


@cache
def _same(paper) -> frozenset[str]:
    """What all copies are found by."""
    terms = paper.search_terms()
    with override(settings.LANGUAGE_CODE):
        texts = [str(paper._meta.verbose_name), *terms.words]
    return frozenset({*_of(" ".join(texts)), tokens.year(timezone.localdate().year), tokens.topic(terms.topic)})


def _name(unit_id: int, user_id: int | None, name: str) -> tuple:
    key, letter, words = _place(name)
    return unit_id, user_id, name, key, letter, words


@cache
def _place(name: str) -> tuple[str, str, str]:
    entry = name_entry(0, name, None)
    return entry.sort_key, entry.letter, BETWEEN.join(tokens.words(name))
