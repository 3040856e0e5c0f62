"""A file → the documents in it, by what its bytes are and not by what it is called."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.intake import document_size
from onrecord.intake.document import Document, Part, Refusal
from onrecord.intake.formats import (
    containers,
    decoding,
    digest,
    epub,
    foreign_markdown,
    mail,
    mbox,
    mime_message,
    old_word,
    opendocument,
    outlook,
    pdf,
    plaintext,
    reading_faults,
    rich_text,
    scanned_text,
    table_rows,
    tnef,
    web_archive,
    webpage,
    word,
)
from onrecord.intake.formats.nesting import Nesting, Piece
from onrecord.model import Question

_HTML = re.compile(
    rb"\s*+(?:<\?xml[^>]*>\s*+)?(?:(?><!--.*?-->)\s*+)*+<(?:!doctype\s*html|html|head|body|article|main|div|section|p|h[1-6]|table|meta|title|header|link|script|style)\b",
    re.I | re.S,
)
# With what a part of a page may begin, which somebody has kept as a page.
_PART_OF_PAGE = re.compile(
    r"\s*+<(?:figure|blockquote|ul|ol|dl|pre|hr|br|img|a|span|b|strong|i|em|font|center|iframe|video)\b[^<>]{0,2000}>",
    re.I,
)
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM", b"RIFF")
_PACKED = "The file is compressed. Unpack it and import what is in it."
_SAVED_TWICE = Question(
    "body",
    "The file holds control characters where Windows-1252 has quotation marks, dashes and an ellipsis; the draft has those. Compare them "
    "with the original.",
)
_AROUND = "The lines around the messages of a digest are not release; each message is read by itself."
_PROGRAM = "The file is a program, no release."
_OTHERS = (
    *((mark, _PACKED) for mark in (b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!")),
    (b"SQLite format 3", "The file is a database, no release."),
    (b"\x7fELF", _PROGRAM),
    (b"MZ", _PROGRAM),
)


def parts(name: str, data: bytes, nesting: Nesting | None = None) -> Iterator[Part]:
    """The documents of a file, in order; at least one. Nothing is raised for a bad one: its part says why it is refused. `nesting` says
    in what the file stands itself."""
    nesting = nesting or Nesting()
    for piece in containers.pieces(name, io.BytesIO(data), nesting):
        if piece.refused:
            yield Part(piece.name, piece.data, refused=piece.refused)
        else:
            yield from _guarded(piece, nesting)


def _guarded(piece: Piece, nesting: Nesting) -> Iterator[Part]:
    """The documents of one file; where its reader breaks, its part says so, and the others of its folder are read."""
    try:
        yield from _parts(piece.name, piece.data, nesting)
    except RecursionError:
        yield Part(piece.name, piece.data, refused="It is nested too deeply to be read.")
    except MemoryError:
        raise
    except Exception as error:
        yield Part(piece.name, piece.data, refused=reading_faults.reason(error))


def _parts(name: str, data: bytes, nesting: Nesting) -> Iterator[Part]:
    try:
        if table_rows.is_row(name):
            yield Part(name, data, row=table_rows.cells(data))
        elif table_rows.is_table(name, data):
            for piece in table_rows.pieces(name, data):
                yield Part(
                    piece.name,
                    piece.data,
                    refused=piece.refused,
                    row=() if piece.refused else table_rows.cells(piece.data),
                )
        elif b"\n-----" in data and b"\0" not in data[:4096] and (found := digest.messages(data)):
            yield from _digest(name, found, nesting)
        elif mbox.is_mbox(data[: containers.HEAD]):
            yield from mail.parts(name, mbox.message(data), parts, nesting)
        elif web_archive.is_warc(data[: containers.HEAD]):
            yield from web_archive.parts(name, data, parts, nesting)
        elif mime_message.is_message(data, name):
            yield from mail.parts(name, data, parts, nesting)
        elif outlook.is_message(data, name):
            yield from mail.parts_of(name, data, outlook.read(data), parts, nesting)
        elif tnef.is_tnef(data):
            yield from mail.parts_of(name, data, tnef.read(data), parts, nesting)
        else:
            yield Part(name, data, document(name, data))
    except Refusal as refusal:
        yield Part(name, data, refused=str(refusal))


def _digest(name: str, found: Sequence[bytes], nesting: Nesting) -> Iterator[Part]:
    """The messages of a digest, and what stands around them."""
    deeper = nesting.in_message()
    if deeper is None:
        raise Refusal("Messages are attached to messages, more than five deep. Save what matters of it as files.")
    for number, message in enumerate(found[1:-1], start=1):
        yield from mail.parts(f"{name} # {number}", message, parts, deeper)
    around = b"\n".join(filter(None, (found[0].strip(), found[-1].strip())))
    if around:
        yield Part(name, around, refused=_AROUND)


def document(name: str, data: bytes) -> Document:
    """The text of a file that is one document, in reading order. Raises Refusal, which says why there is none."""
    if not data.strip(b" \t\r\n\f\v\0"):
        raise Refusal("The file is empty.")
    head = data[:4096].lstrip(b"\xef\xbb\xbf")
    if b"%PDF-" in data[:1024]:
        return pdf.document(data)
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return (
            opendocument.document(data)
            if opendocument.is_text(data)
            else epub.document(data)
            if epub.is_book(data)
            else word.document(data)
        )
    if rich_text.is_rich_text(data):
        return rich_text.document(data)
    if old_word.is_old_office(data):
        return old_word.document(data)
    for mark, reason in _OTHERS:
        if data.startswith(mark) and (len(mark) > 2 or b"\0" in data[:512]):
            raise Refusal(reason)
    if data.startswith(_PICTURES) and (b"\0" in data[:512] or not data.startswith((b"BM", b"RIFF"))):
        return scanned_text.document([data], "a picture")
    if _HTML.match(head):
        return webpage.document(data)
    document_size.refuse_far_too_long(data)
    text = plaintext.decoded(data)
    is_part = name.lower().endswith((".html", ".htm", ".xhtml")) and _PART_OF_PAGE.match(text[:4096])
    if is_part or _HTML.match(text[:4096].encode()):
        return webpage.document(data, text=text)
    asked = (_SAVED_TWICE,) if decoding.saved_twice(data) else ()
    if foreign_markdown.has_front_matter(text) or name.lower().endswith((".md", ".markdown")):
        read = foreign_markdown.document(text)
    else:
        _refuse_data(text)
        read = plaintext.document(text)
    return replace(read, questions=(*read.questions, *asked))


def _refuse_data(text: str) -> None:
    """Refuses what is written for programs: JSON, XML, tables of comma-separated values."""
    start = text.lstrip()[:1]
    if start in "{[":
        try:
            json.loads(text)
        except (ValueError, RecursionError):
            pass
        else:
            raise Refusal("The file is JSON, data for programs and no release.")
    if start == "<" and re.match(r"\s*<(?:\?xml|rss|feed|svg|urlset)\b", text):
        raise Refusal("The file is XML, data for programs and no release.")
    lines = [line for line in text.split("\n") if line.strip()]
    for mark in (",", ";", "\t"):
        counts = {line.count(mark) for line in lines[:50]}
        if len(lines) >= 3 and len(counts) == 1 and counts.pop() >= 2 and not re.search(rf"{mark} ", lines[0]):
            raise Refusal(
                "The file is a table of values, no release. If each of its rows is one, give its name the ending .csv."
            )
