"""Glyphs of a PDF whose font says no character for them: what is written for them, so that none is lost.

Fonts that hold the letters that typesetting joins ("ff", "fi") at codes of their own, without a table to Unicode (ISO 32000-1, section
9.10), still name them in their program (Adobe Type 1 Font Format, section 2.2: `dup 11 /ff put`). Any other such glyph stays visible as
U+FFFD.
"""

from __future__ import annotations

import ctypes
import re
from typing import Any

_UNKNOWN = "\ufffd"
_LETTERS = {
    "f_f": "ff",
    "f_i": "fi",
    "f_l": "fl",
    "f_f_i": "ffi",
    "f_f_l": "ffl",
    "f_t": "ft",
    "t_t": "tt",
    "T_h": "Th",
}
_JOINED = {**_LETTERS, **{name.replace("_", ""): letters for name, letters in _LETTERS.items()}}
_NAMED = re.compile(rb"dup[ ]{1,4}(\d{1,3})[ ]{0,4}/([A-Za-z_]{2,5})[ ]{1,4}put")
# The names stand before the part of a font's program that is enciphered.
_LONGEST_HEAD = 40_000
_MOST_BYTES = 4_000_000


class Unmapped:
    """What is written for the glyphs of one document that have no character."""

    def __init__(self) -> None:
        self._names: dict[int, dict[int, str]] = {}

    def text(self, text_object: int, code: int) -> str:
        """What the glyph with a code in the font of a text object is: joined letters, or U+FFFD."""
        from pypdfium2 import raw

        font = raw.FPDFTextObj_GetFont(ctypes.cast(text_object, raw.FPDF_PAGEOBJECT))
        address = ctypes.cast(font, ctypes.c_void_p).value or 0
        if address not in self._names:
            self._names[address] = joined_letters(_program(font)) if address else {}
        return self._names[address].get(code, _UNKNOWN)


def joined_letters(program: bytes) -> dict[int, str]:
    """The letters that a Type 1 font's program joins in one glyph, by its code; nothing for a font of another kind."""
    if not program.startswith((b"%!", b"\x80\x01")):
        return {}
    named = ((int(code), name.decode()) for code, name in _NAMED.findall(program[:_LONGEST_HEAD]))
    return {code: _JOINED[name] for code, name in named if name in _JOINED}


def _program(font: Any) -> bytes:
    from pypdfium2 import raw

    length = ctypes.c_size_t()
    if not raw.FPDFFont_GetFontData(font, None, 0, length) or not 0 < length.value < _MOST_BYTES:
        return b""
    buffer = (ctypes.c_uint8 * length.value)()
    return bytes(buffer) if raw.FPDFFont_GetFontData(font, buffer, length.value, length) else b""


def is_unmapped(handle: Any, index: int, code: int) -> bool:
    """True for ink whose code stands for no character, of a page's text (`handle`, PDFium's) and the place in it: PDFium gives the code
    itself for it."""
    from pypdfium2 import raw

    # Nothing is said of the code 0, which PDFium has no character for either.
    if raw.FPDFText_HasUnicodeMapError(handle, index) != 1 and (code or raw.FPDFText_IsGenerated(handle, index)):
        return False
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    has_box = raw.FPDFText_GetCharBox(handle, index, left, right, bottom, top)
    return bool(has_box) and right.value - left.value > 0.1 and top.value - bottom.value > 0.1
