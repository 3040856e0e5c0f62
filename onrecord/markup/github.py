"""Python-Markdown with an extension that reads a text as GitHub does, and nh3 last, with a strict allow-list.

Python-Markdown holds the tree and writes it; what in it reads blocks and text, by rules older than CommonMark's, is taken out and
`blocks` and `inlines` put in its place (https://python-markdown.github.io/extensions/api/). Raw HTML comes out as written, as text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, ElementTree, SubElement

from onrecord.markup import blocks, inlines
from onrecord.markup.blocks import MarkdownBlock, Piece
from onrecord.markup.link_targets import Context
from onrecord.model import BodyImage, Link, Problem

if TYPE_CHECKING:
    from markdown import Markdown

_TAGS = frozenset(
    "p h2 h3 h4 h5 h6 em strong del code pre blockquote ul ol li a br hr img sup div span table thead tbody tr th td".split()
)
_CLASSES = frozenset(["footnote", "footnote-ref", "footnote-backref", "omission", "center", "end"])
_ID = re.compile(r"(?:[a-z]+[0-9]+|fn(?:ref)?[0-9]*-[\w-]+)")
_PICTURE = re.compile(r"files/[^\\:?#\s]+")
_IMAGE = re.compile(r'<img(?: [a-z]+="[^"]*")*>')
_TASK = re.compile(r"\[[ xX]\](?=[ \t\n])")
_ALERT = re.compile(r"\[!(?:note|tip|important|warning|caution)\][ \t]*(?:\n|\Z)", re.IGNORECASE)


class Converter:
    """One Markdown instance for all bodies: making one costs more than most bodies do."""

    def __init__(self) -> None:
        # Most bodies need none of these.
        import nh3
        from markdown import Markdown
        from markdown.blockparser import BlockParser

        converter = self

        class GithubParser(BlockParser):
            """Builds the tree of a document from its lines."""

            def parseDocument(self, lines: Iterable[str]) -> ElementTree:  # noqa: N802
                return ElementTree(converter.tree("\n".join(lines)))

        self.cleaned = nh3.clean
        self.markdown: Markdown = Markdown()
        self.markdown.parser = GithubParser(self.markdown)
        for registry, names in (
            (self.markdown.preprocessors, ("normalize_whitespace", "html_block")),
            (self.markdown.treeprocessors, ("inline", "unescape")),
            (self.markdown.postprocessors, ("raw_html", "amp_substitute")),
        ):
            for name in names:
                registry.deregister(name)

    def convert(
        self, text: str, context: Context, plain: Callable[[str], str]
    ) -> tuple[str, tuple[Link, ...], tuple[BodyImage, ...], tuple[Problem, ...]]:
        """Clean HTML, links, images and faults of a text, in the order of their places; `plain` gives back the redactions that stand in it
        as words. Raises TooComplex and RecursionError."""
        self.context, self.plain = context, plain
        self.links: list[Link] = []
        self.images: list[BodyImage] = []
        self.faults: list[Problem] = []
        dirty: str = self.markdown.reset().convert(text)
        stand_ins = _stand_ins(dirty)
        for entity, stand_in in stand_ins.items():
            dirty = dirty.replace(entity, stand_in)
        clean = self.cleaned(
            dirty.replace("\u00a0", stand_ins["&nbsp;"]),
            tags=set(_TAGS),
            attributes={
                "*": {"id", "class"},
                "a": {"href", "rel", "id", "class", "title"},
                "ol": {"start", "id", "class"},
                "img": {"src", "alt", "title"},
            },
            attribute_filter=_allowed,
            url_schemes={"http", "https", "mailto"},
            link_rel=None,
            strip_comments=True,
        )
        for entity, stand_in in stand_ins.items():
            clean = clean.replace(stand_in, entity)
        if self.images:
            # A bracket in an attribute is text; whoever looks for tags in what comes out of here must not meet it.
            clean = _IMAGE.sub(lambda image: f"{image[0][:-1].replace('>', '&gt;')}>", clean)
        links = sorted(self.links, key=lambda link: (link.line, link.column))
        faults = sorted(self.faults, key=lambda fault: (fault.line, fault.column))
        images = sorted(self.images, key=lambda image: image.at)
        return clean, tuple(links), tuple(images), tuple(faults)

    def tree(self, text: str) -> Element:
        """The elements of a text."""
        structure = blocks.read(text)
        writer = inlines.Writer(structure, self.context, self.context.location.positions(text), self.plain)
        root = _TreeWriter(writer).document(structure)
        for number, paragraph in enumerate(
            (element for element in root.iter("p") if not element.attrib.pop("note", "")), 1
        ):
            paragraph.set("id", f"{self.context.anchor}{number}")
        self.links, self.images, self.faults = writer.links, writer.images, writer.faults
        return root


def _stand_ins(dirty: str) -> dict[str, str]:
    """A character that a text does not have for each of two entities: nh3 looks through the rest of a text for each of them that it writes,
    which takes time that grows with the square of the text. Raises TooMany for a text with almost all of the characters that Unicode gives
    no meaning (The Unicode Standard, section 23.7)."""
    free = [character for character in map(chr, range(0xFDD0, 0xFDF0)) if character not in dirty]
    if len(free) < 2:
        raise blocks.TooMany
    return {"&amp;": free[0], "&nbsp;": free[1]}


def _allowed(tag: str, attribute: str, value: str) -> str | None:
    """nh3's word on each attribute: only ids, classes and addresses of pictures that this room writes itself."""
    if (tag, attribute) == ("img", "src"):
        return value if _PICTURE.fullmatch(value) else None
    if attribute == "id":
        return value if _ID.fullmatch(value) else None
    if attribute == "class":
        return value if value in _CLASSES else None
    if attribute == "start":
        return value if value.isdigit() else None
    return value


