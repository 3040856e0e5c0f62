"""A file's bytes, and what is packed in them."""

from __future__ import annotations

import base64
import io
import re
import zipfile
import zlib
from collections.abc import Iterator

_BASE64 = re.compile(rb"[A-Za-z0-9+/]{16,}={0,2}")
_MOST = 256 << 20
"""Bytes that a packed file may unpack to: more is no file of a site."""

_MOST_TIMES = 16
"""How much larger than the file itself may be what is packed in it, all layers together, where that is more than the above."""
_GZIP = re.compile(rb"\x1f\x8b\x08[\x00-\x1f].{4}[\x00\x02\x04][\x00-\x0d\xff]", re.DOTALL)
"""The head of gzip (RFC 1952 section 2.3.1)."""
_SILENT = 1024
"""Bytes of gzip that may give none: names and tables are shorter."""
_LONGEST_HEAD = 220
_SEALED = (b"\x28\xb5\x2f\xfd", b"BZh", b"\xfd7zXZ\0", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07")
"""The heads of Zstandard (RFC 8878), bzip2, xz, 7-Zip and RAR."""
_SEALED_PAGE = re.compile(rb"\r\nContent-Encoding:[ \t]{0,9}(?:br|zstd)\r\n", re.IGNORECASE)
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
_FIRST_CHUNK = re.compile(rb"\r\n\r\n([0-9A-Fa-f]{1,7})(?:;[^\r\n]{0,200})?\r\n\Z")
_NEXT_CHUNK = re.compile(rb"\r\n([0-9A-Fa-f]{1,7})(?:;[^\r\n]{0,200})?\r\n")
_DEEPEST = 4
_BLOCK = 1 << 16


class TooLarge(Exception):
    """A packed file unpacks to more than is looked through."""


class Room:
    """How many bytes of what is packed in one file may still be looked through, however deep they stand."""

    def __init__(self, left: int) -> None:
        self.left = left

    def take(self, size: int) -> None:
        """Counts bytes. Raises TooLarge where they are more than are left."""
        self.left -= size
        if self.left < 0:
            raise TooLarge


def layers(data: bytes, depth: int = 0, room: Room | None = None) -> Iterator[bytes]:
    """Bytes, and what is packed in them: the members of ZIP files, gzip wherever it begins (the pages of a web capture), zlib, and base64
    of any of these or of text. Raises TooLarge."""
    room = room or Room(max(_MOST, _MOST_TIMES * len(data)))
    yield data
    if depth == _DEEPEST:
        return
    if data.startswith(b"\x1f\x8b"):
        yield from _inner(_inflated(data, 31), depth, room)
    elif data[:1] == b"\x78" and len(data) > 2 and int.from_bytes(data[:2], "big") % 31 == 0:
        yield from _inner(_inflated(data, 15), depth, room)
    elif data.startswith(b"PK\x03\x04"):
        yield from _members(data, depth, room)
    else:
        for unpacked in _gzip_inside(data, room):
            yield from _inner(unpacked, depth, room)
    for run in _BASE64.findall(data):
        whole = run.rstrip(b"=")
        whole = whole[:-1] if len(whole) % 4 == 1 else whole
        yield from _inner(base64.b64decode(whole + b"=" * (-len(whole) % 4)), depth, room)


def is_sealed(data: bytes) -> bool:
    """Whether something is packed in bytes that `layers` cannot unpack: brotli or Zstandard in a web capture, another packer's file, a
    member of a ZIP file that has a password."""
    if data.startswith(_SEALED):
        return True
    if not data.startswith(b"PK\x03\x04"):
        return _SEALED_PAGE.search(data) is not None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(member.flag_bits & 1 or member.compress_type not in _METHODS for member in archive.infolist())
    except (zipfile.BadZipFile, EOFError, ValueError):
        return True


def _inner(packed: bytes | None, depth: int, room: Room) -> Iterator[bytes]:
    if packed is not None:
        room.take(len(packed))
        yield from layers(packed, depth + 1, room)


def _inflated(data: bytes, form: int) -> bytes | None:
    """What zlib unpacks, of a cut file as much as there is, of a file of several members (RFC 1952 section 2.2) that of all; None where it
    is none of the form."""
    unpacked: list[bytes] = []
    view, at, left = memoryview(data), 0, _MOST
    unpacker = zlib.decompressobj(form)
    while at < len(view):
        block = view[at : at + _BLOCK]
        try:
            unpacked.append(unpacker.decompress(block, left + 1))
        except zlib.error:
            break
        left -= len(unpacked[-1])
        if left < 0 or unpacker.unconsumed_tail:
            raise TooLarge
        at += len(block) - len(unpacker.unused_data)
        if unpacker.eof:
            unpacker = zlib.decompressobj(form)
    return b"".join(unpacked) or None


def _gzip_inside(data: bytes, room: Room) -> Iterator[bytes]:
    """What begins with gzip's head somewhere in bytes, unpacked as far as it goes. Raises TooLarge."""
    at = 0
    while head := _GZIP.search(data, at):
        at = head.start()
        unpacker = zlib.decompressobj(31)
        unpacked: list[bytes] = []
        end, looked_at, gave = at, 0, 0
        for start, block in _chunks(data, at):
            try:
                unpacked.append(unpacker.decompress(block, room.left - gave + 1))
            except zlib.error:
                break
            gave += len(unpacked[-1])
            if gave > room.left:
                raise TooLarge
            end, looked_at = start + len(block) - len(unpacker.unused_data), looked_at + len(block)
            if unpacker.eof or (looked_at >= _SILENT and not gave):
                break
        # What only began like gzip may be followed by what is gzip.
        at = end if unpacker.eof else head.end()
        if gave:
            yield b"".join(unpacked)


def _chunks(data: bytes, at: int) -> Iterator[tuple[int, memoryview]]:
    """Bytes from a place on in blocks, each with its own place; those of an HTTP body that was sent in chunks (RFC 9112 section 7.1)
    without what stands between them."""
    view = memoryview(data)
    head = _FIRST_CHUNK.search(data, max(0, at - _LONGEST_HEAD), at)
    size = int(head[1], 16) if head else 0
    while head and size:
        yield at, view[at : at + size]
        head = _NEXT_CHUNK.match(data, at + size)
        if head:
            at, size = head.end(), int(head[1], 16)
    if not head and not size:
        yield at, view[at : at + _SILENT]
        for start in range(at + _SILENT, len(view), _BLOCK):
            yield start, view[start : start + _BLOCK]


def _members(data: bytes, depth: int, room: Room) -> Iterator[bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if sum(member.file_size for member in members) > 16 * _MOST:
                raise TooLarge
            yield archive.comment
            for member in members:
                yield member.filename.encode("utf-8", "replace")
                if member.file_size > _MOST:
                    raise TooLarge
                yield from layers(archive.read(member), depth + 1, room)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError):
        return
