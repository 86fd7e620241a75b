"""A verified point: where every chain ended when all was sound. The auditor keeps it; later only what is newer is read.

The file is the auditor's: nobody with only the database in hand can change it. Its SHA-256 is what to write down.
Which rows are newer, PostgreSQL itself says (`xmin`); which are gone, the number of rows that each dossier had. What
still ran when the point was taken counts as newer, unless it is known to have run in another database of the server.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from audit.verification.stream import rows
from ledger.catalogue.guards import GUARDS
from ledger.envelope import GENESIS, REGISTRY

FORMAT = "trinh-verified-point-1"
MAX_TRIES = 20
FURTHEST = 1 << 30  # transactions: beyond, PostgreSQL's own count of them begins anew

HERE = """
SELECT coalesce(min(xid) FILTER (WHERE datname IS NULL OR datname = current_database()), xmax), xmax,
       (SELECT system_identifier::text FROM pg_control_system()), count(*) FILTER (WHERE xid > 0 AND datname IS NULL)
FROM (SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS xmax) AS here
LEFT JOIN (
    SELECT running::text::bigint AS xid, session.datname FROM pg_snapshot_xip(pg_current_snapshot()) AS running
    LEFT JOIN pg_locks AS lock ON lock.locktype = 'transactionid' AND lock.mode = 'ExclusiveLock'
        AND lock.transactionid = running::xid
    LEFT JOIN pg_stat_activity AS session USING (pid)
) AS placed ON true GROUP BY xmax"""
HEADS = "SELECT DISTINCT ON (chain) chain, seq, leaf_hash FROM ledger_event ORDER BY chain, seq DESC"
LOST = """
SELECT head.chain, head.seq FROM unnest(%s::uuid[], %s::int[], %s::bytea[]) AS head (chain, seq, leaf)
LEFT JOIN ledger_event AS event ON event.chain = head.chain AND event.seq = head.seq
WHERE event.leaf_hash IS DISTINCT FROM head.leaf ORDER BY 1"""

# A version whose words are gone or changed is news of its dossier.
WORDED = ("workflow_version JOIN workflow_wording AS wording ON wording.id = wording_id", "dossier_id")

TOUCHED = """
SELECT event.id FROM ledger_event AS event LEFT JOIN ledger_opening AS opening ON opening.event_id = event.id
WHERE event.chain = %s AND event.seq <= %s AND (age(event.xmin) <= %s OR age(opening.xmin) <= %s) LIMIT 1"""


class ChainEnd(NamedTuple):
    """Where a chain ended, and how many rows there were of it and of its dossier."""

    seq: int
    leaf: bytes
    rows: int


class Here(NamedTuple):
    """How far the database has come, and of how many transactions nobody can tell any more where they ran."""

    xmin: int
    xmax: int
    system: str
    unplaced: int

    @classmethod
    def now(cls) -> "Here":
        with connection.cursor() as cursor:
            cursor.execute(HERE)
            return cls(*cursor.fetchone())

    @classmethod
    def placed(cls) -> "Here":
        """Asked again, outside of any transaction, while something unplaced would have to be read again for nothing."""
        here = cls.now()
        for _another in range(MAX_TRIES):
            if not here.unplaced:
                break
            here = cls.now()
        return here


@dataclass
class VerifiedPoint:
    """Heads by chain, with how far the database had come."""

    system: str
    xmin: int
    heads: dict[UUID, ChainEnd]

    @classmethod
    def of(cls, here: Here) -> "VerifiedPoint":
        """The heads of what is seen, with how far the database had come when one began to look."""
        counts = dict(rows(_counts()))
        return cls(
            here.system, here.xmin, {chain: ChainEnd(seq, leaf, counts[chain]) for chain, seq, leaf in rows(HEADS)}
        )

    @classmethod
    def kept(cls, path: Path) -> "VerifiedPoint":
        """Raises ValueError for a file that is none."""
        first, *lines = path.read_text().splitlines()
        about = json.loads(first)
        if about.pop("format", None) != FORMAT:
            raise ValueError("no verified point")
        heads = {}
        for chain, seq, leaf, count in (line.split() for line in lines):
            heads[UUID(chain)] = ChainEnd(int(seq), bytes.fromhex(leaf), int(count))
        return cls(heads=heads, **about)

    def keep(self, path: Path) -> None:
        path.write_bytes(self.encoded)

    @property
    def encoded(self) -> bytes:
        about = json.dumps({"format": FORMAT, "system": self.system, "xmin": self.xmin})
        lines = [f"{chain} {head.seq} {head.leaf.hex()} {head.rows}" for chain, head in sorted(self.heads.items())]
        return "".join(f"{line}\n" for line in (about, *lines)).encode()

    def __str__(self) -> str:
        events = sum(head.seq for head in self.heads.values())
        return f"{hashlib.sha256(self.encoded).hexdigest()} {events} events in {len(self.heads)} chains"

    @property
    def registry(self) -> ChainEnd:
        return self.heads.get(REGISTRY, ChainEnd(0, GENESIS, 0))

    def lost(self) -> Iterator[str]:
        """Heads that are no longer there as they were."""
        seqs, leaves = ([head[place] for head in self.heads.values()] for place in (0, 1))
        for chain, seq in rows(LOST, [list(self.heads), seqs, leaves]):
            yield f"chain {chain}, event {seq}: is not the one of the verified point"

    def news(self) -> tuple[list[UUID], int]:
        """The chains of which anything is new, changed or gone since, and the event of the registry to read on from.

        Everything where PostgreSQL cannot tell: after another server's restore, or very many transactions.
        """
        here = Here.now()
        passed = here.xmax - self.xmin
        if here.system != self.system or not 0 <= passed < FURTHEST:
            return [chain for (chain,) in rows("SELECT DISTINCT chain FROM ledger_event")], 0
        chains = {chain for (chain,) in rows(_changed(passed))}
        then, now = {chain: head.rows for chain, head in self.heads.items()}, dict(rows(_counts()))
        chains |= {chain for chain in then.keys() | now.keys() if then.get(chain) != now.get(chain)}
        touched = list(rows(TOUCHED, [REGISTRY, self.registry.seq, passed, passed]))
        return sorted(chains), 0 if touched else self.registry.seq


def content() -> list[tuple[str, str]]:
    """(table, column of the dossier) of everything that freezes with it, as the guards say."""
    frozen = re.compile(r"workflow_freeze '(\w+)'")
    columns = {(table, match[1]) for (table, _name), sql in GUARDS.triggers.items() if (match := frozen.search(sql))}
    return sorted(columns)


def _counts() -> str:
    parts = " UNION ALL ".join(f"SELECT {column} AS id FROM {table}" for table, column in [*content(), WORDED])
    return f"""
SELECT chain, sum(number)::int FROM (
    SELECT chain, count(*) AS number FROM ledger_event GROUP BY chain
    UNION ALL
    SELECT ref, part.number FROM workflow_dossier
    JOIN (SELECT id, count(*) AS number FROM ({parts}) AS parts GROUP BY id) AS part USING (id)
) AS counted GROUP BY chain"""


def _changed(passed: int) -> str:
    young = f"age({{}}.xmin) <= {passed}"
    parts = [f"SELECT {column} FROM {table} WHERE {young.format(table)}" for table, column in content()]
    parts.append(f"SELECT {WORDED[1]} FROM {WORDED[0]} WHERE {young.format('wording')}")
    return f"""
SELECT chain FROM ledger_event WHERE {young.format("ledger_event")}
UNION SELECT chain FROM ledger_opening JOIN ledger_event ON ledger_event.id = event_id
      WHERE {young.format("ledger_opening")}
UNION SELECT ref FROM workflow_dossier
      WHERE {young.format("workflow_dossier")} OR id IN ({" UNION ALL ".join(parts)})"""
