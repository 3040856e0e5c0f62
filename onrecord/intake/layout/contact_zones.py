"""Whether short lines below a heading of contacts are contacts, where no telephone or mail address is written as such among them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.intake.layout import foot_lines, line_signs
from onrecord.intake.layout.lines import Line
from onrecord.intake.lexicon import Lexicon

_NUMBER = re.compile(r"(?<![\w/.,])\+?\(?\d(?:[\s().-]{0,3}\d){6,14}(?![\w/])")
_DATE = re.compile(r"\b\d{1,2}[-/. ]\d{1,2}[-/. ](?:19|20)\d\d\b|\b(?:19|20)\d\d[-/. ]\d\d[-/. ]\d\d\b")
_YEARS = re.compile(r"(?:1[5-9]|20)\d\d[\s().-]{1,3}(?:1[5-9]|20)\d\d")
_MOST_WORDS = 10
_LONGEST_LINE = 120


def opens(line: Line, lexicon: Lexicon) -> bool:
    """True for a line that heads or is a contact, and for a short one whose heading is glued to a name: "ContactAda Quill"."""
    if line.opens_contacts:
        return True
    text = line.text.strip()
    if not line.is_text or line.word_count > _MOST_WORDS or _is_sentence(text):
        return False
    first = text.split()[0] if text else ""
    glued = next((at for at in range(4, len(first)) if first[at - 1].islower() and first[at].isupper()), 0)
    return bool(glued) and lexicon.pattern("contacts_heading", "whole").match(first[:glued]) is not None


def are_contacts(below: Sequence[Line], all_lines: Sequence[Line], *, at_end: bool) -> bool:
    """True for the lines below a heading of contacts if they are all short, none is a sentence, and one has a web address or so many
    figures as a telephone number has, or such an address is the next of all the document's lines; `at_end` says that no running text
    follows them."""
    lines = [line for line in below if line.text.strip()]
    return (
        at_end
        and bool(lines)
        and all(_is_short(line) for line in lines)
        and any(
            foot_lines.shows_address(line.text) or has_number(line.text)
            for line in (*lines, *all_lines[lines[-1].number + 1 : lines[-1].number + 2])
        )
    )


def has_number(text: str) -> bool:
    """True where as many figures stand together as a telephone number has, and they are no date and no years."""
    return any(not _DATE.search(found[0]) and not _YEARS.fullmatch(found[0]) for found in _NUMBER.finditer(text))


def _is_short(line: Line) -> bool:
    text = line.text.strip()
    short = len(text) <= _LONGEST_LINE and line.word_count <= _MOST_WORDS
    return line.block.kind in ("paragraph", "item", "heading") and short and not _is_sentence(text)


def _is_sentence(text: str) -> bool:
    return line_signs.is_short_sentence(text) or text.endswith(("!", "?", "؟", "！", "？"))
