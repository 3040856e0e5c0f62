"""PDF → Document through PDFium: lines from where their letters stand, columns in order, running heads and page numbers left out."""

from __future__ import annotations

import ctypes
import itertools
import re
import statistics
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.intake.document import Block, Document, Metadata, Refusal, TextRun
from onrecord.intake.formats import plaintext

_MOST_PAGES = 300
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_FORMS = re.compile("[\ufb1d-\ufdff\ufe70-\ufefc]+")
_PRINTED_HEAD = re.compile(r"\s*\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{2,4}(?!\d)")
_PRINTED_FOOT = re.compile(
    r"(?P<url>(?:https?|file)://\S+)\s+(?:\S+\s+)?(?:page\s+)?\d+\s*(?:/|of|sur|de|von|из)\s*\d+\s*$|^(?:page\s+)?\d+\s*/\s*\d+\s+(?P<late>https?://\S+)\s*$",
    re.I,
)
_END = re.compile(r"[.!?:؟…][\"”»’')\]]*\s*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text on a page, in points from its left and top."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    bold: bool
    page: int


def document(data: bytes) -> Document:
    """The Document of a PDF. Raises Refusal for a password, a broken file, too many pages, and pages without text."""
    import pypdfium2

    try:
        file = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise Refusal("The file is protected by a password. Save it without one.") from error
        raise Refusal("The PDF is broken and cannot be read.") from error
    try:
        if len(file) > _MOST_PAGES:
            raise Refusal(
                f"It has {len(file)} pages; at most {_MOST_PAGES} are read. This looks like a book, not a release."
            )
        pages = []
        for number in range(len(file)):
            page = file[number]
            pages.append(_ordered(list(_lines(page, number))))
            page.close()
    finally:
        file.close()
    if not any(pages):
        raise Refusal("The PDF holds pictures of pages and no text. Put it through OCR first.")
    pages, url = _without_print_marks(pages)
    return Document("pdf", tuple(_blocks(_without_running_heads(pages))), Metadata(url=url))


# ---- letters → lines -------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Piece:
    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    bold: int
    letters: list[tuple[str, float, float]]


def _lines(page: object, number: int) -> Iterator[Line]:
    """The stretches of text of a page in the order in which the file draws them: each ends where the next letter stands elsewhere."""
    from pypdfium2 import raw

    height = page.get_height()  # type: ignore[attr-defined]
    textpage = page.get_textpage()  # type: ignore[attr-defined]
    handle = textpage.raw
    count = raw.FPDFText_CountChars(handle)
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    flags = ctypes.c_int()
    buffer = ctypes.create_string_buffer(128)
    piece: _Piece | None = None
    for index in range(count):
        code = raw.FPDFText_GetUnicode(handle, index)
        if code in (0, 0xFFFE, 0xFFFF) or (code < 0x20 and code not in (2, 9, 10, 13)):
            continue
        # PDFium writes U+0002 for a hyphen at a line's end.
        char = chr(code) if code != 2 else "-"
        if code in (10, 13):
            if piece:
                yield from _finished(piece, number)
            piece = None
            continue
        if not raw.FPDFText_GetCharBox(handle, index, left, right, bottom, top):
            continue
        size = raw.FPDFText_GetFontSize(handle, index) or 10.0
        if char.isspace():
            if piece:
                piece.text += "" if piece.text.endswith(" ") else " "
                if not raw.FPDFText_IsGenerated(handle, index):
                    piece.letters.append((" ", left.value, right.value))
            continue
        x0, x1, y0, y1 = left.value, right.value, height - top.value, height - bottom.value
        bold = 0
        if not piece or len(piece.text) % 8 == 0:
            length = raw.FPDFText_GetFontInfo(handle, index, buffer, 128, flags)
            name = buffer.value.decode("utf-8", "replace").lower() if 0 < length <= 128 else ""
            weight = raw.FPDFText_GetFontWeight(handle, index)
            bold = 1 if "bold" in name or "black" in name or "heavy" in name or weight >= 600 else -1
        if piece:
            middle = (piece.top + piece.bottom) / 2
            apart = (
                y0 > piece.bottom + size * 0.3
                or y1 < piece.top - size * 0.3
                or abs((y0 + y1) / 2 - middle) > size * 0.9
            )
            gap = max(x0 - piece.right, piece.left - x1)
            if apart or gap > size * 2.5:
                yield from _finished(piece, number)
                piece = None
            elif gap > size * 0.28 and not piece.text.endswith(" "):
                piece.text += " "
        if piece is None:
            piece = _Piece(char, x0, x1, y0, y1, size, bold, [(char, x0, x1)])
        else:
            piece.text += char
            piece.letters.append((char, x0, x1))
            piece.left, piece.right = min(piece.left, x0), max(piece.right, x1)
            piece.top, piece.bottom = min(piece.top, y0), max(piece.bottom, y1)
            piece.size = max(piece.size, size)
            piece.bold += bold
    if piece:
        yield from _finished(piece, number)
    textpage.close()


def _finished(piece: _Piece, page: int) -> Iterator[Line]:
    # Arabic is often drawn with presentation forms, which stand for plain letters (Unicode Standard Annex 15).
    drawn = _from_right(piece) if len(_RTL.findall(piece.text)) * 3 > len(piece.text) else piece.text
    text = _FORMS.sub(lambda match: unicodedata.normalize("NFKC", match[0]), drawn).strip()
    if text:
        yield Line(text, piece.left, piece.right, piece.top, piece.bottom, round(piece.size, 1), piece.bold > 0, page)


def _from_right(piece: _Piece) -> str:
    """A right-to-left line in the order it is read: letters from right to left, numbers and Latin words within from left to right
    (what the Unicode Bidirectional Algorithm, Annex 9, did, undone)."""
    words: list[list[tuple[str, float, float]]] = [[]]
    for letter in piece.letters:
        if letter[0] == " ":
            words.append([])
        else:
            words[-1].append(letter)
    words = sorted((word for word in words if word), key=lambda word: -max(right for _, _, right in word))
    text = ""
    for word in words:
        before = None
        text += " " if text else ""
        for char, left, right in sorted(word, key=lambda letter: -letter[2]):
            if before is not None and before - right > piece.size * 0.3:
                text += " "
            text += char
            before = left if before is None else min(before, left)
    text = re.sub(r"[A-Za-z0-9٠-٩۰-۹][A-Za-z0-9٠-٩۰-۹.,:/ %-]*[A-Za-z0-9٠-٩۰-۹%]", lambda match: match[0][::-1], text)
    opened, closed = (
        min((at for mark in "(«[" if (at := text.find(mark)) >= 0), default=-1),
        min((at for mark in ")»]" if (at := text.find(mark)) >= 0), default=-1),
    )
    return (
        text.translate(_MIRRORED) if 0 <= closed < opened or (closed >= 0 > opened and closed < len(text) / 2) else text
    )


_MIRRORED = str.maketrans("()«»[]<>", ")(»«][><")


# ---- lines in reading order ------------------------------------------------------------------------------------------------------


def _ordered(pieces: Sequence[Line]) -> list[Line]:
    """The lines of a page in reading order, by cutting it along its white gutters (recursive X-Y cut: Nagy and Seth, 1984)."""
    if not pieces:
        return []
    rtl = sum(1 for piece in pieces if _RTL.search(piece.text)) * 2 > len(pieces)
    return _columns_and_bands(list(pieces), rtl, 0)


def _columns_and_bands(pieces: list[Line], rtl: bool, depth: int) -> list[Line]:
    if len(pieces) > 1 and depth < 40:
        gutter = _gutter(pieces)
        if gutter is not None:
            left = [piece for piece in pieces if (piece.left + piece.right) / 2 < gutter]
            right = [piece for piece in pieces if (piece.left + piece.right) / 2 >= gutter]
            first, second = (right, left) if rtl else (left, right)
            return _columns_and_bands(first, rtl, depth + 1) + _columns_and_bands(second, rtl, depth + 1)
        level = _level(pieces)
        if level is not None:
            upper = [piece for piece in pieces if piece.bottom <= level + 0.01]
            lower = [piece for piece in pieces if piece.bottom > level + 0.01]
            if upper and lower:
                return _columns_and_bands(upper, rtl, depth + 1) + _columns_and_bands(lower, rtl, depth + 1)
    return _rows(pieces, rtl)


def _gutter(pieces: Sequence[Line]) -> float | None:
    """The middle of the widest upright white band with at least three lines on either side; None where the text is one column."""
    if len({round(piece.top / 4) for piece in pieces}) < 4:
        return None
    size = statistics.median(piece.size for piece in pieces)
    edges = sorted((piece.left, piece.right) for piece in pieces)
    reach, best, widest = edges[0][1], None, size * 0.9
    for left, right in edges[1:]:
        if left - reach > widest:
            middle = (left + reach) / 2
            sides = [[p for p in pieces if p.right <= middle], [p for p in pieces if p.left >= middle]]
            if all(len({round(p.top) for p in side}) >= 3 and sum(len(p.text) for p in side) >= 60 for side in sides):
                best, widest = middle, left - reach
        reach = max(reach, right)
    return best


def _level(pieces: Sequence[Line]) -> float | None:
    """The bottom edge of what stands above the widest level white band, if cutting there parts columns from what spans them."""
    rows = sorted((piece.top, piece.bottom) for piece in pieces)
    reach, bands = rows[0][1], []
    for top, bottom in rows[1:]:
        if top - reach > 1:
            bands.append((top - reach, reach))
        reach = max(reach, bottom)
    for _, edge in sorted(bands, reverse=True)[:12]:
        upper = [piece for piece in pieces if piece.bottom <= edge + 0.01]
        lower = [piece for piece in pieces if piece.bottom > edge + 0.01]
        if (len(upper) > 5 and _gutter(upper) is not None) or (len(lower) > 5 and _gutter(lower) is not None):
            return edge
    return None


def _rows(pieces: Sequence[Line], rtl: bool) -> list[Line]:
    """Pieces that stand on one line joined; lines from top to bottom."""
    rows: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda p: ((p.top + p.bottom) / 2, p.left)):
        middle = (piece.top + piece.bottom) / 2
        last = rows[-1] if rows else None
        if last and abs(middle - (last[0].top + last[0].bottom) / 2) < max(piece.size, last[0].size) * 0.45:
            last.append(piece)
        else:
            rows.append([piece])
    out = []
    for row in rows:
        row.sort(key=lambda p: -p.right if rtl else p.left)
        text = row[0].text
        for before, piece in itertools.pairwise(row):
            gap = before.left - piece.right if rtl else piece.left - before.right
            text += ("   " if gap > piece.size * 2.5 else " " if gap > piece.size * 0.15 else "") + piece.text
        out.append(
            Line(
                text, min(p.left for p in row), max(p.right for p in row), min(p.top for p in row), max(p.bottom for p in row),
                max(p.size for p in row), all(p.bold for p in row), row[0].page,
            )
        )  # fmt: skip
    return out


