"""What other programs put on a clipboard, brought down to the structure of a report without losing what it means.

static/js/paste/ does the same before an editor's eyes; tests/documents/clipboards holds the two to one answer.
"""

from intake.pasted.losses import Losses
from intake.pasted.reading import TooManyTags
from intake.pasted.taking import Taken, taken

__all__ = ["Losses", "Taken", "TooManyTags", "taken"]
