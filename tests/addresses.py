"""Addresses by their name alone: a test need not know which room has the page."""

from django.urls import get_resolver

ROOMS = ("workflow", "audit", "administration", "documents")


def named(name: str) -> str:
    """The name with its room before it, such as `audit:history`."""
    rooms = get_resolver().namespace_dict
    return next(f"{room}:{name}" for room in ROOMS if name in rooms[room][1].reverse_dict)
