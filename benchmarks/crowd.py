"""Made-up dossiers by the thousand, set by set, in the program's own role with every trigger on; the ledger verifies.

Each copies one nomination that went the real way, under another name, at another unit, and is brought as far as its
number says. Nothing is switched off and nothing is back-dated: the moment of every event is the database's own.
"""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from uuid import uuid4

from django.db import connection, transaction
from django.db.models import F

from accounts.authority import Authority, authorities
from accounts.models import Appointment, Role, Unit, User
from accounts.vietnamese import fold, sort_key
from documents.models import AwardNomination
from workflow.ledger.append import append_each, head_of
from workflow.ledger.canonical import canonical, sha256
from workflow.ledger.envelope import GENESIS, Entry
from workflow.ledger.sealing import sealed_content
from workflow.models import Dossier, Editor, Version
from workflow.search.index import index_all
from workflow.states import State, Verb

BATCH = 1000
KIND = AwardNomination._meta.label_lower
STEPS = {  # verb: where it leads, whose hand
    Verb.CREATE: (State.DRAFT, Role.DRAFTER),
    Verb.SUBMIT: (State.SUBMITTED, Role.DRAFTER),
    Verb.APPROVE: (State.UNIT_APPROVED, Role.APPROVER),
    Verb.REVIEW: (State.DISTRICT_REVIEWED, Role.REVIEWER),
    Verb.ENDORSE: (State.ENDORSED, Role.SIGNATORY),
    Verb.CONCLUDE: (State.CONCLUDED, Role.CLERK),
    Verb.REJECT: (State.REJECTED, Role.REVIEWER),
    Verb.WITHDRAW: (State.WITHDRAWN, Role.APPROVER),
}
STRAIGHT = [Verb.CREATE, Verb.SUBMIT, Verb.APPROVE, Verb.REVIEW, Verb.ENDORSE, Verb.CONCLUDE]
ROADS = [  # one in twenty each: most are done with, as in an office of some years
    *[STRAIGHT] * 10,
    *[STRAIGHT[:5]] * 2,
    STRAIGHT[:4],
    *[STRAIGHT[:3]] * 2,
    STRAIGHT[:2],
    STRAIGHT[:1],
    [*STRAIGHT[:3], Verb.REJECT],
    [*STRAIGHT[:3], Verb.REJECT],
    [*STRAIGHT[:2], Verb.WITHDRAW],
]
GIVEN = ["An", "Ánh", "Ân", "Bình", "Cường", "Dũng", "Đạt", "Giang", "Hà", "Hoà", "Ích", "Khoa", "Lan", "Mỹ", "Ngà",
         "Oanh", "Ơn", "Phúc", "Quý", "Sáu", "Thuỷ", "Uyên", "Ước", "Vân", "Xuân", "Yến"]  # fmt: skip
FAMILY = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Đặng", "Bùi", "Đỗ", "Ngô", "Dương", "Ông", "Vũ", "Đinh"]
MIDDLE = ["Thị", "Văn", "Hữu", "Ngọc", "Thị Kim", "Đức", "Xuân", "Minh"]


