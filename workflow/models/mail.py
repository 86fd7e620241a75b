"""An e-mail in the outbox, and how far it came."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy


class NoticeChoice(models.Model):
    """How one person wants their notices by mail; without a row: each at once, in Vietnamese."""

    class Way(models.TextChoices):
        EACH = "each", _("Each immediately")
        DAILY = "daily", _("Once a day")
        NONE = "none", _("Not by e-mail")

    class Language(models.TextChoices):
        VI = "vi", "Tiếng Việt"
        EN = "en", "English"

    user = models.OneToOneField("accounts.User", models.CASCADE, related_name="notice_choice")
    way = models.CharField(_("by e-mail"), max_length=5, choices=Way, default=Way.EACH)
    hour = models.PositiveSmallIntegerField(_("hour of the daily e-mail"), default=8)
    language = models.CharField(_("language of the e-mail"), max_length=2, choices=Language, default=Language.VI)

    class Meta:
        verbose_name = _("choice of notices")


class Mail(models.Model):
    """One mail to one person: the outbox. Handed to the mail server at most once, unless someone sends it again."""

    class Occasion(models.TextChoices):
        NOTICES = "notices", _("notices")
        REMINDERS = "reminders", _("reminders")
        DIGEST = "digest", _("daily digest")

    class State(models.TextChoices):
        QUEUED = "queued", pgettext_lazy("mail", "waiting to be sent")
        HANDING_OVER = "handing_over", pgettext_lazy("mail", "being handed to the mail server")
        SENT = "sent", pgettext_lazy("mail", "sent")
        FAILED = "failed", pgettext_lazy("mail", "not sent")
        UNSURE = "unsure", pgettext_lazy("mail", "unsure whether it was sent")

    class Fault(models.TextChoices):
        UNREACHABLE = "unreachable", _("The mail server could not be reached.")
        LATER = "later", _("The mail server asked to try again later.")
        REFUSED = "refused", _("The mail server refused it.")
        ADDRESS = "address", _("The person has no address that can be written to, or their account is closed.")
        BROKEN = "broken", _("The connection or the worker failed while the e-mail was being sent.")

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # and the Message-ID
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="mails")
    occasion = models.CharField(max_length=10, choices=Occasion)
    day = models.DateField(null=True)  # of a digest or of reminders
    state = models.CharField(max_length=12, choices=State, default=State.QUEUED)
    created_at = models.DateTimeField(auto_now_add=True)
    at = models.DateTimeField(default=timezone.now)  # since when it is in this state
    due_at = models.DateTimeField(default=timezone.now)  # the next attempt
    attempts = models.PositiveSmallIntegerField(default=0)
    address = models.EmailField(blank=True)  # where it was handed over for
    fault = models.CharField(max_length=12, choices=Fault, blank=True)
    answer = models.CharField(max_length=300, blank=True)  # of the mail server
    again_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("mail")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "occasion", "day"], name="one_mail_a_day"),  # null days differ
            models.CheckConstraint(
                condition=Q(occasion="notices", day=None) | ~Q(occasion="notices") & Q(day__isnull=False),
                name="mail_has_its_day",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(state="queued"), name="mail_queued"),
            models.Index(fields=["at"], condition=Q(state="handing_over"), name="mail_handing_over"),
            models.Index(fields=["user", "-id"]),
            models.Index(fields=["created_at"]),
        ]

    @classmethod
    def label(cls, state: str) -> str:
        """What a state is called: without a mail server nothing is sent, whatever was handed over."""
        if state == cls.State.SENT and not settings.EMAIL_HOST:
            return pgettext("mail", "written to a file, not sent")
        return str(cls.State(state).label)

    @property
    def state_label(self) -> str:
        return self.label(self.state)
