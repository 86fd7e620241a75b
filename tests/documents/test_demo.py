"""The demonstration keeps its promises: every state, sound evidence, words and figures that fit each unit."""

import io
import re
from collections import Counter
from itertools import combinations

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import override_settings

from accounts.models import Appointment, Delegation, Unit, User
from audit.verification.verify import Tally, faults
from documents.awards import ballot
from documents.demo.data import DATA, read
from documents.demo.office import PASSWORD
from documents.models import AwardNomination, Dispatch, Referral, Report
from documents.papers.preview import preview_of
from ledger.models import Event
from tests.factories import rewritten, saved
from workflow.models import Dossier, Version
from workflow.states import State, Verb

pytestmark = pytest.mark.django_db

REPORTED = ["CD001", "CD002", "CD004", "CD005", "CD006", "CD009"]
COMPLETE = [*REPORTED, "CD003", "consolidated", "quick"]
WRITTEN = [*COMPLETE, "CD007", "CD008"]


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker, tmp_path_factory):
    """What the first load says; the office stands for every test here and is taken back after the last."""
    files = tmp_path_factory.mktemp("files")
    with (
        pytest.MonkeyPatch.context() as environment,
        override_settings(MEDIA_ROOT=files),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        environment.setenv("TRINH_DEMO", "1")
        yield load()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def files_apart(told):
    """The files of the loaded office stay where they were stored."""


@pytest.fixture(autouse=True)
def office(told):
    """Every test looks at the loaded office."""


def load() -> str:
    out = io.StringIO()
    call_command("load_demo", stdout=out)
    return out.getvalue()


def test_every_state_has_a_dossier():
    assert Counter(Dossier.objects.values_list("state", flat=True)) == {
        State.DRAFT: 2,
        State.SUBMITTED: 1,
        State.UNIT_APPROVED: 3,
        State.DISTRICT_REVIEWED: 2,
        State.ENDORSED: 1,
        State.FORWARDED: 2,
        State.CONCLUDED: 2,
        State.RETURNED: 1,
        State.REJECTED: 1,
        State.WITHDRAWN: 1,
        State.SUPERSEDED: 1,
    }


def test_the_record_is_sound_to_the_last_event():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what the commit would ask
    tally = Tally()
    assert list(faults(tally)) == []
    assert (tally.dossiers, tally.versions) == (17, Version.objects.count())


def test_a_second_load_changes_nothing(told):
    counted = [model.objects.count() for model in (Event, Dossier, User, Unit)]
    assert load() == told
    assert [model.objects.count() for model in (Event, Dossier, User, Unit)] == counted


def test_an_office_without_the_demonstration_is_left_alone():
    rewritten(User.objects.filter(username="cd009.1"), username="someone")
    assert "not loaded" in load()


def test_an_installation_that_did_not_ask_is_refused(monkeypatch):
    monkeypatch.setenv("TRINH_DEMO", "0")
    with pytest.raises(CommandError, match="TRINH_DEMO=1"):
        load()
    monkeypatch.delenv("TRINH_DEMO")
    monkeypatch.setenv("DATABASE_URL", "postgresql://office@db/trinh")
    with pytest.raises(CommandError, match="TRINH_DEMO=1"):
        load()


def test_the_accounts_are_told_in_vietnamese_and_open(told, client):
    assert PASSWORD in told
    assert "Tạ Thị Mỹ Ân" in told
    assert client.login(username="chuyenvien", password=PASSWORD)


def test_a_password_changed_since_is_not_told():
    person = User.objects.get(username="chutich")
    person.set_password("another")
    saved(person)
    assert PASSWORD not in load()


def test_everybody_is_invented():
    assert not [email for email in User.objects.values_list("email", flat=True) if not email.endswith("@trinh.test")]
    signer = "Phan Thị Thu" + " Hằng"  # signed the real plan
    assert not User.objects.filter(full_name=signer).exists()
    assert not [path.name for path in DATA.rglob("*") if path.is_file() and signer in path.read_text("utf-8")]


def test_offices_were_given_by_the_administrator():
    given = Event.objects.filter(verb="appointed", actor__username="quantri").count()
    assert given == Appointment.objects.count() - 1  # the administrator's own is the installation's first


# --- the stories ----------------------------------------------------------------------------------------------------
def report(code: str) -> Report:
    return Report.objects.with_content().get(unit__code=code)


def consolidated() -> Report:
    return Report.objects.with_content().get(unit__code="LDLD-LB", state=State.FORWARDED)


def verbs(dossier) -> list[str]:
    return list(dossier.events.exclude(verb__in=[Verb.ATTACH]).order_by("seq").values_list("verb", flat=True))


def test_the_hospital_corrects_its_figure_and_a_delegate_signs():
    paper = report("CD006")
    assert verbs(paper) == [Verb.CREATE, Verb.SUBMIT, Verb.RETURN, Verb.SUBMIT, Verb.APPROVE]
    assert paper.version == 2
    first, second = (bytes(row.content).decode() for row in Version.objects.filter(dossier=paper).order_by("number"))
    assert '"1896"' in first
    assert '"1986"' in second
    signed = paper.events.get(verb=Verb.APPROVE)
    assert (signed.actor.username, signed.acting_for.username) == ("cd006.3", "cd006.1")


def test_the_letters_show_how_each_was_signed():
    signed = {paper.document_type: (paper.signer_name, paper.signature) for paper in Dispatch.objects.all()}
    assert signed == {
        "TTr": ("Vương Thị Ái Ngọc", ["TUQ. BAN THƯỜNG VỤ", "ỦY VIÊN BTV, TRƯỞNG BAN NỮ CÔNG"]),
        "QĐ": ("Đinh Công Thạch", ["TM. BAN THƯỜNG VỤ", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH THƯỜNG TRỰC"]),
        "BC": ("Lương Thị Bảo Yên", ["TM. BAN THƯỜNG VỤ", "CHỦ TỊCH"]),
    }
    in_force = Delegation.objects.in_force().values_list("delegate__username", flat=True)
    assert list(in_force) == ["cd006.3"]  # the chair is back


def test_the_delegates_name_and_post_stand_under_the_hospitals_report():
    sheet = preview_of(report("CD006"))
    assert (sheet.signature, sheet.signer) == (["TUQ. BAN CHẤP HÀNH", "CHỦ NHIỆM UBKT CĐCS"], "Giang Thị Ất")
    sheet = preview_of(report("CD001"))
    assert (sheet.signature, sheet.signer) == (["TM. BAN CHẤP HÀNH", "CHỦ TỊCH"], "Bùi Thị Ánh Đào")
    sheet = preview_of(consolidated())
    assert sheet.signature == ["TM. BAN THƯỜNG VỤ", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH THƯỜNG TRỰC"]


def test_the_sole_officer_is_marked():
    [alone] = Event.objects.filter(sole_officer=True)
    assert (alone.dossier.unit.code, alone.verb) == ("CD009", Verb.APPROVE)


def test_the_school_is_returned_with_two_points_to_answer():
    paper = report("CD003")
    assert list(paper.points.values_list("place", "answer")) == [("figure:so_lop", ""), ("section:2.1", "")]
    assert Dossier.objects.waiting_for(User.objects.get(username="cd003.3")).filter(pk=paper.pk).exists()


def test_what_the_school_is_returned_for_is_true():
    paper = report("CD003")
    studied = next(row["html"] for row in paper.parts.section_rows if row["code"] == "2.1")
    assert "12 lớp" in studied
    assert paper.parts.values["so_lop"] == 10


def test_one_report_is_late_by_its_own_date():
    assert report("CD008").due_on < report("CD008").campaign.due_on


def test_the_letters_are_numbered_from_this_years_books():
    assert sorted(Dispatch.objects.values_list("symbol", flat=True)) == ["12/BC-LĐLĐ", "27/TTr-LĐLĐ", "31/QĐ-LĐLĐ"]


def test_one_of_three_recipients_has_answered():
    into = consolidated()
    assert sorted(into.referrals.values_list("recipient__code", "purpose", "outcome")) == [
        ("BDV-QU", "information", ""),
        ("BTG-QU", "action", "acknowledged"),
        ("TT-LDLDTP", "action", ""),
    ]
    taken_in = report("CD001").events.get(verb=Verb.CONCLUDE)
    assert taken_in.facts["into"] == str(into.ref)
    assert Referral.objects.count() == 4


def test_two_ways_of_counting_one_ballot():
    tally = AwardNomination.objects.get(unit__code="CD008").tally
    assert not ballot.passes(tally, ballot.Threshold(80, 100, ballot.Of.ALL_MEMBERS))
    assert ballot.passes(tally, ballot.Threshold(80, 100, ballot.Of.VALID_BALLOTS))


# --- words and figures ----------------------------------------------------------------------------------------------
def test_what_should_be_complete_is():
    lacking = {
        str(paper.ref): paper.missing()
        for paper in Report.objects.with_content().exclude(state=State.DRAFT)
        if paper.missing()
    }
    assert lacking == {}


def test_figures_fit_each_unit():
    for paper in Report.objects.with_content():
        assert paper.findings() == [], paper.unit.code
        values = paper.parts.values
        for part in ("lao_dong_nu", "doan_vien_total", "dang_vien_total", "ke_hoach_tu_duong"):
            assert (values[part] or 0) <= (values["lao_dong_total"] or 0), (paper.unit.code, part)


@pytest.mark.parametrize("name", [*REPORTED, "CD003", "consolidated"])
def test_tables_add_up_to_their_figures(name):
    said = read(f"demo/{name}.yaml")
    figures, forms, years = said["figures"], said["tables"]["hinh_thuc_to_chuc"], said["years"].values()
    assert sum(classes for classes, _people in years) == figures["so_lop"]
    assert sum(people for _classes, people in years) == figures["so_nguoi_tham_gia"]
    assert sum(row[1] for row in forms) == figures["so_lop"]
    assert sum(row[2] for row in forms) == figures["so_nguoi_tham_gia"]
    if "khen_theo_cap" in said["tables"]:
        rewarded = said["tables"]["khen_theo_cap"]
        assert sum(row[2] for row in rewarded) == figures["khen_tap_the"]
        assert sum(row[3] for row in rewarded) == figures["khen_ca_nhan"]


def test_the_consolidated_figures_are_the_sums_of_those_who_reported():
    total = consolidated()
    of_units = [report(code).parts.values for code in REPORTED]
    averages = {rule["field"]: rule["weight"] for rule in total.outline.consolidation["weighted_average"]}
    for code, value in total.parts.numbers().items():
        if code in averages:
            weights = [values[averages[code]] for values in of_units]
            weighed = sum(values[code] * weight for values, weight in zip(of_units, weights, strict=True))
            assert round(weighed / sum(weights), 1) == value, code
        else:
            assert sum(values[code] or 0 for values in of_units) == value, code


FIGURES_IN_WORDS = {  # the count before these words is the figure of this code
    "sáng kiến": "sang_kien",
    "cuộc đối thoại": "doi_thoai",
    "gương người tốt": "nguoi_tot_viec_tot",
    "đoàn viên trên": "doan_vien_total",
    "phong trào thi đua": "phong_trao",
}


@pytest.mark.parametrize("code", [*REPORTED, "consolidated"])
def test_numbers_in_the_words_are_the_figures(code):
    paper = consolidated() if code == "consolidated" else report(code)
    values, words = paper.parts.values, " ".join(row["html"] or "" for row in paper.parts.section_rows)
    stated = {number.lstrip("0").replace(".", "") for number in re.findall(r"\d[\d.]*", words)}
    for figure in ("so_lop", "so_nguoi_tham_gia", "doan_vien_total", "lao_dong_total", "ho_tro_doan_vien", "doi_thoai"):
        assert str(values[figure]) in stated, (code, figure)
    for phrase, figure in FIGURES_IN_WORDS.items():
        for number in re.findall(rf"(?<!trong đó )\b(\d+) {phrase}", words):
            assert int(number) == values[figure], (code, phrase)
    assert f"{values['ty_le_doan_vien_hoc']}".replace(".", ",") in words
    assert f"{values['ty_le_hoan_thanh_kh']}".replace(".", ",") in words


def paragraphs(name: str) -> list[str]:
    """Everything a unit says in sentences, without case, marks of punctuation and numbers."""
    said = read(f"demo/{name}.yaml")
    texts = [*said["sections"].values(), *(text for text in said["figures"].values() if isinstance(text, str))]
    texts += [*said.get("missing", {}).values(), *said.get("attestations", {}).values()]
    plain = [re.sub(r"[\W\d_]+", " ", text).strip().lower() for text in texts]
    return [text for text in plain if len(text) > 20]


def test_no_text_is_repeated():
    counted = Counter(text for name in WRITTEN for text in paragraphs(name))
    assert [text for text, times in counted.items() if times > 1] == []


def test_no_two_texts_are_nearly_the_same():
    texts = [set(re.findall(r"\w+ \w+ \w+", text)) for name in WRITTEN for text in paragraphs(name)]
    alike = [(a, b) for a, b in combinations(texts, 2) if len(a & b) > 0.5 * min(len(a), len(b))]
    assert alike == []


def test_every_section_of_a_complete_report_is_a_text_of_some_length():
    short = [
        (name, code)
        for name in COMPLETE
        for code, text in read(f"demo/{name}.yaml")["sections"].items()
        if len(text.split()) < (10 if name == "quick" else 20)
    ]
    assert short == []
