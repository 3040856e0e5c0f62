"""Footnotes in the text that calls them: a note belongs to the field in which its mark stands, wherever a document prints it."""

from __future__ import annotations

from onrecord.intake.document import Block, Cell, TextRun

Blocks = tuple[Block, ...]


def beside_calls(body: Blocks, notes: Blocks) -> tuple[Blocks, Blocks]:
    """The blocks of body and notes with each footnote in the one of them that calls it.

    What Markdown has no form for is written as plain text: a footnote that nothing calls is a paragraph that begins with its number, and
    a call that no footnote answers is its number in brackets. No word is lost or added.
    """
    if not any(block.kind == "footnote" or _calls(block) for block in (*body, *notes)):
        return body, notes
    by_label = _calls_of_footnotes((*body, *notes))
    in_body, in_notes = _called(body, by_label), _called(notes, by_label)
    called = in_body | in_notes
    of_body: list[Block] = []
    of_notes: list[Block] = []
    defined: set[str] = set()
    for block, is_body in (*((block, True) for block in body), *((block, False) for block in notes)):
        label = block.marker
        if block.kind != "footnote":
            (of_body if is_body else of_notes).append(block)
        elif label in defined or label not in called:
            (of_body if is_body else of_notes).append(_paragraph(block))
        else:
            defined.add(label)
            (of_body if label in in_body else of_notes).append(block)
    answered_in_body = defined & in_body
    answered_in_notes = defined - in_body
    return (
        tuple(_answered(block, answered_in_body) for block in of_body),
        tuple(_answered(block, answered_in_notes) for block in of_notes),
    )


def as_written(blocks: Blocks, markdown: str) -> Blocks:
    """The blocks of a body with the calls as plain text that its Markdown has as plain text: words that readers see in a quotation, too."""
    if not any(map(_calls, blocks)):
        return blocks
    return tuple(_answered(block, {label for label in _calls(block) if f"[^{label}]" in markdown}) for block in blocks)


def _calls(block: Block) -> set[str]:
    return {run.note for runs in block.cells for run in runs if run.note}


def _calls_of_footnotes(blocks: Blocks) -> dict[str, set[str]]:
    """The labels that the footnotes of each label call in turn."""
    by_label: dict[str, set[str]] = {}
    for block in blocks:
        if block.kind == "footnote":
            by_label.setdefault(block.marker, set()).update(_calls(block))
    return by_label


def _called(blocks: Blocks, by_label: dict[str, set[str]]) -> set[str]:
    """The labels that a text calls, and those that the footnotes so called do."""
    called = {label for block in blocks if block.kind != "footnote" for label in _calls(block)}
    waiting = list(called)
    while waiting:
        more = by_label.get(waiting.pop(), set()) - called
        called |= more
        waiting += more
    return called


def _paragraph(block: Block) -> Block:
    return Block("paragraph", (TextRun(f"[{block.marker}] "), *block.runs))


def _answered(block: Block, labels: set[str]) -> Block:
    """The block with the calls that no footnote answers as plain text."""
    if _calls(block) <= labels:
        return block

    def written(runs: Cell) -> Cell:
        return tuple(TextRun(f"[{run.note}]") if run.note and run.note not in labels else run for run in runs)

    return block.with_cells(written)
