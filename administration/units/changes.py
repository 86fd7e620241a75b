"""Opening, changing, moving and closing a unit, each sealed on the registry chain."""

from uuid import UUID, uuid4

from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Appointment, Authority, Unit
from administration.appointments.changes import end, holders
from administration.rights import administers
from ledger.append import append_to_registry, lock_the_registry
from ledger.models import Event
from workflow.decisions.claims import free_lapsed, lock_claimed
from workflow.errors import Refused
from workflow.models import Dossier
from workflow.recording import recorded
from workflow.states import State

DETAILS = [  # what `change_unit` may change; the code names the unit on the record for ever
    "kind", "name", "short_name", "symbol", "place", "address", "letterhead", "filing_note", "employer_head",
    "employer_head_title", "has_party_org", "party_secretary", "party_secretary_title", "opened_on",
]  # fmt: skip
DONE_WITH = [State.CONCLUDED, State.REJECTED, State.WITHDRAWN, State.SUPERSEDED]


@recorded
def open_unit(unit: Unit, *, under: Unit, by: Authority, key: UUID) -> Event:
    """Add an unsaved unit as the last child of `under`."""
    _hold_the_tree()
    above = Unit.objects.get(pk=under.pk)
    administers(by, above)
    if above.closed_on:
        raise Refused(_("%(unit)s is closed.") % {"unit": above.name})
    unit.full_clean(exclude=["path", "depth", "numchild"])
    unit.above_code = above.code
    Unit.objects.add_child(above, instance=unit)
    facts, texts = {"to": above.code}, {"unit": unit.name}
    return append_to_registry("unit_opened", by=by, key=key, unit=unit, facts=facts, texts=texts, rows=[unit])


@recorded
def change_unit(unit: Unit, *, by: Authority, key: UUID, note: str = "") -> Event:
    """Save what differs from the stored row; its code and its place in the tree never change here."""
    _hold_the_tree()  # first, as an import does
    administers(by, unit)
    stored = Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    changed = [name for name in DETAILS if getattr(unit, name) != getattr(stored, name)]
    if not changed:
        raise Refused(_("Nothing was changed."))
    before = stored.name
    for name in changed:
        setattr(stored, name, getattr(unit, name))
    stored.full_clean(exclude=["path", "depth", "numchild"])
    stored.save(update_fields=changed)
    texts = {"unit": stored.name, "unit_before": before if "name" in changed else "", "note": note}
    facts = {"fields": changed}
    return append_to_registry("unit_changed", by=by, key=key, unit=stored, facts=facts, texts=texts, rows=[stored])


@recorded
def move_unit(unit: Unit, *, under: Unit, by: Authority, key: UUID, note: str = "") -> Event:
    """Put a unit and all below it under another; whose turn a waiting dossier is follows from the next click on."""
    _hold_the_tree()
    moving, above = (Unit.objects.get(pk=place.pk) for place in (unit, under))
    if reasons := why_not_move(moving, above, by):
        raise Refused(*reasons)
    administers(by, moving, above)
    facts = {"from": code_at(moving.above_path), "to": above.code}
    claimed = lock_claimed(Q(unit__path__startswith=moving.path))
    lock_the_registry()  # before the units: whoever records something of one of them holds the chain first
    moved = move(moving, under=above)
    free_lapsed(claimed)
    texts = {"unit": moved.name, "note": note}
    return append_to_registry("unit_moved", by=by, key=key, unit=moved, facts=facts, texts=texts, rows=[moved])


def move(unit: Unit, *, under: Unit) -> Unit:
    """The tree and the word of the unit itself, nothing else; the unit as it stands then."""
    Unit.objects.move(unit, under, "last-child")
    moved = Unit.objects.get(pk=unit.pk)
    moved.above_code = under.code
    moved.save_without_historical_record(update_fields=["above_code"])
    return moved


def why_not_move(unit: Unit, under: Unit, by: Authority) -> list[str]:
    """Every reason against putting `unit` under another."""
    reasons = []
    if unit.pk == by.unit.pk:
        reasons.append(_("This is your own unit; an administrator above it moves it."))
    if unit.covers(under):
        reasons.append(_("A unit cannot report to itself or to a unit below it."))
    elif unit.above_path == under.path:
        reasons.append(_("It already reports to that unit."))
    if under.closed_on:
        reasons.append(_("%(unit)s is closed.") % {"unit": under.name})
    return reasons


@recorded
def close_unit(unit: Unit, *, by: Authority, key: UUID, note: str = "") -> Event:
    """Close a unit that has nothing under way: its appointments end with it, and its record stays."""
    _hold_the_tree()
    closing = Unit.objects.get(pk=unit.pk)
    administers(by, closing)
    appointments = list(appointments_open_at(closing))
    if any(appointment.pk == by.appointment.pk for appointment in appointments):
        raise Refused(_("You act under an appointment at this unit; an administrator above it must close it."))
    claimed = lock_claimed(Q(handler__in=holders(appointments)))
    for appointment in appointments:
        end(appointment, by=by, key=uuid4(), note=note)
    free_lapsed(claimed)
    if reasons := why_not_close(closing):  # after the ends: nobody begins a dossier here any more
        raise Refused(*reasons)
    closing.closed_on = timezone.localdate()
    closing.save(update_fields=["closed_on"])
    facts, texts = {"on": closing.closed_on.isoformat()}, {"unit": closing.name, "note": note}
    return append_to_registry("unit_closed", by=by, key=key, unit=closing, facts=facts, texts=texts, rows=[closing])


def why_not_close(unit: Unit) -> list[str]:
    """Every reason against closing a unit now."""
    reasons = []
    if unit.closed_on:
        reasons.append(_("It is already closed."))
    below = Unit.objects.filter(path__startswith=unit.path, closed_on=None).exclude(pk=unit.pk)
    below = below.count() if unit.numchild else 0
    if below:
        sentence = ngettext("%d unit below it is still open.", "%d units below it are still open.", below)
        reasons.append(sentence % below)
    live = Dossier.objects.filter(unit=unit).exclude(state__in=DONE_WITH).count()
    if live:
        sentence = ngettext(
            "%d dossier of this unit is still under way.", "%d dossiers of this unit are still under way.", live
        )
        reasons.append(sentence % live)
    return reasons


def appointments_open_at(unit: Unit):
    """Those that hold there now or will: in the order in which they are locked."""
    rows = Appointment.objects.filter(unit=unit, ended_at=None).exclude(ends_on__lt=timezone.localdate())
    return rows.select_related("user", "unit").order_by("pk")


def code_at(path: str) -> str:
    """The code of the unit at this place of the tree; empty at the top."""
    return Unit.objects.filter(path=path).values_list("code", flat=True).first() or ""


def _hold_the_tree() -> None:
    """One change of the tree at a time; who only reads it, or names a unit, does not wait."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE accounts_unit IN SHARE ROW EXCLUSIVE MODE")
