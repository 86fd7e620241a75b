"""What must not become live text: deleted, struck-out and hidden words, comments, pictures, objects; all reported."""

import re
from itertools import islice

from intake.pasted.losses import SHOWN, Losses
from intake.pasted.nodes import Element, Text
from intake.pasted.reading import BLOCKS, COLUMNS, DRAWN, IGNORED, PICTURES, has, words

_DELETED_CLASS = re.compile(
    r"(?:^|\s)(?:del|msodel)(?:\s|$)|(?:track|revision|suggest|change)[\w-]{0,40}delet|deletion(?:\b|_)"
)
_STRUCK = re.compile(
    r"(?<![\w-])(?:text-decoration(?:-line)?\s*:[^;]{0,60}line-through|text-line-through\s*:\s*(?!none)\w)"
)
_NOTHING = r"(?:0+(?:\.0*)?|\.0+)(?![.\d])"
_HIDDEN = re.compile(
    r"(?<![\w-])(?:display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*(?:hidden|collapse)"
    rf"|(?:font-size|opacity)\s*:\s*{_NOTHING}|font-size\s*:\s*1(?:\.\d+)?p[tx]|font\s*:\s*(?:[a-z\d-]+\s+)*{_NOTHING}[a-z%]*[\s/]"
    rf"|color\s*:\s*(?:transparent|rgba\([^)]{{0,40}},\s*{_NOTHING}\s*\))"
    r"|clip(?:-path)?\s*:\s*(?:rect\((?:[01](?:px)?[\s,]*){4}\)|inset\((?:50|100)%)|(?:left|top|text-indent)\s*:\s*-\d{4})"
)
_IS_WHITE = r"\s*(?:white|window|#fff(?:fff)?|rgba?\(255,\s*255,\s*255)(?!\w)"
_COLOR = re.compile(r"(?<![\w-])color\s*:")
_WHITE = re.compile(rf"(?<![\w-])color\s*:{_IS_WHITE}")
_GROUND = re.compile(
    rf"(?<![\w-])background(?:-color)?\s*:(?!{_IS_WHITE}|\s*(?:transparent|none|initial|auto|rgba\([^)]*,\s*0\)))"
)
# Words for a page break, of Word on the web; a formula drawn of single letters, which stands beside as one.
_UNMEANT = re.compile("pagebreak(?:blob|text)|katex-html")
_FORMULA = re.compile("katex-mathml")  # hidden only because it is drawn
_CUT, _FLAT = re.compile(r"overflow\s*:\s*hidden"), re.compile(rf"(?<![\w-])(?:max-)?height\s*:\s*{_NOTHING}")
_NOT_SHOWN = re.compile(r"display\s*:\s*none")
_COMMENT = re.compile(r"mso-element\s*:\s*comment(?![\w-])")
_COMMENTS = re.compile(r"mso-element\s*:\s*comment-list")
_COMMENT_SIGN = re.compile(r"mso-special-character\s*:\s*comment")
_COMMENT_CLASS = re.compile(r"msocommentreference|msocomanchor|msocomoff")
_MAX_COLUMNS = 300  # that are looked at
_TINY = re.compile(r"[0-2](?:px)?")


def leave_out(body: Element, losses: Losses) -> None:
    """Take out of the tree what a reader of the other program does not see as its text."""
    for table in body.elements(("table",)):
        _close_rows(table)
        if hidden := _hidden_columns(table):
            _hide_columns(table, hidden)
    unseen = _white_on_white(body)
    for tag in body.elements():
        if tag.parent is None:
            continue
        if _is_comment(tag):
            losses.counts["comments"] += _comments_in(tag)
            tag.drop()
        elif _UNMEANT.search(tag.attribute("class")):
            tag.drop()
        elif kind := _kind(tag) or ("hidden" if id(tag) in unseen else ""):
            if words(tag):
                losses.add(kind, words(tag))
            _drop(tag)
    for picture in body.elements(PICTURES):
        if picture.parent is not None:
            _leave_picture(picture, losses)


