"""A district, one union and their officers; papers by the hundred, made through the real actions."""

from types import SimpleNamespace
from uuid import uuid4

from django.db import transaction
from django.test import Client

from accounts.models import Role
from tests import factories
from tests.testapp.models import Memo
from workflow import actions, drafting

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
    return SimpleNamespace(**at, **officers)


def signed_in(by) -> Client:
    client = Client()
    client.force_login(by.person)
    return client


@transaction.atomic
def drafts(cast, count: int) -> list[Memo]:
    papers = [Memo(unit=cast.union, subject=f"Giấy {n}", text="Nội dung. " * 200) for n in range(count)]
    for paper in papers:
        drafting.create(paper, by=cast.drafter, key=uuid4())
    return papers


@transaction.atomic
def submitted(cast, count: int) -> list[Memo]:
    papers = [fresh(paper) for paper in drafts(cast, count)]
    for paper in papers:
        actions.submit(paper, by=cast.drafter, seen=paper.seen(), key=uuid4())
    return [fresh(paper) for paper in papers]


def fresh(paper: Memo) -> Memo:
    return Memo.objects.get(pk=paper.pk)
