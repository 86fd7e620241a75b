"""How much a run tries: `make test` some of everything, `make trial` all of it."""

import os

TRIAL = os.environ.get("TRINH_TRIAL") == "1"


def often(few: int, trial: int) -> int:
    """So many rounds, rows or examples; enough of them to fail where the code is wrong, and all in a trial."""
    return trial if TRIAL else few
