"""The objects of a PDF: those looked at closely that hold a name which matters."""

import re
from collections.abc import Iterator

import pikepdf

from intake.uploads.pdf.faults import Rejected

Entries = dict[str, pikepdf.Object]

MAX_LOOKED_AT = 50_000  # dictionaries, arrays and what stands in them, of the objects with such a name
# `unparse` writes names and strings in one way, however the file spells them.
_SIGNS = re.compile(
    rb"/(?:JS|JavaScript|ECMAScript|Launch|SubmitForm|ImportData|RichMedia\w*|3D|OnInstantiate|XFA|AA|OpenAction|GoToR"
    rb"|EF|RF|EmbeddedFile)(?![\w#])|/URI (?!/|\((?:https?|mailto|ftp):)|/Ref (?!\[)"
)
_BARE = {"/JavaScript", "/ECMAScript", "/Launch", "/SubmitForm", "/ImportData", "/RichMediaExecute", "/RichMedia"}


def dictionaries(document: pikepdf.Pdf) -> Iterator[tuple[pikepdf.Object, Entries]]:
    """Every dictionary and stream with such a name, also those that stand within another object, and what they say."""
    left = MAX_LOOKED_AT
    for whole in document.objects:
        if not isinstance(whole, pikepdf.Object):
            continue
        words = whole.stream_dict if isinstance(whole, pikepdf.Stream) else whole
        is_elsewhere = words is not whole and "/F" in words
        if not (is_elsewhere or _SIGNS.search(words.unparse(resolved=True))):
            continue
        if isinstance(whole, pikepdf.Name) and str(whole) in _BARE:
            raise Rejected("scripts")  # a kind of action, kept apart from the action
        waiting = [whole]
        while waiting:
            item = waiting.pop()
            children = _children(item)
            left -= 1 + len(children)
            if left < 0:
                raise Rejected("too_much")
            if isinstance(children, dict):
                yield item, children
                children = children.values()
            # What is kept apart comes by itself, and is looked at then.
            waiting += [child for child in children if isinstance(child, pikepdf.Object) and not child.is_indirect]


def _children(item: pikepdf.Object) -> Entries | list[pikepdf.Object]:
    if isinstance(item, pikepdf.Stream):
        return dict(item.stream_dict.items())
    if isinstance(item, pikepdf.Dictionary):
        return dict(item.items())
    if not isinstance(item, pikepdf.Array):
        return []
    if len(item) > MAX_LOOKED_AT:
        raise Rejected("too_much")
    return list(item)
