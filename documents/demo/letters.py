"""Outgoing papers: prepared by the clerk, signed by the chair, then numbered, dated and sent by the clerk."""

from uuid import uuid4

from django.utils import timezone

from accounts.models import Role
from documents.demo.desk import CHAIR, CLERK, officer
from documents.letters import outgoing as dispatch
from documents.models import Outcome, Purpose, Recipient
from workflow.models import Dossier


def send(dossier: Dossier, said: dict) -> None:
    clerk = officer(CLERK, Role.CLERK)
    paper = dispatch.prepare(
        [dossier],
        by=clerk,
        recipients={Recipient.objects.get(code=code): Purpose(what) for code, what in said["recipients"].items()},
        document_type=said["type"],
        subject=said["subject"],
        body=said["body"],
        key=uuid4(),
    )
    dispatch.sign(paper, by=officer(CHAIR, Role.SIGNATORY), key=uuid4())
    dispatch.send(paper, by=clerk, key=uuid4())


def record_reply(dossier: Dossier, said: dict) -> None:
    dispatch.record_reply(
        dossier.referrals.get(recipient__code=said["recipient"]),
        by=officer(CLERK, Role.CLERK),
        outcome=Outcome(said["outcome"]),
        receipt_no=said["receipt_no"],
        replied_on=timezone.localdate(),
        note=said["note"],
        key=uuid4(),
    )
