"""What stands around a line that nothing marks as a heading, and makes it doubtful that it is the headline. Each check gives the doubt in
words, or an empty text."""

from __future__ import annotations

from collections.abc import Callable

from onrecord.intake.layout import headline_checks, line_signs
from onrecord.intake.layout.candidates import letters
from onrecord.intake.layout.headline_signs import RIVAL, Signs, is_name
from onrecord.intake.layout.title_forms import PRINTED

# Beside a date on its line, so many words are more than what goes with it.
_LEAST_BESIDE_DAY = 3
# So many letters tell a stretch of text from others.
_KNOWN_BY = 40
_CLEAR = "its letters are not clean"


def _goes_on_in_header(signs: Signs) -> str:
    """In a text of short lines, the line right below was taken for an office, or for a day and words beside it: it may be the headline's
    second line."""
    number = signs.chosen[-1].line + 1
    if not signs.is_wrapped or number >= signs.assignment.opening:
        return ""
    below = signs.assignment.lines[number]
    named = any(stretch.place == "header" and stretch.publisher for stretch in signs.assignment.stretches[number])
    dates = below.header.dates
    words = line_signs.word_count(below.text) - sum(line_signs.word_count(date.written) for date in dates)
    more = named or (bool(dates) and words >= _LEAST_BESIDE_DAY)
    return "it may go on in the line below" if below.block.close and more else ""


def _under_larger(signs: Signs) -> str:
    """On paper, a line in a larger type stands in the head: that is the headline, if its letters could be read."""
    if signs.context.document.form not in PRINTED:
        return ""
    chosen = {candidate.line for candidate in signs.chosen}
    for line in signs.assignment.lines[: signs.assignment.opening]:
        if line.block.kind != "heading" or line.number in chosen or line_signs.word_count(line.text) < 2:
            continue
        if headline_checks.never_headline(line.text, signs.context) in ("", _CLEAR):
            return "another line is set larger"
    return ""


def _behind_first_line(signs: Signs) -> str:
    """Above it stand the first line of the document, of which nothing is known, and the line of the day, and no other."""
    first = signs.found[0]
    if first.line or first in signs.chosen or is_name(first.text, signs.context):
        return ""
    between = signs.assignment.stretches[1 : signs.chosen[0].line]
    headers = [each.reason for stretches in between for each in stretches if each.place == "header"]
    dated = bool(headers) and all(reason.startswith("date") for reason in headers)
    known = headline_checks.never_headline(first.text, signs.context)
    return RIVAL if dated and not known and any(map(str.isalpha, first.text)) else ""


def _again_below(signs: Signs) -> str:
    """Bold words stand once more as a line of the text: they head a part there."""
    if signs.context.document.form not in ("markdown", "html") or not signs.is_bold:
        return ""
    own, opening = letters(signs.text), signs.assignment.opening
    again = any(letters(line.text) == own for line in signs.assignment.lines[opening + 1 :])
    return "it appears again below, in the text" if again and not signs.repeated else ""


def _below_left_out(signs: Signs) -> str:
    """Text that the reader of a page left out stands above it: it may head no more than what was kept."""
    seen = letters("".join(signs.context.document.visible))
    at = seen.find(letters(signs.text))
    left = (letters(each.text)[:_KNOWN_BY] for each in signs.context.document.left_out if each.prose)
    return "text that was left out is above it" if any(0 <= seen.find(text) < at for text in left if text) else ""


CHECKS: tuple[Callable[[Signs], str], ...] = (
    _goes_on_in_header,
    _under_larger,
    _behind_first_line,
    _again_below,
    _below_left_out,
)
