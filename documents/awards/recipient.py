"""A body that letters go to and that is no unit here."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Recorded
from documents.content.bilingual import in_readers_language


class Recipient(Recorded):
    """A body that letters go to and that is no unit here: a committee of Quận ủy, an office of the city federation."""

    class Kind(models.TextChoices):
        PARTY = "party", _("Party committee")
        CITY_FEDERATION = "city_federation", _("city federation")
        STATE = "state", _("state body")
        OTHER = "other", _("other body")

    code = models.CharField(_("code"), max_length=20, unique=True)
    name_vi = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    is_active = models.BooleanField(_("in use"), default=True)

    acts = ("reference_changed",)

    class Meta:
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        ordering = ["kind", "code"]

    def __str__(self):
        return in_readers_language(self.name_vi, self.name_en)
