"""A folder packed as a zip file (ISO/IEC 21320-1) → the documents in it, each unpacked for itself and held against limits."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from onrecord.intake.formats import zip_directory
from onrecord.intake.formats.nesting import Nesting, Piece

MOST_FILES = 20_000
MOST_FILE = 64 * 1024 * 1024
_MOST_RATIO = 1000
_ZIPS = (b"PK\x03\x04", b"PK\x05\x06")
# What lies in a folder among documents and is none.
_NO_DOCUMENTS = re.compile(r"(?:^|/)(?:__MACOSX/|\.|~\$|thumbs\.db$|desktop\.ini$)", re.I)
TOO_MANY = f"The folder (zip) has more than {MOST_FILES:,} files. Divide it."
_BROKEN = "The folder (zip) is broken and cannot be read ({error}). Pack it again."


def is_zip(head: bytes) -> bool:
    """True for a file that begins so."""
    return head.startswith(_ZIPS)


def is_too_long(stream: IO[bytes]) -> bool:
    """True for a folder of more files than are listed. The stream stands at its start afterwards."""
    return zip_directory.is_too_long(stream, MOST_FILES)


def names(stream: IO[bytes]) -> frozenset[str]:
    """The paths of what is packed; none where the file is broken. The stream stands at its start afterwards."""
    try:
        with zipfile.ZipFile(stream) as archive:
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        return frozenset()
    finally:
        stream.seek(0)


def is_office(packed: frozenset[str]) -> bool:
    """True for the parts of one document: Word, OpenDocument, EPUB, and their kin."""
    return bool(
        packed & {"[Content_Types].xml", "mimetype", "content.xml", "META-INF/container.xml", "word/document.xml"}
    )


def pieces(name: str, stream: IO[bytes], nesting: Nesting) -> Iterator[Piece]:
    """The files in a folder, sorted by their paths; each is called by the folder's name and its path, ` # ` between them. `nesting` is
    that of what is in it."""
    try:
        archive = zipfile.ZipFile(stream)
        entries = [
            entry for entry in archive.infolist() if not entry.is_dir() and not _NO_DOCUMENTS.search(entry.filename)
        ]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        yield refusal(name, stream, _BROKEN.format(error=error))
        return
    if not entries:
        yield refusal(name, stream, "The folder (zip) holds no document.")
        return
    if len(entries) > MOST_FILES:
        yield refusal(name, stream, TOO_MANY)
        return
    seen: dict[str, int] = {}
    for entry in sorted(entries, key=lambda entry: (entry.filename, entry.header_offset)):
        # Two files may have one path in a zip.
        seen[entry.filename] = number = seen.get(entry.filename, 0) + 1
        called = f"{name} # {entry.filename}" + (f" ({number})" if number > 1 else "")
        data, refused = _unpacked(archive, entry, nesting)
        yield Piece(called, data, refused)


def refusal(name: str, stream: IO[bytes], reason: str) -> Piece:
    """A file that is refused as a whole, by its own bytes."""
    stream.seek(0)
    return Piece(name, stream.read(MOST_FILE), reason)


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, nesting: Nesting) -> tuple[bytes, str]:
    """The bytes of a packed file, or why it is not unpacked; then bytes that tell it from others."""
    mark = f"{entry.filename} {entry.CRC:08x} {entry.file_size}".encode("utf-8", "replace")
    if entry.flag_bits & 1:
        return mark, "It is packed with a password. Unpack it and import it without one."
    if entry.file_size > MOST_FILE:
        return mark, f"Unpacked it has more than {MOST_FILE // 1024**2} MB. Divide it into single releases."
    if entry.file_size > 1024**2 and entry.file_size > _MOST_RATIO * max(entry.compress_size, 1):
        return mark, "It is packed so tightly that it is not a document."
    try:
        with archive.open(entry) as packed:
            data = packed.read(MOST_FILE + 1)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, ValueError, EOFError, zlib.error) as error:
        return mark, f"It is broken in the folder (zip) and cannot be unpacked ({error})."
    if len(data) > MOST_FILE:
        return mark, f"Unpacked it has more than {MOST_FILE // 1024**2} MB. Divide it into single releases."
    if not nesting.budget.take(len(data)):
        return mark, "What the folder (zip) holds is more than is unpacked of one file. Unpack it and import the rest."
    return data, ""
