"""What is drawn on a PDF page besides its text: lines and boxes, pictures, marks that strike words out."""

from __future__ import annotations

import ctypes
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from onrecord.intake.document import Refusal
from onrecord.intake.formats.pdf_native import ADDRESS, NUMBER, address_of, addresses, native

if TYPE_CHECKING:
    from onrecord.intake.formats.pdf_glyphs import Glyph, Turned

# Left, bottom, right, top in the page's own space, or left, top, right, bottom as it is shown.
Box = tuple[float, float, float, float]
_MOST_OBJECTS = 20_000
# Letters that stand as high as a line that is drawn; a page of a table with two thousand lines has fewer.
_MOST_COMPARED = 1_000_000
_DEEPEST = 4
_PALE = 235
# The squares, in points, by which a place is found, how far they reach, and how much is looked at in one.
_CELL = 40.0
_FAR = 4000.0
_MOST_AT_A_PLACE = 200
_AS_IT_IS = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
# Where PDFium writes four edges, or four whole numbers (how a path is drawn; red, green, blue and opacity).
_EDGES = (ctypes.c_float * 4)()
_EDGES_AT = addresses(_EDGES, 4)
_WHOLE = (ctypes.c_uint * 4)()
_WHOLE_AT = addresses(_WHOLE, 4)


@dataclass(frozen=True, slots=True)
class _Filled:
    box: Box
    order: int
    white: bool


