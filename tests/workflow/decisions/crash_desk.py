"""What stands before the crash: the tables, and a browser's session with two hundred papers to approve."""

import json
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402 - the applications come first

from benchmarks import office  # noqa: E402

PAPERS = 200


def tables() -> None:
    """Run this one as the owner."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    call_command("grant_privileges")


def papers() -> None:
    """Print the session and every form: the paper and what its page showed."""
    cast = office.cast()
    forms = [[str(paper.ref), paper.seen()] for paper in office.submitted(cast, PAPERS)]
    session = office.signed_in(cast.approver).cookies[settings.SESSION_COOKIE_NAME].value
    print(json.dumps({"session": session, "forms": forms}))


if __name__ == "__main__":
    {"tables": tables, "papers": papers}[sys.argv[1]]()
