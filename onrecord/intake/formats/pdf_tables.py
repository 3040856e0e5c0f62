"""Lines whose cells stand below each other → the rows of a table."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.intake import document
from onrecord.intake.formats import plaintext
from onrecord.intake.formats.pdf_lines import Line
from onrecord.intake.formats.pdf_marks import runs

Rows = tuple[tuple[document.Cell, ...], ...]


def table_at(lines: Sequence[Line], start: int, leading: float) -> tuple[Rows, int]:
    """The rows of the table that begins at line `start`, and the line after it; no rows where none begins there. `leading` is how far
    lines stand apart, in sizes of their type. A cell that is wrapped is one cell."""
    end = table_end(lines, start, leading)
    group = lines[start:end]
    full = [line for line in group if len(line.cells) >= 2]
    if len(full) < 2:
        return (), start
    columns = columns_of(group)
    widest = max(len(line.cells) for line in full)
    ruled = sum(line.ruled for line in group) >= len(group) * 0.6
    if len(columns) < 2 or len(columns) < widest or not (len(full) >= 3 or len(columns) >= 3 or ruled):
        return (), start
    rows: list[list[str]] = []
    before: Line | None = None
    rtl = _runs_from_right(group)
    for line in group:
        cells = [""] * len(columns)
        for cell in line.cells:
            at = next(n for n, (left, right) in enumerate(columns) if cell.left < right + 1 and cell.right > left - 1)
            cells[at] = f"{cells[at]} {cell.text}".strip()
        if rtl:
            cells.reverse()
        if before is not None and rows and _continues(line, before, leading) and not cells[0]:
            rows[-1] = [f"{above} {below}".strip() for above, below in zip(rows[-1], cells, strict=True)]
        else:
            rows.append(cells)
        before = line
    return tuple(tuple(runs(plaintext.clean(cell)) for cell in row) for row in rows), end


def table_end(lines: Sequence[Line], start: int, leading: float) -> int:
    """The line after those that stand as the rows of a table do, from line `start` on; `start` where it has no cells."""
    end = start
    while end < len(lines) and lines[end].page == lines[start].page and _goes_on(lines, start, end, leading):
        end += 1
    while end > start and len(lines[end - 1].cells) < 2 and end - 1 > start:
        if _continues(lines[end - 1], lines[end - 2], leading):
            break
        end -= 1
    return end


def _goes_on(lines: Sequence[Line], start: int, at: int, leading: float) -> bool:
    line = lines[at]
    if len(line.cells) < 2:
        return at > start and _continues(line, lines[at - 1], leading)
    return at == start or 0 < line.top - lines[at - 1].top < line.size * leading * 4


def _continues(line: Line, before: Line, leading: float) -> bool:
    """True for a line that goes on in cells of the line before it, and not in the first."""
    if not 0 < line.top - before.top < line.size * leading * 1.35:
        return False
    if len(before.cells) < 2:
        return len(line.cells) < 2 and abs(line.left - before.left) < 2
    first = before.cells[0]
    return all(
        cell.left > first.right and any(cell.left < other.right and cell.right > other.left for other in before.cells)
        for cell in line.cells
    )


def columns_of(group: Sequence[Line]) -> list[tuple[float, float]]:
    """From where to where the columns reach: cells that stand below each other together."""
    out: list[tuple[float, float]] = []
    for left, right in sorted((cell.left, cell.right) for line in group for cell in line.cells):
        if out and left < out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], right))
        else:
            out.append((left, right))
    return out


def _runs_from_right(group: Sequence[Line]) -> bool:
    first = next(line for line in group if len(line.cells) >= 2)
    return first.cells[0].left > first.cells[-1].left
