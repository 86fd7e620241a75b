"""Events found by their facts: the number of a paper, the words of an outcome. No index is written with an event:
the dossiers are found by what search knows of them, and of their events those that say it."""

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import F, Func, Q, QuerySet, Value
from django.db.models.expressions import CombinedExpression
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce

from ledger.models import Event
from ledger.record_search import RecordWords
from workflow.kinds import kinds
from workflow.models import Dossier, SearchEntry
from workflow.search.index import NUMBERED, OUTCOME
from workflow.search.tokens import MIN_BEGINNING_CHARACTERS, Question, outcome, quoted

SHOWN = (*NUMBERED, "symbol", OUTCOME)


def matching(typed: str, terms: SearchQuery) -> list[QuerySet[Event]]:
    """Events whose facts, with the words said, hold what was typed; none where no dossier is known by it."""
    question = Question.of(typed)
    codes = _codes(question)
    numbers = [_begun(word) for word in question.folded if any(letter.isdigit() for letter in word)]
    outcomes = [" & ".join(_begun(f"!{word}") for word in question.folded)]
    outcomes += [quoted(token) for code in codes for token in outcome(code)]
    known = " | ".join(f"({mark})" for mark in [*numbers, *outcomes] if mark)
    if not known or not SearchEntry.objects.filter(words__holds=known).exists():
        return []
    chains = Dossier.objects.filter(search_entry__words__holds=known).order_by().values("ref")
    events = Event.objects.filter(facts__has_any_keys=SHOWN).order_by().values("pk")
    said = events.alias(said=_said()).filter(Q(facts__outcome__in=codes) | Q(said=terms))
    return [said.filter(chain__in=chains), said.filter(verb="dispatched")]


def _codes(question: Question) -> set[str]:
    """The outcomes that a kind of paper calls by these words."""
    called = {code: str(label) for model in kinds().values() for code, label in model.outcomes.items()}
    return {
        code
        for code, label in called.items()
        if question and all(Question.of(word).fits(label) for word in question.folded)
    }


def _begun(token: str) -> str:
    return quoted(token, begins=len(token.lstrip("!")) >= MIN_BEGINNING_CHARACTERS)


def _said() -> CombinedExpression:
    """As `ledger_said` would have it, were facts among the texts."""
    facts = Func(Value(" "), *(KT(f"facts__{name}") for name in SHOWN), function="concat_ws")
    words = Func(
        Func(facts, function="ledger_folded"),
        template="to_tsvector('pg_catalog.simple', %(expressions)s)",
        output_field=SearchVectorField(),
    )
    texts = Coalesce(RecordWords(F("opening__texts")), Value("", SearchVectorField()))
    return CombinedExpression(texts, "||", words, output_field=SearchVectorField())
