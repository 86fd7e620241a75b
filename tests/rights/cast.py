"""The people who try every address: one a role and relation to the unit of the dossier, named `role@relation`."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import Role, Unit, User
from tests import factories
from tests.founder import together
from workflow.models import Dossier

DAY = timedelta(days=1)
AT_ITS_UNIT = (Role.DRAFTER, Role.APPROVER)  # where the role would reach the dossier, if it were held today
RELATIONS = ("own", "child", "below", "sibling", "foreign", "ended", "lent", "lapsed")
OTHERS = ("shared", "unshared", "nobody")  # a grant in force, a grant that ran out, no appointment at all
ACTORS = [*(f"{role}@{relation}" for relation in RELATIONS for role in Role), *OTHERS]


@together()
def cast(office) -> dict[str, User]:
    """own: of the dossier's unit; child: the dossier is at a child of their unit; below: they are below it; …"""
    foreign = factories.unit("Q2", name="Liên đoàn Lao động quận khác")
    places = {
        "own": office.school,
        "child": office.district,
        "below": factories.unit("CD001-T1", office.school, name="Tổ công đoàn Lá"),
        "sibling": office.company,
        "foreign": factories.unit("X1", foreign, name="CĐCS Bệnh viện khác"),
    }
    people = {f"{role}@{relation}": _officer(role, relation, at) for relation, at in places.items() for role in Role}
    for role in Role:
        at = office.school if role in AT_ITS_UNIT else office.district
        people |= _no_longer(role, at) | _delegates(role, at)
    return people | {name: factories.person(name) for name in OTHERS}


def _officer(role: Role, relation: str, at: Unit, **fields) -> User:
    user = factories.person(f"{role}-{relation}", f"{role.title()} {relation.title()}", email=f"{role}@{relation}.test")
    factories.appoint(user, at, role, **fields)
    return user


def _no_longer(role: Role, at: Unit) -> dict[str, User]:
    today = timezone.localdate()
    return {f"{role}@ended": _officer(role, "ended", at, starts_on=today - 9 * DAY, ends_on=today - DAY)}


def _delegates(role: Role, at: Unit) -> dict[str, User]:
    today, holder = timezone.localdate(), factories.person(f"{role}-holder")
    held = factories.appoint(holder, at, role, starts_on=today - 9 * DAY)
    lent, lapsed = factories.person(f"{role}-lent"), factories.person(f"{role}-lapsed")
    factories.lend(held, lent)
    factories.lend(held, lapsed, starts_on=today - 5 * DAY, ends_on=today - DAY)
    return {f"{role}@lent": lent, f"{role}@lapsed": lapsed}


def share(people: dict[str, User], *dossiers: Dossier) -> None:
    """One person may read these until tomorrow, another could until yesterday."""
    today = timezone.localdate()
    for name, until in (("shared", today + DAY), ("unshared", today - DAY)):
        for dossier in dossiers:
            factories.granted(people[name], dossier, until)
