"""The command that writes what the migrations leave behind, for the verifier to compare with."""

from typing import Any

from django.core.management.base import BaseCommand

from ledger.catalogue.definitions import FILE, standing, written
from ledger.catalogue.findings import guarded


class Command(BaseCommand):
    help = "Write ledger/catalogue/definitions.txt from a database that the migrations have just made."

    def handle(self, **options: Any) -> None:
        FILE.write_text(written(standing(guarded())), encoding="utf-8")
