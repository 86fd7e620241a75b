"""The request of somebody who has signed in, as the pages behind the door take it."""

from django.http import HttpRequest

from accounts.models import User


class SignedIn(HttpRequest):
    user: User
