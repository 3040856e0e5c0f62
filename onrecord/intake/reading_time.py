"""How long one document may be read, by its size: a small one that keeps its reader busy is ended soon, a long honest one is not."""

from __future__ import annotations

_LEAST_SECONDS = 4.0
# The slowest honest documents (3,000 quotations, tables of 6,000 rows, 2 MB of prose) take at most a third of this, each in its format
# (`benchmarks/pathological.py --commands import honest`).
_SECONDS_A_MEGABYTE = 8.0
# The same of bytes that stand for several times as many: what is packed (zip, PDF), and messages, which may carry such files.
_SECONDS_A_PACKED_MEGABYTE = 80.0
_HEAD = 4096


def allowed(data: bytes, most: float) -> float:
    """Seconds of the processor for a document of these bytes, at most `most`."""
    head = data[:_HEAD]
    packed = b"\0" in head or data.startswith((b"PK", b"%PDF")) or b"\nMIME-Version:" in head
    rate = _SECONDS_A_PACKED_MEGABYTE if packed else _SECONDS_A_MEGABYTE
    return min(most, _LEAST_SECONDS + rate * len(data) / 1_000_000)
