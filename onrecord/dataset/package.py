"""`datapackage.json`: what the files of `data/` are, for programs (Data Package and Table Schema, https://datapackage.org).

Types, descriptions and constraints of columns are those of `columns`. A file in parts is one resource with a list of paths; `bytes` and
`hash` are of single files, so those of parts stand under `parts`, a property of our own, as `missing` is: in how many rows a column is
empty.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from typing import Any

from onrecord import list_formats, routes
from onrecord.columns import CellType, Column, Table
from onrecord.dataset.file_list import BY_NAME, PACKED, DataFileWritten
from onrecord.model import Settings
from onrecord.slugs import slug

_TYPES: dict[CellType, str] = {"text": "string", "whole number": "integer", "number": "number", "day": "date"}
_LEAST = ("whole number",)
GUARD = (
    "Cells whose first sign a spreadsheet would run as a formula (=, +, -, @, also behind blanks, and tabs and line ends) are behind one "
    "apostrophe, which is to be taken off; a cell that begins with an apostrophe before such a sign has one more."
)
LISTS = "Several values in one cell are between “ | ”; a | or \\ in a value is behind a \\."
MISSING = "An empty cell: the source, or the record, does not state it. No value is guessed."
LEFT_OUT = (
    "Drafts and withdrawn releases are in none of the files, and neither are words that were taken out of a text."
)


def package(settings: Settings, written: Sequence[DataFileWritten]) -> bytes:
    """The description of these files, which are in the order of the list, as indented JSON with a newline at its end."""
    whole: dict[str, Any] = {
        "name": slug(settings.title).encode("ascii", "ignore").decode().strip("-") or "archive",
        "title": settings.title,
        "description": " ".join(filter(None, (settings.scope, LEFT_OUT, MISSING, GUARD, LISTS))),
    }
    if settings.base_url:
        whole["homepage"] = routes.absolute(settings.base_url, routes.DATA)
    if settings.publisher:
        whole["contributors"] = [{"title": settings.publisher, "role": "publisher"}]
    if settings.rights:
        whole["rights"] = settings.rights
    whole["resources"] = [
        _resource(name, tuple(of_name)) for name, of_name in itertools.groupby(written, lambda file: file.name)
    ]
    return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()


def _resource(name: str, parts: Sequence[DataFileWritten]) -> dict[str, Any]:
    file = BY_NAME[name]
    paths = [_below(part.path) for part in parts]
    resource: dict[str, Any] = {
        "name": file.stem if file.table else f"{file.stem}-{file.ending}".replace(".", "-"),
        "type": "table" if file.table else "file",
        "path": paths[0] if len(paths) == 1 else paths,
        "description": file.help,
        "format": file.ending,
        "mediatype": file.media,
        "encoding": "utf-8",
    }
    if paths[0].endswith(f".{list_formats.PACKED}"):
        resource |= {"compression": list_formats.PACKED, "mediatype": list_formats.PACKED_MEDIA}
    if parts[0].unpacked:
        # Data Package v1 had this pattern, and its readers know it; those of v2 go by the ending of the path.
        resource["compression"] = PACKED
    if len(parts) == 1:
        resource |= {"bytes": parts[0].bytes, "hash": f"sha256:{parts[0].sha256}"}
    else:
        resource["parts"] = [
            {"path": path, "bytes": part.bytes, "hash": f"sha256:{part.sha256}", "years": part.part}
            for path, part in zip(paths, parts, strict=True)
        ]
    if file.table is None:
        return resource
    return resource | {
        "rows": sum(part.rows for part in parts),
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": _schema(file.table, parts),
    }


def _below(path: str) -> str:
    """A path of the site as seen from `data/`, where the description stands."""
    return path.removeprefix("data/")


def _schema(table: Table, parts: Sequence[DataFileWritten]) -> dict[str, Any]:
    rows = sum(part.rows for part in parts)
    stated = [sum(counts) for counts in zip(*(part.stated for part in parts), strict=True)]
    schema: dict[str, Any] = {
        "fields": [_field(column, rows - of_column) for column, of_column in zip(table.columns, stated, strict=True)],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    if table.references:
        schema["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": of_table, "fields": [other]}}
            for column, of_table, other in table.references
        ]
    return schema


def _field(column: Column, missing: int) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES[column.type],
        "description": column.help.replace("`", ""),
        "missing": missing,
    }
    constraints: dict[str, Any] = {}
    if column.needed:
        constraints["required"] = True
    if column.choices:
        constraints["enum"] = list(column.choices)
    if column.pattern:
        constraints["pattern"] = column.pattern
    if column.type in _LEAST:
        constraints["minimum"] = 0
    if constraints:
        field["constraints"] = constraints
    if column.many:
        field["separator"] = " | "
    return field
