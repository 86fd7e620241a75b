"""A sealed event and the texts behind its commitments."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from ledger.envelope import ROW
from ledger.record_search import RecordWords


def counted(name: str) -> models.CheckConstraint:
    """Numbers are the sequence's: nothing slips in before the first row."""
    return models.CheckConstraint(condition=Q(pk__gt=0), name=f"{name}_number_counted")


HEAVY = frozenset({"envelope", "prev_hash"})  # what only a proof needs


class EventQuerySet(models.QuerySet["Event"]):
    def for_reading(self, *beside: str) -> Self:
        """Without the bytes that only a proof needs; `beside`: relations that come with it."""
        columns = [field.name for field in self.model._meta.concrete_fields if field.name not in HEAVY]
        relations = {name.split("__")[0] for name in beside}
        rows = self.select_related("opening", *beside)
        return rows.only(*columns, "opening", *relations)


class Event(models.Model):
    """One sealed fact of a chain. Written by `ledger.append` only; never changed, as the database sees to."""

    chain = models.UUIDField()  # what the event is about: a dossier's ref, or the registry chain
    seq = models.IntegerField()  # like `version` never negative: so the guard, which reads them anyway
    prev_hash = models.BinaryField(max_length=32)
    leaf_hash = models.BinaryField(max_length=32)  # of the envelope, which names its chain and place: never twice
    envelope = models.BinaryField()  # the exact RFC 8785 bytes that were hashed

    # Projections of the envelope for queries; the verifier demands that they equal it.
    at = models.DateTimeField()
    verb = models.CharField(max_length=20)
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20, blank=True)
    version = models.IntegerField(default=0)
    content_hash = models.CharField(max_length=64, blank=True)
    actor = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    acting_for = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", null=True, db_index=False)
    role = models.CharField(max_length=15, choices=Role)
    appointment = models.ForeignKey("accounts.Appointment", models.PROTECT, related_name="+", null=True, db_index=False)
    delegation = models.ForeignKey("accounts.Delegation", models.PROTECT, related_name="+", null=True, db_index=False)
    sole_officer = models.BooleanField(default=False)
    facts = models.JSONField(default=dict)
    rows = ArrayField(models.CharField(max_length=80), default=list, db_default=[])  # names of those it wrote, sorted
    key = models.UUIDField(unique=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        ordering = ["chain", "seq"]
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="chain_gap_free")]  # counted: by its guard
        indexes = [  # each is written with every event: a column alone has one only where few rows bear it
            models.Index(fields=["-at", "-id"]),
            models.Index(fields=["actor", "-at"]),
            models.Index(fields=["unit", "-at"]),
            models.Index(fields=["verb", "-at"], name="event_by_verb"),
            models.Index(fields=["-at"], condition=Q(sole_officer=True), name="event_sole_officer"),
            models.Index(fields=["-at"], condition=Q(acting_for__isnull=False), name="event_delegated"),
            models.Index(fields=["acting_for"], condition=Q(acting_for__isnull=False), name="event_acting_for"),
            models.Index(fields=["delegation"], condition=Q(delegation__isnull=False), name="event_delegation"),
            models.Index(fields=["-at"], condition=Q(verb="return", version__gte=2), name="event_returned_again"),
        ]

    def __str__(self) -> str:
        return f"{self.chain} #{self.seq} {self.verb}"

    @property
    def texts(self) -> dict[str, str]:
        """Names and free text as they were said, without those a lawful erasure removed."""
        opening = getattr(self, "opening", None)
        entries = opening.texts.items() if opening else ()
        return {field: text for field, (_salt, text) in entries if not field.startswith(ROW)}


class OpeningQuerySet(models.QuerySet["Opening"]):
    def saying(self, terms: SearchQuery) -> Self:
        """Those whose words fit; what is not in the index yet is looked at by itself."""
        fit = Q(said=terms)
        return self.alias(said=RecordWords("texts")).filter(Q(indexed=True) & fit | Q(indexed=False) & fit)


class Opening(models.Model):
    """The salts and texts behind an event's commitments. Erasing one leaves the proof whole."""

    event = models.OneToOneField(Event, models.PROTECT, primary_key=True, related_name="opening")
    texts = models.JSONField(default=dict)  # field -> [salt in base64, text]
    indexed = models.BooleanField(default=True, db_default=True)  # of a decision alone: by the worker, who has time

    objects = OpeningQuerySet.as_manager()

    class Meta:
        indexes = [
            GinIndex(RecordWords("texts"), condition=Q(indexed=True), name="opening_said"),
            models.Index(fields=["event"], condition=Q(indexed=False), name="opening_not_indexed"),
        ]
