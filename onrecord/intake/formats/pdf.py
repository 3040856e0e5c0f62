"""PDF (ISO 32000-1) → Document, through PDFium: glyphs, lines in order, what is no text left out, blocks."""

from __future__ import annotations

import functools
import hashlib
import itertools
import math
import re
from collections.abc import Sequence
from typing import Any

from onrecord.intake.document import Document, LeftOut, Metadata, Refusal
from onrecord.intake.formats import mixed_letters, note_marks, pdf_blocks, pdf_heads, pdf_lines, plaintext, scanned_text
from onrecord.intake.formats.pdf_annotations import Annotations
from onrecord.intake.formats.pdf_drawings import Box, Drawings
from onrecord.intake.formats.pdf_glyphs import GlyphReader, PageGlyphs
from onrecord.intake.formats.pdf_lines import Line
from onrecord.intake.formats.pdf_looks import TextBudget
from onrecord.model import Question

MOST_PAGES = 300
_BOOK = "It has {pages} pages; at most {most} are read. This looks like a book, not a release."
_GARBLED = (
    "The PDF gives wrong letters for what it shows: on {pages}, words mix the letters of two scripts, repeat one letter or are cut into "
    "letters. All of this text is doubtful, and no field was taken from it. Write the text from the original, or put that through OCR and "
    "import it again."
)
# How many pages without text are read from their pictures, how fine, and how large such a picture may be.
_MOST_SCANNED = 40
_DOTS_PER_INCH = 300
_MOST_PIXELS = 16_000_000
# So many words of a page are torn where its columns stand mixed.
_BROKEN_WORD, _LEAST_TORN = re.compile(r"[^\W\d_]{2}[-\u2010]$"), 2


def document(data: bytes) -> Document:
    """The Document of a PDF. Raises Refusal for a password, a broken file, too many pages, and pages without text."""
    file = opened(data)
    pages: list[list[pdf_lines.Line]] = []
    visible: list[str] = []
    left_out: list[LeftOut] = []
    questions: list[Question] = []
    pictures: list[int] = []
    inkless: list[int] = []
    garbled: list[int] = []
    budget = TextBudget(len(file))
    try:
        for number in range(len(file)):
            page, annotations = _read(file, number, budget)
            lines = pdf_lines.lines(page, number) + annotations.lines(number, page.turned)
            pages.append(lines)
            if not lines and page.has_picture:
                pictures.append(number)
            if mixed_letters.is_garbled("\n".join(line.plain for line in lines)):
                garbled.append(number)
            if page.on_picture:
                inkless.append(number)
            # Letters that run from right to left are drawn in any order: words are only there once they are put in it.
            visible += [line.plain for line in lines] if page.rtl else [*page.visible.split("\n"), *annotations.texts]
            visible += page.sideways if page.rtl else ()
            left_out += [LeftOut(text, why, prose=True) for text, why in page.hidden]
            left_out += [LeftOut(text, "written sideways", prose=len(text) > 60) for text in page.sideways]
            left_out += [LeftOut(text, "a comment on the page", prose=True) for text in annotations.comments]
        if not any(pages):
            return _scanned(file, pictures, hashlib.sha256(data).hexdigest())
    finally:
        file.close()
    if pictures:
        where = _numbered(pictures)
        questions.append(
            Question("body", f"On {where} of the PDF is a picture and no text. What is there is not in the draft.")
        )
    if inkless:
        questions.append(
            Question(
                "body",
                f"The text of {_numbered(inkless)} was read by a program from a picture. Compare it with the original, numbers and names "
                "above all.",
            )
        )
    if any("\ufffd" in text for text in visible):
        questions.append(
            Question(
                "body",
                "The PDF does not say which letters some of its signs are: they appear as \ufffd in the "
                "draft. Compare it with the original "
                "and write them.",
            )
        )
    torn = [number for number, lines in enumerate(pages) if _tears_words(lines)]
    if torn:
        questions.append(
            Question(
                "body",
                f"Words that are broken at a line's end on {_numbered(torn)} go on in another column: lines of two columns may stand mixed "
                "there. Compare it with the original.",
            )
        )
    pages, url, printed = pdf_heads.without_print_marks(pages)
    pages, heads = pdf_heads.without_running_heads(pages)
    return Document(
        "pdf",
        note_marks.linked(pdf_blocks.blocks(pages)),
        Metadata(url=url),
        left_out=(*left_out, *printed, *heads),
        visible=tuple(filter(None, map(plaintext.clean, visible))),
        questions=tuple(questions),
        doubt=_GARBLED.format(pages=_numbered(garbled)) if garbled else "",
    )


def _tears_words(lines: Sequence[Line]) -> bool:
    """True where words that are broken at a line's end have beside them, in no column with them, what is read next."""
    torn = sum(_BROKEN_WORD.search(cell.text) is not None for line in lines for cell in line.cells[:-1])
    for before, line in itertools.pairwise(lines):
        level = -before.size * 0.6 < line.top - before.top < before.size * 2.5
        beside = line.left > before.right or line.right < before.left
        torn += level and beside and _BROKEN_WORD.search(before.plain) is not None and line.plain[:1].isalpha()
    return torn >= _LEAST_TORN


def _numbered(pages: Sequence[int]) -> str:
    """“pages 1, 3, 4”, of pages counted from 0."""
    return f"{'page' if len(pages) == 1 else 'pages'} {', '.join(str(number + 1) for number in pages)}"


def _scanned(file: Any, pages: Sequence[int], source: str) -> Document:
    """The Document of a PDF that holds pictures of pages, read by another program. Raises Refusal where there is none, or no picture."""
    if not pages:
        raise Refusal("The PDF holds no text and no picture of one.")
    if len(pages) > _MOST_SCANNED:
        raise Refusal(
            f"The PDF holds {len(pages)} pictures of pages and no text; at most {_MOST_SCANNED} are read. Put it through OCR first."
        )
    # They are only drawn where a program reads them, and has not read them yet.
    drawn = [functools.partial(_drawn, file, number) for number in pages]
    return scanned_text.document(drawn, "pictures of pages", source)


def _drawn(file: Any, number: int) -> bytes:
    """A page as a grey picture (PNG)."""
    page = file[number]
    width, height = page.get_size()
    scale = min(_DOTS_PER_INCH / 72, math.sqrt(_MOST_PIXELS / max(width * height, 1)))
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        return scanned_text.png(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride)
    finally:
        bitmap.close()
        page.close()


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


def _read(file: Any, number: int, budget: TextBudget) -> tuple[PageGlyphs, Annotations]:
    """The glyphs and the annotations of a page, which takes of the document's budget. A page that PDFium cannot load has none."""
    import pypdfium2

    try:
        page = file[number]
    except pypdfium2.PdfiumError:
        return PageGlyphs((), (), (), "", False), Annotations()
    textpage = page.get_textpage()
    drawings = Drawings.of(page.raw)
    annotations = Annotations.of(page.raw)
    drawings.strikes += annotations.strikes
    box: Box = tuple(page.get_cropbox())
    try:
        return GlyphReader(textpage.raw, box, page.get_rotation() // 90, drawings, budget).read(), annotations
    finally:
        textpage.close()
        page.close()
