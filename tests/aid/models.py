from django.db import models
from django.utils import timezone

from workflow.drafting.editing import Missing
from workflow.models import Dossier
from workflow.models.dossier_query import DossierQuerySet
from workflow.states import Verb

LABELS = {"member": "Member", "amount": "Amount (đồng)", "reason": "Reason"}


class AidRequest(Dossier):
    """A member in hardship, the sum asked for, and why; one live request a member, unit and year."""

    member = models.CharField(max_length=200)
    amount = models.PositiveBigIntegerField(null=True, blank=True)
    reason = models.TextField(blank=True)

    objects = DossierQuerySet.as_manager()

    ceiling = 10_000_000
    checklist = (("visited", "The member was visited at home"),)

    def begin(self):
        self.slot = f"aid:{self.unit_id}:{self.member}:{timezone.localdate().year}"[:80]

    def content(self):
        parts = {f"field:{name}": {"text": str(getattr(self, name) or "")} for name in LABELS}
        return {"parts": parts, "attachments": []}

    def missing(self):
        left = {name: label for name, label in LABELS.items() if not getattr(self, name)}
        return [Missing(f"field:{name}", f"{label} is missing.") for name, label in left.items()]

    def extra_rules(self, verb, facts):
        if verb == Verb.REVIEW and (self.amount or 0) > self.ceiling:
            yield f"More than the fund may give: {self.ceiling:,} đồng."

    def places(self):
        return [(f"field:{name}", label) for name, label in LABELS.items()]
