"""The worst markup of the size that is accepted, each in a process that is killed beyond 2 seconds or 300 MB."""

import multiprocessing
import resource
import sys
from pathlib import Path

import pytest

from documents.content.richtext import MAX_CHARACTERS, TooLong, clean

SECONDS, MEMORY = 2, 300 * 2**20


def numbered(piece: str, times: int) -> str:
    return "".join(piece % number for number in range(times))


def nested(piece: str, end: str, depth: int, times: int) -> str:
    return (piece * depth + "x" + end * depth) * times


DECLARATIONS = "font:x list-style:x text-decoration:x " * 54
CLEANED = {
    "bold in bold around blocks": ("<b>" * 30 + "<p>x</p>" * 150 + "</b>" * 30) * 30,
    "bold blocks in bold blocks": ("<b><div>" * 28 + "<p>x</p>" * 150 + "</div></b>" * 28) * 30,
    "spans around thousands of lines": "<span style='font-weight:bold'>" * 55 + "x<br>" * 6000,
    "thousands of neighbours": "<p>" + "x<u>y</u>" * 6000,
    "line breaks and nothing else": "<p>" + "<br>" * 12_000,
    "blocks in a heading": "<h1>" + "<div>x</div>" * 6000,
    "quotes in quotes": nested("<blockquote>x", "</blockquote>", 55, 110),
    "blocks that are bold in blocks that are": (
        ("<div style='font-weight:bold'>" * 50 + "<p>x</p>" * 150 + "</div>" * 50) * 30
    ),
    "white words beside others": "<p>" + "<span style='color:white'>x</span>y" * 5000,
    "hidden rows that reach far": ("<table>" + "<tr hidden><td rowspan=300>x</td></tr><tr><td>y</td></tr>" * 1000),
    "cells over hidden columns": (
        "<table>" + "<col width=0 span=999>" * 9 + "<tr><td colspan=9999 rowspan=99999>x" * 3000
    ),
    "a rule for each of thousands of names": (
        "<style>" + numbered(".c.a%d{color:red}", 6000) + "</style>" + "<i class=c>x</i>" * 5000
    ),
    "tables in tables": nested("<table><tr><td>x", "</td></tr></table>", 18, 80),
    "lists of one item, each of another kind": numbered("<ol start=%d><li>x</li></ol>", 3000),
    "items of Word, each of another list": numbered("<p style='mso-list:l%d level1'>x</p>", 5000),
    "levels of Google": "<ul>" + numbered("<li aria-level=%d>x<ul><li>y</li></ul></li>", 2000),
    "links under many boxes": "<div>" * 55 + "<a href=x>y</a>" * 5500,
    "raised in raised": ("<span style='vertical-align:super'>" * 55 + "1" * 100 + "</span>" * 55) * 80,
    "old letters in pieces": "<font face='.VnTime'>C«ng ®oµn</font> " * 4500,
    "old letters at one go": "<font face='.VnTime'>" + "«" * 190_000,
    "a class said a thousand times": (
        "<style>.c{" + "a:b;" * 10_000 + "}</style>" + ("<p class='" + "c " * 990 + "'>x</p>") * 60
    ),
    "a rule for a class, thirty thousand times": (
        "<style>" + ",".join([".c"] * 30_000) + "{" + "a:b;" * 20_000 + "}</style><p class=c>x"
    ),
    "declarations that run on": "<style>.c{" + DECLARATIONS + "}</style>" + "<i class=c>x</i>" * 1400,
    "attributes by the thousand": "<p " + numbered("a%d=1 ", 20_000) + ">x<b>",
    "marks on one letter": "<b>x</b>a" + "\u0301\u0323" * 95_000,
    "spaces that do not break": "<b>x</b>" + "\u00a0" * 190_000,
}
REFUSED = {
    "lists in lists without end": "<ul><li>x" * 22_000,
    "boxes in boxes without end": "<div>x" * 33_000,
    "boxes in boxes, closed": "<div>" * 18_000 + "x" + "</div>" * 18_000,
    "fonts in fonts, each another": numbered("<font size=%d>", 12_000),
    "italics left open before every paragraph": "<p>" + numbered("<i id=%d>", 1000) + "</p>" + "<p>x" * 40_000,
    "links left open": "<a><div>" * 25_000,
    "set text of a hundred thousand lines": "<pre>" + "x\n" * 95_000,
    "set text of a hundred thousand lines by style": "<p style='white-space:pre-wrap'>" + "x\n" * 95_000,
    "thousands of rules for each of thousands of words": (
        "<style>" + numbered("div p.c%d i{color:red}", 3000) + "</style>" + "<p>" + "<i>x</i>" * 6000
    ),
    "a long style for every word": "<style>.c{" + "a" * 2000 + "}</style>" + "<i class=c>x</i>" * 6000,
    "signs that are stored as several": "&" * 200_000,
    "the end of a frame's words": "<div>" * 50 + "<iframe>" + "</p>" * 40_000 + "</iframe>",
    "items and items": "<li>x</li><b>" * 15_000,
}


def judged(html: str, answer) -> None:
    sys.settrace(None)  # the measuring of coverage is no part of its share
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, used + MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        clean(html)
        answer.put("cleaned")
    except TooLong:
        answer.put("refused")
    except (RecursionError, MemoryError) as exhausted:
        answer.put(repr(exhausted))


@pytest.mark.parametrize("case", [*CLEANED, *REFUSED])
def test_no_markup_takes_more_than_its_share(case):
    html = (CLEANED | REFUSED)[case]
    assert len(html) <= MAX_CHARACTERS
    fork = multiprocessing.get_context("fork")
    answer = fork.SimpleQueue()
    child = fork.Process(target=judged, args=(html, answer))
    child.start()
    child.join()
    assert child.exitcode == 0, "killed by its limits"
    assert answer.get() == ("cleaned" if case in CLEANED else "refused")


@pytest.mark.parametrize("megabytes", [1, 5])
def test_more_than_is_accepted_is_refused_before_it_is_read_and_told_what_to_do(megabytes):
    with pytest.raises(TooLong) as refused:
        clean("<table><tr><td>" * (megabytes * 2**20 // 15))
    assert str(refused.value) == (
        "Nội dung quá dài: tối đa 200.000 ký tự, kể cả định dạng. Vui lòng rút gọn, dán từng phần hoặc đính kèm thành"
        " tệp."
    )


def test_bold_in_bold_is_bold_once():
    assert clean("<p><b>a <strong>b</strong> c</b></p>") == "<p><strong>a b c</strong></p>"
    assert clean("<b><i><b><p>a</p></b></i></b>") == "<p><em><strong>a</strong></em></p>"


def test_the_words_of_a_frame_leave_the_rest_alone():
    assert clean("<p>a</p><iframe></p></p></iframe><p>b</p>") == "<p>a</p><p>b</p>"


def test_marks_beyond_what_a_letter_can_carry_are_left_out():
    assert clean("<p>a" + "\u0301" * 200 + "</p>") == "<p>á" + "\u0301" * 29 + "</p>"