class _Places:
    """What lies where on a page, found by its place."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[_Filled]] = {}
        self.last = -1

    def add(self, item: _Filled) -> None:
        """Adds a box; far beyond any page nothing is looked for."""
        left, bottom, right, top = (int(max(-_FAR, min(edge, _FAR)) // _CELL) for edge in item.box)
        self.last = max(self.last, item.order)
        for column in range(left, right + 1):
            for row in range(bottom, top + 1):
                self._cells.setdefault((column, row), []).append(item)

    def at(self, x: float, y: float) -> list[_Filled]:
        """What lies at a point, in the order in which it was drawn, the last of it where there is very much."""
        here = self._cells.get((int(x // _CELL), int(y // _CELL)), [])
        return [item for item in here[-_MOST_AT_A_PLACE:] if _holds(item.box, x, y)]


class Drawings:
    """The lines, boxes and pictures of a page, in its own space.

    `rules` are thin level lines (left, bottom, right, top) and `uprights` thin upright ones; only boxes with upright sides are looked at,
    for of other shapes nothing can be said from where they reach. `texts` are where text objects stand, by their addresses.
    """

    def __init__(self) -> None:
        self.rules: list[Box] = []
        self.uprights: list[Box] = []
        self.strikes: list[Box] = []
        self.texts: dict[int, Box] = {}
        self._filled = _Places()
        self._pictures = _Places()
        self._shapes = _Places()
        self._picture_area = 0.0
        self._orders: dict[int, int] = {}

    @classmethod
    def of(cls, page: Any) -> Drawings:
        """Those of a page (an FPDF_PAGE)."""
        from pypdfium2 import raw

        out = cls()
        count = raw.FPDFPage_CountObjects(page)
        out._collect(native("FPDFPage_GetObject", ADDRESS, ADDRESS, NUMBER), address_of(page), count, _AS_IT_IS, 0)
        return out

    def _collect(self, get: Any, holder: int, count: int, matrix: tuple[float, ...], depth: int) -> None:
        from pypdfium2 import raw

        kind_of = native("FPDFPageObj_GetType", NUMBER, ADDRESS)
        for index in range(min(count, _MOST_OBJECTS)):
            address = get(holder, index)
            order = len(self._orders)
            if not address or order > _MOST_OBJECTS:
                return
            self._orders[address] = order
            kind = kind_of(address)
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                box = _bounds(address, matrix)
                if box:
                    self.texts[address] = box
            elif kind == raw.FPDF_PAGEOBJ_PATH:
                self._path(address, matrix, order)
            elif kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING):
                box = _bounds(address, matrix)
                if box:
                    (self._pictures if kind == raw.FPDF_PAGEOBJ_IMAGE else self._shapes).add(_Filled(box, order, False))
                    self._picture_area += (box[2] - box[0]) * (box[3] - box[1]) if kind == raw.FPDF_PAGEOBJ_IMAGE else 0
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                form, own = ctypes.cast(address, raw.FPDF_PAGEOBJECT), raw.FS_MATRIX()
                inner = (own.a, own.b, own.c, own.d, own.e, own.f) if raw.FPDFPageObj_GetMatrix(form, own) else matrix
                self._collect(
                    native("FPDFFormObj_GetObject", ADDRESS, ADDRESS, ctypes.c_ulong),
                    address,
                    raw.FPDFFormObj_CountObjects(form),
                    _times(inner, matrix),
                    depth + 1,
                )

    def _path(self, address: int, matrix: tuple[float, ...], order: int) -> None:
        box = _bounds(address, matrix)
        if not box:
            return
        segments = native("FPDFPath_CountSegments", NUMBER, ADDRESS)(address)
        width, height = box[2] - box[0], box[3] - box[1]
        at = _WHOLE_AT
        native("FPDFPath_GetDrawMode", NUMBER, ADDRESS, ADDRESS, ADDRESS)(address, at[0], at[1])
        is_filled, is_stroked = _WHOLE[0] != 0, _WHOLE[1] != 0
        if 2 <= segments <= 6 and height <= 3 and width >= 3 and width > height * 2 and (is_filled or is_stroked):
            self.rules.append(box)
            return
        if 2 <= segments <= 6 and width <= 3 and height >= 6 and (is_filled or is_stroked):
            self.uprights.append(box)
            return
        if is_stroked and segments in (4, 5) and width > 3 and height > 6:
            # The frame of a cell.
            self.uprights += [(box[0], box[1], box[0], box[3]), (box[2], box[1], box[2], box[3])]
            self.rules += [(box[0], box[1], box[2], box[1]), (box[0], box[3], box[2], box[3])]
        if not is_filled or not native("FPDFPageObj_GetFillColor", NUMBER, *(ADDRESS,) * 5)(address, *at):
            return
        red, green, blue, alpha = _WHOLE
        if alpha < 250 or native("FPDFPageObj_HasTransparency", NUMBER, ADDRESS)(address) or min(width, height) < 3:
            return
        white = min(red, green, blue) > _PALE
        if segments <= 6:
            self._filled.add(_Filled(box, order, white))
        elif not white:
            self._shapes.add(_Filled(box, order, white))

    @property
    def has_boxes(self) -> bool:
        """True where a box is drawn that could cover text."""
        return self._filled.last >= 0

    def has_large_picture(self, page: Box) -> bool:
        """True where pictures take up a quarter of the page or more."""
        area = (page[2] - page[0]) * (page[3] - page[1])
        return self._picture_area * 4 >= area

    def is_on_picture(self, x: float, y: float) -> bool:
        """True where a picture is drawn at a point: text without ink there is what a program read in the picture."""
        return bool(self._pictures.at(x, y))

    def is_on_colour(self, x: float, y: float, pointer: int) -> bool:
        """True where white text can be read: on a picture, or on a box that is not white and was drawn before."""
        if self.is_on_picture(x, y) or self._shapes.at(x, y):
            return True
        order = self._orders.get(pointer, _MOST_OBJECTS)
        beneath = [each for each in self._filled.at(x, y) if each.order < order]
        return bool(beneath) and not beneath[-1].white

    def is_covered(self, box: Box, pointer: int) -> bool:
        """True where a box that was drawn later lies over the whole glyph."""
        order = self._orders.get(pointer)
        if order is None or self._filled.last < order:
            return False
        return any(
            each.order > order
            and each.box[0] - 1 <= box[0]
            and box[2] <= each.box[2] + 1
            and each.box[1] - 1 <= box[1]
            and box[3] <= each.box[3] + 1
            for each in self._filled.at((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
        )

    def struck(self, glyphs: Sequence[Glyph], turned: Turned) -> Iterator[Glyph]:
        """The glyphs through whose middle a line is drawn, or which are marked as struck out. Raises Refusal where more lines are drawn
        near more letters than any page has."""
        if not (self.rules or self.strikes):
            return
        by_base = sorted(glyphs, key=lambda glyph: glyph.base)
        bases = [glyph.base for glyph in by_base]
        largest = max((glyph.size for glyph in glyphs), default=0.0)
        compared = 0

        def near(lowest: float, highest: float) -> Sequence[Glyph]:
            nonlocal compared
            found = by_base[bisect_left(bases, lowest) : bisect_right(bases, highest)]
            compared += len(found)
            if compared > _MOST_COMPARED:
                raise Refusal(
                    "One of its pages has more lines drawn through its letters than are looked at. Save its text."
                )
            return found

        for box in map(turned.rectangle, self.rules):
            middle = (box[1] + box[3]) / 2
            for glyph in near(middle, middle + largest * 0.5):
                # The middle of small letters is about a quarter of the size above the baseline; underlines are below it.
                height = (glyph.base - middle) / glyph.size
                if 0.13 <= height <= 0.42 and box[0] - 1 <= (glyph.left + glyph.right) / 2 <= box[2] + 1:
                    yield glyph
        for box in map(turned.rectangle, self.strikes):
            for glyph in near(box[1], box[3] + largest * 0.3):
                middle = glyph.base - glyph.size * 0.25
                if box[1] <= middle <= box[3] and box[0] <= (glyph.left + glyph.right) / 2 <= box[2]:
                    yield glyph


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _times(inner: tuple[float, ...], outer: tuple[float, ...]) -> tuple[float, ...]:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (
        a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m,
    )  # fmt: skip


def _bounds(address: int, matrix: tuple[float, ...]) -> Box | None:
    if not native("FPDFPageObj_GetBounds", NUMBER, *(ADDRESS,) * 5)(address, *_EDGES_AT):
        return None
    left, bottom, right, top = _EDGES
    if matrix is _AS_IT_IS:
        return (left if left < right else right, bottom if bottom < top else top,
                right if right > left else left, top if top > bottom else bottom)  # fmt: skip
    a, b, c, d, e, f = matrix
    xs, ys = [], []
    for x in (left, right):
        for y in (bottom, top):
            xs.append(a * x + c * y + e)
            ys.append(b * x + d * y + f)
    return min(xs), min(ys), max(xs), max(ys)
