"""A tree of elements and texts that know their neighbours: to take one out or put one in costs the same everywhere."""

import re
from collections.abc import Collection, Iterator
from html import escape, unescape

_TOKEN = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [^<>\s="]+="[^"]*")*)>')
_ATTRIBUTE = re.compile(r' ([^<>\s="]+)="([^"]*)"')
_VOID = frozenset({"br", "col", "embed", "hr", "img", "input"})


class Node:
    """One place in the tree; `parent` is None once it has been taken out."""

    __slots__ = ("before", "following", "parent")

    def __init__(self) -> None:
        self.parent: Element | None = None
        self.before: Node | None = None
        self.following: Node | None = None

    def extract(self) -> None:
        if self.parent is None:
            return
        if self.before:
            self.before.following = self.following
        else:
            self.parent.first = self.following
        if self.following:
            self.following.before = self.before
        else:
            self.parent.last = self.before
        self.parent = self.before = self.following = None

    def insert_before(self, *nodes: "Node") -> None:
        if (parent := self.parent) is None:
            return
        for node in nodes:
            node.extract()
            node.parent, node.before, node.following = parent, self.before, self
            if self.before:
                self.before.following = node
            else:
                parent.first = node
            self.before = node

    def replace_with(self, *nodes: "Node") -> None:
        self.insert_before(*nodes)
        self.drop()

    def drop(self) -> None:
        """Take it out for good: nothing in it stands anywhere afterwards."""
        self.extract()

    def text(self) -> str:
        """The characters in it."""
        raise NotImplementedError

    def html(self) -> str:
        """With its own tag, which nothing has made safe."""
        raise NotImplementedError

    def parents(self) -> "Iterator[Element]":
        up = self.parent
        while up:
            yield up
            up = up.parent

    def texts_before(self) -> "Iterator[Text]":
        """From here back to the beginning."""
        node: Node | None = self
        while node:
            within = node.before
            while isinstance(within, Element) and within.last:
                within = within.last
            node = within or node.parent
            if isinstance(node, Text):
                yield node

    def inside(self, names: Collection[str]) -> "Element | None":
        """The nearest element around it with one of these names."""
        return next((it for it in self.parents() if it.name in names), None)


class Text(Node):
    """Characters as they are read; `data` may be changed in place."""

    __slots__ = ("data",)

    def __init__(self, data: str):
        super().__init__()
        self.data = data

    def text(self) -> str:
        return self.data

    def html(self) -> str:
        return escape(self.data, quote=False)


class Element(Node):
    """A tag; style and class stand in `attrs` like the rest, in small letters."""

    __slots__ = ("attrs", "first", "last", "name")

    def __init__(self, name: str, attrs: dict[str, str] | None = None):
        super().__init__()
        self.name, self.attrs = name, attrs or {}
        self.first: Node | None = None
        self.last: Node | None = None

    def attribute(self, name: str) -> str:
        """The attribute, empty where there is none."""
        return self.attrs.get(name, "")

    def append(self, *nodes: Node) -> None:
        for node in nodes:
            node.extract()
            node.parent, node.before = self, self.last
            if self.last:
                self.last.following = node
            else:
                self.first = node
            self.last = node

    def unwrap(self) -> None:
        """What it holds in its place."""
        self.insert_before(*self.children())
        self.extract()

    def drop(self) -> None:
        self.extract()
        for node in self.nodes():
            node.parent = None

    def children(self) -> list[Node]:
        return list(self._children())

    def _children(self) -> Iterator[Node]:
        node = self.first
        while node:
            yield node
            node = node.following

    def nodes(self) -> Iterator[Node]:
        """All that stands within, in the order of the text; nothing may be moved meanwhile."""
        waiting: list[Node | None] = [self.first]
        while waiting:
            if node := waiting.pop():
                yield node
                waiting.append(node.following)
                if isinstance(node, Element):
                    waiting.append(node.first)

    def elements(self, names: Collection[str] = ()) -> "list[Element]":
        return [it for it in self.nodes() if isinstance(it, Element) and (not names or it.name in names)]

    def texts(self) -> list[Text]:
        return [it for it in self.nodes() if isinstance(it, Text)]

    def holds(self, names: Collection[str]) -> bool:
        return any(isinstance(it, Element) and it.name in names for it in self.nodes())

    def has_child(self, names: Collection[str]) -> bool:
        return any(isinstance(it, Element) and it.name in names for it in self._children())

    def text(self) -> str:
        return "".join(it.data for it in self.nodes() if isinstance(it, Text))

    def html(self) -> str:
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in self.attrs.items())
        return f"<{self.name}{attributes}>" + ("" if self.name in _VOID else f"{self.inner_html()}</{self.name}>")

    def inner_html(self) -> str:
        return "".join(it.html() for it in self.children())


def tree(html: str, deepest: int) -> Element:
    """The body of HTML that a serialiser has written; what lies deeper loses its tags and keeps its words."""
    body = Element("body")
    opened: list[tuple[str, Element]] = [("body", body)]
    place = 0
    for match in _TOKEN.finditer(html):
        _add_text(opened[-1][1], html[place : match.start()])
        place = match.end()
        ends, name, attributes = match.groups()
        if ends:
            if opened[-1][0] == name:
                opened.pop()
            continue
        element = opened[-1][1]
        if len(opened) <= deepest or name in _VOID:
            element = Element(name, {key: unescape(value) for key, value in _ATTRIBUTE.findall(attributes)})
            opened[-1][1].append(element)
        if name not in _VOID:
            opened.append((name, element))
    _add_text(opened[-1][1], html[place:])
    return body


def _add_text(element: Element, text: str) -> None:
    if text:
        element.append(Text(unescape(text)))
