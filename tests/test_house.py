"""The plan of the house holds: documents name files that exist, folders stay small, no room outgrows the others."""

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TEXTS = [
    "README.md",
    "README.vi.md",
    "CONTRIBUTING.md",
    *sorted(f"docs/{it.name}" for it in (ROOT / "docs").glob("*.md")),
]
ROOMS = ["accounts", "administration", "audit", "config", "documents", "intake", "ledger", "vietnamese", "workflow"]
NAMED = re.compile(r"`([\w./-]+/[\w./-]*)`")
READ = {".py", ".html", ".css", ".js"}
MADE_BY_OTHERS = {"migrations", "clipboards"}  # a machine's writing, and samples of what programs put in a clipboard
MAX_FILES_IN_A_FOLDER = 15
MAX_SHARE_OF_A_ROOM = 0.30


@pytest.mark.parametrize("text", TEXTS)
def test_every_file_a_document_names_exists(text):
    named = {name for name in NAMED.findall((ROOT / text).read_text(encoding="utf-8")) if _is_ours(name)}
    assert sorted(name for name in named if not (ROOT / name).exists()) == []


def _is_ours(name: str) -> bool:
    return name.split("/")[0] in {*ROOMS, "docs", "tests", "templates", "static", "benchmarks"}


def test_the_picture_shows_the_rooms_that_import_linter_holds():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers = settings["contracts"][0]["layers"]
    held = {room.strip() for layer in layers for room in layer.split("|")}
    picture = (ROOT / "docs/architecture.md").read_text(encoding="utf-8").split("```mermaid")[1].split("```")[0]
    assert (held, set(settings["root_packages"])) == (set(re.findall(r"^ +(\w+)\[", picture, re.M)), set(ROOMS))


def test_no_folder_holds_more_files_than_one_reads_at_a_glance():
    """Not only of the rooms: of the tests, the templates, the styles and the scripts as well."""
    written = [
        file
        for folder in [*ROOMS, "benchmarks", "static", "templates", "tests"]
        for file in (ROOT / folder).rglob("*")
        if file.suffix in READ and not MADE_BY_OTHERS & set(file.parts) and file.name != "__init__.py"
    ]
    folders = Counter(file.parent for file in written)
    assert {str(folder.relative_to(ROOT)): n for folder, n in folders.items() if n > MAX_FILES_IN_A_FOLDER} == {}


def test_no_room_outgrows_the_others():
    lines = Counter()
    for file in _code():
        lines[file.relative_to(ROOT).parts[0]] += len(file.read_text(encoding="utf-8").splitlines())
    total = lines.total()
    assert {room: n for room, n in lines.items() if n / total > MAX_SHARE_OF_A_ROOM} == {}


def test_no_two_classes_share_a_name():
    classes = Counter(
        name
        for file in _code()
        if "management" not in file.parts  # Django calls each command `Command`
        for name in re.findall(r"^class (\w+)", file.read_text(encoding="utf-8"), re.M)
    )
    assert {name: n for name, n in classes.items() if n > 1} == {}


def _code():
    """Every file of the product's own code; what a machine writes (migrations) is nobody's reading."""
    return (file for room in ROOMS for file in (ROOT / room).rglob("*.py") if "migrations" not in file.parts)
