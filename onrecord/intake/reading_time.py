"""How long one document may be read, by its size: a small one that keeps its reader busy is ended soon, a long honest one is not."""

from __future__ import annotations

# The slowest honest documents (3,000 quotations, tables of 6,000 rows, 2 MB of prose) take a third of what these give together, each in
# its format: `python benchmarks/pathological.py honest --commands import`.
_LEAST_SECONDS = 3.5
_SECONDS_A_MEGABYTE = 5.0
# A cell, a tag, a line are what is worked on, and a table is hardly anything else.
_SECONDS_A_SIGN = {b"|": 0.0002, b"<": 0.0001, b"\n": 0.0001}
# Of bytes that stand for several times as many: what is packed (zip, PDF), and messages, which may carry such files.
_SECONDS_A_PACKED_MEGABYTE = 100.0
_HEAD = 4096


def allowed(data: bytes, most: float) -> float:
    """Seconds of the processor for a document of these bytes, at most `most`."""
    head = data[:_HEAD]
    megabytes = len(data) / 1_000_000
    if b"\0" in head or data.startswith((b"PK", b"%PDF")) or b"\nMIME-Version:" in head:
        return min(most, _LEAST_SECONDS + _SECONDS_A_PACKED_MEGABYTE * megabytes)
    signs = sum(seconds * data.count(sign) for sign, seconds in _SECONDS_A_SIGN.items())
    return min(most, _LEAST_SECONDS + _SECONDS_A_MEGABYTE * megabytes + signs)
