"""What the scripts of an editor are told by the server, so that both go by the same rules."""

from collections import ChainMap

from django import template
from django.utils.html import json_script

from intake.pasted import left_out, list_items, marks, old_letters, raised, reading, symbols
from intake.pasted.losses import SENTENCES
from vietnamese import legacy_encodings

register = template.Library()


@register.simple_tag
def paste_known() -> str:
    """The old encodings, the signs of fonts and the sentences about losses, as data."""
    losses = {kind: str(sentence) for kind, sentence in SENTENCES.items()}
    tables = {"legacy": legacy_encodings.for_browser(), "symbols": symbols.for_browser()}
    patterns = [it.for_browser() for it in (left_out, list_items, marks, raised)]
    tables |= {"patterns": dict(ChainMap(*patterns)), "lists": list_items.tables_for_browser()}
    tables |= raised.tables_for_browser() | old_letters.for_browser() | reading.for_browser()
    return json_script(tables | {"losses": losses}, "paste-known")
