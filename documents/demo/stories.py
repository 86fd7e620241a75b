"""The story of every dossier, told through the real actions in an order in which it could have happened."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from accounts.authority import Authority
from accounts.models import Delegation, Role, Unit
from documents import attachments, dispatch
from documents.demo import files, nominations, reports
from documents.demo.data import read
from documents.demo.desk import decide, officer, review, send_up
from documents.models import Attachment, AwardNomination, Campaign, Outcome, Purpose, Recipient, Report
from workflow import actions, office
from workflow.models import Dossier

DRAFTER, APPROVER, REVIEWER, SIGNATORY, CLERK = (
    Role.DRAFTER,
    Role.APPROVER,
    Role.REVIEWER,
    Role.SIGNATORY,
    Role.CLERK,
)
Kind = Attachment.Kind


class Stories:
    """Everything that happened in this office since its campaign was opened."""

    def __init__(self, campaign: Campaign):
        self.campaign, self.said = campaign, read("demo/stories.yaml")

    def tell(self) -> None:
        quick = self.quick_report()
        self.nominations()
        self.unit_reports()
        consolidated = self.consolidated_report(replacing=quick)
        self.concluded_report(into=consolidated)
        self.drafts()

    # --- reports of the units ---------------------------------------------------------------------------------------
    def unit_reports(self) -> None:
        self.first = self.reviewed_report()
        self.reviewed_report("CD002", "cd002.3", "cd002.1")
        self.returned_report()
        self.claimed_report()
        self.recalled_report()
        self.corrected_report()
        self.sole_officer_report()

    def reviewed_report(self, code="CD001", drafter="cd001.3", approver="cd001.1") -> Report:
        """Written, approved by the chair and reviewed by the district."""
        report = self.written(code, by := officer(drafter, DRAFTER))
        self.attach(report, by, "minutes", code)
        send_up(report, drafter=by, approver=officer(approver, APPROVER))
        review(report, by=officer("chuyenvien", REVIEWER), note=self.said["review_notes"][code])
        return report

    def returned_report(self) -> None:
        """The district found that figures and words disagree: two points for the drafter to answer."""
        report = self.written("CD003", by := officer("cd003.3", DRAFTER))
        self.attach(report, by, "minutes", "CD003")
        send_up(report, drafter=by, approver=officer("cd003.1", APPROVER))
        reviewer, said = officer("chuyenvien", REVIEWER), self.said["return"]
        decide(actions.claim, report, reviewer)
        decide(actions.return_, report, reviewer, points=points(said), note=said["note"])

    def claimed_report(self) -> None:
        report = self.written("CD004", by := officer("cd004.2", DRAFTER))
        send_up(report, drafter=by, approver=officer("cd004.1", APPROVER))
        decide(actions.claim, report, officer("chuyenvien", REVIEWER))

    def recalled_report(self) -> None:
        """Submitted too early, taken back, mended, submitted again as version 2."""
        report = self.written("CD005", by := officer("cd005.2", DRAFTER))
        said = self.said["recall"]
        reports.correct(report, by, values=said["before"])
        decide(actions.submit, report, by)
        decide(actions.recall, report, by, note=said["note"])
        reports.correct(report, by, values=said["after"])
        send_up(report, drafter=by, approver=officer("cd005.1", APPROVER))

    def corrected_report(self) -> None:
        """Two digits changed places; the chair saw it, went away for a week, and her delegate signed version 2."""
        report = self.written("CD006", by := officer("cd006.2", DRAFTER))
        chair, said = officer("cd006.1", APPROVER), self.said["correction"]
        reports.correct(report, by, values=said["before"])
        self.attach(report, by, "sheet", "CD006")
        decide(actions.submit, report, by)
        decide(actions.return_, report, chair, points=points(said), note=said["note"])
        reports.correct(report, by, values=said["after"], answer=said["answer"])
        self.delegate_for_a_week(chair, "cd006.3", self.said["delegation"])
        send_up(report, drafter=by, approver=officer("cd006.3", APPROVER, lent=True))

    def delegate_for_a_week(self, holder: Authority, username: str, said: dict) -> None:
        today = timezone.localdate()
        lent = Delegation(
            appointment=holder.appointment,
            delegate=officer(username, DRAFTER).person,
            starts_on=today,
            ends_on=today + timedelta(days=7),
            **said,
        )
        office.delegate(lent, by=holder, key=uuid4())

    def sole_officer_report(self) -> None:
        """The unit has one officer, who writes and signs; the record says so for ever."""
        report = self.written("CD009", by := officer("cd009.1", DRAFTER))
        decide(actions.submit, report, by)
        chair = officer("cd009.1", APPROVER)
        decide(actions.approve_as_sole_officer, report, chair, note=self.said["sole_officer"])
        review(report, by=officer("chuyenvien2", REVIEWER), note=self.said["review_notes"]["CD009"])

    def concluded_report(self, into: Report) -> None:
        note = self.said["taken_in"]
        decide(actions.conclude, self.first, officer("chuyenvien", REVIEWER), into=into, outcome=note)

    def drafts(self) -> None:
        """One half written, one hardly begun and past its own due date."""
        self.written("CD007", officer("cd007.2", DRAFTER))
        late = timezone.localdate() - timedelta(days=4)
        self.written("CD008", officer("cd008.2", DRAFTER), due_on=late)

    # --- reports of the district ------------------------------------------------------------------------------------
    def quick_report(self) -> Report:
        """Endorsed before the units had reported; the consolidated report will replace it."""
        return self.district_report("quick", subject=self.said["quick"]["subject"])

    def consolidated_report(self, replacing: Report) -> Report:
        said = self.said["consolidated"]
        report = self.district_report("consolidated", subject=said["subject"], replaces=replacing)
        decide(actions.supersede, replacing, officer("vanthu", CLERK), note=said["replacing"])
        self.send([report], said["dispatch"])
        self.reply(report, said["reply"])
        return report

    def district_report(self, name: str, **fields) -> Report:
        """Through the district's own office to the sitting of its Standing Committee."""
        report = self.written(self.campaign.organizer.code, by := officer("chuyenvien", DRAFTER), name, **fields)
        if name == "consolidated":
            self.attach(report, by, "plan", name)
        send_up(report, drafter=by, approver=officer("phochutich", APPROVER))
        review(report, by=officer("chuyenvien2", REVIEWER), note=self.said[name]["review"])
        self.endorse(report, self.said[name]["minutes_no"], note=self.said[name]["sitting"])
        return report

    # --- nominations ------------------------------------------------------------------------------------------------
    def nominations(self) -> None:
        self.nomination_forwarded()
        self.nomination_endorsed()
        self.nomination_decided()
        self.nomination_rejected()
        self.nomination_withdrawn()
        self.proposed("CD008", "cd008.2")  # waits for its chair, its ballot under the threshold

    def nomination_forwarded(self) -> None:
        nomination = self.reviewed_nomination("CD001", "cd001.3")
        self.endorse_nomination(nomination, "CD001")
        self.send([nomination], self.said["nominations"]["CD001"]["dispatch"])

    def nomination_endorsed(self) -> None:
        self.endorse_nomination(self.reviewed_nomination("CD006", "cd006.2"), "CD006")

    def nomination_decided(self) -> None:
        """The district's own award: its decision concludes the nomination."""
        nomination = self.reviewed_nomination("CD002", "cd002.3")
        self.endorse_nomination(nomination, "CD002")
        self.send([nomination], self.said["nominations"]["CD002"]["dispatch"])

    def nomination_rejected(self) -> None:
        nomination = self.proposed("CD003", "cd003.3")
        decide(actions.approve, nomination, officer("cd003.1", APPROVER))
        reviewer, note = officer("chuyenvien2", REVIEWER), self.said["nominations"]["CD003"]["reason"]
        decide(actions.claim, nomination, reviewer)
        decide(actions.reject, nomination, reviewer, note=note)

    def nomination_withdrawn(self) -> None:
        nomination = self.proposed("CD010", "cd010.3")
        note = self.said["nominations"]["CD010"]["reason"]
        decide(actions.withdraw, nomination, officer("cd010.1", APPROVER), note=note)

    def reviewed_nomination(self, code: str, drafter: str) -> AwardNomination:
        nomination = self.proposed(code, drafter)
        decide(actions.approve, nomination, officer(f"{code.lower()}.1", APPROVER))
        review(nomination, by=officer("chuyenvien2", REVIEWER), note=self.said["nominations"][code]["review"])
        return nomination

    def proposed(self, code: str, drafter: str) -> AwardNomination:
        """Written, its minutes attached, submitted."""
        said = self.said["nominations"][code]
        by = officer(drafter, DRAFTER)
        nomination = nominations.propose({"unit": code} | said["paper"], self.campaign, by)
        name, make = f"Biên bản họp xét khen thưởng {code}", files.pdf if code in ("CD001", "CD006") else files.word
        suffix = "pdf" if make is files.pdf else "docx"
        attachments.attach(nomination, make(said["minutes"]), by=by, name=f"{name}.{suffix}", kind=Kind.MINUTES)
        decide(actions.submit, nomination, by)
        return nomination

    def endorse_nomination(self, nomination: AwardNomination, code: str) -> None:
        said = self.said["nominations"][code]
        self.endorse(nomination, said["sitting"], tally=said["committee_ballot"], note=said["conclusion"])

    # --- what several stories share ---------------------------------------------------------------------------------
    def written(self, code: str, by: Authority, file: str = "", **fields) -> Report:
        report = reports.begin(self.campaign, Unit.objects.get(code=code), by, **fields)
        reports.write(report, file or code, by)
        return report

    def attach(self, report: Report, by: Authority, what: str, key: str) -> None:
        said = self.said["files"][key]
        make = {"minutes": files.pdf, "sheet": files.sheet, "plan": files.word}[what]
        content = read(said["from"]) if "from" in said else said["content"]
        attachments.attach(report, make(content), by=by, name=said["name"], kind=said["kind"])

    def endorse(self, dossier: Dossier, minutes_no: str, **facts) -> None:
        sitting = {"sitting_on": timezone.localdate(), "minutes_no": minutes_no}
        decide(actions.endorse, dossier, officer("chutich", SIGNATORY), **sitting, **facts)

    def send(self, dossiers: list[Dossier], said: dict) -> None:
        """Prepared by the clerk, signed, then numbered, dated and sent by the clerk."""
        clerk = officer("vanthu", CLERK)
        paper = dispatch.prepare(
            dossiers,
            by=clerk,
            recipients=addresses(said["recipients"]),
            document_type=said["type"],
            subject=said["subject"],
            body=said["body"],
            key=uuid4(),
        )
        dispatch.sign(paper, by=officer("chutich", SIGNATORY), key=uuid4())
        dispatch.send(paper, by=clerk, key=uuid4())

    def reply(self, dossier: Dossier, said: dict) -> None:
        referral = dossier.referrals.get(recipient__code=said["recipient"])
        answer = {"outcome": Outcome(said["outcome"]), "receipt_no": said["receipt_no"], "note": said["note"]}
        clerk, today = officer("vanthu", CLERK), timezone.localdate()
        dispatch.record_reply(referral, by=clerk, replied_on=today, key=uuid4(), **answer)


def points(said: dict) -> list[tuple[str, str]]:
    return list(said["points"].items())


def addresses(purposes: Mapping[str, str]) -> dict[Recipient, Purpose]:
    return {Recipient.objects.get(code=code): Purpose(purpose) for code, purpose in purposes.items()}
