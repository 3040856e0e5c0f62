"""Comma-separated values (RFC 4180) in the dialects that spreadsheets write: semicolons and tabs, a byte order mark, UTF-16, a first line
`sep=;`, any line ends."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator

from onrecord.intake.formats.sheet import MOST_COLUMNS, BadTable, Sheet, rows

_DIVIDERS = (",", ";", "\t")
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_HEAD = 4096
_MOST_CELL = 2 * 1024 * 1024
# Of one row, those in its texts among them.
_MOST_DIVIDERS = 200_000


def sheet(data: bytes, is_column: Callable[[str], bool] = lambda name: False) -> Sheet:
    """The table of a file. The sign between its cells is the one with which its first row has the most columns, those first whose names
    `is_column` knows. Raises BadTable."""
    return sheet_of(decoded(data), is_column)


def sheet_of(text: str, is_column: Callable[[str], bool] = lambda name: False) -> Sheet:
    """The table of a text; see `sheet`. Raises BadTable."""
    skipped, divider = 0, ""
    head = text[:8].lower()
    if head.startswith("sep=") and head[4:5] and head[5:6] in ("\n", "\r"):
        divider, skipped = text[4], 1
        text = text[5:].removeprefix("\r").removeprefix("\n")
    if not text.strip():
        raise BadTable("The file is empty.")
    if "\0" in text:
        raise BadTable("The file holds the character U+0000, which no table has. Save it again as CSV in UTF-8.")
    if not divider:
        divider = max(_DIVIDERS, key=lambda sign: _score(text, sign, is_column))
    return Sheet(tuple(rows(_records(text, divider, skipped))))


def decoded(data: bytes) -> str:
    """The text of a file in UTF-8 or UTF-16. Raises BadTable for other bytes: which letters they stand for would be a guess."""
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), "")
    if not encoding:
        # UTF-16 without a mark: every second byte of ASCII is 0.
        zeros = data[:_HEAD].count(0)
        encoding = "utf-8" if zeros * 4 < len(data[:_HEAD]) else "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        raise BadTable(
            f"The byte 0x{data[error.start]:02x} in line {row} is not {encoding.upper().removesuffix('-SIG')}, so letters would be lost. "
            "Save the table again as “CSV UTF-8”, or as .xlsx or .ods.",
            row,
        ) from error


def _score(text: str, divider: str, is_column: Callable[[str], bool]) -> tuple[int, int]:
    """How many columns the first row has that are known, and how many at all."""
    try:
        _, cells, _ = next(_records(text[: 64 * 1024], divider, 0))
    except (StopIteration, BadTable):
        return 0, 0
    return sum(is_column(cell.strip()) for cell in cells), len(cells)


def _records(text: str, divider: str, skipped: int) -> Iterator[tuple[int, list[str], dict[int, str]]]:
    """Each record with its number, from 1: a record of several lines is one row, as a spreadsheet shows it."""
    csv.field_size_limit(_MOST_CELL)
    number = skipped
    dividers = 0

    def lines() -> Iterator[str]:
        nonlocal dividers
        for line in io.StringIO(text, newline=""):
            dividers += line.count(divider)
            if dividers > _MOST_DIVIDERS:
                raise BadTable(
                    f"It has more than {_MOST_DIVIDERS:,} cells in one row; at most {MOST_COLUMNS:,} columns are read. Divide the table.",
                    number,
                )
            yield line

    reader = csv.reader(lines(), delimiter=divider, strict=True)
    while True:
        number += 1
        dividers = 0
        try:
            yield number, next(reader), {}
        except StopIteration:
            return
        except csv.Error as error:
            what = str(error)
            if "end of data" in what:
                what = "a cell begins with a quotation mark that nothing ends"
            elif "expected after" in what:
                what = "signs are behind the quotation mark that ends a cell"
            elif "limit" in what:
                what = f"a cell has more than {_MOST_CELL:,} characters"
            raise BadTable(
                f"Row {number} (line {reader.line_num} of the file) cannot be read: {what}. A quotation mark in a cell is written twice.",
                number,
            ) from error
