"""Relations between parts: which part is which, and what a file fetches from outside itself."""

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from intake.uploads import reasons
from intake.uploads.kinds import Unacceptable
from intake.uploads.ooxml.container import part_name
from intake.uploads.ooxml.markup import Attributes, Markup, attribute, local
from intake.uploads.targets import leads_outside, runs_a_command

_MACROS = {
    "vbaproject", "wordvbadata", "xlmacrosheet", "xlintlmacrosheet", "dialogsheet", "extensibility",
    "jdeextension", "jsproject", "jsaproject",  # of WPS Office and OnlyOffice
}  # fmt: skip
_OBJECTS = {"oleobject", "control", "activexcontrolbinary"}
_PAGES = {"afchunk"}
_BY_CONSENT = {
    "externallinkpath", "externallinklongpath", "xlpathmissing", "xllibrary", "xlstartup", "xlalternatestartup",
}  # fmt: skip
_LISTS = {"mailmergesource", "mailmergeheadersource"}
_LEFT_BEHIND, _CHART_DATA = {"attachedtemplate", "image"}, {"oleobject", "package"}
_PICTURES = {"image", "hdphoto", "thumbnail"}
_NOWHERE = {"", "null", "#"}  # what Word writes for a picture it has lost


@dataclass(frozen=True)
class Relation:
    """From one part (none: from the package itself) to another, or to a place outside."""

    source: str
    kind: str
    target: str
    outside: bool

    @property
    def part(self) -> str:
        """The name of the part it leads to."""
        place = unquote(self.target).replace("\\", "/").partition("#")[0]
        return part_name(posixpath.normpath(posixpath.join("/", posixpath.dirname(self.source), place)).lstrip("/"))

    @property
    def shows_a_picture(self) -> bool:
        return self.kind.casefold() in _PICTURES and not self.outside

    def judge(self, source_type: str) -> None:
        """Raises Unacceptable for what no plain document is related to."""
        kind = self.kind.casefold()
        if kind == "hyperlink":
            if runs_a_command(self.target):
                raise Unacceptable(reasons.harmful_link(self.target[:40]))
        elif not self.outside:
            _judge_within(kind)
        elif kind in _LISTS:
            raise Unacceptable(reasons.merged())
        elif not (kind in _BY_CONSENT or self.target.strip().casefold() in _NOWHERE or self._on_this_disk(source_type)):
            raise Unacceptable(reasons.fetched(self.kind))

    def _on_this_disk(self, source_type: str) -> bool:
        """A template, a picture or a chart's figures, left where they were made: no other machine is called."""
        kind = self.kind.casefold()
        left_behind = kind in _LEFT_BEHIND or (kind in _CHART_DATA and "chart" in source_type)
        return left_behind and not leads_outside(self.target)


def _judge_within(kind: str) -> None:
    if kind in _MACROS:
        raise Unacceptable(reasons.macros())
    if kind in _OBJECTS:
        raise Unacceptable(reasons.embedded_object())
    if kind in _PAGES:
        raise Unacceptable(reasons.page_within())


def relations(name: str, bites: Iterable[bytes]) -> Iterator[Relation]:
    """What the part of relations says, whose name tells whose relations they are."""
    folder, _slash, own = name.rpartition("_rels/")
    source, collected = folder + own.removesuffix(".rels"), []

    def start(element: str, attributes: Attributes) -> None:
        if local(element) == "Relationship":
            collected.append(_relation(source, attributes))

    Markup().read(bites, start)
    yield from collected


def _relation(source: str, attributes: Attributes) -> Relation:
    target = attribute(attributes, "Target")
    external = attribute(attributes, "TargetMode").strip().casefold() == "external" or leads_outside(target)
    return Relation(source, attribute(attributes, "Type").strip().rpartition("/")[2], target, external)
