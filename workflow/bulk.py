"""Many dossiers decided at once: which may be ticked, and by whom. Each is still its own decision and sealed event."""

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from accounts.models import User
from workflow.acts import Act, act_for
from workflow.models import AccessLog, Dossier, Version
from workflow.rules import roles, sources
from workflow.states import State, Verb

VERBS = (Verb.CLAIM, Verb.APPROVE, Verb.REVIEW, Verb.ENDORSE)  # the others want words of their own for each dossier
UNREAD = frozenset({Verb.CLAIM})  # nothing is signed by it, so the paper need not have been opened
STATES = frozenset(state for verb in VERBS for state in sources(verb))


def acts(user: User) -> list[Act]:
    """What this person's offices could do to many dossiers at once; the last is the main one."""
    held = {by.role for by in user.authorities}
    return [act_for(verb) for verb in VERBS if any(held & roles(verb, state) for state in sources(verb))]


def with_opened(rows: QuerySet[Dossier], user: User) -> QuerySet[Dossier]:
    """Annotate `opened`: this person has opened the sealed version in hand. Nothing else is signed in bulk."""
    sealed = Version.objects.filter(dossier=OuterRef(OuterRef("pk")), number=OuterRef(OuterRef("version")))
    views = AccessLog.objects.filter(user=user, dossier=OuterRef("pk"), act=AccessLog.Act.VIEWED)
    return rows.annotate(opened=Exists(views.filter(at__gte=Subquery(sealed.values("sealed_at")))))


def offered(row: Dossier) -> bool:
    """May a row of `with_opened` be ticked? What can only be taken up need not have been opened."""
    return row.state == State.UNIT_APPROVED or (row.state in STATES and row.opened)
