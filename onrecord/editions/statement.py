"""The statement of an edition: its values and the one way in which they are written, so that an edited byte is seen."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from onrecord.model import EditionFile, EditionNumbers, EditionStatement
from onrecord.schema import quoted

NAME = re.compile(r"[0-9a-z]{1,20}(-[0-9a-z]{1,20}){0,4}")
"""What an edition may be called: it stands in addresses and in file names of every system."""

_HEAD = "# What this edition of the archive holds. The SHA-256 of this file is the edition's hash: do not edit it.\n"
_SHA256 = re.compile("[0-9a-f]{64}")
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TEXTS = (
    "name", "date", "archive", "publisher", "address", "manifest_sha256", "records_sha256", "changes_sha256", "previous",
    "previous_sha256",
)  # fmt: skip
_NUMBERS = EditionNumbers.__struct_fields__


def written(statement: EditionStatement) -> bytes:
    """The bytes of a statement (TOML 1.0, UTF-8). Texts that are empty are left out."""
    return "".join(_lines(statement)).encode()


def _lines(statement: EditionStatement) -> Iterator[str]:
    yield _HEAD
    yield f"number = {statement.number}\n"
    for key in _TEXTS:
        if value := getattr(statement, key):
            yield f"{key} = {quoted(value)}\n"
    yield "\n[numbers]\n"
    for key in _NUMBERS:
        yield f"{key} = {getattr(statement.numbers, key)}\n"
    for file in statement.files:
        yield f"\n[[file]]\nname = {quoted(file.name)}\nholds = {quoted(file.holds)}\n"
        yield f"bytes = {file.bytes}\nsha256 = {quoted(file.sha256)}\n"


def parsed(data: bytes) -> EditionStatement | None:
    """The statement of these bytes; None where `written` would not write the same ones."""
    try:
        values = tomllib.loads(data.decode("utf-8"))
        statement = EditionStatement(
            number=values["number"],
            numbers=EditionNumbers(**values["numbers"]),
            files=tuple(EditionFile(**file) for file in values.get("file", ())),
            **{key: values.get(key, "") for key in _TEXTS},
        )
        is_ours = _is_sound(statement) and written(statement) == data
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return statement if is_ours else None


def _is_sound(statement: EditionStatement) -> bool:
    """Whether every value is of its type and form: what is shown and compared later needs no second look."""
    hashes: tuple[Any, ...] = (
        statement.manifest_sha256,
        statement.records_sha256,
        statement.changes_sha256,
        *(file.sha256 for file in statement.files),
        *((statement.previous_sha256,) if statement.previous else ()),
    )
    numbers: tuple[Any, ...] = (
        statement.number,
        *(getattr(statement.numbers, key) for key in _NUMBERS),
        *(file.bytes for file in statement.files),
    )
    names = (statement.name, *((statement.previous,) if statement.previous else ()))
    return (
        all(isinstance(value, str) and _SHA256.fullmatch(value) for value in hashes)
        and all(type(value) is int and value >= 0 for value in numbers)
        and all(isinstance(value, str) and NAME.fullmatch(value) for value in names)
        and bool(_DAY.fullmatch(statement.date))
        and all(isinstance(getattr(statement, key), str) for key in _TEXTS)
    )
