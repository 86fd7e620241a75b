"""The demonstration's words and figures, kept as data."""

from pathlib import Path

import yaml

from accounts.vietnamese import nfc

DATA = Path(__file__).parent.parent / "data"


def read(name: str):
    """A file of documents/data, such as "demo.yaml" or "demo/CD001.yaml"."""
    text = (DATA / name).read_text(encoding="utf-8")
    return yaml.safe_load(nfc(text)) if name.endswith(".yaml") else nfc(text)
