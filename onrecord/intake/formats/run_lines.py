"""Runs of text as a reader finds them → the lines of a paragraph, tidy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.intake.document import TextRun
from onrecord.intake.formats import plaintext


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
