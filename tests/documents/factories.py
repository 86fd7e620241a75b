"""The office of the plan on paper: a district, two unions, the campaign, and papers brought as far as a story needs."""

import io
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from accounts.models import Authority, Recorded, Role, Unit
from documents.awards.ballot import BallotTally, Threshold
from documents.campaigns.outline_loading import load_outline
from documents.letters import outgoing
from documents.models import (
    AwardNomination,
    AwardType,
    Campaign,
    Dispatch,
    DocumentType,
    Indicator,
    NumberSeries,
    Purpose,
    Recipient,
    Report,
)
from documents.reports.writing import Given, write_attestations, write_figures, write_sections
from tests import factories
from tests.founder import founder, recorded, together
from workflow.decisions.onward.approve import approve
from workflow.decisions.onward.endorse import endorse
from workflow.decisions.onward.review import review
from workflow.decisions.onward.submit import submit
from workflow.drafting import editing
from workflow.models import Dossier

FIVE_OF_FIVE = BallotTally(members_total=5, present=5, issued=5, collected=5, valid=5, in_favour=5, against=0, blank=0)
SITTING = {"sitting_on": date(2021, 4, 12), "minutes_no": "04/BB-BTV"}
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63606060f80f0001040100"
    "5fe5c34b0000000049454e44ae426082"
)


def png(name: str = "Ảnh hội nghị.png") -> io.BytesIO:
    """A picture of one pixel under this name."""
    file = io.BytesIO(PIXEL)
    file.name = name
    return file


@transaction.atomic
def entered(row: Recorded, **lists) -> Recorded:
    """Reference data that was there before the story begins."""
    row.save()
    for name, rows in lists.items():
        getattr(row, name).set(rows)
    recorded("reference_changed", row)
    return row


@transaction.atomic
def listed(of_campaign, *rows) -> None:
    """Have a campaign list these as well, on record."""
    of_campaign.add(*rows)
    recorded("reference_changed", of_campaign.instance)


