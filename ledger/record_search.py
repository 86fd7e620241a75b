"""Words of the record, found without tone marks; indexed on the openings themselves: what is erased is not found."""

import re
import unicodedata

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import Func

from vietnamese.text import fold, unaddressed

WORD = re.compile(r"[^\W_\u0080-\u00bf]+")  # what `ledger_folded` leaves standing
ZEROS = re.compile(r"0+(?=[0-9])")
MAX_WORDS_PER_SEARCH = 12  # of one search
PERSON, HOLDER, ANYWHERE = "A", "B", ""  # weights: who acted and in what post, for whom, and all that was said

# Every opening sealed passes here: PL/pgSQL keeps its plans, and all is folded at once, a line for each weight.
# Ours are named with their schema, whoever's path is set.
FUNCTIONS = r"""
CREATE OR REPLACE FUNCTION ledger_folded(said text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $folded$
DECLARE
    words text := regexp_replace(
        public.vietnamese_folded(said),
        '[\u0001-\u0009\u000b-\u001f\u0021-\u002f\u003a-\u0060\u007b-\u00bf\u2000-\u206f]+', ' ', 'g');
BEGIN
    IF strpos(words, '0') > 0 THEN
        RETURN regexp_replace(words, '\m0+(?=[0-9])', '', 'g');
    END IF;
    RETURN words;
END $folded$;

CREATE OR REPLACE FUNCTION ledger_said(texts jsonb) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $said$
DECLARE
    person text := concat_ws(' ', texts->'actor'->>1, texts->'post'->>1, texts->'at_unit'->>1);
    holder text := texts->'acting_for'->>1;
    others text := jsonb_path_query_array(
        texts - '{actor,acting_for,post,at_unit}'::text[],
        '$.keyvalue() ? (!(@.key starts with "row.")).value[1]');  -- as JSON: its quotes and brackets are no words
    folded text;
BEGIN
    IF strpos(others, '\') > 0 THEN
        others := regexp_replace(others, '\\(u[0-9a-f]{4}|.)', ' ', 'g');
    END IF;
    folded := public.ledger_folded(concat(
        replace(person, E'\n', ' '), E'\n', left(others, 150000), E'\n', replace(holder, E'\n', ' ')));
    IF holder <> '' THEN
        RETURN setweight(to_tsvector('pg_catalog.simple', split_part(folded, E'\n', 1)), 'A')
            || setweight(to_tsvector('pg_catalog.simple', split_part(folded, E'\n', 3)), 'B')
            || to_tsvector('pg_catalog.simple', split_part(folded, E'\n', 2));
    END IF;
    RETURN setweight(to_tsvector('pg_catalog.simple', split_part(folded, E'\n', 1)), 'A')
        || to_tsvector('pg_catalog.simple', split_part(folded, E'\n', 2));
END $said$;
"""  # a tsvector holds less than a megabyte, whatever a return says
DROP = "DROP FUNCTION ledger_said(jsonb); DROP FUNCTION ledger_folded(text);"


class RecordWords(Func):
    """The words of an opening's texts, as indexed."""

    function = "ledger_said"
    output_field = SearchVectorField()


def query(typed: str, weights: str = ANYWHERE) -> SearchQuery | None:
    """All these words by their beginnings, what is written together standing together; None when there are none."""
    phrases = [_phrase(words(group), weights) for group in unaddressed(typed).split()[:MAX_WORDS_PER_SEARCH]]
    query = " & ".join(phrase for phrase in phrases if phrase)
    return SearchQuery(query, search_type="raw", config="simple") if query else None


def words(text: str) -> list[str]:
    """As `ledger_folded` writes them: 05 is 5."""
    return [ZEROS.sub(_none_in_front, word) for word in WORD.findall(fold(text))]


def _none_in_front(zeros: re.Match[str]) -> str:
    """For PostgreSQL a word begins anew after a numeral such as ①, which Python takes for a part of it."""
    before = zeros.string[zeros.start() - 1 : zeros.start()]
    return zeros[0] if before.isalnum() and unicodedata.category(before) != "No" else ""


def _phrase(group: list[str], weights: str) -> str:
    """A number that something follows is that number: 5/BB is not 56/BB."""
    *first, last = group or [""]
    begun = [f"'{word}':{weights if word.isdecimal() else f'*{weights}'}".rstrip(":") for word in first]
    return " <-> ".join([*begun, f"'{last}':*{weights}"]) if last else ""
