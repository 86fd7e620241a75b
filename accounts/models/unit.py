"""A unit of the federation and its place in the tree."""

import re

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from treebeard.mp_tree import MP_Node

from accounts.models.folded import folded
from accounts.models.recorded import Recorded


class UnitKind(Recorded):  # type: ignore[django-manager-missing]  # treebeard brings no types
    """What a unit is called by its level: data, because levels are abolished and invented (30/6/2025 in Hà Nội)."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=120)

    acts = ("founded", "reference_changed")

    class Meta:
        verbose_name = _("kind of unit")
        verbose_name_plural = _("kinds of unit")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Unit(Recorded, MP_Node):  # type: ignore[django-manager-missing]  # the same
    """One body of the federation tree; who stands above whom is data."""

    path = models.CharField(max_length=255, unique=True, db_collation="C")
    above_code = models.CharField(max_length=20, blank=True, editable=False)  # of the unit right above
    code = models.CharField(_("code"), max_length=20, unique=True)
    kind = models.ForeignKey(UnitKind, models.PROTECT, to_field="code", verbose_name=_("kind"))
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=80)
    symbol = models.CharField(_("symbol in document numbers"), max_length=20)
    place = models.CharField(_("place of issue"), max_length=80, blank=True)
    address = models.CharField(_("ward or commune"), max_length=120, blank=True)
    letterhead = models.JSONField(_("letterhead lines"), default=list, blank=True)
    filing_note = models.CharField(_("filing note"), max_length=120, blank=True)
    employer_head = models.CharField(_("employer's head"), max_length=120, blank=True)
    employer_head_title = models.CharField(_("title of the employer's head"), max_length=80, blank=True)
    has_party_org = models.BooleanField(_("has a Party organisation"), default=False)
    party_secretary = models.CharField(_("Party secretary"), max_length=120, blank=True)
    party_secretary_title = models.CharField(_("title of the Party secretary"), max_length=80, blank=True)
    opened_on = models.DateField(_("opened on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    former_names = models.TextField(editable=False, default="", db_default="")  # a line each; a trigger keeps them
    search_text = folded("code", "short_name", "name", "former_names")
    history = HistoricalRecords(excluded_fields=["former_names", "search_text", "above_code", "recorded"])

    acts = ("founded", "unit_opened", "unit_moved", "unit_changed", "unit_closed")
    no_act = ("path", "depth", "numchild", "search_text")  # the tree itself must agree with `above_code`

    PRINTED = (  # columns for papers and pages; no rule of a decision reads them
        "recorded", "above_code", "symbol", "place", "address", "letterhead", "filing_note", "employer_head",
        "employer_head_title", "has_party_org", "party_secretary", "party_secretary_title", "former_names",
        "search_text",
    )  # fmt: skip

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")

    def __str__(self) -> str:
        return self.name

    def covers(self, other: "Unit") -> bool:
        """Is `other` this unit or anywhere below it?"""
        return other.path.startswith(self.path)

    @property
    def file_keeper(self) -> str:
        """Who keeps the file copy: “VP, TG”, whether or not “Lưu:” and a full stop were typed around it."""
        return re.sub(r"^\W*lưu\s*:?\s*", "", self.filing_note, flags=re.IGNORECASE).strip(" .;")

    @property
    def above_path(self) -> str:
        """The place in the tree of the unit right above; empty at the top."""
        return self.path[: -self.steplen]

    def paths_above(self) -> list[str]:
        """The places in the tree of this unit and of every one above it."""
        return [self.path[:end] for end in range(self.steplen, len(self.path) + 1, self.steplen)]
