"""What changed between two versions: words, values, rows and files, on ugly and on very long texts."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.comparison.alignment import MAX_PAIRS_COMPARED, Aligner
from workflow.comparison.difference import MAX_CHARACTERS_SHOWN, changes, delta, files, marked
from workflow.paper.parts import Amount, CellTable, Facts, RunningText, plain

pytestmark = pytest.mark.usefixtures("english")


def differing(old, new, reads=lambda place, part: part["is"]):
    """The changes of one place that reads as these."""
    sides = [{"parts": {"p": {"is": side}} if side is not None else {}} for side in (old, new)]
    return changes(*sides, {"p": "Place"}, reads)


def kinds(old: str, new: str) -> list[tuple[str, int]]:
    (change,) = differing(RunningText(old), RunningText(new))
    return [(stretch.kind, stretch.folded) for stretch in change.stretches]


# --- words ------------------------------------------------------------------------------------------------------------
def test_a_word_is_marked_not_its_letters():
    before, after = marked("tổ chức cho 1.896 lượt người.", "tổ chức cho 1.986 lượt người, đạt 98,5%.")
    assert before == [("", "tổ chức cho "), ("del", "1.896"), ("", " lượt người.")]
    assert after == [("", "tổ chức cho "), ("ins", "1.986"), ("", " lượt người"), ("ins", ", đạt 98,5%"), ("", ".")]


def test_changed_words_side_by_side_are_one_change():
    assert marked("giảm nhiều so với trước", "giảm từ 27 lượt") == (
        [("", "giảm "), ("del", "nhiều so với trước")],
        [("", "giảm "), ("ins", "từ 27 lượt")],
    )


def test_unchanged_paragraphs_are_folded_beside_a_change():
    lines = [f"Đoạn số {number}." for number in range(20)]
    changed = [*lines[:10], "Đoạn khác.", *lines[11:]]
    assert kinds("\n".join(lines), "\n".join(changed)) == [
        ("same", 9), ("same", 0), ("changed", 0), ("same", 0), ("same", 8),
    ]  # fmt: skip


def test_a_paragraph_that_moved_is_not_shown_as_written_anew():
    first, rest = "Công đoàn đã tổ chức hội nghị học tập.", [f"Đoạn {number}." for number in range(3)]
    (change,) = differing(RunningText("\n".join([first, *rest])), RunningText("\n".join([*rest, first])))
    told = [(stretch.kind, stretch.before, stretch.after) for stretch in change.stretches if stretch.kind != "same"]
    assert told == [("moved", [("", first)], []), ("moved", [], [("", first)])]


def test_what_was_empty_or_is_gone_stands_beside_nothing():
    for old, new, expected in [
        (None, RunningText("Có."), ([], [("ins", "Có.")])),
        (RunningText("Có."), None, ([("del", "Có.")], [])),
        (RunningText(), RunningText("Có."), ([], [("ins", "Có.")])),
    ]:
        (change,) = differing(old, new)
        assert [(stretch.before, stretch.after) for stretch in change.stretches] == [expected]
    assert differing(RunningText("Như nhau"), RunningText("Như nhau")) == []


def test_markup_reads_as_paragraphs_and_cells():
    read = plain(
        {"html": "<p>Một &lt;b&gt;</p><ul><li>Hai<br>ba</li></ul><table><tr><td>4</td><td>5</td></tr></table>"}
    )
    assert read.paragraphs == ["Một <b>", "Hai", "ba", "4 | 5"]
    assert plain({"text": "a < b > c"}).paragraphs == ["a < b > c"]
    assert plain({"a": 1, "b": None}) == Facts({"a": "1", "b": ""})


@given(st.lists(st.sampled_from("abcd"), max_size=40), st.lists(st.sampled_from("abcd"), max_size=40))
def test_both_texts_can_be_read_back_from_the_steps(old, new):
    steps = list(Aligner().steps(old, new))
    assert [item for _equal, here, _there in steps for item in old[here]] == old
    assert [item for _equal, _here, there in steps for item in new[there]] == new
    assert all(old[here] == new[there] for equal, here, there in steps if equal)


@given(st.permutations(range(1200)))
def test_so_it_is_with_long_ones_in_any_order(shuffled):
    old = list(range(1200))
    steps = list(Aligner().steps(old, shuffled))
    assert [item for _equal, _here, there in steps for item in shuffled[there]] == shuffled
    assert all(old[here] == shuffled[there] for equal, here, there in steps if equal)


class Counting(Aligner):
    """Work is what it costs; nothing here is measured in seconds."""

    @property
    def spent(self) -> int:
        return MAX_PAIRS_COMPARED - self.left


@pytest.mark.parametrize("size", [10_000, 400_000])
def test_ten_megabytes_cost_no_more_than_their_length_allows(size):
    words = [f"từ{number % 5000} viên chức" for number in range(size)]
    other = [*words[: size // 2], "CHÈN VÀO", *words[size // 2 + 3 :]]
    aligner = Counting()
    assert sum(not equal for equal, _here, _there in aligner.steps(words, other)) == 1
    assert aligner.spent <= 3
    nothing_in_common = Counting()
    assert len(list(nothing_in_common.steps(words, ["khác"] * size))) == 1
    assert nothing_in_common.spent == 0


def test_a_cunning_text_runs_out_of_work_and_is_still_told():
    """Anchors every few words with a two-letter jumble between them: the exact way would never end."""
    jumble = [["a" if (n * n + step) % 3 else "b" for n in range(300)] for step in range(400)]
    old = [word for step, part in enumerate(jumble) for word in (f"neo{step}", *part)]
    new = [word for step, part in enumerate(jumble) for word in (f"neo{step}", *part[::-1])]
    aligner = Counting()
    steps = list(aligner.steps(old, new))
    assert 0 <= aligner.left < 90_000
    assert [word for _equal, _here, there in steps for word in new[there]] == new


def test_a_page_shows_the_beginning_of_what_is_endless():
    before, after = marked("", "chữ " * MAX_CHARACTERS_SHOWN)
    assert (before, after[-1]) == ([], ("", "… (60.000 more characters)"))
    assert sum(len(words) for _mark, words in after[:-1]) == MAX_CHARACTERS_SHOWN


# --- values -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("1250", "1310", "+60, +4,8%"),
        ("1310", "1250", "−60, −4,6%"),
        ("0", "12", "+12"),
        ("98.5", "98.5", "0, 0%"),
    ],
)
def test_a_figure_says_by_how_much_it_differs(old, new, said):
    assert delta(*(Amount(number=Decimal(side)) for side in (old, new))) == said


def test_percentages_differ_by_points():
    assert delta(*(Amount(number=Decimal(side), is_share=True) for side in ("97", "98.5"))) == "+1,5 points"


def test_a_reason_for_no_data_is_no_number():
    (change,) = differing(Amount(why="chưa tổng hợp"), Amount("1.310 người", Decimal(1310)))
    (line,) = change.lines
    assert (line.before, line.after, line.delta) == (
        [(True, "no data: chưa tổng hợp")],
        [(True, "1.310 người")],
        "",
    )


def test_rows_of_a_table_are_told_apart():
    old = CellTable(["Name", "Year"], [["A", "2019"], ["B", "2020"], ["C", "2021"]])
    new = CellTable(["Name", "Year"], [["A", "2019"], ["B", "2022"], ["C", "2021"], ["D", "2023"]])
    (change,) = differing(old, new)
    assert [(line.label, line.before, line.after) for line in change.lines] == [
        ("2", [(False, "B"), (True, "2020")], [(False, "B"), (True, "2022")]),
        ("4", [], [(True, "D"), (True, "2023")]),
    ]


def test_of_facts_only_those_that_differ_are_told():
    (change,) = differing(Facts({"Given": "No", "Note": ""}), Facts({"Given": "Yes", "Note": ""}))
    assert [(line.label, line.before, line.after) for line in change.lines] == [
        ("Given", [(True, "No")], [(True, "Yes")])
    ]


def test_a_place_that_changed_its_nature_stands_as_it_is_now():
    (change,) = differing(RunningText("Chữ"), Amount("5", Decimal(5)))
    assert (change.shape, change.lines[0].before, change.lines[0].after) == ("amount", [(True, "")], [(True, "5")])


def test_files_go_by_their_content():
    def attached(**named):
        return {"attachments": [{"sha256": sha, "name": name} for sha, name in named.items()]}

    found = files(
        attached(a="bang.xlsx", b="anh.png", c="cu.pdf"), attached(a="bang moi.xlsx", d="anh.png", e="moi.pdf")
    )
    told = [(file.kind, (file.before or {}).get("sha256"), (file.after or {}).get("sha256")) for file in found]
    assert told == [("renamed", "a", "a"), ("content", "b", "d"), ("gone", "c", None), ("added", None, "e")]
    assert files(attached(a="x"), attached(a="x")) == []
