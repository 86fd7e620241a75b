"""The demonstration's words and figures, kept as data; whoever reads them leaves them as they are."""

from functools import cache
from pathlib import Path

import yaml

from vietnamese.text import nfc

DATA = Path(__file__).parent.parent / "data"


@cache
def read(name: str):
    """A file of documents/data, such as "demo.yaml" or "demo/CD001.yaml"."""
    text = nfc((DATA / name).read_text(encoding="utf-8"))
    return yaml.safe_load(text) if name.endswith(".yaml") else text


def stories() -> dict:
    """What people say in their decisions, letters and nominations."""
    return read("demo/stories.yaml")
