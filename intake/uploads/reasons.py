"""Why a file is refused: each a sentence that says what to do about it."""

from django.utils.translation import gettext as _


def empty() -> str:
    return _("The file is empty.")


def too_large() -> str:
    return _("The file is larger than 25 MB.")


def unknown() -> str:
    return _(
        "The content is not that of a .docx, .xlsx, .pdf, .jpg or .png file. Open it in its own program, save it as"
        " one of these and send that."
    )


def misnamed(kind: str, extension: str) -> str:
    return _("The file is a .%(kind)s inside, but its name ends in .%(extension)s. Give it the right name.") % {
        "kind": kind,
        "extension": extension,
    }


def endings() -> str:
    return _("Only .docx, .xlsx, .pdf, .jpg and .png files are accepted.")


def archive() -> str:
    return _("Archives are not accepted. Attach the documents one by one.")


def program() -> str:
    return _("This is a program, whatever its name says. Only documents and pictures are accepted.")


def markup() -> str:
    return _(
        "This is a web page or other markup (HTML, SVG, XML), whatever its name says. Print it to a PDF and send that."
    )


def macros() -> str:
    return _("The file holds macros. Save it as .docx or .xlsx without macros and send it again.")


def password() -> str:
    return _("The file is locked by a password. Remove the password and send it again.")


def old_word() -> str:
    return _("This is an old Word file. Save it as .docx and send it again.")


def old_excel() -> str:
    return _("This is an old Excel file. Save it as .xlsx and send it again.")


def old_office() -> str:
    return _("This is an old Office file. Save it as .docx or .xlsx and send it again.")


def other_document() -> str:
    return _("Files of this kind are not accepted. Save the document as .docx, .xlsx or .pdf and send it again.")


def other_picture() -> str:
    return _("Pictures of this kind are not accepted. Save the picture as .jpg or .png and send it again.")


def too_much() -> str:
    return _("The file unpacks to far more than a document needs. Print it to a PDF and send that.")


# Word and Excel


def neither() -> str:
    return _("This is neither a Word document nor an Excel workbook. Save it as .docx or .xlsx and send that.")


def template() -> str:
    return _("This is a template. Open it, save it as .docx or .xlsx and send that.")


def damaged_office() -> str:
    return _(
        "The file is damaged: it cannot be read as a Word or Excel file. Open it in Word or Excel, save it anew and"
        " send that."
    )


def part_names() -> str:
    return _(
        "The names inside the file are not those of an office document. Open it in Word or Excel, save it anew and"
        " send that."
    )


def declaration() -> str:
    return _(
        "The file declares a document type or entities, which no office document needs. Open it in Word or Excel,"
        " save it anew and send that."
    )


def hidden_program() -> str:
    return _("The file hides a program inside. Remove it, save the file anew and send that.")


def embedded_object() -> str:
    return _("The file holds an embedded object. Paste it as a picture, or attach it as a file of its own.")


def page_within() -> str:
    return _("The file holds a web page as a part of itself. Open it in Word, save it as a new .docx and send that.")


def fetched(part: str) -> str:
    return _("The file fetches a part of itself from outside (%(part)s). Put that part into the file.") % {
        "part": part[:40]
    }


def merged() -> str:
    return _(
        "The document is still linked to the list it was merged from. In Word, open the tab Mailings, choose Start Mail"
        " Merge, Normal Word Document, save and send the file again."
    )


def harmful_link(link: str) -> str:
    return _("The file holds a link that would run a command (%(link)s). Remove that link and send the file again.") % {
        "link": link[:40]
    }


def starting_field(keyword: str) -> str:
    return _(
        "The file holds a field that starts a program or fetches from outside (%(field)s). In Word, click it,"
        " press Ctrl+Shift+F9 to keep only its text, save and send the file again."
    ) % {"field": keyword[:40]}


def starting_formula(formula: str) -> str:
    return _(
        "The workbook holds a formula that starts a program or fetches from outside (%(formula)s). Replace it by its"
        " value, save and send the file again."
    ) % {"formula": formula[:40]}


def outside_data() -> str:
    return _(
        "The workbook is linked to a program or to data outside. In Excel, open the tab Data, remove the connections"
        " and break the links, save and send the file again."
    )


# PDF


def damaged_pdf() -> str:
    return _("The file is damaged: it cannot be read as a PDF. Print it to a new PDF and attach that.")


def unended_pdf() -> str:
    return _("The file is damaged: it does not end like a PDF. Print it to a new PDF and attach that.")


def two_in_one() -> str:
    return _("The file is two files in one: a PDF and an archive. Print it to a new PDF and attach that.")


def scripts() -> str:
    return _("The PDF holds scripts or actions. Print it to a new PDF and attach that.")


def carried() -> str:
    return _("The PDF carries other files inside. Attach them as files of their own.")


def carried_file(name: str) -> str:
    return _(
        "The PDF carries another file inside (%(name)s). Print it to a new PDF and attach that; attach a document"
        " that belongs to it as a file of its own."
    ) % {"name": name[:80]}


# Pictures


def damaged_picture() -> str:
    return _("The picture is damaged and cannot be read. Save it anew with a picture program and send that.")


def large_picture() -> str:
    return _(
        "The picture is too large: at most 20.000 pixels a side and 120 million in all. Make it smaller and send that."
    )


def hidden_in_picture() -> str:
    return _("The picture hides another file inside. Save it anew with a picture program and attach that.")
