"""What a paste leaves out or changes, counted while it is read and reported afterwards."""

from collections import Counter

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "pictures": _("Pictures are not taken over: %(count)s (%(words)s). Please attach them as files."),
    "objects": _(
        "Embedded objects (formulas, films, pages and the like) are not taken over: %(count)s (%(words)s). Please"
        " attach them as files."
    ),
    "deleted": _("Left out, because the other program has it as deleted: %(words)s."),
    "struck": _("Left out, because it was struck out: %(words)s."),
    "hidden": _("Left out, because it was hidden there: %(words)s."),
    "comments": _("Comments in the margin are left out: %(count)s."),
    "symbols": _("Signs of a font of symbols that may show otherwise here: %(words)s. Please read the text once more."),
    "converted": _("Old letters (%(encoding)s) were converted to Unicode: %(words)s. Please read the text once more."),
}
SHOWN, WORDS = 3, 60  # examples of each kind, and characters of each


class Losses:
    """How often each kind of loss happened, with its first words."""

    def __init__(self):
        self.counts: Counter[str] = Counter()
        self.words: dict[str, list[str]] = {}
        self.encoding = ""

    def add(self, kind: str, words: str = "") -> None:
        self.counts[kind] += 1
        words = " ".join(words.split())
        words, examples = (words if len(words) <= WORDS else words[:WORDS] + "…"), self.words.setdefault(kind, [])
        if words and words not in examples and len(examples) <= SHOWN:  # no more than that are told
            examples.append(words)

    def __bool__(self):
        return bool(self.counts)

    def sentences(self) -> list[str]:
        """Each kind in a sentence, in a fixed order."""
        return [str(sentence) % self._params(kind) for kind, sentence in SENTENCES.items() if self.counts[kind]]

    def _params(self, kind: str) -> dict:
        words = self.words.get(kind, [])
        shown = "; ".join(f"“{it}”" for it in words[:SHOWN]) + (" …" if len(words) > SHOWN else "")
        return {"count": self.counts[kind], "words": shown, "encoding": self.encoding}
