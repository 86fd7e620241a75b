"""A district, one union and their officers; papers by the hundred, made through the real actions."""

from types import SimpleNamespace
from uuid import uuid4

from django.db import transaction
from django.test import Client

from accounts.models import Role
from tests import factories
from tests.testapp.models import Memo
from workflow.decisions.onward.submit import submit
from workflow.drafting import editing

PLACES = {
    "drafter": (Role.DRAFTER, "union"),
    "approver": (Role.APPROVER, "union"),
    "reviewer": (Role.REVIEWER, "district"),
    "signatory": (Role.SIGNATORY, "district"),
    "clerk": (Role.CLERK, "district"),
}


def cast() -> SimpleNamespace:
    """The two places, and each officer in the capacity they act in."""
    district = factories.unit("BENCH", name="Liên đoàn Lao động quận", symbol="LĐLĐ")
    at = {"district": district, "union": factories.unit("BENCH-1", district)}
    officers = {}
    for name, (role, where) in PLACES.items():
        person = factories.person(name)
        factories.appoint(person, at[where], role)
        officers[name] = factories.acting(person, role)
    return SimpleNamespace(**at, **officers, **readers(district))


def readers(district) -> dict:
    """A union of its own for what the pages show, with its approver, so that the rows there can be counted."""
    room, person = factories.unit("BENCH-2", district), factories.person("reader")
    factories.appoint(person, room, Role.APPROVER)
    writer = factories.person("writer")
    factories.appoint(writer, room, Role.DRAFTER)
    return {"reading_room": room, "reader": factories.acting(person, Role.APPROVER), "writer": writer}


@transaction.atomic
def waiting_in(room, cast, count: int) -> None:
    """Have exactly so many papers wait for the approver of this union."""
    by = factories.acting(cast.writer, Role.DRAFTER)
    for number in range(count - Memo.objects.filter(unit=room).count()):
        paper = Memo(unit=room, subject=f"Giấy {number}", text="Nội dung.")
        editing.create(paper, by=by, key=uuid4())
        paper = fresh(paper)
        submit(paper, by=by, seen=paper.seen(), key=uuid4())


def signed_in(by) -> Client:
    client = Client()
    client.force_login(by.person)
    return client


@transaction.atomic
def drafts(cast, count: int) -> list[Memo]:
    papers = [Memo(unit=cast.union, subject=f"Giấy {n}", text="Nội dung. " * 200) for n in range(count)]
    for paper in papers:
        editing.create(paper, by=cast.drafter, key=uuid4())
    return papers


@transaction.atomic
def submitted(cast, count: int) -> list[Memo]:
    papers = [fresh(paper) for paper in drafts(cast, count)]
    for paper in papers:
        submit(paper, by=cast.drafter, seen=paper.seen(), key=uuid4())
    return [fresh(paper) for paper in papers]


def fresh(paper: Memo) -> Memo:
    return Memo.objects.get(pk=paper.pk)
