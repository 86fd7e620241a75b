"""When a thing is due, in words."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MAX_DAYS_TO_BE_SOON = 3  # days


def in_words(day, *, settled=False) -> dict | None:
    """{"kind": over|today|soon|"", "text"} for `components/dossier/due.html`; settled, a past day is a day."""
    if day is None:
        return None
    left = (day - timezone.localdate()).days
    if settled:
        return {"kind": "", "text": day.strftime("%d/%m/%Y")}
    if left < 0:
        return {"kind": "over", "text": ngettext("overdue by %d day", "overdue by %d days", -left) % -left}
    if left == 0:
        return {"kind": "today", "text": _("due today")}
    return {
        "kind": "soon" if left <= MAX_DAYS_TO_BE_SOON else "",
        "text": ngettext("%d day left", "%d days left", left) % left,
    }
