"""One event by itself: do its bytes hash to its leaf, say what its columns say, and commit to what its opening says?"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from audit.verification.beside import Beside
from audit.verification.rows import named_rows
from audit.verification.stream import Row
from ledger.canonical import commitment, is_canonical, leaf_hash, plain
from ledger.envelope import ROW, VERSION, timestamp
from ledger.shape import MAX_ENVELOPE, MAX_OPENING, Malformed, commitments, misshapen, parsed, shown

MIRROR = json.JSONEncoder(sort_keys=True)  # tells true from 1, as Python's == does not


@dataclass
class Reading:
    """What could be read of an event."""

    faults: list[str]
    facts: object = None
    commitments: dict[str, str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)  # of the opening, where they are as they must be


def read(event: Row, beside: Beside) -> Reading:
    reading = Reading([])
    reading.faults.extend(_faults(event, beside, reading))
    return reading


def _faults(event: Row, beside: Beside, reading: Reading) -> Iterator[str]:
    if event.envelope is not None and leaf_hash(event.envelope) != event.leaf_hash:
        yield "the leaf hash is not that of the envelope"
    try:
        reading.facts = parsed(event.facts, MAX_ENVELOPE)
    except Malformed as fault:
        yield f"its facts cannot be read: what is there {fault}"
    try:
        said = parsed(event.envelope, MAX_ENVELOPE)
    except Malformed as fault:
        yield f"the envelope cannot be read: it {fault}"
        return
    if not _as_sealed(event, beside, reading, said):
        if not is_canonical(said, event.envelope):
            yield "the envelope is not canonical"
        if misshape := list(misshapen(said)):
            yield from misshape
            return
        yield from _columns(event, beside, reading, said)
    reading.commitments = said["texts"]
    yield from _opening(event, reading)


def _as_sealed(event: Row, beside: Beside, reading: Reading, said) -> bool:
    """Would sealing the columns anew give these very bytes? Then nothing of the envelope needs a look by itself."""
    texts = said.get("texts") if isinstance(said, dict) else None
    if not commitments(texts) or not event.envelope.isascii() or named_rows(texts) != event.rows:
        return False
    columns = projection(event, beside) | {"v": VERSION, "facts": reading.facts, "texts": texts}
    return isinstance(reading.facts, dict) and plain(columns) == event.envelope


def _columns(event: Row, beside: Beside, reading: Reading, said: dict) -> Iterator[str]:
    columns = projection(event, beside)
    for name in sorted(columns):
        if columns[name] != said[name]:
            yield f"column “{name}” says {shown(repr(columns[name]))}, the envelope {shown(repr(said[name]))}"
    if event.facts is not None and MIRROR.encode(reading.facts) != MIRROR.encode(said["facts"]):
        yield f"column “facts” says {shown(repr(reading.facts))}, the envelope {shown(repr(said['facts']))}"
    if named_rows(said["texts"]) != event.rows:
        named = named_rows(said["texts"])
        yield f"column “rows” says {shown(repr(event.rows))}, the envelope {shown(repr(named))}"


def _opening(event: Row, reading: Reading) -> Iterator[str]:
    if not event.opened:
        return
    try:
        texts = parsed(event.texts, MAX_OPENING)
    except Malformed as fault:
        yield f"its opening cannot be read: it {fault}"
        return
    if not isinstance(texts, dict):
        yield "its opening cannot be read: it is no object"
        return
    for name, opened in texts.items():
        text = _opened(opened, reading.commitments.get(name))
        if text is None:
            yield f"the text “{shown(name)}” is not the one committed to"
        elif not name.startswith(ROW):
            reading.words[name] = text


def _opened(opened, committed: str | None) -> str | None:
    """The text, when salt and text are what was committed to."""
    try:
        salt, text = opened
        return text if commitment(bytes.fromhex(salt), text) == committed else None
    except (ValueError, TypeError, AttributeError):
        return None


def projection(event: Row, beside: Beside) -> dict:
    """The columns of an event, but for its facts, in the envelope's words."""
    known, dossier = beside.known, beside.dossiers.get(event.chain)
    office, delegated = known.offices.get(event.appointment), known.delegations.get(event.delegation)
    return {
        "chain": str(event.chain),
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
        "acting_for": known.people.get(event.acting_for),
        "role": event.role,
        "appointment": office.ref if office else None,
        "delegation": delegated.ref if delegated else None,
        "sole_officer": event.sole_officer,
        "key": str(event.key),
    }
