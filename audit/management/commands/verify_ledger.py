"""The command that verifies every chain and says what is wrong."""

import sys
from itertools import islice
from pathlib import Path
from time import monotonic

from django.core.management.base import BaseCommand, CommandError

from audit.verification.point import VerifiedPoint
from audit.verification.verify import Tally, faults

SHOWN_EVERY = 2  # seconds


class Command(BaseCommand):
    help = "Check every chain, version and state again. Exit 0 when sound; 1 with the first broken fact."

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="name every broken fact, not only the first")
        parser.add_argument("--mark", metavar="FILE", type=Path, help="keep the verified point there, print its line")
        parser.add_argument("--since", metavar="FILE", type=Path, help="read only what is new since that point")
        parser.add_argument("--point", metavar="HASH", help="demand that the point of --since has this SHA-256")

    def handle(self, *, all, mark, since, point, **options):
        since = self._point(since, point) if since else None
        tally = Tally(show=self._progress())
        broken = list(islice(faults(tally, since, mark=bool(mark)), None if all else 1))
        if broken:
            raise CommandError("broken: " + "\n".join(broken), returncode=1)
        self.stdout.write(
            f"sound: {tally.events} events in {tally.chains} chains, "
            f"{tally.versions} sealed versions, {tally.dossiers} dossiers"
        )
        if mark:
            tally.point.keep(mark)
            self.stdout.write(f"verified point: {tally.point}")

    def _point(self, path: Path, digest: str | None) -> VerifiedPoint:
        try:
            point = VerifiedPoint.kept(path)
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise CommandError(f"{path} holds no verified point: {error}") from None
        if digest and str(point).split()[0] != digest:
            raise CommandError(f"{path} holds another verified point: {point}")
        self.stdout.write(f"since the verified point: {point}")
        return point

    def _progress(self):
        """Now and then a line with the rate, on stderr: a cron job's output stays what it was."""
        began = shown = monotonic()

        def show(tally: Tally) -> None:
            nonlocal shown
            now = monotonic()
            if now - shown >= SHOWN_EVERY:
                shown, rate = now, round(tally.events / (now - began))
                print(f"{tally.events} events, {tally.dossiers} dossiers, {rate} events/s", file=sys.stderr, flush=True)

        return show
