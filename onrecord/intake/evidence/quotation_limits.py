"""How much of a body is looked through for quotations, which takes longer than all other reading of it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from onrecord.intake.document import Block
from onrecord.model import Question

MOST_QUOTATIONS = 200
"""As many has a draft at most."""
MOST_MARKS = 4_000
"""Quotation marks that are looked at."""

_MARK = re.compile(r"""["“”„«»‹›「」『』'‘](?:(?<!['‘])|(?<!\w['‘]))""")
MORE = Question(
    "quotations",
    f"The text has more quotation marks than were looked through ({MOST_MARKS:,}), or more quotations than the {MOST_QUOTATIONS} that "
    "are here. Which of the others are to be listed?",
)


def looked_through(body: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks of a body up to the last quotation mark that is looked at, of which the last may be cut."""
    left = MOST_MARKS
    for number, block in enumerate(body):
        marks = list(itertools.islice(_MARK.finditer(block.text), left + 1))
        if len(marks) > left:
            return (*body[:number], block.slice(0, marks[-1].start()))
        left -= len(marks)
    return tuple(body)
