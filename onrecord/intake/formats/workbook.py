"""Excel's workbooks (.xlsx, ECMA-376): the cells as they are shown, as far as the file says how."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from onrecord.intake.document import Refusal
from onrecord.intake.formats import workbook_cells, zipped_parts
from onrecord.intake.formats.sheet import DATE, BadTable, NamedSheet, Sheet, rows

_PLAIN_FORMATS = frozenset(["General", "@", "0", "0.00", "#,##0", "#,##0.00"])
_QUOTED = re.compile(r'"[^"]*"|\[[^\[\]]*\]|\\.')
_ESCAPED = re.compile("_x005F_|_x000D_")
_NOT_COMPUTED = "it could not be computed"
_WHOLE = 1e15
_WIDTH = 24
_ADVICE = "Divide the table, or save it as CSV in UTF-8."
# Begun and ended, of the parts that are no sheet: a book has at most 65,490 formats of cells.
_MOST_ELEMENTS = 150_000


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
        parts = zipped_parts.parts(data, (".xml", ".rels"), _ADVICE)
    except Refusal as refusal:
        raise BadTable(str(refusal)) from refusal
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what is not read: styles, rules for cells
            return tuple(_read(data, parts))
    except (BadTable, MemoryError):
        raise
    except Exception as error:  # it raises what it likes for broken files
        words = " ".join(str(error).split())[:200]
        raise BadTable(f"The workbook is broken and cannot be read ({words or type(error).__name__}).") from error


class _Archive(zipfile.ZipFile):
    """The file as openpyxl reads it, which makes objects of all elements of a part: more than programs for tables write are refused."""

    def open(self, name: Any, *others: Any, **more: Any) -> Any:
        """As that of ZipFile. Raises BadTable."""
        with super().open(name, *others, **more) as stream:
            xml = stream.read(zipped_parts.MOST_UNPACKED)
        if (count := xml.count(b"<")) > _MOST_ELEMENTS:
            raise BadTable(f"Its part {name} has {count:,} elements; at most {_MOST_ELEMENTS:,} are read. {_ADVICE}")
        return io.BytesIO(xml)


def _read(data: bytes, parts: Mapping[str, bytes]) -> Iterator[NamedSheet]:
    """The sheets with cells. Each part is read once, whatever number of sheets names it."""
    from openpyxl.reader.excel import ExcelReader
    from openpyxl.styles.stylesheet import apply_stylesheet
    from openpyxl.xml.constants import SHARED_STRINGS

    reader: Any = ExcelReader(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    reader.archive = _Archive(io.BytesIO(data))
    reader.read_manifest()
    reader.read_workbook()
    apply_stylesheet(reader.archive, reader.wb)
    shared = reader.package.find(SHARED_STRINGS)
    strings = workbook_cells.strings(parts[shared.PartName[1:]]) if shared is not None else []
    shown = _Shown(reader.wb, strings)
    seen: set[str] = set()
    for page, relation in reader.parser.find_sheets():
        if relation.target not in parts or "chartsheet" in relation.Type:
            continue
        if relation.target in seen:
            raise BadTable(f"Several of its sheets are one part of the file ({relation.target}). Save the table again.")
        seen.add(relation.target)
        sheet = Sheet(tuple(rows(workbook_cells.rows(parts[relation.target], shown))), is_typed=True)
        if sheet.rows:
            yield NamedSheet(page.name, sheet, page.state != "visible")


def _unescaped(text: str) -> str:
    """A text without the signs that stand for a lost end of a line; the escape of such a sign is the sign itself (section 22.9.2.19)."""
    return _ESCAPED.sub(lambda found: "_" if found[0] == "_x005F_" else "", text) if "_x0" in text else text


class _Shown:
    """What the cells of one book show."""

    def __init__(self, book: Any, strings: Sequence[str]) -> None:
        from openpyxl.utils.datetime import from_excel, from_ISO8601

        self._book = book
        self._day: Callable[..., Any] = from_excel
        self._written_day: Callable[..., Any] = from_ISO8601
        self._strings = strings
        self._formats: dict[int, str] = {}

    def __call__(self, value: str, kind: str, style: int) -> tuple[str, str]:
        """The text of a cell with this value, type and style, and a doubt about it. Raises ValueError, IndexError for a broken one."""
        if kind == "s":
            if (number := int(value)) < 0:
                raise IndexError(f"text {number}")
            return _unescaped(self._strings[number]), ""
        if kind in ("str", "inlineStr"):
            return _unescaped(value), ""
        if kind == "e":
            return value, _NOT_COMPUTED
        if kind == "b":
            return _shown(bool(int(value)), "")
        if kind == "d":
            return _shown(self._written_day(value), self._format(style))
        amount: float = float(value) if set(".eE") & set(value) else int(value)
        if style not in self._book._date_formats:
            return _shown(amount, self._format(style))
        try:
            day = self._day(amount, self._book.epoch, timedelta=style in self._book._timedelta_formats)
        except (OverflowError, ValueError):
            return "#VALUE!", _NOT_COMPUTED
        return _shown(day, self._format(style))

    def _format(self, style: int) -> str:
        """The code by which a style shows numbers (section 18.8.30)."""
        if style not in self._formats:
            from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE

            number = self._book._cell_styles[style].numFmtId
            own = number - BUILTIN_FORMATS_MAX_SIZE
            self._formats[style] = (
                self._book._number_formats[own] if own >= 0 else BUILTIN_FORMATS.get(number, "General")
            )
        return self._formats[style] or "General"


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
    if "d" in shown or number_format == "General":
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
