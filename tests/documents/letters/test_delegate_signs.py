"""A specialist signs by the chairwoman's delegation: paper, record, desk, register and workbook call nobody Chủ tịch
who is not. A deputy signs KT."""

import io
import re
from html import unescape
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone, translation
from openpyxl import load_workbook

from accounts.models import Appointment, Delegation, Role, Unit
from administration import registry
from audit.verification.verify import Tally, faults
from documents.letters import outgoing
from documents.letters.letter import signature_of
from documents.models import Dispatch
from ledger.models import Event
from tests import factories
from tests.documents.factories import FIVE_OF_FIVE, SITTING, again
from tests.factories import rewritten
from workflow.capacity import capacity
from workflow.decisions.onward.approve import approve
from workflow.decisions.onward.endorse import endorse
from workflow.errors import Refused
from workflow.history.sentences import line
from workflow.states import Verb

pytestmark = pytest.mark.django_db
BACKEND = "accounts.backends.AppointmentBackend"
HIMSELF = "Chuyên viên Thi đua, Liên đoàn Lao động quận"
WHOLE = f"{HIMSELF}, theo ủy quyền của đ/c Lưu Thị Bảo, Chủ tịch LĐLĐ quận"
BLOCK = ["TUQ. BAN THƯỜNG VỤ", "CHUYÊN VIÊN THI ĐUA"]


@pytest.fixture(autouse=True)
def in_vietnamese(client):
    client.cookies["language"] = "vi"
    with translation.override("vi"):
        yield


@pytest.fixture
def chair(office):
    return _officer(office, "bao", "Lưu Thị Bảo", Role.SIGNATORY, "Chủ tịch LĐLĐ quận")


@pytest.fixture
def specialist(office, chair):
    """He writes at the district, and signs for the chairwoman who is away."""
    own = _officer(office, "khai", "Lục Văn Khải", Role.DRAFTER, "Chuyên viên Thi đua")
    factories.lend(chair.appointment, own.person)
    return factories.acting(own.person, Role.SIGNATORY)


def _officer(office, username, name, role, post):
    user = factories.person(username, name)
    factories.appoint(user, office.district, role, post=post)
    return factories.acting(user, role, office.district)


def page(client, by, name, *args, **asked) -> str:
    client.force_login(by.person, backend=BACKEND)
    return unescape(client.get(reverse(name, args=args), asked).content.decode())


def block(html: str) -> list[str]:
    """The lines above the signature as the page prints them."""
    return re.search(r'<div class="signer">(.*?)<span>', html).group(1).split("<br>")


def endorsed_by(office, by):
    paper = office.reviewed(office.nomination())
    endorse(paper, by=by, seen=paper.seen(), key=uuid4(), tally=vars(FIVE_OF_FIVE), **SITTING)
    return again(paper)


# --- the specialist ---------------------------------------------------------------------------------------------------
def test_the_record_says_his_own_post_and_whose_delegation_it_was(office, specialist, client):
    paper = endorsed_by(office, specialist)
    event = Event.objects.get(verb=Verb.ENDORSE)
    assert {name: text for name, text in event.texts.items() if name not in ("note",)} == {
        "actor": "Lục Văn Khải",
        "post": "Chuyên viên Thi đua",
        "at_unit": "Liên đoàn Lao động quận",
        "acting_for": "Lưu Thị Bảo",
        "holder_post": "Chủ tịch LĐLĐ quận",
        "holder_unit": "Liên đoàn Lao động quận",
    }
    assert line(event).acting == WHOLE
    for name in ("workflow:dossier", "audit:dossier-history"):
        assert f'<p class="acting">{WHOLE}</p>' in page(client, office.clerk, name, paper.ref)
    assert f"<small>{WHOLE}</small>" in page(client, office.clerk, "audit:history")
    assert list(faults(Tally())) == []