def _folded(line: Line) -> str:
    return re.sub(r"\d+", "0", plaintext.clean(line.text)).lower()


def _without_print_marks(pages: list[list[Line]]) -> tuple[list[list[Line]], str]:
    """The pages without what a browser prints around a page — the day of printing and the title above, address and page below — and
    the address. The day of printing is no date of the release."""
    url = ""
    for page in pages:
        for line in page:
            match = _PRINTED_FOOT.search(line.text)
            if match and line.top >= max(each.top for each in page) - 3:
                url = match["url"] or match["late"]
    if not url:
        return pages, ""
    out = []
    for page in pages:
        top, bottom = min((line.top for line in page), default=0), max((line.top for line in page), default=0)
        out.append(
            [
                line
                for line in page
                if not (line.top <= top + 3 and _PRINTED_HEAD.match(line.text))
                and not (line.top >= bottom - 3 and _PRINTED_FOOT.search(line.text))
            ]
        )
    return out, url if url.startswith("http") and not url.endswith(("…", "...")) else ""


def _without_running_heads(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The pages without running heads, running feet and page numbers; the first page keeps its head, which is the letterhead.

    Only the outermost lines are looked at, one after the other, and only those that stand at the same height with the same words,
    numbers apart, on another page too: a sentence that is repeated in the text is not touched.
    """
    out = [sorted(page, key=lambda line: (line.top, line.left)) for page in pages]
    gone: set[int] = set()
    for last in (False, True):
        alive = [list(reversed(page)) if last else page for page in out]
        for number, page in enumerate(alive):
            for depth, line in enumerate(page[:4]):
                others = [
                    outer_line for n, another in enumerate(alive) if n != number for outer_line in another[: depth + 2]
                ]
                repeated = len(line.text) < 140 and any(
                    _folded(outer_line) == _folded(line) and abs(outer_line.top - line.top) < 4 for outer_line in others
                )
                if not (repeated or (plaintext.is_page_number(line.text) and len(page) > 1)):
                    break
                if number or last or plaintext.is_page_number(line.text):
                    gone.add(id(line))
    return [[line for line in page if id(line) not in gone] for page in pages]


# ---- lines → blocks --------------------------------------------------------------------------------------------------------------


def _blocks(pages: Sequence[Sequence[Line]]) -> Iterator[Block]:
    lines = [line for page in pages for line in page]
    if not lines:
        return
    weight: Counter[float] = Counter()
    for line in lines:
        weight[line.size] += len(line.text)
    body = weight.most_common(1)[0][0]
    steps = [
        b.top - a.top
        for a, b in itertools.pairwise(lines)
        if a.page == b.page and 0 < b.top - a.top < body * 2.2 and abs(a.size - b.size) < 0.6
    ]
    step = statistics.median(steps) if steps else body * 1.2
    sizes = sorted({line.size for line in lines if line.size >= body * 1.15}, reverse=True)
    block_lines: list[Line] = []
    blank = True
    for line in lines:
        if block_lines and _new_block(block_lines, line, step / body, lines):
            yield from _block(block_lines, body, sizes, blank)
            blank = (
                line.page != block_lines[-1].page
                or line.top - block_lines[-1].top > line.size * step / body * 1.35
                or line.top < block_lines[-1].top
            )
            block_lines = []
        block_lines.append(line)
    yield from _block(block_lines, body, sizes, blank)


def _new_block(block_lines: Sequence[Line], line: Line, leading: float, lines: Sequence[Line]) -> bool:
    """True where a line begins a block of its own; `leading` is how far lines stand apart, in sizes of their type."""
    before = block_lines[-1]
    step = max(line.size, before.size) * leading
    if abs(before.size - line.size) > max(0.6, line.size * 0.06) or before.bold != line.bold:
        return not (
            before.bold != line.bold
            and abs(before.size - line.size) <= 0.6
            and line.top - before.top < step * 1.2
            and not _END.search(before.text)
            and line.text[:1].islower()
        )
    if re.match(r"\s*(?:[•▪‣◦●○■□➢✓*]|\d{1,2}[.)])\s", line.text) or (
        re.match(r"\s*[-–]\s", line.text) and line.left <= before.left
    ):
        return True
    ended = _END.search(before.text) is not None
    if before.page != line.page or line.top < before.top - step:
        # The next page or column: the paragraph goes on where its sentence does.
        return ended or not (line.text[:1].islower() or len(block_lines) > 1)
    if line.top - before.top > step * 1.35:
        return True
    rtl = _RTL.search(before.text) is not None
    column = sorted(
        each.right - each.left
        for each in lines
        if each.page == before.page
        and abs(each.size - before.size) < 0.6
        and abs(each.right - block_lines[0].right if rtl else each.left - block_lines[0].left) < 14
    )
    width = column[int(len(column) * 0.9)] if column else before.right - before.left
    short = before.right - before.left < width * 0.8
    indented = (line.left - before.left > 8) if not rtl else (before.right - line.right > 8)
    return (
        (short and ended)
        or (indented and ended)
        or (before.right - before.left < width * 0.55 and not line.text[:1].islower())
    )


def _block(lines: Sequence[Line], body: float, sizes: Sequence[float], blank: bool) -> Iterator[Block]:
    text = plaintext.clean(plaintext.unhyphenated([line.text for line in lines]))
    if not text:
        return
    size = max(line.size for line in lines)
    bullet = re.match(r"\s*(?:(?P<dot>[•▪‣◦●○■□➢✓*–-])|(?P<number>\d{1,2})[.)])\s+", text)
    if size >= body * 1.15 and len(text) < 300:
        yield Block("heading", (TextRun(text),), min(sizes.index(size) + 1, 6) if size in sizes else 3, close=not blank)
    elif bullet and (bullet["dot"] or 1 <= int(bullet["number"]) <= 40):
        marker = "-" if bullet["dot"] else f"{bullet['number']}."
        yield Block("item", (TextRun(text[bullet.end() :]),), 0, marker, close=not blank)
    elif all("   " in line.text for line in lines) and len(lines) >= 2:
        rows = tuple(
            tuple((TextRun(plaintext.clean(cell)),) for cell in re.split(r"\s{3,}", line.text)) for line in lines
        )
        yield Block("table", rows=rows)
    elif all(line.bold for line in lines) and len(text) < 160 and not text.endswith("."):
        yield Block("heading", (TextRun(text),), 6, close=not blank)
    else:
        yield Block("paragraph", (TextRun(text),), close=not blank)
