"""What an event says, version 1: fixed keys, no floats, people by public ref, names and free text as commitments."""

import os
from base64 import b64encode
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from accounts.models import Authority
from ledger.canonical import SALT_BYTES, canonical, commitment
from vietnamese.text import nfc

VERSION = 1
GENESIS = b"\x00" * 32
REGISTRY = UUID("00000000-0000-0000-0000-000000000001")  # the chain of events about no dossier
Facts = dict[str, Any]  # what an event says openly, as JSON
ROW = "row."  # how an opening calls what it says of a row: this and the row's name


def timestamp(moment: datetime) -> str:
    """RFC 3339 in UTC with microseconds."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def new_salt() -> str:
    """In base64, which takes a third less room than hexadecimal in the largest table but one."""
    return b64encode(os.urandom(SALT_BYTES)).decode()


def names_of(by: Authority) -> dict[str, str]:
    """Who acted and out of which post of their own; of a delegate, for whom, and that person's post and unit."""
    names = {"actor": by.person.full_name, "post": by.post, "at_unit": by.at.name if by.at else ""}
    if by.acting_for:
        names |= {
            "acting_for": by.acting_for.full_name,
            "holder_post": by.holder_post,
            "holder_unit": by.unit.name,
        }
    return names


@dataclass(frozen=True)
class Entry:
    """One event about to be sealed; `texts` are the names and words to commit to."""

    chain: UUID
    seq: int
    prev: bytes
    at: datetime
    verb: str
    by: Authority
    key: UUID
    kind: str = ""
    unit: str = ""  # the unit's code
    before: str = ""
    after: str = ""
    version: int = 0
    content_hash: str = ""
    sole_officer: bool = False
    facts: Facts = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    rows: dict[str, str] = field(default_factory=dict)  # row name -> the row as it then stood

    def openings(self) -> dict[str, list[str]]:
        """Field -> [salt, text] with a fresh salt each; empty texts are left out."""
        names_and_texts = names_of(self.by) | self.texts
        words = {name: nfc(text) for name, text in names_and_texts.items() if text}
        words |= {ROW + name: text for name, text in self.rows.items()}  # letter for letter, as the database has it
        return {name: [new_salt(), text] for name, text in words.items()}

    def seal(self, openings: dict[str, list[str]]) -> bytes:
        """The exact bytes of the envelope."""
        delegation = self.by.delegation
        return canonical(
            {
                "v": VERSION,
                "chain": str(self.chain),
                "seq": self.seq,
                "prev": self.prev.hex(),
                "at": timestamp(self.at),
                "verb": str(self.verb),
                "kind": self.kind,
                "unit": self.unit,
                "from": str(self.before),
                "to": str(self.after),
                "version": self.version,
                "content": self.content_hash,
                "actor": str(self.by.person.ref),
                "acting_for": str(self.by.acting_for.ref) if self.by.acting_for else None,
                "role": str(self.by.role),
                "appointment": str(self.by.appointment.ref),
                "delegation": str(delegation.ref) if delegation else None,
                "sole_officer": self.sole_officer,
                "facts": self.facts,
                "texts": {name: commitment(salt, text) for name, (salt, text) in openings.items()},
                "key": str(self.key),
            }
        )
