"""Word (Office Open XML, ISO/IEC 29500) → Document, through mammoth and the reader for web pages."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

from onrecord.intake.document import Block, Document, Refusal, paragraph
from onrecord.intake.formats import plaintext, webpage

MOST_UNPACKED = 64 * 1024 * 1024
_MOST_PARTS = 5000
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Headline'] => h1:fresh
p[style-name='Subtitle'] => h2:fresh
p[style-name='Quote'] => blockquote:fresh > p:fresh
p[style-name='Intense Quote'] => blockquote:fresh > p:fresh
"""
_NAMESPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def document(data: bytes) -> Document:
    """The Document of a .docx file. Raises Refusal for other archives, bombs, entities, and where text would be lost."""
    parts = _parts(data)
    import mammoth

    converted = mammoth.convert_to_html(
        io.BytesIO(data), style_map=_STYLES, convert_image=mammoth.images.img_element(lambda image: {})
    )
    page = webpage.document(b"", text=f"<!DOCTYPE html><html><body>{converted.value}</body></html>")
    _check_loss(parts, page)
    heads = [
        paragraph(line, close=True)
        for name in sorted(parts)
        if re.fullmatch(r"word/header\d*\.xml", name)
        for line in _lines(parts[name])
    ]
    seen: set[str] = set()
    letterhead: list[Block] = []
    for head in heads:
        if head.text not in seen and not re.fullmatch(r"[\W\d]*|page\s+\d+.*", head.text, re.I):
            seen.add(head.text)
            letterhead.append(head)
    return replace(
        page, form="word", blocks=(*letterhead, *page.blocks), metadata=replace(page.metadata, titles=(), languages=())
    )


def _parts(data: bytes) -> dict[str, bytes]:
    """The XML parts of the archive, its declared and real sizes held against the limit."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
        if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
            raise Refusal(
                f"Unpacked it would have more than {MOST_UNPACKED // 1024**2} MB. Save it again without pictures."
            )
        if any(entry.flag_bits & 1 for entry in entries):
            raise Refusal("The file is protected by a password. Save it without one.")
        parts: dict[str, bytes] = {}
        unpacked = 0
        for entry in entries:
            with archive.open(entry) as stream:
                content = stream.read(MOST_UNPACKED - unpacked + 1)
            unpacked += len(content)
            if unpacked > MOST_UNPACKED:
                raise Refusal(
                    f"Unpacked it would have more than {MOST_UNPACKED // 1024**2} MB. Save it again without pictures."
                )
            if entry.filename.endswith((".xml", ".rels")):
                if re.search(rb"<!(?:DOCTYPE|ENTITY)|<\x00!\x00(?:D|E)", content):
                    raise Refusal("The file defines XML entities, which no word processor writes. It is not read.")
                parts[entry.filename] = content
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise Refusal(f"The file is a broken archive and cannot be read ({error}).") from error
    if "word/document.xml" not in parts:
        raise Refusal(_what_else(parts))
    return parts


def _what_else(parts: dict[str, bytes]) -> str:
    names = set(parts)
    if any(name.startswith("xl/") for name in names):
        return "The file is a spreadsheet, no release."
    if any(name.startswith("ppt/") for name in names):
        return "The file is a presentation. Save its text as Word or PDF."
    if "content.xml" in names:
        return "The file is an OpenDocument text. Save it as Word (.docx) or PDF."
    return "The file is an archive. Unpack it and import what is in it."


def _lines(xml: bytes) -> list[str]:
    from lxml import etree

    try:
        root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except etree.XMLSyntaxError as error:
        raise Refusal(f"The file is broken and cannot be read ({error}).") from error
    lines = []
    for element in root.iter(f"{_NAMESPACE}p"):
        texts = []
        for piece in element.iter(f"{_NAMESPACE}t", f"{_NAMESPACE}tab", f"{_NAMESPACE}br"):
            if any(True for _ in piece.iterancestors(_FALLBACK)):
                continue
            texts.append(piece.text or "" if piece.tag == f"{_NAMESPACE}t" else " ")
        line = plaintext.clean("".join(texts))
        if line:
            lines.append(line)
    return lines


def _check_loss(parts: dict[str, bytes], page: Document) -> None:
    """Refuses a file of whose text clearly less came out than went in."""
    expected = sum(char.isalnum() for line in _lines(parts["word/document.xml"]) for char in line)
    kept = sum(char.isalnum() for block in page.blocks for text in block.texts for char in text)
    if expected > 100 and kept < expected * 0.9:
        raise Refusal(
            "A part of the file's text would be lost in reading. Save it again, or copy its text into a text file."
        )
