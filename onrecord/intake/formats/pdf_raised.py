"""Letters of a PDF's line → its text with raised, lowered and struck ones between marks (see pdf_marks).

A raised or lowered run is a note's mark, a power, the end of an ordinal, a number in a formula: short, and at a word or a figure.
Letters of another cell or column on a baseline of its own are none, however small they are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from onrecord.intake.document import Mark
from onrecord.intake.formats import right_to_left
from onrecord.intake.formats.pdf_glyphs import Glyph
from onrecord.intake.formats.pdf_marks import OPENS, PLAIN

# Of its line's size, a raised or lowered letter has less.
_SMALL = 0.87
# So far above and below its line, in sizes of the line's type, a small letter is raised and lowered.
_RAISED, _LOWERED = 0.12, 0.07
# As many characters a power or a formula's index has at most; a list of notes' marks may have more.
_MOST_CHARS = 8
_BETWEEN_LABELS = re.compile(r"[\s,;()\[\]–-]+")
_LABEL = re.compile(r"[+−]?\d{1,3}|[^\W\d_]|[ivx]{1,5}|\*{1,4}|[†‡§¶#]{1,2}", re.IGNORECASE)
# A share or a number in thousands is a figure of a table or of an axis.
_AMOUNT = re.compile(r"[%‰٪]|\d[.,'’]\d{3}(?!\d)")

# "22-24" is a list of marks only where it stands near its word.
_RANGE = re.compile(r"\d\s?[-–]\s?\d")


@dataclass(slots=True)
class _Run:
    """Letters that stand alike. `gap` is true where a space stands before the first, which is `away` points from the letter before it."""

    mark: Mark
    gap: bool
    away: float = 0.0
    text: list[str] = field(default_factory=list)
    size: float = 0.0

    def add(self, text: str, size: float) -> None:
        """Adds a letter with the space before it, if there is one."""
        self.text.append(text)
        self.size = max(self.size, size)


def main_type(glyphs: Iterable[Glyph]) -> tuple[float, float]:
    """Size and baseline of the most letters of a line, the larger where as many have either."""
    weight: Counter[tuple[float, float]] = Counter()
    # Most of a line have the very same, which are rounded once.
    for (size, base), count in Counter((glyph.size, glyph.base) for glyph in glyphs).items():
        weight[round(size, 1), round(base, 1)] += count
    return max(weight, key=lambda key: (weight[key], key[0]))


def cell_type(glyphs: Sequence[Glyph], size: float, base: float) -> tuple[float, float]:
    """Size and baseline of a cell of a line whose most letters have `size` and `base`: the line's where a letter of the cell has them,
    else those of the most of its largest letters."""
    largest = max(glyph.size for glyph in glyphs)
    if any(glyph.size >= size * _SMALL and abs(glyph.base - base) < size * 0.05 for glyph in glyphs):
        return size, base
    return main_type(glyph for glyph in glyphs if glyph.size >= largest * _SMALL)


def is_note_label(text: str) -> bool:
    """True for what stands as the mark of a note: "3", "[3]", "*", "a", and for several in a list."""
    labels = list(filter(None, _BETWEEN_LABELS.split(text)))
    return bool(labels) and all(map(_LABEL.fullmatch, labels))


def marked(letters: Iterable[tuple[str, Glyph | None]], size: float, base: float, *, alone: bool) -> str:
    """The text of letters of a line or cell whose most letters have this size and baseline, raised, lowered and struck ones between marks.
    None stands for a space; `alone` is true where the line has no other cell."""
    runs: list[_Run] = []
    gap = False
    last: Glyph | None = None
    # On the line, whatever size they have.
    upper, lower = base - _RAISED * size, base + _LOWERED * size
    for char, glyph in letters:
        if glyph is None:
            gap = bool(runs)
            continue
        is_level = upper <= glyph.base <= lower and not glyph.struck
        mark: Mark = "" if is_level else _mark(glyph, size, base)
        if not runs or runs[-1].mark != mark:
            away = 0.0 if last is None else max(glyph.left - last.right, last.left - glyph.right)
            runs.append(_Run(mark, gap, away))
            gap = False
        runs[-1].add(f" {char}" if gap else char, glyph.size)
        gap, last = False, glyph
    for at, run in enumerate(runs):
        if run.mark in ("raised", "lowered") and not _holds(runs, at, size, alone=alone):
            run.mark = ""
    out: list[str] = []
    for run in runs:
        # A space between two struck words is struck; any other stands outside.
        out += [" " if run.gap else "", OPENS[run.mark] if run.mark else "", *run.text, PLAIN if run.mark else ""]
    return "".join(out)


def _holds(runs: Sequence[_Run], at: int, size: float, *, alone: bool) -> bool:
    """True for a raised or lowered run that touches a word or a figure and is short, and for the mark of a note that stands a space apart
    from the word behind which it is called, or from the note that it begins."""
    run = runs[at]
    text = "".join(run.text)
    label = is_note_label(text)
    if _AMOUNT.search(text) or not (label or len(text.replace(" ", "")) <= _MOST_CHARS):
        return False
    if len(runs) == 1:
        return label
    before = runs[at - 1].text[-1][-1] if at else ""
    after = runs[at + 1].text[0] if at + 1 < len(runs) else ""
    if before and not run.gap:
        return True
    # As large as the others, and apart: another column's, on a baseline of its own.
    if run.size >= size * _SMALL:
        return False
    if after and not runs[at + 1].gap:
        return True
    if before and _RANGE.search(text) and run.away > size * 0.5:
        return False
    # Among cells, a figure that stands apart from another is as likely to be one of the table.
    bracketed = text.startswith(("[", "("))
    return label and (alone or (run.mark == "raised" and (bracketed or not (before or after).isdigit())))


def _mark(glyph: Glyph, size: float, base: float) -> Mark:
    if glyph.struck:
        return "struck"
    rise = (base - glyph.base) / size
    small = glyph.size < size * _SMALL
    if right_to_left.HAS_RTL.match(glyph.char) or glyph.size > size * 1.13:
        return ""
    if rise > (_RAISED if small else 0.2):
        return "raised"
    return "lowered" if rise < (-_LOWERED if small else -0.2) else ""
