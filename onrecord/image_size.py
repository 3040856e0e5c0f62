"""How large a picture is as it is seen: width and height from the first bytes of PNG, GIF, JPEG, WebP and TIFF, turned where it says so.

Read here and by no library, because those that read pictures decode them, which is large and dangerous, and this is needed at every
build. Sources: PNG (ISO/IEC 15948) section 11.2.2; GIF89a section 18; JPEG (ITU-T T.81) annex B; Exif 2.32 section 4.6.4; TIFF 6.0 section
2; WebP (RFC 9649) section 2.
"""

from __future__ import annotations

import struct
from typing import BinaryIO

_MOST_SEGMENTS = 2000
_MOST_ENTRIES = 1000
_NO_FRAME = frozenset([0xC4, 0xC8, 0xCC])
_ORIENTATION = 0x0112
_TURNED = frozenset([5, 6, 7, 8])
_NONE = (0, 0)


def of(kind: str, stream: BinaryIO) -> tuple[int, int]:
    """Width and height in pixels of a picture of this type (a key of file_types.TYPES); (0, 0) where they cannot be read."""
    reader = {"png": _png, "gif": _gif, "jpeg": _jpeg, "webp": _webp, "tiff": _tiff}.get(kind)
    try:
        return reader(stream) if reader else _NONE
    except (struct.error, ValueError, EOFError):
        return _NONE


def _bytes(stream: BinaryIO, at: int, count: int) -> bytes:
    stream.seek(at)
    data = stream.read(count)
    if len(data) < count:
        raise EOFError
    return data


def _png(stream: BinaryIO) -> tuple[int, int]:
    width, height = struct.unpack(">II", _bytes(stream, 16, 8))
    return width, height


def _gif(stream: BinaryIO) -> tuple[int, int]:
    width, height = struct.unpack("<HH", _bytes(stream, 6, 4))
    return width, height


def _webp(stream: BinaryIO) -> tuple[int, int]:
    chunk = _bytes(stream, 12, 4)
    if chunk == b"VP8X":
        flat = _bytes(stream, 24, 6)
        return int.from_bytes(flat[:3], "little") + 1, int.from_bytes(flat[3:], "little") + 1
    if chunk == b"VP8L":
        bits = int.from_bytes(_bytes(stream, 21, 4), "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = struct.unpack("<HH", _bytes(stream, 26, 4))
    return width & 0x3FFF, height & 0x3FFF


def _tiff(stream: BinaryIO) -> tuple[int, int]:
    tags = _tags(stream, 0)
    return _as_seen(tags.get(0x0100, 0), tags.get(0x0101, 0), tags.get(_ORIENTATION, 1))


def _jpeg(stream: BinaryIO) -> tuple[int, int]:
    at, orientation = 2, 1
    for _ in range(_MOST_SEGMENTS):
        mark, code = _bytes(stream, at, 2)
        if mark != 0xFF:
            return _NONE
        if code == 0xFF:
            at += 1
            continue
        if code in (0x01, *range(0xD0, 0xD9)):
            at += 2
            continue
        length = int.from_bytes(_bytes(stream, at + 2, 2), "big")
        if 0xC0 <= code <= 0xCF and code not in _NO_FRAME:
            height, width = struct.unpack(">HH", _bytes(stream, at + 5, 4))
            return _as_seen(width, height, orientation)
        if code == 0xE1 and length >= 16 and _bytes(stream, at + 4, 6) == b"Exif\0\0":
            try:
                orientation = _tags(stream, at + 10).get(_ORIENTATION, 1)
            except (struct.error, EOFError):
                orientation = 1
        at += 2 + length
    return _NONE


def _tags(stream: BinaryIO, start: int) -> dict[int, int]:
    """The short and long values of the first directory of a TIFF that begins at an offset (TIFF 6.0 section 2)."""
    head = _bytes(stream, start, 8)
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(head[:4])
    if order is None:
        raise ValueError
    directory = start + struct.unpack(f"{order}I", head[4:])[0]
    (count,) = struct.unpack(f"{order}H", _bytes(stream, directory, 2))
    tags = {}
    for number in range(min(count, _MOST_ENTRIES)):
        entry = _bytes(stream, directory + 2 + 12 * number, 12)
        tag, kind = struct.unpack(f"{order}HH", entry[:4])
        if kind in (3, 4):
            tags[tag] = struct.unpack(f"{order}{'H' if kind == 3 else 'I'}", entry[8 : 10 if kind == 3 else 12])[0]
    return tags


def _as_seen(width: int, height: int, orientation: int) -> tuple[int, int]:
    return (height, width) if orientation in _TURNED else (width, height)
