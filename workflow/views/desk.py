from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import cached_property

from workflow import desk as on_the_desk
from workflow.notices import inbox

PER_PAGE = 50
BESIDE = 8  # rows of each list at the side


class Counted(Paginator):
    """Pages of a list whose length is known already."""

    def __init__(self, rows, per_page, length):
        super().__init__(rows, per_page)
        self.length = length

    @cached_property
    def count(self):
        return self.length


@login_required
def desk(request):
    """What waits for me, what came back, what I wait for, what is new."""
    user, kind = request.user, request.GET.get("kind", "")
    rows = on_the_desk.waiting(user, kind)
    counts = on_the_desk.counts(rows)
    page = Counted(rows, PER_PAGE, counts["all"]).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "groups": _grouped(page, counts),
        "kind": kind,
        "kinds": [(name, model._meta.verbose_name_plural) for name, model in on_the_desk.kinds().items()],
        "returned": on_the_desk.returned(user)[:BESIDE],
        "elsewhere": on_the_desk.elsewhere(user)[:BESIDE],
        "notices": inbox.unread(user)[:BESIDE],
        "today": timezone.localdate(),
        "lent": [by for by in user.authorities if by.delegation],
    }
    return render(request, "desk.html", context)


def _grouped(page, counts) -> list[dict]:
    """The rows of this page under their headings, each with how many there are on all pages."""
    groups = {
        name: {"name": name, "label": label, "count": counts[name], "rows": []}
        for name, label in on_the_desk.GROUPS.items()
    }
    for dossier in page:
        groups[on_the_desk.group_of(dossier.due_on)]["rows"].append(dossier)
    return [group for group in groups.values() if group["rows"]]
