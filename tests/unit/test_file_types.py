"""Which files may be published is known by their bytes, and a page or a program is none of them, whatever it is called."""

from __future__ import annotations

import gzip
import io
import struct

import pytest

from onrecord import file_types, image_size
from onrecord.file_types import TYPES
from tests.originals import packed, pdf, png, word_file

WARC = b"WARC/1.1\r\nWARC-Type: warcinfo\r\n\r\n"


def open_document(kind: str, *more: str) -> bytes:
    """An OpenDocument file: its media type first, as it is."""
    return packed(("mimetype", "content.xml", *more), TYPES[kind].media.encode())


def known(name: str, data: bytes) -> tuple[str, str]:
    return file_types.known(name, io.BytesIO(data), len(data), file_types.is_text(data))


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.pdf", pdf(), "pdf"),
        ("A.PDF", pdf(), "pdf"),
        ("a.png", png(), "png"),
        ("a.jpeg", b"\xff\xd8\xff\xe0" + bytes(20), "jpeg"),
        ("a.gif", b"GIF89a" + bytes(20), "gif"),
        ("a.webp", b"RIFF\x20\0\0\0WEBPVP8L" + bytes(20), "webp"),
        ("a.tiff", b"II*\0\x08\0\0\0" + bytes(20), "tiff"),
        ("a.docx", word_file(), "docx"),
        ("a.xlsx", packed(("[Content_Types].xml", "xl/workbook.xml")), "xlsx"),
        ("a.odt", open_document("odt"), "odt"),
        ("a.ods", open_document("ods"), "ods"),
        ("a.rtf", b"{\\rtf1 Light on the pier}", "rtf"),
        ("a.txt", "Lumière\tsur le quai\r\n".encode("latin-1"), "txt"),
        ("a.csv", b"ferry,crew\nAda,12\n", "csv"),
        ("a.eml", b"From: crew@example.org\r\n\r\nLight, please.\r\n", "eml"),
        ("a.warc", WARC, "warc"),
        ("a.warc.gz", gzip.compress(WARC, mtime=0), "warc.gz"),
        ("a.wacz", packed(("datapackage.json", "archive/data.warc.gz")), "wacz"),
        ("a.zip", packed(("letter.txt", "page.html")), "zip"),
        ("a.mp3", b"ID3\x04" + bytes(20), "mp3"),
        ("a.mp3", b"\xff\xfb\x90\x64" + bytes(20), "mp3"),
        ("a.mp4", b"\0\0\0\x18ftypisom" + bytes(20), "mp4"),
    ],
)
def test_a_type_is_known_by_its_bytes(name: str, data: bytes, kind: str) -> None:
    assert known(name, data) == (kind, "")


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "can hold programs"),
        ("a.txt", b"\xef\xbb\xbf \n<!doctype html><script src=x></script>", "can hold programs"),
        ("a.pdf", b"<html>%PDF-1.4</html>", "can hold programs"),
        ("a.csv", b"<?xml version='1.0'?><a/>", "can hold programs"),
        ("a.js", b"alert(1)\n", "a script is not published"),
        ("a.html", b"Plain words.\n", "a script is not published"),
        ("a.txt", b"#!/bin/sh\nexit\n", "is a program"),
        ("a.mp4", b"MZ\x90\0\x03", "is a program"),
        ("a.zip", b"\x7fELF\x02\x01", "is a program"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(20), "old Office format"),
        ("a.docx", packed(("word/document.xml", "word/vbaProject.bin")), "macros"),
        ("a.odt", open_document("odt", "Basic/Standard/script.xml"), "macros"),
        ("a.heic", b"\0\0\0\x18ftypheic" + bytes(20), "JPEG or PNG"),
        ("a.gz", gzip.compress(b"words", mtime=0), "no WARC"),
        ("a.eml", b"Light, please.\n", "does not begin as one"),
        ("a.txt", b"Light\0please", "no type that is published"),
        ("a.txt", b"", "is empty"),
        ("a.pdf", png(), "those of PNG"),
        ("a.txt", pdf(), "those of PDF"),
        ("a", pdf(), "those of PDF"),
    ],
)
def test_anything_else_is_refused_with_the_reason(name: str, data: bytes, reason: str) -> None:
    kind, why = known(name, data)
    assert kind == ""
    assert reason in why


