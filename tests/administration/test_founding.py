"""An office begins with its first administrator, on record from the first event."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Unit, UnitKind, User, authorities
from audit.verification.verify import Tally, faults
from ledger.models import Event

pytestmark = pytest.mark.django_db(transaction=True)
ASKED = {
    "code": "LDLD",
    "name": "Liên đoàn Lao động thành phố",
    "kind": "federation",
    "symbol": "LĐLĐ",
    "username": "quantri",
    "full_name": "Tạ Thị Mỹ Ân",
    "post": "Chánh Văn phòng",
}


def test_an_office_is_founded_once_and_its_administrator_signs_in(client):
    told = StringIO()
    call_command("found_office", **ASKED, stdout=told)
    [event] = Event.objects.all()
    user = User.objects.get()
    assert (event.verb, event.actor, event.rows) == (
        "founded",
        user,
        sorted(row.row_name for row in (UnitKind.objects.get(), Unit.objects.get(), user, user.appointments.get())),
    )
    assert [by.role for by in authorities(user)] == ["administrator"]
    assert client.login(username="quantri", password=told.getvalue().strip())
    assert list(faults(Tally())) == []
    with pytest.raises(CommandError):
        call_command("found_office", **ASKED, stdout=told)
