"""What a mail says: what kind of paper, which unit, where it stands and until when; never the paper itself."""

from collections import defaultdict
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from workflow.models import Dossier, Mail, Notice, NoticeChoice
from workflow.notices.reminders import RUNNING
from workflow.states import State

LINES = 30  # of one mail; the rest stand in the page


def letter(mail: Mail) -> EmailMessage:
    """The whole message, in the person's language."""
    choice = NoticeChoice.objects.filter(user=mail.user).first() or NoticeChoice(user=mail.user)
    with translation.override(choice.language):
        context = _context(mail)
        return EmailMessage(
            subject=" ".join(_text("subject", context).split()),
            body=_text("body", context).rstrip() + "\n",
            to=[mail.user.email],
            headers={
                "Message-ID": f"<{mail.ref}@{urlsplit(settings.SITE_URL).hostname}>",
                "Auto-Submitted": "auto-generated",
                "List-Unsubscribe": f"<{_absolute(reverse('workflow:notice-choices'))}>",
            },
        )


def _text(part: str, context: dict) -> str:
    return render_to_string(f"workflow/mail/{part}.txt", context)


def _context(mail: Mail) -> dict:
    matters = _matters(mail)
    return {
        "mail": mail,
        "lines": [_line(notices) for notices in matters[:LINES]],
        "total": len(matters),
        "more": len(matters[LINES:]),
        "all_url": _absolute(reverse("workflow:notices")),
        "choices_url": _absolute(reverse("workflow:notice-choices")),
    }


def _matters(mail: Mail) -> list[list[Notice]]:
    """The notices of each dossier, or other matter, together: one line of a mail."""
    rows = mail.notices.select_related("event__dossier__unit", "reminder__unit", "reminder__dossier__unit")
    matters = defaultdict(list)
    for notice in rows.order_by("pk"):
        matters[_dossier(notice) or notice.reminder.matter].append(notice)
    return list(matters.values())


def _dossier(notice: Notice) -> Dossier | None:
    return notice.event.dossier if notice.event else notice.reminder.dossier


def _line(notices: list[Notice]) -> dict:
    """One matter as it may be read over a shoulder, and as it stands now."""
    dossier, told = _dossier(notices[-1]), notices[-1].reminder
    return {
        "kind": apps.get_model(dossier.kind if dossier else told.kind)._meta.verbose_name,
        "unit": (dossier or told).unit.short_name,
        "state": State(dossier.state).label if dossier else "",
        "due_on": (dossier or told).due_on if not dossier or dossier.state in RUNNING else None,
        "reminder": any(notice.reminder for notice in notices),
        "url": _absolute(dossier.get_absolute_url() if dossier else told.path),
    }


def _absolute(path: str) -> str:
    return settings.SITE_URL + path
