"""Struck words of a headline: a title has no marks, so they are taken out of it and asked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.intake.document import Block, LeftOut
from onrecord.intake.formats import run_lines


def without(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], tuple[LeftOut, ...]]:
    """Blocks whose headings of the first level have no struck words, and what was struck in them. A heading that is struck as a whole
    stays, with its mark."""
    out: list[Block] = []
    left: list[LeftOut] = []
    for block in blocks:
        struck = [run.text for run in block.runs if run.mark == "struck"]
        kept = [run for run in block.runs if run.mark != "struck"]
        if block.kind != "heading" or block.level > 1 or not struck or not any(run.text.strip() for run in kept):
            out.append(block)
            continue
        out.append(replace(block, runs=run_lines.cleaned(kept)))
        left += [LeftOut(text.strip(), "struck out in the headline", prose=True) for text in struck if text.strip()]
    return tuple(out), tuple(left)
