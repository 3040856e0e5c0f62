"""Where each stretch of a document's text goes. A stretch can be moved and parted, and it can be neither lost nor doubled.

An `Assignment` holds, for every block of the document, stretches that cover its text from end to end. A pass gives moves; `moved` gives
the assignment after them, and refuses a move that takes text from a place where it is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from onrecord.intake.document import Block, TextRun
from onrecord.intake.layout.lines import Line

FIRST_PARAGRAPH = "first paragraph"
FIRST_LINE = "first line of a text without a paragraph"
TITLE_LABEL = "label of the title"
LETTERHEAD = "letterhead"
CONTACT_DATA = "contact data"
Place = Literal["undecided", "title", "subtitle", "header", "dateline", "body", "notes", "footer", "left_out"]


class WrongMove(ValueError):
    """A pass moves text that is not there, or moves it twice: a fault of the program."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The characters from `start` to `end` of the text of the block that is `line` (a number), and their place. A block without text of
    its own (a table) is one stretch from 0 to 0.

    `by` is the name of the pass that decided it and `reason` why. `prose` says of text that is left out that a person should look at it;
    `publisher` is the name of an organization that a line of the head or foot states, and `rank` how strongly: 0 is a label.
    """

    line: int
    start: int
    end: int
    place: Place = "undecided"
    by: str = ""
    reason: str = ""
    prose: bool = False
    publisher: str = ""
    rank: int = 9


@dataclass(frozen=True, slots=True)
class Move:
    """Characters of a block that go from one place (`source`) to another. `end` None is the end of the block's text."""

    line: int
    place: Place
    reason: str
    start: int = 0
    end: int | None = None
    source: Place = "undecided"
    prose: bool = False
    publisher: str = ""
    rank: int = 9


@dataclass(frozen=True)
class Assignment:
    """The lines of a document, and the stretches of each in order."""

    lines: tuple[Line, ...]
    stretches: tuple[tuple[Stretch, ...], ...]

    @classmethod
    def undecided(cls, lines: Sequence[Line]) -> Assignment:
        """The assignment before the first pass."""
        return cls(tuple(lines), tuple((Stretch(line.number, 0, len(line.text)),) for line in lines))

    def moved(self, moves: Iterable[Move], by: str) -> Assignment:
        """The assignment after the moves of the pass `by`. Raises WrongMove for text that is not in the move's source."""
        by_line: dict[int, list[Move]] = {}
        for move in moves:
            by_line.setdefault(move.line, []).append(move)
        if not by_line:
            return self
        stretches = list(self.stretches)
        for number, line_moves in by_line.items():
            if not 0 <= number < len(self.lines):
                raise WrongMove(f"{by}: there is no block {number}")
            parted = stretches[number]
            taken: list[tuple[int, int]] = []
            for move in line_moves:
                end = len(self.lines[number].text) if move.end is None else move.end
                if any(move.start < other_end and start < end for start, other_end in taken):
                    raise WrongMove(f"{by}: characters {move.start} to {end} of block {number} are moved twice")
                taken.append((move.start, end))
                parted = _parted(parted, move, end, by)
            stretches[number] = parted
        return Assignment(self.lines, tuple(stretches))

    @cached_property
    def opening(self) -> int:
        """The number of the line that begins the text; behind all lines where none does yet."""
        for line_stretches in self.stretches:
            for stretch in line_stretches:
                if stretch.reason in (FIRST_PARAGRAPH, FIRST_LINE):
                    return stretch.line
        return len(self.lines)

    @cached_property
    def has_paragraph(self) -> bool:
        """True where a sentence or a paragraph of running text begins the text."""
        return any(stretch.reason == FIRST_PARAGRAPH for stretches in self.stretches for stretch in stretches)

    def of(self, *places: Place) -> Iterator[Stretch]:
        """The stretches in these places, in the document's order."""
        for line_stretches in self.stretches:
            for stretch in line_stretches:
                if stretch.place in places:
                    yield stretch

    def is_whole(self, number: int, place: Place = "undecided") -> bool:
        """True where the whole of a block is in a place."""
        line_stretches = self.stretches[number]
        return len(line_stretches) == 1 and line_stretches[0].place == place

    def text(self, stretch: Stretch) -> str:
        """The words of a stretch; of a table, all its cells; at the head of a numbered item or a footnote, its number too."""
        block = self.lines[stretch.line].block
        if block.rows:
            return " | ".join(block.texts)
        text = block.text[stretch.start : stretch.end].strip()
        numbered = not stretch.start and block.marker not in ("", "-")
        return f"{block.marker} {text}".strip() if numbered else text

    def blocks(self, place: Place) -> tuple[Block, ...]:
        """The blocks in a place, each with those of its characters that are there."""
        out = []
        for line, line_stretches in zip(self.lines, self.stretches, strict=True):
            kept = [stretch for stretch in line_stretches if stretch.place == place]
            if len(kept) == len(line_stretches):
                out.append(line.block)
                continue
            pieces = [piece for s in kept if (piece := line.block.slice(s.start, s.end)).runs]
            if pieces:
                runs = pieces[0].runs
                for piece in pieces[1:]:
                    runs = (*runs, TextRun(" "), *piece.runs)
                headless = kept[0].start > 0 and line.block.marker
                # The number went with the words that it stands before.
                out.append(replace(line.block, runs=runs, marker="-") if headless else replace(line.block, runs=runs))
        return tuple(out)


def _parted(stretches: Sequence[Stretch], move: Move, end: int, by: str) -> tuple[Stretch, ...]:
    """The stretches of a block with the characters of a move in their new place."""
    first, last = stretches[0].start, stretches[-1].end
    if not (first <= move.start < end <= last or (move.start == end == first == last)):
        raise WrongMove(f"{by}: block {move.line} has no characters {move.start} to {end}")
    out: list[Stretch] = []
    for stretch in stretches:
        low, high = max(stretch.start, move.start), min(stretch.end, end)
        if low >= high and not (stretch.start == stretch.end == move.start == end):
            out.append(stretch)
            continue
        if stretch.place != move.source:
            raise WrongMove(
                f"{by}: characters {low} to {high} of block {move.line} are in {stretch.place}, not in {move.source}"
            )
        if stretch.start < low:
            out.append(replace(stretch, end=low))
        out.append(Stretch(stretch.line, low, high, move.place, by, move.reason, move.prose, move.publisher, move.rank))
        if high < stretch.end:
            out.append(replace(stretch, start=high))
    return tuple(out)
