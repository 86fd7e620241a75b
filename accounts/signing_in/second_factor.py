"""The second factor: what is stored of it is encrypted, and every wrong proof is written down."""

import base64
import contextlib
from collections.abc import Iterator
from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.models import SignIn, User
from accounts.signing_in.journal import record


class OfficeMFAAdapter(DefaultMFAAdapter):
    """Seeds of codes lie encrypted in the database: a copy of it alone opens nothing."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _(
            "This code is incorrect, has expired or has already been used. Please wait for the next one."
        ),
    }

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()

    def get_public_key_credential_rp_entity(self) -> Any:
        return super().get_public_key_credential_rp_entity() | {"name": "Trình"}


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(Fernet(base64.urlsafe_b64encode(_digest(key))) for key in keys)


def _digest(key: str | bytes) -> bytes:
    return salted_hmac("accounts.signing_in.second_factor", "seed", secret=key, algorithm="sha256").digest()


@contextlib.contextmanager
def watched(user: User, method: str) -> Iterator[None]:
    """Write a refusal down and let it through."""
    try:
        yield
    except ValidationError as refusal:
        throttled = refusal.code in {"too_many_login_attempts", "rate_limited"}
        outcome = SignIn.Outcome.HELD_OFF if throttled else SignIn.Outcome.REFUSED
        record(context.request, outcome, user=user, method=method)
        raise


@contextlib.contextmanager
def well_formed() -> Iterator[None]:
    """What a browser did not make is a wrong answer like any other, not a fault of ours."""
    try:
        yield
    except (AttributeError, KeyError, TypeError, ValueError) as nonsense:
        raise OfficeMFAAdapter().validation_error("incorrect_code") from nonsense


class WatchedCode:
    user: User

    def clean_code(self) -> Any:
        with watched(self.user, "totp"):
            return super().clean_code()  # type: ignore[misc]  # the form of allauth beside it has it


class WatchedKey:
    user: User

    def clean_credential(self) -> Any:
        with watched(self.user, "webauthn"), well_formed():
            return super().clean_credential()  # type: ignore[misc]  # the form of allauth beside it has it


class Confirms:
    authenticator: Authenticator
    cleaned_data: dict[str, Any]

    def save(self) -> None:
        super().save()  # type: ignore[misc]  # the form of allauth beside it has it
        key = self.cleaned_data.get("credential") or self.authenticator
        record(context.request, SignIn.Outcome.CONFIRMED, user=key.user, method=key.type)


class CodeForm(WatchedCode, AuthenticateForm):
    pass


class NewKeyForm(AddWebAuthnForm):
    def clean(self) -> Any:
        with well_formed():
            return super().clean()


class KeyForm(WatchedKey, AuthenticateWebAuthnForm):
    pass


class PasskeyForm(WatchedKey, LoginWebAuthnForm):
    pass


class CodeAgainForm(WatchedCode, Confirms, ReauthenticateForm):
    pass


class KeyAgainForm(WatchedKey, Confirms, ReauthenticateWebAuthnForm):
    pass


class ActivationForm(ActivateTOTPForm):
    """The code that proves a new authenticator is used up by it, as one at the door is."""

    def clean_code(self) -> str:
        code: str = super().clean_code()
        TOTP(Authenticator(user=self.user, type=Authenticator.Type.TOTP))._mark_code_used(code)
        return code
