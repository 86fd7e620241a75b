"""Changes of how people sign in, sealed on the registry chain.

allauth changes passwords and second factors in its own views and says so by signals alone; they are heard here and
nowhere else, so that one place shows all that is wired this way.
"""

from uuid import uuid4

from allauth.account.signals import password_changed
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.db import transaction

from accounts.models import User, authorities
from accounts.signing_in.sessions import end_all
from ledger.append import append_to_registry


def connect() -> None:
    password_changed.connect(password)
    authenticator_added.connect(factor_added)
    authenticator_removed.connect(factor_removed)
    authenticator_reset.connect(factor_added)


def password(sender, request, user, **kwargs) -> None:
    end_all(user, but=request.session.session_key)
    seal(user, "password_changed")


def factor_added(sender, request, user, authenticator, **kwargs) -> None:
    end_all(user, but=request.session.session_key)
    seal(user, f"{authenticator.type}_added")


def factor_removed(sender, request, user, authenticator, **kwargs) -> None:
    end_all(user, but=request.session.session_key)
    seal(user, f"{authenticator.type}_removed")


@transaction.atomic
def seal(user: User, what: str) -> None:
    """In the first capacity the person holds; who holds none decides nothing, and only their sign-in history tells."""
    by = next(iter(authorities(user)), None)
    if by is None:
        return
    append_to_registry(
        "sign_in_changed",
        by=by,
        key=uuid4(),
        unit=by.unit,
        facts={"what": what, "person": str(user.ref)},
        texts={"person": user.full_name},
    )
