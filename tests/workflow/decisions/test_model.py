"""Random lives of a dossier against a plain model of the design: the same answers, and the ledger stays sound."""

from dataclasses import dataclass, field
from uuid import uuid4

from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import Authority, Role
from audit.verification.verify import Tally, faults
from ledger.models import Event
from tests import factories
from tests.trial import often
from tests.workflow.decisions import table
from tests.workflow.office import Office, do, fresh
from workflow.drafting import editing, points
from workflow.errors import Refused
from workflow.states import Verb

DECISIONS = {"approve", "review", "endorse"}
LETTERS = {role: letter for letter, role in table.ROLES.items()}
MOVES = [*(verb for verb in table.GRID if verb != "supersede"), "answer"]


@dataclass
class Model:
    """All that the design lets a dossier remember."""

    state: str = "draft"
    version: int = 0
    events: int = 1
    writers: set = field(default_factory=set)
    submitters: set = field(default_factory=set)
    deciders: dict = field(default_factory=dict)
    submitter: int | None = None
    handler: int | None = None
    unanswered: int = 0

    def allows(self, move: str, by: Authority, foreign: bool) -> bool:
        if move == "answer":
            return self.allows("edit", by, foreign)
        asked = table.GRID[move][table.STATE_NAMES.index(self.state)]
        if foreign or LETTERS[by.role] not in asked:
            return False
        others = set().union(*(hands for verb, hands in self.deciders.items() if verb != move))
        return {
            "submit": self.unanswered == 0,
            "recall": self.handler is None if self.state == "unit_approved" else self.submitter in by.people,
            "claim": self.handler != by.person.pk,
        }.get(move, move not in DECISIONS or not by.people & (self.writers | self.submitters | others))

    def take(self, move: str, by: Authority) -> None:
        if move in {"edit", "answer"}:
            self.writers |= by.people
            if move == "answer" and self.unanswered:  # said once, and on record
                self.unanswered, self.events = 0, self.events + 1
            return
        before, self.state, self.events = self.state, table.target(self.state, move), self.events + 1
        if move == "submit":
            self.version, self.submitter = self.version + 1, by.person.pk
            self.submitters |= by.people
        if move in DECISIONS:
            self.deciders.setdefault(move, set()).update(by.people)
        if move == "return":
            self.unanswered += 1
        if move == "claim":
            self.handler = by.person.pk
        elif self.state != before:
            self.handler = None


def people(office: Office) -> list[tuple[Authority, bool]]:
    """The crew, some who hold two offices, a deputy, and officers of elsewhere (marked as foreign)."""
    both = office.officer("khoa", Role.DRAFTER, office.unit)
    factories.appoint(both.person, office.unit, Role.APPROVER)
    double = office.officer("nga", Role.REVIEWER, office.city)
    factories.appoint(double.person, office.district, Role.SIGNATORY)
    deputy = factories.person("son")
    factories.lend(office.signatory.appointment, deputy)
    factories.appoint(deputy, office.unit, Role.APPROVER)
    here = [office.drafter, office.approver, office.reviewer, office.signatory, office.clerk, both, double]
    here += [factories.acting(both.person, Role.APPROVER), factories.acting(double.person, Role.SIGNATORY)]
    here += [factories.acting(deputy, Role.SIGNATORY), factories.acting(deputy, Role.APPROVER)]
    away = [office.officer(f"away-{role}", role, office.foreign) for role in (Role.DRAFTER, Role.APPROVER, Role.CLERK)]
    return [(by, False) for by in here] + [(by, True) for by in away]


def happens(move: str, paper, by: Authority) -> bool:
    try:
        if move == "edit":
            with editing.edit(paper, by=by) as memo:
                memo.text += " Thêm."
                memo.save()
        elif move == "answer":
            points.answer(paper, dict.fromkeys((point.number for point in points.last_return(paper)), "Đã sửa."), by=by)
        else:
            do(Verb(move), paper, by, key=uuid4())
    except Refused:
        return False
    return True


class TestLives(TestCase):
    @given(data=st.data())
    @settings(max_examples=often(8, trial=25), phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
    def test_the_engine_and_the_model_live_the_same_life(self, data):
        with transaction.atomic():
            office = Office()
            cast, paper, model = people(office), office.memo(), Model(writers=set(office.drafter.people))
            every = [(move, *who) for move in MOVES for who in cast]
            for _step in range(data.draw(st.integers(1, 25), label="steps")):
                likely = [step for step in every if model.allows(*step)]
                move, by, foreign = data.draw(st.sampled_from(likely or every) | st.sampled_from(every), label="step")
                meant = model.allows(move, by, foreign)
                assert happens(move, paper, by) == meant, (move, by, model)
                if meant:
                    model.take(move, by)
                self.stands_as(model, paper)
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            assert list(faults(Tally())) == []
            transaction.set_rollback(True)

    def stands_as(self, model, paper):
        now = fresh(paper)
        assert (now.state, now.version, now.handler_id) == (model.state, model.version, model.handler)
        assert Event.objects.filter(chain=paper.ref).count() == model.events
