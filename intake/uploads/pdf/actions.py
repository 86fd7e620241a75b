"""What a PDF does: by itself, when shown or when clicked; links to pages and places are welcome."""

import pikepdf

from intake.uploads import signatures
from intake.uploads.names import extension
from intake.uploads.pdf.faults import Rejected
from intake.uploads.pdf.objects import Entries
from intake.uploads.targets import runs_a_command

_SCRIPTS = {"/JavaScript", "/ECMAScript"}
_NEVER = {"/Launch", "/SubmitForm", "/ImportData", "/RichMediaExecute"}
_ON_OPENING = {"/URI", "/GoToR", "/GoToE", "/Thread", "/Rendition", "/Movie", "/Sound"} | _SCRIPTS | _NEVER
_CLICKS = {"/D", "/U"}  # of the events of an annotation, those that are a click
_OPERANDS = ("/F", "/Win", "/Unix", "/Mac")
MAX_ACTIONS = 1000


def judge(item: pikepdf.Object, entries: Entries) -> None:
    """Raises Rejected for an action that no document needs or that starts by itself, and for what is kept elsewhere."""
    _judge_action(entries)
    reference = entries.get("/Ref")  # to a page of another PDF, shown in place of this drawing
    drawn = [entries.get("/F")] if isinstance(item, pikepdf.Stream) else []
    drawn += [reference.get("/F")] if isinstance(reference, pikepdf.Dictionary) else []
    for place in drawn:
        if isinstance(place, pikepdf.String | pikepdf.Dictionary):
            raise Rejected("fetched", _file_name(place)[:40])


def _judge_action(item: Entries) -> None:
    if _is_active(item) or _acts_by_itself(item):
        raise Rejected("scripts")
    if _kind(item) == "/URI" and runs_a_command(str(item.get("/URI", ""))):
        raise Rejected("harmful_link", str(item.get("/URI"))[:40])


def _is_active(item: Entries) -> bool:
    kind = _kind(item)
    return (
        isinstance(item.get("/JS"), pikepdf.String | pikepdf.Stream)
        or (kind in _SCRIPTS and not _is_structure(item))
        or (kind in _NEVER and (not _is_structure(item) or any(name in item for name in _OPERANDS)))
        or (kind == "/GoToR" and extension(_file_name(item.get("/F"))) in signatures.PROGRAM_EXTENSIONS)
        or item.get("/Subtype") in ("/RichMedia", "/3D")
        or isinstance(item.get("/XFA"), pikepdf.Array | pikepdf.Stream)
        or isinstance(item.get("/OnInstantiate"), pikepdf.Stream)
    )


def _acts_by_itself(item: Entries) -> bool:
    if _acts(item.get("/OpenAction")):
        return True
    events = item.get("/AA")
    return isinstance(events, pikepdf.Dictionary) and any(
        _acts(action) for name, action in events.items() if name not in _CLICKS
    )


def _acts(action) -> bool:
    """Whether this action, or one of those that come after it, does more than turn to a place in the document."""
    waiting, count = [action], 0
    while waiting and count < MAX_ACTIONS:
        action, count = waiting.pop(), count + 1
        if isinstance(action, pikepdf.Dictionary):
            if _kind(dict(action.items())) in _ON_OPENING:
                return True
            following = action.get("/Next")
            waiting += list(following) if isinstance(following, pikepdf.Array) else [following]
    return count >= MAX_ACTIONS


def _kind(item: Entries) -> str:
    kind = item.get("/S")
    return str(kind) if isinstance(kind, pikepdf.Name) else ""


def _is_structure(item: Entries) -> bool:
    """An element of the document's outline for the blind, which an author may call what they like."""
    return item.get("/Type") == pikepdf.Name.StructElem or ("/P" in item and "/K" in item)


def _file_name(value) -> str:
    if isinstance(value, pikepdf.Dictionary):
        value = value.get("/UF", value.get("/F", ""))
    return str(value) if isinstance(value, pikepdf.String) else ""
