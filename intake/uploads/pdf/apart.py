"""One PDF in a process of its own, which the system itself ends when it takes too long or too much."""

import json
import resource
import sys
from contextlib import suppress

from intake.uploads.pdf.reading import fault

SECONDS, MEMORY = 5, 450 * 2**20  # of which Python and its libraries take a hundred and fifty


def limit(kind: int, most: int) -> None:
    hard = resource.getrlimit(kind)[1]
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with suppress(ValueError, OSError):  # some systems know no such limit
        resource.setrlimit(kind, (most, most))


if __name__ == "__main__":
    limit(resource.RLIMIT_CPU, SECONDS)
    limit(resource.RLIMIT_AS, MEMORY)
    limit(resource.RLIMIT_CORE, 0)
    json.dump(fault(sys.stdin.buffer.read()), sys.stdout)
