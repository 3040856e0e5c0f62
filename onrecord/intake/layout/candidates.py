"""The lines above the text that may be its headline."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.intake.document import Block
from onrecord.intake.layout import line_signs
from onrecord.intake.layout.assignment import TITLE_LABEL, Assignment

_OTHER_SIGNS = re.compile(r"[\W_]+")
_OTHER_ASCII = bytes(code for code in range(128) if not chr(code).isalnum())


@dataclass(frozen=True, slots=True)
class Candidate:
    """Undecided text above the first paragraph that may be the headline. `labelled` says that a label calls it the title."""

    line: int
    start: int
    end: int
    block: Block
    text: str
    labelled: bool


def candidates(assignment: Assignment, before: int) -> list[Candidate]:
    """The undecided text above the line `before`."""
    out = []
    for line_stretches in assignment.stretches[:before]:
        for stretch in line_stretches:
            line = assignment.lines[stretch.line]
            if stretch.place != "undecided" or not line.is_text or not assignment.text(stretch):
                continue
            labelled = any(other.reason == TITLE_LABEL for other in line_stretches)
            text = assignment.text(stretch)
            start, end = stretch.start, stretch.end
            if text.startswith(("#", "*")):
                text = line_signs.bare(text) or text
            out.append(Candidate(stretch.line, start, end, line.block, text, labelled))
    return out


def letters(text: str) -> str:
    """The letters and digits of a text, in one case: what stays the same when it stands in two places."""
    if text.isascii():
        return text.lower().encode("ascii").translate(None, _OTHER_ASCII).decode("ascii")
    return _OTHER_SIGNS.sub("", text.casefold())
