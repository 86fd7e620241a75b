"""The command that counts anew what the statistics of returns keep."""

from django.core.management.base import BaseCommand

from workflow.errands import count_returns_anew


class Command(BaseCommand):
    help = "Count from the ledger anew what the statistics of returns keep, beside a server at work. Safe to repeat."

    def handle(self, **options):
        self.stdout.write(f"{count_returns_anew()} counts were otherwise")
