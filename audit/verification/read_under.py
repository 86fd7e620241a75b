"""A paper that is not its last version to the letter: is it the content that differs, or the words it is read under?"""

import json
from collections.abc import Iterator

from ledger.canonical import canonical
from workflow.decisions.sealing import READ_UNDER, sealed_content
from workflow.models import Dossier


def otherwise(paper: Dossier) -> Iterator[str]:
    """How it differs; words that are not what their hash says are named elsewhere."""
    stands = sealed_content(paper, paper.version)
    version = paper.versions.select_related("wording").get(number=paper.version)
    try:
        sealed = json.loads(bytes(version.content))
        same_words = sealed.pop(READ_UNDER) == stands.pop(READ_UNDER)
        differs = canonical(sealed) != canonical(stands)
    except (ValueError, AttributeError, TypeError, KeyError):
        same_words, differs = True, True
    if differs:
        yield f"the stored content is not the sealed version {paper.version}"
    if not same_words:
        now, then = paper.read_under(), version.wording.by_place()
        places = sorted(place for place in now.keys() | then.keys() if now.get(place) != then.get(place))
        yield f"version {paper.version} was read under other words than stand now at: {', '.join(places)}"
