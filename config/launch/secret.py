"""The key that signs sessions: from the environment, or made once and kept."""

import os
import secrets
from pathlib import Path


def kept_in(path: Path) -> str:
    """The key in this file, made at the first call; of two first calls both get the one that was written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.{os.getpid()}")
    if not path.exists():
        with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
        try:
            os.link(new, path)
        except FileExistsError:
            pass
        finally:
            new.unlink()
    return path.read_text()
