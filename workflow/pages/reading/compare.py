"""The page that compares two versions of a dossier."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.shortcuts import render

from ledger.models import Event
from workflow.comparison.difference import Difference, changes, files
from workflow.comparison.sides import sides, titles
from workflow.kinds import kind_of
from workflow.models import AccessLog, Version
from workflow.pages.finding import paper_or_404
from workflow.states import Verb

GROUPS = {"words": ["words"], "figures": ["amount", "table"], "facts": ["facts"]}  # as the page lays them out


@login_required
def compare(request, ref):
    """Two sealed versions side by side, or one and the draft in hand."""
    paper = paper_or_404(request.user, ref)
    sealed = Version.objects.filter(dossier=paper).select_related("wording").order_by("number")
    versions = {version.number: version for version in sealed}
    choices = [*versions, *([] if paper.is_sealed else [0])]
    before, to = _chosen(request.GET, choices)
    AccessLog.objects.create(user=request.user, dossier=paper, act=AccessLog.Kind.VIEWED, detail=f"v{before} – v{to}")
    kind, (old, new) = kind_of(paper), sides(paper, versions.get(before), versions.get(to))
    differences = changes(old, new, titles(paper, kind.title, old, new), partial(kind.reads, paper))
    who = _who_submitted(paper)
    context = {
        "dossier": paper,
        "choices": choices,
        "from": before,
        "to": to,
        "sides": [(number, versions.get(number), who.get(number, "")) for number in (before, to)],
        "changes": differences,
        "files": files(old, new),
    }
    return render(request, "workflow/comparison/compare.html", context | _grouped(differences))


def _grouped(differences: list[Difference]) -> dict[str, list[Difference]]:
    return {name: [change for change in differences if change.shape in shapes] for name, shapes in GROUPS.items()}


def _chosen(requested, choices: list[int]) -> tuple[int, int]:
    """The two that the address names; usually the last with the one before it, or with what followed the first."""
    to, before = (_number(requested.get(name), choices) for name in ("to", "from"))
    if to is None:
        to = choices[-1]
    if before is None:
        before = choices[max(0, choices.index(to) - 1)]
    return before, to


def _number(typed, choices: list[int]) -> int | None:
    """0 is the draft in hand."""
    named = typed and typed.isascii() and typed.isdecimal() and len(typed) < 9 and int(typed) in choices
    return int(typed) if named else None


def _who_submitted(paper) -> dict[int, str]:
    """Version -> the name of who submitted it, as the record says."""
    submits = Event.objects.filter(dossier=paper, verb=Verb.SUBMIT).select_related("opening")
    return {event.version: event.texts.get("actor", "") for event in submits.defer("envelope", "prev_hash")}
