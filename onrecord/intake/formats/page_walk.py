"""A page's tree → blocks: a walk in document order that keeps marks, numbers, tables, quotations and notes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from onrecord.intake.document import Block, BlockKind, Cell, Mark, Refusal, TextRun
from onrecord.intake.formats import (
    note_marks,
    page_bars,
    page_lists,
    page_math,
    page_notes,
    page_tables,
    plaintext,
    run_lines,
)
from onrecord.intake.formats.page_text import BLOCKS

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DEEP = 240
_INLINE_CONTROLS = frozenset(["button", "label", "option", "select", "textarea", "br", "noscript"])
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_STRUCK = frozenset(["del", "s", "strike"])
_STRUCK_STYLE = re.compile(r"text-decoration(?:-line)?\s*:[^;]{0,200}\bline-through\b", re.IGNORECASE)
_RAISED_STYLE = re.compile(r"vertical-align\s*:\s*(super|sub)\b", re.IGNORECASE)
_BULLET = re.compile(r"[•·▪‣◦●○■□➢✓]\s+(?=\S)")
# An address that is to be read with that of its page.
_WITHIN_SITE = re.compile(r"(?![a-z][a-z0-9+.-]*:|#).", re.IGNORECASE)
# Quotation marks as browsers put them around <q>, by language (CLDR, delimiters); the second pair is for a quotation in a quotation.
_QUOTES = {
    "": "“”‘’", "fr": "«»«»", "de": "„“‚‘", "es": "«»“”", "it": "«»“”", "ru": "«»„“", "uk": "«»„“", "ar": "”“’‘",
    "fa": "«»‹›", "sv": "””’’", "ja": "「」『』", "el": "«»“”", "pl": "„”«»", "cs": "„“‚‘", "nb": "«»‘’", "no": "«»‘’",
    "fi": "””’’", "hu": "„”»«",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Style:
    strong: bool = False
    emphasis: bool = False
    href: str = ""
    mark: Mark = ""


@dataclass(slots=True)
class Walk:
    """Walks an element in document order and gathers blocks. `begins` is afterwards the number of the first block of `text_part`;
    where that is given, links within the site keep their addresses too."""

    top: HtmlElement
    language: str = ""
    text_part: HtmlElement | None = None
    begins: int = -1
    out: list[Block] = field(default_factory=list)
    equations: list[str] = field(default_factory=list)
    pending: list[TextRun] = field(default_factory=list)
    kind: BlockKind = "paragraph"
    level: int = 0
    marker: str = ""
    quoted: int = 0
    joins: bool = False
    fresh: bool = False
    lists: page_lists.PageLists = field(default_factory=page_lists.PageLists)
    notes: page_notes.PageNotes = field(init=False)

    def __post_init__(self) -> None:
        self.notes = page_notes.PageNotes(self.top)

    def blocks(self) -> tuple[Block, ...]:
        """All blocks. Raises Refusal for elements nested past all reason."""
        self._enter(self.top, _Style(), 0)
        self._flush()
        return note_marks.linked(plaintext.tidied(self.out))

    @property
    def opening(self) -> str:
        """The text of the first block of `text_part` that has some; empty where none does."""
        if self.begins < 0:
            return ""
        return next((block.text for block in self.out[self.begins :] if block.text.strip()), "")

    def _enter(self, element: HtmlElement, style: _Style, depth: int) -> None:
        if depth > _DEEP:
            raise Refusal("The page's elements are nested too deeply to be read.")
        tag = element.tag if isinstance(element.tag, str) else ""
        label = self.notes.label_of(element)
        if label:
            self._footnote(element, label, style, depth)
        elif tag == "br":
            self.pending.append(TextRun("\n"))
        elif tag == "hr":
            self._flush()
            self.out.append(Block("rule", (TextRun("---"),)))
        elif tag == "table":
            self._table(element, style, depth)
        elif tag == "pre":
            self._flush()
            self.out += plaintext.preformatted(element.text_content())
        elif tag == "math":
            text = page_math.linear(element)
            self.equations.append(text)
            self._text(text, style)
        elif tag in BLOCKS and tag not in _INLINE_CONTROLS:
            self._block(element, style, depth)
        else:
            self._inline(element, style, depth)

    def _block(self, element: HtmlElement, style: _Style, depth: int) -> None:
        self._flush()
        if element is self.text_part:
            self.begins = len(self.out)
        tag = element.tag
        before = (self.kind, self.level, self.marker)
        fresh = self.fresh
        if tag in _HEADINGS or tag == "summary":
            self.kind, self.level = "heading", int(tag[1]) if tag in _HEADINGS else 4
            style = replace(style, strong=False)
        elif tag == "li":
            if self.kind == "item" and self.fresh and self.marker not in ("", "-"):
                # The number of an item that begins with a list of its own has no words to stand before.
                self.out.append(Block("paragraph", (TextRun(self.marker),)))
                fresh = False
            self.kind = "item"
            self.level, self.marker = self.lists.place(element)
            self.fresh = True
        elif tag == "blockquote":
            self.kind = "quote"
        elif tag in ("figcaption", "footer") and self._names_speaker(element):
            # Who is quoted stands at the quotation.
            self.kind, self.joins = "quote", True
        elif tag == "cite" and self.kind == "quote":
            self.joins = True
        self._content(element, _styled(element, style), depth)
        self._flush()
        self.joins = False
        self.kind, self.level, self.marker = before
        if tag == "li":
            self.fresh = fresh

    def _names_speaker(self, element: HtmlElement) -> bool:
        """True for the foot of a quotation, in it or beside it in one figure."""
        around = element.getparent()
        if any(True for _ in element.iterancestors("blockquote")):
            return True
        return around is not None and around.tag == "figure" and any(True for _ in around.iter("blockquote"))

    def _inline(self, element: HtmlElement, style: _Style, depth: int) -> None:
        tag = element.tag
        inner = _styled(element, style)
        if tag in ("b", "strong"):
            inner = replace(inner, strong=self.kind != "heading")
        elif tag in ("i", "em", "cite", "dfn", "var"):
            inner = replace(inner, emphasis=True)
        elif tag == "q":
            self._quotation(element, inner, depth)
            return
        elif tag == "rt":
            self._ruby(element, inner, depth)
            return
        elif tag == "a":
            href = (element.get("href") or "").strip()
            note = self.notes.called_by(element)
            if note:
                self.pending.append(TextRun("", note=note))
                return
            if self.notes.is_way_back(element):
                return
            whole = href.startswith(("http://", "https://"))
            inner = replace(
                inner, href=href if whole or (self.text_part is not None and _WITHIN_SITE.match(href)) else ""
            )
        self._content(element, inner, depth)

    def _content(self, element: HtmlElement, style: _Style, depth: int) -> None:
        self._text(element.text, style)
        parted = page_bars.is_bar(element)
        for child in element:
            if parted:
                self._flush()
            self._enter(child, style, depth + 1)
            self._text(child.tail, style)

    def _quotation(self, element: HtmlElement, style: _Style, depth: int) -> None:
        """A quotation with the marks that a browser puts around it (WHATWG HTML, section 15.3.4)."""
        language = next(
            (name for outer in (element, *element.iterancestors()) if (name := outer.get("lang"))), self.language
        )
        marks = _QUOTES.get(language.lower().split("-")[0], _QUOTES[""])
        first = 2 if self.quoted % 2 else 0
        blank = "\u00a0" if marks == "«»«»" else ""
        self._text(marks[first] + blank, style)
        self.quoted += 1
        self._content(element, style, depth)
        self.quoted -= 1
        self._text(blank + marks[first + 1], style)

    def _ruby(self, element: HtmlElement, style: _Style, depth: int) -> None:
        """How signs are read, in brackets behind them (WHATWG HTML, section 4.5.10)."""
        self._text("(", style)
        self._content(element, style, depth)
        self._text(")", style)

    def _footnote(self, element: HtmlElement, label: str, style: _Style, depth: int) -> None:
        self._flush()
        before = (self.kind, self.level, self.marker)
        start = len(self.out)
        with self.notes.within(element):
            self._enter(element, style, depth)
        self._flush()
        note_blocks = self.out[start:]
        del self.out[start:]
        runs = [run for block in note_blocks for run in (*(run for cell in block.cells for run in cell), TextRun(" "))]
        note = Block("footnote", run_lines.cleaned(runs), marker=label)
        if note.text.strip():
            self.out.append(page_notes.without_label(note).slice(0))
        self.kind, self.level, self.marker = before

    def _text(self, text: str | None, style: _Style) -> None:
        if text:
            text = re.sub(r"\s+", " ", text)
            self.pending.append(TextRun(text, style.strong, style.emphasis, style.href, mark=style.mark))

    def _flush(self) -> None:
        if not self.pending:
            return
        joined = run_lines.lines(self.pending)
        self.pending = []
        for at, line in enumerate(joined):
            runs = run_lines.cleaned(line)
            if not runs:
                continue
            # Only what comes first in an item has its mark.
            kind: BlockKind = "paragraph" if self.kind == "item" and not self.fresh else self.kind
            bullet = _BULLET.match(runs[0].text)
            if bullet and kind == "paragraph":
                self.out.append(Block("item", runs, 0, "-", close=at > 0).slice(bullet.end()))
                continue
            blank = at > 0 and not run_lines.cleaned(joined[at - 1])
            close = (at > 0 and not blank) or (self.joins and bool(self.out) and self.out[-1].kind == "quote")
            marker = self.marker if kind == "item" else ""
            self.out.append(Block(kind, runs, self.level, marker, close=close))
            self.fresh = self.fresh and kind != "item"

    def _table(self, element: HtmlElement, style: _Style, depth: int) -> None:
        """Takes a table of data, its caption before it; one that only lays a page out is read cell by cell."""
        self._flush()
        rows = page_tables.grid(element, lambda cell: self._cell(cell, depth))
        if not rows:
            self._block(element, style, depth)
            return
        for stray in page_tables.strays(element):
            # Text beside cells, which browsers show above the table.
            if isinstance(stray, str):
                self._text(stray, style)
            else:
                self._enter(stray, style, depth + 1)
            self._flush()
        for child in element:
            if child.tag == "caption":
                self._enter(child, style, depth + 1)
        self.out.append(Block("table", rows=rows))

    def _cell(self, cell: HtmlElement, depth: int) -> Cell:
        """The text of a cell; where it has several lines, they are parted by a slash."""
        inner = Walk(cell, self.language)
        inner.notes = self.notes
        inner._enter(cell, _Style(), depth + 1)
        inner._flush()
        self.equations += inner.equations
        self.out += [block for block in inner.out if block.kind == "footnote"]
        return page_tables.cell_of(inner.out)


def _styled(element: HtmlElement, style: _Style) -> _Style:
    """The style with the mark that an element gives to its text."""
    written = element.get("style") or ""
    raised = _RAISED_STYLE.search(written) if written else None
    if element.tag in _STRUCK or (written and _STRUCK_STYLE.search(written)):
        return replace(style, mark="struck")
    if style.mark == "struck":
        return style
    if element.tag == "sup" or (raised and raised[1].lower() == "super"):
        return replace(style, mark="raised")
    if element.tag == "sub" or raised:
        return replace(style, mark="lowered")
    return style
