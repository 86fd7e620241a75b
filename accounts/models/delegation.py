"""A delegation: the holder of an appointment lets another act in it for a while."""

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models.appointment import in_force
from accounts.models.recorded import Recorded


class Prefix(models.TextChoices):
    """What stands before the signature of a delegate (Decree 30/2020, article 13)."""

    TUQ = "TUQ", _("by delegation (TUQ.)")
    TL = "TL", _("by order (TL.), for the kinds named in the working rules")


class DelegationQuerySet(models.QuerySet["Delegation"]):
    def in_force(self, on: date | None = None) -> Self:
        """Delegations whose own dates, holder, delegate and appointment all hold."""
        return self.filter(
            in_force(on=on),
            in_force("appointment__", on=on),
            delegate__is_active=True,
            appointment__user__is_active=True,
        )


class Delegation(Recorded):
    """The holder of one appointment lets another person act in it for a while. It cannot be passed on."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    appointment = models.ForeignKey(
        "accounts.Appointment", models.PROTECT, related_name="delegations", verbose_name=_("appointment")
    )
    delegate = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="delegations", verbose_name=_("delegate")
    )
    starts_on = models.DateField(_("from"), default=timezone.localdate)
    ends_on = models.DateField(_("to (last day)"))
    ended_at = models.DateTimeField(_("revoked at"), null=True, blank=True, editable=False)
    prefix = models.CharField(pgettext_lazy("delegation", "Signs"), max_length=3, choices=Prefix, default=Prefix.TUQ)
    document_no = models.CharField(_("number of the letter of delegation"), max_length=60, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    created_at = models.DateTimeField(auto_now_add=True)

    acts = ("delegated", "delegation_revoked")
    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="delegation_ends_after_start")
        ]

    def __str__(self) -> str:
        return f"{self.delegate} ⇠ {self.appointment}"

    @property
    def is_open(self) -> bool:
        """Neither revoked nor past its last day, nor its appointment ended; it may not have begun yet."""
        return self.ended_at is None and self.ends_on >= timezone.localdate() and self.appointment.is_open

    @property
    def is_coming(self) -> bool:
        return self.is_open and self.starts_on > timezone.localdate()
