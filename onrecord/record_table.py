"""Records as rows: which columns there are, what stands in a cell, and the hash that tells whether a record was changed since.

A column has the name of a key of the front matter (`source.url`: below its key). Blanks around a value are none of it, as everywhere;
several values stand in one cell (`tabular.joined`). What has keys of its own (quotations, figures, files, corrections, open questions) and
the text are in no column.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence

from onrecord import schema, tabular
from onrecord.model import Items, Node, Problem, Scalar, Table, position

FILE = "file"
"""The column that says which record a row is: its path below the content folder."""
HASH = "hash"
"""The column by which a change of the record since the table was made is known."""

_FIELDS = {
    name: field
    for outer in schema.FIELDS
    for name, field in (
        [(outer.key, outer)]
        if not outer.fields
        else [(f"{outer.key}.{inner.key}", inner) for inner in outer.fields]
        if outer.type == "origin"
        else []
    )
}
COLUMNS: tuple[str, ...] = tuple(_FIELDS)
"""The columns that a table can have beside FILE and HASH, in the order of the schema."""
_HASH = re.compile("([0-9a-f]{16})-([0-9a-f]{16})")


class NotInATable(ValueError):
    """A record has something that no cell can hold; `problem` says where, without the file's path."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def is_list(column: str) -> bool:
    """Whether a cell of the column holds several values."""
    return _FIELDS[column].many


def is_date(column: str) -> bool:
    """Whether a cell of the column holds a date."""
    return _FIELDS[column].type in ("date", "day")


def values(fields: Table, columns: Iterable[str]) -> dict[str, str]:
    """What stands in the cells of a record's front matter, by column. Raises NotInATable."""
    return {column: _value(fields, column) for column in columns}


def given(column: str, cell: str) -> str:
    """What a cell stands for, in the one form in which `values` has it: a spreadsheet may have changed line ends and blanks around it."""
    text = tabular.value(cell).replace("\r\n", "\n").replace("\r", "\n")
    return tabular.joined(divided(column, text)) if is_list(column) else text.strip()


def divided(column: str, value: str) -> list[str]:
    """The values that a value of `values` or `given` stands for: several of a list, one of another, none where it is empty."""
    if is_list(column):
        return list(filter(None, map(str.strip, tabular.divided(value))))
    return [value] if value else []


def _value(fields: Table, column: str) -> str:
    outer, _, inner = column.partition(".")
    node = fields.get(outer)
    if inner:
        if node is not None and not isinstance(node, Table) and not _is_empty(node):
            raise _unfit(column, node)
        node = node.get(inner) if isinstance(node, Table) else None
    if node is None or _is_empty(node):
        return ""
    if not is_list(column):
        if not isinstance(node, Scalar):
            raise _unfit(column, node)
        return node.text.strip()
    items = node.nodes if isinstance(node, Items) else (node,)
    if not isinstance(node, Items) or any(not isinstance(item, Scalar) or not item.text.strip() for item in items):
        raise _unfit(column, node)
    return tabular.joined(item.text.strip() for item in items if isinstance(item, Scalar))


def _is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and not node.text.strip()


def _unfit(column: str, node: Node) -> NotInATable:
    what = "a list of texts" if is_list(column) else "one text"
    message = f"“{column}” takes {what}, and something else is here, which no cell can hold. See: python build.py check"
    return NotInATable(Problem(*position(node), "wrong-type", message))


# ---- the hash ---------------------------------------------------------------------------------------------------------------------


def hash_of(data: bytes, cells: Mapping[str, str]) -> str:
    """What stands under HASH: the beginnings of two SHA-256, of the record's file and of what its cells hold, whatever their order."""
    return f"{file_hash(data)}-{cells_hash(cells)}"


def file_hash(data: bytes) -> str:
    """The part of `hash_of` that changes with a record's file."""
    return hashlib.sha256(data).hexdigest()[:16]


def cells_hash(cells: Mapping[str, str]) -> str:
    """The part of `hash_of` that changes with a row."""
    return hashlib.sha256(json.dumps(sorted(cells.items())).encode()).hexdigest()[:16]


def hashes(cell: str) -> tuple[str, str] | None:
    """The two parts of what stands under HASH; None where that is no hash."""
    match = _HASH.fullmatch(cell.strip().lower())
    return (match[1], match[2]) if match else None


def header(columns: Sequence[str]) -> list[str]:
    """The first row of a table. HASH stands last: programs that leave off empty cells at the end of a row then leave off none."""
    return [FILE, *columns, HASH]
