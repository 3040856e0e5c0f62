"""The lines around the one that was chosen as the headline: whether it begins in the one above, goes on in the one below, or shares its
line with other words. Each check gives the doubt in words, or an empty text."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

from onrecord.intake.layout import headline_checks, line_signs
from onrecord.intake.layout.candidates import Candidate, letters
from onrecord.intake.layout.continued_lines import breaks_off
from onrecord.intake.layout.headline_signs import RIVAL, Signs, is_name
from onrecord.intake.layout.organizations import is_office

# Blanks within a line: so many are a line's end, fewer may stand for a mark that was lost.
_LINE_END = 12
# The buttons of a page have fewer words.
_LEAST_SENTENCE = 6
# Words of no more letters are written small in a headline.
_SMALL = 3
# Lines of one width differ by so many characters.
_ALIKE = 15


def _above(signs: Signs) -> str:
    """The line above, with no blank line between, may be the headline's first."""
    candidate = signs.chosen[0]
    if candidate.start or not candidate.line:
        return ""
    line = signs.assignment.lines[candidate.line - 1]
    stretches = signs.assignment.stretches[line.number]
    furniture = line.is_navigation and signs.context.document.form != "html" and line.word_count >= _LEAST_SENTENCE
    whole = signs.context.lexicon.pattern("navigation", "whole").match(line.text.strip())
    titled = all(not word[:1].islower() or len(word) <= _SMALL for word in line.text.split())
    if furniture and (titled or not whole) and not any(map(str.isdigit, line.text)):
        # "Share Their Joy Opens House" begins like a button.
        return RIVAL
    undecided = any(each.place == "undecided" for each in stretches)
    if undecided and line.text.isupper() and signs.text.isupper() and not is_name(line.text, signs.context):
        return "it may begin in the line above"
    if not candidate.block.close:
        return ""
    if (
        line.text.isupper()
        and signs.text.isupper()
        and not line.header.is_header
        and not is_office(line.text, signs.context.language)
    ):
        return "it may begin in the line above"
    if undecided:
        return "" if is_name(line.text, signs.context) else "it may begin in the line above"
    words = line.header.words if line.header.is_header else ""
    named = any(each.publisher for each in stretches) or not words or len(words.split()) < 3
    decided = all(each.place == "left_out" for each in stretches)
    return "" if named or decided or is_name(words, signs.context) else "it may begin in the line above"


def _goes_on_from(signs: Signs) -> str:
    """A line in capitals that begins with a small word, under another that it may go on from: "… BY THE MINISTER" / "TO THE FUND"."""
    above = signs.chosen[0].line - 1
    words = signs.text.split()
    small = signs.context.lexicon.pattern("function_words", "whole")
    if above < 0 or not signs.text.isupper() or not small.match(words[0].lower()):
        return ""
    line = signs.assignment.lines[above]
    return "it may begin in the line above" if line.text.isupper() and line.word_count >= 4 else ""


def _below(signs: Signs) -> str:
    """The line below may be the headline's next."""
    if signs.assignment.opening == len(signs.assignment.lines):
        return "no text is below it"
    opening = signs.assignment.lines[signs.assignment.opening]
    if opening.text.lstrip()[:2].islower() and opening.text.lstrip()[:2].isalpha():
        # Whatever stands between them, the text begins in the middle of a sentence.
        return "it may go on in the text"
    following = signs.assignment.lines[signs.chosen[-1].line + 1].text
    if (
        signs.is_in_capitals
        and following.isupper()
        and len(following.split()) >= 3
        and not _names_office(following, signs)
    ):
        return "it may go on in the line below"
    first = next((line for line in signs.lines if letters(line)[:20] == letters(opening.text)[:20]), "")
    alike = abs(len(first.strip()) - len(signs.chosen[-1].text)) <= _ALIKE
    begins = any(
        signs.context.lexicon.pattern(name, "start").match(opening.text) for name in ("articles", "function_words")
    )
    if (
        signs.is_wrapped
        and not signs.text.isupper()
        and alike
        and not begins
        and signs.chosen[-1].line == opening.number - 1
    ):
        return "it may be the first line of the text"
    after = signs.after
    if after is not None and _opens_as_office(signs.text, signs):
        return "an office is in it"
    if after is None or is_office(after.text, signs.context.language) or after.block.kind != "paragraph":
        return ""
    if headline_checks.never_headline(after.text, signs.context) == headline_checks.LABEL:
        # "Place: Orla"
        return ""
    sentence = line_signs.ends_sentence(after.text) and line_signs.word_count(after.text) >= 8
    if sentence or signs.context.lexicon.pattern("by_line", "start").match(after.text):
        return ""
    if after.text[:1].islower() or (after.block.close and after.line == signs.chosen[-1].line + 1):
        return "it may go on in the line below"
    if after.text.isupper() and after.line == signs.chosen[-1].line + 1 and not _heads_part(after, signs):
        return "the line below may be the headline"
    if is_name(after.text, signs.context):
        return ""
    length = len(signs.chosen[-1].text)
    alike = after.text.isupper() == signs.text.isupper()
    if signs.is_wrapped and alike and length >= 20 and after.line == signs.chosen[-1].line + 1:
        return "it may go on in the line below"
    return ""


