"""An outgoing letter, the dossiers it carries and the bodies it goes to."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Recorded
from accounts.reach import WHOLE_BRANCH, reach
from documents.register.number_series import MAX_SYMBOL_CHARACTERS, DocumentType


class Purpose(models.TextChoices):
    ACTION = "action", _("for action")
    INFORMATION = "information", _("for information")


class DispatchQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Letters of the units a person's office reaches; a drafter or approver sees none."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        return self.filter(reach(by for by in user.authorities if by.role in WHOLE_BRANCH))


class Dispatch(Recorded):
    """An outgoing paper that carries dossiers: prepared, signed, then numbered, dated and sent at one stroke."""

    class State(models.TextChoices):
        PREPARED = "prepared", _("awaiting signature")
        SIGNED = "signed", _("signed, awaiting number and sending")
        SENT = "sent", _("sent")
        CANCELLED = "cancelled", _("cancelled")

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="dispatches", verbose_name=_("unit"))
    document_type = models.CharField(_("document type"), max_length=10, choices=DocumentType)
    subject = models.CharField(pgettext_lazy("letter", "subject"), max_length=500)
    body = models.TextField(_("body"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PREPARED)
    dossiers = models.ManyToManyField("workflow.Dossier", through="DispatchItem", related_name="dispatches")
    recipients = models.ManyToManyField("documents.Recipient", through="DispatchRecipient", related_name="+")

    prepared_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("prepared by"))
    prepared_at = models.DateTimeField(auto_now_add=True)
    prepare_key = models.UUIDField(unique=True, editable=False)
    signed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", null=True, verbose_name=_("signed by")
    )
    signed_for = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", null=True)
    signer_name = models.CharField(max_length=200, blank=True)  # as it stood that day
    signer_post = models.CharField(max_length=120, blank=True)
    signature = models.JSONField(default=list)  # the lines above the name: TM., KT., TUQ. or TL., and the post
    signed_at = models.DateTimeField(null=True)
    sign_key = models.UUIDField(unique=True, null=True, editable=False)

    year = models.PositiveSmallIntegerField(null=True)
    number = models.PositiveIntegerField(_("number"), null=True)
    symbol = models.CharField(_("number and symbol"), max_length=MAX_SYMBOL_CHARACTERS, blank=True)
    issued_on = models.DateField(_("date of issue"), null=True)
    sent_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", null=True, verbose_name=_("sent by"))
    sent_at = models.DateTimeField(null=True)
    send_key = models.UUIDField(unique=True, null=True, editable=False)
    note = models.CharField(_("note"), max_length=300, blank=True)

    acts = ("dispatch_prepared", "dispatch_signed", "dispatched", "dispatch_cancelled")
    objects = DispatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing paper")
        verbose_name_plural = _("outgoing papers")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["unit", "state"])]
        constraints = [
            models.UniqueConstraint(fields=["unit", "document_type", "year", "number"], name="dispatch_number_once"),
            models.CheckConstraint(
                condition=Q(state="sent", number__isnull=False, issued_on__isnull=False, signed_at__isnull=False)
                | Q(~Q(state="sent"), number=None, issued_on=None),
                name="dispatch_numbered_when_sent",
            ),
        ]

    def __str__(self):
        return self.symbol or self.subject

    @property
    def is_decision(self) -> bool:
        """A decision gives the federation's own awards; every other paper carries its dossiers upwards."""
        return self.document_type == DocumentType.DECISION


class DispatchItem(Recorded):
    """One dossier in an outgoing paper, at the sealed version it had when the paper was prepared."""

    dispatch = models.ForeignKey(Dispatch, models.PROTECT, related_name="items")
    dossier = models.ForeignKey("workflow.Dossier", models.PROTECT, related_name="dispatch_items")
    version = models.PositiveIntegerField()
    content_hash = models.CharField(max_length=64)

    acts = ("dispatch_prepared",)

    class Meta:
        ordering = ["dossier_id"]
        constraints = [models.UniqueConstraint(fields=["dispatch", "dossier"], name="dossier_once_in_a_dispatch")]

    def __str__(self):
        return f"{self.dispatch_id}: {self.dossier_id} v{self.version}"


class DispatchRecipient(Recorded):
    """Who an outgoing paper goes to, and what for."""

    dispatch = models.ForeignKey(Dispatch, models.PROTECT, related_name="addresses")
    recipient = models.ForeignKey("documents.Recipient", models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=12, choices=Purpose)

    acts = ("dispatch_prepared",)

    class Meta:
        ordering = ["purpose", "pk"]
        constraints = [models.UniqueConstraint(fields=["dispatch", "recipient"], name="recipient_once_in_a_dispatch")]

    def __str__(self):
        return str(self.recipient)
