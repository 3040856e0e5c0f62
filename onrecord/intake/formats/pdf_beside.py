"""Prose that stands beside a table on its page: its lines are parted from the table's rows, with whose cells they stand on one level."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.intake.formats.pdf_lines import Cell, Line
from onrecord.intake.formats.pdf_marks import WITHOUT_MARKS
from onrecord.intake.formats.pdf_tables import columns_of, table_end

_END = re.compile(r"[.!?:؟…][\"”»’')\]]*\s*$")
_BROKEN = re.compile(r"[^\W\d_][-\u2010]$")
# So many words a line of a column of text has on the average, and so many pairs of lines go on from one to the next beside other cells.
_LEAST_WORDS, _LEAST_PAIRS = 4, 3
# The cells of the table beside it have no more on the average.
_MOST_WORDS = 2.5
# A line of a paragraph that goes on fills so much of its column.
_FILLED = 0.75
# "b Did the society …": a line of a form, or of a list.
_ITEM = re.compile(r"\W*(?:[^\W\d_]|\d+[^\W\d_]?)\b")
# A table has two columns at least, beside the text.
_LEAST_CELLS = 3
# Lines of one paragraph begin at one place, in points, and stand so far apart, in leadings.
_APART, _STEP = 4, 1.35


def parted(lines: Sequence[Line], leading: float) -> list[Line]:
    """The lines in their order, those of a column of text that stands beside a table first, to the end of its paragraph, and the table's
    rows behind them. `leading` is how far lines stand apart, in sizes of their type."""
    out: list[Line] = []
    at = 0
    while at < len(lines):
        end = table_end(lines, at, leading)
        column = _column_of_text(lines[at:end]) if end - at > _LEAST_PAIRS else None
        if column is None:
            out += lines[at : max(end, at + 1)]
            at = max(end, at + 1)
            continue
        text, rows = list(_cells(lines[at:end], column, within=True)), list(_cells(lines[at:end], column, within=False))
        while end < len(lines) and _follows(lines[end], text[-1], leading):
            text.append(lines[end])
            end += 1
        out += [*text, *rows]
        at = end
    return out


def _column_of_text(group: Sequence[Line]) -> tuple[float, float] | None:
    """From where to where the one column reaches whose cells are the lines of a text; None where none is, or more than one."""
    columns = columns_of(group)
    if len(columns) < 2:
        return None
    found = [column for column in columns if _is_text([_cell(line, column) for line in group], group)]
    return found[0] if len(found) == 1 else None


def _is_text(cells: Sequence[Cell | None], group: Sequence[Line]) -> bool:
    """True where the cells hold words that go on from one line to the next, while a table's row stands beside either: what is wrapped in a
    cell goes on where none does."""
    texts = [cell.text.translate(WITHOUT_MARKS) for cell in cells if cell]
    if not texts or sum(len(text.split()) for text in texts) < _LEAST_WORDS * len(texts):
        return False
    others = [cell.text for line, own in zip(group, cells, strict=True) for cell in line.cells if cell is not own]
    if sum(len(text.split()) for text in others) > _MOST_WORDS * len(others):
        return False
    widths = [cell.right - cell.left for cell in cells if cell]
    if min(widths[:-1], default=0) < max(widths) * _FILLED:
        return False
    pairs = [
        (first.text.translate(WITHOUT_MARKS).rstrip(), second.text.translate(WITHOUT_MARKS).lstrip())
        for (first, above), (second, below) in itertools.pairwise(zip(cells, group, strict=True))
        if first and second and len(above.cells) >= _LEAST_CELLS and len(below.cells) >= _LEAST_CELLS
    ]
    return len(pairs) >= _LEAST_PAIRS and all(
        not _END.search(first)
        and not _ITEM.match(second)
        and (second[:1].islower() or _BROKEN.search(first) is not None)
        for first, second in pairs
    )


def _cell(line: Line, column: tuple[float, float]) -> Cell | None:
    return next((cell for cell in line.cells if _is_in(cell, column)), None)


def _is_in(cell: Cell, column: tuple[float, float]) -> bool:
    return cell.left < column[1] and cell.right > column[0]


def _cells(group: Sequence[Line], column: tuple[float, float], *, within: bool) -> Iterator[Line]:
    """The lines with those of their cells that are in the column, or with all others."""
    for line in group:
        cells = tuple(cell for cell in line.cells if _is_in(cell, column) == within)
        if cells:
            yield replace(
                line, cells=cells, left=min(cell.left for cell in cells), right=max(cell.right for cell in cells)
            )


def _follows(line: Line, before: Line, leading: float) -> bool:
    """True for the next line of a paragraph."""
    near = 0 < line.top - before.top < max(line.size, before.size) * leading * _STEP
    return (
        line.page == before.page
        and near
        and len(line.cells) == 1
        and abs(line.left - before.left) < _APART
        and abs(line.size - before.size) < 1
        and not _END.search(before.plain)
    )
