"""Every cell of state x verb x role x place is really tried, and what it left behind is looked at."""

from contextlib import contextmanager
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import Appointment, Authority, Delegation, Role, User, authorities
from tests import factories
from tests.factories import answered, rewritten
from tests.founder import together
from tests.testapp.models import Memo
from tests.workflow.decisions import table
from tests.workflow.office import GOOD, Office, fresh
from workflow.decisions.catalogue import DEFINITIONS
from workflow.drafting import editing
from workflow.errors import Refused
from workflow.states import State, Verb

pytestmark = pytest.mark.django_db

LEAVES_NO_EVENT = "edit"


class Cast:
    """One person for every role and place, each holding that one right and no other."""

    @together()
    def __init__(self, office: Office):
        places = {"unit": office.unit, "district": office.district, "city": office.city}
        places |= {"sibling": office.sibling, "elsewhere": office.foreign}
        self.by = {}
        for letter, role in table.ROLES.items():
            usual = places[table.USUAL[letter]]
            for relation, place in places.items():
                self.by[letter, relation] = office.officer(f"{role}-{relation}", Role(role), place)
            self.by[letter, "delegate"] = lent(office, role, usual, "delegate")
            self.by[letter, "ended"] = office.officer(f"{role}-ended", Role(role), usual)
            self.by[letter, "revoked"] = lent(office, role, usual, "revoked")
        # The submitter's own recall is tried at `unit` and through a delegation by that same person.
        self.by["D", "delegate"] = lent_by(self.by["D", "unit"], "drafter-deputy")

    def let_the_former_ones_go(self):
        now = timezone.now()
        rewritten(Appointment.objects.filter(user__username__endswith="-ended"), ended_at=now)
        rewritten(Delegation.objects.filter(delegate__username__endswith="-revoked"), ended_at=now)


def lent(office: Office, role: str, place, relation: str) -> Authority:
    holder = office.officer(f"{role}-holder-{relation}", Role(role), place)
    return lent_by(holder, f"{role}-{relation}")


def lent_by(holder: Authority, username: str) -> Authority:
    deputy = factories.person(username)
    factories.lend(holder.appointment, deputy)
    (by,) = authorities(User.objects.get(pk=deputy.pk))
    return by


def memo_of(office: Office, cast: Cast, state: State) -> Memo:
    """A memo in `state`, drafted and submitted by the cast's drafter, with a replacement that has come all the way."""
    office.drafter = cast.by["D", "unit"]
    paper = office.memo_in(state)
    if state == State.RETURNED:
        answered(paper, "Đã bổ sung.")
    if state in {State.ENDORSED, State.FORWARDED, State.CONCLUDED}:  # what a replacement may name
        office.memo_in(State.CONCLUDED, replaces=paper)
    return paper


def trace(paper: Memo) -> dict:
    """Everything a refused decision must leave as it was, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT state, state_since, version, submitter_id, handler_id, text,
                   (SELECT count(*) FROM ledger_event) AS events,
                   (SELECT max(seq) FROM ledger_event WHERE chain = ref) AS seq,
                   (SELECT count(*) FROM workflow_errand) AS errands,
                   (SELECT count(*) FROM procrastinate_jobs) AS jobs,
                   (SELECT count(*) FROM workflow_notice) AS notices,
                   (SELECT count(*) FROM workflow_version) AS versions,
                   (SELECT count(*) FROM workflow_point) AS points,
                   (SELECT count(*) FROM workflow_editor) AS editors
              FROM workflow_dossier JOIN testapp_memo ON dossier_ptr_id = id WHERE id = %s
            """,
            [paper.pk],
        )
        return dict(zip([column.name for column in cursor.description], cursor.fetchone(), strict=True))


@contextmanager
def undone():
    """Try something as it would be committed, then take it back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def attempt(paper: Memo, verb: str, by: Authority, seen: str):
    """The event of a decision on an honestly filled form, None for a saved edit, or the reasons of the refusal."""
    try:
        if verb == LEAVES_NO_EVENT:
            with editing.edit(paper, by=by) as memo:
                memo.text = "Sửa lại."
                memo.save()
            return None
        action = DEFINITIONS[verb].action
        return action(paper, by=by, seen=seen, key=uuid4(), **GOOD.get(Verb(verb), {}))
    except Refused as refused:
        return refused.reasons


def expected_after(before: dict, verb: str, by: Authority, goal: str) -> dict:
    """What an allowed decision changes, and nothing else."""
    one_more = {what: before[what] + 1 for what in ("events", "seq", "errands")}
    after = before | one_more | {"state": goal}
    if verb == "submit":
        after |= {
            "version": before["version"] + 1,
            "versions": before["versions"] + 1,
            "submitter_id": by.person.pk,
        }
    if verb == "claim":
        after |= {"handler_id": by.person.pk}
    if verb == "return":
        after |= {"points": before["points"] + 1}
    return after


def check_allowed(paper, state, verb, by, seen, before) -> str:
    """Words for what is wrong with a cell that should be allowed, "" when all is right."""
    with undone():
        result = attempt(paper, verb, by, seen)
        if isinstance(result, list):
            return f"refused: {result}"
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        after = trace(paper)
        if verb == LEAVES_NO_EVENT:
            expected = before | {"text": "Sửa lại.", "editors": before["editors"] + bool(by.delegation)}
            return "" if after == expected else f"left {after}"
        expected = expected_after(before, verb, by, table.target(state, verb))
        if after["state"] != before["state"]:
            expected["state_since"] = result.at
        said = (result.verb, result.from_state, result.to_state, result.version, result.actor, result.role)
        meant = (verb, state, expected["state"], expected["version"], by.person, by.role)
        whom = (result.acting_for, result.appointment, result.delegation, result.sole_officer)
        if said != meant or whom != (by.acting_for, by.appointment, by.delegation, False):
            return f"recorded {said} {whom}"
        return "" if after == expected else f"left {after}"


def check_refused(paper, verb, by, seen, before) -> str:
    """Words for what is wrong with a cell that should be refused, "" when all is right."""
    result = attempt(paper, verb, by, seen)
    if not isinstance(result, list):
        return "allowed"
    if not result or not all(reason.strip() for reason in result):
        return "refused without a word"
    after = trace(paper)
    return "" if after == before else f"refused but left {after}"


@pytest.mark.parametrize("state", table.STATE_NAMES)
def test_every_cell_answers_as_the_design_says(state):
    office = Office()
    cast = Cast(office)
    paper = memo_of(office, cast, State(state))
    cast.let_the_former_ones_go()
    seen, before, wrong = paper.seen(), trace(paper), []
    for verb, letter, relation, allowed in table.cells(state):
        by = cast.by[letter, relation]
        if allowed:
            fault = check_allowed(paper, state, verb, by, seen, before)
        else:
            fault = check_refused(paper, verb, by, seen, before)
        if fault:
            wrong.append(f"{verb} {table.ROLES[letter]} {relation}: {fault}")
    assert wrong == []
    assert fresh(paper).state == state


def test_the_table_is_whole():
    assert set(table.STATE_NAMES) == set(State.values)
    assert set(table.GRID) - {LEAVES_NO_EVENT} == set(Verb.values) - {"create", "attach", "detach", "answer"}
    assert set(table.ROLES.values()) == set(Role.values)
    assert {len(cells) for cells in table.GRID.values()} == {len(table.STATE_NAMES)}
