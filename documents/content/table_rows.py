"""A table of a report as rows of inputs, some blank ones at the end; a row left blank is no row."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _

from documents.content.column_labels import column_label
from vietnamese.fields import refuse_old_letters
from vietnamese.text import nfc

BLANK_ROWS = 3
MAX_ROWS = 200
MAX_CELL = 1000


@dataclass(frozen=True)
class TypedTable:
    """The cells as they came back, and whether the unit says that there is nothing to list."""

    rows: list[dict[str, str]]
    nothing: bool = False
    shown: int = 0


class TableWidget(forms.Widget):
    """Inputs `<name>-<row>-<column>`, the number of rows shown, and a box for “nothing to list”."""

    template_name = "documents/widgets/table_rows.html"
    needs_multipart_form = False
    use_fieldset = True

    def __init__(self, columns: list[str], caption: str, attrs=None):
        self.columns, self.caption = columns, caption
        super().__init__(attrs)

    def value_from_datadict(self, data, files, name):
        if f"{name}-rows" not in data:
            return None
        shown = count(data[f"{name}-rows"])
        rows = [{column: data.get(f"{name}-{row}-{column}", "") for column in self.columns} for row in range(shown)]
        return TypedTable(rows, nothing=f"{name}-nothing" in data, shown=shown)

    def value_omitted_from_data(self, data, files, name):
        return f"{name}-rows" not in data

    def id_for_label(self, id_, index=None):
        return f"{id_}-0-{self.columns[0]}" if id_ else ""

    def get_context(self, name, value, attrs):
        context = super().get_context(name, None, attrs)
        typed = value if isinstance(value, TypedTable) else TypedTable(value or [], nothing=value == [])
        blank = dict.fromkeys(self.columns, "")
        shown = min(max(len(_filled(typed.rows)) + BLANK_ROWS, typed.shown), MAX_ROWS)
        rows = [*typed.rows, *[blank] * shown][:shown]
        return context | {
            "labels": [column_label(column) for column in self.columns],
            "rows": [
                [self._cell(name, number, column, row) for column in self.columns] for number, row in enumerate(rows)
            ],
            "shown": shown,
            "nothing": typed.nothing,
            "full": shown >= MAX_ROWS,
            "name": name,
            "caption": self.caption,
            "blank_rows": BLANK_ROWS,
            "max_rows": MAX_ROWS,
            "max_cell": MAX_CELL,
        }

    def _cell(self, name: str, number: int, column: str, row: dict) -> dict:
        return {
            "name": f"{name}-{number}-{column}",
            "value": row.get(column, ""),
            "label": column_label(column),
            "row": number + 1,
        }


class TableField(forms.Field):
    """A list of rows; an empty list when the unit says that there is nothing, None while it says nothing."""

    def __init__(self, columns: list[str], **kwargs):
        super().__init__(required=False, widget=TableWidget(columns, kwargs["label"]), **kwargs)

    def to_python(self, value):
        if value is None:
            return None
        for row in value.rows:
            for cell in row.values():
                refuse_old_letters(cell)
        rows = _filled([{column: nfc(cell).strip() for column, cell in row.items()} for row in value.rows])
        if any(len(cell) > MAX_CELL for row in rows for cell in row.values()):
            raise forms.ValidationError(
                _("A cell of the table is too long: at most %(limit)d characters.") % {"limit": MAX_CELL}
            )
        if rows and value.nothing:
            raise forms.ValidationError(_("The table has rows and says that there is nothing to list; choose one."))
        return rows or ([] if value.nothing else None)


def _filled(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return [row for row in rows if any(str(cell).strip() for cell in row.values())]


def count(text: str) -> int:
    """How many rows a form says it has, within reason."""
    return min(int(text), MAX_ROWS) if text.isascii() and text.isdigit() and len(text) < 6 else 0
