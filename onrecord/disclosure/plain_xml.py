"""XML read without entities and without anything that it refers to, into a plain tree that is written again as it was.

Python's expat reads; names keep the prefixes they were written with, because in Office Open XML some values name prefixes
(ISO/IEC 29500-3, `mc:Ignorable`). A document type that defines anything is refused: no office program writes one, and entities are how a
small file becomes a large one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from onrecord.disclosure.trace import Broken

MOST_BYTES = 32 * 1024 * 1024
_MOST_DEPTH = 300
_MOST_NODES = 1_500_000


@dataclass(slots=True, eq=False)
class Element:
    """An element: its name and attributes as they were written, what its prefixes mean, and what stands in it. Comments and processing
    instructions are kept as Markup."""

    tag: str
    attributes: dict[str, str]
    prefixes: dict[str, str]
    children: list[Element | str | Markup] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The name without its prefix. Each vocabulary that is looked at here is one whose words say enough."""
        return self.tag.rpartition(":")[2]

    @property
    def space(self) -> str:
        """The namespace of the name; empty without one."""
        return self.prefixes.get(self.tag.rpartition(":")[0], "")

    def get(self, name: str, default: str = "") -> str:
        """The value of the attribute of this name, whatever its prefix."""
        if name in self.attributes:
            return self.attributes[name]
        return next((value for key, value in self.attributes.items() if key.rpartition(":")[2] == name), default)

    def elements(self) -> Iterator[Element]:
        """The elements that stand in it."""
        return (child for child in self.children if isinstance(child, Element))

    def walk(self) -> Iterator[Element]:
        """It and every element below it, in the order of the text."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += reversed([child for child in element.children if isinstance(child, Element)])

    def text(self) -> str:
        """All text in it."""
        return "".join(child for element in self.walk() for child in element.children if isinstance(child, str))


@dataclass(frozen=True, slots=True)
class Markup:
    """A comment (`target` empty) or a processing instruction."""

    target: str
    text: str


@dataclass(frozen=True, slots=True)
class Tree:
    """A whole XML text: what stands before its root, and the root."""

    before: tuple[Markup, ...]
    root: Element


def tree(data: bytes) -> Tree:
    """The tree of an XML text. Raises Broken for one that is not well-formed, defines entities, or is too large or too deep."""
    if len(data) > MOST_BYTES:
        raise Broken(f"an XML part has more than {MOST_BYTES // 1024**2} MB")
    reader = _Reader()
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as error:
        raise Broken(f"its XML is not well-formed ({error})") from error
    except (ValueError, LookupError) as error:
        raise Broken(f"its XML cannot be decoded ({error})") from error
    assert reader.root is not None
    return Tree(tuple(reader.before), reader.root)


class _Reader:
    def __init__(self) -> None:
        self.root: Element | None = None
        self.before: list[Markup] = []
        self._open: list[Element] = []
        self._count = 0
        self.parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.ordered_attributes = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.CommentHandler = lambda text: self._markup(Markup("", text))
        parser.ProcessingInstructionHandler = lambda target, text: self._markup(Markup(target, text))
        parser.StartDoctypeDeclHandler = self._doctype
        parser.SkippedEntityHandler = self._refuse

    def _doctype(self, _name: str, _system: str | None, _public: str | None, has_own: int) -> None:
        # Old files of OpenDocument name a type, which nobody reads. What defines something itself is another matter.
        if has_own:
            self._refuse()

    def _refuse(self, *_: object) -> None:
        raise Broken("its XML defines or needs entities, which no program for documents writes")

    def _start(self, tag: str, pairs: list[str]) -> None:
        self._count += 1
        if self._count > _MOST_NODES or len(self._open) >= _MOST_DEPTH:
            raise Broken("its XML has too many elements, or too many in each other")
        attributes = dict(zip(pairs[::2], pairs[1::2], strict=True))
        prefixes = self._open[-1].prefixes if self._open else {"xml": "http://www.w3.org/XML/1998/namespace"}
        own = {key[6:]: value for key, value in attributes.items() if key == "xmlns" or key.startswith("xmlns:")}
        element = Element(tag, attributes, {**prefixes, **own} if own else prefixes)
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)

    def _end(self, _: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        if self._open:
            self._open[-1].children.append(text)

    def _markup(self, markup: Markup) -> None:
        if self._open:
            self._open[-1].children.append(markup)
        elif self.root is None:
            self.before.append(markup)


def written(document: Tree) -> bytes:
    """A tree as UTF-8 bytes. Comments are left out: programs show them to nobody."""
    parts = ['<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n']
    parts += [f"<?{markup.target} {markup.text}?>" for markup in document.before if markup.target]
    waiting: list[Element | str | Markup | None] = [document.root]
    ends: list[str] = []
    while waiting:
        node = waiting.pop()
        if node is None:
            parts.append(ends.pop())
        elif isinstance(node, str):
            parts.append(escape(node, {"\r": "&#13;"}))
        elif isinstance(node, Markup):
            if node.target:
                parts.append(f"<?{node.target} {node.text}?>")
        else:
            attributes = "".join(f" {key}={_quoted(value)}" for key, value in node.attributes.items())
            parts.append(f"<{node.tag}{attributes}{'' if node.children else '/'}>")
            if node.children:
                ends.append(f"</{node.tag}>")
                waiting.append(None)
                waiting += reversed(node.children)
    return "".join(parts).encode()


def _quoted(value: str) -> str:
    return quoteattr(value, {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
