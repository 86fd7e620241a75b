"""What a decision will do, who will be told, and whether it can be taken back: said before it is taken."""

from django.urls import reverse
from django.utils.functional import Promise

from accounts.models import User
from ledger.models import Event
from workflow.decisions.catalogue import DEFINITIONS, page_of_verb
from workflow.models import Dossier
from workflow.models.steps import target
from workflow.notices.addressees import addressees_of
from workflow.states import Verb


def undo_link(verb: Verb, dossier: Dossier, user: User) -> tuple[str, str | Promise] | None:
    """The (address, label) where this person can take back what was just done, if they are the one who may."""
    verb_back = DEFINITIONS[verb].undone_by
    back = page_of_verb(verb_back) if verb_back else None
    if back is None or not user.has_perm(f"workflow.{back.verb}", dossier):
        return None
    return reverse("workflow:decision", args=[dossier.ref, back.noun]), back.label


def told_of(verb: Verb, dossier: Dossier, actor: User) -> list[str]:
    """Full names of those who would get a notice if `actor` took this decision now."""
    return told_of_each(verb, [dossier], actor)[dossier.pk]


def told_of_each(verb: Verb, dossiers: list[Dossier], actor: User) -> dict[int, list[str]]:
    """The same of many, by primary key, with as many queries as for one."""
    told = names_told_of([_supposed(verb, dossier, actor) for dossier in dossiers])
    return dict(zip((dossier.pk for dossier in dossiers), told, strict=True))


def _supposed(verb: Verb, dossier: Dossier, actor: User) -> Event:
    to_state = target(verb, dossier.state)
    return Event(dossier=dossier, verb=verb, from_state=dossier.state, to_state=to_state, actor=actor)


def names_told(event: Event) -> list[str]:
    """Full names of those who get a notice of an event."""
    return names_told_of([event])[0]


def names_told_of(events: list[Event]) -> list[list[str]]:
    """The same of many events, in their order."""
    told = addressees_of(events)
    people = User.objects.filter(pk__in=set().union(*told)).order_by("sort_key")
    names = list(people.values_list("pk", "full_name"))
    return [[name for pk, name in names if pk in some] for some in told]
