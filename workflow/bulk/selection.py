"""Many dossiers decided at once: which may be ticked, in what office, and why one may not."""

from collections import defaultdict
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from accounts.models import Authority, User
from accounts.reach import reaches
from workflow.decisions.catalogue import VerbPage, page_of_verb, why_not
from workflow.decisions.papers import with_rules
from workflow.models import AccessLog, Dossier, Version
from workflow.models.steps import roles, sources
from workflow.states import State, Verb

MAX_DOSSIERS_PER_BATCH = 200
VERBS = (Verb.CLAIM, Verb.APPROVE, Verb.REVIEW, Verb.ENDORSE)  # the others want words of their own for each dossier
UNREAD = frozenset({Verb.CLAIM})  # nothing is signed by it, so the paper need not have been opened
STATES = frozenset(state for verb in VERBS for state in sources(verb))


def verb_pages(user: User) -> list[VerbPage]:
    """What this person's offices could do to many dossiers at once; the last is the main one."""
    own_roles = {by.role for by in user.authorities}
    return [page_of_verb(verb) for verb in VERBS if any(own_roles & roles(verb, state) for state in sources(verb))]


def with_opened(rows: QuerySet[Dossier], user: User) -> QuerySet[Dossier]:
    """Annotate `opened`: this person has opened the sealed version in hand. Nothing else is signed in bulk."""
    sealed = Version.objects.filter(dossier=OuterRef(OuterRef("pk")), number=OuterRef(OuterRef("version")))
    whole = {"act": AccessLog.Kind.VIEWED, "detail": ""}  # not two older versions compared, nor one section of it
    views = AccessLog.objects.filter(user=user, dossier=OuterRef("pk"), **whole)
    return rows.annotate(opened=Exists(views.filter(at__gte=Subquery(sealed.values("sealed_at")))))


def offered(row: Dossier) -> bool:
    """May a row of `with_opened` be ticked? What can only be taken up need not have been opened."""
    return row.state == State.UNIT_APPROVED or (row.state in STATES and row.opened)


def papers(user: User, refs: list[UUID]) -> list[Dossier]:
    """Those of these dossiers that this person may see, in this order, with what rules ask: one statement a kind."""
    kinds = defaultdict(list)
    for kind, pk in Dossier.objects.visible_to(user).filter(ref__in=refs).values_list("kind", "pk"):
        kinds[kind].append(pk)
    visible = [
        paper
        for kind, pks in kinds.items()
        for paper in with_opened(with_rules(kind).with_situation(), user).filter(pk__in=pks)
    ]
    return sorted(visible, key=lambda paper: refs.index(paper.ref))


def capacity(verb_page: VerbPage, chosen: list[Dossier], user: User, ref: str = "") -> Authority | None:
    """The one office all are decided in: the one named, or the one that may decide the most of them."""
    fitting = capacities(verb_page, user)
    if ref:
        return next((by for by in fitting if by.ref == ref), None)
    return max(fitting, key=lambda by: sum(reaches(by, paper) for paper in chosen), default=None)


def capacities(verb_page: VerbPage, user: User) -> list[Authority]:
    entitled = frozenset().union(*(roles(verb_page.verb, state) for state in sources(verb_page.verb)))
    return [by for by in user.authorities if by.role in entitled]


def why_not_together(verb_page: VerbPage, paper: Dossier, by: Authority | None) -> list[str]:
    """Every reason against deciding this one among others; `paper` comes from `papers`."""
    if by is None:
        return [_("This is not among your duties.")]
    unread = verb_page.verb not in UNREAD and not paper.opened
    return why_not(verb_page.verb, paper, by) or ([not_opened(paper)] if unread else [])


def not_opened(paper: Dossier) -> str:
    return _("You have not opened version %(number)d yet. Please read it before you decide.") % {
        "number": paper.version
    }
