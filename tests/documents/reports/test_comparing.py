"""Two versions of a report and of a nomination compared: figures, tables, attestations, fields, files."""

import json
from datetime import date
from decimal import Decimal
from functools import partial
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.translation import override

from documents.attachments.storing import attach
from documents.models import Attachment
from documents.reports.comparing import report_part
from documents.reports.writing import Given, write_attestations, write_figures, write_sections
from ledger.canonical import canonical
from tests.documents.factories import again, png
from workflow.comparison.difference import Difference, changes
from workflow.comparison.sides import sides, titles
from workflow.decisions.back.return_ import return_
from workflow.drafting import editing
from workflow.kinds import kind_of
from workflow.models import Version, Wording
from workflow.paper.parts import RunningText

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english_pages(client, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"


def sent_back(office, paper):
    paper = office.submitted(paper)
    place = paper.places()[0][0]
    return_(paper, by=office.approver, seen=paper.seen(), key=uuid4(), points=[(place, "Sửa")])
    return again(paper)


def compared(client, office, paper, **asked) -> dict:
    client.force_login(office.drafter.person, backend="accounts.backends.AppointmentBackend")
    return client.get(reverse("workflow:compare", args=[paper.ref], query=asked or None)).context


def told(change: Difference) -> list[tuple]:
    def side(cells):
        return "|".join(words for _differs, words in cells)

    return [(line.label, side(line.before), side(line.after), line.delta) for line in change.lines]


def test_a_draft_in_hand_against_its_last_version(client, office):
    paper = sent_back(office, office.full_report())
    outline = paper.outline
    numbers = outline.indicators.filter(computed="", type="int").order_by("position")
    first, second = numbers[0], numbers[1]
    table = outline.indicators.filter(type="table").first()
    section = outline.sections.filter(has_parts=False).first()
    attestation = outline.attestations.first()
    with editing.edit(paper, by=office.drafter) as draft:
        write_sections(draft, {section.code: f"<p>Mục {section.code}.</p><p>Thêm một đoạn.</p>"})
        write_figures(draft, {first.code: 1310, table.code: [dict.fromkeys(table.columns, "y")]})
        write_figures(draft, {second.code: None}, {second.code: "chưa tổng hợp"})
        write_attestations(draft, {attestation.code: Given(True, "Người khác", date(2026, 4, 2))})
    attach(paper, png(), by=office.drafter, kind=Attachment.Kind.EVIDENCE)

    page = compared(client, office, paper)
    assert (page["from"], page["to"]) == (1, 0)
    assert [change.place for change in page["words"]] == [f"section:{section.code}"]
    figures = {change.place.partition(":")[2]: change for change in page["figures"]}
    unit = f" {first.unit}" if first.unit else ""
    assert told(figures[first.code]) == [(first.label, f"0{unit}", f"1.310{unit}", "+1.310")]
    ((_label, before, after, delta),) = told(figures[second.code])
    assert (before, after, delta) == (f"0 {second.unit}".strip(), "no data: chưa tổng hợp", "")
    assert [label for label, *_rest in told(figures[table.code])] == ["1"]
    assert [told(change) for change in page["facts"]] == [[("Given by", "Đỗ Thị Vân Ỷ", "Người khác", "")]]
    assert [(file.kind, file.after["name"]) for file in page["files"]] == [("added", "Ảnh hội nghị.png")]
    same = compared(client, office, paper, **{"from": 1, "to": 1})
    assert (same["changes"], same["files"]) == ([], [])


def test_a_nomination_by_its_fields(client, office):
    paper = sent_back(office, office.nomination())
    with editing.edit(paper, by=office.drafter) as draft:
        draft.full_name, draft.birth_year, draft.met_on = "Hà Thị Thảo Ơn", 1986, date(2026, 4, 3)
        draft.achievement_report = "<p>Vận động quyên góp 1.250 đầu sách.</p>"
        draft.save()
    page = compared(client, office, paper)
    amounts = {change.place: told(change)[0][1:] for change in page["figures"]}
    assert amounts["field:met_on"] == ("01/04/2026", "03/04/2026", "")
    assert amounts["field:birth_year"] == ("1985", "1986", "")
    ((stretch,),) = [change.stretches for change in page["words"]]
    assert stretch.before == [("", "Vận động quyên góp "), ("del", "1.150"), ("", " đầu sách.")]


def test_versions_ten_years_apart_in_type_still_compare(office):
    """A sealed version may say what the outline no longer asks for."""
    report = office.full_report()
    assert report_part(report, "figure:khong_con", {"type": "int", "value": "7"}).number == Decimal(7)
    assert report_part(report, "section:99", {"html": "<p>Cũ</p>"}).paragraphs == ["Cũ"]
    assert report_part(report, "figure:khong_con", {"type": "table", "value": [{"a": "1"}]}).rows == [["1"]]


def of(version: Version) -> tuple[dict, dict]:
    """What it says and the words it was read under, to be changed at will."""
    return json.loads(bytes(version.content)), version.wording.by_place()


class TestReadUnder:
    """Labels and units of an old version are its own."""

    @pytest.fixture
    def versions(self, office):
        """A report, and its first version with one figure asked in other words and counted in another unit."""
        paper = office.submitted(office.full_report())
        first = paper.outline.indicators.filter(computed="", type="int").earliest("position")
        said, under = of(paper.versions.get())
        said["content"]["parts"][f"figure:{first.code}"]["value"] = "7"
        under[f"figure:{first.code}"] = {"vi": "Số hộ", "en": "Households", "unit": "hộ"}
        return paper, first, said, under

    def compared(self, paper, said, under):
        version = Version(content=canonical(said), wording=Wording(words=canonical(under)))
        old, new = sides(paper, version, paper.versions.get())
        kind = kind_of(paper)
        return changes(old, new, titles(paper, kind.title, old), partial(kind.reads, paper))

    def test_a_figure_is_called_and_counted_as_it_was(self, versions):
        paper, first, said, under = versions
        with override("en"):
            [change] = self.compared(paper, said, under)
        unit = f" {first.unit}" if first.unit else ""
        assert told(change) == [("Households", "7 hộ", f"0{unit}", "−7, −100%")]

    def test_a_change_of_the_unit_alone_is_a_change(self, versions):
        paper, first, said, under = versions
        said["content"]["parts"][f"figure:{first.code}"]["value"] = "0"
        [change] = self.compared(paper, said, under)
        assert change.place == f"figure:{first.code}"

    def test_a_nomination_names_its_award_and_who_decides_it(self, office):
        paper = office.submitted(office.nomination())
        said, under = of(paper.versions.get())
        assert under["field:award"] == {
            "vi": "Giấy khen Quận ủy",
            "decided_by": "Quận ủy",
            "forwarded_to": "party",
            "threshold": {"share": "80%", "of": "all_members", "strict": False},
        }
        under["field:award"]["vi"] = "Bằng khen"
        with override("en"):
            [change] = self.compared(paper, said, under)
        assert told(change) == [("Name", "Bằng khen", "Giấy khen Quận ủy", "")]


def test_the_history_is_narrowed_by_campaign(client, office):
    office.submitted(office.full_report())
    office.nomination()
    client.force_login(office.reviewer.person, backend="accounts.backends.AppointmentBackend")

    def found(topic):
        page = client.get(reverse("audit:history", query={"topic": topic})).context
        return [line.event.verb for line in page["lines"]]

    assert found(f"campaign:{office.campaign.pk}") == ["create", "submit", "create"]
    assert found("campaign:0") == found("pk:1") == found("") == ["create", "submit", "create"]
    lines = client.get(reverse("audit:returns", query={"by": "topic"})).context["lines"]
    assert [(line.label, line.numbers["submitted"]) for line, _link, _cells in lines] == [("Sơ kết Chỉ thị 05", 1)]
    answer = client.post(reverse("audit:returns-export"))
    assert (answer.status_code, len(b"".join(answer)) > 1000) == (200, True)


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ('<ol start="3"><li><p>Nữ công</p></li><li>Tài chính</li></ol>', ["3. Nữ công", "4. Tài chính"]),
        ('<ol type="a"><li>Một<ol type="i"><li>Con</li></ol></li><li>Hai</li></ol>', ["a) Một", "i. Con", "b) Hai"]),
        ('<ol start="5" type="đ"><li>Năm</li></ol><ul><li>Chấm</li></ul>', ["đ) Năm", "Chấm"]),
    ],
)
def test_the_items_of_a_list_are_compared_with_their_signs(html, lines):
    assert RunningText.of_html(html).paragraphs == lines
