"""Tables as CSV (RFC 4180): how a value becomes a cell that no spreadsheet runs, how a cell becomes the value again, and how a list of
values stands in one cell.

Each function has its inverse, so that nothing is lost on the way through a table: `value(cell(text)) == text`,
`divided(joined(values)) == list(values)`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable

RUN = "=+-@＝＋－＠"
"""The signs with which a formula begins, in their wide forms, too, which spreadsheets in East Asia take for the same (OWASP, CSV
Injection)."""

BETWEEN = " | "
"""What stands between the values of a list in one cell."""

_RUNS = rf"'*(?:\s*[{re.escape(RUN)}]|[\t\r\n])"
"""The beginning of what is guarded: what a spreadsheet would run, blanks before it included, and what looks guarded already."""
_TO_GUARD = re.compile(_RUNS)
_GUARDED = re.compile(f"'{_RUNS}")
_LIST_SIGNS = re.compile(r"[\\|]|^\s|\s\Z")
_PIECES = re.compile(r"\\([\\|\s])|(.)", re.DOTALL)


def cell(text: str) -> str:
    """A text as a cell: behind one `'` where a spreadsheet would run it (it begins with a sign of RUN, a tab or a line end), or where it
    begins with `'` before such a sign, so that `value` can tell the two apart."""
    return f"'{text}" if _TO_GUARD.match(text) else text


def value(cell: str) -> str:
    """The text that a cell stands for: the inverse of `cell`."""
    return cell[1:] if _GUARDED.match(cell) else cell


def joined(values: Iterable[str]) -> str:
    """Several values in one cell: `Homs | Syria`. A `|` or `\\` in a value, and a blank at its beginning or end, stands behind a `\\`.
    Raises ValueError for an empty value, which would not be seen among others."""
    pieces = [_LIST_SIGNS.sub(r"\\\g<0>", value) for value in values]
    if not all(pieces):
        raise ValueError("An empty value cannot be in a list.")
    return BETWEEN.join(pieces)


def divided(text: str) -> list[str]:
    """The values that stand in one cell: the inverse of `joined`. Blanks around a value are none of it, and a place with nothing in it is
    no value, so that what a person has typed (`Homs|Syria |`) is read as it is meant."""
    values: list[str] = []
    kept, length = "", 0
    """The value so far, and how much of it is not blanks at its end."""
    for match in _PIECES.finditer(text):
        escaped, plain = match.groups()
        if plain == "|":
            values.append(kept[:length])
            kept, length = "", 0
        elif escaped is None and plain.isspace():
            kept += plain if kept else ""
        else:
            kept += escaped or plain
            length = len(kept)
    return [value for value in (*values, kept[:length]) if value]


def write(rows: Iterable[Iterable[str | int | float]]) -> bytes:
    """Rows as CSV (RFC 4180: commas, `"` where a cell needs it, CRLF) in UTF-8 without a byte order mark; the rows of two tables one
    behind the other are one table. Every text goes through `cell`; a number is written as it is, since no sign of it runs."""
    written = _Written()
    csv.writer(written, lineterminator="\r\n").writerows(
        [cell(each) if isinstance(each, str) else str(each) for each in row] for row in rows
    )
    return "".join(written.lines).encode()


class _Written:
    """What `csv` writes to."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def write(self, line: str) -> None:
        self.lines.append(line)
