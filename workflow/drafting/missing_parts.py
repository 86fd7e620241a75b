"""What a paper still wants, by section, each thing leading to its place."""

from dataclasses import dataclass, field

from workflow.kinds import kind_of
from workflow.models import Dossier
from workflow.paper.place import Place


@dataclass
class MissingGroup:
    """One section of the paper and what is missing there, as (sentence, address)."""

    label: str
    missing: list[tuple[str, str]] = field(default_factory=list)


def missing_groups(paper: Dossier) -> list[MissingGroup]:
    """In the paper's own order; what stands in no section comes last, under no label."""
    sections, here = {}, ""
    for place, label in paper.places():
        if place.startswith("section:"):
            here = label
        sections[place] = here if Place.of(place).kind in ("section", "figure") else ""
    groups: dict[str, MissingGroup] = {}
    for it in paper.missing():
        label = sections.get(it.place, "")
        groups.setdefault(label, MissingGroup(label)).missing.append(
            (str(it.sentence), kind_of(paper).place_url(paper, it.place))
        )
    return sorted(groups.values(), key=lambda group: not group.label)
