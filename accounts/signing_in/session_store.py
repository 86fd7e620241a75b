"""Sessions in the database as Django keeps them; the one of a click is found by a compiled query."""

from datetime import datetime
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from accounts.compiled import compiled


@compiled(str, datetime)
def session_of(key: str, now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Any:
        if sessions := session_of(self.session_key, timezone.now()):
            return sessions[0]
        self._session_key = None
        return None