def test_he_sees_as_what_he_signs_and_the_paper_keeps_it(office, specialist, client):
    letter = office.prepared(endorsed_by(office, office.signatory))
    assert block(page(client, office.clerk, "documents:dispatch", letter.ref)) == ["TM. BAN THƯỜNG VỤ"]
    mine = page(client, specialist, "documents:dispatch", letter.ref)
    assert block(mine) == BLOCK
    assert "<b>Chuyên viên Thi đua</b>, Liên đoàn Lao động quận, theo ủy quyền của đ/c Lưu Thị Bảo" in mine
    step = re.search(r'name="key" value="([^"]+)".*?name="seen" value="([^"]+)"', mine)
    typed = {"key": step[1], "seen": step[2]}
    assert client.post(reverse("documents:dispatch-signature", args=[letter.ref]), typed).status_code == 302
    letter.refresh_from_db()
    assert (letter.signer_name, letter.signer_post, letter.signature) == ("Lục Văn Khải", "Chuyên viên Thi đua", BLOCK)
    assert Event.objects.get(verb="dispatch_signed").texts["signature"] == "\n".join(BLOCK)

    sent = outgoing.send(letter, by=office.clerk, key=uuid4())
    rewritten(Appointment.objects.filter(user=specialist.person), ended_at="2020-01-01T00:00Z")
    factories.appoint(specialist.person, office.district, Role.CLERK, post="Chủ tịch")
    assert block(page(client, office.clerk, "documents:dispatch", sent.ref)) == BLOCK
    register = page(client, office.clerk, "documents:register")
    assert "Lục Văn Khải (TUQ. BAN THƯỜNG VỤ)" in register
    assert "CHỦ TỊCH" not in register
    assert line(Event.objects.get(verb="dispatch_signed")).acting == WHOLE
    assert list(faults(Tally())) == []


def test_what_it_was_signed_as_cannot_be_changed_afterwards(office, specialist):
    letter = outgoing.sign(office.prepared(endorsed_by(office, office.signatory)), by=specialist, key=uuid4())
    for change in ({"signature": ["TM. BAN THƯỜNG VỤ", "CHỦ TỊCH"]}, {"signer_post": "Chủ tịch"}):
        with pytest.raises(DatabaseError, match="what was signed"), transaction.atomic():
            Dispatch.objects.filter(pk=letter.pk).update(state="cancelled", **change)


def test_the_workbook_keeps_him_and_the_holder_apart(office, specialist, client):
    endorsed_by(office, specialist)
    auditor = office.officer("chi", Role.AUDITOR, office.district, "Mạc Thị Chi")
    client.force_login(auditor.person, backend=BACKEND)
    answer = client.post(reverse("audit:history-export"))
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    heads, *rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    [his] = [dict(zip(heads, row, strict=True)) for row in rows if row[2] == "Lục Văn Khải"]
    assert his["Chức vụ, đơn vị"] == HIMSELF
    assert his["Theo ủy quyền của"] == "Lưu Thị Bảo, Chủ tịch LĐLĐ quận"


def test_desk_decision_batch_and_frame_call_him_what_he_is(office, specialist, client):
    paper = office.reviewed(office.nomination())
    whole = WHOLE.replace("Chuyên viên Thi đua", "<b>Chuyên viên Thi đua</b>")
    desk = page(client, specialist, "workflow:desk")
    assert "được đ/c Lưu Thị Bảo ủy quyền đến hết ngày" in desk
    assert "<small>Chuyên viên Thi đua</small><small>theo ủy quyền của đ/c Lưu Thị Bảo</small>" in desk
    assert whole in page(client, specialist, "workflow:dossier", paper.ref)
    assert whole in page(client, specialist, "workflow:decision", paper.ref, "endorsement")
    assert whole in page(client, specialist, "workflow:bulk", "endorsement", dossier=paper.ref)


def test_a_batch_says_beforehand_and_afterwards_as_what_he_decides(office, client):
    inspector = _officer(office, "at", "Giang Thị Ất", Role.COMMITTEE, "Ủy viên BTV").person
    factories.lend(office.approver.appointment, inspector)
    by, said = (
        factories.acting(inspector, Role.APPROVER),
        "Liên đoàn Lao động quận, theo ủy quyền của đ/c Bùi Thị Ánh Đào",
    )
    paper = office.submitted(office.full_report())
    page(client, by, "workflow:dossier", paper.ref)
    beforehand = page(client, by, "workflow:bulk", "approval", dossier=paper.ref)
    assert f"<b>Ủy viên BTV</b>, {said}" in beforehand
    sent = {"dossier": str(paper.ref), "as": by.ref, f"{paper.ref}-seen": paper.seen()}
    url = reverse("workflow:bulk-decisions", args=["approval", uuid4()])
    afterwards = unescape(client.post(url, sent, follow=True).content.decode())
    assert f"<p>Ủy viên BTV, {said}" in afterwards
    assert again(paper).state == "unit_approved"


