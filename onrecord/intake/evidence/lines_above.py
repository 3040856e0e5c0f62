"""What stands above a line of a document, looked up for one line after the other."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import pairwise

from onrecord.intake.document import Document
from onrecord.intake.evidence.date_mentions import dates_in
from onrecord.intake.evidence.date_roles import LONGEST_DATE_LINE, PARAGRAPH
from onrecord.intake.evidence.header_words import taken_apart
from onrecord.intake.lexicon import Lexicon

_LONGEST_ANNOUNCEMENT = 160


class LinesAbove:
    """The blocks of a document, whose places are counted from 0. Each of its questions is answered from one walk over them."""

    def __init__(self, document: Document, lexicon: Lexicon) -> None:
        self._document = document
        self._lexicon = lexicon
        self.form = document.form
        self.texts = [block.text.strip() for block in document.blocks]
        self._places = {text: at for at, text in reversed(list(enumerate(self.texts)))}

    def place(self, line: str) -> int:
        """Where a line stands first; 0 where it is none of the blocks."""
        return self._places.get(line.strip(), 0)

    @cached_property
    def first_paragraph(self) -> int:
        """Where the first paragraph stands; behind all where there is none."""
        return next((at for at, text in enumerate(self.texts) if len(text) >= PARAGRAPH), len(self.texts))

    @cached_property
    def first_announced(self) -> int:
        """Where the first block stands that announces another text; behind all where there is none."""
        pairs = enumerate(pairwise(self.texts), start=1)
        return next(
            (at for at, (before, text) in pairs if _announces_text(text, before, self._lexicon)), len(self.texts)
        )

    def has_other_day(self, line: str, at: int) -> bool:
        """True where a line above `at` is nothing but a day, and another one than that of `line`: the page's own as often."""
        own = {mention.edtf for mention in dates_in(line, self._lexicon.document_language)}
        return any(first < at and day not in own for day, first in self._days.items())

    @cached_property
    def _days(self) -> dict[str, int]:
        """Days that stand alone on a line, with the place of the first of each, in their order; -1 for what was left out."""
        lines = [(-1, left.text) for left in self._document.left_out]
        lines += [(at, block.text) for at, block in enumerate(self._document.blocks)]
        days: dict[str, int] = {}
        for at, text in lines:
            mentions = dates_in(text, self._lexicon.document_language) if len(text) <= LONGEST_DATE_LINE else []
            # Most lines have none, and taking one apart takes longer than looking for a day.
            if mentions and not taken_apart(text, self._lexicon).pieces:
                for mention in mentions:
                    if len(mention.edtf) == 10 and "X" not in mention.edtf:
                        days.setdefault(mention.edtf, at)
        return days


def _announces_text(text: str, before: str, lexicon: Lexicon) -> bool:
    """True where a paragraph ends with words that announce another text, which stands whole behind it: "Here is the letter in full:", or
    a line begins or ends with them ("Read the letter below") that goes on no sentence of the line `before`."""
    whole = text.strip(" *_")
    end = max(map(whole.rfind, ".!?؟。")) + 1
    last = (whole[end:].lstrip() if end else whole) or text
    if len(last) > _LONGEST_ANNOUNCEMENT or not lexicon.pattern("in_full", "within").search(last):
        return False
    if last.endswith((":", "：")):
        return True
    outer = lexicon.pattern("in_full", "start").match(last) or lexicon.pattern("in_full", "end").search(last)
    return (
        outer is not None
        and len(text) <= PARAGRAPH
        and not text.rstrip(" *_").endswith((".", "!", "?", "。"))
        and re.search(r"[.!?:؟。”\"»)*_]\s*$|^$", before) is not None
    )
