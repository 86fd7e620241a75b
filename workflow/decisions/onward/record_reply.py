"""Record a reply: what one recipient answered; it has no page of its own."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Authority, Recorded
from ledger.envelope import Facts
from ledger.models import Event
from workflow.decisions.deciding import decide
from workflow.decisions.definition import Definition
from workflow.decisions.facts import iso
from workflow.decisions.rules import today
from workflow.models import Dossier
from workflow.states import Verb


def reply_dated(dossier: Dossier, by: Authority, facts: Facts | None) -> Iterator[str]:
    if facts is not None and not "" < str(facts.get("replied_on") or "") <= today():
        yield gettext("The date of the reply is required and cannot be in the future.")


def record_reply(
    dossier: Dossier,
    *,
    by: Authority,
    seen: str,
    key: UUID,
    recipient: str,
    outcome: str,
    replied_on: date,
    receipt_no: str = "",
    note: str = "",
    rows: tuple[Recorded, ...] = (),
) -> Event | None:
    """Record what one recipient answered, and the rows that say so, saved already; the state stays."""
    facts = {"recipient": recipient, "outcome": outcome, "receipt_no": receipt_no, "replied_on": iso(replied_on)}
    return decide(RECORD_REPLY, dossier, by=by, seen=seen, key=key, note=note, facts=facts, rows=rows)


RECORD_REPLY = Definition(
    verb=Verb.RECORD_REPLY,
    rules=(reply_dated,),
    action=record_reply,
    move=lambda decision: decision.dossier.record_reply(),
    sentence=_("%(actor)s recorded the reply of %(recipient)s"),
)
