"""OpenDocument text (.odt; OASIS OpenDocument 1.3, ISO/IEC 26300) → Document: text, lists with their numbers, tables, notes; what is
hidden, deleted or a comment is left out, with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from onrecord.intake.document import Block, Cell, Document, LeftOut, Refusal, TextRun
from onrecord.intake.document_size import MOST_LINKS, MOST_NOTES, MOST_ROWS, refuse_too_many, refuse_too_many_cells
from onrecord.intake.formats import note_marks, plaintext, run_lines, zipped_parts
from onrecord.intake.formats.number_attributes import whole
from onrecord.intake.formats.opendocument_styles import OFFICE, STYLE, TABLE, TEXT, XLINK, Look, Styles

if TYPE_CHECKING:
    from lxml.etree import _Element

_KINDS = {
    "text": "",
    "spreadsheet": "The file is a spreadsheet, no release.",
    "presentation": "The file is a presentation. Save its text as Word or PDF.",
}
_MIMETYPE = re.compile(r"application/vnd\.oasis\.opendocument\.([a-z]+)")
_DEEPEST = 60
_MOST_COLUMNS = 200
# What is no part of the text, and is kept beside it or made anew.
_BESIDE = frozenset(
    (
        f"{TEXT}tracked-changes",
        f"{OFFICE}annotation",
        f"{OFFICE}annotation-end",
        f"{OFFICE}forms",
        f"{TEXT}sequence-decls",
        f"{TEXT}variable-decls",
        f"{TEXT}user-field-decls",
    )
)
_INDEXES = frozenset(f"{TEXT}{name}-index" for name in ("illustration", "table", "object", "user", "alphabetical")) | {
    f"{TEXT}table-of-content",
    f"{TEXT}bibliography",
}


def is_text(data: bytes) -> bool:
    """True for an OpenDocument file of any kind (part 2, section 3.3)."""
    return _MIMETYPE.match(zipped_parts.media_type(data)) is not None


def document(data: bytes) -> Document:
    """The Document of an OpenDocument text. Raises Refusal for other kinds, broken and locked files, bombs, and files without text."""
    kind = _MIMETYPE.match(zipped_parts.media_type(data))
    other = _KINDS.get(kind[1] if kind else "text", "The file is a drawing or a formula, no release.")
    if other:
        raise Refusal(other)
    parts = zipped_parts.parts(data, ("content.xml", "styles.xml", "manifest.xml"))
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise Refusal("The file is protected by a password. Save it without one.")
    if "content.xml" not in parts:
        raise Refusal("The file is a broken OpenDocument text: its content is missing.")
    zipped_parts.refuse_too_large(parts["content.xml"])
    content = zipped_parts.tree(parts["content.xml"])
    common = zipped_parts.tree(parts["styles.xml"]) if "styles.xml" in parts else None
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise Refusal("The file is a broken OpenDocument text: its content is missing.")
    _refuse_too_large(body)
    walk = _Walk(Styles([tree for tree in (common, content) if tree is not None]))
    heads, feet = walk.page_parts(common)
    walk.deletions(body)
    blocks = [*heads, *walk.blocks(body), *walk.notes]
    if not blocks:
        raise Refusal("The file holds no text.")
    left_out = [*walk.left_out, *(LeftOut(text, "running foot") for text in feet)]
    visible = [*(block.text for block in heads), *feet, *_visible(body)]
    return Document(
        "opendocument",
        note_marks.linked(blocks),
        left_out=tuple(left_out),
        visible=tuple(filter(None, map(plaintext.clean, visible))),
    )


def _refuse_too_large(body: _Element) -> None:
    """Raises Refusal for a text of more links, notes, rows and paragraphs than are read; those of tables' cells are no paragraphs here."""

    def count(path: str) -> int:
        return int(body.xpath(f"count({path})", namespaces={"text": TEXT[1:-1], "table": TABLE[1:-1]}))

    refuse_too_many(count(".//text:a"), "links", MOST_LINKS)
    refuse_too_many(count(".//text:note"), "notes", MOST_NOTES)
    refuse_too_many(count(".//table:table-row"), "rows of tables", MOST_ROWS)
    filled = "[normalize-space(.)][not(ancestor::table:table)][not(ancestor::text:note)]"
    refuse_too_many(count(f".//text:p{filled}") + count(f".//text:h{filled}"), "paragraphs, headings and items")


@dataclass(slots=True)
class _List:
    """Where a list is: its style, how deep, the number of its next item."""

    style: str
    level: int
    following: int


