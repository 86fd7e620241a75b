"""A password an administrator gives: told once, changed at the first sign-in, worth nothing after a week."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from accounts.passwords import made_up
from accounts.signing_in.sessions import end_all

LASTS = timedelta(days=7)


def give_password(user: User) -> str:
    """Set it, end every session of the person, and return it: it is not kept anywhere in clear."""
    password = made_up()
    user.set_password(password)
    user.given_password_until = timezone.now() + LASTS
    user.save(update_fields=["password", "given_password_until"])
    end_all(user)
    return password
