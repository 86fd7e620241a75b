"""The pages keep the design's promises: small, self-contained, no style in markup, every icon and file there."""

import re
from pathlib import Path

import pytest

from config.launch import fonts
from tests.test_house import ROOMS

ROOT = Path(__file__).resolve().parent.parent
CSS = ROOT / "static/css"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STATES = (
    "none draft submitted unit_approved district_reviewed endorsed forwarded concluded"
    " returned rejected withdrawn superseded"
)
ELSEWHERE = re.compile(r"""(?:src|href)=["']?(?:https?:)?//|url\("?(?:https?:)?//""")


def markup() -> dict[str, str]:
    return {str(path.relative_to(ROOT)): path.read_text() for path in TEMPLATES}


def test_own_css_and_js_stay_under_150_kb():
    own = [path for path in (ROOT / "static").rglob("*") if path.suffix in {".css", ".js"}]
    assert sum(path.stat().st_size for path in own) < 150_000


def test_every_css_file_is_in_the_cascade_once():
    named = re.findall(r'@import url\("([^"]+)"\)', (CSS / "app.css").read_text())
    there = {str(path.relative_to(CSS)) for path in CSS.rglob("*.css")} - {"app.css"}
    assert sorted(named) == sorted(there)


def test_every_class_of_the_css_is_given_to_something():
    """What nothing bears any more goes with the page that bore it; ProseMirror's own are its editor's."""
    named = {
        name
        for path in CSS.rglob("*.css")
        for name in re.findall(r"\.([a-z][\w-]*)(?=[^{}]*\{)", re.sub(r"(?s)/\*.*?\*/", "", path.read_text()))
    }
    code = [path.read_text() for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    scripts = [path.read_text() for path in (ROOT / "static/js").iterdir()]
    given = {
        name
        for text in [*markup().values(), *scripts, *code]
        for names in re.findall(r'class(?:Name)?"?(?:=|: )"([^"]*)"', text)
        for name in re.findall(r"[\w-]+", names)
    }
    assert named - given == set()


def test_no_page_has_a_style_or_a_handler_in_its_markup():
    found = {
        name: match.group()
        for name, text in markup().items()
        if (match := re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text))
    }
    assert found == {}


def test_nothing_is_fetched_from_elsewhere():
    sources = markup() | {str(path): path.read_text() for path in CSS.rglob("*.css")}
    assert {name for name, text in sources.items() if ELSEWHERE.search(text)} == set()


def test_every_icon_named_in_a_template_is_drawn():
    drawn = set(re.findall(r'id="i-([a-z]+)"', (ROOT / "static/img/icons.svg").read_text()))
    named = {
        icon
        for text in markup().values()
        for icon in re.findall(r'(?:icon\.html" with name=|icon=|name=icon\|default:)"([a-z]+)"', text)
    }
    assert named <= drawn


@pytest.mark.parametrize("state", STATES.split())
def test_every_state_has_its_tone_or_its_glyph(state):
    assert f'[data-state="{state}"]' in (CSS / "components/workflow/state.css").read_text()


def test_fonts_are_built_once_and_come_out_the_same(tmp_path):
    fonts.main(tmp_path)
    first = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in (tmp_path / "fonts").iterdir()}
    fonts.main(tmp_path)
    assert {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in (tmp_path / "fonts").iterdir()} == first

    (tmp_path / "fonts/TrinhFigures-Bold.woff2").unlink()
    fonts.main(tmp_path)
    assert {path.name: path.read_bytes() for path in (tmp_path / "fonts").iterdir()} == {
        name: content for name, (content, _) in first.items()
    }


def test_figures_share_one_width_and_the_text_font_covers_vietnamese():
    figures, text = fonts.figure_font("Regular"), fonts.text_font("Regular")
    names = figures.getBestCmap()
    assert len({figures["hmtx"][names[ord(digit)]][0] for digit in "0123456789"}) == 1
    assert set("ăâđêôơưĂÂĐÊÔƠƯẾệỡỮỵỳ₫“”–…") <= {chr(code) for code in text.getBestCmap()}


def test_every_font_the_css_asks_for_is_built():
    asked = set(re.findall(r'url\("\.\./fonts/([^"]+)"\)', (CSS / "fonts.css").read_text()))
    assert asked == {path.name for path in fonts.products(Path()) if path.suffix == ".woff2"}
