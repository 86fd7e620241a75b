"""In what capacity somebody decided, in the words of the record: their own post, and by whose delegation."""

from django.utils.translation import gettext as _


def capacity(texts: dict) -> str:
    """“Chuyên viên, LĐLĐ quận Long Biên, by delegation of Lương Thị Bảo Yên, Chủ tịch”."""
    return ", ".join(filter(None, [own_post(texts), on_behalf(texts)]))


def own_post(texts: dict) -> str:
    """The post of who acted, and where they hold it. The earliest record has the holder's post in its place."""
    return "" if _says_only_the_holders(texts) else _together(texts, "post", "at_unit")


def holder(texts: dict) -> str:
    """“Lương Thị Bảo Yên, Chủ tịch”: for whom a delegate acted, with the unit where that is another one."""
    if _says_only_the_holders(texts):
        return _together(texts, "acting_for", "post", "at_unit")
    elsewhere = texts.get("holder_unit") != texts.get("at_unit")
    return _together(texts, "acting_for", "holder_post", *(["holder_unit"] if elsewhere else []))


def on_behalf(texts: dict) -> str:
    """“by delegation of …”, of a delegate."""
    return _("for %(name)s") % {"name": holder(texts)} if "acting_for" in texts else ""


def _says_only_the_holders(texts: dict) -> bool:
    return "acting_for" in texts and not {"holder_post", "holder_unit"} & texts.keys()


def _together(texts: dict, *names: str) -> str:
    return ", ".join(texts[name] for name in names if name in texts)
