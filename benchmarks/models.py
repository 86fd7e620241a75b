"""What a plain application would keep: the dossier's and the event's columns, without a hash, a chain or a trigger.

No migrations and `managed = False`: `benchmarks.database` makes the tables once those of the product are there.
"""

import uuid

from django.db import models
from django.utils import timezone

from workflow.states import State

USER = "accounts.User"


class PlainDossier(models.Model):
    ref = models.UUIDField(default=uuid.uuid4, unique=True)
    kind = models.CharField(max_length=60)
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+")
    author = models.ForeignKey(USER, models.PROTECT, related_name="+")
    subject = models.CharField(max_length=400)
    search_text = models.CharField(max_length=700, default="")
    state = models.CharField(max_length=50, default=State.SUBMITTED, choices=State)
    state_since = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)
    due_on = models.DateField(null=True)
    submitter = models.ForeignKey(USER, models.PROTECT, related_name="+", null=True)
    handler = models.ForeignKey(USER, models.PROTECT, related_name="+", null=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True)
    slot = models.CharField(max_length=80, null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: "models.Manager[PlainDossier]" = (
        models.Manager()
    )  # named: the types are read without these models installed

    class Meta:
        managed = False
        indexes = [models.Index(fields=["state", "unit"]), models.Index(fields=["unit", "-id"])]


class PlainHistory(models.Model):
    """The step that was taken."""

    at = models.DateTimeField()
    verb = models.CharField(max_length=20)
    dossier = models.ForeignKey(PlainDossier, models.PROTECT, related_name="history")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+")
    from_state = models.CharField(max_length=20)
    to_state = models.CharField(max_length=20)
    version = models.PositiveIntegerField()
    actor = models.ForeignKey(USER, models.PROTECT, related_name="+")
    acting_for = models.ForeignKey(USER, models.PROTECT, related_name="+", null=True)
    role = models.CharField(max_length=15)
    appointment = models.ForeignKey("accounts.Appointment", models.PROTECT, related_name="+", null=True)
    delegation = models.ForeignKey("accounts.Delegation", models.PROTECT, related_name="+", null=True)
    facts = models.JSONField(default=dict)
    key = models.UUIDField(unique=True)

    class Meta:
        managed = False
        indexes = [
            models.Index(fields=["dossier", "-id"]),
            models.Index(fields=["-at", "-id"]),
            models.Index(fields=["actor", "-at"]),
            models.Index(fields=["unit", "-at"]),
        ]


class PlainAudit(models.Model):
    """The words and names that went with it."""

    history = models.OneToOneField(PlainHistory, models.PROTECT)
    texts = models.JSONField(default=dict)

    class Meta:
        managed = False
