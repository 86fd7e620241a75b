"""What the demonstration lacks, so that every page has something to show: all of it brought about as people would."""

from datetime import timedelta
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from accounts.models import Appointment, Role, Unit, User
from administration import registry
from administration.models import PeopleImport
from administration.people_import import importing
from documents.demo.desk import officer
from documents.demo.office import PASSWORD
from documents.models import AwardNomination, AwardType, Campaign
from ledger.envelope import REGISTRY
from ledger.models import Event
from tests.accounts import door
from tests.administration.people_import.people_imports import APPOINTMENT, PERSON, UNIT, check, workbook
from tests.browser.kit.papers import report
from workflow.drafting import editing
from workflow.models import Mail
from workflow.notices.gathering import gather
from workflow.notices.telling import tell
from workflow.rights.sharing import share

PROTECTED = "cd008.2"  # has an authenticator app and a passkey
CLOSED = "cd001.3"  # no longer has an account
NEW = {"code": "CD090", "above": "LDLD-LB", "kind": "CĐCS doanh nghiệp trong nước"}


def furnish() -> None:
    _a_nomination_is_begun()
    _a_dossier_is_shared()
    _an_account_is_closed()
    _lists_are_imported()
    _people_are_told()


def second_factors() -> Client:
    """A browser in which someone has set up an app and a passkey."""
    client = Client()
    door.sign_in(client, PROTECTED, PASSWORD)
    door.add_app(client, PASSWORD)
    door.add_passkey(client, door.Passkey())
    return client


def _a_nomination_is_begun() -> None:
    campaign, drafter = Campaign.objects.get(), officer("cd007.2", Role.DRAFTER)
    award = AwardType.objects.order_by("pk").first()
    paper = AwardNomination(campaign=campaign, unit=drafter.unit, award=award, target="collective")
    paper.official_name = "Tổ may số 3"
    editing.create(paper, by=drafter, key=uuid4())


def _a_dossier_is_shared() -> None:
    by, until = officer("chuyenvien", Role.REVIEWER), timezone.localdate() + timedelta(days=14)
    reader = User.objects.get(username="cd002.1")
    share(report("CD001"), person=reader, until=until, by=by, key=uuid4(), note="Làm mẫu cho đơn vị bạn.")


def _an_account_is_closed() -> None:
    person, by = User.objects.get(username=CLOSED), officer("quantri", Role.ADMINISTRATOR)
    registry.deactivate_person(person, by=by, key=uuid4(), note="Nghỉ hưu.")


def _lists_are_imported() -> None:
    """One import that was done, one that is ready, one refused in several rows."""
    by = officer("quantri", Role.ADMINISTRATOR)
    first = check(workbook([UNIT | NEW], [PERSON], [APPOINTMENT | {"unit": "CD090"}]), "đợt 1.xlsx", by=by)
    importing.confirm(first, by=by)
    importing.run(first.pk)
    wrong = [UNIT | NEW | {"code": f"CD09{number}", "above": "KHONG-CO"} for number in range(1, 4)]
    check(workbook(wrong, [PERSON | {"username": "sen hồng"}]), "đợt 2.xlsx", by=by)
    second = _another_administrator()
    check(workbook([UNIT | NEW | {"code": "CD095"}]), "đợt 3.xlsx", by=second)


def _another_administrator():
    user, unit = User.objects.get(username="phochutich"), Unit.objects.get(code="LDLD-LB")
    held = Appointment(user=user, unit=unit, role=Role.ADMINISTRATOR, post="Quản trị", starts_on=timezone.localdate())
    registry.appoint(held, by=officer("quantri", Role.ADMINISTRATOR), key=uuid4())
    return officer("phochutich", Role.ADMINISTRATOR)


def imported(name: str) -> PeopleImport:
    return PeopleImport.objects.get(file_name=name)


def _people_are_told() -> None:
    """Of all that happened; one mail went, one did not."""
    tell(list(Event.objects.exclude(chain=REGISTRY).values_list("pk", flat=True)))
    gather()
    sent, failed, *_rest = Mail.objects.order_by("pk")
    Mail.objects.filter(pk=sent.pk).update(state=Mail.State.SENT)
    Mail.objects.filter(pk=failed.pk).update(
        state=Mail.State.FAILED, fault=Mail.Fault.REFUSED, answer="550 no such user"
    )