def _hidden_columns(table: Element) -> set[int]:
    hidden: set[int] = set()
    place = 0
    for tag in table.elements(COLUMNS):
        if tag.inside(("table",)) is not table or tag.holds(COLUMNS):
            continue
        around = tag.parent if tag.parent is not None and tag.parent.name == "colgroup" else tag
        after = place + _span(tag, "span")
        if tag.attribute("width") == "0" or _kind(tag) == "hidden" or _kind(around) == "hidden":
            hidden.update(range(place, min(after, _MAX_COLUMNS)))
        place = after
    return hidden


def _placed(table: Element) -> list[tuple[Element, list[tuple[int, Element]]]]:
    """Its rows, each with its cells and the columns in which they begin."""
    rows: list[tuple[Element, list[tuple[int, Element]]]] = []
    covered: dict[int, int] = {}  # column -> rows for which a cell from above still stands in it
    for row in table.elements(("tr",)):
        if row.inside(("table",)) is not table:
            continue
        place, cells = 0, []
        for cell in row.children():
            if not isinstance(cell, Element) or cell.name not in ("td", "th"):
                continue
            while place in covered:
                place += 1
            cells.append((place, cell))
            columns = range(place, min(place + _span(cell, "colspan"), _MAX_COLUMNS))
            covered |= dict.fromkeys(columns, _span(cell, "rowspan"))
            place += _span(cell, "colspan")
        covered = {column: left - 1 for column, left in covered.items() if left > 1}
        rows.append((row, cells))
    return rows


def _close_rows(table: Element) -> None:
    """Cells that reach over a row that goes reach over one less; one that begins there begins where it is seen."""
    rows = _placed(table)
    stays = [not _kind(row) for row, _cells in rows]
    if all(stays):
        return
    for number, (_row, cells) in enumerate(rows):
        for column, cell in cells:
            over = stays[number : number + _span(cell, "rowspan")]
            if len(over) == 1 or not any(over) or column >= _MAX_COLUMNS:
                continue
            cell.attrs["rowspan"] = str(sum(over))
            if not over[0]:
                row = rows[number + over.index(True)]
                behind = next((it for place, it in row[1] if place > column), None)
                behind.insert_before(cell) if behind else row[0].append(cell)


def _hide_columns(table: Element, hidden: set[int]) -> None:
    """Cells that stand in hidden columns alone are hidden, others span those that are shown."""
    for _row, cells in _placed(table):
        for place, cell in cells:
            across = _span(cell, "colspan")
            columns = range(place, min(place + across, _MAX_COLUMNS))
            if not (shown := across - len(hidden.intersection(columns))):
                cell.attrs["hidden"] = ""
            elif shown < across:
                cell.attrs["colspan"] = str(shown)


def _span(tag: Element, name: str) -> int:
    text = tag.attribute(name).strip()
    return min(max(int(text), 1), _MAX_COLUMNS) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _drop(tag: Element) -> None:
    """Take it out; of a cell that is shown empty only what it holds, so that its neighbours stay under their heads."""
    if tag.name not in ("td", "th") or "hidden" in tag.attrs or has(tag, _NOT_SHOWN):
        tag.drop()
        return
    for child in tag.children():
        child.drop()


def _kind(tag: Element) -> str:
    if tag.name == "del" or _DELETED_CLASS.search(tag.attribute("class")):
        return "deleted"
    if tag.name in ("s", "strike") or has(tag, _STRUCK):
        is_done = any(it.attribute("aria-checked") == "true" for it in [tag, *tag.parents()])
        return "" if is_done else "struck"  # a ticked item is struck out by the program, and its words count
    hidden = "hidden" in tag.attrs or has(tag, _HIDDEN) or (has(tag, _CUT) and has(tag, _FLAT))
    return "hidden" if hidden and not _FORMULA.search(tag.attribute("class")) else ""


