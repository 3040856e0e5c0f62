"""Word's tables → a grid: each number under its own head (ECMA-376 part 1, section 17.4)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from onrecord.intake.document import Block
from onrecord.intake.formats.page_tables import LONG_CELL, LONGEST_CELL, cell_of
from onrecord.intake.formats.word_names import W, alternative, value_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST_COLUMNS = 500
_WRAPPERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))


def inside(element: _Element, name: str) -> Iterator[_Element]:
    """The children of a kind, those in content controls and tracked changes among them."""
    for child in element:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag in _WRAPPERS:
            yield from inside(child, name)
        elif child.tag.endswith("}AlternateContent"):
            chosen = alternative(child)
            if chosen is not None:
                yield from inside(chosen, name)


def blocks(table: _Element, read_cell: Callable[[_Element], list[Block]]) -> list[Block]:
    """A table of data as one block; the blocks of all cells, row by row, of one that only lays a page out. `read_cell` is called once
    for each cell, in the document's order."""
    rows: list[dict[int, list[Block]]] = []
    headed = False
    width = 0
    for row in inside(table, "tr"):
        cells: dict[int, list[Block]] = {}
        properties = row.find(f"{W}trPr")
        column = _number(properties.find(f"{W}gridBefore")) if properties is not None else 0
        headed |= properties is not None and properties.find(f"{W}tblHeader") is not None
        for cell in inside(row, "tc"):
            own = cell.find(f"{W}tcPr")
            cells[column] = read_cell(cell)
            span = _number(own.find(f"{W}gridSpan")) if own is not None else 1
            column = min(column + max(span, 1), _MOST_COLUMNS)
        width = max(width, column)
        rows.append(cells)
    filled = [row for row in rows if any(row.values())]
    if not _is_data(filled, headed):
        return [block for row in filled for column in sorted(row) for block in row[column]]
    used = [column for column in range(width) if any(row.get(column) for row in filled)]
    grid = tuple(tuple(cell_of(row.get(column, [])) for column in used) for row in filled)
    notes = [block for row in filled for cell in row.values() for block in cell if block.kind == "footnote"]
    return [Block("table", rows=grid), *notes]


def _is_data(rows: list[dict[int, list[Block]]], headed: bool) -> bool:
    every = [cell for row in rows for cell in row.values()]
    if len(rows) < 2 or max(sum(1 for cell in row.values() if cell) for row in rows) < 2:
        return False
    if any(block.kind in ("heading", "table", "quote", "rule") for cell in every for block in cell):
        return False
    longest = max(sum(len(block.text) for block in cell) for cell in every)
    items = any(block.kind == "item" for cell in every for block in cell)
    return longest <= (LONGEST_CELL if headed else LONG_CELL) and (headed or not items)


def _number(element: _Element | None) -> int:
    text = value_of(element)
    return min(int(text), _MOST_COLUMNS) if re.fullmatch(r"\d{1,6}", text) else 0
