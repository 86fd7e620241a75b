"""What the frame of every page shows: the menu, the person and their office."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Role, User
from workflow.models import Dossier
from workflow.notices import inbox
from workflow.search.counted import Counted, counted

OUTGOING = frozenset({Role.REVIEWER, Role.COMMITTEE, Role.SIGNATORY, Role.CLERK, Role.AUDITOR})
MENU = (  # address, name, short name, icon, hidden on a phone's tab bar, roles (all when empty)
    ("workflow:desk", _("Desk"), _("Tasks"), "desk", False, frozenset()),
    ("documents:reports", _("Reports"), "", "report", False, frozenset()),
    ("documents:nominations", pgettext_lazy("menu", "Nominations"), "", "award", True, frozenset()),
    ("documents:campaigns", _("Campaigns"), _("Rounds"), "campaign", False, frozenset()),
    ("documents:dispatches", _("Outgoing papers"), _("Outgoing"), "send", False, OUTGOING),
    ("audit:history", pgettext_lazy("menu", "History"), "", "ledger", False, frozenset()),
    (
        "administration:office",
        pgettext_lazy("menu", "Administration"),
        "",
        "shield",
        False,
        frozenset({Role.ADMINISTRATOR}),
    ),
)


def frame(request) -> dict:
    """`menu`, `bell`, `account`, `office` and `search_url` of the signed-in person; nothing for a stranger."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    waiting, unread = _counts(user)
    bell = {"count": min(unread, inbox.MAX_COUNTED), "more": unread > inbox.MAX_COUNTED}
    menu = _menu(request, user, waiting)
    here = {"menu": menu, "bell": bell, "account": _account(user), "office": _office(user)}
    return here | {"search_url": reverse("workflow:search")}


def _counts(user) -> tuple[int, int]:
    """What waits for them and the notices they have not read, in one query."""
    waiting = Counted(Dossier.objects.waiting_for(user).order_by().values("pk")[: inbox.MAX_COUNTED + 1])
    unread = counted(inbox.unread_counted, user.pk)
    waiting, unread = User.objects.filter(pk=user.pk).values_list(waiting, unread).get()
    return waiting or 0, unread or 0


def _menu(request, user, waiting: int) -> list[dict]:
    own_roles = {by.role for by in user.authorities}
    bounded = waiting if waiting <= inbox.MAX_COUNTED else f"{inbox.MAX_COUNTED}+"
    return [
        {
            "url": reverse(name),
            "label": label,
            "short_label": short,
            "icon": icon,
            "minor": minor,
            "current": request.path == reverse(name)
            or (request.path.startswith(reverse(name)) and reverse(name) != "/"),
            "count": bounded if name == "workflow:desk" else None,
        }
        for name, label, short, icon, minor, roles in MENU
        if not roles or roles & own_roles
    ]


def _account(user) -> dict:
    words = user.full_name.split()
    first = next(iter(user.authorities), None)
    return {
        "name": user.full_name,
        "post": first.post if first else "",
        "initials": "".join(word[0] for word in [words[0], words[-1]][: len(words)]).upper() if words else "",
        "acting_for": ", ".join(dict.fromkeys(by.acting_for.full_name for by in user.authorities if by.delegation)),
    }


def _office(user) -> dict:
    unit = next((by.unit for by in user.authorities), None)
    return {"name": unit.name, "short_name": unit.short_name} if unit else {}
