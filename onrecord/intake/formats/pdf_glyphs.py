"""A PDF page → its glyphs, through PDFium: where each stands, how large, and whether a reader of the page sees it.

The calls to PDFium are few for each glyph; what all glyphs of one text object have in common is asked once. A glyph's size is the font's
size times the scale of the text's matrix (ISO 32000-1, section 9.4.4): programs that write fonts of size 1 scale them by the matrix.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.intake.document import Refusal
from onrecord.intake.formats.pdf_drawings import Box, Drawings
from onrecord.intake.formats.pdf_looks import Look, TextBudget, TextLooks
from onrecord.intake.formats.pdf_native import ADDRESS, NUMBER, address_of, addresses, native
from onrecord.intake.formats.pdf_unmapped import Unmapped, is_unmapped
from onrecord.intake.formats.right_to_left import HAS_RTL

# The fullest page of a broadsheet has two thirds as many.
_MOST_GLYPHS = 75_000
# PDFium's own marks: a hyphen at a line's end.
_HYPHEN = 2


@dataclass(slots=True)
class Glyph:
    """A character as it is drawn, in points from the left and top of the page as it is shown. `base` is its baseline; `advance_left` and
    `advance_right` are where its width begins and ends, white space of the letter itself included; `spaced` says that the program that drew
    the page, or PDFium, sees a space before it; `begins` that it is the first of a new line there; `cluster` is the same for characters
    that are drawn as one. A glyph without a character takes up room, and its text stands elsewhere."""

    char: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    advance_left: float
    advance_right: float
    spaced: bool
    begins: bool
    cluster: tuple[int, float] = (0, 0.0)
    struck: bool = False

    @property
    def top(self) -> float:
        """The top of its line, whatever the letter's own height."""
        return self.base - self.size * 0.78

    @property
    def bottom(self) -> float:
        """The bottom of its line, whatever the letter's own depth."""
        return self.base + self.size * 0.22


