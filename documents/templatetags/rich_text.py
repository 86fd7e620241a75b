"""What the scripts of an editor are told by the server, so that both go by the same rules."""

from django import template
from django.utils.html import json_script

from intake.pasted import left_out, marks, raised, symbols
from intake.pasted.losses import SENTENCES
from intake.pasted.reading import BLOCKS
from vietnamese import legacy_encodings

register = template.Library()


@register.simple_tag
def paste_known() -> str:
    """The old encodings, the signs of fonts and the sentences about losses, as data."""
    losses = {kind: str(sentence) for kind, sentence in SENTENCES.items()}
    tables = {"legacy": legacy_encodings.for_browser(), "symbols": symbols.for_browser()}
    tables["patterns"] = left_out.for_browser() | marks.for_browser() | raised.for_browser()
    tables["blocks"] = ", ".join(sorted(BLOCKS))
    return json_script(tables | {"losses": losses}, "paste-known")
