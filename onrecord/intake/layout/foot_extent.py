"""Whether a text goes on behind what may begin its foot: stars between two sections, "Editor's note:", a heading "About …" or "Notes".

A foot is smaller than the text above it. What outweighs the text, or is divided by headings of its own, is the text itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.intake.layout.assignment import Assignment
from onrecord.intake.layout.lines import Line

_WORDLESS_MARK = re.compile(r"(?:[*•·~xX_]\s*){1,9}")
# A section of a text has so many paragraphs.
_LEAST_SECTION = 2
# So many in a row behind stars are one.
_LEAST_BEHIND = 3
# So many headings with text below them make a text of sections.
_LEAST_HEADINGS = 2


def is_wordless(line: Line) -> bool:
    """True for an end mark of stars, dots or x's, which also stands between two sections."""
    return _WORDLESS_MARK.fullmatch(line.text.strip()) is not None


def parts_sections(assignment: Assignment, mark: Line) -> bool:
    """True for a wordless mark with the text going on behind it: several paragraphs of running text in a row and nothing of a foot
    anywhere behind, or more running text than stands above it before anything of a foot."""
    if not is_wordless(mark):
        return False
    behind = assignment.lines[mark.number + 1 :]
    has_foot = any(line.has_contact or _opens_foot(line) for line in behind)
    if outweighs(assignment, mark) and (not has_foot or any(is_wordless(line) for line in behind)):
        return True
    if has_foot:
        return False
    first = [line for line in behind if assignment.is_whole(line.number) and line.text.strip()][:_LEAST_BEHIND]
    return len(first) == _LEAST_BEHIND and all(line.is_prose and line.block.kind == "paragraph" for line in first)


def parts_as_before(assignment: Assignment, mark: Line) -> bool:
    """True for a further wordless mark in a text that such marks divide, where running text stands before the next of them or a foot."""
    if not is_wordless(mark):
        return False
    for line in assignment.lines[mark.number + 1 :]:
        if line.is_end_mark or _opens_foot(line):
            return False
        if line.is_prose and assignment.is_whole(line.number):
            return True
    return False


def goes_on(behind: Sequence[Line]) -> bool:
    """True where a heading of the text stands next, with running text below it."""
    if not behind or behind[0].block.kind != "heading" or behind[0].opens_contacts or behind[0].is_about:
        return False
    return sum(line.is_prose for line in behind[1:]) >= _LEAST_SECTION


def is_section(assignment: Assignment, heading: Line) -> bool:
    """True for a heading "Notes" or "About …" of one section among others: headings of something else stand behind it, each with running
    text, and together their texts outweigh the text above it."""
    above = _words_above(assignment, heading)
    below = sections = 0
    in_section = counts = False
    for line in assignment.lines[heading.number + 1 :]:
        if line.block.kind == "heading" or _opens_foot(line):
            in_section, counts = not _opens_foot(line), True
        elif in_section and line.is_prose and assignment.is_whole(line.number):
            below += line.word_count
            sections += counts
            counts = False
    return sections >= _LEAST_HEADINGS and below > above


def outweighs(assignment: Assignment, line: Line) -> bool:
    """True where more words of running text stand behind a line, before anything of a foot, than between it and the head."""
    above = _words_above(assignment, line)
    below = 0
    for each in assignment.lines[line.number + 1 :]:
        if _opens_foot(each) or (each.is_end_mark and not is_wordless(each)):
            break
        if each.is_prose and assignment.is_whole(each.number):
            below += each.word_count
            if below > above:
                return True
    return False


def is_last(assignment: Assignment, line: Line) -> bool:
    """True where less running text stands behind a line, before anything of a foot, than the line itself has."""
    behind = 0
    for each in assignment.lines[line.number + 1 :]:
        if _opens_foot(each) or each.is_end_mark:
            break
        behind += each.word_count if each.is_prose and assignment.is_whole(each.number) else 0
    return behind < line.word_count


def _opens_foot(line: Line) -> bool:
    return line.opens_notes or line.opens_contacts or line.is_about


def _words_above(assignment: Assignment, line: Line) -> int:
    return sum(each.word_count for each in assignment.lines[assignment.opening : line.number] if each.is_prose)
