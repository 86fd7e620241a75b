"""Made-up dossiers by the thousand, set by set, in the program's own role with every trigger on; the ledger verifies.

Each copies one report or nomination, under another name, at another unit, and is brought as far as its number says.
Nothing is switched off and nothing is back-dated: the moment of every event is the database's own.
"""

import json
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from accounts.models import Authority, Role, Unit
from benchmarks.made import press, rows, words
from benchmarks.made.copies import Like, Paper
from benchmarks.made.roads import DUE, REPORTS, ROADS, STEPS, road_of
from benchmarks.made.unions import appointed, name_of, opened
from documents.models import AwardNomination, Report
from ledger.append import head_of
from ledger.canonical import sha256
from ledger.envelope import Entry
from tests import factories
from tests.documents.factories import listed
from vietnamese.text import fold
from workflow import return_counts
from workflow.decisions.sealing import WITHDRAWN_CONTENT
from workflow.states import State, Verb

BATCH = 1000
NEAR = 10  # unions that the first thousand lie at, so that their lists are full from the start
DOSSIER = {
    "ref": "uuid", "kind": "text", "unit_id": "bigint", "author_id": "bigint", "subject": "text", "search_text": "text",
    "state": "text", "state_since": "timestamptz", "version": "int", "due_on": "date", "slot": "text",
    "created_at": "timestamptz",
}  # fmt: skip
STANDING = {
    "id": "bigint", "state": "text", "state_since": "timestamptz", "version": "int", "submitter_id": "bigint",
    "handler_id": "bigint",
}  # fmt: skip
VERSION = {
    "dossier_id": "bigint", "number": "int", "content": "bytea", "content_hash": "text", "sealed_at": "timestamptz",
}  # fmt: skip
EVENT = {
    "chain": "uuid", "seq": "int", "prev_hash": "bytea", "leaf_hash": "bytea", "envelope": "bytea",
    "at": "timestamptz", "verb": "text", "unit_id": "bigint", "from_state": "text",
    "to_state": "text", "version": "int", "content_hash": "text", "actor_id": "bigint", "acting_for_id": "bigint",
    "role": "text", "appointment_id": "bigint", "delegation_id": "bigint", "sole_officer": "bool", "facts": "jsonb",
    "key": "uuid",
}  # fmt: skip
POINT = {
    "dossier_id": "bigint", "event_id": "bigint", "number": "int", "place": "text", "place_label": "text",
    "text": "text", "reason": "text", "answer": "text",
}  # fmt: skip
FACTS = {Verb.CONCLUDE: {"decision_no": press.NUMBER}, Verb.WITHDRAW: {WITHDRAWN_CONTENT: press.CONTENT}}