def _white_on_white(body: Element) -> set[int]:
    """Elements in a cell or beside other words: what is white as a whole may have stood on a dark slide."""
    state = {id(body): (False, False, False, id(body))}  # white, on a ground, in a cell, the block
    found: list[tuple[Element, bool, int]] = []
    dark: set[int] = set()  # blocks with words that are not white
    seen: set[int] = set()  # elements with such words
    faint: list[tuple[Text, bool, int]] = []
    for node in body.nodes():
        white, grounded, in_cell, block = state[id(node.parent)]
        if isinstance(node, Element):
            color = f"color:{node.attribute('color').lower()}" if "color" in node.attrs else node.attribute("style")
            white = bool(_WHITE.search(color)) if _COLOR.search(color) else white
            grounded = grounded or "bgcolor" in node.attrs or has(node, _GROUND)
            in_cell = in_cell or node.name in ("td", "th")
            block = id(node) if node.name in BLOCKS else block
            state[id(node)] = white, grounded, in_cell, block
            if white and not grounded:
                found.append((node, in_cell, block))
        elif isinstance(node, Text) and node.data.strip():
            if not white:
                dark.add(block)
                seen.update(id(tag) for tag in node.parents())
            elif not grounded:
                faint.append((node, in_cell, block))
    for text, in_cell, block in faint:
        if id(text.parent) in seen:  # white words beside others in one element go alone
            alone = Element("span")
            text.insert_before(alone)
            alone.append(text)
            found.append((alone, in_cell, block))
    return {id(tag) for tag, in_cell, block in found if (in_cell or block in dark) and id(tag) not in seen}


def _is_comment(tag: Element) -> bool:
    """A comment, the list of them, or the sign in the text that leads there."""
    if has(tag, _COMMENT) or has(tag, _COMMENTS) or has(tag, _COMMENT_SIGN):
        return True
    if _COMMENT_CLASS.search(tag.attribute("class")):
        return True
    if tag.name == "p" and "msocommenttext" in tag.attribute("class"):
        return any(has(it, _COMMENT_SIGN) for it in tag.elements())
    if tag.name in ("div", "p") and (first := _reference(tag)):
        return not tag.holds(("p",)) or first.inside(("div",)) is tag
    return tag.name == "a" and tag.attribute("href").startswith(("#cmnt", "#_msocom_"))


def _reference(tag: Element) -> Element | None:
    """The link from a comment of Google's back to its place in the text."""
    return next((it for it in tag.elements(("a",)) if it.attribute("href").startswith("#cmnt_ref")), None)


def _comments_in(tag: Element) -> int:
    own = sum(has(it, _COMMENT) for it in [tag, *tag.elements()])
    written = tag.name in ("div", "p")  # the sign in the text is counted with the comment that it leads to
    return own or int(written)


def _leave_picture(picture: Element, losses: Losses) -> None:
    if any(has(it, IGNORED) or "data-sign" in it.attrs for it in picture.parents()):
        picture.replace_with(Text("•"))  # a bullet that is drawn
        return
    if picture.parent is not None and "aria-checked" in picture.parent.attrs:
        picture.drop()  # a box to tick that is drawn
        return
    if picture.name == "object" and picture.holds(("table",)):
        picture.unwrap()  # as Notes of a Mac frame a table
        return
    alt = picture.attribute("alt").strip()
    if picture.name == "img" and alt and len(alt) <= 4 and not re.search(r"\w", alt):
        picture.replace_with(Text(alt))  # a face that some programs draw for its character
        return
    if not all(_TINY.fullmatch(picture.attribute(side)) for side in ("width", "height")):
        kind = "pictures" if picture.name in DRAWN else "objects"
        losses.counts[kind] += 1
        if len(places := losses.words.setdefault(kind, [])) <= SHOWN:  # no more than that are told
            places.append(_before(picture))
    picture.drop()


def _before(picture: Element) -> str:
    """The last words before it, so that its place can be found again."""
    text = ""
    for piece in islice(picture.texts_before(), 40):
        text = f"{piece.data}{text}"
        if len(text.split()) > 6:
            break
    return "…" + " ".join(text.split()[-6:])[-50:]


def for_browser() -> dict[str, str]:
    """The patterns as data, so that a page's script holds none of its own."""
    patterns = {
        "deleted": _DELETED_CLASS, "struck": _STRUCK, "hidden": _HIDDEN, "cut": _CUT, "flat": _FLAT, "white": _WHITE,
        "color": _COLOR, "ground": _GROUND, "notShown": _NOT_SHOWN, "unmeant": _UNMEANT, "formula": _FORMULA,
        "comment": _COMMENT, "comments": _COMMENTS, "commentSign": _COMMENT_SIGN, "commentClass": _COMMENT_CLASS,
    }  # fmt: skip
    return {name: pattern.pattern for name, pattern in patterns.items()}
