"""The stories of a Word file (its text, notes, heads and feet, boxes) → blocks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from onrecord.intake.document import Block, BlockKind, LeftOut, Refusal, TextRun
from onrecord.intake.formats import plaintext, run_lines, word_math, word_tables
from onrecord.intake.formats.word_fields import Fields
from onrecord.intake.formats.word_names import M, R, W, alternative, value_of
from onrecord.intake.formats.word_numbering import Numbering
from onrecord.intake.formats.word_package import Relationship
from onrecord.intake.formats.word_styles import ParagraphLook, RunLook, Styles, paragraph_look, run_look

if TYPE_CHECKING:
    from lxml.etree import _Element

_DEEP = 200
_BLANKS = re.compile(r"\s+")
_PASSED_THROUGH = frozenset(f"{W}{name}" for name in ("smartTag", "customXml", "sdtContent", "dir", "bdo"))
_BULLET = re.compile(r"[•·▪‣◦●○■□➢✓\uf0b7\uf0a7]\s*(?=\S)")
_SYMBOLS = {"f0b7": "•", "f0a7": "▪", "f0d8": "➢", "f0fc": "✓", "f0fe": "☑", "f0a8": "☐", "f06f": "☐", "f0e0": "→"}
_DATE_FIELD = "date field"


@dataclass(slots=True)
class Findings:
    """What all stories of a file share: what was left out, what cannot be settled, and which notes are called in which order."""

    left_out: list[LeftOut] = field(default_factory=list)
    inserted: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    equations: list[str] = field(default_factory=list)
    clock_fields: list[str] = field(default_factory=list)
    not_read: list[str] = field(default_factory=list)
    notes: dict[tuple[str, str], str] = field(default_factory=dict)
    _called: Counter[str] = field(default_factory=Counter)

    def label(self, kind: str, identifier: str) -> str:
        """The label of a note by the order of the calls: "1" of a footnote, "i" of an endnote as "end1"."""
        key = (kind, identifier)
        if key not in self.notes:
            self._called[kind] += 1
            count = self._called[kind]
            self.notes[key] = str(count) if kind == "footnote" else f"end{count}"
        return self.notes[key]


@dataclass(slots=True)
class Story:
    """Reads the paragraphs, tables and boxes of one part into blocks."""

    styles: Styles
    numbering: Numbering
    relationships: dict[str, Relationship]
    findings: Findings
    embedded: Callable[[str], list[Block]]
    out: list[Block] = field(default_factory=list)
    pending: list[TextRun] = field(default_factory=list)
    boxes: list[_Element] = field(default_factory=list)
    fields: Fields = field(default_factory=Fields)
    gone: list[str] = field(default_factory=list)
    gone_for: str = ""

    def blocks(self, top: _Element) -> list[Block]:
        """The blocks below an element that holds paragraphs and tables. Raises Refusal for elements nested past all reason."""
        before, self.out = self.out, []
        self._content(top, 0)
        self._note_gone()
        out, self.out = self.out, before
        return out

    def _content(self, top: _Element, depth: int) -> None:
        if depth > _DEEP:
            raise Refusal("The file's elements are nested too deeply to be read.")
        for element in top:
            tag = element.tag
            if tag == f"{W}p":
                self._paragraph(element, depth)
            elif tag == f"{W}tbl":
                self.out += word_tables.blocks(element, lambda cell: self._cell(cell, depth))
            elif tag == f"{W}altChunk":
                self._note_gone()
                relationship = self.relationships.get(element.get(f"{R}id") or "")
                self.out += self.embedded(relationship.target) if relationship else []
            elif tag == f"{W}del":
                self._deleted(element)
            elif tag.endswith("}AlternateContent"):
                chosen = alternative(element)
                if chosen is not None:
                    self._content(chosen, depth + 1)
            elif tag in (f"{M}oMathPara", f"{M}oMath"):
                self._equation(element, RunLook(), "")
                self._close(self.styles.of(""), False)
            elif tag in (f"{W}sdt", f"{W}ins", f"{W}moveTo", *_PASSED_THROUGH):
                self._content(element, depth + 1)

    def _cell(self, cell: _Element, depth: int) -> list[Block]:
        before, self.out = self.out, []
        self._content(cell, depth + 1)
        out, self.out = plaintext.tidied(self.out), before
        return out

    def _paragraph(self, element: _Element, depth: int) -> None:
        properties = element.find(f"{W}pPr")
        style = value_of(properties.find(f"{W}pStyle")) if properties is not None else ""
        self._note_gone()
        look = paragraph_look(properties, self.styles.of(style))
        self._runs(element, look.run, "", depth)
        boxes, self.boxes = self.boxes, []
        self._close(look, True)
        for box in boxes:
            self._content(box, depth + 1)

    def _close(self, look: ParagraphLook, numbered: bool) -> None:
        """Makes the pending runs a paragraph, heading, item or quotation."""
        lines = [cleaned for line in run_lines.lines(self.pending) if (cleaned := run_lines.cleaned(line))]
        self.pending = []
        if not lines:
            return
        marker = ""
        if numbered and look.list_id not in ("", "0"):
            marker = self.numbering.marker(look.list_id, look.depth or 0)
        kind: BlockKind = "heading" if look.level else "item" if marker else "quote" if look.quote else "paragraph"
        for at, runs in enumerate(lines):
            if kind == "heading":
                runs = tuple(replace(run, strong=False) for run in runs)
                if marker not in ("", "-") and not at:
                    runs = (TextRun(f"{marker} "), *runs)
                self.out.append(Block("heading", runs, min(look.level, 6), close=at > 0))
            elif kind == "item" and not at:
                self.out.append(Block("item", runs, min(look.depth or 0, 3), marker))
            elif (bullet := _BULLET.match(runs[0].text)) and kind == "paragraph":
                self.out.append(Block("item", runs, 0, "-", close=at > 0).slice(bullet.end()))
            else:
                self.out.append(Block("paragraph" if kind == "item" else kind, runs, close=at > 0))

    def _runs(self, top: _Element, look: RunLook, href: str, depth: int) -> None:
        if depth > _DEEP:
            raise Refusal("The file's elements are nested too deeply to be read.")
        for element in top:
            tag = element.tag
            if tag == f"{W}r":
                self._run(element, look, href)
            elif tag == f"{W}hyperlink":
                relationship = self.relationships.get(element.get(f"{R}id") or "")
                outside = relationship.target if relationship and relationship.outside else ""
                self._runs(element, look, outside if outside.startswith(("http://", "https://")) else href, depth + 1)
            elif tag in (f"{W}ins", f"{W}moveTo"):
                self._inserted(element, look, href, depth)
            elif tag in (f"{W}del", f"{W}moveFrom"):
                self._deleted(element)
            elif tag == f"{W}fldSimple":
                self.fields.begin()
                self.fields.instruction(element.get(f"{W}instr") or "")
                self.fields.separate()
                self._runs(element, look, href, depth + 1)
                self.fields.end()
            elif tag == f"{W}sdt":
                content = element.find(f"{W}sdtContent")
                if content is not None:
                    self._runs(content, look, href, depth + 1)
            elif tag in (f"{M}oMath", f"{M}oMathPara"):
                self._equation(element, look, href)
            elif tag in _PASSED_THROUGH:
                self._runs(element, look, href, depth + 1)
            elif tag.endswith("}AlternateContent"):
                chosen = alternative(element)
                if chosen is not None:
                    self._runs(chosen, look, href, depth + 1)

    def _run(self, run: _Element, around: RunLook, href: str) -> None:
        properties = run.find(f"{W}rPr")
        style = value_of(properties.find(f"{W}rStyle")) if properties is not None else ""
        look = around.under(self.styles.of(style).run) if style else around
        look = look.under(run_look(properties))
        self._run_content(run, look, href)

    def _run_content(self, run: _Element, look: RunLook, href: str) -> None:
        for piece in run:
            name = piece.tag.rpartition("}")[2]
            if piece.tag.endswith("}AlternateContent"):
                chosen = alternative(piece)
                if chosen is not None:
                    self._run_content(chosen, look, href)
            elif name == "t":
                self._text(piece.text or "", look, href)
            elif name == "delText":
                self._gone(piece.text or "", "deleted")
            elif name in ("tab", "ptab"):
                self._text(" ", look, href)
            elif name in ("br", "cr"):
                self.pending.append(TextRun(" " if piece.get(f"{W}type") in ("page", "column") else "\n"))
            elif name == "noBreakHyphen":
                self._text("\u2011", look, href)
            elif name == "sym":
                self._symbol(piece, look, href)
            elif name == "fldChar":
                self._field(piece.get(f"{W}fldCharType") or "")
            elif name == "instrText":
                self.fields.instruction(piece.text or "")
            elif name in ("footnoteReference", "endnoteReference"):
                kind = name.removesuffix("Reference")
                self.pending.append(TextRun("", note=self.findings.label(kind, piece.get(f"{W}id") or "")))
            elif name == "ruby":
                self._ruby(piece, look, href)
            elif name in ("drawing", "pict", "object"):
                self._drawing(piece)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.begin()
        elif kind == "separate":
            self.fields.separate()
        elif kind == "end":
            self.fields.end()

    def _text(self, text: str, look: RunLook, href: str) -> None:
        if self.fields.is_in_code:
            self._gone(text, "code of a field")
        elif look.hidden:
            self._gone(text, "hidden")
        elif self.fields.shows_clock:
            if text.strip():
                self.findings.clock_fields.append(text.strip())
            self._gone(text, _DATE_FIELD)
        else:
            mark = "struck" if look.struck else look.raised or ""
            text = _BLANKS.sub(" ", text)
            link = self.fields.address or href
            self.pending.append(TextRun(text, bool(look.strong), bool(look.emphasis), link, mark=mark))

    def _gone(self, text: str, reason: str) -> None:
        """Notes text that is left out; what follows each other in a paragraph for one reason is one text."""
        if not text.strip():
            return
        if reason == "deleted":
            self.findings.deleted.append(text)
        if reason != self.gone_for:
            self._note_gone()
        self.gone_for = reason
        self.gone.append(text)

    def _note_gone(self) -> None:
        """Ends the text that is left out here. Its pieces wait till then: adding one to the other would take the square of a long text."""
        if self.gone:
            left = LeftOut("".join(self.gone), self.gone_for, prose=self.gone_for != "code of a field")
            self.findings.left_out.append(left)
        self.gone, self.gone_for = [], ""

    def _symbol(self, piece: _Element, look: RunLook, href: str) -> None:
        code = (piece.get(f"{W}char") or "").lower()
        shown = _SYMBOLS.get(code, "")
        if not shown and re.fullmatch(r"[0-9a-f]{4}", code) and not code.startswith("f0"):
            shown = chr(int(code, 16))
        if shown:
            self._text(shown, look, href)
        else:
            self.findings.not_read.append(f"a sign of the font {piece.get(f'{W}font') or '?'}")

    def _ruby(self, ruby: _Element, look: RunLook, href: str) -> None:
        """How signs are read, in brackets behind them."""
        for name, before, after in (("rubyBase", "", ""), ("rt", "(", ")")):
            part = ruby.find(f"{W}{name}")
            if part is not None:
                self._text(before, look, href)
                self._runs(part, look, href, 0)
                self._text(after, look, href)

    def _drawing(self, drawing: _Element) -> None:
        self.boxes += [box for box in drawing.iter(f"{W}txbxContent") if _is_chosen(box, drawing)]
        for data in drawing.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}graphicData"):
            kind = (data.get("uri") or "").rpartition("/")[2]
            if kind in ("chart", "diagram"):
                self.findings.not_read.append(f"a {kind}")
        if drawing.tag == f"{W}object":
            self.findings.not_read.append("an embedded object")

    def _equation(self, element: _Element, look: RunLook, href: str) -> None:
        text = word_math.linear(element).strip()
        if text:
            self.findings.equations.append(text)
            self._text(text, replace(look, raised=None), href)

    def _inserted(self, element: _Element, look: RunLook, href: str, depth: int) -> None:
        start = len(self.pending)
        self._runs(element, look, href, depth + 1)
        text = "".join(run.text for run in self.pending[start:]).strip()
        if text:
            self.findings.inserted.append(text)

    def _deleted(self, element: _Element) -> None:
        for piece in element.iter(f"{W}delText", f"{W}t"):
            self._gone(piece.text or "", "deleted")


def _is_chosen(box: _Element, top: _Element) -> bool:
    """True for a box that is no older program's stand-in for one that is read, and in no other box."""
    for outer in box.iterancestors():
        if outer is top:
            return True
        if outer.tag == f"{W}txbxContent":
            return False
        parent = outer.getparent()
        if parent is not None and parent.tag.endswith("}AlternateContent") and alternative(parent) is not outer:
            return False
    return True
