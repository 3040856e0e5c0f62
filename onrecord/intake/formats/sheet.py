"""What a table is, whichever file it comes from: rows of texts with the numbers that a spreadsheet shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import msgspec

MOST_CELLS = 4_000_000
"""A table of a hundred thousand records and forty columns has as many."""
MOST_COLUMNS = 1000
MOST_ROWS = 200_000
"""Rows that are not empty: twice as many as are imported, so that who has too many is told which is the first of those."""
MOST_NUMBERED = 1_048_576
"""Rows with the empty ones between them, as many as a spreadsheet has."""
MOST_TEXT = 64 * 1024 * 1024
"""Characters in all cells, as many as a file may have: cells can share one text, and rows can be repeated."""
DATE = "a date was made of it"
"""The doubt of a cell that holds a date, which is none where a date is asked for."""


class BadTable(ValueError):
    """A table that cannot be read. The message is a sentence; `row` is where, 0 for the whole."""

    def __init__(self, message: str, row: int = 0) -> None:
        super().__init__(message)
        self.row = row


class Row(msgspec.Struct, frozen=True, array_like=True):
    """A row that is not empty: its number in the file, from 1, and its cells, without empty ones at their end. `doubts` says of a cell, by
    its place from 0, why its text may not be what was meant: what is shown is not what is kept, or it could not be computed."""

    number: int
    cells: tuple[str, ...]
    doubts: dict[int, str] = {}


class Sheet(msgspec.Struct, frozen=True, array_like=True):
    """A table. `is_typed` says that its file tells texts from numbers and dates, so that what a program has made one of the other by itself
    is seen; `aside` names the other sheets of the file, which are not read."""

    rows: tuple[Row, ...]
    is_typed: bool = False
    aside: tuple[str, ...] = ()


class NamedSheet(msgspec.Struct, frozen=True, array_like=True):
    """A sheet of a file that has several, and whether it is hidden."""

    name: str
    sheet: Sheet
    is_hidden: bool = False


class Answer(msgspec.Struct, frozen=True, array_like=True):
    """What a confined process says of a file: its sheets; or, without them, why it has none, and the row that is to blame (0 for none)."""

    sheets: tuple[NamedSheet, ...] = ()
    reason: str = ""
    row: int = 0


def rows(cells: Iterable[tuple[int, Sequence[str], dict[int, str]]]) -> Iterator[Row]:
    """The rows of (number, cells, doubts) that are not empty. Raises BadTable for more than is read."""
    count = filled = length = 0
    for number, texts, doubts in cells:
        if number > MOST_NUMBERED:
            raise BadTable(f"It has more than {MOST_NUMBERED:,} rows, which is as many as are read. Divide the table.")
        end = len(texts)
        while end and not texts[end - 1].strip():
            end -= 1
        if not end:
            continue
        count += end
        filled += 1
        length += sum(map(len, texts))
        if length > MOST_TEXT:
            raise BadTable(
                f"Its cells have more than {MOST_TEXT:,} characters, which is as many as are read. Divide the table.",
                number,
            )
        if filled > MOST_ROWS:
            raise BadTable(
                f"It has more than {MOST_ROWS:,} rows, which is as many as are read. Divide the table.", number
            )
        if end > MOST_COLUMNS:
            raise BadTable(f"It has {end:,} columns; at most {MOST_COLUMNS:,} are read. Divide the table.", number)
        if count > MOST_CELLS:
            raise BadTable(f"It has more than {MOST_CELLS:,} cells, which is as many as are read. Divide the table.")
        yield Row(number, tuple(islice(texts, end)), doubts)
