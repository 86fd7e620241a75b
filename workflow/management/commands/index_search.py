"""The command that reindexes every dossier for the search."""

from django.core.management.base import BaseCommand

from workflow.search.reindexing import index_missing, refresh, reindex


class Command(BaseCommand):
    help = "Make what search knows of dossiers, units and people: what is missing, or everything anew. Safe to repeat."

    def add_arguments(self, parser):
        parser.add_argument("--anew", action="store_true", help="every dossier, not only those without an entry")

    def handle(self, **options):
        number = reindex() if options["anew"] else index_missing()
        refresh()
        if number:
            self.stdout.write(f"{number} dossiers indexed")
