"""The command that fills an empty office with the demonstration."""

import os

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils.translation import override

from accounts.models import Role, Unit
from documents.demo import accounts, stories
from documents.demo.campaign import open_campaign
from documents.demo.data import read
from documents.demo.desk import officer
from documents.demo.office import build_office
from workflow import errands


class Command(BaseCommand):
    help = "Bring the demonstration's office to life, once, and name its accounts. Leaves an existing office alone."

    def handle(self, **options):
        if not is_enabled():
            raise CommandError("The demonstration is off here: set TRINH_DEMO=1 to ask for it.")
        with override("vi"):
            load()
            told = accounts.table()
        self.stdout.write(told or "This installation has an office of its own; the demonstration is not loaded.")


def is_enabled() -> bool:
    """Asked for in words, or by running on the embedded database."""
    usual = "0" if os.environ.get("DATABASE_URL") else "1"
    return (os.environ.get("TRINH_DEMO") or usual) == "1"


@transaction.atomic
def load() -> None:
    """All or nothing: a start that is cut short leaves an empty office behind, and the next one begins anew."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE accounts_unit IN SHARE ROW EXCLUSIVE MODE")  # two starts at once make one office
    if not Unit.objects.exists():
        data = read("demo.yaml")
        district = build_office(data)
        administrator = officer(data["people"][0]["username"], Role.ADMINISTRATOR)
        stories.tell(open_campaign(data, district, administrator))
        errands.run()
