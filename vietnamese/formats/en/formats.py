"""The same dates and numbers on English pages: a paper must not read two ways by the language of its reader."""

from vietnamese.formats.vi.formats import *  # noqa: F403 - all of them, now and later