def test_one_who_holds_nothing_else_gets_no_title_at_all(office, chair, client):
    guest = factories.person("vang", "Người Vắng")
    factories.lend(chair.appointment, guest)
    by = factories.acting(guest, Role.SIGNATORY)
    letter = outgoing.sign(office.prepared(endorsed_by(office, by)), by=by, key=uuid4())
    assert (letter.signer_post, letter.signature) == ("", ["TUQ. BAN THƯỜNG VỤ"])
    event = Event.objects.get(verb="dispatch_signed")
    assert event.texts.keys() & {"post", "at_unit"} == set()
    said = "theo ủy quyền của đ/c Lưu Thị Bảo, Chủ tịch LĐLĐ quận, Liên đoàn Lao động quận"
    assert line(event).acting == said
    assert list(faults(Tally())) == []
    assert "<small>Chủ tịch" not in page(client, by, "workflow:desk")


def test_the_office_that_counts_is_the_nearest(office, chair):
    guest = factories.person("gan", "Lê Thị Gần")
    factories.lend(chair.appointment, guest)
    posts = []
    for at, post in ((office.school, "Ủy viên BCH"), (office.district, "Kế toán")):
        factories.appoint(guest, at, Role.DRAFTER, post=post)
        by = factories.acting(guest, Role.SIGNATORY)
        posts.append((by.post, by.at, by.holder_post, by.unit))
    here = ("Chủ tịch LĐLĐ quận", office.district)
    assert posts == [("Ủy viên BCH", office.school, *here), ("Kế toán", office.district, *here)]


def test_revoked_between_opening_and_signing_it_is_refused_and_cannot_be_passed_on(office, chair, specialist):
    letter = office.prepared(endorsed_by(office, office.signatory))
    onward = Delegation(
        appointment=chair.appointment,
        delegate=office.clerk.person,
        starts_on=specialist.delegation.starts_on,
        ends_on=specialist.delegation.ends_on,
        reason="Đi vắng",
    )
    with pytest.raises(Refused) as refused:
        registry.delegate(onward, by=specialist, key=uuid4())
    assert refused.value.reasons == [
        "Chỉ người giữ nhiệm vụ được ủy quyền; người được ủy quyền không được ủy quyền lại."
    ]
    rewritten(Delegation.objects.filter(pk=specialist.delegation.pk), ended_at="2020-01-01T00:00Z")
    with pytest.raises(Refused):
        outgoing.sign(letter, by=specialist, key=uuid4())
    letter.refresh_from_db()
    assert (letter.state, letter.signature) == ("prepared", [])


# --- by order ---------------------------------------------------------------------------------------------------------
def test_by_order_of_the_chair_it_is_tl(office, chair, client):
    head = _officer(office, "van", "Trịnh Thị Vân", Role.DRAFTER, "Chánh Văn phòng")
    client.force_login(chair.person, backend=BACKEND)
    url = reverse("administration:delegation-new")
    form = client.get(url).context["form"]
    today = f"{head.appointment.starts_on.today():%d/%m/%Y}"
    typed = {
        "key": str(form["key"].value()),
        "appointment": str(chair.appointment.ref),
        "delegate": str(head.person.ref),
        "starts_on": today,
        "ends_on": today,
        "reason": "Quy chế làm việc",
    }
    assert client.post(url, typed | {"prefix": "KT"}).status_code == 422
    assert client.post(url, typed | {"prefix": "TL"}).status_code == 302
    lent = Delegation.objects.get()
    assert (lent.prefix, Event.objects.get(verb="delegated").facts["prefix"]) == ("TL", "TL")
    assert "thừa lệnh (TL.)" in page(client, chair, "administration:delegation", lent.ref)
    by = factories.acting(head.person, Role.SIGNATORY)
    letter = outgoing.sign(office.prepared(endorsed_by(office, office.signatory)), by=by, key=uuid4())
    assert letter.signature == ["TL. BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG"]
    assert list(faults(Tally())) == []


