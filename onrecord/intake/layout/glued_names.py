"""The pass that parts a publisher's name from the headline it is glued to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.intake.layout.assignment import Assignment, Move
from onrecord.intake.layout.context import Context
from onrecord.intake.layout.continued_lines import breaks_off
from onrecord.intake.lexicon import Lexicon

GLUED = "publisher glued to the headline"


def glued_publisher(assignment: Assignment, context: Context) -> Iterator[Move]:
    """A publisher's name at the edge of the headline, behind or before a dash or bar."""
    stretches = list(assignment.of("title"))
    if not stretches:
        return
    title = " ".join(assignment.text(stretch) for stretch in stretches)
    published = [stretch for stretch in assignment.of("header") if stretch.publisher]
    named = min(published, key=lambda stretch: stretch.rank).publisher if published else ""
    names = [named, *(stated.value for stated in context.document.metadata.publishers)]
    for _, end, term in reversed(context.terms.names.find(title)):
        if end == len(title.rstrip()) and term.type != "person":
            names += [term.label, *term.aliases]
    for name in sorted({name for name in names if name}, key=len, reverse=True):
        last = stretches[-1]
        text = assignment.lines[last.line].text[last.start : last.end]
        match = re.search(
            rf"(?P<mark>\s*[|•·]\s*|\s+[‹›«»]\s+|\s+[–—-]\s+|\s+)(?P<name>{re.escape(name)})\s*$", text, re.IGNORECASE
        )
        if match and _is_glued(title, text, match, name == named, context.lexicon):
            yield _glued(last.line, last.start + match.start(), last.end, match["name"])
            return
        first = stretches[0]
        text = assignment.lines[first.line].text[first.start : first.end]
        head = re.match(rf"\s*(?P<name>{re.escape(name)})(?:\s*[|•·]\s*|\s+[‹›«»]\s+|\s+[–—-]\s+)", text, re.IGNORECASE)
        if head and len(text[head.end() :].split()) >= 3:
            yield _glued(first.line, first.start, first.start + head.end(), head["name"])
            return


def _glued(line: int, start: int, end: int, name: str) -> Move:
    return Move(line, "header", GLUED, start, end, source="title", publisher=name, rank=4)


def _is_glued(title: str, text: str, match: re.Match[str], is_publisher: bool, lexicon: Lexicon) -> bool:
    before = title[: len(title) - len(text) + match.start()].rstrip()
    words = before.split()
    if not match.start() or len(words) < 3:
        return False
    if match["mark"].strip():
        return True
    word = words[-1]
    return not breaks_off(before, lexicon) and (word[:1].isupper() or not word[-1:].isalpha())
