"""The sign-in journal: every attempt to sign in, and how it ended."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.browsers import in_words

METHODS = {
    "password": _("password"),
    "totp": _("authenticator code"),
    "webauthn": _("passkey"),
    "recovery_codes": _("recovery code"),
}


class SignIn(models.Model):
    """One knock at the door and how it was answered. The application may only add to it."""

    class Outcome(models.TextChoices):
        SIGNED_IN = "signed_in", _("signed in")
        REFUSED = "refused", _("refused")
        HELD_OFF = "held_off", _("blocked: too many attempts")
        CONFIRMED = "confirmed", _("confirmed their identity")
        SIGNED_OUT = "signed_out", _("signed out")

    at = models.DateTimeField(_("when"), auto_now_add=True)
    user = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="sign_ins")
    # A name without an account is often a password typed into the wrong box: only its keyed mark is kept.
    unknown_name = models.CharField(max_length=16, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    method = models.CharField(_("method"), max_length=40, blank=True)  # codes of METHODS, joined by "+"
    ip = models.GenericIPAddressField(_("address"), null=True)
    user_agent = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("sign-in")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["user", "-id"])]

    @property
    def browser(self) -> str:
        return in_words(self.user_agent)

    @property
    def by(self) -> str:
        """The proofs given, in words."""
        return " + ".join(str(METHODS[code]) for code in self.method.split("+") if code in METHODS)
