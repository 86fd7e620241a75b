"""The objects of a PDF, those looked at closely that hold a name which matters."""

import re
from collections.abc import Iterator

import pikepdf

from uploads import reasons
from uploads.kinds import Unacceptable

# Names are written in one way by `unparse`, however the file spells them.
_SIGNS = re.compile(
    rb"/(?:JS|JavaScript|ECMAScript|Launch|SubmitForm|ImportData|RichMedia\w*|OnInstantiate|XFA|AA|OpenAction|URI|GoToR"
    rb"|EF|RF|EmbeddedFile)(?![\w#])"
)
_BARE = {"/JavaScript", "/ECMAScript", "/Launch", "/SubmitForm", "/ImportData", "/RichMediaExecute", "/RichMedia"}


def dictionaries(document: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every dictionary and stream with such a name, also those that stand within another object."""
    for whole in document.objects:
        dictionary = isinstance(whole, pikepdf.Stream)
        if _SIGNS.search((whole.stream_dict if dictionary else whole).unparse(resolved=True)):
            if isinstance(whole, pikepdf.Name) and str(whole) in _BARE:
                raise Unacceptable(reasons.scripts())  # a kind of action, kept apart from the action
            yield from _within(whole)


def _within(whole: pikepdf.Object) -> Iterator[pikepdf.Object]:
    waiting = [whole]
    while waiting:
        item = waiting.pop()
        if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            yield item
            children = (value for _name, value in item.items())
        elif isinstance(item, pikepdf.Array):
            children = iter(item)
        else:
            continue
        # What is kept apart comes by itself, and is looked at then.
        waiting += [child for child in children if isinstance(child, pikepdf.Object) and not child.is_indirect]
