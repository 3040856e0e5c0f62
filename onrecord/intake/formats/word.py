"""Word (Office Open XML, ISO/IEC 29500) → Document: its own elements are read, so that no mark, number or note is flattened."""

from __future__ import annotations

import re
from dataclasses import replace
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from typing import TYPE_CHECKING

from onrecord.intake import document_size, raised_digits
from onrecord.intake.document import Block, Cell, Document, LeftOut, Mark, Refusal, TextRun
from onrecord.intake.formats import note_marks, page_text, plaintext, struck_words, webpage, word_package
from onrecord.intake.formats.word_names import MC, M, W, alternative, value_of
from onrecord.intake.formats.word_numbering import Numbering
from onrecord.intake.formats.word_package import MOST_UNPACKED, Package
from onrecord.intake.formats.word_styles import Styles, run_look
from onrecord.intake.formats.word_walk import Findings, Story
from onrecord.intake.lexicon import words_of_all
from onrecord.intake.lexicon.notation import folded
from onrecord.model import Question

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["MOST_UNPACKED", "document"]

_PAGE = re.compile(r"(?P<word>[^\W\d_]+\.?)\s+\d")
_MOST_SHOWN = 160
_MOST_EXAMPLES = 5
_WORD = re.compile(r"\w")
# What begins and ends a stretch of text, and what stands elsewhere than what is around it.
_APART = frozenset(f"{W}{name}" for name in ("p", "tc", "txbxContent"))
_OWN_KIND = frozenset(f"{W}{name}" for name in ("del", "moveFrom", "fldSimple"))


def document(data: bytes, depth: int = 0) -> Document:
    """The Document of a .docx file; `depth` is in how many others it is embedded. Raises Refusal for other archives, bombs, entities
    and broken parts."""
    return _Reader(word_package.package(data), depth).document()


