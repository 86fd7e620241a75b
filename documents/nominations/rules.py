"""What a nomination asks besides being complete: a sound ballot that passes, and the right body to decide."""

from collections.abc import Iterator
from dataclasses import fields

from django.utils import timezone
from django.utils.translation import gettext as _

from documents.awards.ballot import BallotTally, display, passes, problems
from workflow.states import State

MAX_WORDS = 600
YOUNGEST, OLDEST = 15, 100  # years


def consistent(nomination) -> Iterator[str]:
    """What a drafter must mend before submitting."""
    if nomination.tally:
        yield from problems(nomination.tally)
    if nomination.party_opinion and not nomination.unit.has_party_org:
        yield _("This unit has no Party organisation, so there can be no opinion of a Party committee.")
    if nomination.award.target not in ("", nomination.target):
        yield _("“%(award)s” is not given to this kind of nominee.") % {"award": nomination.award}
    if len(nomination.achievement_summary.split()) > MAX_WORDS:
        yield _("The summary of achievements is longer than %(limit)s words.") % {"limit": MAX_WORDS}
    if nomination.members_total is not None and (nomination.female_total or 0) > nomination.members_total:
        yield _("There are more women than members.")
    yield from _dates(nomination)


def _dates(nomination) -> Iterator[str]:
    today = timezone.localdate()
    if nomination.met_on and nomination.met_on > today:
        yield _("The unit's meeting cannot be in the future.")
    if nomination.published_from and nomination.published_to and nomination.published_to < nomination.published_from:
        yield _("The posting ends before it begins.")
    if nomination.birth_year and not YOUNGEST <= today.year - nomination.birth_year <= OLDEST:
        yield _("The year of birth %(year)d cannot be right.") % {"year": nomination.birth_year}
    award = nomination.award
    if not award.valid_from <= today or (award.valid_to and award.valid_to < today):
        yield _("“%(award)s” is not in force today.") % {"award": award}


def warnings(nomination) -> list[str]:
    """What a reviewer should know; nothing here stops a step."""
    threshold, tally = nomination.award.threshold, nomination.tally
    if not threshold or not tally or problems(tally) or passes(tally, threshold):
        return []
    return [_("The unit's ballot does not reach the threshold: %(reached)s.") % {"reached": _reached(tally, threshold)}]


def voted(award, facts: dict | None) -> Iterator[str]:
    """The Standing Committee's own tally, where the award asks for one: given, sound and passing."""
    if facts is None:
        return
    counts, threshold = facts.get("tally"), award.threshold
    if not counts:
        if threshold:
            yield _("This award requires a ballot of the Standing Committee: please enter the count.")
        return
    tally = read_tally(counts)
    faults = problems(tally) if tally else [_("The tally is not complete.")]
    yield from faults
    if not faults and threshold and not passes(tally, threshold):
        yield _("The ballot does not reach the threshold: %(reached)s.") % {"reached": _reached(tally, threshold)}


def read_tally(counts: dict) -> BallotTally | None:
    """A tally from a form's or an event's facts; None when a count is missing or is no whole number."""
    given = {field.name: counts.get(field.name, field.default) for field in fields(BallotTally)}
    return BallotTally(**given) if all(type(count) is int for count in given.values()) else None


def _reached(tally, threshold) -> str:
    return _("%(votes)s; %(threshold)s required") % {"votes": display(tally, threshold.of), "threshold": threshold}


def decided_elsewhere(nomination) -> Iterator[str]:
    if nomination.award.is_own:
        yield _("This award is within the authority of %(unit)s and is not forwarded.") % {
            "unit": nomination.award.deciding_unit
        }


def decided_here(nomination, facts: dict | None) -> Iterator[str]:
    """An endorsed nomination ends here only where the award is the federation's own, by a numbered, dated decision."""
    if nomination.state != State.ENDORSED:
        yield _("A nomination is not included in a report; it must be endorsed first.")
    elif not nomination.award.is_own:
        yield _("This award is decided by %(body)s; please forward the nomination.") % {
            "body": nomination.award.decided_by
        }
    elif facts is not None and not (facts.get("decision_no") and facts.get("decided_on")):
        yield _("The number and the date of the decision are required.")
