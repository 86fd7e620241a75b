from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.utils import timezone

from accounts.models import Role
from workflow.states import FOUR_EYES, State, Verb

OWN_UNIT = frozenset({Role.DRAFTER, Role.APPROVER})
WHOLE_BRANCH = frozenset({Role.REVIEWER, Role.COMMITTEE, Role.SIGNATORY, Role.CLERK, Role.AUDITOR})
TURN = {  # whose turn it is, by state
    State.DRAFT: Role.DRAFTER,
    State.RETURNED: Role.DRAFTER,
    State.SUBMITTED: Role.APPROVER,
    State.UNIT_APPROVED: Role.REVIEWER,
    State.DISTRICT_REVIEWED: Role.SIGNATORY,
    State.ENDORSED: Role.CLERK,
    State.FORWARDED: Role.CLERK,
}
NOTHING = Q(pk__in=[])


def scope(authority) -> Q:
    """The dossiers one capacity reaches: a drafter's or approver's own unit, the others' whole branch."""
    if authority.role in OWN_UNIT:
        return Q(unit=authority.unit)
    if authority.role in WHOLE_BRANCH:
        return Q(unit__path__startswith=authority.unit.path)
    return NOTHING


class DossierQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Rights start the query. `permissions.can_see` is the same rule in Python; a property test compares them."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        shared = self._shared_with(user)
        return self.filter(_any_of(scope(authority) for authority in user.authorities) | Q(pk__in=shared))

    def _shared_with(self, user):
        from workflow.models.grant import DossierUserObjectPermission

        return DossierUserObjectPermission.objects.in_force().filter(user=user).values("content_object_id")

    def waiting_for(self, user):
        """One query by state and unit path for all the roles a person holds: what only they can move now."""
        return self.filter(
            _any_of(
                scope(authority) & Q(state__in=[state for state, role in TURN.items() if role == authority.role])
                for authority in user.authorities
            )
        )

    def with_content(self):
        """Kinds of paper bring everything `content()` needs in one statement."""
        return self

    def with_situation(self, key=None):
        """Bring what `Situation` holds. Ask after the row lock: a locking statement sees other tables as they were."""
        from workflow.models import Editor, Event, Point, Version

        head = Event.objects.filter(chain=OuterRef("ref")).order_by("-seq")
        hands = Event.objects.filter(dossier=OuterRef("pk"), verb__in=[Verb.SUBMIT, *FOUR_EYES]).order_by("seq")
        unanswered = Point.objects.filter(dossier=OuterRef("pk"), answer="").order_by().values("dossier")
        return self.annotate(
            head_seq=Subquery(head.values("seq")[:1]),
            head_leaf=Subquery(head.values("leaf_hash")[:1]),
            sealed_hash_now=Subquery(
                Version.objects.filter(dossier=OuterRef("pk"), number=OuterRef("version")).values("content_hash")
            ),
            prior_event_id=Subquery(Event.objects.filter(key=key).values("pk")) if key else _null(),
            open_point_count=Coalesce(Subquery(unanswered.annotate(n=Count("pk")).values("n")), 0),
            hand_rows=ArraySubquery(
                hands.values(row=JSONObject(verb=F("verb"), actor=F("actor_id"), acting_for=F("acting_for_id")))
            ),
            editor_rows=ArraySubquery(
                Editor.objects.filter(dossier=OuterRef("pk"))
                .order_by("pk")
                .values(row=JSONObject(pk=F("user_id"), ref=F("user__ref")))
            ),
        )

    def live_in(self, slot: str):
        """Those that hold the slot: live, and no correction of another."""
        return self.filter(slot=slot, replaces=None).exclude(state__in=[State.WITHDRAWN, State.SUPERSEDED])

    def due_soonest(self):
        return self.order_by(F("due_on").asc(nulls_last=True), "pk")

    def overdue(self):
        return self.filter(due_on__lt=timezone.localdate())


def _any_of(conditions) -> Q:
    result = NOTHING
    for condition in conditions:
        result |= condition
    return result


def _null():
    return models.Value(None, output_field=models.BigIntegerField())
