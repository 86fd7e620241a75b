"""Why something was not done, in the reader's words."""


class Refused(Exception):
    """A decision or a save that the rules do not allow; `reasons` are translated sentences."""

    def __init__(self, *reasons: str):
        super().__init__(*reasons)
        self.reasons = [str(reason) for reason in reasons]


class Stale(Refused):
    """What the page showed is no longer what is stored."""
