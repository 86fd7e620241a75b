"""Envelopes and manifests pressed by the thousand: one is sealed the real way, the others differ in what is named here.

The verifier reads every one of them afterwards, byte by byte.
"""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

from ledger.canonical import commitment, leaf_hash
from ledger.envelope import Entry, new_salt, timestamp

CHAIN, KEY, PREV = UUID(int=1), UUID(int=2), b"\x01" * 32
MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
CONTENT, UNIT, NUMBER, SLOT = "content!", "unit!", "number!", "slot!"


@dataclass
class Mould:
    """The envelope of one kind of step with a gap wherever two of them differ."""

    entry: Entry
    gaps: str
    texts: dict[str, str]

    @classmethod
    def of(cls, entry: Entry) -> "Mould":
        entry = replace(entry, chain=CHAIN, key=KEY, prev=PREV, at=MOMENT, unit=UNIT)
        openings = entry.openings()
        texts = {name: text for name, (_salt, text) in openings.items()}
        template = entry.seal(openings).decode().replace("%", "%%")
        marks = {"chain": CHAIN, "key": KEY, "prev": PREV.hex(), "at": timestamp(MOMENT), "content": CONTENT}
        marks |= {"unit": UNIT, "number": NUMBER, "slot": SLOT}
        marks |= {name: commitment(salt, text) for name, (salt, text) in openings.items()}
        for name, mark in marks.items():
            template = template.replace(str(mark), f"%({name})s")
        return cls(entry, template, texts)

    def press(self, **values: str) -> tuple[bytes, bytes, str]:
        """(envelope, leaf hash, texts with a salt each) of one more such step."""
        salts = {name: new_salt() for name in self.texts}
        openings = {name: [salts[name], text] for name, text in self.texts.items()}
        words = {name: commitment(salts[name], text) for name, text in self.texts.items()}
        envelope = (self.gaps % (values | words)).encode()
        return envelope, leaf_hash(envelope), json.dumps(openings, ensure_ascii=False)


def quick(value) -> bytes:
    """RFC 8785 of what holds no floats and only ASCII keys."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def manifest(like: dict, parts: dict, **values) -> bytes:
    """The sealed manifest of a paper that differs from another in these parts."""
    content = like["content"] | {"parts": like["content"]["parts"] | parts}
    return quick(like | values | {"content": content})
