"""What events are checked against: people, units and offices at hand, and the dossiers of some chains together."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from audit.verification.manifest import manifest
from audit.verification.stream import REGISTRY, Row, bounded, dated, rows
from ledger.canonical import sha256
from workflow.guards.standing import BEGINNING
from workflow.states import Verb

MAX_CONTENT = 64 << 20  # bytes of one sealed version


class Office(NamedTuple):
    """An appointment as its row says."""

    ref: str
    holder: int
    unit: int
    role: str
    starts_on: date | None
    ends_on: date | None
    ended_at: datetime | None


class DelegationRow(NamedTuple):
    """A delegation as its row says."""

    ref: str
    appointment: int
    delegate: int
    starts_on: date | None
    ends_on: date | None
    ended_at: datetime | None


IN_FORCE = f"{dated('starts_on')}, {dated('ends_on')}, {dated('ended_at')}"
OFFICES = f"SELECT id, ref::text, user_id, unit_id, role, {IN_FORCE} FROM accounts_appointment"
WORDINGS = f"SELECT id, digest, {bounded('words', MAX_CONTENT)} FROM workflow_wording"
DELEGATIONS = f"SELECT id, ref::text, appointment_id, delegate_id, {IN_FORCE} FROM accounts_delegation"


@dataclass
class Known:
    """Five tables small enough for memory: a federation has thousands of officers, not millions."""

    people: dict[int, str] = field(default_factory=dict)  # pk -> public ref
    units: dict[int, str] = field(default_factory=dict)  # pk -> code
    offices: dict[int, Office] = field(default_factory=dict)
    delegations: dict[int, DelegationRow] = field(default_factory=dict)
    wordings: dict[int, tuple[str, str]] = field(default_factory=dict)  # pk -> digest as it says and as it is

    @classmethod
    def now(cls) -> "Known":
        return cls(
            dict(rows("SELECT id, ref::text FROM accounts_user")),
            dict(rows("SELECT id, code FROM accounts_unit")),
            {pk: Office(*office) for pk, *office in rows(OFFICES)},
            {pk: DelegationRow(*delegated) for pk, *delegated in rows(DELEGATIONS)},
            {pk: (digest, sha256(words or b"").hex()) for pk, digest, words in rows(WORDINGS)},
        )


class Sealed(NamedTuple):
    """What is kept of a version once its bytes were read."""

    number: int
    content_hash: str
    digest: str  # of the bytes, where they could be read
    sealed_at: datetime | None
    manifest: dict  # editors, nominees, files and the words named, as far as they can be read
    wording: tuple[str, str] | None  # digest as the words beside it say and as it is; None where there are none


class DossierRow(NamedTuple):
    """A dossier's row."""

    pk: int
    ref: str
    kind: str
    unit: int
    author: int
    submitter: int | None
    state: str
    state_since: datetime | None
    version: int
    created_at: datetime | None
    beginning: str  # facts
    handler: int | None


DOSSIERS = f"""
SELECT id, ref::text, kind, unit_id, author_id, submitter_id, state, {dated("state_since")}, version,
       {dated("created_at")}, {BEGINNING}::text, handler_id
FROM workflow_dossier AS dossier WHERE ref = ANY(%s::uuid[])"""
VERSIONS = f"""
SELECT dossier_id, number, content_hash, {dated("sealed_at")}, {bounded("content", MAX_CONTENT)}, wording_id
FROM workflow_version WHERE dossier_id = ANY(%s) ORDER BY dossier_id, number"""
POINTS = """
SELECT event_id, dossier_id, number, place, reason, text, place_label FROM workflow_point
WHERE event_id = ANY(%s) ORDER BY event_id, number"""


class Beside:
    """The dossiers, versions and points that a batch of events speaks of: three questions."""

    def __init__(self, known: Known, events: list[Row]):
        self.known = known
        chains = list({event.chain for event in events} - {REGISTRY})
        self.dossiers = {dossier.ref: dossier for dossier in map(DossierRow._make, rows(DOSSIERS, [chains]))}
        self.versions: dict[int, list[Sealed]] = {dossier.pk: [] for dossier in self.dossiers.values()}
        for pk, number, content_hash, sealed_at, content, wording in rows(VERSIONS, [list(self.versions)]):
            digest = sha256(content).hex() if content is not None else ""
            words = known.wordings.get(wording)
            self.versions[pk].append(Sealed(number, content_hash, digest, sealed_at, manifest(content), words))
        returns = [event.pk for event in events if event.verb == Verb.RETURN]
        self.points: dict[int, list[tuple]] = {pk: [] for pk in returns}
        for pk, *point in rows(POINTS, [returns]):
            self.points[pk].append(tuple(point))

    def sealed(self, dossier: DossierRow, number: int) -> Sealed | None:
        return next((sealed for sealed in self.versions[dossier.pk] if sealed.number == number), None)
