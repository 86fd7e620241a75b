"""The kinds of paper that are installed: what each brings to the pages, of which its model knows nothing."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from workflow.models import Dossier
from workflow.paper import parts
from workflow.paper.place import Place
from workflow.states import Verb


def _no_forms(paper: Dossier) -> dict[Verb, type]:
    return {}


def _plainly(paper: Dossier, place: str, part: dict) -> parts.Part:
    return parts.plain(part)


def _untitled(place: str, words: dict) -> str:
    return ""


def _nowhere(paper: Dossier, verb: Verb) -> str:
    return ""


@dataclass(frozen=True, eq=False)
class Kind:
    """Registered by the room that brings the kind, in its AppConfig."""

    model: type[Dossier]
    template: str = "papers/plain.html"  # how the paper reads, inside the dossier's page
    aside_template: str = ""  # what is shown beside the paper
    edit_url_name: str = ""  # where its content is edited, given the ref
    preview_url_name: str = ""  # where it is seen as it will be printed
    forms: Callable[[Dossier], dict[Verb, type]] = _no_forms  # decision forms of its own
    elsewhere: Callable[[Dossier, Verb], str] = _nowhere  # the address of a decision that has no page of its own
    reads: Callable[[Dossier, str, dict], parts.Part] = _plainly  # what stands at a place, for comparing
    title: Callable[[str, dict], str] = _untitled  # what a place is called by the words a version was read under
    place_address: Callable[[Dossier, str], str] | None = None  # where the drafter fills in a place

    def place_url(self, paper: Dossier, place: str) -> str:
        """Where the drafter fills in a place; empty where this kind does not say."""
        if self.place_address:
            return self.place_address(paper, place)
        page = reverse(self.edit_url_name, args=[paper.ref]) if self.edit_url_name else ""
        kind, code = Place.of(place)
        return f"{page}#id_{code}" if page and kind == "field" else page


_KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Once a kind; its label is what `Dossier.kind` holds."""
    _KINDS[kind.model._meta.label_lower] = kind


def kind_of(dossier: Dossier) -> Kind:
    """The kind of this dossier, whether it is at hand as itself or as its parent row."""
    return _KINDS[dossier.kind]


def kinds() -> dict[str, type[Dossier]]:
    """Every kind of paper's model by the name an address uses."""
    return {kind.model._meta.model_name: kind.model for kind in _KINDS.values()}
