"""From the markup of a clipboard to what a report takes of it."""

from dataclasses import dataclass

from intake.pasted import blocks, left_out, lists, marks, old_letters, raised, symbols
from intake.pasted.losses import Losses
from intake.pasted.reading import tree

_ATTRIBUTES = {"td": ("colspan", "rowspan"), "th": ("colspan", "rowspan"), "ol": ("start", "type")}


@dataclass(frozen=True)
class Conversion:
    """HTML with the tags of a report, not yet safe, and what was lost on the way."""

    html: str
    losses: Losses


def converted(html: str) -> Conversion:
    """What a clipboard means, in a report's own structure."""
    losses, body = Losses(), tree(html)
    left_out.leave_out(body, losses)
    blocks.keep_lines(body)
    symbols.write_out(body, losses)
    old_letters.convert(body, losses)
    raised.write_out(body)
    lists.settle(body)
    marks.settle(body)
    blocks.settle(body)
    for tag in body.elements():
        kept = _ATTRIBUTES.get(tag.name, ())
        tag.attrs = {name: tag.attrs[name] for name in kept if name in tag.attrs}
    return Conversion(body.inner_html(), losses)
