"""A ballot: its raw tally, the faults in its arithmetic, and whether it carries."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from decimal import Decimal
from fractions import Fraction

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vietnamese.text import number

FRACTION = re.compile(r"([0-9]{1,6})/([0-9]{1,6})")
PERCENTAGE = re.compile(r"([0-9]{1,3})(?:[.,]([0-9]{1,4}))?%")
PARTS_OF_A_HUNDRED = re.compile(r"100+")


class Of(TextChoices):
    """What a share of votes is measured against."""

    ALL_MEMBERS = "all_members", gettext_lazy("all members")
    PRESENT = "present", gettext_lazy("members present")
    VALID_BALLOTS = "valid_ballots", gettext_lazy("valid ballots")


@dataclass(frozen=True)
class BallotTally:
    """The counts as the counting board read them out; absent members may have given their opinion in writing."""

    members_total: int
    present: int
    issued: int
    collected: int
    valid: int
    in_favour: int
    against: int
    blank: int
    written_opinions: int = 0
    written_in_favour: int = 0

    @property
    def invalid(self) -> int:
        return self.collected - self.valid


@dataclass(frozen=True)
class Threshold:
    """At least a fraction of `of`, or more than it; in the terms of its rule: 2/3 is 2 and 3, 80% is 80 and 100."""

    numerator: int
    denominator: int
    of: Of = Of.ALL_MEMBERS
    strict: bool = False  # equality is not enough

    def __post_init__(self):
        if not 0 < self.numerator <= self.denominator - self.strict:
            raise ValueError(f"no ballot can be asked for {self.numerator}/{self.denominator}, strict: {self.strict}")

    def __str__(self):
        params = {"share": self.share, "base": Of(self.of).label}
        return (_("more than %(share)s of %(base)s") if self.strict else _("at least %(share)s of %(base)s")) % params

    @property
    def fraction(self) -> Fraction:
        return Fraction(self.numerator, self.denominator)

    @property
    def share(self) -> str:
        """2/3, or 80% where the rule counts in hundredths, thousandths…"""
        if not PARTS_OF_A_HUNDRED.fullmatch(str(self.denominator)):
            return f"{self.numerator}/{self.denominator}"
        return f"{number(Decimal(self.numerator * 100) / self.denominator)}%"


def read_share(typed: str) -> tuple[int, int]:
    """Numerator and denominator of `2/3`, `80%` or `66,5 %`, as they were written. Raises ValueError."""
    plain = "".join(typed.split()).replace("\u2044", "/")
    if fraction := FRACTION.fullmatch(plain):
        return int(fraction[1]), int(fraction[2])
    if percentage := PERCENTAGE.fullmatch(plain):
        whole, parts = percentage[1], percentage[2] or ""
        return int(whole + parts), 10 ** (2 + len(parts))
    raise ValueError(f"no share: {typed}")


def problems(tally: BallotTally) -> list[str]:
    """Every fault in the arithmetic, in words; empty when the counts agree."""
    return list(_problems(tally))


def _problems(tally: BallotTally) -> Iterator[str]:
    t = tally
    counts = {field.name: getattr(t, field.name) for field in fields(t)}
    if any(count < 0 for count in counts.values()):
        yield _("No count can be negative.")
    if t.members_total < 1:
        yield _("The number of members must be at least 1.")
    if t.present < 1:
        yield _("At least one member must be present.")
    if t.present > t.members_total:
        yield _("Members present (%(present)s) exceed all members (%(members_total)s).") % counts
    elif t.present + t.written_opinions > t.members_total:
        yield (
            _(
                "Members present (%(present)s) and written opinions (%(written_opinions)s) together exceed "
                "all members (%(members_total)s)."
            )
            % counts
        )
    if t.issued > t.present:
        yield _("Ballots issued (%(issued)s) exceed members present (%(present)s).") % counts
    if t.collected > t.issued:
        yield _("Ballots collected (%(collected)s) exceed ballots issued (%(issued)s).") % counts
    if t.valid > t.collected:
        yield _("Valid ballots (%(valid)s) exceed ballots collected (%(collected)s).") % counts
    if t.in_favour + t.against + t.blank != t.valid:
        yield (
            _(
                "In favour (%(in_favour)s), against (%(against)s) and blank (%(blank)s) do not add up to "
                "the valid ballots (%(valid)s)."
            )
            % counts
        )
    if t.written_in_favour > t.written_opinions:
        yield (
            _("Written opinions in favour (%(written_in_favour)s) exceed written opinions (%(written_opinions)s).")
            % counts
        )


def ratio(tally: BallotTally, of: Of) -> Fraction:
    """The exact share in favour; 0 when there is nothing to measure against."""
    votes, base = _votes_and_base(tally, of)
    return Fraction(votes, base) if base > 0 else Fraction(0)


def passes(tally: BallotTally, threshold: Threshold) -> bool:
    """Whether the tally reaches the threshold, in exact arithmetic."""
    reached = ratio(tally, threshold.of)
    return reached > threshold.fraction if threshold.strict else reached >= threshold.fraction


def display(tally: BallotTally, of: Of = Of.ALL_MEMBERS) -> str:
    """14/15 phiếu (93,3%)"""
    votes, base = _votes_and_base(tally, of)
    tenths = int(ratio(tally, of) * 1000)  # cut off: rounded, 1999 of 2000 would read as all of them
    return _("%(votes)s/%(base)s votes (%(percent)s%%)") % {
        "votes": number(votes),
        "base": number(base),
        "percent": number(Decimal(tenths) / 10),
    }


def _votes_and_base(tally: BallotTally, of: Of) -> tuple[int, int]:
    # Opinions given in writing count only where the absent count too: against all members.
    return {
        Of.ALL_MEMBERS: (tally.in_favour + tally.written_in_favour, tally.members_total),
        Of.PRESENT: (tally.in_favour, tally.present),
        Of.VALID_BALLOTS: (tally.in_favour, tally.valid),
    }[Of(of)]
