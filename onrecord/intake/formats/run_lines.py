"""Runs of text as a reader finds them → the lines of a paragraph, tidy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from onrecord.intake.document import Mark, TextRun
from onrecord.intake.formats import plaintext

_BLANKS = re.compile(r"\s+")


class Piece(Protocol):
    """What a TextRun has; readers that meet one for each word of a file have lighter ones."""

    @property
    def text(self) -> str: ...
    @property
    def strong(self) -> bool: ...
    @property
    def emphasis(self) -> bool: ...
    @property
    def href(self) -> str: ...
    @property
    def note(self) -> str: ...
    @property
    def mark(self) -> Mark: ...


def joined(pieces: Iterable[Piece]) -> tuple[TextRun, ...]:
    """The runs of pieces, with white space as in a paragraph on one line, those of one look joined."""
    # Each run with the pieces of its text: adding one to the other would take the square of a long text.
    out: list[tuple[Piece, tuple[bool, bool, str, Mark], list[str]]] = []
    space = True
    for piece in pieces:
        text = _BLANKS.sub(" ", piece.text)
        if space and text.startswith(" "):
            text = text[1:]
        if not text and not piece.note:
            continue
        space = text.endswith(" ")
        look = (piece.strong, piece.emphasis, piece.href, piece.mark)
        if out and not piece.note and out[-1][1] == look and not out[-1][0].note:
            out[-1][2].append(text)
        else:
            out.append((piece, look, [text]))
    runs = [
        TextRun("".join(texts), strong, emphasis, href, piece.note, mark)
        for piece, (strong, emphasis, href, mark), texts in out
    ]
    if runs and not runs[-1].note:
        runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip())
    return tuple(run for run in runs if run.text or run.note)


def lines(runs: Sequence[TextRun]) -> list[list[TextRun]]:
    """Runs parted where one of them is a line's end; hard-wrapped lines are joined again."""
    parted: list[list[TextRun]] = [[]]
    for run in runs:
        if run.text == "\n":
            parted.append([])
        else:
            parted[-1].append(run)
    texts = ["".join(run.text for run in line).strip() for line in parted]
    width = plaintext.wrap_width(texts)
    if not width or len([text for text in texts if text]) < 4:
        return parted
    out: list[list[TextRun]] = [parted[0]]
    for at in range(1, len(parted)):
        if texts[at - 1] and texts[at] and plaintext.wraps(texts[at - 1], texts[at], width):
            out[-1] = [*out[-1], TextRun(" "), *parted[at]]
        else:
            out.append(parted[at])
    return out


def cleaned(line: Sequence[TextRun]) -> tuple[TextRun, ...]:
    """Runs without white space at their ends and with single blanks between; none for a line without text and notes."""
    text = "".join(run.text for run in line)
    if not plaintext.clean(text) and not any(run.note for run in line):
        return ()
    out: list[TextRun] = []
    space = True
    for run in line:
        spaced = plaintext.spaced(run.text)
        if space:
            spaced = spaced.lstrip()
        if spaced or run.note:
            out.append(run if spaced == run.text else replace(run, text=spaced))
            space = spaced.endswith(" ") if spaced else space
    while out and not out[-1].note and not out[-1].text.strip():
        out.pop()
    if out and not out[-1].note:
        out[-1] = replace(out[-1], text=out[-1].text.rstrip())
    return tuple(out)
