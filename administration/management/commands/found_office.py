from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import Appointment, Role, Unit, UnitKind, User
from accounts.signing_in.one_time import give_password
from administration.founding import found


class Command(BaseCommand):
    help = "Begin an office: its topmost unit and its first administrator, whose password is shown once."

    def add_arguments(self, parser):
        for name in ("code", "name", "kind", "symbol", "username", "full_name", "post"):
            parser.add_argument(f"--{name.replace('_', '-')}", required=True)

    @transaction.atomic
    def handle(self, *, code, name, kind, symbol, username, full_name, post, **options):
        if Unit.objects.exists():
            raise CommandError("There is an office already.")
        unit_kind, _new = UnitKind.objects.get_or_create(code=kind, defaults={"name": kind})
        values = {"code": code, "name": name, "short_name": name[:80], "symbol": symbol, "kind": unit_kind}
        unit = Unit.objects.add_root(create_kwargs=values)
        user = User.objects.create_user(username, full_name)
        first = Appointment.objects.create(user=user, unit=unit, role=Role.ADMINISTRATOR, post=post)
        found([unit_kind, unit], first)
        self.stdout.write(give_password(user))
