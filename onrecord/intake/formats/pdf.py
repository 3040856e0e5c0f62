"""PDF (ISO 32000-1) → Document, through PDFium: glyphs, lines in order, what is no text left out, blocks."""

from __future__ import annotations

from typing import Any

from onrecord.intake.document import Document, LeftOut, Metadata, Refusal
from onrecord.intake.formats import pdf_blocks, pdf_heads, pdf_lines, plaintext
from onrecord.intake.formats.pdf_annotations import Annotations
from onrecord.intake.formats.pdf_drawings import Box, Drawings
from onrecord.intake.formats.pdf_glyphs import GlyphReader, PageGlyphs

MOST_PAGES = 300
_BOOK = "It has {pages} pages; at most {most} are read. This looks like a book, not a release."
_PICTURES = "The PDF holds pictures of pages and no text. Put it through OCR first."


def document(data: bytes) -> Document:
    """The Document of a PDF. Raises Refusal for a password, a broken file, too many pages, and pages without text."""
    file = opened(data)
    pages: list[list[pdf_lines.Line]] = []
    visible: list[str] = []
    left_out: list[LeftOut] = []
    try:
        for number in range(len(file)):
            page, annotations = _read(file, number)
            lines = pdf_lines.lines(page, number) + annotations.lines(number, page.turned)
            pages.append(lines)
            # Letters that run from right to left are drawn in any order: words are only there once they are put in it.
            visible += [line.plain for line in lines] if page.rtl else [page.visible, *annotations.texts]
            visible += page.sideways if page.rtl else ()
            left_out += [LeftOut(text, why, prose=True) for text, why in page.hidden]
            left_out += [LeftOut(text, "written sideways", prose=len(text) > 60) for text in page.sideways]
            left_out += [LeftOut(text, "a comment on the page", prose=True) for text in annotations.comments]
    finally:
        file.close()
    if not any(pages):
        raise Refusal(_PICTURES)
    pages, url, printed = pdf_heads.without_print_marks(pages)
    pages, heads = pdf_heads.without_running_heads(pages)
    return Document(
        "pdf",
        pdf_blocks.blocks(pages),
        Metadata(url=url),
        left_out=(*left_out, *printed, *heads),
        visible=tuple(filter(None, map(plaintext.clean, visible))),
    )


def opened(data: bytes) -> Any:
    """The PDF as PDFium's document, to be closed. Raises Refusal for a password, a broken file and too many pages."""
    import pypdfium2

    try:
        file = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise Refusal("The file is protected by a password. Save it without one.") from error
        raise Refusal("The PDF is broken and cannot be read.") from error
    if len(file) > MOST_PAGES:
        pages = len(file)
        file.close()
        raise Refusal(_BOOK.format(pages=pages, most=MOST_PAGES))
    return file


def _read(file: Any, number: int) -> tuple[PageGlyphs, Annotations]:
    """The glyphs and the annotations of a page. A page that PDFium cannot load has none."""
    import pypdfium2

    try:
        page = file[number]
    except pypdfium2.PdfiumError:
        return PageGlyphs((), (), (), "", False), Annotations()
    textpage = page.get_textpage()
    drawings = Drawings.of(page.raw)
    annotations = Annotations.of(page.raw)
    drawings.strikes += annotations.strikes
    box: Box = tuple(page.get_cropbox())  # type: ignore[assignment]
    try:
        return GlyphReader(textpage.raw, box, page.get_rotation() // 90, drawings).read(), annotations
    finally:
        textpage.close()
        page.close()