class _TreeWriter:
    """Blocks → elements, and what in the blocks GitHub shows otherwise or not at all."""

    def __init__(self, writer: inlines.Writer) -> None:
        self.writer = writer
        self.notes: dict[str, Element] = {}

    def document(self, structure: blocks.Structure) -> Element:
        root = Element("div")
        self.append_blocks(root, structure.document.children, False)
        self.unused(structure)
        if self.writer.numbers:
            part = SubElement(root, "div", {"class": "footnote"})
            SubElement(part, "hr")
            rows = SubElement(part, "ol")
            for label in self.writer.numbers:
                rows.append(self.note(label))
        return root

    def note(self, label: str) -> Element:
        element = self.notes[label]
        if not len(element) or element[-1].tag != "p":
            SubElement(element, "p")
        for identifier in self.writer.references[label]:
            back = SubElement(element[-1], "a", {"class": "footnote-backref", "href": f"#{identifier}"})
            back.text = "↩"
            before = element[-1][-2] if len(element[-1]) > 1 else None
            if before is None:
                element[-1].text = f"{element[-1].text or ''}\u00a0"
            else:
                before.tail = f"{before.tail or ''}\u00a0"
        for paragraph in element.iter("p"):
            paragraph.set("note", "note")
        return element

    def unused(self, structure: blocks.Structure) -> None:
        """Tells what GitHub leaves out: notes and definitions that nothing refers to, or that stand second under their label."""
        for label, note in structure.notes.items():
            if label not in self.writer.numbers:
                message = (
                    f"Nothing refers to the footnote “[^{note.mark}]”, so GitHub leaves it out. "
                    f"Write [^{note.mark}] where it belongs, or remove it."
                )
                self.writer.problem(note.at, "lost-text", message)
        for label, definition in structure.definitions.items():
            if label not in self.writer.used:
                name = inlines.excerpt(definition.label)
                message = (
                    f"“[{name}]:” gives the address of a link that is nowhere in the text, so GitHub leaves the line out. "
                    f"For a footnote, write [^{name}]: here and [^{name}] where it belongs; for a link, [{name}] where it belongs; "
                    "to show the line, \\[ for the bracket."
                )
                self.writer.problem(definition.at, "lost-text", message)
        for at, label in structure.repeated:
            message = f"“{inlines.excerpt(label)}” is defined above already, so GitHub leaves this one out. Give it another label."
            self.writer.problem(at, "lost-text", message)

    def append_blocks(self, parent: Element, children: Iterable[MarkdownBlock], is_tight: bool) -> None:
        for block in children:
            getattr(self, f"add_{block.kind}")(parent, block, is_tight)

    def add_paragraph(self, parent: Element, block: MarkdownBlock, is_tight: bool) -> None:
        if not is_tight:
            parent = SubElement(parent, "p")
        elif len(parent):
            parent[-1].tail = "\n"
        self.writer.write(parent, _with_line_ends(block.pieces))

    def add_heading(self, parent: Element, block: MarkdownBlock, is_tight: bool) -> None:
        pieces = _with_line_ends(block.pieces)
        element = SubElement(parent, f"h{block.level}")
        self.writer.write(element, pieces)
        if block.level == 1:
            text = self.writer.plain("".join(element.itertext()).replace("&amp;", "&"))
            message = f"The heading “{text}” is of the first level, which is the title's. Write ## instead of #."
            self.writer.problem(block.at, "heading-level", message)

    def add_definition(self, parent: Element, block: MarkdownBlock, is_tight: bool) -> None:
        """Is shown nowhere; `unused` tells of those that nothing refers to. In a list, what stands behind it decides for cmark-gfm how far
        the items are apart."""
        if parent.tag == "li":
            message = (
                "GitHub may set this list's items further apart than this site, because of the address of a link in it. "
                "Write that line at the end of the text."
            )
            self.writer.problem(block.at, "not-as-on-github", message, "warning")

    def add_rule(self, parent: Element, block: MarkdownBlock, is_tight: bool) -> None:
        SubElement(parent, "hr")

    def add_code(self, parent: Element, block: MarkdownBlock, is_tight: bool) -> None:
        text = "\n".join(text for _, text in block.pieces)
        SubElement(SubElement(parent, "pre"), "code").text = f"{text.rstrip()}\n".replace("&", "&amp;")
        if block.info[1]:
            message = (
                f"GitHub does not show “{inlines.excerpt(block.info[1])}” behind the marks of a code block, nor does this site. "
                "Write it on the next line, or remove it."
            )
            self.writer.problem(block.info[0], "lost-text", message, "warning")

    def add_html(self, parent: Element, block: MarkdownBlock, is_tight: bool) -> None:
        text = "\n".join(text for _, text in block.pieces).strip()
        SubElement(parent, "p").text = text.replace("&", "&amp;")
        self.writer.problem(block.at, "raw-html", inlines.raw_html(self.writer.plain(text)))

    def add_quote(self, parent: Element, block: MarkdownBlock, is_tight: bool) -> None:
        first = block.children[0] if block.children else None
        if first and first.kind == "paragraph" and (alert := _ALERT.match(_joined(first.pieces))):
            message = (
                f"GitHub shows a coloured box in place of “{alert[0].strip()}”; this site shows the words. "
                "Write a paragraph or a heading instead."
            )
            self.writer.problem(first.at, "not-as-on-github", message, "warning")
        self.append_blocks(SubElement(parent, "blockquote"), block.children, False)

    def add_list(self, parent: Element, block: MarkdownBlock, is_tight: bool) -> None:
        element = SubElement(parent, "ul" if block.level < 0 else "ol")
        if block.level > 1 or block.level == 0:
            element.set("start", str(block.level))
        self.numbers(block)
        is_loose = block.is_loose
        for item in block.children:
            first = item.children[0] if item.children else None
            if first and first.kind == "paragraph" and (task := _TASK.match(_joined(first.pieces))):
                message = f"GitHub shows a box to tick in place of “{task[0]}”; this site shows the brackets. Say in words what is done."
                self.writer.problem(first.pieces[0][0], "not-as-on-github", message, "warning")
            self.append_blocks(SubElement(element, "li"), item.children, not is_loose)

    def numbers(self, block: MarkdownBlock) -> None:
        """Tells of the first item whose number GitHub changes (section 5.3): it numbers on from the first. 1. 1. 1. is a way to leave
        the numbering to it."""
        numbers = [number for number, _ in block.numbers]
        if (
            block.level < 0
            or not any(number - before != 1 for before, number in pairwise(numbers))
            or set(numbers) == {1}
        ):
            return
        for index, (number, at) in enumerate(block.numbers, block.level):
            if number != index:
                message = (
                    f"This item is written “{number}{block.mark}” and shown as “{index}{block.mark}”: lists count on from the first item. "
                    f"Number the items in order, or write {number}\\{block.mark} below a blank line to keep it."
                )
                self.writer.problem(at, "list-number", message)
                return

    def add_note(self, parent: Element, block: MarkdownBlock, is_tight: bool) -> None:
        element = Element("li", id=f"fn-{inlines.note_name(block.mark)}")
        self.append_blocks(element, block.children, False)
        self.notes.setdefault(blocks.folded(block.mark), element)

    def add_table(self, parent: Element, block: MarkdownBlock, is_tight: bool) -> None:
        table = SubElement(parent, "table")
        part = SubElement(table, "thead")
        for number, row in enumerate(block.rows):
            if number == 1:
                part = SubElement(table, "tbody")
            line = SubElement(part, "tr")
            for column, name in enumerate(block.alignment):
                cell = SubElement(line, "td" if number else "th", {"class": name} if name else {})
                if column < len(row.cells):
                    self.writer.write(cell, row.cells[column])
            for pieces in row.surplus:
                text = _joined(pieces)
                if text:
                    message = (
                        f"The table has {len(block.alignment)} columns, and GitHub leaves out the surplus cell “{inlines.excerpt(text)}”. "
                        "Add a column to the table's first two lines, or write \\| for a stroke that is not a border."
                    )
                    self.writer.problem(pieces[0][0], "lost-text", message)


def _with_line_ends(pieces: list[Piece]) -> Iterator[Piece]:
    return ((at, f"{text}\n") for at, text in pieces)


def _joined(pieces: Iterable[Piece]) -> str:
    return "\n".join(text for _, text in pieces)
