"""A dossier and its state machine."""

import uuid

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import FSMField, transition

from accounts.models import Role, User
from ledger.canonical import canonical, sha256
from vietnamese.text import fold
from workflow.models.dossier_query import TURN, DossierQuerySet
from workflow.models.situation import SealedBeside, Situation
from workflow.paper.terms import Terms
from workflow.states import OPEN, State, Verb

DRAFTER, APPROVER, REVIEWER, SIGNATORY, CLERK = (
    Role.DRAFTER,
    Role.APPROVER,
    Role.REVIEWER,
    Role.SIGNATORY,
    Role.CLERK,
)


def who(*roles: Role) -> dict:
    """The roles a transition asks for, kept beside it; the rest of its conditions are rules."""
    return {"roles": frozenset(roles)}


class Dossier(models.Model):
    """What every travelling paper has. Its state moves only through `workflow.decisions.actions`."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=60, editable=False)
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", db_index=False, verbose_name=_("unit"))
    author = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("drafter"))
    subject = models.CharField(pgettext_lazy("dossier", "subject"), max_length=400)
    search_text = models.CharField(max_length=700, editable=False, default="")
    state = FSMField(_("state"), default=State.DRAFT, choices=State, protected=True)
    state_since = models.DateTimeField(_("in this state since"), default=timezone.now, editable=False)
    version = models.IntegerField(_("sealed version"), default=0, editable=False)
    due_on = models.DateField(_("due date"), null=True, blank=True)
    submitter = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", null=True, db_index=False, editable=False
    )
    handler = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", null=True, db_index=False, editable=False
    )
    replaces = models.ForeignKey(
        "self", models.PROTECT, related_name="replaced_by", null=True, blank=True, db_index=False
    )
    slot = models.CharField(max_length=80, null=True, editable=False)  # only one live dossier in each slot
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = DossierQuerySet.as_manager()
    dossier_ptr: "Dossier"  # of a kind's row: this row without it

    nominations_only = False  # True on kinds that may be rejected
    checklist: tuple = ()  # (code, sentence) pairs a reviewer answers
    outcomes: dict = {}  # code in an event's facts -> what it is called
    search_related: tuple = ()  # what `search_terms` reads beside the row itself

    class Meta:
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["state", "unit"]),
            models.Index(fields=["unit", "-id"]),
            models.Index(
                fields=["state", "due_on", "id"],
                condition=Q(state__in=sorted(state.value for state in TURN)),
                name="dossier_waiting_by_due",
            ),
            models.Index(fields=["handler"], condition=Q(handler__isnull=False), name="dossier_handler"),
            models.Index(fields=["replaces"], condition=Q(replaces__isnull=False), name="dossier_replaces"),
            models.Index(fields=["slot"], condition=Q(slot__isnull=False), name="dossier_slot"),
        ]
        constraints = [
            # Its state needs no list: it is the last event's, at COMMIT, and that took a legal step. Its number and
            # name are held by a trigger: a CHECK is read from text with every decision.
            models.UniqueConstraint(
                fields=["slot"],
                condition=~Q(state__in=[State.WITHDRAWN, State.SUPERSEDED]) & Q(replaces__isnull=True),
                name="one_live_dossier_each_slot",
                violation_error_message=_("This unit already has a dossier of this kind under way in this campaign."),
            ),
        ]

    def __str__(self):
        return self.subject

    def save(self, *args, **kwargs):
        if self._state.adding:
            self.kind = self._meta.label_lower
            self.search_text = fold(self.subject)
        super().save(*args, **kwargs)

    # --- the road, in the order of life -----------------------------------------------------------------------------
    @transition(state, source=[State.DRAFT, State.RETURNED], target=State.SUBMITTED, custom=who(DRAFTER))
    def submit(self): ...

    @transition(state, source=State.SUBMITTED, target=State.DRAFT, custom=who(DRAFTER))
    @transition(state, source=State.UNIT_APPROVED, target=State.DRAFT, custom=who(APPROVER))
    def recall(self): ...

    @transition(state, source=State.SUBMITTED, target=State.UNIT_APPROVED, custom=who(APPROVER))
    def approve(self): ...

    @transition(state, source=State.UNIT_APPROVED, target=State.UNIT_APPROVED, custom=who(REVIEWER))
    def claim(self): ...

    @transition(state, source=State.UNIT_APPROVED, target=State.DISTRICT_REVIEWED, custom=who(REVIEWER))
    def review(self): ...

    @transition(state, source=State.DISTRICT_REVIEWED, target=State.ENDORSED, custom=who(SIGNATORY))
    def endorse(self): ...

    @transition(state, source=State.DISTRICT_REVIEWED, target=State.UNIT_APPROVED, custom=who(SIGNATORY))
    @transition(state, source=State.ENDORSED, target=State.DISTRICT_REVIEWED, custom=who(CLERK))
    def hand_back(self): ...

    @transition(state, source=State.ENDORSED, target=State.FORWARDED, custom=who(CLERK))
    def forward(self): ...

    @transition(state, source=State.FORWARDED, target=State.FORWARDED, custom=who(CLERK))
    def record_reply(self): ...

    @transition(
        state,
        source=[State.DISTRICT_REVIEWED, State.ENDORSED, State.FORWARDED],
        target=State.CONCLUDED,
        custom=who(REVIEWER, CLERK),
    )
    def conclude(self): ...

    @transition(state, source=State.SUBMITTED, target=State.RETURNED, custom=who(APPROVER))
    @transition(state, source=State.UNIT_APPROVED, target=State.RETURNED, custom=who(REVIEWER))
    @transition(state, source=State.DISTRICT_REVIEWED, target=State.RETURNED, custom=who(SIGNATORY))
    @transition(state, source=State.FORWARDED, target=State.RETURNED, custom=who(CLERK))
    def return_(self): ...

    @transition(state, source=State.UNIT_APPROVED, target=State.REJECTED, custom=who(REVIEWER))
    @transition(state, source=State.DISTRICT_REVIEWED, target=State.REJECTED, custom=who(SIGNATORY))
    def reject(self): ...

    @transition(
        state,
        source=[State.DRAFT, State.SUBMITTED, State.UNIT_APPROVED, State.DISTRICT_REVIEWED, State.RETURNED],
        target=State.WITHDRAWN,
        custom=who(APPROVER),
    )
    def withdraw(self): ...

    @transition(state, source=State.REJECTED, target=State.DRAFT, custom=who(REVIEWER, SIGNATORY))
    @transition(state, source=State.WITHDRAWN, target=State.DRAFT, custom=who(APPROVER))
    def reopen(self): ...

    @transition(
        state,
        source=[State.ENDORSED, State.FORWARDED, State.CONCLUDED],
        target=State.SUPERSEDED,
        custom=who(CLERK, REVIEWER),
    )
    def supersede(self): ...

    # --- what a kind of paper must say of itself --------------------------------------------------------------------
    def begin(self) -> None:
        """Take what a new paper of this kind has from elsewhere, its slot above all; before it is first saved."""

    def content(self) -> dict:
        """Everything a signature covers, as JSON without floats; the same content gives the same bytes."""
        raise NotImplementedError

    def read_under(self) -> dict[str, dict]:
        """Place -> the words that whoever signs reads there and that are kept elsewhere: labels, units, questions."""
        return {}

    def missing(self) -> list:
        """What the outline still wants, as `Missing(place, sentence)`."""
        raise NotImplementedError

    def extra_rules(self, verb: Verb, facts: dict | None):
        """Reasons of this kind of paper against a verb; `facts` is None while nothing has been filled in yet."""
        return ()

    def nominees(self) -> frozenset[int]:
        """Primary keys of people this paper proposes for an award."""
        return frozenset()

    def nominee_refs(self) -> list[str]:
        """Their public refs, as a sealed version lists them; a kind that has them at hand saves the question."""
        nominees = self.nominees()
        refs = User.objects.filter(pk__in=nominees).values_list("ref", flat=True) if nominees else ()
        return [str(ref) for ref in refs]

    def broken_files(self, named: dict[str, str]):
        """Reasons why a stored file of these (SHA-256 -> name) is not what its hash says; for the verifier."""
        return ()

    def places(self) -> list[tuple[str, str]]:
        """(code, label) of every place a point of a return can be tied to."""
        return []

    def search_terms(self) -> Terms:
        """What this kind is found by besides subject, unit, drafter and the numbers on its record."""
        return Terms()

    @classmethod
    def topics(cls, user) -> list[tuple[str, str]]:
        """(code, label) of what calls for papers of this kind, as far as this person's offices reach."""
        return []

    def findings(self) -> list:
        """What contradicts itself here, each with its `message`: for whoever reads it, never a refusal."""
        return []

    # --- what follows from that -------------------------------------------------------------------------------------
    def paper(self) -> "Dossier":
        """This dossier as its own kind (the child row)."""
        model = apps.get_model(self.kind)
        return self if isinstance(self, model) else model.objects.with_content().get(pk=self.pk)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_sealed(self) -> bool:
        """Does the stored content equal the last sealed version? Not while open, nor when withdrawn from a draft."""
        return self.version > 0 and not self.is_open and self.state != State.WITHDRAWN

    def seen(self) -> str:
        """What a decision form carries: the sealed version's hash, or while nothing is sealed the draft's digest."""
        if self.is_sealed:
            return self.situation.sealed_hash
        return sha256(canonical(self.paper().content())).hex()

    @cached_property
    def sealed_beside(self) -> SealedBeside:
        """What a version seals beside the content, in one statement (none when `with_sealed_beside` brought it)."""
        row = self if hasattr(self, "point_rows") else Dossier.objects.with_sealed_beside().get(pk=self.pk)
        return SealedBeside.of(row)

    @cached_property
    def situation(self) -> Situation:
        """The facts that rules ask for, in one statement (none when `with_situation` brought them)."""
        row = self if hasattr(self, "head_row") else Dossier.objects.with_situation().get(pk=self.pk)
        return Situation.of(row)


class Editor(models.Model):
    """Someone who has ever changed this dossier's content, themselves or for another."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="editors", db_index=False)  # `editor_once` serves
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "user"], name="editor_once")]
