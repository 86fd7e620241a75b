"""A text with structure: an editor where scripts run, else a plain box whose text keeps its paragraphs and lists."""

from dataclasses import dataclass
from functools import cached_property

from django import forms

from documents.content.plain_blocks import rewritten
from documents.content.richtext import TooLong, cleaned, from_plain, is_blank, to_plain
from vietnamese import legacy_encodings


@dataclass(frozen=True)
class Typed:
    """What came back: the text, and in which form it is."""

    text: str
    is_html: bool

    @cached_property
    def cleaned(self) -> tuple[str, list[str]]:
        """(HTML, what it lost), made once for the field and the page that shows it again. Raises TooLong."""
        return cleaned(self.text)


class RichTextWidget(forms.Textarea):
    """A plain box that says beside it, in a hidden field, whether an editor has turned its text into HTML."""

    template_name = "documents/widgets/rich_text.html"
    typed: Typed | None = None

    def value_from_datadict(self, data, files, name):
        if name not in data:
            return None
        is_html = data.get(f"{name}-form") == "html"
        convert = not is_html and f"{name}-convert" in data
        typed = Typed(legacy_encodings.in_unicode(data[name]) if convert else data[name], is_html=is_html)
        if typed != self.typed:  # Django reads it again whenever it is looked at
            self.typed = typed
        return self.typed

    def value_omitted_from_data(self, data, files, name):
        return name not in data

    def get_context(self, name, value, attrs):
        plain, html, left_out = _forms(value)
        context = super().get_context(name, plain, {"rows": 8, "autocomplete": "off"} | (attrs or {}))
        names = {"form_name": f"{name}-form", "convert_name": f"{name}-convert"}
        return context | names | {"html": html, "left_out": left_out, "old_letters": legacy_encodings.old_line(plain)}


def _forms(value: Typed | str | None) -> tuple[str, str, list[str]]:
    """(plain, HTML, what HTML lost) of what is to be shown; what was typed comes back as it was, however long."""
    if not isinstance(value, Typed):
        return to_plain(value or ""), value or "", []
    try:
        if not value.is_html:
            return value.text, from_plain(value.text), []
        html, left_out = value.cleaned
        return to_plain(html), html, left_out
    except TooLong:
        return value.text, "", []  # without the HTML no editor starts, and nothing is cut


class RichTextField(forms.Field):
    """Gives clean HTML, empty when nothing can be read in it; `left_out` says what that cost, a sentence a kind."""

    widget = RichTextWidget
    left_out: list[str] = []

    def to_python(self, value):
        self.left_out = []
        if value in self.empty_values:
            return ""
        try:
            html, self.left_out = value.cleaned if value.is_html else (self._from_plain(value.text), [])
        except TooLong as error:
            raise forms.ValidationError(str(error)) from error
        return "" if is_blank(html) else html

    def _from_plain(self, text: str) -> str:
        """Blocks of a plain box left as they were shown keep what only HTML can say: bold, italic, joined cells."""
        return rewritten(text, self.initial or "")
