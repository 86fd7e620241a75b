"""Several hands at once: real threads and connections, let go together at a barrier."""

from threading import Barrier, Thread

from django.db import connection

from workflow.errors import Refused

PATIENCE = 60  # seconds for the others to come to the line


def together(*acts) -> list:
    """What each act gave, or the refusal it met, all let go at the same moment."""
    line, results = Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        try:
            line.wait(PATIENCE)
            results[place] = act()
        except Refused as refused:
            results[place] = refused
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return results