def name_of(number: int) -> str:
    """One of some thousand names, the same for the same number."""
    family, middle = FAMILY[number % len(FAMILY)], MIDDLE[number // len(FAMILY) % len(MIDDLE)]
    return f"{family} {middle} {GIVEN[number * 7 % len(GIVEN)]}"


@dataclass
class Crowd:
    """A district over many unions, a drafter and an approver at each, and a nomination to copy."""

    district: Unit
    template: AwardNomination
    officers: dict[Role, Authority]
    unions: list[Unit]
    drafters: list[Authority]
    approvers: list[Authority]
    size: int = 0

    def grow(self, to: int) -> None:
        """Have so many dossiers."""
        for start in range(self.size, to, BATCH):
            self._add(range(start, min(start + BATCH, to)))
        self.size = max(self.size, to)

    @transaction.atomic
    def _add(self, numbers: range) -> None:
        papers = [self._paper(number) for number in numbers]
        Dossier.objects.bulk_create([paper.row for paper in papers])
        for paper in papers:
            paper.id = paper.dossier_ptr_id = paper.row.pk
        self._copy_content(papers)
        hands = [Editor(dossier_id=paper.pk, user=self._by(paper.number, Role.DRAFTER).person) for paper in papers]
        Editor.objects.bulk_create(hands)
        moment = head_of(uuid4()).moment
        self._walk(papers, moment)
        self._settle(papers, moment)
        index_all(papers)

    def _paper(self, number: int) -> AwardNomination:
        """The copy in memory, its dossier beside it; neither saved yet."""
        unit, name = self.unions[number % len(self.unions)], f"{name_of(number)} {number}"
        subject = self.template.subject.replace(self.template.full_name, name)
        values = {"ref": uuid4(), "kind": KIND, "unit": unit, "subject": subject, "due_on": self.template.due_on}
        paper = copy.copy(self.template)
        paper.__dict__.pop("parts", None)
        paper.full_name, paper.number, paper.leaf = name, number, GENESIS
        author = self._by(number, Role.DRAFTER).person
        paper.row = Dossier(author=author, search_text=fold(subject), **values)
        for field, value in (values | {"author": author}).items():
            setattr(paper, field, value)
        paper.__dict__["situation"] = SimpleNamespace(editors={author.pk: author.ref}, points=())
        return paper

    def _by(self, number: int, role: Role) -> Authority:
        at_the_union = {Role.DRAFTER: self.drafters, Role.APPROVER: self.approvers}.get(role)
        return at_the_union[number % len(self.unions)] if at_the_union else self.officers[role]

    def _copy_content(self, papers: list[AwardNomination]) -> None:
        """INSERT … SELECT of the template's own row, once for every new dossier, each under its own name."""
        table, quote = AwardNomination._meta.db_table, connection.ops.quote_name
        own = [quote(field.column) for field in AwardNomination._meta.local_concrete_fields]
        said = [{'"dossier_ptr_id"': "new.pk", '"full_name"': "new.name"}.get(name, f"old.{name}") for name in own]
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} ({', '.join(own)}) SELECT {', '.join(said)} FROM {table} old"  # noqa: S608
                " JOIN unnest(%s::bigint[], %s::text[]) AS new (pk, name) ON old.dossier_ptr_id = %s",
                [[paper.pk for paper in papers], [paper.full_name for paper in papers], self.template.pk],
            )

    def _walk(self, papers, moment) -> None:
        """One step of all that take it after another; a version is sealed before the event that submits it."""
        for seq in range(1, len(STRAIGHT) + 1):
            for verb in STEPS:
                steppers = [paper for paper in papers if self._road(paper)[seq - 1 : seq] == [verb]]
                if verb == Verb.SUBMIT:
                    Version.objects.bulk_create(self._sealed(steppers, moment))
                self._append(steppers, seq, verb, moment)

    def _road(self, paper) -> list[Verb]:
        return ROADS[(paper.number * 7 + paper.number // len(ROADS)) % len(ROADS)]

    def _sealed(self, papers, moment) -> Iterator[Version]:
        for paper in papers:
            content = canonical(sealed_content(paper, 1))
            paper.sealed = sha256(content).hex()
            yield Version(dossier_id=paper.pk, number=1, content=content, content_hash=paper.sealed, sealed_at=moment)

    def _append(self, papers, seq: int, verb: Verb, moment) -> None:
        state, role = STEPS[verb]
        entries = []
        for paper in papers:
            before = STEPS[self._road(paper)[seq - 2]][0] if seq > 1 else ""
            entries.append(
                (
                    Entry(
                        chain=paper.ref,
                        seq=seq,
                        prev=paper.leaf,
                        at=moment,
                        verb=verb,
                        by=self._by(paper.number, role),
                        key=uuid4(),
                        kind=KIND,
                        unit=paper.unit.code,
                        before=before,
                        after=state,
                        version=int(seq > 1),
                        content_hash=paper.sealed if seq > 1 else "",
                        texts={"note": f"Ghi chú {paper.number}"},
                    ),
                    paper.row,
                )
            )
        for paper, event in zip(papers, append_each(entries), strict=True):
            paper.leaf = event.leaf_hash

    def _settle(self, papers, moment) -> None:
        """The rows say what their last event says."""
        for state in State:
            here = [paper for paper in papers if STEPS[self._road(paper)[-1]][0] == state]
            rows = Dossier.objects.filter(pk__in=[paper.pk for paper in here])
            if state == State.DRAFT:
                rows.update(state_since=moment)
            elif here:
                rows.update(state=state, version=1, submitter=F("author"), state_since=moment)
            for paper in here:
                paper.submitter_id = None if state == State.DRAFT else paper.author_id


def gathered(office, template: AwardNomination, unions: int) -> Crowd:
    """A crowd at so many new unions of this office, with nothing of theirs yet."""
    first = Unit.objects.count()
    units = [_union(office.district, office.school, first + number) for number in range(unions)]
    officers = {by.role: by for by in (office.reviewer, office.signatory, office.clerk)}
    return Crowd(
        district=office.district,
        template=template,
        officers=officers,
        unions=units,
        drafters=_people(units, Role.DRAFTER),
        approvers=_people(units, Role.APPROVER),
    )


def _union(district: Unit, like: Unit, number: int) -> Unit:
    names = {"name": f"CĐCS Cơ sở số {number}", "short_name": f"CĐCS {number}", "code": f"X{number:05}"}
    values = {"kind_id": like.kind_id, "symbol": like.symbol, "employer_head": like.employer_head, **names}
    return Unit.objects.add_child(Unit.objects.get(pk=district.pk), create_kwargs=values)


def _people(units: list[Unit], role: Role) -> list[Authority]:
    names = [name_of(unit.pk * 3 + len(role)) for unit in units]
    users = User.objects.bulk_create(
        User(username=f"{role}-{unit.code}".lower(), full_name=name, sort_key=sort_key(name), password="!")  # noqa: S106
        for unit, name in zip(units, names, strict=True)
    )
    Appointment.objects.bulk_create(
        Appointment(user=user, unit=unit, role=role, post=role.label) for user, unit in zip(users, units, strict=True)
    )
    return [authorities(user)[0] for user in users]
