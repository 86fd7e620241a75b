"""The columns of the ballot that a unit's meeting held."""

from dataclasses import asdict, fields

from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.awards.ballot import BallotTally


class UnitBallot(models.Model):
    """The raw tally of the unit's meeting, a column a count; who voted how is never stored."""

    ballot_members_total = models.PositiveIntegerField(_("members of the body"), null=True, blank=True)
    ballot_present = models.PositiveIntegerField(_("present"), null=True, blank=True)
    ballot_written_opinions = models.PositiveIntegerField(_("absent, opinion in writing"), default=0)
    ballot_written_in_favour = models.PositiveIntegerField(_("of whom in favour"), default=0)
    ballot_issued = models.PositiveIntegerField(_("ballots issued"), null=True, blank=True)
    ballot_collected = models.PositiveIntegerField(_("ballots collected"), null=True, blank=True)
    ballot_valid = models.PositiveIntegerField(_("valid ballots"), null=True, blank=True)
    ballot_in_favour = models.PositiveIntegerField(_("in favour"), null=True, blank=True)
    ballot_against = models.PositiveIntegerField(_("against"), null=True, blank=True)
    ballot_blank = models.PositiveIntegerField(_("blank ballots"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def tally(self) -> BallotTally | None:
        """The unit's ballot; None until all its counts are given."""
        counts = {field.name: getattr(self, f"ballot_{field.name}") for field in fields(BallotTally)}
        return None if None in counts.values() else BallotTally(**counts)

    @tally.setter
    def tally(self, tally: BallotTally) -> None:
        for name, count in asdict(tally).items():
            setattr(self, f"ballot_{name}", count)