class _Reader:
    """Reads one file: its text, then what stands around it."""

    def __init__(self, package: Package, depth: int) -> None:
        self.package = package
        self.depth = depth
        self.findings = Findings()
        self.styles = Styles(self._tree("styles"))
        self.numbering = Numbering(self._tree("numbering"))
        self.visible: list[str] = []
        self.questions: list[Question] = []

    def _tree(self, kind: str) -> _Element | None:
        names = self.package.related(kind) or [f"word/{kind}.xml"]
        return self.package.tree(names[0])

    def _story(self, part: str) -> Story:
        return Story(self.styles, self.numbering, self.package.relationships(part), self.findings, self._embedded)

    def document(self) -> Document:
        """The whole file."""
        main = self.package.main
        root = self.package.tree(main)
        body = root.find(f"{W}body") if root is not None else None
        if body is None:
            raise Refusal("No text was found in the file.")
        for kind in ("footnotes", "endnotes", "comments"):
            beside = self._tree(kind)
            document_size.refuse_too_many(0 if beside is None else len(beside), kind, document_size.MOST_NOTES)
        _refuse_too_large(body)
        story = self._story(main).blocks(body)
        self.visible += _visible(body, self.styles)
        notes = [*self._notes("footnotes", "footnote"), *self._notes("endnotes", "endnote")]
        head = self._heads()
        for comments in self.package.related("comments"):
            self._left_story(comments, "comment")
        blocks, struck = struck_words.without(note_marks.linked(plaintext.tidied([*head, *story, *notes])))
        return Document(
            "word",
            blocks,
            left_out=tuple(
                replace(left, text=page_text.plain(left.text))
                for left in (*self.findings.left_out, *struck)
                if _WORD.search(left.text)
            ),
            visible=tuple(text for piece in self.visible if (text := page_text.plain(piece))),
            questions=tuple(self.questions) + _questions(self.findings),
        )

    def _heads(self) -> list[Block]:
        """The letterhead: what the heads of pages say, each line once. The feet are left out, and so are numbers of pages."""
        seen: set[str] = set()
        letterhead: list[Block] = []
        for part in self.package.related("header"):
            root = self.package.tree(part)
            if root is None:
                continue
            self.visible += _visible(root, self.styles)
            for block in self._story(part).blocks(root):
                text = " ".join(block.texts)
                if text in seen or _is_page_number(text):
                    self.findings.left_out.append(LeftOut(text, "running head"))
                    continue
                seen.add(text)
                letterhead.append(replace(block, close=True))
        for part in self.package.related("footer"):
            root = self.package.tree(part)
            if root is not None:
                self.visible += _visible(root, self.styles)
                self._left_story(part, "page foot")
        return letterhead

    def _left_story(self, part: str, reason: str) -> None:
        """Leaves out what a part says."""
        root = self.package.tree(part)
        if root is None:
            return
        story = self._story(part)
        containers = root.findall(f"{W}comment") or [root]
        for container in containers:
            for block in story.blocks(container):
                text = " ".join(block.texts)
                prose = reason != "comment" and page_text.is_sentence(text)
                self.findings.left_out.append(LeftOut(text, reason, prose))

    def _notes(self, kind: str, name: str) -> list[Block]:
        """The notes of a kind in the order of their calls; one that is called nowhere is left out."""
        root = self._tree(kind)
        if root is None:
            return []
        part = (self.package.related(kind) or [f"word/{kind}.xml"])[0]
        story = self._story(part)
        found: dict[str, list[Block]] = {}
        for element in root.findall(f"{W}{name}"):
            if element.get(f"{W}type") in ("separator", "continuationSeparator", "continuationNotice"):
                continue
            self.visible += _visible(element, self.styles)
            found[element.get(f"{W}id") or ""] = story.blocks(element)
        out = []
        for (called, identifier), label in self.findings.notes.items():
            if called != name:
                continue
            runs = tuple(run for at, block in enumerate(found.pop(identifier, [])) for run in _note_runs(block, at))
            if runs:
                out.append(Block("footnote", runs, marker=label))
        for blocks in found.values():
            text = " ".join(text for block in blocks for text in block.texts)
            self.findings.left_out.append(LeftOut(text, "note that nothing calls", prose=True))
        return out

    def _embedded(self, part: str) -> list[Block]:
        """The blocks of a document that is embedded in the text (section 17.17.2)."""
        data = self.package.parts.get(part, b"")
        try:
            inner = _read_embedded(part, data, self.depth)
        except Refusal as refusal:
            inner = None
            reason = f" ({refusal})"
        else:
            reason = ""
        if inner is None:
            ask = "A document is embedded in the file and could not be read. What does it say?"
            self.questions.append(Question("body", ask, f"{part}{reason}"))
            return []
        self.visible += inner.visible
        self.findings.left_out += inner.left_out
        self.questions += inner.questions
        return list(inner.blocks)


def _read_embedded(part: str, data: bytes, depth: int) -> Document | None:
    name = part.lower()
    if not data or depth:
        return None
    if name.endswith((".htm", ".html", ".xhtml")):
        return webpage.document(data)
    if name.endswith((".docx", ".docm", ".dotx")):
        return document(data, depth + 1)
    if name.endswith(".txt"):
        return plaintext.document(plaintext.decoded(data))
    if name.endswith((".mht", ".mhtml")):
        page = BytesParser(EmailMessage, policy=default).parsebytes(data).get_body(("html",))
        inner = page.get_payload(decode=True) if page is not None else None
        return webpage.document(inner) if isinstance(inner, bytes) else None
    return None


def _refuse_too_large(body: _Element) -> None:
    """Raises Refusal for a text of more links, calls of notes, rows, cells and paragraphs than are read; those of tables' cells are no
    paragraphs here."""

    def count(path: str) -> int:
        return int(body.xpath(f"count({path})", namespaces={"w": W[1:-1]}))

    document_size.refuse_too_many(count(".//w:hyperlink"), "links", document_size.MOST_LINKS)
    # A note is called once; one that is called again and again is written as often.
    for called, what in (("w:footnoteReference", "calls of footnotes"), ("w:endnoteReference", "calls of endnotes")):
        document_size.refuse_too_many(count(f".//{called}"), what, document_size.MOST_NOTES)
    document_size.refuse_too_many(count(".//w:tr"), "rows of tables", document_size.MOST_ROWS)
    document_size.refuse_too_many_cells(count(".//w:tc"))
    longest = f".//w:tr[count(w:tc) > {document_size.MOST_CELLS_OF_A_ROW}]"
    if cells := count(f"({longest})[1]/w:tc"):
        document_size.refuse_too_many(cells, "cells in one row of a table", document_size.MOST_CELLS_OF_A_ROW)
    document_size.refuse_too_many(count(".//w:p[w:r/w:t or w:hyperlink][not(ancestor::w:tc)]"), "paragraphs and items")