class Turned:
    """Points of a page's own space → points from the left and top of the page as it is shown, turned by `quarters` of a circle
    clockwise (ISO 32000-1, section 7.7.3.3, Rotate)."""

    def __init__(self, box: Box, quarters: int) -> None:
        self.box = box
        self.quarters = quarters % 4

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point is shown."""
        left, bottom, right, top = self.box
        if self.quarters == 0:
            return x - left, top - y
        if self.quarters == 1:
            return y - bottom, x - left
        if self.quarters == 2:
            return right - x, y - bottom
        return top - y, right - x

    def rectangle(self, box: Box) -> Box:
        """Left, top, right, bottom of a box (left, bottom, right, top) as it is shown."""
        x0, y0 = self.point(box[0], box[1])
        x1, y1 = self.point(box[2], box[3])
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


@dataclass(frozen=True, slots=True)
class PageGlyphs:
    """The glyphs of a page in the order in which they are drawn; `rules` and `uprights` are the thin level and upright lines, as they are
    shown; `hidden` are texts that nobody who looks at the page sees, with the reason; `sideways` are texts that do not run with the
    page's; `visible` is all that is seen, in drawing order; `empty` are spaces and letters that have no text of their own; `rtl` says
    that letters are among it that run from right to left, `on_picture` that most of it is drawn without ink on a picture: a program read
    it there; `has_picture` says that a large picture is on the page."""

    glyphs: tuple[Glyph, ...]
    hidden: tuple[tuple[str, str], ...]
    sideways: tuple[str, ...]
    visible: str
    rtl: bool
    on_picture: bool = False
    has_picture: bool = False
    rules: tuple[Box, ...] = ()
    uprights: tuple[Box, ...] = ()
    empty: tuple[Glyph, ...] = ()
    turned: Turned | None = None


def _may_be_unmapped(code: int) -> bool:
    """True for what is no character of a text: a control character."""
    return code < 0x20 or 0x7F <= code < 0xA0


class GlyphReader:
    """The glyphs of one page."""

    def __init__(self, textpage: Any, box: Box, quarters: int, drawings: Drawings, budget: TextBudget) -> None:
        self._raw_handle = textpage
        self._budget = budget
        self._box = box
        self._drawings = drawings
        self._styles: dict[int, Look] = {}
        self._quarters = quarters
        self._page = address_of(textpage)
        self._looks = TextLooks(textpage)

    def read(self) -> PageGlyphs:
        """Reads them."""
        from pypdfium2 import raw

        address = self._page
        count = raw.FPDFText_CountChars(self._raw_handle)
        if count > _MOST_GLYPHS:
            raise Refusal(f"One of its pages has {count:,} letters; at most {_MOST_GLYPHS:,} are read of a page.")
        # Of an object its address is all that is needed.
        object_of = native("FPDFText_GetTextObject", ADDRESS, ADDRESS, NUMBER)
        code_of = native("FPDFText_GetUnicode", ctypes.c_uint, ADDRESS, NUMBER)
        objects = [object_of(address, index) for index in range(count)]
        codes = [code_of(address, index) for index in range(count)]
        first: dict[int, int] = {}
        for index, pointer in enumerate(objects):
            if pointer:
                first.setdefault(pointer, index)
        self._budget.take(len(first))
        for order, (pointer, index) in enumerate(first.items()):
            self._styles[pointer] = self._looks.of(index, pointer, order)
        quarter = self._main_quarter(objects)
        turned = Turned(self._box, self._quarters + quarter)
        return self._sorted(objects, codes, turned)

    def _main_quarter(self, objects: Sequence[int | None]) -> int:
        """The quarter turn in which most of the page's text runs: a page may lie on its side without saying so."""
        weight = [0, 0, 0, 0]
        for pointer in objects:
            if pointer:
                # Shown, a page's text is turned back by what the page is turned.
                weight[(self._styles[pointer].quarter - self._quarters) % 4] += 1
        best = weight.index(max(weight))
        return best if weight[best] > weight[0] * 4 else 0

    def _sorted(self, objects: list[int | None], codes: list[int], turned: Turned) -> PageGlyphs:
        handle, address = self._raw_handle, self._page
        values = (ctypes.c_double * 6)()
        # Left, right, bottom and top of a letter's box, then its origin.
        to = addresses(values, 6)
        get_box = native("FPDFText_GetCharBox", NUMBER, ADDRESS, NUMBER, *(ADDRESS,) * 4)
        get_origin = native("FPDFText_GetCharOrigin", NUMBER, ADDRESS, NUMBER, *(ADDRESS,) * 2)
        rtl = any(0x590 <= code <= 0x8FF or 0xFB1D <= code <= 0xFEFC for code in codes) and bool(
            HAS_RTL.search("".join(chr(code) for code in codes if code < 0x110000))
        )
        expected = turned.quarters
        glyphs: list[Glyph] = []
        hidden, sideways = _Stretches(), _Stretches()
        visible: list[str] = []
        spaced = begins = apart = False
        base_before, inkless, raised = 0.0, 0, False
        page_left, low, page_right, high = self._box
        has_boxes = self._drawings.has_boxes
        unmapped = Unmapped()
        for index, code in enumerate(codes):
            pointer = objects[index]
            unknown = pointer if _may_be_unmapped(code) and pointer and is_unmapped(handle, index, code) else None
            if code in (10, 13) and unknown is None:
                begins = spaced = apart = True
                visible.append("\n")
                continue
            if unknown is not None:
                char = unmapped.text(unknown, code)
            elif code in (0, 0xFFFE, 0xFFFF) or (code < 0x20 and code not in (_HYPHEN, 9)) or code >= 0x110000:
                continue
            else:
                char = "-" if code == _HYPHEN else chr(code) if code < 0x10FFF0 else "\ufffd"
            if pointer is None:
                spaced, apart = spaced or char.isspace(), apart or char.isspace()
                visible.append(" " if char.isspace() else char)
                continue
            if code == 32 and not rtl:
                visible.append(" ")
                spaced = apart = True
                continue
            style = self._styles[pointer]
            if not get_box(address, index, *to[:4]):
                continue
            x0, x1, y0, y1 = values[:4]
            why = ""
            if (
                style.invisible
                or style.white
                or has_boxes
                or x1 < page_left
                or x0 > page_right
                or y1 < low
                or y0 > high
            ):
                why = self._unseen(style, pointer, (x0, y0, x1, y1))
                inkless += style.invisible and not why
            if why:
                hidden.add(char, apart, why)
                spaced, apart = spaced or char.isspace(), False
                continue
            if style.quarter != expected:
                sideways.add(char, apart, "")
                visible.append(char)
                apart = False
                continue
            if char.isspace() and not rtl:
                visible.append(" ")
                spaced = True
                continue
            get_origin(address, index, *to[4:])
            x, y = values[4:]
            if expected:
                x0, _, x1, _ = turned.rectangle((x0, y0, x1, y1))
                base = turned.point(x, y)[1]
            else:
                x0, x1, base = x0 - page_left, x1 - page_left, high - y
            rise = base_before - base
            rises = 0.1 * style.size < rise < style.size
            if (
                (rises or (raised and -style.size < rise < 0))
                and visible
                and not (char.isdigit() and visible[-1].isdigit())
            ):
                # A raised sign beside a word, as the mark of a footnote is, is no part of it.
                visible.append(" ")
            raised = rises or (raised and rise == 0)
            visible.append("-\n" if code == _HYPHEN and unknown is None else char)
            base_before = base
            if rtl:
                left, top, right, bottom = self._looks.loose_box(index)
                a0, _, a1, _ = turned.rectangle((left, bottom, right, top))
            else:
                a0, a1 = x0, x1
                if not spaced and glyphs and x0 - glyphs[-1].right > style.size * 0.2:
                    # The white beside narrow letters ("11") is their own: how wide they are tells whether words part here.
                    spaced = self._is_apart(index, style.size)
                    if spaced:
                        visible.insert(-1, " ")
            glyphs.append(
                Glyph(
                    char, x0, x1, base, style.size, style.bold, min(a0, x0), max(a1, x1), spaced, begins, (style.order, x)
                )
            )  # fmt: skip
            spaced = begins = apart = False
        empty = tuple(self._empty(set(objects), glyphs, turned)) if rtl else ()
        for glyph in self._drawings.struck(glyphs, turned):
            glyph.struck = True
        return PageGlyphs(
            tuple(glyphs),
            tuple(hidden.texts()),
            tuple(text for text, _ in sideways.texts()),
            "".join(visible),
            rtl,
            inkless * 2 > len(glyphs),
            self._drawings.has_large_picture(self._box),
            *_turned_rules(self._drawings, turned),
            empty,
            turned,
        )

    def _is_apart(self, index: int, size: float) -> bool:
        """True where the widths of a glyph and the one before it leave a gap between them."""
        before, after = self._looks.loose_box(index - 1), self._looks.loose_box(index)
        level = max(after[0] - before[2], before[0] - after[2])
        upright = max(after[3] - before[1], before[3] - after[1])
        return bool(max(level, upright) > size * 0.17)

    def _empty(self, known: set[int | None], glyphs: Sequence[Glyph], turned: Turned) -> Iterator[Glyph]:
        """Text objects that PDFium gives no characters for: spaces, and letters whose text is that of a sign that is drawn with them
        (ActualText; ISO 32000-1, section 14.9.4)."""
        size = glyphs[0].size if glyphs else 10.0
        for pointer, box in self._drawings.texts.items():
            if pointer in known:
                continue
            x0, _, x1, bottom = turned.rectangle(box)
            if x1 - x0 < 0.5:
                yield Glyph(" ", x0, x0 + size * 0.2, bottom, size, False, x0, x0 + size * 0.2, False, False)
            elif x1 - x0 < size * 4:
                yield Glyph("", x0, x1, bottom, size, False, x0, x1, False, False)

    def _unseen(self, style: Look, pointer: int, box: Box) -> str:
        """Why nobody sees a glyph; empty where it is seen."""
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        page = self._box
        if not (page[0] - 2 <= x <= page[2] + 2 and page[1] - 2 <= y <= page[3] + 2):
            return "hidden: outside of the page"
        if style.invisible:
            return "" if self._drawings.is_on_picture(x, y) else "hidden: drawn invisibly"
        if style.white and not self._drawings.is_on_colour(x, y, pointer):
            return "hidden: white on white"
        if self._drawings.is_covered(box, pointer):
            return "hidden: covered by a box"
        return ""


def _turned_rules(drawings: Drawings, turned: Turned) -> tuple[tuple[Box, ...], tuple[Box, ...]]:
    level, upright = (tuple(map(turned.rectangle, boxes)) for boxes in (drawings.rules, drawings.uprights))
    return (upright, level) if turned.quarters % 2 else (level, upright)


class _Stretches:
    """Texts of glyphs that are left out, those of one reason that follow each other together."""

    def __init__(self) -> None:
        self._parts: list[tuple[list[str], str]] = []

    def add(self, char: str, spaced: bool, why: str) -> None:
        """Adds a glyph's character."""
        if not self._parts or self._parts[-1][1] != why:
            self._parts.append(([], why))
        chars = self._parts[-1][0]
        if spaced and chars:
            chars.append(" ")
        chars.append(char)

    def texts(self) -> Iterator[tuple[str, str]]:
        """The texts and why they were left out."""
        for chars, why in self._parts:
            text = " ".join("".join(chars).split())
            if text:
                yield text, why
