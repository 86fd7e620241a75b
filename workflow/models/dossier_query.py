"""Which dossiers a person may see, whose turn they are, and what pages need to know of them."""

from typing import Self

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL

from accounts.models import Role
from accounts.reach import NOTHING, OWN_UNIT, WHOLE_BRANCH, reach
from workflow.states import State

TURN = {  # whose turn it is, by state
    State.DRAFT: Role.DRAFTER,
    State.RETURNED: Role.DRAFTER,
    State.SUBMITTED: Role.APPROVER,
    State.UNIT_APPROVED: Role.REVIEWER,
    State.DISTRICT_REVIEWED: Role.SIGNATORY,
    State.ENDORSED: Role.CLERK,
    State.FORWARDED: Role.CLERK,
}
GONE = [State.WITHDRAWN, State.SUPERSEDED]

# What `Situation` holds, written out: composing these through the ORM took longer than all else a decision does.
HEAD = """(
    SELECT jsonb_build_array(seq, encode(leaf_hash, 'hex'), at) FROM ledger_event
    WHERE chain = workflow_dossier.ref ORDER BY seq DESC LIMIT 1)"""
SEALED_HASH = """(
    SELECT content_hash FROM workflow_version
    WHERE dossier_id = workflow_dossier.id AND number = workflow_dossier.version)"""
POINTS = """to_jsonb(ARRAY(
    SELECT jsonb_build_object('event', event.seq, 'number', point.number, 'place', point.place,
                              'answer', point.answer, 'answered_by', person.ref)
    FROM workflow_point point JOIN ledger_event event ON event.id = point.event_id
    LEFT JOIN accounts_user person ON person.id = point.answered_by_id
    WHERE point.dossier_id = workflow_dossier.id))"""
HANDS = """ARRAY(
    SELECT concat_ws(' ', verb, actor_id, acting_for_id) FROM ledger_event
    WHERE chain = workflow_dossier.ref)"""  # of every verb: naming some has young tables read through their index
WRITERS = "ARRAY(SELECT user_id FROM workflow_editor WHERE dossier_id = workflow_dossier.id)"
PRIOR = """to_jsonb(ARRAY(
    SELECT jsonb_build_object('key', key, 'pk', id) FROM ledger_event WHERE key = ANY(%s::uuid[])))"""
EDITORS = """to_jsonb(ARRAY(
    SELECT jsonb_build_object('pk', person.id, 'ref', person.ref)
    FROM workflow_editor editor JOIN accounts_user person ON person.id = editor.user_id
    WHERE editor.dossier_id = workflow_dossier.id))"""


class DossierQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Rights start the query. `permissions.can_see` is the same rule in Python; a property test compares them."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        shared = self._shared_with(user)
        if any(authority.role in WHOLE_BRANCH for authority in user.authorities):
            return self.filter(reach(user.authorities) | Q(pk__in=shared))
        own = [authority for authority in user.authorities if authority.role in OWN_UNIT]
        mine = apps.get_model("workflow.Dossier").objects.filter(reach(own)).order_by().values("pk")
        return self.filter(pk__in=mine.union(shared) if own else shared)  # a few of very many: each by its own index

    def _shared_with(self, user):
        from workflow.models.grant import DossierUserObjectPermission

        return DossierUserObjectPermission.objects.in_force().filter(user=user).values("content_object_id")

    def waiting_for(self, user, states=tuple(TURN)):
        """One query by state and unit path for all the roles a person holds: what only they can move now."""
        return self.filter(self.turn_of(user, states), state__in=_turns(user, states))

    @staticmethod
    def turn_of(user, states=tuple(TURN)) -> Q:
        """The condition that it is the turn of one of this person's offices."""
        moved = NOTHING
        for authority in user.authorities:
            moved |= reach([authority]) & Q(state__in=[state for state in states if TURN[state] == authority.role])
        return moved

    def with_content(self):
        """Kinds of paper bring everything `content()` needs in one statement."""
        return self

    def with_sealed_beside(self):
        """Bring what a version seals beside the content."""
        return self.annotate(point_rows=_raw(POINTS, models.JSONField()), editor_rows=_raw(EDITORS, models.JSONField()))

    def with_situation(self, keys=()):
        """Bring what `Situation` holds. Ask after the row lock: a locking statement sees other tables as they were."""
        prior = {"prior_rows": _raw(PRIOR, models.JSONField(), list(keys))} if keys else {}
        return self.annotate(
            **prior,
            head_row=_raw(HEAD, models.JSONField()),
            sealed_hash_now=_raw(SEALED_HASH, models.TextField()),
            clock=_raw("clock_timestamp()", models.DateTimeField()),
            hand_rows=_raw(HANDS, ArrayField(models.TextField())),
            writer_pks=_raw(WRITERS, ArrayField(models.BigIntegerField())),
        )

    def live(self) -> Self:
        """Those that count for their unit: neither gone, nor a correction while what it replaces still stands."""
        return self.exclude(state__in=GONE).filter(Q(replaces=None) | Q(replaces__state=State.SUPERSEDED))

    def due_soonest(self):
        return self.order_by(F("due_on").asc(nulls_last=True), "pk")


def rows_of(queryset) -> models.Subquery:
    """Every row of a subquery in one JSON list: an array of JSON would be unquoted and parsed row by row."""
    return models.Subquery(queryset, models.JSONField(), template="to_jsonb(ARRAY(%(subquery)s))")


def _turns(user, states) -> list[State]:
    """The states in which it can be this person's turn at all: said by itself, it finds the index."""
    roles = {authority.role for authority in user.authorities}
    return [state for state in states if TURN[state] in roles]


def _raw(sql: str, output: models.Field, *params) -> RawSQL:
    return RawSQL(sql, params, output)  # noqa: S611 - the constants of this file
