"""Record ↔ bytes, for the way out of the process that reads strangers' documents and for the disk.

The bytes are JSON (RFC 8259) and say nothing but values: whoever reads them checks every type and runs nothing. Pickle, which
`multiprocessing` uses by itself, lets whoever writes the bytes run code in the process that reads them.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from dataclasses import astuple, fields
from typing import Any, TypeVar

from onrecord.intake.document import Ask, Quote, Record, Version

_T = TypeVar("_T")
_SHA256 = re.compile("[0-9a-f]{64}|")


class NoRecord(ValueError):
    """These bytes are no packed record."""


def packed(record: Record) -> bytes:
    """The record as JSON on one line, without a line end: the values of its fields in their order, UTF-8. Half a surrogate pair, which
    broken documents hold, is kept."""
    return json.dumps(astuple(record), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def unpacked(data: bytes) -> Record:
    """The record of `packed`. Raises NoRecord where a value is missing or of another type, and for a digest that is none: file names are
    made of it."""
    try:
        record = _RECORD(json.loads(data.decode("utf-8", "surrogatepass")))
    except (ValueError, RecursionError) as error:
        raise NoRecord(str(error)) from error
    if not _SHA256.fullmatch(record.sha256):
        raise NoRecord("the digest is no SHA-256")
    return record


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise NoRecord("not a text")
    return value


def _count(value: object) -> int | None:
    if value is not None and type(value) is not int:
        raise NoRecord("not a whole number")
    return value


def _share(value: object) -> float:
    if not isinstance(value, float) or not math.isfinite(value):
        raise NoRecord("not a number")
    return value


def _many(item: Callable[[object], _T]) -> Callable[[object], tuple[_T, ...]]:
    def values(value: object) -> tuple[_T, ...]:
        if not isinstance(value, list):
            raise NoRecord("not a list")
        return tuple(map(item, value))

    return values


def _fields_of(kind: type[_T]) -> Callable[[object], _T]:
    """A reader of the list of `kind`'s values. A field whose type has no reader is a KeyError when this module is imported."""
    readers = [_READERS[str(field.type)] for field in fields(kind)]  # type: ignore[arg-type]

    def instance(value: object) -> _T:
        if not isinstance(value, list) or len(value) != len(readers):
            raise NoRecord(f"not the {len(readers)} values of a {kind.__name__}")
        return kind(*(reader(item) for reader, item in zip(readers, value, strict=True)))

    return instance


# By the type as it is written in document.py.
_READERS: dict[str, Callable[[object], Any]] = {
    "str": _text,
    "int | None": _count,
    "float": _share,
    "tuple[str, ...]": _many(_text),
}
_READERS |= {f"tuple[{kind.__name__}, ...]": _many(_fields_of(kind)) for kind in (Quote, Version, Ask)}
_RECORD = _fields_of(Record)
