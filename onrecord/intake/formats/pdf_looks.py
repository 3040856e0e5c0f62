"""How the texts that a PDF page draws look: their size, whether they are bold, how they are turned, whether they have ink.

What all letters of one text object have in common is asked once, and what all of a font have is too.
"""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass
from typing import Any

from onrecord.intake.document import Refusal
from onrecord.intake.formats.pdf_native import ADDRESS, NUMBER, address_of, addresses, native

# Texts that a page draws one by one: of a newspaper whose words are drawn one by one, or a book whose letters are, there are fewer.
_MOST_TEXTS, _MOST_TEXTS_A_PAGE = 80_000, 6_000
_LEAST_SIZE = 0.1
_INVISIBLE_MODES = frozenset((3, 7))
_WHITE = 250
_NO_NUMBERS = (0.0,) * 6


@dataclass(slots=True)
class Look:
    """What the glyphs of one text object have in common."""

    size: float
    bold: bool
    quarter: int
    invisible: bool
    white: bool
    order: int


class TextBudget:
    """How many texts the pages of one document may draw one by one, each of which is asked for its font, size and colour."""

    def __init__(self, pages: int) -> None:
        self.most = _MOST_TEXTS + _MOST_TEXTS_A_PAGE * pages
        self._count = 0

    def take(self, count: int) -> None:
        """Takes so many of a page. Raises Refusal where it has more than are left."""
        self._count += count
        if self._count > self.most:
            raise Refusal(
                f"Its text is drawn in more than {self.most:,} pieces, letter by letter; so many are read of its pages. Save its text, or "
                "print it to a new PDF."
            )


class TextLooks:
    """The looks of the text objects of one page."""

    def __init__(self, textpage: Any) -> None:
        self._textpage = textpage
        self._page = address_of(textpage)
        self._bold: dict[int, bool] = {}
        # A matrix (a to f), or a box (left, top, right, bottom); red, green, blue, opacity.
        self._numbers = (ctypes.c_float * 6)()
        self._colours = (ctypes.c_uint * 4)()
        self._numbers_at = addresses(self._numbers, 6)[0]
        self._colours_at = addresses(self._colours, 4)
        self._matrix = native("FPDFText_GetMatrix", NUMBER, ADDRESS, NUMBER, ADDRESS)
        self._size = native("FPDFText_GetFontSize", ctypes.c_double, ADDRESS, NUMBER)
        self._loose_box = native("FPDFText_GetLooseCharBox", NUMBER, ADDRESS, NUMBER, ADDRESS)
        self._font = native("FPDFTextObj_GetFont", ADDRESS, ADDRESS)
        self._mode = native("FPDFTextObj_GetTextRenderMode", NUMBER, ADDRESS)
        self._colour = native("FPDFText_GetFillColor", NUMBER, ADDRESS, NUMBER, *(ADDRESS,) * 4)

    def loose_box(self, index: int) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of a letter's width and its font's height."""
        numbers = self._numbers
        if not self._loose_box(self._page, index, self._numbers_at):
            return 0.0, 0.0, 0.0, 0.0
        return numbers[0], numbers[1], numbers[2], numbers[3]

    def of(self, index: int, pointer: int, order: int) -> Look:
        """The look of a text object, the first letter of which has this index."""
        numbers, page = self._numbers, self._page
        a = b = c = d = 0.0
        if self._matrix(page, index, self._numbers_at):
            a, b, c, d = numbers[0], numbers[1], numbers[2], numbers[3]
        size = self._size(page, index) * (math.hypot(c, d) or 1.0)
        _, top, _, bottom = self.loose_box(index)
        height = abs(top - bottom)
        # Fonts whose glyphs are drawings (Type 3) may have a size that says nothing.
        if not 0.2 < size < 2000 or height > size * 4:
            size = height * 0.85 or 10.0
        # What is drawn smaller than any eye reads keeps a size that can be divided by.
        size = max(size, _LEAST_SIZE)
        font = self._font(pointer) or 0
        bold = self._bold.get(font)
        if bold is None or not font:
            bold = self._bold[font] = self._is_bold(index)
        angle = math.degrees(math.atan2(b, a)) % 360
        mode = self._mode(pointer)
        white = clear = False
        if self._colour(page, index, *self._colours_at):
            red, green, blue, alpha = self._colours
            white = min(red, green, blue) >= _WHITE and mode in (0, 4)
            clear = alpha == 0 and mode == 0
        return Look(size, bold, round(angle / 90) % 4, mode in _INVISIBLE_MODES or clear, white, order)

    def _is_bold(self, index: int) -> bool:
        """Whether the font of a letter says that it is bold, by its name or its weight."""
        from pypdfium2 import raw

        flags = ctypes.c_int()
        name = ctypes.create_string_buffer(128)
        length = raw.FPDFText_GetFontInfo(self._textpage, index, name, 128, flags)
        font = name.value.decode("utf-8", "replace").lower() if 0 < length <= 128 else ""
        return (
            any(word in font for word in ("bold", "black", "heavy"))
            or raw.FPDFText_GetFontWeight(self._textpage, index) >= 600
        )
