"""The style sheets of a clipboard: which of their declarations apply to an element, the strongest last."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from intake.pasted.nodes import Element
from intake.pasted.weight import TooManyTags

MAX_ATTRIBUTE_CHARACTERS = 2000  # characters of a style or a class that are looked at
MAX_COMPARED = 1_500_000  # selectors with elements
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_COMPOUND, _TOKEN = re.compile(r"(?:[a-z]+[1-6]?)?(?:[.#][\w-]+)*"), re.compile(r"[.#]?[\w-]+")
_MAX_SELECTOR_CHARACTERS = 200
# All that counts of a rule for every element of a name: whether it is seen, and its line ends.
_SEEN = re.compile(
    r"display|visibility|opacity|color|font-size|mso-hide|overflow|(?:max-)?height|(?:text-decoration|white-space).*"
)

Declarations = dict[str, str]


@dataclass
class _Rule:
    compounds: tuple[frozenset[str], ...]  # {"span", ".note"} within {"p"}, the innermost last
    declarations: Declarations
    order: int

    @property
    def weight(self) -> tuple[int, int, int, int]:
        tokens = [token[0] for compound in self.compounds for token in compound]
        ids, classes = tokens.count("#"), tokens.count(".")
        return ids, classes, len(tokens) - ids - classes, self.order


class StyleSheets:
    """Rules by element, class and identifier, alone or together or within others; not those for one medium only."""

    def __init__(self, html: str):
        rules: dict[tuple[frozenset[str], ...], _Rule] = {}
        for order, (selectors, text) in enumerate(_blocks(html.lower())):
            declared = _declarations(text)
            for compounds in _selectors(selectors):
                rule = rules.setdefault(compounds, _Rule(compounds, {}, order))
                is_of_every = len(compounds[-1]) == 1 and min(compounds[-1])[0] not in ".#"
                kept = {it: value for it, value in declared.items() if not is_of_every or _SEEN.fullmatch(it)}
                _add(rule.declarations, kept)
                rule.order = order
        self._rules: dict[str, list[_Rule]] = {}
        for rule in rules.values():
            self._rules.setdefault(min(rule.compounds[-1]), []).append(rule)  # the least common: # and . before letters
        self._tokens: dict[int, frozenset[str]] = {}
        self._left = MAX_COMPARED

    def style_of(self, tag: Element) -> str:
        """All that applies to it, its own declarations last; those around it come first."""
        tokens = {tag.name, *(f".{it}" for it in tag.attribute("class").split()), f"#{tag.attribute('id').lower()}"}
        self._tokens[id(tag)] = frozenset(tokens)
        rules = [rule for token in tokens for rule in self._rules.get(token, ()) if self._applies(rule, tag)]
        declared: Declarations = {}
        for rule in sorted(rules, key=lambda rule: rule.weight):
            _add(declared, rule.declarations)
        _add(declared, _declarations(tag.attribute("style").lower()))
        return ";".join(f"{name}:{value}" for name, value in declared.items())

    def _applies(self, rule: _Rule, tag: Element) -> bool:
        *outer, own = rule.compounds
        if not self._is(tag, own):
            return False
        for around in tag.parents():
            if outer and self._is(around, outer[-1]):
                outer.pop()
            if not outer:
                break
        return not outer

    def _is(self, tag: Element, compound: frozenset[str]) -> bool:
        self._left -= 1
        if self._left < 0:
            raise TooManyTags
        return compound <= self._tokens.get(id(tag), frozenset())


def _add(declared: Declarations, more: Declarations) -> None:
    for name, value in more.items():
        if "!important" in value or "!important" not in declared.get(name, ""):
            declared.pop(name, None)  # the later stands behind the earlier, as a short form behind a long one
            declared[name] = value


def _declarations(text: str) -> Declarations:
    declared: Declarations = {}
    for part in _COMMENT.sub("", text[:MAX_ATTRIBUTE_CHARACTERS]).split(";"):
        name, _colon, value = part.partition(":")
        if name.strip():
            _add(declared, {name.strip(): value.strip()})
    return declared


def _selectors(text: str) -> Iterator[tuple[frozenset[str], ...]]:
    for selector in text.split(","):
        compounds = selector[:_MAX_SELECTOR_CHARACTERS].split()
        if compounds and len(selector) < _MAX_SELECTOR_CHARACTERS and all(map(_COMPOUND.fullmatch, compounds)):
            yield tuple(frozenset(_TOKEN.findall(it)) for it in compounds)


def _blocks(html: str) -> Iterator[tuple[str, str]]:
    """(selectors, declarations) of each rule."""
    end = 0
    while (start := html.find("<style", end)) >= 0 and (end := html.find("</style", start)) >= 0:
        depth, css = 0, _COMMENT.sub("", html[start:end].partition(">")[2])
        for part in css.replace("<!--", "").replace("-->", "").split("}"):
            if part.count("{") > 1 or depth:
                depth = max(0, depth + part.count("{") - 1)
                continue
            selectors, opened, declarations = part.partition("{")
            if opened:
                yield selectors, declarations
