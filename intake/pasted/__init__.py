"""What other programs put on a clipboard, brought down to the structure of a report without losing what it means.

static/js/paste*.js do the same before an editor's eyes; tests/documents/content/clipboards holds the two to one answer.
"""

from intake.pasted.conversion import Conversion, converted
from intake.pasted.losses import Losses
from intake.pasted.symbols import PRIVATE_SIGNS
from intake.pasted.weight import TooManyTags, refuse_heavy, sanitised

__all__ = ["PRIVATE_SIGNS", "Conversion", "Losses", "TooManyTags", "converted", "refuse_heavy", "sanitised"]
