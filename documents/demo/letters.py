"""Outgoing papers: prepared by the clerk, signed by the chair, her deputy or her delegate, then sent by the clerk."""

from uuid import uuid4

from django.utils import timezone

from accounts.models import Role, User
from administration.delegations.changes import revoke
from documents.demo.desk import CHAIR, CLERK, lend, officer
from documents.letters import outgoing
from documents.models import Dispatch, Purpose, Recipient, ReferralOutcome
from workflow.models import Dossier


def send(dossier: Dossier, data: dict) -> None:
    clerk = officer(CLERK, Role.CLERK)
    paper = outgoing.prepare(
        [dossier],
        by=clerk,
        recipients={Recipient.objects.get(code=code): Purpose(what) for code, what in data["recipients"].items()},
        document_type=data["type"],
        subject=data["subject"],
        body=data["body"],
        key=uuid4(),
    )
    if "delegation" in data:
        _sign_by_delegation(paper, data["delegation"])
    else:
        outgoing.sign(paper, by=officer(data.get("signatory", CHAIR), Role.SIGNATORY), key=uuid4())
    outgoing.send(paper, by=clerk, key=uuid4())


def _sign_by_delegation(paper: Dispatch, data: dict) -> None:
    """The chair is away for this one paper and takes her office back afterwards."""
    chair, delegate = officer(CHAIR, Role.SIGNATORY), User.objects.get(username=data["delegate"])
    delegation = lend(chair, delegate, days=1, document_no=data["document_no"], reason=data["reason"])
    outgoing.sign(paper, by=officer(data["delegate"], Role.SIGNATORY, delegated=True), key=uuid4())
    revoke(delegation, by=chair, key=uuid4(), note=data["back"])


def record_reply(dossier: Dossier, data: dict) -> None:
    outgoing.record_reply(
        dossier.referrals.get(recipient__code=data["recipient"]),
        by=officer(CLERK, Role.CLERK),
        outcome=ReferralOutcome(data["outcome"]),
        receipt_no=data["receipt_no"],
        replied_on=timezone.localdate(),
        note=data["note"],
        key=uuid4(),
    )
