"""HEIF and AVIF pictures (ISO/IEC 23008-12 on the boxes of ISO/IEC 14496-12): what their items carry, and the same picture without it.

An item of metadata is overwritten where it lies, so that every other place in the file stays the one that its tables name.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from onrecord.disclosure import tiff_tags, xmp
from onrecord.disclosure.trace import Broken, Findings

_MOST_BOXES = 10_000
_MOST_ITEMS = 10_000
_MOST_EXTENTS = 100_000


class Box(NamedTuple):
    """A box: its type, and where what it holds begins and ends."""

    type: bytes
    start: int
    end: int


class Item(NamedTuple):
    """An item of metadata: "Exif" or "XMP", and where its pieces lie."""

    kind: str
    pieces: tuple[tuple[int, int], ...]


def boxes(data: bytes, start: int, end: int) -> Iterator[Box]:
    """The boxes between two places. Raises Broken."""
    for _ in range(_MOST_BOXES):
        if start + 8 > end:
            return
        size, kind = struct.unpack_from(">I4s", data, start)
        head = 8
        if size == 1 and start + 16 <= end:
            size, head = struct.unpack_from(">Q", data, start + 8)[0], 16
        elif size == 0:
            size = end - start
        if size < head or start + size > end:
            raise Broken("a box is longer than what it is in")
        yield Box(kind, start + head, start + size)
        start += size
    raise Broken(f"it has more than {_MOST_BOXES:,} boxes")


def items(data: bytes) -> tuple[list[Item], int]:
    """The items of metadata, and how many small pictures there are. Raises Broken."""
    try:
        return _items(data)
    except struct.error as error:
        raise Broken("it ends in the middle of a table") from error


def _items(data: bytes) -> tuple[list[Item], int]:
    found: list[Item] = []
    small = 0
    for meta in boxes(data, 0, len(data)):
        if meta.type != b"meta":
            continue
        inner = {box.type: box for box in boxes(data, meta.start + 4, meta.end)}
        kinds = _kinds(data, inner[b"iinf"]) if b"iinf" in inner else {}
        places = _places(data, inner[b"iloc"], inner.get(b"idat")) if b"iloc" in inner else {}
        found += [Item(kind, places.get(number, ())) for number, kind in sorted(kinds.items())]
        if b"iref" in inner:
            small += sum(box.type == b"thmb" for box in boxes(data, inner[b"iref"].start + 4, inner[b"iref"].end))
    return found, small


def _kinds(data: bytes, box: Box) -> dict[int, str]:
    """The items of metadata by number (14496-12, section 8.11.6)."""
    found = {}
    at = box.start + (6 if data[box.start] == 0 else 8)
    for entry in boxes(data, at, box.end):
        version = data[entry.start]
        if entry.type != b"infe" or version < 2:
            continue
        number = struct.unpack_from(">H" if version == 2 else ">I", data, entry.start + 4)[0]
        after = entry.start + (8 if version == 2 else 10)
        kind = data[after : after + 4]
        if kind == b"Exif":
            found[number] = "Exif"
        elif kind == b"mime" and b"rdf+xml" in data[after : entry.end]:
            found[number] = "XMP"
        elif kind in (b"mime", b"uri "):
            found[number] = "data"
    return found


def _places(data: bytes, box: Box, within: Box | None) -> dict[int, tuple[tuple[int, int], ...]]:
    """Where the pieces of each item begin and end (14496-12, section 8.11.3). Raises Broken."""
    version = data[box.start]
    sizes, more = data[box.start + 4], data[box.start + 5]
    offset_size, length_size, base_size = sizes >> 4, sizes & 15, more >> 4
    index_size = more & 15 if version in (1, 2) else 0
    wide = version == 2
    at = box.start + 6
    count = struct.unpack_from(">I" if wide else ">H", data, at)[0]
    at += 4 if wide else 2
    found: dict[int, tuple[tuple[int, int], ...]] = {}
    pieces_seen = 0
    for _ in range(min(count, _MOST_ITEMS)):
        number = struct.unpack_from(">I" if wide else ">H", data, at)[0]
        at += 4 if wide else 2
        method = 0
        if version in (1, 2):
            method = struct.unpack_from(">H", data, at)[0] & 15
            at += 2
        at += 2  # in which file: this one
        base = int.from_bytes(data[at : at + base_size], "big")
        at += base_size
        extents = struct.unpack_from(">H", data, at)[0]
        at += 2
        pieces_seen += extents
        if pieces_seen > _MOST_EXTENTS or at > box.end:
            raise Broken("a table of places is longer than its box")
        pieces = []
        for _ in range(extents):
            at += index_size
            offset = base + int.from_bytes(data[at : at + offset_size], "big")
            at += offset_size
            length = int.from_bytes(data[at : at + length_size], "big")
            at += length_size
            if method == 1 and within is not None:
                offset += within.start
            if method < 2 and offset + length <= len(data):
                pieces.append((offset, offset + length))
        found[number] = tuple(pieces)
    return found


def find(data: bytes, findings: Findings) -> None:
    """Notes what such a picture carries. Raises Broken."""
    metadata, small = items(data)
    for item in metadata:
        content = b"".join(data[start:end] for start, end in item.pieces)
        if not content.strip(b"\0 "):
            if not item.pieces:
                findings.add("data", f"HEIF item {item.kind}", "it is not where the file says")
        elif item.kind == "Exif":
            skip = 4 + struct.unpack_from(">I", content)[0] if len(content) > 4 else 0
            tiff_tags.find(content[skip:], "Exif", findings)
        elif item.kind == "XMP":
            xmp.find(content, "XMP", findings)
        else:
            findings.add("data", "HEIF item", f"{len(content):,} bytes")
    if small:
        findings.add("metadata", "HEIF", f"{small} small pictures of it")


def cleaned(data: bytes) -> bytes:
    """The same picture, with zeros in place of its metadata. How it is turned is a property of the picture itself (23008-12, section
    6.5.10) and stays. Raises Broken."""
    out = bytearray(data)
    for item in items(data)[0]:
        for start, end in item.pieces:
            out[start:end] = bytes(end - start)
    return bytes(out)