@dataclass(slots=True)
class _Walk:
    """Blocks of the elements of a document, in order."""

    styles: Styles
    notes: list[Block] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    _last_numbers: dict[tuple[str, int], int] = field(default_factory=dict)
    _frames: list[Block] = field(default_factory=list)
    _depth: int = 0
    _cells: int = 0

    def page_parts(self, common: _Element | None) -> tuple[list[Block], list[str]]:
        """The lines of the pages' heads, each once and without page numbers, and the texts of their feet."""
        heads: dict[str, Block] = {}
        feet: list[str] = []
        for master in common.iter(f"{STYLE}master-page") if common is not None else ():
            for part in master:
                if part.tag in (f"{STYLE}header", f"{STYLE}header-first"):
                    heads |= {block.text: replace(block, close=True) for block in self.blocks(part) if block.text}
                elif part.tag in (f"{STYLE}footer", f"{STYLE}footer-first"):
                    feet += [text for block in self.blocks(part) for text in block.texts if text.strip()]
        kept = [block for text, block in heads.items() if not plaintext.is_page_number(text)]
        self.left_out += [LeftOut(text, "page number") for text in heads if plaintext.is_page_number(text)]
        return kept, list(dict.fromkeys(feet))

    def deletions(self, body: _Element) -> None:
        """What was deleted while changes were tracked."""
        for deletion in body.iter(f"{TEXT}deletion"):
            for block in self.blocks(deletion):
                text = " ".join(block.texts)
                if text:
                    self.left_out.append(LeftOut(text, "deleted", prose=True))

    def blocks(self, parent: _Element) -> list[Block]:
        """The blocks of an element's children."""
        if self._depth > _DEEPEST:
            raise Refusal("It is nested too deeply to be read.")
        self._depth += 1
        out: list[Block] = []
        for element in parent:
            out += self._element(element)
            out += self._frames
            self._frames = []
        self._depth -= 1
        return out

    def _element(self, element: _Element) -> list[Block]:
        tag = element.tag
        if tag in (f"{TEXT}p", f"{TEXT}h"):
            return self._paragraph(element)
        if tag == f"{TEXT}list":
            return self._list(element, None)
        if tag == f"{TABLE}table":
            return self._table(element)
        if tag in _BESIDE or not isinstance(tag, str):
            self._comment(element)
            return []
        if tag in _INDEXES:
            self.left_out += [
                LeftOut(text, "table of contents") for block in self.blocks(element) for text in block.texts if text
            ]
            return []
        if element.get(f"{TEXT}display") == "none" or element.get(f"{TEXT}is-hidden") == "true":
            self.left_out += [
                LeftOut(text, "hidden", prose=True) for block in self.blocks(element) for text in block.texts if text
            ]
            return []
        return self.blocks(element)

    def _paragraph(self, element: _Element) -> list[Block]:
        look = self.styles.look(element.get(f"{TEXT}style-name"), Look())
        runs = run_lines.joined(self._runs(element, look))
        if not any(run.text or run.note for run in runs):
            return []
        level = element.get(f"{TEXT}outline-level") if element.tag == f"{TEXT}h" else ""
        level = level or self.styles.heading(element.get(f"{TEXT}style-name"))
        if level or element.tag == f"{TEXT}h":
            return [Block("heading", runs, min(max(whole(level, 1), 1), 6))]
        return [Block("paragraph", runs)]

    def _list(self, element: _Element, outer: _List | None) -> list[Block]:
        style = element.get(f"{TEXT}style-name") or (outer.style if outer else "")
        level = outer.level + 1 if outer else 0
        continued = element.get(f"{TEXT}continue-numbering") == "true" or element.get(f"{TEXT}continue-list")
        here = _List(style, level, self.styles.first_number(style, level))
        if continued:
            here.following = self._last_numbers.get((style, level), here.following - 1) + 1
        out: list[Block] = []
        for item in element:
            if item.tag not in (f"{TEXT}list-item", f"{TEXT}list-header"):
                continue
            here.following = whole(item.get(f"{TEXT}start-value"), here.following)
            out += self._item(item, here)
        self._last_numbers[style, level] = here.following - 1
        return out

    def _item(self, item: _Element, here: _List) -> list[Block]:
        out: list[Block] = []
        first = item.tag == f"{TEXT}list-item"
        for child in item:
            if child.tag == f"{TEXT}list":
                out += self._list(child, here)
                continue
            for block in self._element(child):
                if first and block.kind in ("paragraph", "heading"):
                    out.append(self._marked(block, here))
                    here.following += 1
                    first = False
                else:
                    out.append(block)
        return out

    def _marked(self, block: Block, here: _List) -> Block:
        """A list's paragraph with its number or bullet; letters and Roman numbers stand in the text."""
        number = self.styles.number(here.style, here.level, here.following)
        if not number:
            return replace(block, kind="item", level=here.level, marker="-") if block.kind == "paragraph" else block
        if number[:-1].isdigit() and number[-1] in ".)" and block.kind == "paragraph":
            return replace(block, kind="item", level=here.level, marker=f"{number[:-1]}.")
        return replace(block, runs=(TextRun(f"{number} "), *block.runs))

    def _table(self, element: _Element) -> list[Block]:
        rows: list[tuple[Cell, ...]] = []
        for row in element.iter(f"{TABLE}table-row"):
            if next(row.iterancestors(f"{TABLE}table")) is not element:
                continue
            cells: list[Cell] = []
            for cell in row:
                if cell.tag not in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
                    continue
                inner = self.blocks(cell)
                runs: list[TextRun] = []
                for block in inner:
                    pieces = [block.runs] if block.runs else [each for line in block.rows for each in line]
                    for piece in pieces:
                        runs += [TextRun(" "), *piece] if runs else piece
                times = min(max(whole(cell.get(f"{TABLE}number-columns-repeated"), 1), 0), _MOST_COLUMNS)
                cells += [run_lines.joined(runs)] * (times if runs or len(cells) + times < _MOST_COLUMNS else 1)
            rows.append(tuple(cells[:_MOST_COLUMNS]))
            self._cells += len(rows[-1])
            refuse_too_many_cells(self._cells)
        while rows and not any(rows[-1]):
            rows.pop()
        width = max((max((at + 1 for at, cell in enumerate(row) if cell), default=0) for row in rows), default=0)
        if not width:
            return []
        return [Block("table", rows=tuple((*row[:width], *((),) * (width - len(row))) for row in rows))]

    def _runs(self, element: _Element, look: Look, link: str = "") -> Iterator[TextRun]:
        """The text of an element and of what is in it."""
        yield from self._run(element.text, look, link)
        for child in element:
            yield from self._inner(child, look, link)
            yield from self._run(child.tail, look, link)

    def _inner(self, child: _Element, look: Look, link: str) -> Iterator[TextRun]:
        tag = child.tag
        if tag == f"{TEXT}s":
            yield from self._run(" " * min(whole(child.get(f"{TEXT}c"), 1), 100), look, link)
        elif tag in (f"{TEXT}tab", f"{TEXT}line-break"):
            yield TextRun(" ")
        elif tag == f"{TEXT}note":
            yield from self._note(child)
        elif tag in _BESIDE or not isinstance(tag, str):
            self._comment(child)
        elif tag in (f"{TEXT}hidden-text", f"{TEXT}hidden-paragraph"):
            text = plaintext.clean(child.get(f"{TEXT}string-value") or "".join(child.itertext()))
            if text:
                self.left_out.append(LeftOut(text, "hidden", prose=True))
        elif tag == f"{TEXT}ruby-text":
            yield from self._run(f" ({''.join(child.itertext())})", look, link)
        elif tag.endswith(("}text-box", "}frame", "}custom-shape", "}g")):
            # What stands in a frame is read after the paragraph that holds it.
            framed = self.blocks(child)
            self._frames += framed
        elif tag.endswith(("}title", "}desc")) and not tag.startswith(TEXT):
            text = plaintext.clean("".join(child.itertext()))
            if text:
                self.left_out.append(LeftOut(text, "description of a picture"))
        else:
            inner = (
                self.styles.look(child.get(f"{TEXT}style-name"), look) if tag in (f"{TEXT}span", f"{TEXT}a") else look
            )
            yield from self._runs(child, inner, child.get(f"{XLINK}href") or link if tag == f"{TEXT}a" else link)

    def _run(self, text: str | None, look: Look, link: str) -> Iterator[TextRun]:
        if not text:
            return
        if look.hidden:
            shown = plaintext.clean(text)
            if shown:
                self.left_out.append(LeftOut(shown, "hidden", prose=True))
            return
        yield TextRun(text, look.strong, look.emphasis, link, mark=look.mark)

    def _note(self, element: _Element) -> Iterator[TextRun]:
        label = str(len(self.notes) + 1)
        body = element.find(f"{TEXT}note-body")
        at = len(self.notes)
        self.notes.append(Block("footnote", marker=label))
        runs: list[TextRun] = []
        for block in self.blocks(body) if body is not None else ():
            for piece in [block.runs] if block.runs else [cell for row in block.rows for cell in row]:
                runs += [TextRun(" "), *piece] if runs else piece
        self.notes[at] = Block("footnote", run_lines.joined(runs), marker=label)
        yield TextRun("", note=label)

    def _comment(self, element: _Element) -> None:
        if element.tag == f"{OFFICE}annotation":
            text = plaintext.clean(" ".join("".join(line.itertext()) for line in element.iter(f"{TEXT}p")))
            if text:
                self.left_out.append(LeftOut(text, "comment", prose=True))


def _visible(body: _Element) -> Iterator[str]:
    """All text of a document's body, paragraph by paragraph, whatever it is."""
    for line in body.iter(f"{TEXT}p", f"{TEXT}h"):
        if any(parent.tag in _BESIDE for parent in line.iterancestors()):
            continue
        pieces = [line.text or ""]
        pending = [iter(line)]
        tails: list[str] = []
        while pending:
            child = next(pending[-1], None)
            if child is None:
                pending.pop()
                pieces.append(tails.pop() if tails else "")
                continue
            tail = child.tail or ""
            if (
                child.tag in _BESIDE
                or child.tag in (f"{TEXT}p", f"{TEXT}h", f"{TEXT}list", f"{TABLE}table")
                or not isinstance(child.tag, str)
            ):
                pieces.append(tail)
                continue
            apart = child.tag.startswith(TEXT) and child.tag[len(TEXT) :] in (
                "s",
                "tab",
                "line-break",
                "note-citation",
                "note",
            )
            pieces += [" " if apart else "", child.text or "", ""]
            tails.append((" " if apart else "") + tail)
            pending.append(iter(child))
        yield "".join(pieces)
