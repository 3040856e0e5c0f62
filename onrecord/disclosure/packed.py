"""Zip files: their entries under limits, what the container itself carries, and the same entries in a container that carries nothing.

APPNOTE.TXT 6.3.10 (PKWARE); the extra fields are those of Info-ZIP's extrafld.txt.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable

from onrecord.disclosure import paths
from onrecord.disclosure.trace import Broken, Findings, Locked

MOST_UNPACKED = 192 * 1024 * 1024
_MOST_ENTRIES = 10_000
_EXTRA = {0x5455: "day", 0x5855: "session", 0x7875: "session", 0x000A: "day", 0x7855: "session", 0x000D: "session"}
_EXTRA_WORDS = {"day": "times", "session": "numbers of a user of the computer"}
_OF_THE_SYSTEM = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    struct.error,
)


def entries(data: bytes) -> dict[str, bytes]:
    """What each entry of a zip file holds, by name, in its order; folders are left out. Raises Locked, and Broken where it is broken, has
    a name twice, or would be larger than 192 MB unpacked, whatever it states of its size."""
    found: dict[str, bytes] = {}
    unpacked = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            listed = archive.infolist()
            if len(listed) > _MOST_ENTRIES:
                raise Broken(f"it has more than {_MOST_ENTRIES:,} entries")
            for entry in listed:
                if entry.is_dir():
                    continue
                if entry.flag_bits & 1:
                    raise Locked
                if entry.filename in found:
                    raise Broken("it has two entries of one name")
                with archive.open(entry) as stream:
                    content = stream.read(MOST_UNPACKED - unpacked + 1)
                unpacked += len(content)
                if unpacked > MOST_UNPACKED:
                    raise Broken(f"unpacked it would have more than {MOST_UNPACKED // 1024**2} MB")
                found[entry.filename] = content
    except FAULTS as error:
        raise Broken(f"its container is broken ({error})") from error
    return found


def find(data: bytes, findings: Findings) -> None:
    """Notes what the container itself carries. Raises Broken."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if archive.comment.strip():
                findings.add("caption", "the zip file's comment", archive.comment)
            listed = archive.infolist()[: _MOST_ENTRIES + 1]
            for entry in listed:
                if entry.comment.strip():
                    findings.add("caption", "comments of zip entries", entry.comment)
                for kind in _extra_kinds(entry.extra):
                    findings.add(kind, "fields of zip entries", _EXTRA_WORDS[kind])
                if path := paths.found(
                    f"/{entry.filename.lstrip('/')}" if entry.filename[:1] != "/" else entry.filename
                ):
                    findings.add("path", "names of zip entries", path)
                if is_of_the_system(entry.filename):
                    findings.add("data", "zip entries of the system", entry.filename)
            first = min((entry.header_offset for entry in listed), default=0)
            if first and data[:first].strip(b"\0"):
                findings.add("appended", "before the zip file", f"{first:,} bytes")
    except FAULTS as error:
        raise Broken(f"its container is broken ({error})") from error


def is_of_the_system(name: str) -> bool:
    """Whether an entry is one that macOS or Windows adds to every folder."""
    return name.startswith(_OF_THE_SYSTEM) or name.endswith(_OF_THE_SYSTEM[1:])


def _extra_kinds(extra: bytes) -> set[str]:
    kinds = set()
    while len(extra) >= 4:
        number, size = struct.unpack_from("<HH", extra)
        kinds.add(_EXTRA.get(number, ""))
        extra = extra[4 + size :]
    return kinds - {""}


def packed(parts: Iterable[tuple[str, bytes]], stored: Iterable[str] = ()) -> bytes:
    """A zip file of these entries, in this order, each of the first day that a zip file can state; those of `stored` are not packed."""
    plain = frozenset(stored)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_STORED if name in plain else zipfile.ZIP_DEFLATED
            entry.create_system = 3  # of whatever system, it says the same
            archive.writestr(entry, content)
    return out.getvalue()
