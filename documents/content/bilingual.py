"""Data written in Vietnamese first: shown in the reader's language where it exists, else in Vietnamese."""

from django.utils.translation import get_language


def in_readers_language(vi: str, en: str) -> str:
    return en if en and (get_language() or "").startswith("en") else vi


class Titled:
    """`title` of a row with `title_vi` and `title_en`."""

    @property
    def title(self) -> str:
        return in_readers_language(self.title_vi, self.title_en)


class Labelled:
    """`label` of a row with `label_vi` and `label_en`."""

    @property
    def label(self) -> str:
        return in_readers_language(self.label_vi, self.label_en)
