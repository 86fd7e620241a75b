"""The two contents compared, each part with the words it was read under: a unit of measure is half a figure."""

import json

from workflow.decisions.sealing import READ_UNDER
from workflow.models import Dossier, Version


def sides(paper: Dossier, before: Version | None, after: Version | None) -> tuple[dict, dict]:
    """Contents of two versions, or of the paper in hand."""
    old, new = (_worded(*_read(paper, version)) for version in (before, after))
    return old, new


def titles(paper: Dossier, title, *contents: dict) -> dict[str, str]:
    """Place -> what it is called: as the paper has it now, but as each content was read where that says."""
    named = dict(paper.places())
    for content in contents:
        for place, part in content["parts"].items():
            if recorded := title(place, part.get(READ_UNDER, {})):
                named[place] = recorded
    return named


def _read(paper: Dossier, version: Version | None) -> tuple[dict, dict]:
    if version is None:
        return paper.content(), paper.read_under()
    return json.loads(bytes(version.content))["content"], version.wording.by_place()


def _worded(content: dict, under: dict) -> dict:
    parts = content.get("parts", {})
    worded = {place: part | {READ_UNDER: under[place]} if place in under else part for place, part in parts.items()}
    return content | {"parts": worded}
