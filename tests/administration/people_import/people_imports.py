"""Workbooks as an office would send them, written by the same library but not by the product's template."""

import io
from datetime import date

from django.conf import settings
from django.test import Client
from openpyxl import Workbook

from accounts.models import Authority
from administration.models import PeopleImport
from administration.people_import import checking
from administration.people_import.workbook.columns import SHEETS

UNIT = {
    "code": "U9", "name": "Công đoàn Trường Sen Hồng", "short_name": "CĐ Sen Hồng", "kind": "Công đoàn",
    "symbol": "CĐCS", "above": "Q1",
}  # fmt: skip
PERSON = {"username": "sen", "full_name": "Trần Thị Sen", "honorific": "ba", "email": "sen@example.org"}
APPOINTMENT = {
    "username": "sen", "unit": "U9", "role": "approver", "post": "Chủ tịch", "starts_on": date(2026, 1, 1),
    "ends_on": None, "decision_no": "15/QĐ-LĐLĐ",
}  # fmt: skip


def workbook(units=(), people=(), appointments=(), change=None) -> bytes:
    """Rows as dicts by column name; `change` may spoil the workbook before it is saved."""
    book = Workbook()
    book.remove(book.active)
    for sheet, rows in zip(SHEETS.values(), (units, people, appointments), strict=True):
        page = book.create_sheet(sheet.name)
        page.append([column.name for column in sheet.columns])
        for row in rows:
            page.append([row.get(column.name) for column in sheet.columns])
    if change:
        change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def browser_of(by: Authority) -> Client:
    """Their browser, signed in, with English pages."""
    browser = Client()
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    browser.force_login(by.person, "accounts.backends.AppointmentBackend")
    return browser


def check(data: bytes, file_name: str, *, by) -> PeopleImport:
    """A workbook sent and checked, as the worker does."""
    people_import = checking.receive(data, file_name, by=by)
    checking.examine(people_import.pk, "en")
    people_import.refresh_from_db()
    return people_import


def whole() -> bytes:
    """One unit, one person, one appointment: all new."""
    return workbook([UNIT], [PERSON], [APPOINTMENT])


def large(above: str, units: int, people: int, appointments: int) -> bytes:
    """A federation's worth: every third unit stands below another of the file; roles go round."""
    codes = [f"{above}-{number:04}" for number in range(units)]
    roles = ("approver", "drafter", "reviewer")
    return workbook(
        [
            UNIT
            | {
                "code": code,
                "name": f"Công đoàn cơ sở số {number}",
                "above": codes[number - 1] if number % 3 else above,
            }
            for number, code in enumerate(codes)
        ],
        [
            PERSON | {"username": f"{above.lower()}.{number}", "full_name": f"Trần Thị Sen {number}", "email": ""}
            for number in range(people)
        ],
        [
            APPOINTMENT
            | {
                "username": f"{above.lower()}.{number % people}",
                "unit": codes[(number * 7) % units],
                "role": roles[number // people],
            }
            for number in range(appointments)
        ],
    )
