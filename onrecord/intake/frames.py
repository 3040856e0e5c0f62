"""Byte strings over a pipe, each behind its length (eight bytes, the highest first)."""

from __future__ import annotations

import struct
from typing import BinaryIO

_LENGTH = struct.Struct(">Q")


def write_frame(stream: BinaryIO, data: bytes) -> None:
    """Writes one byte string. Raises OSError where nobody reads any more."""
    _write(stream, _LENGTH.pack(len(data)))
    _write(stream, data)


def read_frame(stream: BinaryIO, most: int) -> bytes:
    """The next byte string, of at most `most` bytes. Raises EOFError where the stream ends before it does, and for a longer one."""
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    if length > most:
        raise EOFError(f"{length} bytes where at most {most} are read")
    return _exactly(stream, length)


def _write(stream: BinaryIO, data: bytes) -> None:
    """Writes all of it: a raw stream may take a part at a time."""
    view = memoryview(data)
    while view:
        view = view[stream.write(view) :]
    stream.flush()


def _exactly(stream: BinaryIO, length: int) -> bytes:
    parts = []
    while length:
        part = stream.read(min(length, 1 << 20))
        if not part:
            raise EOFError("the stream has ended")
        parts.append(part)
        length -= len(part)
    return b"".join(parts)
