"""Keeping what search knows: made with a dossier, added to by every event, made anew at will."""

from collections import defaultdict

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db.models import F, TextField, Value
from django.db.models.expressions import CombinedExpression
from django.utils import timezone
from django.utils.translation import override

from accounts.models import Unit, User
from ledger.models import Event
from vietnamese.text import nfc, sort_key
from workflow.models import Dossier, Editor, NameEntry, SearchEntry
from workflow.models.search import Tokens
from workflow.search import tokens

NUMBERED = ("dispatch", "decision_no", "minutes_no", "letter_no", "receipt_no")  # facts that are a paper's number
OUTCOME = "outcome"
TEXTS = ArrayField(TextField())


def index(paper: Dossier) -> None:
    """Make the entry of one dossier anew; `paper` is the child."""
    index_all([paper])


def index_all(papers: list[Dossier]) -> None:
    """The same for many: five statements."""
    people, facts = _people(papers), _facts(papers)
    entries, names = [], []
    for paper in papers:
        terms = paper.search_terms()
        entries.append(_entry(paper, terms, people[paper.pk], facts[paper.pk]))
        names += [name_entry(paper.unit_id, user.full_name, user.pk) for user in people[paper.pk]]
        names += [name_entry(paper.unit_id, name, pk) for name, pk in terms.people if name]
    fields = ["words", "numbers", "names"]
    SearchEntry.objects.bulk_create(entries, update_conflicts=True, unique_fields=["dossier"], update_fields=fields)
    _note(names)


def learn_all(events: list[Event]) -> None:
    """Add what decisions brought, who took each and the numbers it bears: two statements for all that say the same."""
    alike = defaultdict(list)
    for event in events:
        outcome = _text(event.facts, OUTCOME)
        alike[event.actor_id, event.acting_for_id, outcome, *_numbers_of(event.facts)].append(event)
    for some in alike.values():
        _add(some)


def _add(alike: list[Event]) -> None:
    people = [person for person in (alike[0].actor, alike[0].acting_for) if person]
    numbers = _numbers_of(alike[0].facts)
    new = {tokens.person(person.pk) for person in people} | tokens.words(" ".join(numbers))
    new |= tokens.outcome(_text(alike[0].facts, OUTCOME))
    known = " & ".join(map(tokens.quoted, sorted(new)))
    chains = [event.chain for event in alike]
    SearchEntry.objects.filter(dossier__ref__in=chains).exclude(words__holds=known).update(
        words=joined("words", Tokens(new)),
        numbers=joined("numbers", Value(numbers, TEXTS), TEXTS),
    )
    units = {event.unit_id for event in alike}
    _note([name_entry(unit, person.full_name, person.pk) for unit in units for person in people])


def _note(names: list[NameEntry]) -> None:
    """Add those not there yet, in one order for everybody: two transactions may meet the same new names."""
    in_order = sorted(names, key=lambda entry: (entry.unit_id, entry.user_id or 0, entry.name))
    NameEntry.objects.bulk_create(in_order, ignore_conflicts=True)


def joined(field: str, more, output=None) -> CombinedExpression:
    return CombinedExpression(F(field), "||", more, output_field=output or SearchEntry._meta.get_field("words"))


def _people(papers) -> dict[int, list[User]]:
    """Who drafted, submitted and decided each."""
    hands = {paper.pk: {paper.author_id, paper.submitter_id} for paper in papers}
    for dossier, user in Editor.objects.filter(dossier__in=papers).values_list("dossier", "user"):
        hands[dossier].add(user)
    by_chain = {paper.ref: paper.pk for paper in papers}
    events = Event.objects.filter(chain__in=by_chain).order_by()
    for chain, *both in events.values_list("chain", "actor", "acting_for").distinct():
        hands[by_chain[chain]].update(both)
    users = User.objects.only("full_name").in_bulk(set().union(*hands.values()) - {None})
    return {pk: [users[hand] for hand in sorted(some - {None})] for pk, some in hands.items()}


def _facts(papers) -> dict[int, list[dict]]:
    """Those of the events that bear a number or an outcome."""
    bearing = defaultdict(list)
    by_chain = {paper.ref: paper.pk for paper in papers}
    rows = Event.objects.filter(chain__in=by_chain, facts__has_any_keys=[*NUMBERED, OUTCOME]).order_by("pk")
    for chain, facts in rows.values_list("chain", "facts"):
        bearing[by_chain[chain]].append(facts)
    return bearing


def _numbers_of(facts: dict) -> list[str]:
    return [text for name in NUMBERED if (text := _text(facts, name))]


def _text(facts: dict, name: str) -> str:
    """Empty where none is, or where something else stands that none of our forms makes."""
    return text if isinstance(text := facts.get(name), str) else ""


def _entry(paper, terms, people, bearing: list[dict]) -> SearchEntry:
    author = next(person.full_name for person in people if person.pk == paper.author_id)
    numbers = list(dict.fromkeys([*terms.numbers, *(number for facts in bearing for number in _numbers_of(facts))]))
    names = list(dict.fromkeys([*(name for name, _pk in terms.people if name), author]))
    texts = [paper.subject, _kind(paper), *names_of(paper.unit), *numbers, *names, *terms.words]
    marks = {tokens.person(person.pk) for person in people}
    marks |= {tokens.person(pk) if pk else tokens.named(name) for name, pk in terms.people if name}
    marks |= {tokens.year(timezone.localtime(paper.created_at).year)}
    marks |= {tokens.topic(terms.topic)} if terms.topic else set()
    marks |= set().union(*(tokens.outcome(_text(facts, OUTCOME)) for facts in bearing))
    words = Tokens(tokens.words(" ".join(texts)) | marks)
    return SearchEntry(dossier_id=paper.pk, words=words, numbers=numbers, names=names)


def _kind(paper) -> str:
    """What this kind is called, in the office's language whoever writes it."""
    with override(settings.LANGUAGE_CODE):
        return str(paper._meta.verbose_name)


def name_entry(unit_id: int, name: str, user_id: int | None) -> NameEntry:
    name = nfc(name).strip()
    key = sort_key(name)
    return NameEntry(
        unit_id=unit_id, user_id=user_id, name=name, sort_key=key, letter=initial(key), words=Tokens(tokens.words(name))
    )


def initial(key: str) -> str:
    """The letter a sort key begins with: "a~" for Ă."""
    return key[:1] + "~" * (len(key[1:]) - len(key[1:].lstrip("~")))


def names_of(unit: Unit) -> list[str]:
    return [unit.code, unit.name, unit.short_name]