def test_no_type_runs_in_a_browser() -> None:
    endings = {ending for kind in TYPES.values() for ending in kind.endings}
    assert not endings & {
        "html",
        "htm",
        "xhtml",
        "svg",
        "xml",
        "js",
        "mjs",
        "css",
        "wasm",
        "swf",
        "pdfxml",
        "mht",
        "mhtml",
    }
    assert not any("html" in kind.media or "svg" in kind.media or "script" in kind.media for kind in TYPES.values())


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04", b"PK\x03\x04" + b"PK\x05\x06" + b"\xff" * 18, b"PK\x03\x04" + bytes(70000)]
)
def test_a_broken_zip_file_is_read_to_its_end_and_no_further(data: bytes) -> None:
    assert known("a.zip", data) == ("zip", "")


# ---- how large a picture is --------------------------------------------------------------------------------------------------------


def tiff(width: int, height: int, orientation: int, order: str = "<") -> bytes:
    """The first directory of a TIFF."""
    rows = [(0x100, 3, width), (0x101, 4, height), (0x112, 3, orientation)]
    head = struct.pack(f"{order}2sHI", b"II" if order == "<" else b"MM", 42, 8)
    entries = b"".join(
        struct.pack(f"{order}HHI", tag, kind, 1)
        + (struct.pack(f"{order}HH", value, 0) if kind == 3 else struct.pack(f"{order}I", value))
        for tag, kind, value in rows
    )
    return head + struct.pack(f"{order}H", len(rows)) + entries


def jpeg(width: int, height: int, orientation: int = 0) -> bytes:
    """The segments of a JPEG up to its frame."""
    exif = b"Exif\0\0" + tiff(1, 1, orientation, ">") if orientation else b""
    segment = b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif if exif else b"\xff\xe0\x00\x04\0\0"
    frame = b"\xff\xc2\x00\x11\x08" + struct.pack(">HH", height, width) + bytes(10)
    return b"\xff\xd8" + segment + b"\xff\xff\xdb\x00\x04\0\0" + b"\xff\xc4\x00\x04\0\0" + frame


@pytest.mark.parametrize(
    ("kind", "data", "size"),
    [
        ("png", png(64, 36), (64, 36)),
        ("gif", b"GIF89a\x40\x00\x24\x00" + bytes(9), (64, 36)),
        ("tiff", tiff(64, 36, 1), (64, 36)),
        ("tiff", tiff(64, 36, 6, ">"), (36, 64)),
        ("jpeg", jpeg(64, 36), (64, 36)),
        ("jpeg", jpeg(64, 36, 3), (64, 36)),
        ("jpeg", jpeg(64, 36, 8), (36, 64)),
        ("webp", b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 64, 36), (64, 36)),
        ("webp", b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f" + struct.pack("<I", 63 | 35 << 14), (64, 36)),
        (
            "webp",
            b"RIFF\0\0\0\0WEBPVP8X\0\0\0\0\0\0\0\0" + (63).to_bytes(3, "little") + (35).to_bytes(3, "little"),
            (64, 36),
        ),
        ("png", b"\x89PNG\r\n\x1a\n", (0, 0)),
        ("jpeg", b"\xff\xd8" + b"\xff\xe0\x00\x02" * 3000, (0, 0)),
        ("jpeg", b"\xff\xd8\x00\x00", (0, 0)),
        ("tiff", b"II*\0\xff\xff\xff\xff", (0, 0)),
        ("pdf", pdf(), (0, 0)),
    ],
)
def test_a_picture_has_the_size_that_is_seen(kind: str, data: bytes, size: tuple[int, int]) -> None:
    assert image_size.of(kind, io.BytesIO(data)) == size