@dataclass
class Crowd:
    """A district over many unions, a drafter and an approver at each, and the papers to copy."""

    district: Unit
    nomination: Like[AwardNomination]
    report: Like[Report]
    officers: dict[Role, Authority]
    delegate: Authority
    unions: list[Unit]
    drafters: list[Authority]
    approvers: list[Authority]
    size: int = 0
    moulds: dict = field(default_factory=dict)
    known: set = field(default_factory=set)  # names the index of names has

    def grow(self, to: int) -> None:
        """Have so many dossiers."""
        for start in range(self.size, to, BATCH):
            self._add([self._paper(number) for number in range(start, min(start + BATCH, to))])
        self.size = max(self.size, to)

    @transaction.atomic
    def _add(self, papers: list[Paper]) -> None:
        moment = head_of(uuid4()).moment
        self._begin(papers, moment)
        self._seal([paper for paper in papers if Verb.SUBMIT in paper.road], 1, moment)
        events = self._walk(papers, moment, to=lambda paper: self._halt(paper))
        self._point_out([paper for paper in papers if paper.points], moment)
        self._seal([paper for paper in papers if paper.answered], 2, moment)
        events += self._walk(papers, moment, to=lambda paper: len(paper.road))
        self._settle(papers, moment)
        words.index(self, papers)
        return_counts.keep(events)

    def _paper(self, number: int) -> Paper:
        """The first are the unions' reports, one each; what follows are nominations."""
        like: Like
        if number < len(self.unions):
            like, place, name = self.report, number, ""
            subject, road = like.paper.subject, road_of(number, REPORTS)
        else:
            like, name = self.nomination, name_of(number)
            place = number % (NEAR if number < BATCH else len(self.unions))
            copied = self.nomination.paper
            subject, road = copied.subject.replace(copied.full_name, name), road_of(number, ROADS)
        due_on = timezone.localdate() + timedelta(days=DUE[number // 3 % len(DUE)])
        return Paper(number, like, place, self.unions[place], name, subject, road, due_on)

    def by(self, paper: Paper, verb: Verb) -> Authority:
        role = STEPS[verb][1]
        if verb == Verb.REVIEW and paper.number % 40 == 3:
            return self.delegate
        if role in self.officers:
            return self.officers[role]
        return (self.drafters if role == Role.DRAFTER else self.approvers)[paper.place]

    # --- what it holds ----------------------------------------------------------------------------------------------
    def _begin(self, papers: list[Paper], moment) -> None:
        """The dossier, its content copied where it lies, and the drafter's hand in it."""
        author = {paper.ref: self.by(paper, Verb.CREATE).person.pk for paper in papers}
        given = [
            (
                paper.ref, paper.kind, paper.unit.pk, author[paper.ref], paper.subject, fold(paper.subject),
                State.DRAFT, moment, 0, paper.due_on, self._slot(paper), moment,
            )
            for paper in papers
        ]  # fmt: skip
        made = dict(rows.insert("workflow_dossier", DOSSIER, given, more="RETURNING ref, id"))
        for paper in papers:
            paper.pk = made[paper.ref]
        for like in (self.report, self.nomination):
            self._copy(like, [paper for paper in papers if paper.like is like])
        hands = {"dossier_id": "bigint", "user_id": "bigint"}
        rows.insert("workflow_editor", hands, [(paper.pk, author[paper.ref]) for paper in papers])

    def _slot(self, paper: Paper) -> str | None:
        return f"report:{self.report.paper.campaign_id}:{paper.unit.pk}" if paper.like is self.report else None

    def _slot_said(self, paper: Paper) -> str:
        """As the event that begins it says it."""
        return sha256(f"{paper.ref} {self._slot(paper)}".encode()).hex()

    def _copy(self, like: Like, papers: list[Paper]) -> None:
        """INSERT … SELECT of the rows of the one that is copied, once for every copy."""
        for table, link, columns in like.tables():
            expressions = ["given.name" if column == "full_name" else f"old.{column}" for column in columns]
            rows.ask(
                f"INSERT INTO {table} ({', '.join([link, *columns])}) SELECT {', '.join(['given.pk', *expressions])}"  # noqa: S608
                f" FROM unnest(%s::bigint[], %s::text[]) AS given (pk, name) JOIN {table} old ON old.{link} = %s",
                [(paper.pk, paper.name) for paper in papers],
                like.paper.pk,
            )

    def _seal(self, papers: list[Paper], number: int, moment) -> None:
        words = {paper.like.words for paper in papers}
        given = [(sha256(wording).hex(), wording) for wording in words]
        rows.insert("workflow_wording", {"digest": "text", "words": "bytea"}, given, more="ON CONFLICT DO NOTHING")
        sealed = []
        for paper in papers:
            content = self._manifest(paper, number)
            paper.sealed.append(sha256(content).hex())
            sealed.append((paper.pk, number, content, paper.sealed[number], moment))
        rows.insert("workflow_version", VERSION, sealed)

    def _manifest(self, paper: Paper, number: int) -> bytes:
        parts = paper.like.sealed["content"]["parts"]
        new = {"general": parts["general"] | {"subject": paper.subject}}
        if paper.name:
            new["field:full_name"] = {"value": paper.name}
        drafter = str(self.by(paper, Verb.CREATE).person.ref)
        seq = paper.road.index(Verb.RETURN) + 1 if number > 1 else 0
        points = [
            {"event": seq, "number": place, "place": point[0], "answer": "", "answered_by": None}
            for place, point in enumerate(paper.points if seq else (), 1)
        ]
        values = {"dossier": str(paper.ref), "number": number, "unit": paper.unit.code, "subject": paper.subject}
        return press.manifest(paper.like.sealed, new, **values, editors=[drafter], points=points)

    # --- the road ---------------------------------------------------------------------------------------------------
    def _halt(self, paper: Paper) -> int:
        """How many steps come before what a return wants has been mended."""
        return paper.road.index(Verb.RETURN) + 1 if paper.points else len(paper.road)

    def _walk(self, papers: list[Paper], moment, *, to) -> list[int]:
        """All steps of all of them, one after another; the events' texts lie beside them."""
        events, openings = [], []
        for paper in papers:
            while paper.seq < to(paper):
                event, texts = self._step(paper, moment)
                events.append(event)
                openings.append((event[-1], texts))
        ids = dict(rows.insert("ledger_event", EVENT, events, more="RETURNING key, id"))
        beside = {"event_id": "bigint", "texts": "jsonb"}
        rows.insert("ledger_opening", beside, [(ids[key], texts) for key, texts in openings])
        return list(ids.values())

    def _step(self, paper: Paper, moment) -> tuple[tuple, str]:
        verb, key, prev = paper.road[paper.seq], uuid4(), paper.leaf
        by, mould, number = self.by(paper, verb), self._mould(paper, verb), f"{paper.number}/QĐ-LĐLĐ"
        version = paper.road[: paper.seq + 1].count(Verb.SUBMIT)
        values = {"chain": str(paper.ref), "key": str(key), "prev": prev.hex(), "content": paper.sealed[version]}
        at, slot = press.timestamp(moment), self._slot_said(paper)
        envelope, paper.leaf, texts = mould.press(unit=paper.unit.code, at=at, number=number, slot=slot, **values)
        paper.seq += 1
        facts = json.dumps(mould.entry.facts, ensure_ascii=False).replace(press.NUMBER, number)
        facts = facts.replace(press.CONTENT, paper.sealed[version]).replace(press.SLOT, slot)
        entry, delegation, absent = mould.entry, by.delegation, by.acting_for
        return (
            paper.ref, paper.seq, prev, paper.leaf, envelope, moment, verb, paper.unit.pk, entry.before,
            entry.after, version, paper.sealed[version], by.person.pk, absent.pk if absent else None,
            by.role, by.appointment.pk, delegation.pk if delegation else None, entry.sole_officer, facts, key,
        ), texts  # fmt: skip

    def _mould(self, paper: Paper, verb: Verb) -> press.Mould:
        by, seq = self.by(paper, verb), paper.seq + 1
        before = STEPS[paper.road[paper.seq - 1]][0] if paper.seq else ""
        version = paper.road[:seq].count(Verb.SUBMIT)
        sole = verb == Verb.APPROVE and paper.number % 50 == 7
        points = [(number, *point) for number, point in enumerate(paper.points if verb == Verb.RETURN else (), 1)]
        begun = {"due_on": paper.due_on.isoformat()} if verb == Verb.CREATE else {}
        begun |= {"slot": press.SLOT} if begun and self._slot(paper) else {}
        same = (verb, by.ref, seq, before, version, sole, paper.kind, *points, *begun.values())
        if same not in self.moulds:
            named = [{"number": n, "place": place, "reason": reason} for n, place, _label, _text, reason in points]
            facts = {"points": named} if points else FACTS.get(verb, begun)
            texts = {f"point.{n}": text for n, _place, _label, text, _reason in points} | {"note": "Đã đối chiếu."}
            texts |= {f"place.{n}": label for n, _place, label, _text, _reason in points}
            entry = Entry(
                chain=press.CHAIN, seq=seq, prev=press.PREV, at=press.MOMENT, verb=verb, by=by, key=press.KEY,
                kind=paper.kind, before=before, after=STEPS[verb][0], version=version, sole_officer=sole, facts=facts,
                content_hash=press.CONTENT if version else "", texts=texts,
            )  # fmt: skip
            self.moulds[same] = press.Mould.of(entry)
        return self.moulds[same]

    def _point_out(self, papers: list[Paper], moment) -> None:
        returned = rows.ask(
            "SELECT chain, id FROM ledger_event WHERE chain = ANY (%s) AND verb = 'return'",
            [(paper.ref,) for paper in papers],
        )
        events, given = dict(returned), []
        for paper in papers:
            for number, point in enumerate(paper.points, 1):
                given.append((paper.pk, events[paper.ref], number, *point, ""))
        rows.insert("workflow_point", POINT, given)

    def _settle(self, papers: list[Paper], moment) -> None:
        """The rows say what their last event says."""
        rows.update("workflow_dossier", STANDING, [self._standing(paper, moment) for paper in papers])

    def _standing(self, paper: Paper, moment) -> tuple:
        drafter = self.by(paper, Verb.SUBMIT).person.pk if Verb.SUBMIT in paper.road else None
        handler = self.officers[Role.REVIEWER].person.pk if paper.road[-1] == Verb.CLAIM else None
        return paper.pk, paper.state, moment, len(paper.sealed) - 1, drafter, handler


@transaction.atomic
def gathered(office, nomination: AwardNomination, unions: int) -> Crowd:
    """A crowd at so many new unions of this office, with nothing of theirs yet."""
    units = opened(office.district, office.school, unions)
    listed(office.campaign.asked, *units)
    officers = {by.role: by for by in (office.reviewer, office.signatory, office.clerk)}
    delegate = factories.person("thay", "Lý Thị Thay")
    factories.lend(office.reviewer.appointment, delegate)
    return Crowd(
        district=office.district,
        nomination=Like.of(nomination),
        report=Like.of(office.full_report()),
        officers=officers,
        delegate=factories.acting(delegate, Role.REVIEWER),
        unions=units,
        drafters=appointed(units, Role.DRAFTER),
        approvers=appointed(units, Role.APPROVER),
    )
