"""Outgoing papers: prepared by the clerk, signed by the chair, her deputy or her delegate, then sent by the clerk."""

from uuid import uuid4

from django.utils import timezone

from accounts.models import Role, User
from administration.delegations.changes import revoke
from documents.demo.desk import CHAIR, CLERK, lend, officer
from documents.letters import outgoing
from documents.models import Dispatch, Purpose, Recipient, ReferralOutcome
from workflow.models import Dossier


def send(dossier: Dossier, said: dict) -> None:
    clerk = officer(CLERK, Role.CLERK)
    paper = outgoing.prepare(
        [dossier],
        by=clerk,
        recipients={Recipient.objects.get(code=code): Purpose(what) for code, what in said["recipients"].items()},
        document_type=said["type"],
        subject=said["subject"],
        body=said["body"],
        key=uuid4(),
    )
    if "delegation" in said:
        _sign_by_delegation(paper, said["delegation"])
    else:
        outgoing.sign(paper, by=officer(said.get("signatory", CHAIR), Role.SIGNATORY), key=uuid4())
    outgoing.send(paper, by=clerk, key=uuid4())


def _sign_by_delegation(paper: Dispatch, said: dict) -> None:
    """The chair is away for this one paper and takes her office back afterwards."""
    chair, delegate = officer(CHAIR, Role.SIGNATORY), User.objects.get(username=said["delegate"])
    lent = lend(chair, delegate, days=1, document_no=said["document_no"], reason=said["reason"])
    outgoing.sign(paper, by=officer(said["delegate"], Role.SIGNATORY, lent=True), key=uuid4())
    revoke(lent, by=chair, key=uuid4(), note=said["back"])


def record_reply(dossier: Dossier, said: dict) -> None:
    outgoing.record_reply(
        dossier.referrals.get(recipient__code=said["recipient"]),
        by=officer(CLERK, Role.CLERK),
        outcome=ReferralOutcome(said["outcome"]),
        receipt_no=said["receipt_no"],
        replied_on=timezone.localdate(),
        note=said["note"],
        key=uuid4(),
    )
