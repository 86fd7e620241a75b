"""The demonstration's papers, by unit."""

from documents.models import AwardNomination, Report


def report(code: str, state: str = "") -> Report:
    return Report.objects.get(unit__code=code, **({"state": state} if state else {}))


def nomination(code: str) -> AwardNomination:
    return AwardNomination.objects.get(unit__code=code)
