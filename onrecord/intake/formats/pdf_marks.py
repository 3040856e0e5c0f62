"""Marks in the text of a PDF's lines, around raised, lowered and struck characters; no document holds them. So what joins lines and parts
them need not know of them, and `runs` makes runs of text of them at the end."""

from __future__ import annotations

from onrecord.intake.document import Mark, TextRun

RAISED, LOWERED, STRUCK, PLAIN = "\U0010fff0", "\U0010fff1", "\U0010fff2", "\U0010fff3"
_MARK_OF: dict[str, Mark] = {RAISED: "raised", LOWERED: "lowered", STRUCK: "struck", PLAIN: ""}
OPENS: dict[Mark, str] = {mark: char for char, mark in _MARK_OF.items()}
WITHOUT_MARKS = dict.fromkeys(map(ord, _MARK_OF))


def runs(text: str) -> tuple[TextRun, ...]:
    """The runs of a text with marks."""
    out: list[TextRun] = []
    mark: Mark = ""
    chars: list[str] = []
    for char in text:
        if char not in _MARK_OF:
            chars.append(char)
            continue
        if chars:
            out.append(TextRun("".join(chars), mark=mark))
            chars = []
        mark = _MARK_OF[char]
    if chars:
        out.append(TextRun("".join(chars), mark=mark))
    return tuple(out)
