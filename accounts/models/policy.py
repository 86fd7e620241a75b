"""What a unit requires of those who decide: a second factor, a step-up."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.recorded import Recorded


class SecurityPolicy(Recorded):
    """What a unit, and every unit below it without a policy of its own, asks of those who decide."""

    unit = models.OneToOneField("accounts.Unit", models.PROTECT, related_name="security_policy", verbose_name=_("unit"))
    second_factor = models.BooleanField(_("a second factor is required of those who decide"), default=False)
    step_up = models.BooleanField(_("those who decide must confirm their identity again"), default=False)

    acts = ("policy_changed",)

    class Meta:
        verbose_name = _("security policy")
        verbose_name_plural = _("security policies")
