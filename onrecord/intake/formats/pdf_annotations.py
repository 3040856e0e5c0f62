"""What stands on a PDF page without being drawn with it: what was typed onto it, fields that were filled in, comments, words struck out."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

from onrecord.intake.formats.pdf_drawings import Box
from onrecord.intake.formats.pdf_glyphs import Turned
from onrecord.intake.formats.pdf_lines import Cell, Line

_MOST = 2000
_LONGEST = 1_000_000
_SIZE = 10.0


class Annotations:
    """The annotations of a page (ISO 32000-1, section 12.5) that hold words: `texts` are those that are shown on it, `comments` those
    that open at a click; `strikes` are the boxes that strike words out, in the page's own space."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.comments: list[str] = []
        self.strikes: list[Box] = []
        self._boxes: list[Box] = []

    @classmethod
    def of(cls, page: Any) -> Annotations:
        """Those of a page (an FPDF_PAGE)."""
        from pypdfium2 import raw

        out = cls()
        for index in range(min(raw.FPDFPage_GetAnnotCount(page), _MOST)):
            item = raw.FPDFPage_GetAnnot(page, index)
            if not item:
                continue
            try:
                out._add(item)
            finally:
                raw.FPDFPage_CloseAnnot(item)
        return out

    def _add(self, item: Any) -> None:
        from pypdfium2 import raw

        kind = raw.FPDFAnnot_GetSubtype(item)
        if raw.FPDFAnnot_GetFlags(item) & (raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW):
            return
        rect = raw.FS_RECTF()
        raw.FPDFAnnot_GetRect(item, rect)
        box = (
            min(rect.left, rect.right),
            min(rect.bottom, rect.top),
            max(rect.left, rect.right),
            max(rect.bottom, rect.top),
        )
        if kind in (raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_WIDGET):
            text = _string(item, b"Contents" if kind == raw.FPDF_ANNOT_FREETEXT else b"V")
            if text.strip():
                self.texts.append(text)
                self._boxes.append(box)
            return
        if kind == raw.FPDF_ANNOT_STRIKEOUT:
            self.strikes += list(_quads(item)) or [box]
        if kind not in (raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP):
            comment = " ".join(_string(item, b"Contents").split())
            if comment:
                self.comments.append(comment)

    def lines(self, page: int, turned: Turned | None) -> list[Line]:
        """The lines of what is shown on the page, where it stands."""
        out = []
        for text, box in zip(self.texts, self._boxes, strict=True):
            left, top, right, _ = turned.rectangle(box) if turned else (0.0, 0.0, 0.0, 0.0)
            for row, words in enumerate(filter(str.strip, text.splitlines())):
                at = top + row * _SIZE * 1.2
                cell = Cell(" ".join(words.split()), left, max(right, left + 1))
                out.append(Line((cell,), left, cell.right, at, at + _SIZE, _SIZE, False, page))
        return out


def _quads(item: Any) -> Iterator[Box]:
    from pypdfium2 import raw

    quad = raw.FS_QUADPOINTSF()
    for index in range(min(raw.FPDFAnnot_CountAttachmentPoints(item), _MOST)):
        if raw.FPDFAnnot_GetAttachmentPoints(item, index, quad):
            xs, ys = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
            yield min(xs), min(ys), max(xs), max(ys)


def _string(item: Any, key: bytes) -> str:
    from pypdfium2 import raw

    length = raw.FPDFAnnot_GetStringValue(item, key, None, 0)
    if not 2 < length < _LONGEST:
        return ""
    buffer = ctypes.create_string_buffer(length)
    raw.FPDFAnnot_GetStringValue(item, key, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), length)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")
