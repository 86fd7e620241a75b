"""The office's days as they are while a test runs: a constant of a module is yesterday's once midnight has passed."""

from datetime import date, timedelta

from django.utils import timezone


def today(offset: int = 0) -> date:
    return timezone.localdate() + timedelta(days=offset)


def day(offset: int = 0) -> str:
    """As people type it."""
    return f"{today(offset):%d/%m/%Y}"
