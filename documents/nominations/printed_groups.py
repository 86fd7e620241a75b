"""A nomination set out for reading: every field with its value in words, what stood there before, what is asked."""

from django.utils.translation import gettext as _

from documents.content import figures
from documents.content.places import by_place
from documents.nominations.parts import ABOUT, MEETING, MERITS, OPINIONS, PUBLISHED


def nomination_groups(nomination, points=(), previous: dict | None = None) -> list[tuple[str, list[dict]]]:
    """(heading, fields) of a nomination: each field its place, label, value in words, and what stood there before."""
    points_by_place = by_place(points)
    before = (previous or {}).get("parts", {})
    groups = [
        (_("Who is proposed"), ABOUT[nomination.target]),
        (_("Achievements"), MERITS),
        (_("The unit's meeting"), MEETING),
        (_("Opinions and posting"), [*_opinions(nomination), *PUBLISHED]),
    ]
    return [
        (heading, [_field(nomination, name, points_by_place, before) for name in names]) for heading, names in groups
    ]


def _opinions(nomination) -> list[str]:
    return [name for name, body in OPINIONS.items() if getattr(nomination.unit, body) or getattr(nomination, name)]


def _field(nomination, name: str, points_by_place, before) -> dict:
    column = nomination._meta.get_field(name)
    display = getattr(nomination, f"get_{name}_display", None)
    value, then = getattr(nomination, name), before.get(f"field:{name}", {}).get("value")
    if isinstance(value, bool):
        value = figures.display(value, "bool")
    elif hasattr(value, "isoformat"):
        value = figures.display(value, "date")
        then = figures.display(then, "date") if then else then
    return {
        "place": f"field:{name}",
        "label": column.verbose_name,
        "value": display() if display else value,
        "is_html": name == "achievement_report",
        "changed": bool(before) and then not in (None, "", value, getattr(nomination, name)),
        "before": then,
        "points": points_by_place.get(f"field:{name}", []),
    }
