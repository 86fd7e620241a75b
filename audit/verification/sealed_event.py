"""One event by itself: do its bytes hash to its leaf, say what its columns say, and commit to what its opening says?"""

import json
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from audit.verification.beside import Beside
from audit.verification.rows import named_rows
from audit.verification.stream import Row
from ledger import shape
from ledger.canonical import commitment, is_canonical, leaf_hash
from ledger.envelope import ROW, VERSION, timestamp
from ledger.shape import MAX_ENVELOPE, MAX_FACTS, MAX_OPENING, Malformed, parsed, shown

MIRROR = json.JSONEncoder(sort_keys=True)  # tells true from 1, as Python's == does not


@dataclass
class Reading:
    """What could be read of an event."""

    faults: list[str]
    facts: object = None
    commitments: dict[str, str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)  # of the opening, where they are as they must be


class Opened(NamedTuple):
    """A text of an opening with the commitment that it and its salt make; both empty where they cannot be read."""

    commitment: str
    text: str


def read(event: Row, beside: Beside) -> Reading:
    reading = Reading([])
    reading.faults.extend(_faults(event, beside, reading))
    return reading


def _faults(event: Row, beside: Beside, reading: Reading) -> Iterator[str]:
    if event.envelope is not None and leaf_hash(event.envelope) != event.leaf_hash:
        yield "the leaf hash is not that of the envelope"
    try:
        reading.facts = parsed(event.facts, MAX_FACTS)
    except Malformed as fault:
        yield f"its facts cannot be read: what is there {fault}"
    opening, unread = _opening(event)
    committed = {name: opened.commitment for name, opened in opening.items()}
    if not _as_sealed(event, beside, reading.facts, committed):
        committed = yield from _envelope(event, beside, reading.facts)
        if committed is None:
            return
    reading.commitments = committed
    yield from unread
    for name, opened in opening.items():
        if committed.get(name) != opened.commitment:
            yield f"the text “{shown(name)}” is not the one committed to"
        elif not name.startswith(ROW):
            reading.words[name] = opened.text


def _opening(event: Row) -> tuple[dict[str, Opened], list[str]]:
    """What each text opens to, and why the opening cannot be read where it cannot."""
    if not event.opened:
        return {}, []
    try:
        texts = parsed(event.texts, MAX_OPENING)
    except Malformed as fault:
        return {}, [f"its opening cannot be read: it {fault}"]
    if not isinstance(texts, dict):
        return {}, ["its opening cannot be read: it is no object"]
    return {name: _opened(pair) for name, pair in texts.items()}, []


def _opened(pair) -> Opened:
    try:
        salt, text = pair
        return Opened(commitment(salt, text), text)
    except (ValueError, TypeError, AttributeError):
        return Opened("", "")


def _as_sealed(event: Row, beside: Beside, facts, texts: dict[str, str]) -> bool:
    """Would sealing the columns anew, with these commitments, give these very bytes? Then nothing of the envelope needs
    a look by itself: it need not even be parsed where the commitments are those of the opening."""
    if not (isinstance(facts, dict) and all(texts.values()) and named_rows(texts) == event.rows):
        return False
    columns = projection(event, beside) | {"v": VERSION, "facts": facts, "texts": texts}
    filled = None not in map(columns.__getitem__, shape.NEVER_NULL)
    return filled and is_canonical(columns, event.envelope) and shape.shallow(columns, event.envelope)


def _envelope(event: Row, beside: Beside, facts) -> Generator[str, None, dict[str, str] | None]:
    """Every way in which an envelope is otherwise; returns its commitments, or None where it is not of version 1."""
    try:
        envelope = parsed(event.envelope, MAX_ENVELOPE)
    except Malformed as fault:
        yield f"the envelope cannot be read: it {fault}"
        return None
    texts = envelope.get("texts") if isinstance(envelope, dict) else None
    if shape.commitments(texts) and _as_sealed(event, beside, facts, texts):
        return texts
    if not is_canonical(envelope, event.envelope):
        yield "the envelope is not canonical"
    if misshapen := list(shape.misshapen(envelope)):
        yield from misshapen
        return None
    yield from _columns(event, beside, facts, envelope)
    return texts


def _columns(event: Row, beside: Beside, facts, envelope: dict) -> Iterator[str]:
    columns = projection(event, beside)
    for name in sorted(columns):
        if columns[name] != envelope[name]:
            yield f"column “{name}” says {shown(repr(columns[name]))}, the envelope {shown(repr(envelope[name]))}"
    if event.facts is not None and MIRROR.encode(facts) != MIRROR.encode(envelope["facts"]):
        yield f"column “facts” says {shown(repr(facts))}, the envelope {shown(repr(envelope['facts']))}"
    if (named := named_rows(envelope["texts"])) != event.rows:
        yield f"column “rows” says {shown(repr(event.rows))}, the envelope {shown(repr(named))}"


def projection(event: Row, beside: Beside) -> dict:
    """The columns of an event, but for its facts, in the envelope's words."""
    known, dossier = beside.known, beside.dossiers.get(event.chain)
    office, delegated = known.offices.get(event.appointment), known.delegations.get(event.delegation)
    return {
        "chain": event.chain,
        "seq": event.seq,
        "prev": event.prev_hash.hex(),
        "at": timestamp(event.at) if event.at else "",
        "verb": event.verb,
        "kind": dossier.kind if dossier else "",
        "unit": known.units.get(event.unit, ""),
        "from": event.from_state,
        "to": event.to_state,
        "version": event.version,
        "content": event.content_hash,
        "actor": known.people.get(event.actor),
        "acting_for": known.people.get(event.acting_for, event.acting_for),  # nobody, or somebody who is not there
        "role": event.role,
        "appointment": office.ref if office else event.appointment,
        "delegation": delegated.ref if delegated else event.delegation,
        "sole_officer": event.sole_officer,
        "key": event.key,
    }
