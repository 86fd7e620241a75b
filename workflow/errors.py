"""Why something was not done, in the reader's words."""

from django.utils.translation import gettext as _

from ledger.models import Event


class Refused(Exception):
    """A decision or a save that the rules do not allow; `reasons` are translated sentences."""

    def __init__(self, *reasons: str):
        super().__init__(*reasons)
        self.reasons = [str(reason) for reason in reasons]


class Stale(Refused):
    """What the page showed is no longer what is stored."""


class AlreadyRecorded(Refused):
    """A form sent again with its key and other values: what it said the first time stands as `event`."""

    def __init__(self, event: Event):
        super().__init__(
            _("This form was sent before, and what it said then is recorded. What you have entered since is not.")
        )
        self.event = event
