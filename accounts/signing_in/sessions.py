"""How long a session lasts, and how all the others of a person are ended."""

import time
from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import BACKEND_SESSION_KEY, logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User

IDLE = 60 * 60  # seconds without a request
WHOLE = 12 * 60 * 60  # seconds from the sign-in on: a working day
STEP = 5 * 60  # seconds between two notes of "seen"; a session is written no oftener
BEGAN, SEEN = "session_began", "session_seen"


def begin(sender: object, request: HttpRequest, user: User, **kwargs: object) -> None:
    """Note when the session began, through whichever door."""
    request.session[BEGAN] = request.session[SEEN] = int(time.time())


class SessionLimits:
    """Ends a session that was idle too long or is too old; a session without its times is neither."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if BACKEND_SESSION_KEY not in request.session:
            return self.get_response(request)
        now, began, seen = time.time(), request.session.get(BEGAN, 0), request.session.get(SEEN, 0)
        if now - began > WHOLE or now - seen > IDLE:
            return self._ended(request)
        if now - seen > STEP:
            request.session[SEEN] = int(now)
            UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=timezone.now())
        return self.get_response(request)

    def _ended(self, request: HttpRequest) -> HttpResponse:
        UserSession.objects.filter(session_key=request.session.session_key).delete()
        logout(request)
        messages.info(request, _("You were signed out: the session was idle for too long or had reached its limit."))
        return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")


def end_all(user: User, but: str | None = None) -> int:
    """End every session of a person except the one with this key; how many."""
    others = UserSession.objects.filter(user=user).exclude(session_key=but or "")
    for session in others:
        session.end()
    return len(others)
