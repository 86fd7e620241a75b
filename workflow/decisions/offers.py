"""The decision panel: everything this person could do to a dossier, and why not when they cannot."""

from collections.abc import Iterator
from dataclasses import dataclass

from accounts.models import Authority, User
from accounts.reach import reaches
from workflow.decisions.catalogue import why_not
from workflow.models import Dossier
from workflow.models.steps import roles, sources
from workflow.states import DRAFTING, FOUR_EYES, Verb


@dataclass(frozen=True)
class Offer:
    """One line of the decision panel: a verb, the capacity to use, and why not (empty when it may be pressed)."""

    verb: Verb
    by: Authority
    reasons: list[str]
    sole: bool = False

    @property
    def open(self) -> bool:
        return not self.reasons


ON_PAPER = [verb for verb in Verb if verb not in DRAFTING | {Verb.CREATE}]


def offers(dossier: Dossier, user: User) -> list[Offer]:
    """Open offers first, then the shut ones with their reasons, each in the order of life."""
    offered = [offer for verb in ON_PAPER for offer in _offers_of(verb, dossier, user)]
    return sorted(offered, key=lambda offer: not offer.open)


def _offers_of(verb: Verb, dossier: Dossier, user: User) -> Iterator[Offer]:
    here = roles(verb, dossier.state)
    ever = frozenset().union(*(roles(verb, state) for state in sources(verb)))
    candidates = [by for by in user.authorities if by.role in (here or ever) and reaches(by, dossier)]
    if not candidates:
        return
    tried = [Offer(verb, by, why_not(verb, dossier, by)) for by in candidates]
    best = min(tried, key=lambda offer: len(offer.reasons))
    yield best
    if verb in FOUR_EYES and here and not best.open:
        alone = Offer(verb, best.by, why_not(verb, dossier, best.by, sole=True), sole=True)
        if alone.open:
            yield alone


def authority_for(verb: Verb, dossier: Dossier, user: User, ref: str = "") -> Authority | None:
    """The capacity a form names by `ref`, or the one that fits best; None when the person holds none at all."""
    if ref:
        return next((by for by in user.authorities if by.ref == ref), None)
    offered = list(_offers_of(verb, dossier, user))
    return offered[0].by if offered else next(iter(user.authorities), None)
