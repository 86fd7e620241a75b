"""A place in a paper: a kind and a code, such as `section:2.1`, `figure:members` or `field:text`."""

from typing import NamedTuple


class Place(NamedTuple):
    """Written `kind:code` in contents, points and addresses; a code may hold colons of its own."""

    kind: str
    code: str

    @classmethod
    def of(cls, text: str) -> "Place":
        kind, _colon, code = text.partition(":")
        return cls(kind, code)

    def __str__(self) -> str:
        return f"{self.kind}:{self.code}"
