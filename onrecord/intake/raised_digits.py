"""Raised and lowered digits as Unicode writes them: a power is never a number, a footnote's mark never a digit."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from onrecord.intake.document import Block, Cell, Mark, TextRun

_RAISED = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
# "2nd" and "10n" are marks; more letters are words.
_MOST_LETTERS = 2


def written(text: str, mark: Mark) -> str:
    """Raised or lowered text with its digits in Unicode's superscripts or subscripts. What has more than two letters is a text that is
    merely set small, and stays as it is."""
    if mark not in ("raised", "lowered") or sum(char.isalpha() for char in text) > _MOST_LETTERS:
        return text
    if not any(char.isdigit() for char in text):
        return text
    table = _RAISED if mark == "raised" else _LOWERED
    return "".join(str(unicodedata.digit(char)) if char.isdecimal() else char for char in text).translate(table)


def settled(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks with raised and lowered digits written in Unicode, so that a text that is made of them has no digit more."""

    def settled_runs(runs: Cell) -> Cell:
        return tuple(replace(run, text=written(run.text, run.mark)) if run.mark else run for run in runs)

    def is_marked(runs: tuple[TextRun, ...]) -> bool:
        return any(run.mark for run in runs)

    out = []
    for block in blocks:
        out.append(block.with_cells(settled_runs) if any(map(is_marked, block.cells)) else block)
    return tuple(out)
