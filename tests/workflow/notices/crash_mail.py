"""What stands before the crash of a worker: a decision that sixty people get in their daily mail; and a new round."""

import json
import sys

import django

django.setup()

from accounts.models import Role, User  # noqa: E402 - the applications come first
from benchmarks import office  # noqa: E402
from tests import factories  # noqa: E402
from workflow.models import NoticeChoice  # noqa: E402
from workflow.notices.mailing import post_soon  # noqa: E402

PEOPLE = 60


def decision() -> None:
    """Print who is to be told."""
    cast = office.cast()
    people = [factories.person(f"nguoi{n}", email=f"nguoi{n}@trinh.test") for n in range(PEOPLE)]
    for person in people:
        factories.appoint(person, cast.union, Role.APPROVER)
        NoticeChoice.objects.create(user=person, way="daily", hour=0)
    office.submitted(cast, 1)
    print(json.dumps(list(User.objects.exclude(email="").values_list("email", flat=True))))


if __name__ == "__main__":
    {"decision": decision, "round": post_soon}[sys.argv[1]]()
