"""Words of the pages about notices."""

from django import template

register = template.Library()


@register.filter
def masked(address: str) -> str:
    """An address one can recognise but not write to: `ch…@trinh.test`."""
    name, at, domain = address.rpartition("@")
    return f"{name[:2]}…{at}{domain}" if at else ""
