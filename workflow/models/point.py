"""A point of a return, and the drafter's answer."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Recorded


class Point(Recorded):
    """One point of a return, tied to a place of the paper, answered before the paper is submitted again."""

    class Reason(models.TextChoices):
        MISSING_FIGURE = "missing_figure", _("figure missing")
        WRONG_FIGURE = "wrong_figure", _("figure wrong")
        UNCLEAR = "unclear", _("not clear")
        FORM = "form", _("not in due form")
        MISSING_FILE = "missing_file", _("document missing")
        OTHER = "other", pgettext_lazy("reason", "other")

    dossier = models.ForeignKey("workflow.Dossier", models.PROTECT, related_name="points")
    event = models.ForeignKey("ledger.Event", models.PROTECT, related_name="points", db_index=False)
    number = models.PositiveSmallIntegerField()
    place = models.CharField(_("place"), max_length=80)  # "section:2.1", "figure:so_lop", "attestation:…", "file:…"
    place_label = models.CharField(max_length=500)  # a section's code and title
    text = models.TextField(_("what to correct"))
    reason = models.CharField(_("kind of fault"), max_length=20, choices=Reason, blank=True, default="")
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    acts = ("answer",)  # the return that made it speaks of the rest
    no_act = ("dossier_id", "event_id", "number", "place", "place_label", "text", "reason")
    unwritten = "{row}.answer = '' AND {row}.answered_by_id IS NULL AND {row}.answered_at IS NULL"

    class Meta:
        verbose_name = _("point of a return")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["event", "number"], name="point_number_once")]
