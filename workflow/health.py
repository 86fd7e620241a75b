"""Is everything alive that should be: what the operators' page says. Nothing here is for strangers."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from importlib.metadata import version

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.formats import localize
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from ledger.catalogue import findings as catalogue
from ledger.checks import rules_the_record
from workflow.models.mail import Mail

MAX_SILENCE = timedelta(minutes=2)  # without a heartbeat a worker is taken for dead
WAITS_LONG = timedelta(minutes=10)  # what a job may wait while a worker lives
LITTLE_DISK = 0.1  # of the disk under the files
DRIFT = timedelta(seconds=2)  # between the clock here and the database's
VERIFIED = "workflow.verified"  # what the last verification of the ledger found
DAYS_UNVERIFIED = timedelta(days=2)


@dataclass(frozen=True)
class HealthLine:
    """One line of the page: what was looked at, how it is (ok, warn or error) and in words."""

    what: str
    look: str
    text: str


def findings() -> Iterator[HealthLine]:
    for look in LOOKS:
        yield look()


def database_role() -> HealthLine:
    what = _("Database role")
    if not rules_the_record():
        return HealthLine(what, "ok", _("the program's own: it cannot change the record"))
    if settings.ONE_DATABASE_ROLE:
        return HealthLine(what, "warn", _("one role for everything, by choice: the program could change the record"))
    return HealthLine(what, "error", _("the program owns the record and could change it"))


def migrations() -> HealthLine:
    executor = MigrationExecutor(connection)
    left = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    text = _("%(count)d not applied: run make prepare") % {"count": left} if left else _("all applied")
    return HealthLine(_("Migrations"), "error" if left else "ok", text)


def worker() -> HealthLine:
    what, beat = _("Worker"), ProcrastinateWorker.objects.order_by("-last_heartbeat").first()
    if beat is None:
        return HealthLine(what, "error", _("no worker has been active yet: notices and reminders are waiting"))
    ago = timezone.now() - beat.last_heartbeat
    text = _("last active %(ago)s ago") % {"ago": timesince(beat.last_heartbeat)}
    return HealthLine(what, "error" if ago > MAX_SILENCE else "ok", text)


def queue() -> HealthLine:
    now = timezone.now()
    due = ProcrastinateJob.objects.filter(status="todo").exclude(scheduled_at__gt=now)
    oldest = due.order_by("id").values_list("id", "scheduled_at", "procrastinateevent__at").first()
    if oldest is None:
        return HealthLine(_("Queue"), "ok", _("nothing is waiting"))
    since = max(filter(None, oldest[1:]), default=now)
    waiting = {"count": localize(due.count()), "time": timesince(since)}
    text = _("%(count)s jobs are waiting, the oldest for %(time)s") % waiting
    return HealthLine(_("Queue"), "warn" if now - since > WAITS_LONG else "ok", text)


def failures() -> HealthLine:
    failed = ProcrastinateJob.objects.filter(status="failed").count()
    text = _("%(count)s failed") % {"count": localize(failed)} if failed else _("none failed")
    return HealthLine(_("Failed jobs"), "warn" if failed else "ok", text)


def mails() -> HealthLine:
    failed = Mail.objects.filter(state=Mail.State.FAILED).count()
    text = _("%(count)s not sent") % {"count": localize(failed)} if failed else _("none failed")
    return HealthLine(_("Mail"), "warn" if failed else "ok", text)


def disk() -> HealthLine:
    where = settings.MEDIA_ROOT if settings.MEDIA_ROOT.exists() else settings.VAR
    usage = shutil.disk_usage(where)
    text = _("%(free)s free of %(total)s") % {"free": filesizeformat(usage.free), "total": filesizeformat(usage.total)}
    return HealthLine(_("Disk under the files"), "warn" if usage.free < LITTLE_DISK * usage.total else "ok", text)


def clock() -> HealthLine:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        drift = abs(cursor.fetchone()[0] - timezone.now())
    text = _("%(seconds)s seconds from the database's") % {"seconds": localize(round(drift.total_seconds(), 1))}
    return HealthLine(_("Clock"), "warn" if drift > DRIFT else "ok", text)


def ledger() -> HealthLine:
    what, last = _("Record"), cache.get(VERIFIED)
    if last is None:
        return HealthLine(what, "warn", _("not verified yet: the worker does it every night"))
    at, fault = last["at"], last["fault"]
    when = _("verified %(ago)s ago") % {"ago": timesince(at)}
    if fault:
        return HealthLine(what, "error", f"{when}: {fault}")
    return HealthLine(what, "warn" if timezone.now() - at > DAYS_UNVERIFIED else "ok", f"{when}: " + _("intact"))


def guards() -> HealthLine:
    """Their names and the sentences are for whoever runs the database: in English, as the database speaks."""
    faults = list(catalogue.findings())
    text = "; ".join(faults) or _("all in place and awake")
    return HealthLine(_("Guards of the record"), "error" if faults else "ok", text)


def release() -> HealthLine:
    database = connection.pg_version // 10000
    return HealthLine(_("Versions"), "ok", f"Django {version('django')}, PostgreSQL {database}")


LOOKS: tuple[Callable[[], HealthLine], ...] = (
    database_role, migrations, worker, queue, failures, mails, disk, clock, ledger, guards, release,
)  # fmt: skip
