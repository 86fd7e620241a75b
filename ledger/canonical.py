"""The one way bytes are made and hashed: RFC 8785 JSON, SHA-256, and the leaf hash of RFC 6962 section 2.1."""

import hashlib
import json
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from typing import Any

import rfc8785

SALT_BYTES = 32
PLAIN = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, check_circular=False
)


def canonical(value: Mapping[str, Any] | Sequence[Any]) -> bytes:
    """The RFC 8785 bytes of a JSON value. Raises for floats beyond I-JSON and for unknown types."""
    return rfc8785.dumps(value)


def plain(value: Mapping[str, Any]) -> bytes:
    """Without asking what is in it: the canonical bytes of what holds no floats and no key beyond the first plane."""
    return PLAIN.encode(value).encode()


def is_canonical(value: Mapping[str, Any], data: bytes) -> bool:
    """Are these bytes, of which `value` without floats was parsed, the canonical ones? Five times as fast as asking."""
    if plain(value) != data:
        return False
    return data.isascii() or max(data.decode()) <= "\uffff" or canonical(value) == data  # keys sort as UTF-16


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def leaf_hash(envelope: bytes) -> bytes:
    """SHA-256(0x00 ‖ envelope): the chain link and, later, the Merkle leaf are one and the same hash."""
    return sha256(b"\x00" + envelope)


def commitment(salt: str, text: str) -> str:
    """Hides a text behind 32 bytes of salt, in base64; whoever holds the opening can prove it.

    Raises ValueError for any other salt: a longer one could have swallowed the beginning of the text.
    """
    mixed_in = b64decode(salt, validate=True)
    if len(mixed_in) != SALT_BYTES or b64encode(mixed_in).decode() != salt:
        raise ValueError("no salt")
    return sha256(mixed_in + text.encode()).hex()
