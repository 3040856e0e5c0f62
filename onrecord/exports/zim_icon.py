"""The picture by which a ZIM reader shows the archive: a PNG of 48 × 48 pixels, drawn as `templates/assets/icon.svg` is."""

from __future__ import annotations

import struct
import zlib

SIDE = 48
_GROUND, _INK = b"\x9b\x2d\x1f", b"\xff\xff\xff"
_LINES = ((12, 17, 36), (21, 26, 36), (30, 35, 27))
"""First row, the row behind the last, and where it ends; each begins at the twelfth pixel."""


def png() -> bytes:
    """The bytes of the picture (PNG, RFC 2083: 8 bits a channel, no alpha)."""
    rows = b"".join(b"\0" + _row(number) for number in range(SIDE))
    head = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows, 9)) + _chunk(b"IEND", b"")


def _row(number: int) -> bytes:
    end = next((end for first, last, end in _LINES if first <= number < last), 12)
    return _GROUND * 12 + _INK * (end - 12) + _GROUND * (SIDE - end)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
