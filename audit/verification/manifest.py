"""What a sealed version says of people and files, as far as its bytes can be read; broken bytes are named elsewhere."""

import json

from workflow.decisions.sealing import READ_UNDER


def manifest(content: bytes | None) -> dict:
    """{"editors": {…}, "nominees": {…}, "files": {SHA-256: name}, "read_under": SHA-256 or None}"""
    try:
        sealed = json.loads(content)
    except (ValueError, TypeError, RecursionError):
        sealed = None
    sealed = sealed if isinstance(sealed, dict) else {}
    paper = sealed.get("content")
    files = _list(paper, "attachments")
    return {
        "editors": _texts(_list(sealed, "editors")),
        "nominees": _texts(_list(sealed, "nominees")),
        "files": {file["sha256"]: file["name"] for file in files if _is_file(file)},
        READ_UNDER: named if isinstance(named := sealed.get(READ_UNDER), str) else None,
    }


def _list(mapping, key: str) -> list:
    value = mapping.get(key) if isinstance(mapping, dict) else None
    return value if isinstance(value, list) else []


def _is_file(value) -> bool:
    return isinstance(value, dict) and all(isinstance(value.get(key), str) for key in ("sha256", "name"))


def _texts(values: list) -> set[str]:
    return {value for value in values if isinstance(value, str)}
