"""Glyphs of a PDF page → its lines in reading order: by where they stand, along the page's white gutters.

In a line's text, raised, lowered and struck characters stand between marks (see pdf_marks).
"""

from __future__ import annotations

import itertools
import math
import statistics
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.intake.formats import right_to_left
from onrecord.intake.formats.pdf_drawings import Box
from onrecord.intake.formats.pdf_glyphs import Glyph, PageGlyphs
from onrecord.intake.formats.pdf_marks import WITHOUT_MARKS
from onrecord.intake.formats.pdf_raised import cell_type, is_note_label, main_type, marked

# How far apart, in sizes of their type, two pieces of a line are cells of a table.
_CELL_GAP = 2.0
# Letters, quotation marks and brackets: with no other sign does a note begin that stands far from its mark.
_OPENS_NOTE = frozenset(("Lu", "Ll", "Lt", "Lo", "Lm", "Pi", "Ps", "Po"))
# A raised sign may reach so far over or under the letter at its side, in sizes of its type.
_MOST_CROSSED = 0.3
_DEEPEST = 40
_MOST_BANDS = 12
_MOST_UPRIGHTS = 2000


@dataclass(frozen=True, slots=True)
class Cell:
    """A stretch of a line that stands apart from the others."""

    text: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text on a page, in points from its left and top. `cells` are its stretches that stand far apart."""

    cells: tuple[Cell, ...]
    left: float
    right: float
    top: float
    bottom: float
    size: float
    bold: bool
    page: int
    ruled: bool = False

    @property
    def text(self) -> str:
        """Its text, with marks; cells are three spaces apart."""
        return "   ".join(cell.text for cell in self.cells)

    @property
    def plain(self) -> str:
        """Its text without marks."""
        return self.text.translate(WITHOUT_MARKS)


@dataclass(slots=True)
class _Piece:
    """Glyphs that were drawn one after the other on one line."""

    glyphs: list[Glyph]
    left: float
    right: float
    base: float
    size: float

    @property
    def top(self) -> float:
        return self.base - self.size * 0.78

    @property
    def bottom(self) -> float:
        return self.base + self.size * 0.22

    def follow(self, glyph: Glyph) -> None:
        """Adds the next glyph, which is as large as those before it."""
        self.glyphs.append(glyph)
        if glyph.left < self.left:
            self.left = glyph.left
        if glyph.right > self.right:
            self.right = glyph.right

    def add(self, glyph: Glyph) -> None:
        """Adds the next glyph. Larger letters give the line its height."""
        self.follow(glyph)
        if glyph.size > self.size * 1.05 and not glyph.char.isspace():
            self.size, self.base = glyph.size, glyph.base


def lines(page: PageGlyphs, number: int) -> list[Line]:
    """The lines of a page in reading order, by cutting it along its white gutters (recursive X-Y cut: Nagy and Seth, 1984)."""
    pieces = list(_pieces(page.glyphs, page.uprights, rtl=page.rtl))
    if not pieces:
        return []
    rtl = page.rtl and sum(_holds_rtl(piece) for piece in pieces) * 2 > len(pieces)
    return _Order(number, rtl, page).of(pieces, 0)


def _holds_rtl(piece: _Piece) -> bool:
    return any(right_to_left.HAS_RTL.match(glyph.char) for glyph in piece.glyphs)


def _pieces(glyphs: Sequence[Glyph], uprights: Sequence[Box], *, rtl: bool) -> Iterator[_Piece]:
    """The stretches of text in the order in which the file draws them: each ends where the next letter stands elsewhere."""
    piece: _Piece | None = None
    nearest = 0.2 if uprights else _CELL_GAP
    for glyph in glyphs:
        if piece is not None and glyph.base == piece.base and glyph.size == piece.size:
            # The next letter of a word, as most are.
            far = nearest * piece.size
            if glyph.advance_left - piece.right <= far and piece.left - glyph.advance_right <= far:
                piece.follow(glyph)
                continue
        if piece is not None:
            size = max(piece.size, glyph.size)
            gap = max(glyph.advance_left - piece.right, piece.left - glyph.advance_right)
            smaller = min(piece.size, glyph.size) < size * 0.87
            rise = abs(glyph.base - piece.base)
            elsewhere = rise > size * (0.75 if smaller else 0.45) or gap > size * _CELL_GAP
            if not elsewhere and gap > size * 0.2 and uprights:
                elsewhere = _is_between(uprights, piece.right, glyph.left, glyph.base - size * 0.3)
            # Lower and further left than the last letter: the raised mark of a note on the next line.
            returns = (
                smaller and not rtl and glyph.base > piece.base + size * 0.2 and glyph.right < piece.right - size * 2
            )
            # A line that begins anew, where the last ended: the next column's, or a larger type's.
            if elsewhere or returns or (glyph.begins and rise > size * 0.05 and not smaller and not rtl):
                yield piece
                piece = None
        if piece is None:
            piece = _Piece([glyph], glyph.left, glyph.right, glyph.base, glyph.size)
        else:
            piece.add(glyph)
    if piece is not None:
        yield piece


def _is_between(uprights: Sequence[Box], left: float, right: float, height: float) -> bool:
    """True where an upright line stands between two places of a line of text."""
    return any(
        left - 1 <= (box[0] + box[2]) / 2 <= right + 1 and box[1] <= height <= box[3]
        for box in uprights[:_MOST_UPRIGHTS]
    )


class _Order:
    """The order of the pieces of one page."""

    def __init__(self, number: int, rtl: bool, page: PageGlyphs) -> None:
        self._number = number
        self._rtl = rtl
        self._rules: Sequence[Box] = page.rules
        self._uprights: Sequence[Box] = page.uprights
        self._has_rtl = page.rtl
        self._backwards = page.rtl and right_to_left.names_backwards(page.glyphs)
        self._empty = sorted(page.empty, key=lambda glyph: glyph.base)
        self._empty_bases = [glyph.base for glyph in self._empty]

    def of(self, pieces: list[_Piece], depth: int) -> list[Line]:
        """The lines of these pieces."""
        if len(pieces) > 1 and depth < _DEEPEST:
            gutter = self._gutter(pieces)
            if gutter is not None:
                left = [piece for piece in pieces if (piece.left + piece.right) / 2 < gutter]
                right = [piece for piece in pieces if (piece.left + piece.right) / 2 >= gutter]
                first, second = (right, left) if self._rtl else (left, right)
                return self.of(first, depth + 1) + self.of(second, depth + 1)
            level = self._level(pieces)
            if level is not None:
                upper = [piece for piece in pieces if piece.bottom <= level + 0.01]
                lower = [piece for piece in pieces if piece.bottom > level + 0.01]
                if upper and lower:
                    return self.of(upper, depth + 1) + self.of(lower, depth + 1)
        return self._rows(pieces)

    def _gutter(self, pieces: Sequence[_Piece]) -> float | None:
        """The middle of the widest upright white band with at least three lines on either side; None where the text is one column, or
        the columns are those of a table."""
        if len({round(piece.base / 4) for piece in pieces}) < 4:
            return None
        size = statistics.median(piece.size for piece in pieces)
        edges = sorted((piece.left, piece.right) for piece in pieces)
        reach, best, widest = edges[0][1], None, size * 0.9
        for left, right in edges[1:]:
            if left - reach > widest:
                middle = (left + reach) / 2
                sides = [[p for p in pieces if p.right <= middle], [p for p in pieces if p.left >= middle]]
                if all(
                    len({round(p.base) for p in side}) >= 3 and sum(len(p.glyphs) for p in side) >= 50 for side in sides
                ) and not self._is_table(sides, middle):
                    best, widest = middle, left - reach
            reach = max(reach, right)
        return best

    def _is_table(self, sides: Sequence[Sequence[_Piece]], gutter: float) -> bool:
        """True where what stands on both sides of a white band are cells of the same rows: on the same lines, and not filling their
        columns as wrapped prose does."""
        bases = [{round(piece.base) for piece in side} for side in sides]
        shared = [sum(bool({base - 1, base, base + 1} & other) for base in own) for own, other in (bases, bases[::-1])]
        share = min(count / len(own) for count, own in zip(shared, bases, strict=True))
        rows = sorted(piece.base for side in sides for piece in side)
        crossing = sorted(rule[1] for rule in self._rules if rule[0] < gutter < rule[2])
        within = bisect_right(rows, crossing[-1]) - bisect_left(rows, crossing[0]) if crossing else 0
        # Lines across both parts stand between the rows of a table, and not above the text only, as those of a figure do.
        if len(crossing) >= 3 and share >= 0.4 and within >= len(rows) * 0.7:
            return True
        filled = []
        for side in sides:
            left, right = min(p.left for p in side), max(p.right for p in side)
            widths = [(p.right - p.left) / max(right - left, 1) for p in side]
            filled.append(statistics.median(widths))
        return share >= 0.8 and min(filled) < 0.7

    def _level(self, pieces: Sequence[_Piece]) -> float | None:
        """The bottom edge of what stands above the widest level white band, if cutting there parts columns from what spans them."""
        rows = sorted((piece.top, piece.bottom) for piece in pieces)
        reach, bands = rows[0][1], []
        for top, bottom in rows[1:]:
            if top - reach > 1:
                bands.append((top - reach, reach))
            reach = max(reach, bottom)
        widest = [edge for _, edge in sorted(bands, reverse=True)[:_MOST_BANDS]]
        for edge in widest:
            if self._has_columns(pieces, -math.inf, edge) or self._has_columns(pieces, edge, math.inf):
                return edge
        # Columns between what spans them above and a page's number below.
        pairs = itertools.combinations(sorted(widest[: _MOST_BANDS // 2]), 2)
        return next((lower for upper, lower in pairs if self._has_columns(pieces, upper, lower)), None)

    def _has_columns(self, pieces: Sequence[_Piece], upper: float, lower: float) -> bool:
        within = [piece for piece in pieces if upper + 0.01 < piece.bottom <= lower + 0.01]
        return len(within) > 5 and self._gutter(within) is not None

    def _rows(self, pieces: Sequence[_Piece]) -> list[Line]:
        """Pieces that stand on one line joined; lines from top to bottom."""
        marks = [piece for piece in pieces if self._has_rtl and _is_vowel_mark(piece)]
        small = {id(piece) for piece in marks}
        rows: list[list[_Piece]] = []
        for piece in sorted(pieces, key=lambda p: (p.base, p.left)):
            if id(piece) in small:
                continue
            last = rows[-1] if rows else None
            if last and any(_beside(piece, each) for each in last[-4:]):
                last.append(piece)
            else:
                rows.append([piece])
        for piece in marks:
            near = min(rows, key=lambda row: abs(row[0].base - piece.base), default=None)
            if near is not None and abs(near[0].base - piece.base) < piece.size * 0.9:
                near.append(piece)
            else:
                rows.append([piece])
        out = [line for row in rows if (line := self._line(row)) is not None]
        return sorted(out, key=lambda line: (line.bottom, line.left))

    def _line(self, row: list[_Piece]) -> Line | None:
        """One line of the pieces of a row."""
        glyphs = [glyph for piece in row for glyph in piece.glyphs]
        size, base = main_type(glyphs)
        row.sort(key=lambda piece: -piece.right if self._rtl else piece.left)
        groups: list[list[_Piece]] = [[row[0]]]
        edge = row[0].left if self._rtl else row[0].right
        for piece in row[1:]:
            low, high = (piece.right, edge) if self._rtl else (edge, piece.left)
            gap = high - low
            edge = min(edge, piece.left) if self._rtl else max(edge, piece.right)
            if gap > size * _CELL_GAP or (
                gap > size * 0.2 and self._uprights and _is_between(self._uprights, low, high, base - size * 0.3)
            ):
                groups.append([])
            groups[-1].append(piece)
        cells = []
        for at, group in enumerate(groups):
            text = self._text(group, *_cell_type(groups, at, size, base), alone=len(groups) == 1)
            if text:
                cells.append(Cell(text, min(p.left for p in group), max(p.right for p in group)))
        if not cells:
            return None
        inked = [glyph for glyph in glyphs if not glyph.char.isspace()]
        bold = sum(glyph.bold for glyph in inked) * 2 > len(inked)
        left, right = min(cell.left for cell in cells), max(cell.right for cell in cells)
        ruled = any(
            rule[0] < right and rule[2] > left and abs(rule[1] - base) < size * 2 and rule[2] - rule[0] > size * 4
            for rule in self._rules
        )
        top, bottom = base - size * 0.78, base + size * 0.22
        return Line(tuple(cells), left, right, top, bottom, round(size, 1), bold, self._number, ruled)

    def _text(self, group: Sequence[_Piece], size: float, base: float, *, alone: bool) -> str:
        glyphs = [glyph for piece in group for glyph in piece.glyphs]
        if self._has_rtl and any(map(_holds_rtl, group)):
            plain = "".join(glyph.char for glyph in glyphs)
            left, right = min(piece.left for piece in group), max(piece.right for piece in group)
            first, last = (
                bisect_left(self._empty_bases, base - size * 0.4),
                bisect_right(self._empty_bases, base + size * 0.4),
            )
            glyphs += [glyph for glyph in self._empty[first:last] if left <= glyph.left and glyph.right <= right]
            ordered = right_to_left.letters_in_order(
                glyphs, rtl=right_to_left.is_rtl(plain, doubt=self._rtl), backwards=self._backwards
            )
            letters = ((char, glyph if isinstance(glyph, Glyph) else None) for char, glyph in ordered)
            text = marked(letters, size, base, alone=alone)
            return right_to_left.plain_letters(text).strip()
        return marked(_spaced(group), size, base, alone=alone).strip()


def _cell_type(groups: Sequence[Sequence[_Piece]], at: int, size: float, base: float) -> tuple[float, float]:
    """Size and baseline from which the letters of one of a line's cells are raised. The mark of a note may stand far before it."""
    cells = [[glyph for piece in group for glyph in piece.glyphs if not glyph.char.isspace()] for group in groups]
    if len(cells) == 2 and at == 0 and all(cells):
        label = "".join(glyph.char for glyph in cells[0])
        if is_note_label(label) and unicodedata.category(cells[1][0].char)[:2] in _OPENS_NOTE:
            return size, base
    return cell_type(cells[at], size, base) if cells[at] else (size, base)


