"""An appointment: one person in one role at one unit, from a day to a day."""

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.recorded import Recorded


class Role(models.TextChoices):
    DRAFTER = "drafter", _("drafter")
    APPROVER = "approver", _("unit approver")
    REVIEWER = "reviewer", _("reviewer")
    COMMITTEE = "committee", _("standing committee")
    SIGNATORY = "signatory", _("signatory")
    CLERK = "clerk", _("records clerk")
    AUDITOR = "auditor", _("auditor")
    ADMINISTRATOR = "administrator", _("administrator")


def in_force(prefix: str = "", on: date | None = None) -> Q:
    """The condition that a dated appointment or delegation holds on a day (today when not given)."""
    day = on or timezone.localdate()
    return Q(
        Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gte": day}),
        **{f"{prefix}starts_on__lte": day, f"{prefix}ended_at__isnull": True},
    )


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def in_force(self, on: date | None = None) -> Self:
        return self.filter(in_force(on=on), user__is_active=True)


class Appointment(Recorded):
    """A person holds a role at a unit from a day to a day: the only source of role rights."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="appointments", verbose_name=_("person"))
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="appointments", verbose_name=_("unit"))
    role = models.CharField(_("role"), max_length=15, choices=Role)
    post = models.CharField(_("post"), max_length=120)
    starts_on = models.DateField(_("from"), default=timezone.localdate)
    ends_on = models.DateField(_("to (last day)"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True, editable=False)
    decision_no = models.CharField(_("decision number"), max_length=60, blank=True)

    acts = ("founded", "appointed", "appointment_ended")
    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="appointment_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["user", "unit", "role"],
                condition=Q(ends_on__isnull=True, ended_at__isnull=True),
                name="one_open_appointment_each_role",
            ),
        ]
        indexes = [models.Index(fields=["unit", "role"])]

    def __str__(self) -> str:
        return f"{self.user} – {self.post}"

    @property
    def is_open(self) -> bool:
        """Neither ended nor past its last day; it may not have begun yet."""
        return self.ended_at is None and (self.ends_on is None or self.ends_on >= timezone.localdate())
