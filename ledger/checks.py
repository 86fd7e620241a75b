"""The program must not be able to undo the record: it runs neither as superuser nor as the owner of the events."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core import checks
from django.db import connections

QUESTION = """
SELECT rolsuper OR pg_has_role(current_user, relowner, 'MEMBER')
FROM pg_roles, pg_class WHERE rolname = current_user AND pg_class.oid = to_regclass('ledger_event')"""


def rules_the_record(using: str = "default") -> bool:
    """Could the running role change the events or switch their guards off?"""
    with connections[using].cursor() as cursor:
        cursor.execute(QUESTION)
        row = cursor.fetchone()
    return bool(row and row[0])


@checks.register(checks.Tags.database)
def separate_role(databases: Sequence[str] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
    if settings.MAINTENANCE or settings.ONE_DATABASE_ROLE:
        return []
    return [
        checks.Error(
            "The program's database role is a superuser or owns the events: it could rewrite the record.",
            hint="Give DATABASE_URL a role of its own (see docs/deploy.md), or set TRINH_ONE_DATABASE_ROLE=1.",
            id="workflow.E001",
        )
        for using in databases or []
        if rules_the_record(using)
    ]