def _heads_part(line: Candidate, signs: Signs) -> bool:
    """True for a single word right above the text, alone, where other such words stand alone below: the first of the parts ("SPAIN")."""
    if line.text.split()[1:] or line.block.close or line.line != signs.assignment.opening - 1:
        return False
    below = signs.assignment.lines[signs.assignment.opening :]
    return any(each.text.isupper() and not each.text.split()[1:] and not each.block.close for each in below)


def _names_office(text: str, signs: Signs) -> bool:
    """True where a person's title, an organization or a kind stands in a line."""
    lexicon = signs.context.lexicon
    categories = ("person_titles", "organization_words", "kinds", "desk")
    return any(lexicon.pattern(category, "within").search(text) for category in categories)


def _opens_as_office(text: str, signs: Signs) -> bool:
    titles = signs.context.lexicon.pattern("person_titles", "start").match(text)
    return titles is not None and not text.isupper()


def _blanks(signs: Signs) -> str:
    """Other words stand on its line, parted from it by blanks that may be a mark which was lost."""
    first, last = signs.chosen[0], signs.chosen[-1]
    raw = re.compile(r"\s+".join(map(re.escape, signs.text.split())))
    for line in signs.lines:
        match = raw.search(line)
        if match is None:
            continue
        before, behind = line[: match.start()], line[match.end() :]
        gap = len(before) - len(before.rstrip())
        known = signs.parted[0] or _decided(first.line, -1, signs)
        if before.strip() and gap < _LINE_END and not known:
            return "other words are before it on its line"
        gap = len(behind) - len(behind.lstrip())
        known = signs.parted[1] or _decided(last.line, 1, signs) or _is_text(behind)
        if behind.strip() and gap < _LINE_END and not known:
            return "other words are behind it on its line"
        pieces = re.split(r"\s{2,}", match[0])
        if any(re.search(r"\s{3,}", gap) for gap in re.findall(r"\s{2,}", match[0])):
            return "wide blanks part its words"
        if any(_is_open_gap(piece, following, signs) for piece, following in itertools.pairwise(pieces)):
            return "wide blanks part its words"
        return ""
    return ""


def _is_open_gap(before: str, behind: str, signs: Signs) -> bool:
    """True where nothing says that the words on both sides of a wider blank belong together."""
    small = signs.context.lexicon.pattern("function_words", "whole")
    joined = (
        behind[:1].islower()
        or small.match(behind.split()[0])
        or small.match(before.split()[-1])
        or before.endswith((",", ":", "-", "–"))
        or not before[-1:].isalnum()
    )
    echo = signs.echo_of(behind)
    # "… IN DETENTION  CENTRES": the word is no name, and too few for a second headline.
    joined = joined or (len(behind.split()) <= 2 and 0 < echo.words == echo.common)
    return not joined and before.lower() != before.upper()


def _is_text(behind: str) -> bool:
    """True where wide blanks part whole sentences: they are the ends of lines, no marks that were lost."""
    pieces = [piece for piece in re.split(r"\s{3,}", behind) if line_signs.word_count(piece) >= 4]
    ended = sum(line_signs.ends_sentence(piece) for piece in pieces)
    return behind.startswith("   ") and bool(pieces) and ended >= 0.8 * len(pieces)


def _decided(line: int, step: int, signs: Signs) -> bool:
    """True where the nearest text on that side is a line of the head or was left out: it is known for what it is."""
    stretches = signs.assignment.stretches
    own = stretches[line]
    if len(own) > 1 and own[0 if step < 0 else -1].place in ("header", "left_out"):
        return True
    return 0 <= line + step < len(stretches) and all(
        each.place in ("header", "left_out") for each in stretches[line + step]
    )


def _joined(signs: Signs) -> str:
    """Lines that were joined, and nothing says that the one goes on in the next."""
    texts = [candidate.text for candidate in signs.chosen]
    widest = max(map(len, texts))
    for first, second in itertools.pairwise(signs.chosen):
        if _on_one_line(first.text, second.text, signs):
            return "wide blanks part its words"
        goes_on = (
            second.text[:1].islower()
            or first.text.endswith((",", "-", "–", ":", "،"))
            or breaks_off(first.text, signs.context.lexicon)
        )
        full = len(first.text) + 1 + len(second.text.split(maxsplit=1)[0]) > widest - 2
        if not goes_on and not full:
            return "its lines may be two headlines"
    return ""


def _on_one_line(first: str, second: str, signs: Signs) -> bool:
    joined = letters(first) + letters(second)
    return any(joined in letters(line) for line in signs.lines)


JOINED: Callable[[Signs], str] = _joined
CHECKS: tuple[Callable[[Signs], str], ...] = (_above, _goes_on_from, _below, _blanks)
