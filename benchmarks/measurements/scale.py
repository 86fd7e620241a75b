"""The lists, the desk and search at a thousand, five thousand and a hundred thousand dossiers of 700 unions."""

import os
from time import perf_counter

from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import Role, User
from audit.verification.verify import Tally, faults
from benchmarks.made import crowd
from benchmarks.made.roads import ROADS, road_of
from benchmarks.measurements.pages import MAX_QUERIES, queries, timed
from benchmarks.report import Report, heading
from documents.models import AwardNomination
from tests import factories
from tests.conftest import as_owner
from tests.documents.factories import Office, listed
from workflow.states import Verb

UNIONS = 700
SIZES = (1_000, 5_000, int(os.environ.get("TRINH_BENCH_DOSSIERS", 100_000)))
TIMES = 9
LISTS, SEARCHES = 1.5, 3.0  # times what the same page takes among a thousand
MAX_MILLISECONDS = 300  # ms, among five thousand


def measure(report: Report, cast) -> None:
    heading(f"Pages among {', '.join(f'{size:,}' for size in SIZES)} dossiers of {UNIONS} unions")
    here, measured = office(), {}
    for size in SIZES:
        start = perf_counter()
        here.grow(size)
        report.note(f"crowd.{size}", round(perf_counter() - start), "s")
        if size == SIZES[0]:  # the rest is made the same way, and would take the verifier most of an hour
            _verify(report)
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        for name, (client, address) in pages(here).items():
            measured[name, size] = queries(client, address), milliseconds(client, address)
            report.note(f"scale.{name}.{size}", round(measured[name, size][1], 1), "ms")
    for name in dict.fromkeys(name for name, _size in measured):
        _judge(report, name, [measured[name, size] for size in SIZES])


def _verify(report: Report) -> None:
    tally, start = Tally(), perf_counter()
    report.demand(not list(faults(tally)), "The made-up ledger does not verify.")
    report.note(f"scale.verified.{tally.dossiers}", round(perf_counter() - start), "s")


def office() -> crowd.Crowd:
    here = Office()
    settings.MEDIA_ROOT = settings.VAR / "bench-files"
    award = here.award()
    listed(here.campaign.awards, award)
    return crowd.gathered(here, here.nomination(award), UNIONS)


def _judge(report: Report, name: str, at: list[tuple[int, float]]) -> None:
    few, middle, many = at
    report.note(f"queries.scale.{name}", many[0], "queries")
    report.demand(
        few[0] == many[0] <= MAX_QUERIES, f"{name}: {few[0]} queries among few dossiers, {many[0]} among many."
    )
    most = SEARCHES if name.startswith("search") else LISTS
    ratio = many[1] / few[1]
    report.note(f"ratio.scale.{name}", round(ratio, 2), "x", ratio=ratio, ratio_to="among 1,000")
    report.demand(ratio <= most, f"{name} takes {ratio:.2f} times as long among {SIZES[-1]:,}; {most} is allowed.")
    report.demand(
        middle[1] <= MAX_MILLISECONDS,
        f"{name} takes {middle[1]:.0f} ms among {SIZES[1]:,}; {MAX_MILLISECONDS} is allowed.",
    )


def pages(here: crowd.Crowd) -> dict[str, tuple[Client, str]]:
    """Who opens what."""
    reviewer, drafter = here.officers[Role.REVIEWER].person, here.drafters[7].person
    approver, clerk = here.approvers[7].person, here.officers[Role.CLERK].person
    auditor = _auditor(here)
    oldest = AwardNomination.objects.filter(unit=here.unions[7], version=1).earliest("pk")
    concluded = next(n for n in range(UNIONS, SIZES[0]) if road_of(n, ROADS)[-1] == Verb.CONCLUDE)
    campaign = here.nomination.paper.campaign_id
    opened: dict[str, tuple[User, str, list, str]] = {
        "desk.reviewer": (reviewer, "workflow:desk", [], ""),
        "desk.approver": (approver, "workflow:desk", [], ""),
        "desk.drafter": (drafter, "workflow:desk", [], ""),
        "desk.clerk": (clerk, "workflow:desk", [], ""),
        "nominations.reviewer": (reviewer, "documents:nominations", [], ""),
        "nominations.state": (reviewer, "documents:nominations", [], "?state=submitted"),
        "reports.reviewer": (reviewer, "documents:reports", [], ""),
        "campaign": (reviewer, "documents:campaign", [campaign], ""),
        "dossier": (reviewer, "workflow:dossier", [oldest.ref], ""),
        "history.auditor": (auditor, "audit:history", [], ""),
        "history.verb": (auditor, "audit:history", [], "?verb=reject"),
        "history.unit": (auditor, "audit:history", [], f"?unit={here.unions[7].code}"),
        "exceptions": (auditor, "audit:exceptions", [], ""),
        "returns": (auditor, "audit:returns", [], ""),
        "names": (auditor, "workflow:names", [], "?letter=H"),
        "search.common": (reviewer, "workflow:search", [], "?q=khen+thuong"),
        "search.rare": (reviewer, "workflow:search", [], f"?q={concluded}/QĐ-LĐLĐ"),
        "search.number": (reviewer, "workflow:search", [], "?q=18/KH-LĐLĐ"),
        "search.own": (drafter, "workflow:search", [], "?q=nguyen"),
        "search.nothing": (reviewer, "workflow:search", [], "?q=khongcoaitenthe"),
    }
    return {
        name: (_signed_in(who), reverse(view, args=args) + query) for name, (who, view, args, query) in opened.items()
    }


def _auditor(here: crowd.Crowd):
    person = factories.User.objects.filter(username="auditor").first()
    if person is None:
        person = factories.person("auditor")
        factories.appoint(person, here.district, Role.AUDITOR)
    return person


def _signed_in(person) -> Client:
    client = Client()
    client.force_login(person, "accounts.backends.AppointmentBackend")
    return client


def milliseconds(client: Client, address: str) -> float:
    return min(timed(client, address) for _ in range(TIMES)) * 1000