class Office:
    """Liên đoàn Lao động quận over a school with a Party organisation and a company without; one person a role."""

    @together()
    def __init__(self):
        self.district = factories.unit(
            "LDLD-LB", name="Liên đoàn Lao động quận", symbol="LĐLĐ", filing_note="Lưu: VP, TG."
        )
        head = {"employer_head": "Đỗ Thị Vân Ỷ", "employer_head_title": "Hiệu trưởng"}
        self.school = factories.unit("CD001", self.district, name="CĐCS Trường Mầm non", has_party_org=True, **head)
        self.company = factories.unit("CD007", self.district, name="CĐCS Công ty May", employer_head="Kim Dae-in")
        self.drafter = self.officer("an", Role.DRAFTER, self.school, "Lê Thị Ân")
        self.approver = self.officer("dao", Role.APPROVER, self.school, "Bùi Thị Ánh Đào")
        self.company_drafter = self.officer("nga", Role.DRAFTER, self.company, "Đinh Thị Ngà")
        self.company_approver = self.officer("uoc", Role.APPROVER, self.company, "Phan Văn Ước")
        self.reviewer = self.officer("my-an", Role.REVIEWER, self.district, "Tạ Thị Mỹ Ân")
        self.signatory = self.officer("yen", Role.SIGNATORY, self.district, "Lương Thị Bảo Yên")
        self.clerk = self.officer("ngan", Role.CLERK, self.district, "Quách Thu Ngần")
        self.city = entered(Recipient(code="TT-LDLDTP", name_vi="Thường trực LĐLĐ Thành phố", kind="city_federation"))
        self.party = entered(Recipient(code="BTG-QU", name_vi="Ban Tuyên giáo Quận ủy", kind="party"))
        self.campaign = self._campaign()

    def officer(self, username: str, role: Role, at: Unit, name: str) -> Authority:
        user = factories.person(username, name)
        factories.appoint(user, at, role)
        return factories.acting(user, role, at)

    def _campaign(self) -> Campaign:
        campaign = Campaign(
            outline=load_outline(by=founder()),
            organizer=self.district,
            plan_no="18/KH-LĐLĐ",
            plan_date=date(2021, 3, 9),
            title_vi="Sơ kết 5 năm thực hiện Chỉ thị 05-CT/TW",
            short_title="Sơ kết Chỉ thị 05",
            period_from=None,
            period_to=None,
            due_on=timezone.localdate() + timedelta(days=3),
        )
        return entered(campaign, asked=[self.school, self.company])

    def award(self, code: str = "GK_QU", **fields) -> AwardType:
        """An award decided by Quận ủy at 80 % of all members, unless `fields` say otherwise."""
        values = {
            "name_vi": "Giấy khen Quận ủy",
            "decided_by": "Quận ủy",
            "forwarded_to": "party",
            "threshold": Threshold(80, 100),
            "valid_from": date(2021, 1, 1),
        }
        return entered(AwardType(code=code, **values | fields))

    def own_award(self) -> AwardType:
        values = {"name_vi": "Giấy khen LĐLĐ quận", "decided_by": "LĐLĐ quận", "deciding_unit": self.district}
        return self.award("GK_LDLD_Q", forwarded_to="", **values)

    # --- papers -----------------------------------------------------------------------------------------------------
    def report(self, at: Unit | None = None, **fields) -> Report:
        """An empty draft."""
        by = self.company_drafter if at == self.company else self.drafter
        paper = Report(campaign=self.campaign, unit=at or self.school, **fields)
        editing.create(paper, by=by, key=uuid4())
        return again(paper)

    def full_report(self, at: Unit | None = None) -> Report:
        """A draft that wants nothing more."""
        paper = self.report(at)
        with editing.edit(paper, by=self.company_drafter if at == self.company else self.drafter) as draft:
            fill(draft)
        return again(paper)

    def nomination(self, award: AwardType | None = None, **fields) -> AwardNomination:
        """A draft that wants nothing more, unless `fields` take something away."""
        paper = AwardNomination(
            campaign=self.campaign,
            unit=self.school,
            award=award or self.award(),
            **PERSON | {"tally": FIVE_OF_FIVE} | fields,
        )
        editing.create(paper, by=self.drafter, key=uuid4())
        return again(paper)

    # --- the road ---------------------------------------------------------------------------------------------------
    def submitted(self, paper: Dossier) -> Dossier:
        return self._step(submit, paper, self._at_unit(paper, self.drafter, self.company_drafter))

    def reviewed(self, paper: Dossier) -> Dossier:
        paper = self.submitted(paper)
        paper = self._step(approve, paper, self._at_unit(paper, self.approver, self.company_approver))
        checklist = {code: "yes" for code, _sentence in paper.checklist}
        return self._step(review, paper, self.reviewer, checklist=checklist)

    def endorsed(self, paper: Dossier) -> Dossier:
        paper = self.reviewed(paper)
        tally = {"tally": vars(FIVE_OF_FIVE)} if paper.nominations_only else {}
        return self._step(endorse, paper, self.signatory, **SITTING, **tally)

    def _at_unit(self, paper: Dossier, school: Authority, company: Authority) -> Authority:
        return company if paper.unit_id == self.company.pk else school

    def _step(self, action, paper: Dossier, by: Authority, **facts) -> Dossier:
        action(paper, by=by, seen=paper.seen(), key=uuid4(), **facts)
        return again(paper)

    # --- letters ----------------------------------------------------------------------------------------------------
    def prepared(self, *papers: Dossier, **said) -> Dispatch:
        values = {
            "recipients": {self.party: Purpose.ACTION, self.city: Purpose.INFORMATION},
            "document_type": DocumentType.SUBMISSION,
            "subject": "Về việc đề nghị khen thưởng",
            "key": uuid4(),
        }
        return outgoing.prepare(list(papers), by=self.clerk, **values | said)

    def signed(self, *papers: Dossier, **said) -> Dispatch:
        return outgoing.sign(self.prepared(*papers, **said), by=self.signatory, key=uuid4())

    def sent(self, *papers: Dossier, **said) -> Dispatch:
        return outgoing.send(self.signed(*papers, **said), by=self.clerk, key=uuid4())

    def series(self, next_number: int, document_type=DocumentType.SUBMISSION) -> NumberSeries:
        year = timezone.localdate().year
        series = {"document_type": document_type, "year": year, "next_number": next_number}
        return entered(NumberSeries(unit=self.district, **series))


PERSON = {
    "target": "individual",
    "full_name": "Hà Thị Thảo Ơn",
    "birth_year": 1985,
    "sex": "female",
    "union_post": "Ủy viên BCH",
    "professional_post": "Giáo viên",
    "workplace": "Trường Mầm non Hoa Gạo",
    "party_member": True,
    "achievement_summary": "Xây dựng mô hình “Góc đọc sách về Bác” tại 12 lớp.",
    "achievement_report": "<p>Vận động quyên góp 1.150 đầu sách.</p>",
    "met_on": date(2026, 4, 1),
    "minutes_no": "03/BB-CĐCS",
    "employer_opinion": "Nhất trí.",
    "party_opinion": "Nhất trí đề nghị.",
}


def again(paper: Dossier) -> Dossier:
    """The same paper as it is stored now."""
    return type(paper).objects.with_content().get(pk=paper.pk)


def sample(indicator: Indicator):
    """Some figure of the type this indicator asks for; zero satisfies every check of the outline."""
    return {
        Indicator.Type.PERCENT: Decimal("98.5"),
        Indicator.Type.TEXT: "Tốt",
        Indicator.Type.RICHTEXT: "<p>Nêu gương.</p>",
        Indicator.Type.BOOL: False,
        Indicator.Type.TABLE: [dict.fromkeys(indicator.columns, "x")],
    }.get(indicator.type, 0)


def fill(report: Report) -> None:
    """Write something at every place of the outline; call inside `drafting.edit`."""
    outline = report.outline
    write_sections(report, {s.code: f"<p>Mục {s.code}.</p>" for s in outline.sections.filter(has_parts=False)})
    write_figures(report, {i.code: sample(i) for i in outline.indicators.filter(computed="")})
    write_attestations(
        report, {a.code: Given(True, "Đỗ Thị Vân Ỷ", date(2026, 4, 2)) for a in outline.attestations.all()}
    )
