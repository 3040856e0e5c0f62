"""The file a ledger is kept in: columns one behind the other, then their table of contents.

    FORMAT                          names this version
    sections                        the columns, as they are in memory
    head                            MessagePack: what is noted once, and how long each section is
    length of the head              8 bytes, little-endian
    digest of the sections          SHA-256
    digest of the head              SHA-256, of the head, its length and the digest before

The end is read first. So what the last build was made from, and sizes and times of its files, are known without reading the rest; and a
column goes from memory to the disk and back without a copy of all of them.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import msgspec
from msgspec import Struct

from onrecord.digests import encoded
from onrecord.ledger.columns import Folder, Section

FORMAT = b"onrecord ledger 5\n"
_SHA256 = 32
_LENGTH = 8
_TAIL = _LENGTH + 2 * _SHA256


class Damaged(Exception):
    """The file is not as it was written."""


class MakerHead(Struct, frozen=True):
    """What is noted once of a maker: its name, the versions of its files and of their list, the questions this list was made from, and
    those of its outputs that are folders; and the lengths of its sections."""

    name: str
    version: bytes
    listing: bytes
    listing_reads: bytes
    folders: dict[int, Folder]
    lengths: tuple[int, ...]


class Head(Struct, frozen=True):
    """What is noted once. `questions` are their names, each with the lengths of its sections."""

    program: bytes = b""
    inputs: bytes = b""
    state: bytes = b""
    summary: tuple[int, ...] = ()
    compact: int = 0
    sitemap: tuple[bytes, list[str]] = (b"", [])
    data: dict[str, bytes] | None = None
    lists: dict[str, bytes] | None = None
    others: dict[str, tuple[bytes, int, int]] | None = None
    makers: tuple[MakerHead, ...] = ()
    questions: tuple[tuple[str, tuple[int, ...]], ...] = ()

    def lengths(self) -> list[tuple[int, ...]]:
        """The lengths of all sections in their order: those of the makers, then those of the questions."""
        return [*(maker.lengths for maker in self.makers), *(lengths for _, lengths in self.questions)]


_decoded_head = msgspec.msgpack.Decoder(Head).decode


class KeptFile:
    """A ledger's file, open for reading. `mark` tells it from every other. Raises OSError; ValueError where it is none of this version,
    and Damaged."""

    def __init__(self, path: Path) -> None:
        self._stream = open(path, "rb")  # noqa: SIM115
        try:
            self._read_head(self._stream)
        except BaseException:
            self._stream.close()
            raise

    def __enter__(self) -> KeptFile:
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()

    def _read_head(self, stream: BinaryIO) -> None:
        if stream.read(len(FORMAT)) != FORMAT:
            raise ValueError("no ledger of this version")
        size = os.fstat(stream.fileno()).st_size
        if size < len(FORMAT) + _TAIL:
            raise Damaged
        stream.seek(size - _TAIL)
        tail = stream.read(_TAIL)
        length = int.from_bytes(tail[:_LENGTH], "little")
        if length > size - len(FORMAT) - _TAIL:
            raise Damaged
        stream.seek(size - _TAIL - length)
        data = stream.read(length)
        self.mark = tail[-_SHA256:]
        self._sections = tail[_LENGTH:-_SHA256]
        if hashlib.sha256(data + tail[:-_SHA256]).digest() != self.mark:
            raise Damaged
        try:
            self.head = _decoded_head(data)
        except msgspec.MsgspecError as error:
            raise Damaged from error
        self._lengths = self.head.lengths()
        if sum(map(sum, self._lengths)) != size - len(FORMAT) - _TAIL - length:
            raise Damaged

    def sections(self) -> Iterator[list[bytes]]:
        """All sections, as they were written together. Raises Damaged at their end where they are not as they were written."""
        self._stream.seek(len(FORMAT))
        digest = hashlib.sha256()
        for lengths in self._lengths:
            group = []
            for length in lengths:
                data = self._stream.read(length)
                digest.update(data)
                group.append(data)
            yield group
        if digest.digest() != self._sections:
            raise Damaged

    def columns(self, places: Sequence[int]) -> Iterator[tuple[MakerHead, list[bytes]]]:
        """Each maker with the sections at some places among its own, without looking whether they are as they were written."""
        position = len(FORMAT)
        for maker in self.head.makers:
            starts = [position + sum(maker.lengths[:place]) for place in places]
            position += sum(maker.lengths)
            columns = []
            for place, start in zip(places, starts, strict=True):
                self._stream.seek(start)
                columns.append(self._stream.read(maker.lengths[place]))
            yield maker, columns


class Writer:
    """Writes a ledger's file: first the sections, then the head."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._digest = hashlib.sha256()
        stream.write(FORMAT)

    def add(self, sections: Iterable[Section]) -> tuple[int, ...]:
        """Writes sections that belong together; their lengths in bytes."""
        lengths = []
        for section in sections:
            data = memoryview(section).cast("B") if len(section) else memoryview(b"")
            self._digest.update(data)
            self._stream.write(data)
            lengths.append(data.nbytes)
        return tuple(lengths)

    def end(self, head: Head) -> None:
        """Writes the head, and ends the file."""
        data = encoded(head)
        data += len(data).to_bytes(_LENGTH, "little") + self._digest.digest()
        self._stream.write(data + hashlib.sha256(data).digest())
