"""nh3 at its own speed: it writes the signs around the no-break space, « and © among them, a thousand times slower."""

import nh3

_SLOW = {code: code + 0xF0000 for code in range(0x80, 0xC0)}  # to where nobody's letters are
_BACK = {away: code for code, away in _SLOW.items()}


def sanitised(html: str, **rules) -> str:
    """What nh3 makes of it by these rules, the signs in between kept out of its sight."""
    return nh3.clean(html.translate(_SLOW), link_rel=None, **rules).translate(_BACK)
