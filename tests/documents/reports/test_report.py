"""Reports from the first draft to the conclusion."""

import unicodedata
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from accounts.models import Role
from documents.models import Figure, Report, ReportAttestation, ReportSection, Section
from documents.progress.board import unit_rows
from documents.reports.writing import Given, write_attestations, write_figures, write_sections
from ledger.canonical import canonical
from tests.documents.factories import again, fill
from workflow.decisions.back.reject import reject
from workflow.decisions.back.return_ import return_
from workflow.decisions.back.supersede import supersede
from workflow.decisions.onward.conclude import conclude as decide_conclude
from workflow.decisions.onward.submit import submit
from workflow.drafting import editing
from workflow.errors import Refused, Stale
from workflow.models import Point

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def missing(paper) -> dict[str, str]:
    return {wanted.place: wanted.sentence for wanted in again(paper).missing()}


def test_an_empty_report_wants_every_text_figure_and_attestation(office):
    wanted = missing(office.report())
    assert sum(place.startswith("section:") for place in wanted) == 20
    assert sum(place.startswith("figure:") for place in wanted) == 50 - 1 - 3  # one computed, three optional
    assert wanted["section:2.1"] == "Section 2.1. Study of the Directive and yearly themes has no text."
    assert wanted["figure:so_lop"].startswith("“classes held” (section 2.1)")
    assert "attestation:y_kien_cap_uy" in wanted
    assert not {"section:2", "figure:so_mo_hinh", "figure:ds_van_ban"} & set(wanted)


def test_a_unit_without_a_party_organisation_is_not_asked_for_its_opinion(office):
    paper = office.report(office.company)
    assert [place for place in missing(paper) if place.startswith("attestation")] == [
        "attestation:thong_nhat_chuyen_mon"
    ]
    assert "attestation:y_kien_cap_uy" not in dict(paper.places())


def test_a_full_report_wants_nothing_and_can_be_submitted(office):
    paper = office.full_report()
    assert missing(paper) == {}
    office.submitted(paper)
    assert again(paper).state == "submitted"


def test_missing_is_not_zero(office):
    paper = office.full_report()
    with editing.edit(paper, by=office.drafter) as draft:
        write_figures(draft, {"so_lop": None, "so_nguoi_tham_gia": 0})
    assert list(missing(paper)) == ["figure:so_lop"]
    with editing.edit(paper, by=office.drafter) as draft:
        write_figures(draft, {}, {"so_lop": " Chưa có số liệu "})
    parts = again(paper).content()["parts"]
    assert missing(paper) == {}
    assert parts["figure:so_lop"] == {"type": "int", "missing": "Chưa có số liệu"}
    assert parts["figure:so_nguoi_tham_gia"] == {"type": "int", "value": "0"}


def test_a_figure_and_a_reason_cannot_stand_together(office):
    paper = office.full_report()
    row = Figure.objects.filter(report=paper, number__isnull=False).first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Figure.objects.filter(pk=row.pk).update(missing_reason="Chưa rõ")


def test_text_of_only_blanks_is_no_text(office):
    paper = office.full_report()
    with editing.edit(paper, by=office.drafter) as draft:
        write_sections(draft, {"2.1": "<p> &nbsp;\u200b</p><p></p>"})
        write_figures(draft, {"mo_ta_dot_pha": "<p> </p>", "tu_xep_loai": "  "})
    assert sorted(missing(paper)) == ["figure:mo_ta_dot_pha", "figure:tu_xep_loai", "section:2.1"]


def test_tables_count_their_rows_and_none_is_not_unknown(office):
    paper = office.full_report()
    row = {"ten_mo_hinh": "Tiết kiệm một mét giấy", "so_dien_thoai": "không phải cột"}
    with editing.edit(paper, by=office.drafter) as draft:
        write_figures(draft, {"mo_hinh": [row, {"ten_mo_hinh": " "}]})
    assert again(paper).parts.values["so_mo_hinh"] == 1
    empty = {"noi_dung": "", "thoi_gian": "", "ket_qua": "", "kha_nang_nhan_rong": ""}
    assert again(paper).parts.values["mo_hinh"] == [{"ten_mo_hinh": "Tiết kiệm một mét giấy"} | empty]
    with editing.edit(paper, by=office.drafter) as draft:
        write_figures(draft, {"mo_hinh": []})
    assert again(paper).parts.values["so_mo_hinh"] == 0
    assert missing(paper) == {}
    with editing.edit(paper, by=office.drafter) as draft:
        write_figures(draft, {"mo_hinh": None})
    assert again(paper).parts.values["so_mo_hinh"] is None
    assert list(missing(paper)) == ["figure:mo_hinh"]


def test_a_computed_figure_or_an_unknown_place_cannot_be_written(office):
    paper = office.report()
    with editing.edit(paper, by=office.drafter) as draft:
        for write, place in (
            (write_figures, {"so_mo_hinh": 3}),
            (write_figures, {"la": 1}),
            (write_sections, {"2": "<p>x</p>"}),
        ):
            with pytest.raises(KeyError):
                write(draft, place)


