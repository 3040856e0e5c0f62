"""The lines of a table of contents: each says the heading of a part, and none is the headline of the whole."""

from __future__ import annotations

import re

from onrecord.intake.layout.assignment import Assignment
from onrecord.intake.layout.context import Context

REASON = "it is an entry of a table of contents"
# Leaders and the number of a page at the end of a line: "The canals ........ p. 3".
_LEADERS = re.compile(
    r"(?<![.．。·・•…‥_])(?<![.．。·・•…‥_]\s)(?:[.．。·・•…‥_]\s?){4,}+\W{0,3}(?:[^\W\d_]{1,3}[.．]?\s?)?\d{1,4}\s*$"
)
_PAGE_BEHIND = re.compile(r"[^\W\d_]\W{0,4}\s\d{1,3}$")
_OUTER_MARKS = re.compile(r"^\W{1,4}|\W{1,4}$")
# So much of a line's end is looked at, in characters.
_REACH = 200
# The leaders may stand in a line of their own, below the entry and the heading of its group.
_LINES_ABOVE = 3
# Below a heading of contents, so many of the next lines end in the number of a page.
_LEAST_NUMBERED, _LINES_BELOW = 2, 8


def entries(assignment: Assignment, context: Context) -> frozenset[int]:
    """The numbers of the lines above the text that belong to a table of contents; those in the few lines above leaders count, too."""
    lines = assignment.lines[: assignment.opening + _LINES_ABOVE + 1]
    out: set[int] = set()
    for number, line in enumerate(lines):
        if _LEADERS.search(line.text[-_REACH:]):
            out.update(range(max(0, number - _LINES_ABOVE), number + 1))
    heads = context.lexicon.pattern("part_headings", "whole")
    for number, line in enumerate(lines):
        if len(line.text) > _REACH or not heads.match(_OUTER_MARKS.sub("", line.text)):
            continue
        below = range(number + 1, min(len(lines), number + 1 + _LINES_BELOW))
        numbered = [at for at in below if _PAGE_BEHIND.search(lines[at].text[-_REACH:].strip())]
        last = max(
            [at for at in out if at >= number] + (numbered if len(numbered) >= _LEAST_NUMBERED else []), default=-1
        )
        out.update(range(number, last + 1))
    return frozenset(out)
