"""The memo, the tests' plainest kind of paper."""

from django.db import models

from accounts.models import User
from workflow.drafting.editing import Missing
from workflow.models import Dossier
from workflow.models.dossier_query import DossierQuerySet


class Memo(Dossier):
    """One line of text, one possible nominee, one item on the reviewer's checklist."""

    text = models.TextField(blank=True)
    nominee = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = DossierQuerySet.as_manager()
    nominations_only = True
    checklist = (("readable", "The memo can be read"),)

    def content(self):
        return {"parts": {"field:text": {"text": self.text}}, "attachments": []}

    def missing(self):
        return [] if self.text else [Missing("field:text", "The text is missing.")]

    def nominees(self):
        return frozenset({self.nominee_id} - {None})

    def places(self):
        return [("field:text", "Text")]