# --- the deputy and the chair -----------------------------------------------------------------------------------------
def test_a_deputy_signs_kt_and_the_chair_as_herself(office, chair, client):
    deputy = _officer(office, "thach", "Đinh Công Thạch", Role.SIGNATORY, "Phó Chủ tịch Thường trực")
    blocks = {
        chair: ["TM. BAN THƯỜNG VỤ", "CHỦ TỊCH"],
        deputy: ["TM. BAN THƯỜNG VỤ", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH THƯỜNG TRỰC"],
    }
    letter = office.prepared(endorsed_by(office, office.signatory))
    for by, lines in blocks.items():
        assert block(page(client, by, "documents:dispatch", letter.ref)) == lines
    outgoing.send(outgoing.sign(letter, by=deputy, key=uuid4()), by=office.clerk, key=uuid4())
    assert block(page(client, chair, "documents:dispatch", letter.ref)) == blocks[deputy]
    assert "Đinh Công Thạch (KT. CHỦ TỊCH)" in page(client, chair, "documents:register")


# --- a unit's own paper -----------------------------------------------------------------------------------------------
def test_a_units_paper_shows_who_signed_it_and_how(office, client):
    chair = factories.person("hoa", "Đặng Thị Hoà")
    held = factories.appoint(chair, office.school, Role.APPROVER, post="Chủ tịch CĐCS")
    inspector = factories.person("at", "Giang Thị Ất")
    factories.appoint(inspector, office.school, Role.DRAFTER, post="Chủ nhiệm UBKT CĐCS")
    deputy = factories.person("an2", "Vũ Ngọc Ấn")
    factories.appoint(deputy, office.school, Role.APPROVER, post="Phó Chủ tịch CĐCS")
    factories.lend(held, inspector)
    seen = []
    for user in (chair, inspector, deputy):
        paper = office.submitted(office.nomination(award=office.award(f"GK_{user.username}")))
        approve(paper, by=factories.acting(user, Role.APPROVER), seen=paper.seen(), key=uuid4())
        printed = page(client, office.drafter, "documents:preview", paper.ref)
        seen.append((*block(printed), re.search(r"</span>([^<]*)</div>\s*</div>\s*</article>", printed)[1]))
    assert seen == [
        ("TM. BAN CHẤP HÀNH", "CHỦ TỊCH", "Đặng Thị Hoà"),
        ("TUQ. BAN CHẤP HÀNH", "CHỦ NHIỆM UBKT CĐCS", "Giang Thị Ất"),
        ("TM. BAN CHẤP HÀNH", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Vũ Ngọc Ấn"),
    ]
    assert list(faults(Tally())) == []


def test_a_letter_of_before_gives_a_delegate_no_title(office, chair):
    letter = Dispatch(unit=Unit.objects.get(pk=office.district.pk), signer_post="Chủ tịch", signed_at=timezone.now())
    assert signature_of(letter, None) == ["TM. BAN THƯỜNG VỤ", "CHỦ TỊCH"]
    letter.signed_for = chair.person
    assert signature_of(letter, None) == ["TUQ. BAN THƯỜNG VỤ"]


# --- what was sealed before -------------------------------------------------------------------------------------------
def test_the_earliest_record_had_the_holders_post_and_is_read_so():
    old = {"actor": "Lục Văn Khải", "post": "Chủ tịch", "at_unit": "LĐLĐ quận", "acting_for": "Lưu Thị Bảo"}
    assert capacity(old) == "theo ủy quyền của đ/c Lưu Thị Bảo, Chủ tịch, LĐLĐ quận"
    assert capacity({"post": "Chủ tịch", "at_unit": "LĐLĐ quận"}) == "Chủ tịch, LĐLĐ quận"
    assert capacity({"holder_post": "Chủ tịch", "holder_unit": "LĐLĐ"}) == ""  # the names erased
    assert capacity({}) == ""