def test_content_is_the_same_bytes_whatever_the_order_and_the_unicode_form(office):
    """Two drafters type the same, one on a machine that decomposes, one backwards: one and the same content."""
    texts = {"2.1": "<p>Đã tổ chức 11 hội nghị.</p>", "0": "<p>Trường Mầm non Hoà Bình</p>"}
    figures = {"ty_le_doan_vien_hoc": Decimal("98.50"), "so_lop": 11, "tu_xep_loai": "Tốt", "co_to_chuc_dang": True}
    paper = office.report()
    with editing.edit(paper, by=office.drafter) as draft:
        write_sections(draft, texts)
        write_figures(draft, figures)
        write_attestations(draft, {"y_kien_cap_uy": Given(True, "Đỗ Thị Vân Ỷ")})
    first = canonical(again(paper).content())
    with editing.edit(paper, by=office.drafter) as draft:
        write_attestations(draft, {"y_kien_cap_uy": Given(True, unicodedata.normalize("NFD", "Đỗ Thị Vân Ỷ"))})
        write_figures(draft, dict(reversed(figures.items())) | {"ty_le_doan_vien_hoc": Decimal("98.5")})
        write_sections(draft, {code: unicodedata.normalize("NFD", text) for code, text in reversed(texts.items())})
    assert canonical(again(paper).content()) == first
    assert canonical(Report.objects.get(pk=paper.pk).content()) == first
    assert again(paper).content()["parts"]["figure:ty_le_doan_vien_hoc"] == {"type": "percent", "value": "98.5"}
    assert unicodedata.is_normalized("NFC", first.decode())


def test_big_and_small_numbers_are_exact(office):
    paper = office.report()
    with editing.edit(paper, by=office.drafter) as draft:
        write_figures(draft, {"gia_tri_lam_loi": 999_999_999_999_999, "ty_le_doan_vien_hoc": Decimal("0.1")})
        write_figures(draft, {"kinh_phi_cham_lo": 1_000_000})
    parts = again(paper).content()["parts"]
    assert parts["figure:gia_tri_lam_loi"]["value"] == "999999999999999"
    assert parts["figure:kinh_phi_cham_lo"]["value"] == "1000000"
    assert parts["figure:ty_le_doan_vien_hoc"]["value"] == "0.1"


def test_contradicting_figures_warn_but_do_not_stop(office):
    paper = office.full_report()
    with editing.edit(paper, by=office.drafter) as draft:
        write_figures(draft, {"lao_dong_total": 62, "lao_dong_nu": 65})
    [finding] = again(paper).findings()
    assert (finding.code, finding.other) == ("lao_dong_nu", "lao_dong_total")
    assert missing(paper) == {}


def test_script_is_taken_out_of_the_text(office):
    paper = office.report()
    with editing.edit(paper, by=office.drafter) as draft:
        write_sections(draft, {"2.1": "<p onclick='x()'>Sạch<script>alert(1)</script></p>"})
    assert again(paper).content()["parts"]["section:2.1"] == {"html": "<p>Sạch</p>"}


def test_only_what_changed_is_remembered(office):
    paper = office.report()
    for _time in range(2):
        with editing.edit(paper, by=office.drafter) as draft:
            write_sections(draft, {"2.1": "<p>Một.</p>", "2.2": ""})
            write_figures(draft, {"so_lop": 11, "so_nguoi_tham_gia": None})
    assert ReportSection.history.count() == 1
    assert Figure.history.count() == 1


def test_the_whole_content_comes_in_one_statement(office, django_assert_num_queries):
    paper = office.full_report()
    with django_assert_num_queries(1):
        read = Report.objects.with_content().get(pk=paper.pk)
        read.content(), read.missing(), read.places(), read.findings(), read.checklist


def test_one_live_report_a_unit_and_campaign(office):
    office.report()
    with pytest.raises(Refused):
        office.report()
    office.report(office.company)


def test_a_replaced_report_leaves_its_place_on_the_board_to_the_correction(office):
    old = office.endorsed(office.full_report())
    new = office.report(replaces=old)
    with editing.edit(new, by=office.drafter) as draft:
        fill(draft)
    new = office.endorsed(again(new))
    supersede(old, by=office.clerk, seen=old.seen(), key=uuid4())
    assert unit_rows(office.campaign, office.reviewer.person).get(code="CD001").report_ref == new.ref
    with pytest.raises(Refused):
        office.report()


def test_sealed_content_is_frozen_in_the_database(office):
    paper = office.submitted(office.full_report())
    for change in (
        lambda: ReportSection.objects.filter(report=paper).update(html="<p>Khác</p>"),
        lambda: Figure.objects.filter(report=paper)[0].delete(),
        lambda: ReportAttestation.objects.filter(report=paper).update(given=False),
        lambda: ReportSection.objects.create(report=paper, section=paper.outline.sections.get(code="2"), html="x"),
        lambda: Report.objects.filter(pk=paper.pk).update(outline=paper.outline_id),
    ):
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
            change()
    with pytest.raises(Refused), editing.edit(paper, by=office.drafter):
        pytest.fail("opened")


