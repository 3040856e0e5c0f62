"""EPUB (EPUB 3.3, W3C) → Document: its pages in the order of the spine, through the reader for web pages."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote

from onrecord.intake.document import Block, Document, LeftOut, NoText, Refusal
from onrecord.intake.formats import webpage, zipped_parts

# A report has one for each of its chapters and sections.
_MOST_PAGES = 500
# A report of 300 pages has fewer.
_MOST_LETTERS = 1_000_000
_PAGES = ("application/xhtml+xml", "text/html")
_NAVIGATION = frozenset(("nav", "cover-image"))


def is_book(data: bytes) -> bool:
    """True for a zip file that says so."""
    return zipped_parts.media_type(data) == "application/epub+zip"


def document(data: bytes) -> Document:
    """The Document of an EPUB file. Raises Refusal for broken ones, for bombs, for those that are locked, for books by their length, and
    for those of which a page cannot be read."""
    parts = zipped_parts.parts(data, (".opf", ".xml", ".xhtml", ".html", ".htm"))
    if "META-INF/encryption.xml" in parts and b"EncryptedData" in parts["META-INF/encryption.xml"]:
        raise Refusal("The file is locked (DRM) and cannot be read. Ask for an open copy.")
    pages = _spine(parts)
    if len(pages) > _MOST_PAGES:
        raise Refusal(
            f"It has {len(pages):,} pages; at most {_MOST_PAGES:,} are read. This looks like a book, not a release."
        )
    blocks: list[Block] = []
    left_out: list[LeftOut] = []
    visible: list[str] = []
    letters = 0
    for name in pages:
        try:
            page = webpage.document(parts[name], page=False)
        except NoText:
            # A cover or a title page without text.
            continue
        letters += sum(len(text) for block in page.blocks for text in block.texts)
        if letters > _MOST_LETTERS:
            raise Refusal(f"It has more than {_MOST_LETTERS:,} letters. This looks like a book, not a release.")
        blocks += page.blocks
        left_out += page.left_out
        visible += page.visible
    if not blocks:
        raise NoText("The file holds no text.")
    return Document("epub", tuple(blocks), left_out=tuple(left_out), visible=tuple(visible))


def _spine(parts: dict[str, bytes]) -> list[str]:
    """The names of its pages, in reading order; tables of contents are passed over."""
    container = zipped_parts.tree(parts.get("META-INF/container.xml", b""))
    root = next((element.get("full-path") for element in container.iter("{*}rootfile")), None)
    if not root or root not in parts:
        raise Refusal("The file is a broken EPUB and cannot be read.")
    package = zipped_parts.tree(parts[root])
    folder = posixpath.dirname(root)
    items = {}
    for item in package.iter("{*}item"):
        path = posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or "")))
        is_page = item.get("media-type") in _PAGES and not _NAVIGATION & set((item.get("properties") or "").split())
        if is_page and path in parts:
            items[item.get("id")] = path
    order = [
        items[reference.get("idref")] for reference in package.iter("{*}itemref") if reference.get("idref") in items
    ]
    return list(dict.fromkeys(order))
