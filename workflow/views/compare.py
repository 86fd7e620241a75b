import json

from django.contrib.auth.decorators import login_required
from django.shortcuts import render

from workflow.difference import changes, files
from workflow.models import Version
from workflow.views.finding import paper_or_404


@login_required
def compare(request, ref):
    """Two sealed versions side by side, or the last one and the draft in hand."""
    paper = paper_or_404(request.user, ref)
    versions = list(Version.objects.filter(dossier=paper).order_by("number"))
    choices = [version.number for version in versions] + ([0] if not paper.is_sealed else [])
    contents = {version.number: version for version in versions}
    to = _chosen(request.GET.get("to"), choices, choices[-1])
    before = _chosen(request.GET.get("from"), choices, choices[choices.index(to) - 1] if choices.index(to) else to)
    old, new = (_content(paper, contents.get(number)) for number in (before, to))
    gone, added = files(old, new)
    context = {
        "dossier": paper,
        "choices": choices,
        "from": before,
        "to": to,
        "versions": [contents.get(before), contents.get(to)],
        "changes": changes(old, new, dict(paper.places())),
        "gone": gone,
        "added": added,
    }
    return render(request, "workflow/compare.html", context)


def _chosen(typed, choices, usual) -> int:
    """The version an address names, or the usual one; 0 is the draft in hand."""
    return int(typed) if typed and typed.isdecimal() and int(typed) in choices else usual


def _content(paper, version: Version | None) -> dict:
    return json.loads(bytes(version.content))["content"] if version else paper.content()
