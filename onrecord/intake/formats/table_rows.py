"""A table → its rows, each a document of its own: the cells with the fields that their columns hold, as far as the names of these say so.

The row travels as a small table of its own (its first row, the row, and a row of doubts where there are any): its digest says that it was
imported, whatever other rows the file gets.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

from rapidfuzz import fuzz, process

from onrecord import record_table, tabular
from onrecord.intake.document import RowCell
from onrecord.intake.formats import spreadsheet
from onrecord.intake.formats.nesting import Piece
from onrecord.intake.formats.sheet import BadTable, Sheet

_ENDINGS = (".csv", ".tsv", ".tab")
_ROW = re.compile(r" # row [0-9]+\Z")
_BLANKS = re.compile(r"[\s_.:/-]+")
_NEAR = 82.0
_OWN = frozenset(["file", "hash"])
_LISTS = frozenset(["topics", "places", "names"])
MOST_ROWS = 100_000
"""Each row is a draft, a file of its own that a person answers for: more of them than an archive of this size has are a mistake, or several
tables."""
Read = Callable[[bytes, Callable[[str], bool]], Sheet]


def _plain(column: str) -> str:
    """The name of a column for comparison."""
    return _BLANKS.sub(" ", column.casefold()).strip()


_NAMES: dict[str, str] = {_plain(column): column for column in record_table.COLUMNS} | {
    name: field
    for field, names in tomllib.loads(Path(__file__).with_name("column_names.toml").read_text("utf-8")).items()
    for name in names
}


def is_table(name: str, data: bytes) -> bool:
    """Whether a file is a table of rows: a workbook by its bytes, values between commas by its name, for any text could be some."""
    return not _ROW.search(name) and (name.lower().endswith(_ENDINGS) or spreadsheet.is_packed(data))


def may_be_table(name: str, head: bytes) -> bool:
    """Whether a file that begins so may be one of `is_table`."""
    return name.lower().endswith(_ENDINGS) or head.startswith(b"PK")


def is_row(name: str) -> bool:
    """Whether a document is a row, by the name that `pieces` has given it."""
    return _ROW.search(name) is not None


def pieces(name: str, data: bytes, read: Read = spreadsheet.sheet) -> Iterator[Piece]:
    """The rows of a table; one refused piece where it has none. `read` reads the file."""
    try:
        sheet = read(data, lambda column: _field(column) != "")
        if len(sheet.rows) <= 1:
            raise BadTable("The table has no row below its first.")
        head, *rows = sheet.rows
        fields = [_field(column) for column in head.cells]
        if not {"title", "body"} & set(fields):
            columns = ", ".join(f"“{column}”" for column in head.cells[:40])
            raise BadTable(
                f"No column holds a title or a text, so its rows are not releases. Call the columns as the fields are: title, date, "
                f"publisher, language, text … Columns are: {columns}."
            )
        if len(rows) > MOST_ROWS:
            raise BadTable(
                f"The table has {len(rows):,} rows below its first; at most {MOST_ROWS:,} are imported at a time, so none was. "
                f"Row {rows[MOST_ROWS].number:,} is the first that is too many. Divide the table there, and import each part."
            )
    except BadTable as error:
        yield Piece(name, data, str(error))
        return
    for row in rows:
        table = [head.cells, row.cells]
        if row.doubts:
            table.append(tuple(row.doubts.get(at, "") for at in range(len(row.cells))))
        yield Piece(f"{name} # row {row.number}", tabular.write(table))


def cells(data: bytes) -> tuple[RowCell, ...]:
    """The cells of a piece of `pieces` that hold something."""
    head, row, *more = [
        [tabular.value(cell) for cell in record] for record in csv.reader(io.StringIO(data.decode("utf-8"), newline=""))
    ]
    doubts = more[0] if more else []
    # Of a table of ours, which record a row was is no word of the record.
    own = _OWN if set(head) >= _OWN else frozenset()
    taken: dict[str, str] = {}
    out = []
    for at, cell in enumerate(row):
        text = tabular.value(cell).replace("\r\n", "\n").replace("\r", "\n").strip()
        column = head[at].strip() if at < len(head) else ""
        if not text or column in own:
            continue
        field = _field(column)
        near = "" if field else _nearest(column)
        if field in taken and field not in _LISTS:
            field, near = "", field
        taken.setdefault(field, column)
        out.append(RowCell(column or f"column {at + 1}", field, text, doubts[at] if at < len(doubts) else "", near))
    return tuple(out)


def _field(column: str) -> str:
    return _NAMES.get(_plain(column), "")


def _nearest(column: str) -> str:
    found = process.extractOne(_plain(column)[:60], _NAMES.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return _NAMES[found[0]] if found else ""
