"""The command that verifies every chain and says what is wrong."""

from itertools import islice

from django.core.management.base import BaseCommand, CommandError

from audit.verification.verify import Tally, faults


class Command(BaseCommand):
    help = "Check every chain, version and state again. Exit 0 when sound; 1 with the first broken fact."

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="name every broken fact, not only the first")

    def handle(self, *, all, **options):
        tally = Tally()
        broken = list(islice(faults(tally), None if all else 1))
        if broken:
            raise CommandError("broken: " + "\n".join(broken), returncode=1)
        self.stdout.write(
            f"sound: {tally.events} events in {tally.chains} chains, "
            f"{tally.versions} sealed versions, {tally.dossiers} dossiers"
        )
