"""Bytes of our own CSS and JavaScript that the first page after signing in asks for, uncompressed, editor aside."""

import re
from pathlib import Path
from urllib.parse import unquote

from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import reverse

from benchmarks import office
from benchmarks.report import Report, heading

MAX_BYTES = 150_000
LINKED = re.compile(r"""(?:href|src)=["']([^"']+\.(?:css|js))["']""")
IMPORTED = re.compile(r"""@import\s+(?:url\()?["']?([^"')\s]+\.css)""")


def measure(report: Report, cast) -> None:
    heading("Our own CSS and JavaScript on the first page")
    page = office.signed_in(cast.approver).get(reverse("workflow:desk")).content.decode()
    prefix = settings.STATIC_URL
    linked = [unquote(address).removeprefix(prefix) for address in LINKED.findall(page) if address.startswith(prefix)]
    total = sum(file.stat().st_size for file in with_imports([static_file(name) for name in linked]))
    report.note("first_page.css_and_js", total, "bytes")
    report.demand(
        total < MAX_BYTES, f"The first page weighs {total} bytes of CSS and JavaScript; {MAX_BYTES} are allowed."
    )


def static_file(name: str) -> Path:
    path = finders.find(name)
    if not path:
        raise SystemExit(f"The first page names {name}, which is not there.")
    return Path(path)


def with_imports(files: list[Path]) -> set[Path]:
    """These files and every style sheet that one of them imports."""
    seen: set[Path] = set()
    while files:
        file = files.pop()
        if file not in seen:
            seen.add(file)
            if file.suffix == ".css":
                files += [(file.parent / name).resolve() for name in IMPORTED.findall(file.read_text())]
    return seen
