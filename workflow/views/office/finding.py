"""An administrator's reach starts every query; whoever administers nothing finds no page."""

from django.core.exceptions import ValidationError
from django.db.models import Prefetch, Q
from django.http import Http404

from accounts.authority import Authority
from accounts.models import Appointment, Role, Unit, User
from workflow.errors import Refused
from workflow.office.people import in_reach, why_not_change

PER_PAGE = 50
NOTHING = Q(pk__in=[])


def administrations(user) -> list[Authority]:
    """Every capacity in which this person administers; 404 when there is none."""
    held = [by for by in user.authorities if by.role == Role.ADMINISTRATOR]
    if not held:
        raise Http404
    return sorted(held, key=lambda by: by.unit.path)


def units_of(user):
    """Every unit at or below those this person administers, in the order of the tree."""
    reached = NOTHING
    for by in administrations(user):
        reached |= Q(path__startswith=by.unit.path)
    return Unit.objects.filter(reached).order_by("path")


def over(user, unit: Unit) -> Authority:
    """The capacity in which this person administers a unit; 404 when there is none."""
    for by in administrations(user):
        if by.unit.covers(unit):
            return by
    raise Http404


def unit_or_404(user, pk: int) -> tuple[Authority, Unit]:
    unit = units_of(user).select_related("kind").filter(pk=pk).first()
    if unit is None:
        raise Http404
    return over(user, unit), unit


def people_of(user):
    """People in reach, by given name."""
    reached = NOTHING
    for by in administrations(user):
        reached |= in_reach(by)
    return User.objects.filter(reached).order_by("sort_key", "pk")


def person_or_404(user, ref) -> tuple[Authority, User, list[str]]:
    """The capacity that may change the account where there is one, the person, and why it may not be changed."""
    held = Appointment.objects.select_related("unit", "user").order_by("-starts_on", "-pk")
    person = people_of(user).prefetch_related(Prefetch("appointments", held)).filter(ref=ref).first()
    if person is None:
        raise Http404
    tried = [(by, why_not_change(person, by)) for by in administrations(user)]
    by, reasons = min(tried, key=lambda pair: len(pair[1]))
    return by, person, reasons


def carried_out(form, change, *args, **said):
    """The event of a change, or nothing: then the form says why in the words of the refusal."""
    try:
        return change(*args, key=form.cleaned_data["key"], **said)
    except Refused as refused:
        form.add_error(None, refused.reasons)
    except ValidationError as error:
        form.add_error(None, error.messages)
    return None


def with_reason(form, change, row, *, by):
    """The same for a change that asks only for its reason; nothing while the form was not sent."""
    if not (form.is_bound and form.is_valid()):
        return None
    return carried_out(form, change, row, by=by, note=form.cleaned_data["note"])


def status_of(form) -> int:
    return 422 if form.is_bound and form.errors else 200
