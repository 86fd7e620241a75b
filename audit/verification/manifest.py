"""What a sealed version says of people and files, as far as its bytes can be read; broken bytes are named elsewhere."""

import json

from workflow.decisions.sealing import READ_UNDER


def manifest(content: bytes | None) -> dict:
    """{"editors": {…}, "nominees": {…}, "files": {SHA-256: name}, "read_under": SHA-256 or None}"""
    try:
        said = json.loads(content)
    except (ValueError, TypeError, RecursionError):
        said = None
    said = said if isinstance(said, dict) else {}
    paper = said.get("content")
    files = _list(paper, "attachments")
    return {
        "editors": _texts(_list(said, "editors")),
        "nominees": _texts(_list(said, "nominees")),
        "files": {file["sha256"]: file["name"] for file in files if _is_file(file)},
        READ_UNDER: named if isinstance(named := said.get(READ_UNDER), str) else None,
    }


def _list(said, key: str) -> list:
    found = said.get(key) if isinstance(said, dict) else None
    return found if isinstance(found, list) else []


def _is_file(value) -> bool:
    return isinstance(value, dict) and all(isinstance(value.get(key), str) for key in ("sha256", "name"))


def _texts(values: list) -> set[str]:
    return {value for value in values if isinstance(value, str)}
