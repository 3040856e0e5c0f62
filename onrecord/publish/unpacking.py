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

_DEEPEST = 4
_BLOCK = 1 << 16


class TooLarge(Exception):
    """A packed file unpacks to more than is looked through."""


def layers(data: bytes, depth: int = 0) -> Iterator[bytes]:
    """Bytes, and what is packed in them: the members of ZIP files, gzip, zlib, and base64 of any of these or of text. Raises TooLarge."""
    yield data
    if depth == _DEEPEST:
        return
    if data.startswith(b"\x1f\x8b"):
        yield from _inner(_inflated(data, 31), depth)
    elif data[:1] == b"\x78" and len(data) > 2 and int.from_bytes(data[:2], "big") % 31 == 0:
        yield from _inner(_inflated(data, 15), depth)
    elif data.startswith(b"PK\x03\x04"):
        yield from _members(data, depth)
    for run in _BASE64.findall(data):
        whole = run.rstrip(b"=")
        whole = whole[:-1] if len(whole) % 4 == 1 else whole
        yield from _inner(base64.b64decode(whole + b"=" * (-len(whole) % 4)), depth)


def _inner(packed: bytes | None, depth: int) -> Iterator[bytes]:
    if packed is not None:
        yield from layers(packed, depth + 1)


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


def _members(data: bytes, depth: int) -> Iterator[bytes]:
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
                yield from layers(archive.read(member), depth + 1)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError):
        return
