"""Blocks → Markdown in which the reader of bodies finds no fault: a draft is a file that `check` takes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord import markup, redaction
from onrecord.intake.document import Block, Cell, LeftOut, Refusal, TextRun
from onrecord.intake.draft_file import clean
from onrecord.intake.markdown_writer import is_web, markdown
from onrecord.markup.blocks import TooMany

_TOO_MUCH = (
    "Its text has more lines, marks, links and table cells than a release can have (250,000). Divide it into single releases, or save what "
    "matters of it as plain text."
)
_SIGN = re.compile(r"[!-/:-@\[-`{-~]")


def written(blocks: Sequence[Block]) -> str:
    """The Markdown of the blocks (markdown_writer.markdown). Where that has a fault, what stands in its blocks loses its looks and links
    first, then every sign is written by its number, which Markdown shows as it is (section 6.2 of GitHub's rules). The words are the
    same. Raises Refusal for blocks that are more than a body may hold, however they are written."""
    text = markdown(blocks)
    faults = _faults(text)
    if not faults:
        return text
    if str(TooMany()) in faults:
        raise Refusal(_TOO_MUCH)
    blocks = tuple(block if _is_sound(markdown((block,))) or _has_notes(block) else _plain(block) for block in blocks)
    text = markdown(blocks)
    if _is_sound(text):
        return text
    return "\n\n".join(filter(None, map(_by_numbers, blocks))) + "\n"


def unwritten_links(blocks: Sequence[Block], text: str) -> tuple[LeftOut, ...]:
    """The addresses of links in the blocks that their Markdown does not hold: of struck-out words, and those that Markdown has no form
    for. The draft asks about them."""
    runs = (run for block in blocks for cell in block.cells for run in cell if is_web(run.href) and run.text.strip())
    lost = {run.href: run.text.strip() for run in runs if run.href not in text}
    return tuple(LeftOut(href, f"the address of the link “{words}”", prose=True) for href, words in lost.items())


def _is_sound(text: str) -> bool:
    return not _faults(text)


def _faults(text: str) -> set[str]:
    """What the errors say that the reader of bodies finds."""
    # A body is read without the line end that closes it, which has no fault: the quick path of `markup` takes no other.
    whole = redaction.without_marks(clean(text))[0].rstrip("\n")
    return {problem.message for problem in markup.convert(whole)[1] if problem.level == "error"}


def _has_notes(block: Block) -> bool:
    """Whether a block is a footnote or calls one, which is sound only beside others."""
    return block.kind == "footnote" or any(run.note for runs in block.cells for run in runs)


def _plain(block: Block) -> Block:
    def plain(runs: Cell) -> Cell:
        return (TextRun("".join(run.text for run in runs)),)

    return block.with_cells(plain)


def _by_numbers(block: Block) -> str:
    marker = f"{block.marker} " if block.marker and block.kind != "item" else ""
    cells = ("".join(run.text or (f"[{run.note}]" if run.note else "") for run in runs) for runs in block.cells)
    line = " ".join((marker + " · ".join(filter(None, cells))).split())
    # Brackets that may be a mark of redaction are left to `redaction.without_marks`.
    kept = "[]" if "redact" in line.casefold() else ""
    return _SIGN.sub(lambda sign: sign[0] if sign[0] in kept else f"&#{ord(sign[0])};", line)
