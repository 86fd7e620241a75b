"""Lists as they are meant: Word's marked paragraphs, lists of one item each, lists that stand in lists."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from intake.pasted.list_items import Item, html_items, is_word_item, word_item
from intake.pasted.nodes import Element, Node, Text
from intake.pasted.reading import words
from vietnamese.list_signs import LATIN, POINTS, sign

_LISTS = ("ul", "ol")
_CELLS = ("td", "th")
_WRAPPERS = frozenset({"div", "section", "article"})


def settle(body: Element) -> None:
    """Build every list of the tree anew from its items, with the numbers they are shown with."""
    for entry in body.elements(("li",)):
        if entry.parent is not None and entry.parent.name not in _LISTS:
            _wrap_bare(entry)
    for wrapper in reversed(body.elements(_WRAPPERS)):
        if wrapper.has_child(_LISTS) and not _has_more_than_lists(wrapper):
            wrapper.unwrap()
    for tag in body.elements():
        if tag.parent is not None and (items := list(_run(tag))):
            _build(items)
    for tag in body.elements(("ol",)):
        if tag.inside(_CELLS) and not tag.text().strip():
            _write_signs(tag)
    for tag in body.elements():
        if "data-sign" in tag.attrs and tag.parent is not None:
            tag.replace_with(Text(f"{words(tag)} "))


def _wrap_bare(entry: Element) -> None:
    """Items of a list of which the first part was not copied are a list all the same."""
    made, node = Element("ul"), entry.following
    entry.insert_before(made)
    made.append(entry)
    while node and (node.name == "li" if isinstance(node, Element) else not node.text().strip()):
        made.append(node)
        node = made.following


def _has_more_than_lists(tag: Element) -> bool:
    return any(
        child.name not in _LISTS if isinstance(child, Element) else child.text().strip() for child in tag.children()
    )


def _run(first: Element) -> Iterator[Item]:
    """The items that follow each other from here on; none when this is not the first of a run."""
    if (first.name not in _LISTS and not is_word_item(first)) or first.inside(_LISTS):
        return
    node: Node | None = first
    while node is not None:
        following = node.following
        if not isinstance(node, Element):
            if node.text().strip():
                return
        elif node.name in _LISTS:
            yield from html_items(node)
        elif is_word_item(node):
            yield word_item(node)
        else:
            return
        node = following


def _write_signs(tag: Element) -> None:
    """Numbers that stand alone in a cell, as in a column of ordinals, are its words."""
    type, start = tag.attribute("type") or "1", int(tag.attribute("start") or 1)
    for number, _entry in enumerate(tag.children(), start):
        paragraph = Element("p")
        paragraph.append(Text(sign(type, number)))
        tag.insert_before(paragraph)
    tag.drop()


@dataclass
class _Open:
    """A list that is being built."""

    level: int
    tag: Element
    of: str
    type: str  # "" for bullets
    next: int = 1
    entry: Element = field(init=False)  # the last one
    letters: list[int] = field(default_factory=list)

    def takes(self, item: Item) -> bool:
        """Whether the item goes on here; letters turn out to be in the order of points when đ follows d."""
        if item.of != self.of or item.is_numbered != bool(self.type):
            return False
        if not item.is_numbered:
            return True
        for type, number in item.readings:
            if number in (None, self.next) and type == self.type:
                return True
            if number == self.next and self.type == {"đ": "a", "Đ": "A"}.get(type) and self._may_be_points():
                self.type = self.tag.attrs["type"] = type
                return True
        return False

    def _may_be_points(self) -> bool:
        return all(LATIN[number - 1 : number] == POINTS[number - 1 : number] for number in self.letters)

    def add(self, item: Item) -> None:
        entry = Element("li")
        entry.append(*item.content)
        self.tag.append(entry)
        self.entry = entry
        self.letters.append(self.next)
        self.next += 1


def _build(items: list[Item]) -> None:
    """Lists in place of the first item's element; the elements of all items go."""
    place = items[0].source
    opened: list[_Open] = []
    for number, item in enumerate(items):
        while opened and opened[-1].level > item.level:
            opened.pop()
        if item.goes_on and opened:
            opened[-1].entry.append(*item.content)
            continue
        if item.literal:  # a sign that no list of ours can count stays as words
            opened = []
            paragraph = Element("p")
            paragraph.append(Text(f"{item.literal} "), *item.content)
            place.insert_before(paragraph)
            continue
        if opened and opened[-1].level == item.level and not opened[-1].takes(item):
            opened.pop()
        if not opened or opened[-1].level < item.level:
            opened.append(_begin(item, items[number + 1 : number + 200], opened, place))
        opened[-1].add(item)
    for source in {id(item.source): item.source for item in items}.values():
        source.drop()


def _begin(item: Item, following: list[Item], opened: list[_Open], place: Element) -> _Open:
    type, number = _reading(item, following)
    begun = Element("ol" if type else "ul")
    if opened:
        opened[-1].entry.append(begun)
    else:
        place.insert_before(begun)
    if number not in (None, 1):
        begun.attrs["start"] = str(number)
    if type not in ("", "1"):
        begun.attrs["type"] = type
    return _Open(item.level, begun, item.of, type, 1 if number is None else number)


def _reading(item: Item, following: list[Item]) -> tuple[str, int | None]:
    """How the first sign of a list is read: as the one that the next sign goes on from, else the likeliest."""
    if not item.is_numbered:
        return "", None
    after = next((it for it in following if it.level <= item.level and not it.goes_on), None)
    if after and after.level == item.level and after.is_numbered:
        for type, number in item.readings:
            if number is not None and (type, number + 1) in after.readings:
                return type, number
    return item.readings[0]
