"""`vietnamese.fold` as a function of the database: what is stored folded and what is asked for folded must agree."""

import sys
import unicodedata

from vietnamese.text import AS_SEARCHED, CLEANING, OUR_MARKS

_EVERY = [chr(point) for point in range(1, sys.maxunicode + 1) if not 0xD800 <= point < 0xE000]


def _class(characters) -> str:
    """A class of a regular expression, as ranges."""
    points = sorted(map(ord, characters))
    ranges: list[list[int]] = []
    for point in points:
        if ranges and ranges[-1][1] == point - 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return "[" + "".join(rf"\U{first:08X}-\U{last:08X}" for first, last in ranges) + "]+"


def _text(characters) -> str:
    """A literal that no editor or terminal changes."""
    return "U&'" + "".join(rf"\+{ord(character):06X}" for character in characters) + "'"


def _translated(expression: str, pairs: dict[str, str]) -> str:
    return f"translate({expression}, {_text(pairs)}, {_text(pairs.values())})"


_INVISIBLE = [chr(point) for point, instead in CLEANING.items() if instead is None and not 0xD800 <= point < 0xE000]
_SPACES = {chr(point): instead for point, instead in CLEANING.items() if instead in (" ", "\n")}
_MARKS = [character for character in _EVERY if unicodedata.category(character) == "Mn"]
_FEW = {"Đ": "d"} | _SPACES | {chr(point): chr(instead) for point, instead in AS_SEARCHED.items()}
_CAPITALS = {
    character: _FEW.get(character.lower(), character.lower())
    for character in _EVERY
    if character > "\x7f" and character.lower() != character == unicodedata.normalize("NFD", character)
}

# In PL/pgSQL, which keeps its plans: as an SQL function every opening sealed would read and plan it anew.
FUNCTION = rf"""
CREATE OR REPLACE FUNCTION vietnamese_folded(words text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $folded$
DECLARE
    apart text := normalize(words, NFD);
    plain text := lower(translate(apart, {_text("Đđ" + OUR_MARKS)}, 'dd') COLLATE "C");
BEGIN
    IF plain !~ '[^\u0009\u000a\u000d\u0020-\u007e]' THEN  -- Vietnamese, and nothing else
        RETURN plain;
    END IF;
    plain := lower(regexp_replace(apart, '{_class(_INVISIBLE + _MARKS)}', '', 'g') COLLATE "C");
    IF plain !~ '[^\u0001-\u00bf\u0110\u0111\u2000-\u206f]' THEN
        RETURN {_translated("plain", _FEW)};
    END IF;
    RETURN {_translated("plain", _CAPITALS | _FEW)};  -- other letters than ours: the long way
END $folded$;
"""
DROP = "DROP FUNCTION vietnamese_folded(text);"
