"""Small files made on the spot, so that dossiers carry something to open: Word, Excel and PDF."""

import io

import typst
from docx import Document
from openpyxl import Workbook

from accounts.models import Authority
from documents.attachments import storing
from workflow.models import Dossier


def attach(dossier: Dossier, content: str | list, *, by: Authority, name: str, kind: str) -> None:
    """Make a file of the sort that its name says, and attach it."""
    make = {"docx": word, "xlsx": sheet, "pdf": pdf}[name.rpartition(".")[2]]
    storing.attach(dossier, make(content), by=by, name=name, kind=kind)


def word(text: str) -> io.BytesIO:
    """A Word file: "# " before a line makes it a heading."""
    document, file = Document(), io.BytesIO()
    for line in filter(None, map(str.strip, text.splitlines())):
        marks = len(line) - len(line.lstrip("#"))
        if marks:
            document.add_heading(_plain(line[marks:]), level=min(marks, 4))
        else:
            document.add_paragraph(_plain(line))
    document.save(file)
    return file


def _plain(line: str) -> str:
    return line.replace("*", "").strip()


def sheet(rows: list[list]) -> io.BytesIO:
    """An Excel file of one sheet."""
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file


def pdf(text: str) -> io.BytesIO:
    """A PDF page; a line of its own is a paragraph, the first one the title."""
    title, *lines = filter(None, map(str.strip, text.splitlines()))
    inputs = {"title": title, "body": "\n\n".join(lines)}
    page = b"""
        #set page(margin: 2.5cm)
        #set text(size: 13pt, lang: "vi")
        #align(center, strong(sys.inputs.title))
        #sys.inputs.body
    """
    return io.BytesIO(typst.compile(page, sys_inputs=inputs))
