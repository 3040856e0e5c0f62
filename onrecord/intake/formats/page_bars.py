"""A bar of a page: pieces of a few words, each in an element of its own, that say what a document is and of which day, and that only the
page's style sheet parts: `<span>Press release</span><span>Keld, 3 May 2013</span>`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.intake.formats.page_days import holds_day

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Elements that hold such pieces. A paragraph and a heading hold one sentence, in however many pieces.
_HOLDERS = frozenset(["div", "header", "section", "aside", "footer", "nav", "li"])
_PIECES = frozenset(["span", "time"])
_LEAST_PIECES, _MOST_PIECES = 2, 6
_SHORTEST, _LONGEST = 4, 100
# A line of a day has no more characters.
_LONGEST_DAY = 48
_SENTENCE_END = re.compile(r"[.!?;:,。！？،؛–—-]\s*$")


def is_bar(element: HtmlElement) -> bool:
    """True for an element that has nothing but such pieces, each of which is a line of its own then: none is a sentence or begins with a
    small letter, and one is a short line with a day."""
    if element.tag not in _HOLDERS or (element.text or "").strip():
        return False
    pieces = list(element)
    if not _LEAST_PIECES <= len(pieces) <= _MOST_PIECES:
        return False
    texts = []
    for piece in pieces:
        text = " ".join(piece.text_content().split()) if piece.tag in _PIECES and not len(piece) else ""
        if (piece.tail or "").strip() or not _SHORTEST <= len(text) <= _LONGEST:
            return False
        texts.append(text)
    if any(text[0].islower() or _SENTENCE_END.search(text) for text in texts):
        return False
    return any(len(text) <= _LONGEST_DAY and holds_day(piece) for text, piece in zip(texts, pieces, strict=True))
