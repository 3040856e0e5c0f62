"""Passes over what stands between two paragraphs of a text and is none of it: the link to another page, the foot of a printed page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.intake.layout import line_signs
from onrecord.intake.layout.assignment import CONTACT_DATA, Assignment, Move
from onrecord.intake.layout.context import Context
from onrecord.intake.layout.lines import Line

# A label before the headline of another page is no longer, and a line with one.
_LONGEST_LABEL, _LONGEST_LINE = 40, 300
_LINKED_KINDS = frozenset({"paragraph", "quote", "heading"})
# Between two parts of a sentence, the foot of a page has so many lines, and so many words.
_MOST_LINES, _MOST_WORDS = 4, 40
# The first part of a sentence that a page parts fills a line.
_LEAST_BROKEN = 10
_PRINTED = frozenset({"pdf", "scan"})
FOOT_OF_PAGE = "foot of a printed page"


def see_also(assignment: Assignment, context: Context) -> Iterator[Move]:
    """ "See also:" and the headline of another page, all of it a link, on a line of its own. It is asked about."""
    label = context.lexicon.pattern("see_also", "start")
    for line in assignment.lines:
        text = line.text.strip()
        if line.block.kind not in _LINKED_KINDS or len(text) > _LONGEST_LINE or not assignment.is_whole(line.number):
            continue
        found = label.match(text)
        if found and _is_linked(line, text[found.end() :].lstrip(" :：»>→–—|-")):
            yield Move(line.number, "left_out", "link to another page within the text", prose=True)


def _is_linked(line: Line, headline: str) -> bool:
    """True where all of a headline is the text of links, and before them stands no more than a label."""
    linked = "".join(run.text for run in line.block.runs if run.href)
    bare = "".join(run.text for run in line.block.runs if not run.href)
    return bool(headline) and len(bare.strip()) <= _LONGEST_LABEL and headline.strip(" .") in linked


def feet_of_pages(assignment: Assignment, context: Context) -> Iterator[Move]:
    """Lines with a telephone or an address that part a sentence of a printed text: the foot of a page, which is drawn between its two
    parts. What of it is no contact is asked about."""
    if context.document.form not in _PRINTED:
        return
    lines = assignment.lines
    for at, line in enumerate(lines):
        if line.word_count < _LEAST_BROKEN or not _breaks_off(line):
            continue
        run = _run_to_rest(lines[at + 1 : at + 2 + _MOST_LINES])
        if run and any(each.has_contact for each in run):
            for each in run:
                if assignment.is_whole(each.number):
                    reason = CONTACT_DATA if each.has_contact else FOOT_OF_PAGE
                    yield Move(each.number, "left_out", reason, prose=not each.has_contact)


def _run_to_rest(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines before the one that goes on in a small letter; none where no line does, or one of them is long."""
    for at, line in enumerate(lines):
        if line.block.kind == "paragraph" and line.text[:1].islower() and line.word_count > 1:
            return lines[:at]
        if line.word_count > _MOST_WORDS or line.block.kind == "table":
            return ()
    return ()


def _breaks_off(line: Line) -> bool:
    text = line.text.rstrip()
    return line.block.kind == "paragraph" and text[-1:] != ":" and not line_signs.ends_sentence(text)
