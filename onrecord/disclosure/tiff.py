"""TIFF pictures (TIFF 6.0): what their tags carry, and the same picture without it.

Strips, tiles and tables stay where they are: the tags that give something away are taken out of their directory, and the bytes of their
values are overwritten with zeros.
"""

from __future__ import annotations

import struct

from onrecord.disclosure import tiff_tags
from onrecord.disclosure.trace import Broken, Findings

_SUB_DIRECTORIES = (0x8769, 0x8825, 0xA005)
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 129: 1}


def find(data: bytes, findings: Findings) -> None:
    """Notes what a TIFF file carries. Raises Broken."""
    tiff_tags.find(data, "TIFF", findings, whole=True)


def cleaned(data: bytes) -> bytes:
    """The same pictures without what they need not carry. Raises Broken."""
    out = bytearray(data)
    order = "<" if data[:2] == b"II" else ">"
    for _ in tiff_tags.entries(data):
        pass  # all of it can be followed
    _clean_directory(out, order, struct.unpack_from(f"{order}I", data, 4)[0], set(), sub=False)
    return bytes(out)


def _clean_directory(out: bytearray, order: str, offset: int, seen: set[int], *, sub: bool) -> None:
    while offset and offset not in seen:
        seen.add(offset)
        count = struct.unpack_from(f"{order}H", out, offset)[0]
        end = offset + 2 + 12 * count
        following = struct.unpack_from(f"{order}I", out, end)[0] if end + 4 <= len(out) and not sub else 0
        kept = []
        for at in range(offset + 2, end, 12):
            tag, kind, number, value = struct.unpack_from(f"{order}HHII", out, at)
            if tag == 0x014A and kind in (4, 13):  # smaller pictures of the same, as DNG has them
                targets = (
                    [value]
                    if number == 1
                    else [
                        struct.unpack_from(f"{order}I", out, value + 4 * index)[0] for index in range(min(number, 50))
                    ]
                )
                for target in targets:
                    if target + 2 <= len(out):
                        _clean_directory(out, order, target, seen, sub=True)
            if tag in _SUB_DIRECTORIES:
                if kind in (4, 13) and value + 2 <= len(out):
                    _blank_directory(out, order, value, seen)
            elif (tag in tiff_tags.TAGS and tag != 0x8773) or not tiff_tags.is_needed(tag):
                _blank_value(out, order, at)
            else:
                kept.append(bytes(out[at : at + 12]))
        if not kept:
            raise Broken("a directory holds no picture")
        room = end + 4 - offset if end + 4 <= len(out) else end - offset
        directory = struct.pack(f"{order}H", len(kept)) + b"".join(kept) + struct.pack(f"{order}I", following)
        out[offset : offset + room] = directory.ljust(room, b"\0")[:room]
        offset = following


def _blank_directory(out: bytearray, order: str, offset: int, seen: set[int]) -> None:
    if offset in seen or offset + 2 > len(out):
        return
    seen.add(offset)
    count = struct.unpack_from(f"{order}H", out, offset)[0]
    end = min(offset + 2 + 12 * count, len(out))
    for at in range(offset + 2, end - 11, 12):
        tag, kind, _, value = struct.unpack_from(f"{order}HHII", out, at)
        if tag in _SUB_DIRECTORIES and kind in (4, 13):
            _blank_directory(out, order, value, seen)
        _blank_value(out, order, at)
    out[offset : min(end + 4, len(out))] = bytes(min(end + 4, len(out)) - offset)


def _blank_value(out: bytearray, order: str, at: int) -> None:
    """Overwrites the value of a tag where it stands apart from its directory."""
    _, kind, number, value = struct.unpack_from(f"{order}HHII", out, at)
    size = _SIZES.get(kind, 1) * number
    if 4 < size < len(out) and value + size <= len(out):
        out[value : value + size] = bytes(size)
