"""A paper that is not its last version to the letter: is it the content that differs, or the words it is read under?"""

import json
from collections.abc import Iterator

from ledger.canonical import canonical
from workflow.decisions.sealing import READ_UNDER, sealed_content
from workflow.models import Dossier


def otherwise(paper: Dossier) -> Iterator[str]:
    """How it differs; not at all where all that is new is what versions of that day did not say."""
    stands = sealed_content(paper, paper.version)
    now, then = stands.pop(READ_UNDER), None
    sealed = bytes(paper.versions.get(number=paper.version).content)
    try:
        said = json.loads(sealed)
        then = said.pop(READ_UNDER, {})
        differs = canonical(said) != canonical(stands)
    except (ValueError, AttributeError, TypeError):
        differs = True
    if differs:
        yield f"the stored content is not the sealed version {paper.version}"
    elif then:
        places = sorted(place for place in now.keys() | then.keys() if now.get(place) != then.get(place))
        yield f"version {paper.version} was read under other words than stand now at: {', '.join(places)}"
