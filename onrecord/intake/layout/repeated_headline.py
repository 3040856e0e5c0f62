"""The headline and the sub-title where they stand once more."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.intake.document import Block, Document
from onrecord.intake.layout.assignment import Assignment, Move
from onrecord.intake.layout.candidates import letters
from onrecord.intake.layout.context import Context

_ABOVE, _BELOW = 40, 4
# A sub-title of fewer letters may begin a heading by chance.
_LEAST_LETTERS = 12


def same_words(first: str, second: str) -> bool:
    """True for two texts with the same letters and digits in the same order."""
    return letters(first) == letters(second) != ""


def repeated_headline(assignment: Assignment, context: Context) -> Iterator[Move]:
    """The headline once more, among the lines above the text or the first below its beginning."""
    title = " ".join(assignment.text(stretch) for stretch in assignment.of("title")) or next(
        (stated.value for stated in context.document.metadata.titles if stated.origin == "front matter"), ""
    )
    if not title:
        return
    subtitles = context.document.metadata.subtitles
    subtitle = subtitles[0].value if subtitles and subtitles[0].origin == "front matter" else ""
    opening = assignment.opening
    for line in assignment.lines[max(0, opening - _ABOVE) : opening + _BELOW]:
        place = assignment.stretches[line.number][0].place
        if not assignment.is_whole(line.number, place) or place not in ("undecided", "subtitle", "header", "body"):
            continue
        if line.is_text and len(line.text) < 400 and line.number != opening and same_words(line.text, title):
            yield Move(line.number, "left_out", "the headline once more", source=place)
        elif (
            line.is_text
            and place in ("undecided", "body")
            and line.number < opening
            and same_words(line.text, subtitle)
        ):
            yield Move(line.number, "left_out", "the sub-title once more", source=place)


def is_longer_subtitle(block: Block, document: Document) -> bool:
    """True for a heading that begins with the sub-title of the front matter and says more."""
    stated = document.metadata.subtitles[:1]
    words = letters(stated[0].value) if stated and stated[0].origin == "front matter" else ""
    own = letters(block.text)
    return block.kind == "heading" and len(words) >= _LEAST_LETTERS and own != words and own.startswith(words)
