"""A file with a table in it → the table, whichever program has written it."""

from __future__ import annotations

from collections.abc import Callable

from onrecord.intake.formats import csv_text, opendocument_sheet, workbook
from onrecord.intake.formats.sheet import BadTable, NamedSheet, Sheet

_OTHERS = (
    (
        b"PK",
        "The file is broken, or neither a workbook (.xlsx) nor a table of OpenDocument (.ods). Save the table again.",
    ),
    (b"\xd0\xcf\x11\xe0", "The file is an old workbook (.xls), or one with a password. Save it as .xlsx without one."),
)


def is_packed(data: bytes) -> bool:
    """Whether a file is a workbook of Excel or a table of OpenDocument, which others have packed and which is read where nothing can be
    opened."""
    return workbook.is_workbook(data) or opendocument_sheet.is_sheet(data)


def sheets(data: bytes) -> tuple[NamedSheet, ...]:
    """The sheets of such a file. Raises BadTable."""
    return workbook.sheets(data) if workbook.is_workbook(data) else opendocument_sheet.sheets(data)


def sheet(data: bytes, is_column: Callable[[str], bool]) -> Sheet:
    """The table of any file with one; see `chosen`. Raises BadTable."""
    if is_packed(data):
        return chosen(sheets(data), is_column)
    for beginning, message in _OTHERS:
        if data.startswith(beginning):
            raise BadTable(message)
    return csv_text.sheet(data, is_column)


def chosen(found: tuple[NamedSheet, ...], is_column: Callable[[str], bool]) -> Sheet:
    """The sheet whose first row has columns that `is_column` knows, one that is seen before those that are hidden; the others stand in its
    `aside`. Raises BadTable where there is none, or several."""
    known = [each for each in found if any(map(is_column, map(str.strip, each.sheet.rows[0].cells)))]
    if not known:
        names = ", ".join(f"“{each.name}”" for each in found) or "none with a cell in it"
        raise BadTable(f"No sheet has a first row with the names of columns. Sheets: {names}.")
    known = [each for each in known if not each.is_hidden] or known
    if len(known) > 1:
        names = ", ".join(f"“{each.name}”" for each in known)
        raise BadTable(f"There are several tables: {names}. Save each as a file of its own.")
    aside = tuple(each.name for each in found if each is not known[0])
    return Sheet(known[0].sheet.rows, known[0].sheet.is_typed, aside)
