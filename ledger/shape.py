"""What an envelope of version 1, its opening and its facts must look like before anybody reads what they say."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, Never

MAX_ENVELOPE = (1 << 16) - 1  # bytes: an entry of a log bundle has two for its length; the longest takes 58,000
MAX_FACTS = 2 * MAX_ENVELOPE  # bytes of the same facts as jsonb prints them, with blanks
MAX_OPENING = 16 << 20  # bytes: the words behind an envelope
MAX_DEPTH = 16  # of arrays and objects in each other

HASH = re.compile(r"[0-9a-f]{64}")


class Malformed(ValueError):
    """Why these bytes cannot be read, in words."""


def parsed(data: bytes | str | None, most: int) -> Any:
    """The JSON value of these bytes. Raises Malformed for whatever a reader could stumble over."""
    if data is None or len(data) > most:
        raise Malformed("is missing or too large")
    try:
        value = READER.decode(data if isinstance(data, str) else data.decode())
    except RecursionError:
        raise Malformed("is nested too deep") from None
    except ValueError:
        raise Malformed("is not JSON") from None
    if not shallow(value, data):
        raise Malformed("is nested too deep")
    return value


def _no_float(literal: str) -> Never:
    raise ValueError(literal)


def _small(literal: str) -> int:
    if len(literal) > 16 or abs(value := int(literal)) >= 1 << 53:
        raise ValueError(literal)
    return value


READER = json.JSONDecoder(parse_float=_no_float, parse_constant=_no_float, parse_int=_small)


def shallow(value: Any, data: bytes | str) -> bool:
    """Is this value, whose JSON this is, within MAX_DEPTH? Level by level, without a call for each."""
    opened = data.count(b"{") + data.count(b"[") if isinstance(data, bytes) else data.count("{") + data.count("[")
    if opened <= MAX_DEPTH:
        return True
    level = [value]
    for _depth in range(MAX_DEPTH + 1):
        within = [list(it.values()) if isinstance(it, dict) else it for it in level if isinstance(it, dict | list)]
        level = [part for parts in within for part in parts]
        if not level:
            return True
    return False


def _number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 31


def commitments(value: Any) -> bool:
    """Field -> commitment of each text?"""
    return isinstance(value, dict) and all(isinstance(it, str) and HASH.fullmatch(it) for it in value.values())


TEXT, TEXT_OR_NULL, NUMBER = ("string",), ("string", "null"), ("number",)
KINDS: dict[str, tuple[str, ...]] = {  # the very keys of version 1, with the kinds of JSON each may be
    "v": NUMBER, "chain": TEXT, "seq": NUMBER, "prev": TEXT, "at": TEXT, "verb": TEXT, "kind": TEXT, "unit": TEXT,
    "from": TEXT, "to": TEXT, "version": NUMBER, "content": TEXT, "actor": TEXT, "acting_for": TEXT_OR_NULL,
    "role": TEXT, "appointment": TEXT_OR_NULL, "delegation": TEXT_OR_NULL, "sole_officer": ("boolean",),
    "facts": ("object",), "texts": ("object",), "key": TEXT,
}  # fmt: skip
NEVER_NULL = tuple(key for key, kinds in KINDS.items() if "null" not in kinds)
IS: dict[str, Callable[[Any], bool]] = {
    "string": lambda value: isinstance(value, str),
    "null": lambda value: value is None,
    "number": _number,
    "boolean": lambda value: isinstance(value, bool),
    "object": lambda value: isinstance(value, dict),
}


def _proper(key: str, value: Any) -> bool:
    if key == "texts":
        return commitments(value)
    return any(IS[kind](value) for kind in KINDS[key]) and (key != "v" or value == 1)


def misshapen(envelope: Any) -> Iterator[str]:
    """Every way in which a parsed envelope is not one of version 1."""
    if not isinstance(envelope, dict):
        yield "the envelope is no object"
        return
    if missing := sorted(KINDS.keys() - envelope.keys()):
        yield f"the envelope lacks {_listed(missing)}"
    if added := sorted(envelope.keys() - KINDS.keys()):
        yield f"the envelope also has {_listed(added)}"
    if wrong := sorted(key for key in KINDS.keys() & envelope.keys() if not _proper(key, envelope[key])):
        yield f"the envelope has no proper value for {_listed(wrong)}"


def _listed(names: list[str]) -> str:
    return shown(", ".join(names))


def shown(value: object) -> str:
    """Anything, short and printable, for a sentence."""
    text = value if isinstance(value, str) else repr(value)
    text = "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text[:200])
    return text if len(text) <= 120 else text[:117] + "…"


def points_of(facts: Any) -> list[tuple[int, str, str]]:
    """(number, place, kind of fault) of each point a return names. Raises Malformed where one cannot be read."""
    points = facts.get("points", []) if isinstance(facts, dict) else None
    if not isinstance(points, list) or not all(map(_is_point, points)):
        raise Malformed("names points that cannot be read")
    return [(point["number"], point["place"], point.get("reason", "")) for point in points]


def _is_point(point: Any) -> bool:
    return (
        isinstance(point, dict)
        and _number(point.get("number"))
        and isinstance(point.get("place"), str)
        and isinstance(point.get("reason", ""), str)
    )
