"""Finding the paper a page is about: a stranger's is a 404, and rights start the query."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from accounts.models import Authority, Role
from accounts.reach import reaches
from workflow.drafting import editing
from workflow.models import Dossier


def paper_of_kind_or_404(model: type[Dossier], user, ref) -> Dossier:
    """The paper with all it says, if this person may see it."""
    return get_object_or_404(model.objects.visible_to(user).with_content(), ref=ref)


def drafter_of(user, dossier: Dossier) -> Authority | None:
    """The capacity in which this person may write here, its unit's drafter; None for a mere reader."""
    drafters = [by for by in user.authorities if by.role == Role.DRAFTER]
    return next((by for by in drafters if reaches(by, dossier)), None)


def why_not_write(user, dossier: Dossier) -> list[str]:
    """Reasons against this person's changing the paper now; empty when they may."""
    by = drafter_of(user, dossier)
    if by is None:
        return [_("Only a drafter of %(unit)s can change this dossier.") % {"unit": dossier.unit.name}]
    return editing.why_not_edit(dossier, by)


def read_instead(request, dossier: Dossier, reasons: list[str]):
    """To the page for reading, saying why this paper cannot be written in."""
    for reason in reasons:
        messages.warning(request, reason)
    return redirect("workflow:dossier", dossier.ref)


def drafting_at(user) -> list[Authority]:
    """The capacities in which this person begins papers."""
    return [by for by in user.authorities if by.role == Role.DRAFTER]
