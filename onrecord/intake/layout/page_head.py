"""The lines that stand on a page between its headline and its text: who wrote it, links, items of lists; what of them is no sub-title."""

from __future__ import annotations

import re

from onrecord.intake.document import Block
from onrecord.intake.evidence.date_mentions import dates_in
from onrecord.intake.layout import line_signs
from onrecord.intake.layout.assignment import Assignment, Place
from onrecord.intake.layout.candidates import Candidate
from onrecord.intake.layout.context import Context
from onrecord.intake.lexicon import Lexicon

REASON = "line of the page above its text"
# A line above the text with fewer words is no sub-title; one with so many may be read as text.
_LEAST_SUBTITLE, _MOST_WORDS = 6, 12
# What parts the pieces of a page's line of the day; such a line has no more words, and the heading of a box no more.
_PIECES = re.compile(r"\s[•·|]\s")
_MOST_OF_DAY, _MOST_OF_HEADING = 14, 3


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


def is_of_head(candidate: Candidate, assignment: Assignment, lexicon: Lexicon) -> bool:
    """True for a line of a page with its day among pieces that marks part ("3 May 2012 · 2 minutes"); for the label of a by-line, and the
    names of one right above the line of the day; and for a short heading with another line of the head below it."""
    lines = assignment.lines
    line = lines[candidate.line]
    if is_author_label(candidate.text, lexicon):
        return True
    if line.ends_sentence or candidate.block.kind == "item":
        return False
    following = assignment.stretches[candidate.line + 1] if candidate.line + 1 < assignment.opening else ()
    decided = bool(following) and all(each.place in ("header", "left_out") for each in following)
    words = candidate.text.split()
    if candidate.block.kind == "heading":
        return decided and line.word_count <= _MOST_OF_HEADING
    if line.header.dates and line.word_count <= _MOST_OF_DAY and len(_PIECES.split(candidate.text)) > 1:
        return True
    dated = decided and any(each.reason.startswith("date") for each in following)
    return dated and len(words) <= _MOST_OF_DAY and all(word[:1].isupper() for word in words)


def is_author_label(text: str, lexicon: Lexicon) -> bool:
    """True for the label of a by-line without its name: "By:"."""
    label = text.rstrip(" :：")
    return label != text and any(lexicon.pattern(name, "whole").match(label) for name in ("by_line", "mail_from"))


def is_link(block: Block) -> bool:
    """True for words that are links from end to end."""
    runs = [run for run in block.runs if run.text.strip()]
    return bool(runs) and all(run.href for run in runs)
