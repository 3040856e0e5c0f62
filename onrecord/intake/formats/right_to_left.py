"""Glyphs of a line, by where they stand → the text in the order in which it is read, where letters run from right to left.

The order in which a PDF draws such letters says nothing, so what the Unicode Bidirectional Algorithm (Unicode Standard Annex 9) did is
undone from their places: letters go from right to left, Latin words and numbers within from left to right. Numbers follow the rules W2
to W7 of the algorithm: after an Arabic letter "14-3" is two numbers, after a Hebrew one it is one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Protocol

HAS_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_FORMS = re.compile("[\ufb1d-\ufdff\ufe70-\ufefc]+")
_PAIRS = {"(": ")", "[": "]", "{": "}", "«": "»", "‹": "›"}
_OPENING = {**{first: first for first in _PAIRS}, **{second: first for first, second in _PAIRS.items()}}
# The letters lam and alef, the latter with its signs.
_LAM, _ALEFS = chr(0x644), frozenset(map(chr, (0x622, 0x623, 0x625, 0x627, 0x671)))
_STOPS = frozenset(".,;:!?،؛؟…\"”“’‘'")


class Placed(Protocol):
    """A character with the place of its width (see `pdf_glyphs.Glyph`)."""

    char: str
    size: float
    advance_left: float
    advance_right: float
    cluster: tuple[int, float]


# A character and the glyph that it is, which is none for a space.
Letter = tuple[str, "Placed | None"]


def letters_in_order(glyphs: Sequence[Placed], *, rtl: bool, backwards: bool = False) -> list[Letter]:
    """The glyphs of one line in reading order, with the spaces between words; `rtl` says in which direction the line runs, `backwards`
    that letters which are drawn as one come in the wrong order (see names_backwards)."""
    seen = _from_the_start(glyphs, rtl=rtl, backwards=backwards)
    ordered = _logical(seen) if rtl else _with_turned_words(seen)
    return _brackets_mended(ordered) if rtl else ordered


def plain_letters(text: str) -> str:
    """The text with presentation forms, with which Arabic is often drawn, as the letters that they stand for (Unicode Annex 15)."""
    return _FORMS.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)


def is_rtl(text: str, *, doubt: bool = False) -> bool:
    """True where letters run from right to left and not from left to right in a text; `doubt` where there are many of both."""
    right = len(HAS_RTL.findall(text))
    left = sum(char.isalpha() for char in text) - right
    return right > 0 and (right >= left or (doubt and right * 3 >= left))


def names_backwards(glyphs: Sequence[Placed]) -> bool:
    """True for a page whose fonts name the letters that are drawn as one (ligatures) in the order in which they are drawn, not in that in
    which they are read: lam-alef, of which only one order is Arabic, tells it for all of them."""
    pairs: dict[tuple[int, float], list[Placed]] = {}
    for glyph in glyphs:
        if HAS_RTL.match(glyph.char):
            pairs.setdefault(glyph.cluster, []).append(glyph)
    balance = 0
    for pair in pairs.values():
        if len(pair) == 2:
            first, second = (glyph.char for glyph in sorted(pair, key=_from_right))
            balance += (first in _ALEFS and second == _LAM) - (first == _LAM and second in _ALEFS)
    return balance > 0


def _from_right(glyph: Placed) -> float:
    return -(glyph.advance_left + glyph.advance_right)


def _from_the_start(glyphs: Sequence[Placed], *, rtl: bool, backwards: bool) -> list[Letter]:
    """The glyphs from the side where the line begins, spaces where they stand apart; marks after the letter that they stand on."""
    ordered = sorted(glyphs, key=_from_right, reverse=not rtl)
    ordered = _letters_first(ordered, backwards=backwards and rtl)
    placed: list[Placed] = []
    # A mark whose middle is nearer to the line's start than that of the letter it stands on comes before it: it is put after.
    waiting: list[Placed] = []
    for at, glyph in enumerate(ordered):
        if is_mark(glyph.char) and _is_on_next(glyph, ordered, at):
            waiting.append(glyph)
            continue
        placed.append(glyph)
        if waiting and _is_letter(glyph.char):
            placed += waiting
            waiting = []
    placed += waiting
    out: list[Letter] = []
    edge: float | None = None
    for glyph in placed:
        near, far = (glyph.advance_right, glyph.advance_left) if rtl else (-glyph.advance_left, -glyph.advance_right)
        if glyph.char.isspace():
            _add_space(out)
            edge = far if edge is None else min(edge, far)
            continue
        if edge is not None and edge - near > glyph.size * 0.2 and not is_mark(glyph.char):
            _add_space(out)
        if glyph.char:
            out.append((glyph.char, glyph))
        edge = far if edge is None else min(edge, far)
    while out and out[-1][1] is None:
        out.pop()
    return out


def _add_space(out: list[Letter]) -> None:
    if out and out[-1][1] is not None:
        out.append((" ", None))


def is_mark(char: str) -> bool:
    """True for a sign that stands on or below a letter."""
    return char != "" and unicodedata.combining(char) != 0


def _letters_first(ordered: Sequence[Placed], *, backwards: bool) -> list[Placed]:
    """The glyphs, signs that are drawn as one with their letter after it, and lam before the alef that is drawn as one with it; any
    letters that are drawn as one turned where they come `backwards`."""
    out = list(ordered)
    members: dict[tuple[int, float], list[int]] = {}
    for at, glyph in enumerate(ordered):
        if glyph.char.strip():
            members.setdefault(glyph.cluster, []).append(at)
    for places in members.values():
        joined = [ordered[place].char for place in places]
        turned = backwards and all(map(HAS_RTL.match, joined)) and not (joined[0] == _LAM and joined[-1] in _ALEFS)
        if len(places) > 1 and (turned or is_mark(joined[0])) and not is_mark(joined[-1]):
            for place, other in zip(places, reversed(places), strict=True):
                out[place] = ordered[other]
        elif len(places) == 2 and ordered[places[0]].char in _ALEFS and ordered[places[1]].char == _LAM:
            # None of Arabic is read so: fonts may name the letters of lam-alef in the order in which they are drawn.
            out[places[0]], out[places[1]] = ordered[places[1]], ordered[places[0]]
    return out


def _is_on_next(mark: Placed, ordered: Sequence[Placed], at: int) -> bool:
    """True where a mark stands on the letter after it and not on the one before it."""
    before = next((glyph for glyph in reversed(ordered[max(at - 4, 0) : at]) if _is_letter(glyph.char)), None)
    after = next((glyph for glyph in ordered[at + 1 : at + 5] if _is_letter(glyph.char)), None)
    if after is None or before is None:
        return before is None
    if mark.cluster == before.cluster:
        return False
    return _shared_width(mark, after) > max(_shared_width(mark, before), 0.3 * (mark.advance_right - mark.advance_left))


def _is_letter(char: str) -> bool:
    return char.strip() != "" and not is_mark(char)


def _shared_width(mark: Placed, letter: Placed) -> float:
    return min(mark.advance_right, letter.advance_right) - max(mark.advance_left, letter.advance_left)


def _classes(letters: Sequence[Letter]) -> list[str]:
    return [unicodedata.bidirectional(char) or "ON" for char, _ in letters]


def _logical(letters: list[Letter]) -> list[Letter]:
    """Letters from right to left → as they are read."""
    kinds = _classes(letters)
    out: list[Letter] = []
    strong = "R"
    at = 0
    while at < len(letters):
        end = _run_end(letters, kinds, at, strong)
        if end > at:
            out += reversed(letters[at:end])
            strong = "L" if "L" in kinds[at:end] else strong
            at = end
            continue
        if kinds[at] in ("R", "AL"):
            strong = kinds[at]
        out.append(letters[at])
        at += 1
    return out


def _run_end(letters: Sequence[Letter], kinds: Sequence[str], start: int, strong: str) -> int:
    """Where the run of words or numbers that go from left to right ends that begins at `start`; `start` where none begins there."""
    if kinds[start] == "L":
        return _words_end(kinds, start)
    end = _number_end(kinds, start, arabic=strong == "AL")
    if end > start:
        # A number beside a word of the other direction belongs to it: "Article 12".
        beside = end + 1 if end < len(kinds) and kinds[end] == "WS" else end
        if beside < len(kinds) and kinds[beside] == "L" and kinds[start] == "EN":
            return _words_end(kinds, beside)
    return end


def _words_end(kinds: Sequence[str], start: int) -> int:
    """The end of a run that has letters from left to right: after the last of them, and a number beside it, before the next letter of
    the other direction."""
    end = start
    at = start
    while at < len(kinds) and kinds[at] not in ("R", "AL", "AN"):
        if kinds[at] == "L" or (kinds[at] == "NSM" and end == at):
            end = at + 1
        at += 1
    beside = end + 1 if end < len(kinds) and kinds[end] == "WS" else end
    return max(end, _number_end(kinds, beside, arabic=False)) if beside < len(kinds) and kinds[beside] == "EN" else end


def _number_end(kinds: Sequence[str], start: int, *, arabic: bool) -> int:
    """The end of a number, with what stands within and at its edges as long as it goes with it (rules W4 and W5)."""
    at = start
    if not arabic:
        while at < len(kinds) and kinds[at] == "ET":
            at += 1
    if at >= len(kinds) or kinds[at] not in ("EN", "AN"):
        return start
    kind = kinds[at]
    within = ("CS",) if arabic or kind == "AN" else ("CS", "ES")
    while at < len(kinds):
        if kinds[at] == kind:
            at += 1
        elif kinds[at] in within and at + 1 < len(kinds) and kinds[at + 1] == kind:
            at += 2
        else:
            break
    if not arabic and kind == "EN":
        while at < len(kinds) and kinds[at] == "ET":
            at += 1
    return at


def _with_turned_words(letters: list[Letter]) -> list[Letter]:
    """Letters from left to right → as they are read: the words within that run from right to left are turned."""
    kinds = _classes(letters)
    out: list[Letter] = []
    at = 0
    while at < len(letters):
        if kinds[at] not in ("R", "AL"):
            out.append(letters[at])
            at += 1
            continue
        end = last = at
        while end < len(letters) and kinds[end] != "L":
            if kinds[end] in ("R", "AL", "NSM"):
                last = end
            end += 1
        out += _logical(list(reversed(letters[at : last + 1])))
        at = last + 1
    return out


def _brackets_mended(letters: list[Letter]) -> list[Letter]:
    """The letters of a line with its brackets the right way round. A bracket is drawn mirrored, and programs differ in which of the two
    they write for it; what stands before and after it tells which one it is, else whether one is open."""
    out = list(letters)
    opened: dict[str, bool] = {}
    for at, (char, glyph) in enumerate(letters):
        first = _OPENING.get(char)
        if first is None:
            continue
        before = letters[at - 1][0] if at else " "
        after = letters[at + 1][0] if at + 1 < len(letters) else " "
        free_before = before == " " or before in _OPENING
        free_after = after == " " or after in _STOPS or after in _OPENING
        opens = free_before if free_before != free_after else not opened.get(first, False)
        opened[first] = opens
        out[at] = (first if opens else _PAIRS[first], glyph)
    return out
