"""The lines that stand on a page between its headline and its text: who wrote it, links, items of lists; what of them is no sub-title."""

from __future__ import annotations

from onrecord.intake.document import Block
from onrecord.intake.evidence.date_mentions import dates_in
from onrecord.intake.layout import line_signs
from onrecord.intake.layout.assignment import Place
from onrecord.intake.layout.context import Context

REASON = "line of the page above its text"
# A line above the text with fewer words is no sub-title; one with so many may be read as text.
_LEAST_SUBTITLE, _MOST_WORDS = 6, 12


def place_of(block: Block, context: Context) -> Place | None:
    """Where a line between a page's headline and its text belongs that is no sub-title; None where it may be one. What is short stays
    as a line of the head, where it may be evidence of a date or of who issued it."""
    text = block.text.strip()
    words = line_signs.word_count(text)
    linked = sum(len(run.text) for run in block.runs if run.href)
    short = words < _MOST_WORDS and not line_signs.ends_sentence(text)
    if (
        block.kind == "item"
        or linked * 2 > len(text)
        or (short and (words < _LEAST_SUBTITLE or bool(dates_in(text, context.language))))
        or context.lexicon.pattern("by_line", "start").match(text) is not None
    ):
        return "header" if words < _MOST_WORDS else "left_out"
    return None