def test_a_stranger_cannot_write(office):
    paper = office.report()
    for by in (office.approver, office.company_drafter, office.reviewer):
        with pytest.raises(Refused), editing.edit(paper, by=by):
            pytest.fail("opened")


def test_an_edit_after_the_page_was_read_makes_the_submission_stale(office):
    paper = office.full_report()
    seen = again(paper).seen()
    with editing.edit(paper, by=office.drafter) as draft:
        write_figures(draft, {"so_lop": 12})
    with pytest.raises(Stale):
        submit(paper, by=office.drafter, seen=seen, key=uuid4())


def test_points_of_a_return_name_places_of_the_paper(office):
    paper = office.submitted(office.full_report())
    places = dict(paper.places())
    assert places["figure:so_lop"] == "classes held"
    assert {"general", "section:2.1", "attestation:y_kien_cap_uy"} < set(places)
    seen = paper.seen()
    with pytest.raises(Refused):
        return_(paper, by=office.approver, seen=seen, key=uuid4(), points=[("figure:la", "Sai.")])
    return_(paper, by=office.approver, seen=seen, key=uuid4(), points=[("figure:so_lop", "Không khớp lời văn.")])
    assert again(paper).state == "returned"


def test_the_board_shows_every_unit_asked_in_one_query(office, django_assert_num_queries):
    office.submitted(office.full_report())
    reader = office.reviewer.person
    assert len(reader.authorities) == 1
    with django_assert_num_queries(1):
        board = {unit.code: unit.report_state for unit in unit_rows(office.campaign, reader)}
    assert board == {"CD001": "submitted", "CD007": None}


class TestTakenIntoTheConsolidatedReport:
    """The district takes a unit's report into its own, and says which."""

    @pytest.fixture
    def consolidated(self, office):
        by = office.officer("khai", Role.DRAFTER, office.district, "Lục Văn Khải")
        paper = Report(campaign=office.campaign, unit=office.district)
        editing.create(paper, by=by, key=uuid4())
        with editing.edit(paper, by=by) as draft:
            fill(draft)
        submit(again(paper), by=by, seen=again(paper).seen(), key=uuid4())
        return again(paper)

    def test_it_does_not_name_a_draft(self, office):
        by = office.officer("khai", Role.DRAFTER, office.district, "Lục Văn Khải")
        draft = Report(campaign=office.campaign, unit=office.district)
        editing.create(draft, by=by, key=uuid4())
        paper = office.reviewed(office.full_report())
        with pytest.raises(Refused):
            self.conclude(office, paper, draft)

    def conclude(self, office, paper, into):
        facts = {"outcome": "Đã tổng hợp", "into": into}
        return decide_conclude(paper, by=office.reviewer, seen=paper.seen(), key=uuid4(), **facts)

    def test_it_is_concluded_naming_the_districts_report(self, office, consolidated):
        paper = office.reviewed(office.full_report())
        assert list(paper.conclusion_targets()) == [consolidated]
        assert consolidated.is_consolidated
        event = self.conclude(office, paper, consolidated)
        assert event.facts["into"] == str(consolidated.ref)
        assert again(paper).state == "concluded"

    def test_the_same_form_again_is_the_same_conclusion_and_another_outcome_is_refused(
        self, client, office, consolidated
    ):
        paper = office.reviewed(office.full_report())
        address = reverse("workflow:decision", args=[paper.ref, "conclusion"])
        client.force_login(office.reviewer.person, backend="accounts.backends.AppointmentBackend")
        form = client.get(address).context["form"]
        sent = {name: form[name].value() for name in ("seen", "key", "as")}
        sent |= {"outcome": "Đã tổng hợp", "into": consolidated.pk}
        assert [client.post(address, sent).status_code for _ in range(2)] == [302, 302]
        answer = client.post(address, sent | {"outcome": "Khác hẳn"})
        assert answer.status_code == 409
        assert 'value="Khác hẳn"' in answer.content.decode()
        assert paper.events.filter(verb="conclude").count() == 1

    def test_it_must_name_one(self, office, consolidated):
        paper = office.reviewed(office.full_report())
        other = office.report(office.company)
        for into in (None, other, paper):
            with pytest.raises(Refused) as refused:
                self.conclude(office, paper, into)
            assert refused.value.reasons == ["Please choose the consolidated report of this campaign."]

    def test_endorsed_it_goes_up_instead(self, office, consolidated):
        paper = office.endorsed(office.full_report())
        with pytest.raises(Refused):
            self.conclude(office, paper, consolidated)


def test_a_report_cannot_be_declined(office):
    paper = office.reviewed(office.full_report())
    with pytest.raises(Refused) as refused:
        reject(paper, by=office.signatory, seen=paper.seen(), key=uuid4(), note="Không đạt")
    assert refused.value.reasons == ["Only award nominations can be declined; return this paper instead."]


def test_a_point_has_room_for_the_longest_title_of_a_section():
    label, title, code = (
        model._meta.get_field(name).max_length
        for model, name in ((Point, "place_label"), (Section, "title_vi"), (Section, "code"))
    )
    assert label >= title + code + len(". ")