def _is_vowel_mark(piece: _Piece) -> bool:
    """True for what is drawn by itself above or below its letters: a vowel sign, alone or with the letter that it is written for."""
    return len(piece.glyphs) <= 4 and any(right_to_left.is_mark(glyph.char) for glyph in piece.glyphs)


def _beside(piece: _Piece, other: _Piece) -> bool:
    """True where two pieces stand on one line: their middles are level, or one is a raised or lowered sign at the other's side."""
    middle, other_middle = (piece.top + piece.bottom) / 2, (other.top + other.bottom) / 2
    size, small = max(piece.size, other.size), min(piece.size, other.size)
    if abs(middle - other_middle) < size * 0.4:
        return True
    gap = max(piece.left - other.right, other.left - piece.right)
    if _is_raised_ending(piece, other) or _is_raised_ending(other, piece):
        return True
    if small >= size * 0.8 or gap >= size * 0.6 or abs(piece.base - other.base) >= size * 0.6:
        return False
    lesser, larger = (piece, other) if piece.size < other.size else (other, piece)
    return not _crosses(lesser, larger)


def _crosses(lesser: _Piece, larger: _Piece) -> bool:
    """True where letters of the larger type stand above or below a piece: that is another line, and no sign at their side."""
    least = lesser.size * _MOST_CROSSED
    return any(
        min(glyph.right, lesser.right) - max(glyph.left, lesser.left) > least
        for glyph in larger.glyphs
        if not glyph.char.isspace()
    )


