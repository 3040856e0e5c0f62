"""The bytes of a file → what it carries. A file is known by its bytes and not by what it is called."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable

from onrecord.disclosure import (
    file_signs,
    gif,
    heif,
    jpeg,
    office_traces,
    opendocument_traces,
    packed,
    pdf_traces,
    png,
    rich_text_traces,
    tiff,
    webp,
)
from onrecord.disclosure.trace import Broken, Findings, Locked, Trace

_MOST_DEPTH = 3
LOCKED = (
    "It is locked or encrypted, so nothing in it was looked into. Save it without a password and without restrictions."
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_HEAD = 64 * 1024
FAULTS = (struct.error, IndexError, KeyError, ValueError, OverflowError, RecursionError, AttributeError, TypeError)
"""What a reader may raise for bytes that nobody foresaw: the file is broken."""

PICTURES: dict[str, tuple[Callable[[bytes, Findings], None], Callable[[bytes], bytes]]] = {
    "JPEG": (jpeg.find, jpeg.cleaned),
    "PNG": (png.find, png.cleaned),
    "WebP": (webp.find, webp.cleaned),
    "GIF": (gif.find, gif.cleaned),
    "TIFF": (tiff.find, tiff.cleaned),
    "HEIF": (heif.find, heif.cleaned),
}
"""What finds, and what takes out, the traces of each format of pictures."""
_BEFORE_ROOT = rb"(?:<\?xml[^>]{0,200}>\s*+)?(?:<!--.{0,2000}?-->\s*+)?(?:<!DOCTYPE\s+svg[^>]{0,500}>\s*+)?"
_OLD_OFFICE = "an old file of Office (.doc, .xls, .ppt) or a message of Outlook"
_HEADER = rb"(?:From|Received|Return-Path|Delivered-To|MIME-Version|Message-ID|X-[\w-]{1,60}|Date|To|Subject):"
# How the bytes of a format begin that is not looked into, what it is, and what to do.
_UNCHECKED = (
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OLD_OFFICE, "Save it as .docx, .xlsx, .pptx or PDF."),
    (rb"ID3|\xff[\xf2\xf3\xfa\xfb]", "a sound (MP3)", ""),
    (rb"fLaC|OggS|RIFF....WAVE|FORM....AIF", "a sound", ""),
    (rb"....ftyp", "a film or sound (MP4, MOV)", ""),
    (rb"RIFF....AVI |\x1aE\xdf\xa3|\x00\x00\x01[\xb3\xba]|FLV", "a film", ""),
    (rb"\x1f\x8b|BZh|\xfd7zXZ|7z\xbc\xaf|Rar!|.{257}ustar", "a packed file", "Unpack it, and keep what is in it."),
    (rb"WARC/", "a capture of web pages (WARC)", ""),
    (rb"\x00\x00\x00\x0cjP  |\xff\x4f\xff\x51", "a JPEG 2000 picture", "Save it as JPEG or PNG."),
    (_BEFORE_ROOT + rb"<(?:\w{1,20}:)?svg\b", "a drawing (SVG)", ""),
    (_BEFORE_ROOT + rb"<(?:!doctype\s+html|html|head|body)\b", "a web page", ""),
    (rb"<\?xml", "XML", ""),
    (rb"From |" + _HEADER, "a message", ""),
)
_PATTERNS = tuple((re.compile(sign, re.DOTALL | re.IGNORECASE), name, advice) for sign, name, advice in _UNCHECKED)
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def traces(data: bytes, size: int = 0) -> tuple[Trace, ...]:
    """What the bytes of a file carry beside what is seen of it, sorted; empty where there is nothing. What was not looked into is among
    it, and so is what keeps the file from being read. A file whose `size` is larger than these bytes, its beginning, is not looked into.
    Nothing is raised for any bytes, but MemoryError."""
    if size > len(data):
        words = f"It has {size:,} bytes; files of up to {len(data) // 1024**2} MB are looked into."
        known = is_looked_into(data)
        return (Trace("unchecked", "", words if known else unchecked(data[:_HEAD]) or words),)
    return _traces(data, 0)


def _traces(data: bytes, depth: int) -> tuple[Trace, ...]:
    findings = Findings()
    if depth > _MOST_DEPTH:
        return (Trace("unchecked", "", "Files in files in files are not looked into."),)
    name = file_signs.picture(data)
    try:
        if name:
            PICTURES[name][0](data, findings)
        elif b"%PDF-" in data[:1024]:
            name = "PDF"
            pdf_traces.find(data, findings, lambda inner: _traces(inner, depth + 1))
        elif rich_text_traces.is_rich_text(data):
            name = "RTF"
            rich_text_traces.find(data, findings, lambda inner: _traces(inner, depth + 1))
        elif data[:4] in _ZIP:
            name = "zip"
            _find_in_zip(data, findings, depth)
        elif words := unchecked(data[:_HEAD]):
            findings.add("unchecked", "", words)
    except Locked:
        findings.add("unchecked", "", LOCKED)
    except Broken as error:
        findings.add("broken", "", f"The file is not a whole {name} file: {error}.")
    except FAULTS:
        findings.add("broken", "", f"The file is not a whole {name} file: its structure cannot be followed.")
    return findings.traces()


def is_looked_into(data: bytes) -> bool:
    """Whether these are the first bytes of a format that is read here."""
    known = b"%PDF-" in data[:1024] or data[:4] in _ZIP or rich_text_traces.is_rich_text(data)
    return known or bool(file_signs.picture(data))


def _find_in_zip(data: bytes, findings: Findings, depth: int) -> None:
    entries = packed.entries(data)
    packed.find(data, findings)

    def inside(inner: bytes) -> tuple[Trace, ...]:
        return _traces(inner, depth + 1)

    if office_traces.is_office(entries):
        office_traces.find(entries, findings, inside)
    elif opendocument_traces.is_opendocument(entries):
        opendocument_traces.find(entries, findings, inside)
    elif entries.get("mimetype", b"").startswith(b"application/epub"):
        findings.add("unchecked", "", "What a book (EPUB) carries is not looked into.")
    elif any(name.endswith((".warc", ".warc.gz")) for name in entries):
        findings.add("unchecked", "", "What a capture of web pages (WACZ) carries is not looked into.")
    else:
        for name, content in entries.items():
            findings.include(inside(content), name)


def unchecked(head: bytes) -> str:
    """A sentence that says which format is not looked into; empty for plain text, which carries nothing but what is read."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    for pattern, name, advice in _PATTERNS:
        if pattern.match(head) or pattern.match(start):
            return f"What {name} carries is not looked into.{f' {advice}' if advice else ''}"
    if _BINARY.search(head):
        return "Its format is not known, so nothing in it was looked into."
    return ""