def _note_runs(block: Block, at: int) -> Cell:
    return (*((TextRun(" "),) if at else ()), *block.runs)


def _visible(top: _Element, styles: Styles) -> list[str]:
    """All text of a part, paragraph by paragraph, whatever the reader makes of it: runs, formulas, boxes; of alternatives the one that
    is read. Hidden text, text that was moved away and the results of fields are stretches of their own."""
    out: list[str] = []
    open_stretches: dict[str, list[str]] = {}

    def close() -> None:
        out.extend("".join(pieces) for pieces in open_stretches.values())
        open_stretches.clear()

    stack: list[tuple[_Element, str, Mark, bool]] = [(top, "", "", False)]
    while stack:
        element, kind, raised, leaving = stack.pop()
        tag = element.tag
        if leaving or tag in _APART:
            close()
        if leaving:
            continue
        if tag == f"{MC}AlternateContent":
            chosen = alternative(element)
            stack += [(chosen, kind, "", False)] if chosen is not None else []
            continue
        text = _shown(element, raised)
        raised = ""
        if tag in _OWN_KIND:
            kind = tag
        elif tag in (f"{W}r", f"{M}r"):
            properties = element.find(f"{W}rPr")
            style = value_of(properties.find(f"{W}rStyle")) if properties is not None else ""
            own, of_style = run_look(properties), styles.of(style).run
            kind = f"{kind} hidden" if tag == f"{W}r" and of_style.under(own).hidden else kind
            raised = (own.raised if own.raised is not None else of_style.raised if style else None) or ""
        if text:
            open_stretches.setdefault(kind, []).append(text)
        stack += [(element, kind, "", True)] if tag in _APART else []
        stack.extend((child, kind, raised, False) for child in reversed(element) if isinstance(child.tag, str))
    close()
    return out


def _shown(element: _Element, raised: Mark) -> str:
    """The text of an element itself, in a run that is raised or lowered so."""
    tag = element.tag
    if tag in (f"{W}t", f"{M}t"):
        return raised_digits.written(element.text or "", raised)
    if tag in (f"{W}tab", f"{W}br", f"{W}cr", f"{W}oMath"):
        return " "
    return "\u2011" if tag == f"{W}noBreakHyphen" else ""


def _questions(findings: Findings) -> tuple[Question, ...]:
    """What the file leaves open."""
    asked = []
    if findings.inserted or findings.deleted:
        evidence = [f"inserted “{text[:_MOST_SHOWN]}”" for text in findings.inserted[:_MOST_EXAMPLES]]
        evidence += [f"deleted “{text[:_MOST_SHOWN]}”" for text in findings.deleted[:_MOST_EXAMPLES]]
        ask = "The file has tracked changes. They were read as if they were accepted: is that the text that was published?"
        asked.append(Question("body", ask, "; ".join(evidence)))
    if findings.equations:
        evidence = [f"“{text[:_MOST_SHOWN]}”" for text in findings.equations]
        ask = "Do these formulas say what the document shows? They were written on one line."
        asked.append(Question("body", ask, "; ".join(evidence)))
    if findings.clock_fields:
        ask = (
            "The file has a date that changes whenever it is opened; it was left out. Which date did the release have?"
        )
        asked.append(Question("date", ask, "; ".join(f"“{text}”" for text in dict.fromkeys(findings.clock_fields))))
    if findings.not_read:
        ask = "The file has parts whose words could not be read. Do they say anything?"
        asked.append(Question("body", ask, "; ".join(dict.fromkeys(findings.not_read))))
    return tuple(asked)


def _is_page_number(text: str) -> bool:
    """True for a line of a page's head that has no words, or begins with the word for a page and its number."""
    word = _PAGE.match(text)
    return not any(map(str.isalpha, text)) or bool(word and folded(word["word"]) in words_of_all("page_number"))
