"""Lines above the first paragraph that are text all the same: what stands around them says so. They stay in the body, whatever else they
may be: a line that a question asks about is quoted there, and is lost from no text."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.intake.layout import line_signs
from onrecord.intake.layout.assignment import Assignment, Move, Stretch
from onrecord.intake.layout.context import Context
from onrecord.intake.layout.headline import MAYBE, NEAR
from onrecord.intake.layout.lines import Line
from onrecord.intake.layout.other_headings import is_salutation
from onrecord.intake.layout.stated_lines import LABEL
from onrecord.intake.layout.subtitles import OF_HEAD, SHORT_LINE, has_rank_again

# Why a line went to the head that nothing else is known of.
_UNKNOWN = frozenset({NEAR, OF_HEAD, SHORT_LINE})
_LEAST_RUNNING = 5


def unbroken_text(assignment: Assignment, context: Context) -> Iterator[Move]:
    """A line of the head that a line of the text goes on from or lists with, or that a greeting or running text stands above."""
    opening = assignment.opening
    kept = {number for number in range(len(assignment.lines)) if assignment.is_whole(number, "body")}
    found: dict[int, Stretch] = {}
    for number in reversed(range(min(opening, len(assignment.lines) - 1))):
        stretch = _unknown(assignment, number) or _dated(assignment, number, context)
        if stretch and number + 1 in kept and _is_one_text(assignment.lines[number], assignment.lines[number + 1]):
            found[number] = stretch
            kept.add(number)
    begun = False
    for number in range(opening if opening < len(assignment.lines) else 0):
        line = assignment.lines[number]
        stretch = _unknown(assignment, number)
        greeted = number > 0 and is_salutation(assignment.lines[number - 1].text, context.lexicon)
        heads = (
            context.document.form == "html"
            and line.block.kind == "heading"
            and has_rank_again(line.block, assignment, opening)
        )
        if stretch and number not in kept and (greeted or heads or (begun and _may_stand_in_text(line, context))):
            found[number] = stretch
            kept.add(number)
        running = line.word_count >= _LEAST_RUNNING and line_signs.ends_sentence(line.text)
        begun = begun or (number in kept and (running or heads))
    for number, stretch in sorted(found.items()):
        # The reason stays: a question quotes what may be the headline by it.
        yield Move(number, "body", stretch.reason, source="header")


def _unknown(assignment: Assignment, number: int) -> Stretch | None:
    """The stretch of a line that is in the head as a whole, and of which nobody can say what it is; a label that is no date's is among
    them."""
    if not assignment.is_whole(number, "header"):
        return None
    stretch = assignment.stretches[number][0]
    line = assignment.lines[number]
    labelled = LABEL.match(line.text) is not None and stretch.by == "labels" and not stretch.publisher
    if line.header.dates or not (stretch.reason in _UNKNOWN or stretch.reason.startswith(MAYBE) or labelled):
        return None
    return stretch


def _dated(assignment: Assignment, number: int, context: Context) -> Stretch | None:
    """The stretch of an item with a day, or of a line with one and a label that is none of a day's."""
    if not assignment.is_whole(number, "header"):
        return None
    line = assignment.lines[number]
    label = LABEL.match(line.text)
    other = label is not None and not context.lexicon.pattern("label_date", "whole").match(label["label"].strip())
    return assignment.stretches[number][0] if line.block.kind == "item" or other else None


def _is_one_text(line: Line, below: Line) -> bool:
    """True for an item above an item, a label above a label, a paragraph that the next one goes on with, and a heading with a colon."""
    first, second = line.block, below.block
    if first.kind == "heading" and second.kind == "paragraph":
        return line.text.rstrip().endswith((":", "："))
    if first.kind != second.kind or first.kind not in ("item", "paragraph"):
        return False
    if LABEL.match(line.text):
        return LABEL.match(below.text) is not None
    goes_on = not line_signs.ends_sentence(line.text) and below.text[:1].islower()
    return first.kind == "item" or goes_on


def _may_stand_in_text(line: Line, context: Context) -> bool:
    """True for a line that running text above it makes text: on a page, where stamps and buttons stand below a first sentence, only for a
    heading and a label."""
    return context.document.form != "html" or line.block.kind == "heading" or LABEL.match(line.text) is not None
