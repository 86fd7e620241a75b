"""A dossier before a body outside: its receipt and its outcome."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Recorded
from documents.register.dispatch import Purpose


class ReferralOutcome(models.TextChoices):
    ACKNOWLEDGED = "acknowledged", _("received")
    ACCEPTED = "accepted", _("accepted")
    AWARDED = "awarded", _("award given")
    DECLINED = "declined", _("declined")
    RETURNED = "returned", _("sent back")


class Referral(Recorded):
    """One dossier before one recipient: what it was sent for, its receipt and its outcome."""

    dossier = models.ForeignKey("workflow.Dossier", models.PROTECT, related_name="referrals")
    dispatch = models.ForeignKey("documents.Dispatch", models.PROTECT, related_name="referrals")
    recipient = models.ForeignKey("documents.Recipient", models.PROTECT, related_name="referrals")
    purpose = models.CharField(pgettext_lazy("purpose", "sent"), max_length=12, choices=Purpose)
    receipt_no = models.CharField(_("receipt number"), max_length=60, blank=True)
    outcome = models.CharField(_("outcome"), max_length=15, choices=ReferralOutcome, blank=True)
    replied_on = models.DateField(_("date of the reply"), null=True)
    settled = models.BooleanField(_("settled"), default=False)
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", null=True)

    acts = ("dispatched", "record_reply")
    beside = ("record_reply",)  # other kinds of paper have no referrals

    class Meta:
        verbose_name = _("referral")
        ordering = ["purpose", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["dispatch", "dossier", "recipient"], name="referral_once"),
        ]

    def __str__(self):
        return f"{self.dossier_id} → {self.recipient}"
