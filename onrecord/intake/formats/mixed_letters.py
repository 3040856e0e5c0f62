"""Text whose letters are wrong because the file's table of letters is (ISO 32000-1, section 9.10.3): letters of one script stand within the
words of another, or one letter stands for many."""

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
# No word of these scripts has a letter three times, or a vowel's mark twice: it stands for those that a table of letters does not have.
_REPEATED = re.compile(r"([\u05d0-\u05ea\u0620-\u063f\u0641-\u064a])\1\1|([\u064b-\u0652])\2")
_ARABIC_LETTER = re.compile(r"[\u0620-\u064a]")
_MOST = 5
# Of the words of a page of Arabic, hardly one in fourteen is one letter.
_MOST_LONE, _LEAST_WORDS = 0.12, 30


def is_garbled(text: str) -> bool:
    """True for the text of a page with more than five words that mix the letters of two scripts, or repeat an Arabic or Hebrew letter or
    vowel's mark as no word does, and for a page of Arabic in which many a word is one letter."""
    if text.isascii():
        return False
    wrong = sum(_WITHIN.search(word) is not None or _REPEATED.search(word) is not None for word in text.split())
    words = [word for word in text.split() if _ARABIC_LETTER.search(word)]
    lone = sum(sum(map(str.isalpha, word)) == 1 for word in words)
    return wrong > _MOST or (len(words) > _LEAST_WORDS and lone > _MOST_LONE * len(words))
