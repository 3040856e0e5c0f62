"""What a shard gives to the files that all shards share: one file for each shard in the cache folder, worthless once lost.

Rows sorted by code point, in blocks that are read one behind the other, so that many shards can be joined word by word without any of
them being in memory. The file is a line that names this version, a digest of the rest, and blocks: a letter for what is in it, its
length in four bytes, MessagePack.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path

import msgspec

FORMAT = b"onrecord search pieces 1\n"
_DIGEST = 16
_ROWS = 256
_BLOCK = 1 << 20

WordRow = tuple[str, str, bytes]
"""A key, a form that is looked up by it, and the releases of the shard that have the form, as JSON (join.py)."""

FormRow = tuple[str, int, list[tuple[str, int]]]
"""A form, how many releases of the shard have it, and how it is written there how often, the most frequent first."""


class Description(msgspec.Struct, frozen=True):
    """What is known of each release of a shard, in columns, in the order of their numbers, and of the shard as a whole.

    `dates` are ISO 8601 as far as they are stated, `doubtful` how far those are certain that are not so as a whole, by number; `texts`
    the names of their files; the positions are those of `word_record.Record`.
    `titles` and `references` are as written, `paths` those of their pages. `facets` are (facet, value, label, numbers of the releases that
    have it). `scripts` are those of words.scripts.
    """

    paths: list[str]
    dates: list[str]
    doubtful: list[tuple[int, str]]
    titles: list[str]
    references: list[str]
    texts: list[str]
    title_ends: list[int]
    facts_starts: list[int]
    body_starts: list[int]
    lengths: list[int]
    facets: list[tuple[str, str, str, list[int]]]
    scripts: list[str]


def file_name(shard: str, digest: str) -> str:
    """The name of a shard's file."""
    return f"{shard}.{digest}"


def write(
    folder: Path, shard: str, description: Description, words: Iterable[WordRow], forms: Iterable[FormRow]
) -> str:
    """Writes a shard's file, whole or not at all, and returns the digest in its name. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f".{shard}.{os.getpid()}"
    hashed = hashlib.blake2b(digest_size=_DIGEST)
    encode = msgspec.msgpack.Encoder().encode
    parts: Iterator[tuple[bytes, bytes]] = chain(
        [(b"D", encode(description))],
        ((b"W", encode(rows)) for rows in _blocks(words)),
        ((b"F", encode(rows)) for rows in _blocks(forms)),
    )
    try:
        with open(unfinished, "wb") as stream:
            stream.write(FORMAT + bytes(_DIGEST))
            for kind, data in parts:
                head = kind + len(data).to_bytes(4, "big")
                hashed.update(head)
                hashed.update(data)
                stream.write(head)
                stream.write(data)
            stream.seek(len(FORMAT))
            stream.write(hashed.digest())
        digest = hashed.hexdigest()
        os.replace(unfinished, folder / file_name(shard, digest))
    finally:
        unfinished.unlink(missing_ok=True)
    return digest


def _blocks(rows: Iterable[tuple[object, ...]]) -> Iterator[list[tuple[object, ...]]]:
    remaining = iter(rows)
    while block := list(islice(remaining, _ROWS)):
        yield block


class Pieces:
    """A shard's file, to be read."""

    def __init__(self, folder: Path, shard: str, digest: str) -> None:
        self.path = folder / file_name(shard, digest)
        self._digest = bytes.fromhex(digest)

    def is_whole(self) -> bool:
        """Whether the file is there, of this version and as it was written."""
        hashed = hashlib.blake2b(digest_size=_DIGEST)
        try:
            with open(self.path, "rb") as stream:
                if stream.read(len(FORMAT) + _DIGEST) != FORMAT + self._digest:
                    return False
                while block := stream.read(_BLOCK):
                    hashed.update(block)
        except OSError:
            return False
        return hashed.digest() == self._digest

    def description(self) -> Description:
        """What it says of the releases. Raises OSError, msgspec.MsgspecError."""
        return msgspec.msgpack.decode(next(self._data(b"D")), type=Description)

    def words(self) -> Iterator[WordRow]:
        """Its rows of words, sorted by key and form. Raises OSError, msgspec.MsgspecError."""
        decode = msgspec.msgpack.Decoder(list[WordRow]).decode
        return chain.from_iterable(map(decode, self._data(b"W")))

    def forms(self) -> Iterator[FormRow]:
        """Its rows of forms, sorted. Raises OSError, msgspec.MsgspecError."""
        decode = msgspec.msgpack.Decoder(list[FormRow]).decode
        return chain.from_iterable(map(decode, self._data(b"F")))

    def _data(self, kind: bytes) -> Iterator[bytes]:
        with open(self.path, "rb") as stream:
            stream.seek(len(FORMAT) + _DIGEST)
            while head := stream.read(5):
                size = int.from_bytes(head[1:], "big")
                if head[:1] == kind:
                    yield stream.read(size)
                else:
                    stream.seek(size, os.SEEK_CUR)
