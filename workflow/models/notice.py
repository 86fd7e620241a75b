"""A notice to one person, and how they wish to hear of notices."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Reminder(models.Model):
    """One step before or after one due date of one matter; whose turn it is then get a notice of it."""

    matter = models.CharField(max_length=80)  # what is due, such as `dossier:7`
    dossier = models.ForeignKey("workflow.Dossier", models.CASCADE, null=True, related_name="reminders")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)  # of paper, such as `documents.report`
    title = models.CharField(max_length=400)
    path = models.CharField(max_length=200)  # the page it leads to
    due_on = models.DateField()
    step = models.SmallIntegerField()  # days before the due date; negative: after it
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("reminder")
        constraints = [models.UniqueConstraint(fields=["matter", "due_on", "step"], name="reminder_once")]


class Notice(models.Model):
    """One person should know of one event or reminder. Written by the worker, at most once a person."""

    class NotMailed(models.TextChoices):
        ADDRESS = "address", _("on the page only: no e-mail address")
        CHOICE = "choice", _("on the page only, by choice")
        READ = "read", _("on the page only: read before an e-mail was due")

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="notices")
    event = models.ForeignKey("ledger.Event", models.CASCADE, null=True, related_name="notices")
    reminder = models.ForeignKey(Reminder, models.CASCADE, null=True, related_name="notices")
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)
    mail = models.ForeignKey("workflow.Mail", models.PROTECT, null=True, related_name="notices")
    not_mailed = models.CharField(max_length=10, choices=NotMailed, blank=True)

    class Meta:
        verbose_name = _("notice")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "event"], name="notice_once"),
            models.UniqueConstraint(fields=["user", "reminder"], name="reminded_once"),
            models.CheckConstraint(
                condition=Q(event__isnull=True) ^ Q(reminder__isnull=True), name="notice_of_an_event_or_a_reminder"
            ),
        ]
        indexes = [
            models.Index(fields=["user", "read_at", "-id"]),
            models.Index(fields=["id"], condition=Q(mail=None, not_mailed=""), name="notice_to_be_mailed"),
        ]
