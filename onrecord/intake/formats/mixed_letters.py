"""Text whose letters are wrong because the file's table of letters is (ISO 32000-1, section 9.10.3): letters of one script stand within the
words of another."""

from __future__ import annotations

import re

# A brand's name in a sentence without blanks is longer, and prefixes and endings stand before or behind a foreign word.
_SIGNS = r"[=*%$#@!~^|<>+]{0,2}"
_LATIN = r"[A-Za-z\u00c0-\u024f]"
_OTHERS = (
    r"[\u0400-\u04ff]",
    r"[\u05d0-\u05ea]",
    r"[\u0620-\u064a\u0671-\u06d3\ufb50-\ufdff\ufe70-\ufefc]",
)
_WITHIN = re.compile(
    "|".join(
        f"{around}{_SIGNS}{within}{{1,2}}{_SIGNS}(?={around})"
        for other in _OTHERS
        for around, within in ((other, _LATIN), (_LATIN, other))
    )
)
_MOST = 5


def is_garbled(text: str) -> bool:
    """True for the text of a page with more than five words that mix the letters of two scripts."""
    if text.isascii():
        return False
    return sum(_WITHIN.search(word) is not None for word in text.split()) > _MOST
