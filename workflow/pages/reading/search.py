"""The pages of the search and of the index of names."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import render

from workflow.models import Dossier
from workflow.pages.reading.search_filter import SearchFilter
from workflow.search import names, query
from workflow.search.places import hit

PER_PAGE = 25


@login_required
def search(request):
    """Everything this person may see that holds what was typed, narrowed as the address says."""
    requested = SearchFilter(request.GET, user=request.user)
    question = requested.question
    rows = requested.narrow(Dossier.objects.visible_to(request.user))
    matches = query.matches(rows, question) if requested.has_criteria else []
    page = Paginator(matches[: query.MAX_MATCHES], PER_PAGE).get_page(request.GET.get("page"))
    first = question and page.number == 1
    context = {
        "filter": requested,
        "q": requested.cleaned_data.get("q", ""),
        "page": page,
        "hits": hits(page.object_list, question),
        "too_many": len(matches) > query.MAX_MATCHES,
        "units": query.units(request.user, requested.cleaned_data["q"]) if first else [],
        "people": query.people(request.user, question) if first else [],
    }
    return render(request, "workflow/search/search.html", context)


def hits(pks, question) -> list:
    """The dossiers of one page, in the order they were found: one query."""
    rows = Dossier.objects.filter(pk__in=pks).select_related("unit", "search_entry", "handler").in_bulk()
    return [hit(rows[pk], question) for pk in pks]


@login_required
def name_index(request):
    """People who had to do with a dossier within reach, by given name in Vietnamese order."""
    user = request.user
    letters = names.letters(user)
    letter = request.GET.get("letter") or next((letter.sign for letter in letters if letter.any), "A")
    page = names.page(user, letter, after=request.GET.get("after", ""))
    context = {"letters": letters, "letter": letter, "page": page}
    return render(request, "workflow/search/names.html", context)
