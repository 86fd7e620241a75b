from django.db import models
from django.utils.translation import gettext_lazy as _


class Notice(models.Model):
    """One person should know of one event. Written by the worker, at most once a person and event."""

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="notices")
    event = models.ForeignKey("workflow.Event", models.CASCADE, related_name="notices")
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("notice")
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "event"], name="notice_once")]
        indexes = [models.Index(fields=["user", "read_at", "-id"])]
