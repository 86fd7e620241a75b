"""Notices: who must know of a decision or a due date is told in the page and by mail, each at most once.

`telling` and `reminders` write notices, `gathering` puts them into mails (the outbox), `posting` hands those over.
"""

from workflow.notices.telling import tell

__all__ = ["tell"]
