"""The lock: every package that is asked for is pinned, hashed and installed, and no file names a registry."""

import re
from importlib.metadata import version

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from config.launch.processes import BASE

FOLDER = BASE / "requirements"


def asked(name: str) -> list[Requirement]:
    lines = (line.strip() for line in (FOLDER / f"{name}.in").read_text().splitlines())
    return [Requirement(line) for line in lines if line and not line.startswith(("#", "-r"))]


def locked(name: str) -> dict[str, str]:
    pins = re.findall(r"^([\w.-]+)==(\S+)", (FOLDER / f"{name}.txt").read_text(), re.MULTILINE)
    return {canonicalize_name(package): pin for package, pin in pins}


@pytest.mark.parametrize("name", ["runtime", "test"])
def test_what_is_asked_for_is_locked_within_its_bounds(name):
    pins = locked(name)
    assert [str(each) for each in asked(name) if not each.specifier.contains(pins[canonicalize_name(each.name)])] == []


def test_tests_run_on_the_packages_of_the_product():
    assert locked("runtime").items() <= locked("test").items()


def test_what_is_installed_is_what_is_locked():
    wanted = {canonicalize_name(each.name) for each in asked("runtime") + asked("test")}
    assert [name for name in wanted if Version(version(name)) != Version(locked("test")[name])] == []


@pytest.mark.parametrize("name", ["runtime", "test"])
def test_every_pin_has_a_hash_and_no_line_names_a_place(name):
    text = (FOLDER / f"{name}.txt").read_text()
    blocks = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []
    assert re.findall(r"://|--(?:extra-)?index|--find-links", text) == []
