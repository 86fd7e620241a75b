"""What gathers dossiers across units, such as a campaign: named by their kinds, unknown to the engine."""

from collections.abc import Iterator

from django.db.models import Case, Q, TextField, Value, When
from django.db.models.functions import Cast, Concat

from workflow.kinds import kinds
from workflow.models import Dossier


def choices(user) -> list[tuple[str, str]]:
    """(code, label) of what this person's dossiers can be gathered by, each once."""
    hooks = {kind.topics.__func__: kind.topics for kind in kinds().values()}  # kinds that share an answer, asked once
    return list(dict(topic for topics in hooks.values() for topic in topics(user)).items())


def within(code: str, dossier: str = "dossier") -> Q:
    """Rows whose `dossier` belongs to a topic; its code is a field of the kinds and a key: “campaign:5”."""
    field, _, key = code.partition(":")
    condition = Q(pk__in=[])
    for kind in _with(field) if key.isdecimal() else ():
        condition |= Q(**{f"{dossier}__in": kind.objects.order_by().filter(**{field: key})})
    return condition


def code_of(dossier: str, known: list[tuple[str, str]]) -> Case:
    """The code of what a row's `dossier` belongs to, of these choices; empty when to none."""
    cases = []
    for field in dict.fromkeys(code.partition(":")[0] for code, _label in known):
        for kind in _with(field):
            key = f"{dossier}__{kind._meta.model_name}__{field}"
            code = Concat(Value(f"{field}:"), Cast(key, TextField()))
            cases.append(When(**{f"{key}__isnull": False}, then=code))
    return Case(*cases, default=Value(""), output_field=TextField())


def _with(field: str) -> Iterator[type[Dossier]]:
    """The kinds that have this field."""
    return (kind for kind in kinds().values() if field in {column.name for column in kind._meta.local_fields})
