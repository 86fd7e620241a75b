"""Where a link leads: to this disk, to another machine, or to a command."""

import re
from urllib.parse import unquote

from intake.uploads.names import extension
from intake.uploads.signatures import PROGRAM_EXTENSIONS

OPEN = "\x00"  # stands for what a field or a cell adds to a target once it is opened
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]+):")
_OF_A_MAC = re.compile(r"(?!https?:|ftps?:)[^/:]+(?::[^/:]+){2,}")  # volume:folder:file, as old Macs write a place
_NO_MACHINE = {"cid", "data", "about"}
_DRIVE = re.compile(r"[a-z][:|]")
_COMMANDS = {
    "javascript", "vbscript", "livescript", "mocha", "data", "shell", "ms-msdt", "search-ms", "search", "ms-officecmd",
    "ms-cxh", "ms-cxh-full", "ms-appinstaller", "mhtml", "mk", "res", "jar", "hcp", "its", "ms-its",
}  # fmt: skip
_IDLE = re.compile(r"javascript:(?:void(?:0|\(0?\))|//)?;*")  # what pages write behind a button: nothing is run
_QUERY = re.compile(r"(?<!/)[#?].*")  # not the sign of a long path, //?/c:/
_PAGE = re.compile(r"www\.[^/]+/")  # of the web, its scheme left out
_DOMAINS = {"com", "app", "sh"}  # without a scheme, as www.vidu.com


def leads_outside(target: str) -> bool:
    """Whether opening this target asks another machine: by the web, or by a share of the network."""
    place = _plain(target)
    if _OF_A_MAC.fullmatch(place):
        return False
    if match := _SCHEME.match(place):
        return _file_elsewhere(place[match.end() :]) if match[1] == "file" else match[1] not in _NO_MACHINE
    return place.startswith("//")


def runs_a_command(target: str) -> bool:
    """Whether a click starts something: by a scheme that does, or by a program on this disk or on a share."""
    place = _plain(target)
    match = _SCHEME.match(place)
    if match and match[1] != "file":
        return match[1] in _COMMANDS and (OPEN in target or not _IDLE.fullmatch(place))
    if _PAGE.match(place):
        return False
    programs = PROGRAM_EXTENSIONS if match or _DRIVE.match(place) else PROGRAM_EXTENSIONS - _DOMAINS
    return extension(_QUERY.sub("", place)) in programs


def _plain(target: str) -> str:
    """The target in one spelling: no escapes, no blanks that readers skip, every slash a forward one."""
    for _layer in range(3):
        target = unquote(target)
    return "".join(c for c in target if c > " " and c not in "\x7f\u200b\ufeff\xad").replace("\\", "/").casefold()


def _file_elsewhere(path: str) -> bool:
    rest = path.lstrip("/")
    if _DRIVE.match(rest) or rest.startswith(("localhost/", "localhost:")):
        return False
    return len(path) - len(rest) not in {0, 1, 3}
