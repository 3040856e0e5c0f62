"""Records ↔ bytes, for the way out of the process that reads strangers' documents and for the disk.

The bytes are JSON (RFC 8259) and say nothing but values: whoever reads them checks every type and runs nothing. Pickle, which
`multiprocessing` uses by itself, lets whoever writes the bytes run code in the process that reads them.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from dataclasses import replace

import msgspec

from onrecord.intake.document import Record

_SURROGATE = re.compile("[\ud800-\udfff]")
_SHA256 = re.compile("[0-9a-f]{64}|")


class NoRecord(ValueError):
    """These bytes are no packed record."""


def packed(records: Sequence[Record]) -> bytes:
    """The records as a JSON array on one line, without a line end, UTF-8. Half a surrogate pair, which broken documents hold, is kept:
    msgspec's own encoder would refuse it."""
    return json.dumps(msgspec.to_builtins(records), ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


def sound(record: Record) -> Record:
    """The record with whole characters: halves of a surrogate pair that stand beside each other are one, and one alone, which no UTF-8 has
    (RFC 3629, section 3) and no reader of JSON takes, is U+FFFD. The file's name stays as it is."""
    text = json.dumps(msgspec.to_builtins(record), ensure_ascii=False)
    if _SURROGATE.search(text) is None:
        return record
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return replace(msgspec.convert(json.loads(whole), Record), source=record.source)


def unpacked(data: bytes) -> tuple[Record, ...]:
    """The records of `packed`. Raises NoRecord for a value of another type, and for a digest that is none: file names are made of it."""
    try:
        records = msgspec.convert(json.loads(data.decode("utf-8", "surrogatepass")), tuple[Record, ...])
    except (ValueError, RecursionError) as error:
        raise NoRecord(str(error)) from error
    for record in records:
        if not _SHA256.fullmatch(record.sha256):
            raise NoRecord("the digest is not a SHA-256 hash")
        if not all(math.isfinite(version.containment) for version in record.versions):
            raise NoRecord("not a number")
    return records
