"""A person's account: the names they carry and sign in with."""

import uuid
from collections.abc import Iterable
from typing import Any, NoReturn

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models.authority import Authority, authorities
from accounts.models.folded import folded
from accounts.models.recorded import Recorded
from accounts.passwords import composed, within_limit
from vietnamese.text import nfc, sort_key

NO_ACT = ["password", "last_login", "sort_key", "search_text", "given_password_until"]
UNTYPED = [*NO_ACT, "date_joined", "recorded"]  # no history


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, full_name: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(username=self.model.normalize_username(username), full_name=full_name, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(Recorded, AbstractBaseUser):
    """A person who signs in. Never deleted, only deactivated: the record names people by `ref` for ever."""

    class Honorific(models.TextChoices):
        MR = "ong", _("Mr")
        MS = "ba", _("Ms")

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    username = models.CharField(_("username"), max_length=60, unique=True)
    full_name = models.CharField(_("full name"), max_length=200)
    sort_key = models.CharField(max_length=1200, db_collation="C", db_index=True, editable=False)
    honorific = models.CharField(_("honorific"), max_length=5, choices=Honorific, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(auto_now_add=True)
    # Set: an administrator gave the password. It must be changed at sign-in and is worth nothing after this moment.
    given_password_until = models.DateTimeField(null=True, editable=False)
    search_text = folded("full_name", "username")
    history = HistoricalRecords(excluded_fields=UNTYPED)

    acts = (
        "founded",
        "person_registered",
        "person_changed",
        "person_deactivated",
        "person_reactivated",
        "redacted",
    )
    no_act = tuple(NO_ACT)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]
    objects = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["sort_key", "pk"]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.full_name = nfc(self.full_name)
        self.sort_key = sort_key(self.full_name)
        nothing_typed = set(kwargs.get("update_fields") or ["full_name"]) <= set(UNTYPED)
        if nothing_typed and not hasattr(self, "skip_history_when_saving"):
            self.save_without_historical_record(*args, **kwargs)  # type: ignore[attr-defined]  # of HistoricalRecords
            return None
        return super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise PermissionDenied("People are deactivated, never deleted.")

    def set_password(self, raw_password: str | None) -> None:
        super().set_password(composed(raw_password))
        self.given_password_until = None

    def check_password(self, raw_password: str | None) -> bool:
        return within_limit(raw_password) and super().check_password(composed(raw_password))

    @property
    def must_change_password(self) -> bool:
        return self.given_password_until is not None

    @property
    def given_password_has_run_out(self) -> bool:
        return self.given_password_until is not None and self.given_password_until <= timezone.now()

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name.split()[-1] if self.full_name else self.username

    @cached_property
    def authorities(self) -> list[Authority]:
        """Every capacity in which this person may act, queried once for this instance (one request)."""
        return authorities(self)

    @property
    def is_staff(self) -> bool:
        """The Django admin's door: an administrator's appointment in force, nothing else."""
        return any(authority.role == "administrator" for authority in self.authorities)

    # The admin and other applications ask these; there is no superuser in Trình.
    is_superuser = False

    def has_perm(self, perm: str, obj: models.Model | None = None) -> bool:
        from django.contrib.auth.models import _user_has_perm  # type: ignore[attr-defined]  # as Django's own mixin

        return self.is_active and _user_has_perm(self, perm, obj)

    def has_perms(self, perms: Iterable[str], obj: models.Model | None = None) -> bool:
        return all(self.has_perm(perm, obj) for perm in perms)

    def has_module_perms(self, app_label: str) -> bool:
        from django.contrib.auth.models import _user_has_module_perms  # type: ignore[attr-defined]  # the same

        return self.is_active and _user_has_module_perms(self, app_label)
