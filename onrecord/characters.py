"""Characters that a reader cannot see or does not tell apart (Unicode Standard Annex 9, Technical Standard 39)."""

from __future__ import annotations

import re
import unicodedata

HIDDEN = r"[\u202a-\u202e\u2066-\u2069\u00ad\u200b\u2060\ufeff\u2028\u2029\x85\x0b\x0c]"
_HIDDEN = re.compile(HIDDEN)

LINE_ENDS = "\n\r\x0b\x0c\x85\u2028\u2029"
"""What some program takes for the end of a line (Unicode Standard, section 5.8)."""

LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
"""The letters that typesetting joins (ﬀ, ﬁ, ﬂ …), for `str.translate`: as they are written."""

_QUOTES = {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "ʼ": "'", "\u00a0": " ", "\u202f": " "}
_SAME_MARK = str.maketrans({**_QUOTES, "«": '"', "»": '"', "‚": "'", "‐": "-", "‑": "-", "–": "-", "—": "-"})


def hidden(text: str) -> str:
    """The first character of `text` that is not shown and may not stand in a title, a name or a label, as "U+202E"; else empty.

    Directional marks (LRM, RLM) and joiners (ZWJ, ZWNJ), which Arabic, Persian and Indic scripts need, are not among them.
    """
    if text.isascii() and text.isprintable():
        return ""
    match = _HIDDEN.search(text)
    return f"U+{ord(match[0]):04X}" if match else ""


def fold_quotes(text: str) -> str:
    """`text` with one form of each quotation mark, apostrophe and space: what typesetting changes and no words are."""
    if not text.isascii():
        for mark, plain in _QUOTES.items():  # many times faster than str.translate
            text = text.replace(mark, plain)
    return text


def fold_marks(text: str) -> str:
    """As `fold_quotes`, with guillemets and dashes in one form too."""
    return text.translate(_SAME_MARK)
