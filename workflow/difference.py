"""What changed between two contents of a paper, place by place and word by word."""

import html
import json
import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.html import strip_tags

LONG = 6000  # words; past that whole texts stand side by side
BREAK = re.compile(r"</(?:p|li|tr|h\d)>|<br\s*/?>", re.IGNORECASE)


@dataclass(frozen=True)
class Change:
    """One place that differs: each side as pieces (mark, words), the mark being "", "del" or "ins"."""

    place: str
    label: str
    before: list[tuple[str, str]]
    after: list[tuple[str, str]]


def changes(before: dict, after: dict, labels: dict[str, str]) -> list[Change]:
    """Places that differ, in the paper's own order, those it no longer has at the end."""
    old, new = (content.get("parts", {}) for content in (before, after))
    order = [place for place in labels if place in old or place in new]
    rest = sorted((old.keys() | new.keys()) - set(order))
    differing = [place for place in [*order, *rest] if old.get(place) != new.get(place)]
    return [
        Change(place, labels.get(place, place), *_marked(_words(old.get(place)), _words(new.get(place))))
        for place in differing
    ]


def _words(part: dict | None) -> str:
    """What a part says, as plain text."""
    if not part:
        return ""
    said = {name: value for name, value in part.items() if name != "type" and value not in (None, "")}
    if len(said) == 1:
        return _plain(next(iter(said.values())))
    return "\n".join(f"{name}: {_plain(value)}" for name, value in said.items())


def _plain(value) -> str:
    if isinstance(value, str):
        return html.unescape(strip_tags(BREAK.sub("\n", value))).strip()
    return json.dumps(value, ensure_ascii=False)


def _marked(before: str, after: str):
    old, new = (re.findall(r"\s+|[^\s]+", text) for text in (before, after))
    if len(old) + len(new) > LONG:
        return [("del", before)], [("ins", after)]
    left, right = [], []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if old[i:j]:
            left.append(("" if kind == "equal" else "del", "".join(old[i:j])))
        if new[k:m]:
            right.append(("" if kind == "equal" else "ins", "".join(new[k:m])))
    return left, right


def files(before: dict, after: dict) -> tuple[list[dict], list[dict]]:
    """Files taken away and files added, told apart by their hash."""
    old, new = ({file["sha256"]: file for file in content.get("attachments", [])} for content in (before, after))
    return [old[sha] for sha in old if sha not in new], [new[sha] for sha in new if sha not in old]
