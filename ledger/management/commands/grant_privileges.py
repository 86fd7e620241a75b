"""The command that gives the program's role what it needs, and no more."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from ledger.privileges import grant_sql


class Command(BaseCommand):
    help = "Give the application's role what it needs and nothing more. Run as the owner after migrate; safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(grant_sql())
