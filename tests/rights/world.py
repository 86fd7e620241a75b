"""One office with a paper at every stage an address asks for; the secret stands in what a stranger may not read."""

import dataclasses
from datetime import timedelta
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from accounts.models import Role, User
from administration.people_import.workbook import template
from documents.attachments.storing import attach
from documents.awards.ballot import BallotTally
from documents.letters.pages.dispatches import shown
from documents.models import Referral
from documents.reports.writing import write_sections
from tests import factories
from tests.administration.people_import.people_imports import check
from tests.days import today
from tests.documents.factories import SITTING, Office, again, fill, listed, png
from tests.rights.cast import ACTORS, cast, share
from workflow.decisions.back.return_ import return_
from workflow.decisions.catalogue import DEFINITIONS
from workflow.drafting import editing
from workflow.models import Dossier, Mail, Notice

SECRET = "Bíđỏ4711"
BACKEND = "accounts.backends.AppointmentBackend"
BALLOT = BallotTally(members_total=5, present=5, issued=5, collected=5, valid=5, in_favour=5, against=0, blank=0)


class Browser(Client):
    """Django's, without the copy of every template's context: of an answer only what is sent counts here."""

    def request(self, **asked):
        answer = self.handler(self._base_environ(**asked))
        self.cookies.update(answer.cookies)
        return answer


class World:
    """The office of the plan, its papers by name, and everybody who tries an address."""

    def __init__(self):
        self.office = Office()
        self.award = self.office.award()
        listed(self.office.campaign.awards, self.award)
        self.papers = {"returned": self._returned_report()}
        for state in ("draft", "submitted", "approved", "reviewed", "endorsed", "rejected", "withdrawn"):
            self.papers[state] = self._nomination(state)
        self.prepared = self.office.prepared(self._nomination("endorsed"))
        self.signed = self.office.signed(self._nomination("endorsed"))
        self.papers["forwarded"] = self._nomination("endorsed")
        self.office.sent(again(self.papers["forwarded"]))
        self.people = cast(self.office)
        share(self.people, *self.papers.values())
        self.clients: dict[str, Browser] = {}
        self._paper_of_the_office()
        for actor in ACTORS:  # signing in leaves its trace, so all do it before anything is tried
            self.client(actor)

    def _paper_of_the_office(self) -> None:
        """What the pages of the office are about."""
        drafter, approver = self.people["drafter@own"], self.people["approver@own"]
        event = self.papers["returned"].events.latest("seq")
        self.notice = Notice.objects.create(user=drafter, event=event)
        self.mail = Mail.objects.create(user=drafter, occasion="notices", state="failed")
        later = today(30)
        self.lent = factories.lend(approver.appointments.get(), self.people["nobody"], starts_on=later, ends_on=later)
        keeper = factories.acting(self.people["administrator@own"], Role.ADMINISTRATOR)
        self.imported = check(template.current(self.office.school), "mau.xlsx", by=keeper)

    def __getitem__(self, name: str) -> Dossier:
        return again(self.papers[name])

    def client(self, actor: str) -> Browser:
        """The browser in which they are signed in."""
        if actor not in self.clients:
            self.clients[actor] = Browser()
            self.clients[actor].force_login(User.objects.get(pk=self.people[actor].pk), backend=BACKEND)
        return self.clients[actor]

    @property
    def file(self) -> str:
        return self.papers["returned"].attachments.get().blob.sha256

    @property
    def referral(self) -> Referral:
        return self.papers["forwarded"].referrals.filter(purpose="action").get()

    @property
    def tomorrow(self) -> str:
        return f"{timezone.localdate() + timedelta(days=1):%d/%m/%Y}"

    @property
    def next_year(self) -> str:
        """When nothing is lent yet."""
        return f"{today(395):%d/%m/%Y}"

    def shown(self, letter) -> str:
        """What a page of this outgoing paper carries of it."""
        items, addresses = letter.items.select_related("dossier"), letter.addresses.select_related("recipient")
        return shown(letter, items, addresses)

    @property
    def report_unit(self) -> str:
        """A unit that is asked and has not begun: the sibling."""
        return self.office.company.code

    def _returned_report(self):
        office = self.office
        report = office.report()
        with editing.edit(report, by=office.drafter) as draft:
            fill(draft)
            write_sections(draft, {"2.1": f"<p>{SECRET}</p>"})
        attach(report, png(f"{SECRET}.png"), by=office.drafter)
        report = office.submitted(again(report))
        points = [("section:2.1", f"Nêu rõ {SECRET}.")]
        return_(report, by=office.approver, seen=report.seen(), key=uuid4(), points=points)
        return again(report)

    def _nomination(self, stage: str):
        office, paper = self.office, self.office.nomination(self.award, full_name=f"Hà Thị {uuid4().hex[:4]} {SECRET}")
        road = {
            "draft": (),
            "submitted": ("submit",),
            "withdrawn": ("submit", "withdraw"),
            "approved": ("submit", "approve"),
            "rejected": ("submit", "approve", "reject"),
            "reviewed": ("submit", "approve", "review"),
            "endorsed": ("submit", "approve", "review", "endorse"),
        }[stage]
        crew = {
            "submit": (office.drafter, {}),
            "approve": (office.approver, {}),
            "withdraw": (office.approver, {"note": SECRET}),
            "reject": (office.reviewer, {"note": SECRET}),
            "review": (office.reviewer, {"checklist": {code: "yes" for code, _ in paper.checklist}}),
            "endorse": (office.signatory, SITTING | {"tally": dataclasses.asdict(BALLOT)}),
        }
        for verb in road:
            by, facts = crew[verb]
            DEFINITIONS[verb].action(paper, by=by, seen=paper.seen(), key=uuid4(), **facts)
            paper = again(paper)
        return paper
