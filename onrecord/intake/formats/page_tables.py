"""HTML tables → a grid: each number under its own head, merged cells expanded, lines of a cell kept apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from onrecord.intake.document import Block, Cell, TextRun
from onrecord.intake.formats.number_attributes import whole

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_PARTS = frozenset(["caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "td", "th"])
_LINE_END = "/"
_MOST_SPAN = 1000
_MOST_CELLS = 200_000
# A table with longer cells lays out a page, unless its heads or its caption say otherwise.
LONG_CELL = 300
LONGEST_CELL = 2000


def cell_of(blocks: Iterable[Block]) -> Cell:
    """The text of a cell of any format, without footnotes; where it has several lines, they are parted by a slash."""
    runs: list[TextRun] = []
    for block in blocks:
        if block.kind == "footnote":
            continue
        if runs:
            runs.append(TextRun(f" {_LINE_END} "))
        if block.kind == "item" and block.marker != "-":
            runs.append(TextRun(f"{block.marker} "))
        runs += block.runs
    return tuple(runs)


def grid(element: HtmlElement, read_cell: Callable[[HtmlElement], Cell]) -> tuple[tuple[Cell, ...], ...]:
    """The rows of a table of data, each as wide as the table; no rows for one that only lays a page out. A cell that spans several has
    its text in the first of them (WHATWG HTML, section 4.9.12)."""
    rows = list(_rows(element))
    cells = [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]
    if _lays_out(element, cells):
        return ()
    out: list[dict[int, Cell]] = [{} for _ in rows]
    taken: list[set[int]] = [set() for _ in rows]
    count = 0
    for at, row in enumerate(cells):
        column = 0
        for cell in row:
            while column in taken[at]:
                column += 1
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            # A span of 0 rows goes to the end of the group.
            high = min(high or len(rows), len(rows) - at)
            wide = max(wide, 1)
            count += wide * high
            if count > _MOST_CELLS:
                return ()
            out[at][column] = read_cell(cell)
            for below in range(at, at + high):
                taken[below].update(range(column, column + wide))
            column += wide
    width = max((max(columns) + 1 for columns in taken if columns), default=0)
    filled = [tuple(row.get(column, ()) for column in range(width)) for row in out if any(row.values())]
    used = [column for column in range(width) if any(row[column] for row in filled)]
    return tuple(tuple(row[column] for column in used) for row in filled)


def _rows(element: HtmlElement) -> Iterator[HtmlElement]:
    """The rows of this table, not those of a table in a cell."""
    for child in element:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child if row.tag == "tr")


def strays(element: HtmlElement) -> Iterator[str | HtmlElement]:
    """The texts and elements that stand in a table and in none of its cells."""
    inside = (
        inner
        for inner in element.iter("thead", "tbody", "tfoot", "tr")
        if next(inner.iterancestors("table")) is element
    )
    for inner in (element, *inside):
        for stray in (inner.text, *(piece for child in inner for piece in (child, child.tail))):
            if isinstance(stray, str):
                if not stray.isspace():
                    yield stray
            elif stray is not None and isinstance(stray.tag, str) and stray.tag not in _PARTS:
                yield stray


def _span(cell: HtmlElement, name: str) -> int:
    return min(max(whole((cell.get(name) or "").strip(), 1), 0), _MOST_SPAN)


def _lays_out(element: HtmlElement, cells: list[list[HtmlElement]]) -> bool:
    every = [cell for row in cells for cell in row]
    if any(True for cell in every for _ in cell.iter("table", "h1", "h2", "h3", "blockquote", "pre")):
        return True
    texts = [[" ".join(cell.text_content().split()) for cell in row] for row in cells]
    filled = [row for row in texts if any(row)]
    if len(filled) < 2 or max(sum(_span(cell, "colspan") for cell in row) for row in cells if row) < 2:
        return True
    if max(sum(1 for text in row if text) for row in filled) < 2:
        return True
    headed = any(cell.tag == "th" for cell in every) or any(True for _ in element.iter("caption"))
    longest = max(len(text) for row in filled for text in row)
    lists = any(True for cell in every for _ in cell.iter("ul", "ol"))
    return longest > (LONGEST_CELL if headed else LONG_CELL) or (lists and not headed)
