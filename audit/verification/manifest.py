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
    return {
        "editors": _texts(_list(sealed, "editors")),
        "nominees": _texts(_list(sealed, "nominees")),
        "files": files_of(sealed.get("content")),
        READ_UNDER: named if isinstance(named := sealed.get(READ_UNDER), str) else None,
    }


def files_of(content) -> dict[str, str]:
    """SHA-256 -> name of each file that the content of a paper lists."""
    return {file["sha256"]: file["name"] for file in _list(content, "attachments") if _is_file(file)}


def _list(mapping, key: str) -> list:
    value = mapping.get(key) if isinstance(mapping, dict) else None
    return value if isinstance(value, list) else []


def _is_file(value) -> bool:
    return isinstance(value, dict) and all(isinstance(value.get(key), str) for key in ("sha256", "name"))


def _texts(values: list) -> set[str]:
    return {value for value in values if isinstance(value, str)}
