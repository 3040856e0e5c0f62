"""The only heading of the first level of a Markdown text, at its very top, which is its headline although it looks like something else."""

from __future__ import annotations

from onrecord.intake.layout import headline_checks, line_signs
from onrecord.intake.layout.assignment import Assignment
from onrecord.intake.layout.candidates import Candidate
from onrecord.intake.layout.context import Context
from onrecord.intake.layout.header_lines import has_clause
from onrecord.intake.layout.headline_signs import WHOLE_SHARE
from onrecord.intake.layout.text_echo import TextEcho

# A name of fewer letters may be the sign of something.
_LEAST_PLACE = 5
# A heading with an office or persons in it has so many words; of one that does not say what is done, so many that are no names stand again
# in the text.
_LEAST_WITH_OFFICE, _LEAST_COMMON = 6, 3
_LONGEST_SMALL = 3


def is_sole(candidate: Candidate, assignment: Assignment, context: Context) -> bool:
    """True for the first line of a Markdown text that is its only heading of the first level, be it the name of a place that the text
    speaks of, a long line with an office in it, or one that says what persons do, of which the text speaks."""
    block = candidate.block
    if context.document.form != "markdown" or candidate.line or block.kind != "heading" or block.level > 1:
        return False
    name = candidate.text.casefold()
    below = assignment.lines[1:]
    if any(line.block.kind == "heading" and line.block.level <= 1 for line in below):
        return False
    never = headline_checks.never_headline(candidate.text, context)
    if never == headline_checks.PLACE:
        return len(name) >= _LEAST_PLACE and any(name in line.text.casefold() for line in below)
    acts = never == headline_checks.PERSONS and _says_what_is_done(candidate.text, context)
    if not (acts or never == headline_checks.OFFICE) or line_signs.word_count(candidate.text) < _LEAST_WITH_OFFICE:
        return False
    echo = TextEcho.below(assignment, candidate.text).of(candidate.text, context.lexicon.words("function_words"))
    return echo.share >= WHOLE_SHARE and (acts or echo.common >= _LEAST_COMMON)


def _says_what_is_done(text: str, context: Context) -> bool:
    """True where a verb stands among names and offices: one that the lexicon knows, or a longer word in small letters that is no office and
    joins none: "Ministerin Ada Venn und Präsident Mo Kell eröffnen den Hafen"."""
    if has_clause(text, context.lexicon):
        return True
    categories = ("function_words", "connectives", "name_particles", "articles", "person_titles", "organization_words")
    others = [context.lexicon.pattern(category, "whole") for category in categories]
    words = (word.strip(",.;:()") for word in text.split())
    return any(
        word.islower() and len(word) > _LONGEST_SMALL and not any(o.match(word) for o in others) for word in words
    )
