"""Which files may be published: a list of types, each known by its bytes and never by its name.

A browser runs nothing of what stands in the list, whoever opens it: no page, no script, no drawing with scripts (HTML, SVG, JavaScript)
is in it, and what is not in it is refused with a reason. The signatures are those of the formats' own specifications, as
https://mimesniff.spec.whatwg.org/ and https://www.iana.org/assignments/media-types/ name them.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Mapping
from typing import BinaryIO

from msgspec import Struct

HEAD = 4096
"""Bytes of a file's beginning that `known` looks at."""


class FileType(Struct, frozen=True):
    """A type of files that may be published: the endings that a name may have, the first of which its address gets, its media type, and
    what it is called. `is_picture`: browsers show it in a page."""

    endings: tuple[str, ...]
    media: str
    name: str
    is_picture: bool = False


_OPEN = "application/vnd.oasis.opendocument"
_OFFICE = "application/vnd.openxmlformats-officedocument"
TYPES: Mapping[str, FileType] = {
    "pdf": FileType(("pdf",), "application/pdf", "PDF"),
    "png": FileType(("png",), "image/png", "PNG", True),
    "jpeg": FileType(("jpg", "jpeg"), "image/jpeg", "JPEG", True),
    "gif": FileType(("gif",), "image/gif", "GIF", True),
    "webp": FileType(("webp",), "image/webp", "WebP", True),
    "tiff": FileType(("tif", "tiff"), "image/tiff", "TIFF"),
    "docx": FileType(("docx",), f"{_OFFICE}.wordprocessingml.document", "Word"),
    "xlsx": FileType(("xlsx",), f"{_OFFICE}.spreadsheetml.sheet", "Excel"),
    "odt": FileType(("odt",), f"{_OPEN}.text", "OpenDocument"),
    "ods": FileType(("ods",), f"{_OPEN}.spreadsheet", "OpenDocument"),
    "rtf": FileType(("rtf",), "application/rtf", "RTF"),
    "txt": FileType(("txt",), "text/plain", "TXT"),
    "csv": FileType(("csv",), "text/csv", "CSV"),
    "eml": FileType(("eml",), "message/rfc822", "EML"),
    "warc": FileType(("warc",), "application/warc", "WARC"),
    "warc.gz": FileType(("warc.gz",), "application/gzip", "WARC"),
    "wacz": FileType(("wacz",), "application/wacz", "WACZ"),
    "zip": FileType(("zip",), "application/zip", "ZIP"),
    "mp3": FileType(("mp3",), "audio/mpeg", "MP3"),
    "mp4": FileType(("mp4", "m4a", "m4v"), "video/mp4", "MP4"),
}
LISTED = (
    "PDF, PNG, JPEG, GIF, WebP, TIFF, Word (docx), Excel (xlsx), OpenDocument (odt, ods), RTF, txt, csv, eml, WARC, WACZ, ZIP, MP3, "
    "MP4"
)
"""The types as a message names them."""
_TEXTS = ("txt", "csv", "eml")
_SIGNATURES = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"{\\rtf", "rtf"),
    (b"WARC/", "warc"),
    (b"ID3", "mp3"),
)
_REFUSED = (
    (b"\xd0\xcf\x11\xe0", "It is of an old Office format, which can hold programs. Save it as PDF or docx."),
    (b"MZ", "It is a program."),
    (b"\x7fELF", "It is a program."),
    (b"#!", "It is a program."),
    (b"BM", "It is a bitmap. Save it as PNG."),
)
_MARKUP = (
    "It is a page or a drawing of a kind that can hold programs (HTML, XML, SVG), which would run in the name of this site. Keep it as "
    "PDF, PNG, WARC or ZIP."
)
_UNKNOWN = f"Its bytes are of no type that is published. These are: {LISTED}."
_PICTURES = frozenset([b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis"])
_MAIL = re.compile(rb"[!-9;-~]{1,70}:[ \t]|From ")
_CONTROL = bytes(code for code in range(0x20) if code not in b"\t\n\r\f\x1b")
_MOST_DIRECTORY = 8 << 20
_DIRECTORY_END = 22
_ENTRY = 46


def is_text(block: bytes) -> bool:
    """Whether a piece of a file has only bytes that a text has, in whichever encoding of one byte a sign or of UTF-8."""
    return not block.translate(None, bytes(code for code in range(256) if code not in _CONTROL))


def known(name: str, stream: BinaryIO, size: int, text: bool) -> tuple[str, str]:
    """(the type of a file, empty) or (empty, a sentence that says why it may not be published).

    `name` is only asked for what bytes cannot tell: whether a text is a letter, a table or neither; and held to the type that was found.
    `text` says that all of the file `is_text`. Raises OSError.
    """
    kind, reason = by_bytes(name, stream, size, text)
    if not kind:
        return "", reason
    endings = TYPES[kind].endings
    if not any(name.lower().endswith(f".{ending}") for ending in endings):
        return (
            "",
            f"Its bytes are those of {TYPES[kind].name}, and its name does not end in .{endings[0]}. Rename it, so that nobody is misled.",
        )
    return kind, ""


def by_bytes(name: str, stream: BinaryIO, size: int, text: bool) -> tuple[str, str]:
    """The same, whatever the name ends in. Raises OSError."""
    stream.seek(0)
    return _known(name, stream, stream.read(HEAD), size, text)


def _known(name: str, stream: BinaryIO, head: bytes, size: int, text: bool) -> tuple[str, str]:
    if not head:
        return "", "It is empty."
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind, ""
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp", ""
    if head.startswith(b"PK\x03\x04"):
        return _packed(stream, head, size)
    if head.startswith(b"\x1f\x8b"):
        return (
            ("warc.gz", "")
            if _unpacked(head).startswith(b"WARC/")
            else ("", f"It is packed with gzip and no WARC. {_UNKNOWN}")
        )
    if head[4:8] == b"ftyp":
        if head[8:12] in _PICTURES:
            return "", "It is a picture that many browsers cannot show (HEIC, AVIF). Save it as JPEG or PNG."
        return "mp4", ""
    if head[0] == 0xFF and head[1:2] and head[1] & 0xE0 == 0xE0 and head[1] & 0x06 == 0x02:
        return "mp3", ""
    # What is a text can have any beginning; a bitmap is none.
    for signature, reason in _REFUSED:
        if head.startswith(signature) and (not text or signature == b"#!"):
            return "", reason
    return _text(name, head) if text else ("", _UNKNOWN)


def _text(name: str, head: bytes) -> tuple[str, str]:
    begin = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if begin.startswith(b"<"):
        return "", _MARKUP
    ending = name.lower().rpartition(".")[2]
    if ending not in _TEXTS:
        return (
            "",
            f"It is a text, and its name ends in none of .{', .'.join(_TEXTS)}. Rename it if it is one; a script is not published.",
        )
    if ending == "eml" and not _MAIL.match(begin):
        return "", "It is called a letter (.eml) and does not begin as one. Rename it .txt."
    return ending, ""


def _unpacked(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(31).decompress(head, 64)
    except zlib.error:
        return b""


# ---- zip files -------------------------------------------------------------------------------------------------------------------


def _packed(stream: BinaryIO, head: bytes, size: int) -> tuple[str, str]:
    """The type of a zip file, by what is in it (APPNOTE.TXT sections 4.3.12 and 4.3.16)."""
    names = _names(stream, size)
    if any(name.endswith(b"vbaProject.bin") or b"/activeX/" in name for name in names):
        return "", "It is an Office file with programs (macros) in it. Save it without, as docx or PDF."
    if b"word/document.xml" in names:
        return "docx", ""
    if b"xl/workbook.xml" in names:
        return "xlsx", ""
    # OpenDocument 1.3 part 2, section 3.3: the media type is the first file, neither packed nor with extra fields.
    media = head[38 : 38 + 80]
    for kind in ("odt", "ods"):
        if head[30:38] == b"mimetype" and media.startswith(TYPES[kind].media.encode() + b"PK"):
            if any(name.startswith((b"Basic/", b"Scripts/")) for name in names):
                return "", "It is an OpenDocument file with programs (macros) in it. Save it without, or as PDF."
            return kind, ""
    if b"datapackage.json" in names and any(name.startswith(b"archive/") for name in names):
        return "wacz", ""
    return "zip", ""


def _names(stream: BinaryIO, size: int) -> frozenset[bytes]:
    """The names in the directory of a zip file; none where that cannot be read, or is larger than that of any document."""
    start = max(0, size - _DIRECTORY_END - 0xFFFF)
    stream.seek(start)
    tail = stream.read(_DIRECTORY_END + 0xFFFF)
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) < end + _DIRECTORY_END:
        return frozenset()
    length, at = struct.unpack("<II", tail[end + 12 : end + 20])
    if length > _MOST_DIRECTORY:
        return frozenset()
    stream.seek(at)
    directory = stream.read(length)
    names = set()
    place = 0
    while directory.startswith(b"PK\x01\x02", place) and len(directory) >= place + _ENTRY:
        name, extra, comment = struct.unpack("<HHH", directory[place + 28 : place + 34])
        names.add(directory[place + _ENTRY : place + _ENTRY + name])
        place += _ENTRY + name + extra + comment
    return frozenset(names)