def _is_raised_ending(piece: _Piece, number: _Piece) -> bool:
    """True for up to three letters that stand raised at the end of a number, as large as it is: the "th" of "5th"."""
    if len(piece.glyphs) > 3 or not all(glyph.char.isalpha() for glyph in piece.glyphs):
        return False
    rise, gap = number.base - piece.base, piece.left - number.right
    return 0 < rise < number.size * 0.8 and abs(gap) < number.size * 0.2 and number.glyphs[-1].char.isdigit()


def _spaced(group: Sequence[_Piece]) -> Iterator[tuple[str, Glyph | None]]:
    """The glyphs of pieces from left to right, with the spaces between them."""
    for number, piece in enumerate(group):
        wide = _letter_space(piece.glyphs)
        right: float | None = group[number - 1].right if number else None
        for at, glyph in enumerate(piece.glyphs):
            gap = 0.0 if right is None else glyph.left - right
            if at == 0:
                apart = number > 0 and gap > glyph.size * 0.15
            elif wide:
                apart = gap > wide
            else:
                apart = glyph.spaced or gap > glyph.size * 0.7
            if apart:
                yield " ", None
            if not glyph.char.isspace():
                yield glyph.char, glyph
                right = glyph.right
            elif not wide:
                yield " ", None


def _letter_space(glyphs: Sequence[Glyph]) -> float:
    """How far apart words begin in a line that is written with spaces between its letters; 0 for any other."""
    ink = [glyph for glyph in glyphs if not glyph.char.isspace()]
    letters = sum(glyph.char.isalnum() for glyph in ink)
    if letters < max(8, len(ink) * 0.8) or sum(glyph.spaced for glyph in ink) < len(ink) * 0.75:
        return 0.0
    gaps = sorted(max(after.left - before.right, 0.0) for before, after in itertools.pairwise(ink))
    return max(gaps[len(gaps) // 2] * 1.7, ink[0].size * 0.3)
