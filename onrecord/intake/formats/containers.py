"""A mailbox, a packed folder, a capture of a site → the single files in it, one after another.

Nothing of what a file says is understood here: lines are parted, bytes are unpacked. So this runs before the processes that read
documents, and each file that comes of it is read, limited, kept and refused by itself, while memory holds one at a time.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from typing import IO

from onrecord.intake.formats import mbox, tar_folder, web_archive, zip_folder
from onrecord.intake.formats.nesting import Nesting, Piece

HEAD = 65536
"""As many bytes of a file tell what it is."""

_GZIP = b"\x1f\x8b"
_PACKED = "The file is compressed. Unpack it and import what is in it."
_TOO_DEEP = "Folders are packed in folders, more than two deep. Unpack them and import what is in them."
_TOO_LARGE = "What is packed in one file is more than is unpacked of it. Unpack it and import the rest."


def is_container(head: bytes) -> bool:
    """True for a file that begins so and may hold any number of documents, so that it may be larger than a document."""
    readers = (web_archive.is_warc, mbox.is_mbox, zip_folder.is_zip, tar_folder.is_tar)
    return head.startswith(_GZIP) or any(holds(head) for holds in readers)


def pieces(name: str, stream: IO[bytes], nesting: Nesting | None = None) -> Iterator[Piece]:
    """The files that a file holds, in order, at least one: itself where it is none that holds others. Their names begin with its own.

    The stream can be read again from its start. Nothing is raised for a bad file: its piece says why it is refused.
    """
    nesting = nesting or Nesting()
    head = stream.read(HEAD)
    stream.seek(0)
    if head.startswith(b"WARC/") and web_archive.is_alone(stream):
        yield Piece(name, stream.read())
    elif web_archive.is_warc(head):
        yield from web_archive.pieces(name, stream, nesting)
    elif head.startswith(_GZIP):
        yield from _unzipped(name, stream, nesting)
    elif mbox.is_mbox(head):
        yield from _mailbox(name, stream, nesting)
    elif zip_folder.is_zip(head):
        yield from _folder(name, stream, nesting)
    elif tar_folder.is_tar(head):
        yield from _tar(name, stream, nesting)
    else:
        yield Piece(name, stream.read())


def _folder(name: str, stream: IO[bytes], nesting: Nesting) -> Iterator[Piece]:
    if zip_folder.is_too_long(stream):
        yield zip_folder.refusal(name, stream, zip_folder.TOO_MANY)
        return
    packed = zip_folder.names(stream)
    if web_archive.is_wacz(packed):
        yield from web_archive.wacz_pieces(name, stream, nesting)
    elif not packed or zip_folder.is_office(packed):
        # A document of a word processor, or broken: its reader says why.
        yield Piece(name, stream.read())
    elif (deeper := nesting.in_folder()) is None:
        yield zip_folder.refusal(name, stream, _TOO_DEEP)
    else:
        yield from _divided(zip_folder.pieces(name, stream, deeper), deeper)


def _tar(name: str, stream: IO[bytes], nesting: Nesting) -> Iterator[Piece]:
    deeper = nesting.in_folder()
    if deeper is None:
        yield zip_folder.refusal(name, stream, _TOO_DEEP)
        return
    yield from _divided(tar_folder.pieces(name, stream, deeper), deeper)


def _divided(packed: Iterator[Piece], deeper: Nesting) -> Iterator[Piece]:
    """The files of a folder, each divided in its turn where it holds others; refused ones as they are."""
    for piece in packed:
        if piece.refused:
            yield piece
        else:
            yield from pieces(piece.name, io.BytesIO(piece.data), deeper)


def _unzipped(name: str, stream: IO[bytes], nesting: Nesting) -> Iterator[Piece]:
    """What is in a file that is packed with gzip."""
    deeper = nesting.in_folder()
    if deeper is None:
        yield zip_folder.refusal(name, stream, _TOO_DEEP)
        return
    try:
        with gzip.GzipFile(fileobj=stream) as unpacked:
            head = unpacked.read(HEAD)
            unpacked.seek(0)
            if mbox.is_mbox(head):
                yield from _mailbox(name, unpacked, deeper)
                return
            if tar_folder.is_tar(head):
                # A folder in gzip is one folder, not two.
                yield from _tar(name, unpacked, nesting)  # type: ignore[arg-type]
                return
            data = unpacked.read(zip_folder.MOST_FILE + 1)
    except (OSError, EOFError, zlib.error) as error:
        yield zip_folder.refusal(name, stream, f"The file is compressed and broken ({error}).")
        return
    if len(data) > zip_folder.MOST_FILE or not deeper.budget.take(len(data)):
        yield zip_folder.refusal(name, stream, _PACKED)
        return
    yield from pieces(name, io.BytesIO(data), deeper)


def _mailbox(name: str, stream: mbox.Lines, nesting: Nesting) -> Iterator[Piece]:
    """The messages of a mailbox, by their numbers; a single one is called as the file is."""
    first: bytes | None = None
    number = 0
    for number, message in enumerate(mbox.messages(stream), start=1):
        if number == 1:
            first = message
            continue
        if number == 2:
            yield _message(f"{name} # 1", first, nesting)
        yield _message(f"{name} # {number}", message, nesting)
    if number == 1:
        yield _message(name, first, nesting)
    elif not number:
        yield Piece(name, b"", "The mailbox holds no message.")


def _message(name: str, data: bytes | None, nesting: Nesting) -> Piece:
    if data is None:
        size = mbox.MOST_MESSAGE // 1024**2
        reason = f"The message has more than {size} MB. Save what matters of it as a file and import that."
        return Piece(name, name.encode("utf-8", "replace"), reason)
    if nesting.folders and not nesting.budget.take(len(data)):
        return Piece(name, data, _TOO_LARGE)
    return Piece(name, data)
