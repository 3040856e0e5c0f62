"""Excel's workbooks (.xlsx, ECMA-376): the cells as they are shown, as far as the file says how."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from onrecord.intake.document import Refusal
from onrecord.intake.formats import zipped_parts
from onrecord.intake.formats.sheet import DATE, BadTable, NamedSheet, Sheet, rows

_PLAIN_FORMATS = frozenset(["General", "@", "0", "0.00", "#,##0", "#,##0.00"])
_QUOTED = re.compile(r'"[^"]*"|\[[^\[\]]*\]|\\.')
_LOST_LINE_END = "_x000D_"
_WHOLE = 1e15
_WIDTH = 24
_ADVICE = "Divide the table, or save it as CSV in UTF-8."


def is_workbook(data: bytes) -> bool:
    """Whether a zip file has the parts of a workbook."""
    if not (data.startswith(b"PK\x03\x04") and b"xl/workbook.xml" in data):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError):
        return False


def sheets(data: bytes) -> tuple[NamedSheet, ...]:
    """The sheets of a workbook that have cells, in their order. Raises BadTable."""
    try:
        zipped_parts.parts(data, (".xml", ".rels"), _ADVICE)
    except Refusal as refusal:
        raise BadTable(str(refusal)) from refusal
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what is not read: styles, rules for cells
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        found = []
        for page in book.worksheets:
            page.reset_dimensions()  # what the file says of its size may be wrong
            sheet = Sheet(tuple(rows(_cells(page))), is_typed=True)
            if sheet.rows:
                found.append(NamedSheet(page.title, sheet, page.sheet_state != "visible"))
    except (BadTable, MemoryError):
        raise
    except Exception as error:  # it raises what it likes for broken files
        words = " ".join(str(error).split())[:200]
        raise BadTable(f"The workbook is broken and cannot be read ({words or type(error).__name__}).") from error
    return tuple(found)


def _cells(page: Any) -> Iterator[tuple[int, Sequence[str], dict[int, str]]]:
    """The rows of a sheet with their numbers, texts and doubts."""
    for number, cells in enumerate(page.iter_rows(), 1):
        texts: list[str] = []
        doubts: dict[int, str] = {}
        for at, cell in enumerate(cells):
            value = cell.value
            if value is None or isinstance(value, str):
                texts.append(value.replace(_LOST_LINE_END, "") if value else "")
                if cell.data_type == "e":
                    doubts[at] = "it could not be computed"
                continue
            text, doubt = _shown(value, cell.number_format or "General")
            texts.append(text)
            if doubt:
                doubts[at] = doubt
        yield number, texts, doubts


def _shown(value: Any, number_format: str) -> tuple[str, str]:
    """The text of a cell that holds no text, and a doubt about it. Of a date no more is taken than its form shows: a month is kept as its
    first day."""
    if isinstance(value, bool):
        return str(value).upper(), "a yes or no was made of it"
    if isinstance(value, dt.datetime):
        if value.time() != dt.time():
            return value.isoformat(" ", "minutes"), "it holds a time of the day"
        return _day(value.date(), number_format), DATE
    if isinstance(value, dt.date):
        return _day(value, number_format), DATE
    if isinstance(value, int | float):
        text = str(int(value)) if value == int(value) and abs(value) < _WHOLE else repr(value)
        doubt = "" if number_format in _PLAIN_FORMATS else f"the number is shown in another form ({number_format})"
        if abs(value) >= _WHOLE:
            doubt = "a number was made of it, and its last digits are lost"
        return text, doubt
    return str(value), "it holds a time of the day"


def _day(day: dt.date, number_format: str) -> str:
    shown = _QUOTED.sub("", number_format).lower()
    if "d" in shown:
        return day.isoformat()
    return day.isoformat()[:7] if "m" in shown else day.isoformat()[:4]


def written(table: Iterable[Sequence[str]], title: str) -> bytes:
    """A workbook of one sheet. Every cell is text and stays text, whatever is typed into it; the first row stays in sight."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    book.properties.creator = ""
    page = book.create_sheet(title)
    page.freeze_panes = "B2"
    for number, texts in enumerate(table):
        if number == 0:
            for column in range(1, len(texts) + 1):
                page.column_dimensions[get_column_letter(column)].width = _WIDTH
                page.column_dimensions[get_column_letter(column)].number_format = "@"
        cells = []
        for text in texts:
            cell = WriteOnlyCell(page, text)
            cell.data_type = "s"  # a text that begins with “=” is none of a formula
            cell.number_format = "@"
            if number == 0:
                cell.font = Font(bold=True)
            cells.append(cell)
        page.append(cells)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
