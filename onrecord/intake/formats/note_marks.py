"""Raised marks and the notes that begin with them → calls of footnotes and their texts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.intake import raised_digits
from onrecord.intake.document import Block, TextRun
from onrecord.intake.lexicon import words_of_all
from onrecord.intake.lexicon.notation import folded

_LABEL = re.compile(
    r"\s*+(?:[\[(]\s*+)?(\d{1,3}|[a-z]|[ivx]{1,5}|\*{1,4}|[†‡§¶]{1,2})\s*+[\])]?[.:]?\s*", re.IGNORECASE
)
# "[3] Counted on …": a note whose mark is not raised.
_BRACKETED = re.compile(r"\s*[\[(]\s*(\d{1,3}|\*{1,4})\s*[\])]\s+(?=\S)")
# What a raised 2 or 3 behind it makes an area or a volume of, and a raised number a power.
_UNIT = re.compile(r"(?:^|[\s\d(/·.])(?P<unit>[^\W\d_]+(?:/h)?)$")
_BASE = re.compile(r"(?<!\d)(?:10|2)$|[×x·]\s?\d{1,2}$")


def linked(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with raised marks made calls of notes where a note that begins with the mark stands behind its call, those notes made
    footnotes, and all other raised and lowered digits written as Unicode has them."""
    notes = _notes(blocks)
    calls = _calls(blocks, notes) if notes else {}
    used = {note for _, note in calls.values()}
    if not used:
        return raised_digits.settled(tuple(blocks))
    out = []
    for at, block in enumerate(blocks):
        if at in used:
            label, end = notes[at]
            out.append(replace(block.slice(end), kind="footnote", marker=_name(label), level=0))
            continue
        runs = [
            TextRun("", note=_name(calls[at, number][0])) if (at, number) in calls else run
            for number, run in enumerate(block.runs)
        ]
        out.append(replace(block, runs=tuple(runs)))
    return raised_digits.settled(tuple(out))


def _name(label: str) -> str:
    """The label of a footnote in Markdown: letters and digits only."""
    return (
        label
        if label.isalnum()
        else f"note{len(label)}" + "".join(str(ord(char)) for char in sorted(set(label) - {"*"}))
    )


def _notes(blocks: Sequence[Block]) -> dict[int, tuple[str, int]]:
    """Blocks that begin with a mark: their number → the mark and the number of characters before the note's text."""
    out: dict[int, tuple[str, int]] = {}
    called = {run.text.strip().strip("[]()") for block in blocks for run in block.runs[1:] if run.mark == "raised"}
    if not called:
        return out
    for at, block in enumerate(blocks):
        if block.kind not in ("paragraph", "item") or not block.runs:
            continue
        first = block.runs[0]
        raised = _LABEL.fullmatch(first.text) if first.mark == "raised" else None
        bracketed = _BRACKETED.match(block.text) if not raised else None
        if raised and len(block.runs) > 1:
            out[at] = (raised[1], len(first.text))
        elif bracketed and bracketed[1] in called:
            out[at] = (bracketed[1], bracketed.end())
    return out


def _calls(blocks: Sequence[Block], notes: dict[int, tuple[str, int]]) -> dict[tuple[int, int], tuple[str, int]]:
    """Raised marks with a note behind them: number of the block and of the run → the mark and the number of the note's block. Each note
    has the label of no other, and a mark that may be a power is one where another place calls the note."""
    by_label: dict[str, int] = {}
    for at, (label, _) in notes.items():
        by_label.setdefault(label, at)
    found: dict[tuple[int, int], tuple[str, int]] = {}
    doubtful: dict[tuple[int, int], tuple[str, int]] = {}
    for at, block in enumerate(blocks):
        before = ""
        for number, run in enumerate(block.runs):
            called = _LABEL.fullmatch(run.text) if run.mark == "raised" and number else None
            note = by_label.get(called[1]) if called else None
            if called and note is not None and note > at:
                unit = called[1] in ("2", "3") and _ends_with_unit(before)
                (doubtful if unit or _BASE.search(before) else found)[at, number] = (called[1], note)
            before = (before + run.text)[-20:]
    certain = {note for _, note in found.values()}
    for place, (mark, note) in doubtful.items():
        if note not in certain and mark not in ("2", "3"):
            found[place] = (mark, note)
    return found


def _ends_with_unit(text: str) -> bool:
    """True where a unit of length stands at the end of a text, in whatever language."""
    unit = _UNIT.search(text)
    return unit is not None and folded(unit["unit"]) in words_of_all("units")
