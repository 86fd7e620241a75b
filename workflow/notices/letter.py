"""What a mail says: what kind of paper, which unit, where it stands and until when; never the paper itself."""

from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from workflow.models import Mail, Notice, NoticeChoice
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
    rows = mail.notices.select_related("event__dossier__unit", "reminder__unit", "reminder__dossier").order_by("pk")
    notices = list(rows[:LINES])
    total = len(notices) if len(notices) < LINES else mail.notices.count()
    return {
        "mail": mail,
        "lines": [_line(notice) for notice in notices],
        "total": total,
        "more": total - len(notices),
        "all_url": _absolute(reverse("workflow:notices")),
        "choices_url": _absolute(reverse("workflow:notice-choices")),
    }


def _line(notice: Notice) -> dict:
    """One notice as it may be read over a shoulder."""
    told = notice.reminder
    dossier = told.dossier if told else notice.event.dossier
    state = notice.event.to_state if notice.event else dossier.state if dossier else ""
    return {
        "kind": apps.get_model(told.kind if told else dossier.kind)._meta.verbose_name,
        "unit": (told or dossier).unit.short_name,
        "state": State(state).label if state else "",
        "due_on": (told or dossier).due_on,
        "reminder": bool(told),
        "url": _absolute(told.path if told else dossier.get_absolute_url()),
    }


def _absolute(path: str) -> str:
    return settings.SITE_URL + path
