"""A headline with the mark of a note behind it ("Report on the locks*"), and the note below it ("* Sent out late.")."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.intake.document import Block
from onrecord.intake.layout import line_signs
from onrecord.intake.layout.assignment import Assignment
from onrecord.intake.layout.candidates import Candidate

NOTE_REACH = 40
"""How far below the beginning of the text the foot of its first page may be, in blocks."""
_MARKS = ("*", "†")
LEAST_WORDS = 4
"""With fewer words, a line with such a mark is no headline."""
# A headline has no more lines.
_MOST_LINES = 6


def note_behind(text: str, below: Sequence[Block], in_head: int) -> int:
    """Where the mark of a note stands behind a headline ("Report on the locks*") that begins a block below it ("* Sent out late."), which
    may be the foot of its page; 0 where there is none, or no such block. Among the first `in_head` of the blocks, a line of its own with
    such a mark is read as an item."""
    shown = text.rstrip()
    mark = len(shown.rstrip("*†")) if shown.endswith(_MARKS) else 0
    if not mark or shown[:1] in "*†":
        return 0
    items = [at for at, block in enumerate(below) if block.kind == "item" and block.marker in ("-", "")]
    # A list has more items than one.
    noted = len(items) == 1 or sum(at < in_head for at in items) == 1
    noted = noted or any(block.text.lstrip().startswith(shown[mark:]) for block in below)
    return mark if noted else 0


def noted_lines(found: Sequence[Candidate], assignment: Assignment) -> tuple[int, int] | None:
    """The first and last of the lines that stand together, no blank line between, and end with the mark of a note which stands below
    them. None where no lines do, or others do too."""
    groups: list[tuple[int, int]] = []
    for last, candidate in enumerate(found):
        # Behind a figure, the mark is the figure's.
        if not candidate.text.rstrip().endswith(_MARKS) or not candidate.text.rstrip(" *†")[-1:].isalpha():
            continue
        first = last
        while (
            first
            and last - first < _MOST_LINES - 1
            and found[first].block.close
            and found[first].block.kind == found[first - 1].block.kind
            and found[first - 1].line == found[first].line - 1
        ):
            first -= 1
        words = sum(line_signs.word_count(each.text) for each in found[first : last + 1])
        lines = assignment.lines[candidate.line + 1 : assignment.opening + NOTE_REACH]
        below = [line.block for line in lines]
        if words >= LEAST_WORDS and note_behind(candidate.text, below, assignment.opening - candidate.line + 1):
            groups.append((first, last))
    return groups[0] if len(groups) == 1 else None
