"""The blocks of a text as GitHub reads them: GitHub Flavored Markdown, sections 3 to 5 (https://github.github.com/gfm/), with footnotes.

Every piece of text keeps the offset at which it is written. Takes time that grows with the text's length and no faster.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from html.entities import html5
from itertools import accumulate, zip_longest
from typing import Literal

Kind = Literal[
    "document", "quote", "list", "item", "note", "paragraph", "heading", "rule", "code", "html", "table", "definition"
]
# (offset in the whole text, words): what is shown of a block, without marks and indentation; line ends are part of the words.
Piece = tuple[int, str]

MOST_LEVELS = 50
MOST_CELLS = 200_000
MOST_PARTS = 250_000
"""The most lines, blocks, table cells, marks and links of one text together, which time and memory grow with."""


class TooComplex(Exception):
    """The text is nested deeper, or has more parts, than any text for readers. The message says which, and what to do."""


class TooDeep(TooComplex):
    def __init__(self) -> None:
        super().__init__(
            "The text nests brackets, emphasis or lists so deeply that it cannot be converted. Simplify it."
        )


class TooMany(TooComplex):
    def __init__(self) -> None:
        super().__init__(
            f"The text has more than {MOST_PARTS:,} lines, marks, links and table cells, which is more than can be converted. "
            "Divide it into several files, or take out marks."
        )


@dataclass(slots=True, eq=False)
class MarkdownBlock:
    """A block: the offset where it begins, its first and last line (from 0), its parts or its text.

    `level` is a heading's level, the number an ordered list begins with (-1 for bullets), an item's indentation. `mark` is the
    character a list or a fence is made of, a note's label. `numbers` are the numbers of a list's items as written, with their offsets;
    `info` are the words behind a fence.
    """

    kind: Kind
    at: int
    first: int
    last: int
    children: list[MarkdownBlock] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    level: int = 0
    mark: str = ""
    width: int = 0
    indent: int = 0
    end: re.Pattern[str] | None = None
    numbers: list[tuple[int, int]] = field(default_factory=list)
    rows: list[TableRow] = field(default_factory=list)
    info: Piece = (0, "")
    alignment: tuple[str, ...] = ()

    @property
    def is_loose(self) -> bool:
        """Whether a list's paragraphs are set apart (section 5.3): a blank line lies between items, or between parts of one."""
        for item, following in zip_longest(self.children, self.children[1:]):
            parts = item.children
            for part, behind in zip_longest(parts, parts[1:], fillvalue=following):
                if part.kind == "definition" or not behind or not _is_apart(part, behind):
                    continue
                if following or any(later.kind != "definition" for later in parts[parts.index(part) + 1 :]):
                    return True
            if not parts and following and _is_apart(item, following):
                return True
        return False


def _is_apart(before: MarkdownBlock, after: MarkdownBlock) -> bool:
    """Whether a blank line lies between two blocks. As in cmark-gfm, one behind a thematic break does not count, and the end of an
    empty note does."""
    while before.kind in ("list", "item") and before.children:
        before = before.children[-1]
    if before.kind == "note" and not before.children:
        return True
    return after.first - before.last > 1 and before.kind != "rule"


@dataclass(frozen=True, slots=True)
class TableRow:
    """A table's row: its cells, and those behind the last column, which GitHub leaves out."""

    cells: tuple[tuple[Piece, ...], ...]
    surplus: tuple[tuple[Piece, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Definition:
    """The target of links by reference, `[label]: target "title"`; `at` is the label's offset, `target_at` the target's."""

    at: int
    label: str
    target: str
    title: str
    target_at: int


@dataclass(frozen=True, slots=True)
class Structure:
    """The blocks of a text; its definitions and notes by folded label; those that stand second under their label; the number of parts it
    has so far (MOST_PARTS)."""

    document: MarkdownBlock
    definitions: dict[str, Definition]
    notes: dict[str, MarkdownBlock]
    repeated: tuple[tuple[int, str], ...]
    parts: int


def read(text: str) -> Structure:
    """The structure of a text with LF line ends. Raises TooComplex."""
    reader = _BlockReader()
    reader.count(text.count("\n"))
    at = 0
    for line in text.split("\n"):
        reader.line(line, at)
        at += len(line) + 1
    reader.close(1)
    return Structure(reader.stack[0], reader.definitions, reader.notes, tuple(reader.repeated), reader.parts)


def folded(label: str) -> str:
    """A label in the form in which two are compared (section 6.6)."""
    return " ".join(label.split()).casefold()


_ESCAPE_OR_ENTITY = re.compile(
    r"\\([!-/:-@\[-`{-~])|&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]*));"
)


def unescaped(written: str) -> str:
    """Text without its backslash escapes and with its entities as characters (sections 6.1, 6.2)."""
    return (
        _ESCAPE_OR_ENTITY.sub(lambda m: m[1] or character(m), written) if "\\" in written or "&" in written else written
    )


def character(entity: re.Match[str]) -> str:
    """What an entity, as _ESCAPE_OR_ENTITY finds it, stands for; itself where there is no such entity (section 6.2)."""
    if entity[4]:
        return html5.get(f"{entity[4]};", entity[0])
    code = int(entity[2]) if entity[2] else int(entity[3], 16)
    return chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else "\ufffd"


# ---- the marks of blocks ---------------------------------------------------------------------------------------------------------

_RULE = re.compile(r"(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,})\Z")  # 4.1
_HEADING = re.compile(r"(#{1,6})(?=[ \t]|\Z)")  # 4.2
_HEADING_END = re.compile(r"(?:(?<=[ \t])|\A)#+\Z")
_UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*\Z")  # 4.3
_FENCE = re.compile(r"(`{3,})([^`]*)\Z|(~{3,})(.*)\Z")  # 4.5
_ITEM = re.compile(r"([-+*])(?=[ \t]|\Z)|([0-9]{1,9})([.)])(?=[ \t]|\Z)")  # 5.2
_NOTE = re.compile(r"\[\^([^\] \t\n]+)\]:[ \t]*")
_DASHES = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*(?:\|[ \t]*)?\Z")  # 4.10

_NAME = r"[A-Za-z][A-Za-z0-9-]*"
_ATTRIBUTE = r"""[ \t\n]+[A-Za-z_:][A-Za-z0-9_.:-]*(?:[ \t\n]*=[ \t\n]*(?:[^ \t\n"'=<>`]+|'[^']*'|"[^"]*"))?"""
TAG = rf"<(?:{_NAME}(?:{_ATTRIBUTE})*[ \t\n]*/?>|/{_NAME}[ \t\n]*>)"  # 6.10
_HTML_NAMES = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|"
    "figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|"
    "ol|optgroup|option|p|param|section|source|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul"
)
# 4.6: what begins a block of HTML, and what ends it (None: a blank line).
_HTML: tuple[tuple[re.Pattern[str], re.Pattern[str] | None], ...] = (
    (
        re.compile(r"<(?:script|pre|style|textarea)(?:[ \t>]|\Z)", re.I),
        re.compile(r"</(?:script|pre|style|textarea)>", re.I),
    ),
    (re.compile(r"<!--"), re.compile(r"-->")),
    (re.compile(r"<\?"), re.compile(r"\?>")),
    (re.compile(r"<![A-Z]"), re.compile(r">")),
    (re.compile(r"<!\[CDATA\["), re.compile(r"\]\]>")),
    (re.compile(rf"</?(?:{_HTML_NAMES})(?:[ \t]|/?>|\Z)", re.I), None),
)
_HTML_ALONE = re.compile(rf"{TAG}[ \t]*\Z")

_POINTED = re.compile(r"<((?:\\.|[^<>\n\\])*)>")
# What counts for nothing in a link's target: signs that are no brackets, and those behind a backslash, which may stand alone.
_TARGET_TEXT = re.compile(r"(?:[^()\\\x00-\x20\x7f]++|\\[^\x00-\x20]?+)*+")
_MOST_BRACKETS = 32
TITLE = re.compile(r'"((?:\\.|[^"\\])*)"|\'((?:\\.|[^\'\\])*)\'|\(((?:\\.|[^()\\])*)\)', re.DOTALL)
LABEL = re.compile(r"\[((?:\\.|[^\[\]\\]){0,999})\]", re.DOTALL)


def target(text: str, at: int) -> tuple[str, int, int] | None:
    """The target of a link that begins at an offset: (as written, its offset, the end); None where there is none (section 6.6)."""
    if text.startswith("<", at):
        pointed = _POINTED.match(text, at)
        return (pointed[1], at + 1, pointed.end()) if pointed else None
    end, is_target = target_end(text, at)
    return (text[at:end], at, end) if is_target else None


def target_end(text: str, at: int) -> tuple[int, bool]:
    """How far a link's target without pointed brackets goes that begins at an offset, and whether it is one: more than _MOST_BRACKETS in
    each other are none."""
    level = 0
    end = at
    while True:
        if passed := _TARGET_TEXT.match(text, end):
            end = passed.end()
        bracket = text[end : end + 1]
        if bracket == "(":
            level += 1
            if level > _MOST_BRACKETS:
                return end, False
        elif bracket == ")" and level:
            level -= 1
        else:
            return end, True
        end += 1


def title(text: str, at: int) -> tuple[str, int] | None:
    """The title of a link that begins at an offset, and its end."""
    match = TITLE.match(text, at)
    if match is None or "\n\n" in match[0]:
        return None
    return unescaped(match[1] or match[2] or match[3] or ""), match.end()


# ---- reading -----------------------------------------------------------------------------------------------------------------------


class _Cursor:
    """A place in a line. `indent` is the number of columns of white space before `next`, the first other character (section 2.2)."""

    def __init__(self, text: str, at: int) -> None:
        self.text, self.at = text, at
        self.position = self.column = self.pending = 0
        self.next = self.next_column = 0
        self.measure()

    def measure(self) -> None:
        position, column = self.position, self.column
        while position < len(self.text) and self.text[position] in " \t":
            column += 4 - column % 4 if self.text[position] == "\t" else 1
            position += 1
        self.next, self.next_column = position, column

    @property
    def indent(self) -> int:
        return self.next_column - self.column + self.pending

    @property
    def is_blank(self) -> bool:
        return self.next == len(self.text)

    def skip(self, columns: int) -> None:
        """Passes over columns of white space; `pending` columns of a tab may be left."""
        while columns > 0:
            if self.pending:
                used = min(self.pending, columns)
                self.pending -= used
                columns -= used
            elif self.position < self.next:
                self.pending = 4 - self.column % 4 if self.text[self.position] == "\t" else 1
                self.column += self.pending
                self.position += 1
            else:
                break

    def pass_mark(self, length: int) -> None:
        """Passes over white space and a mark behind it."""
        self.skip(self.indent)
        self.position += length
        self.column += length
        self.measure()

    def remainder(self) -> Piece:
        return self.at + self.position, " " * self.pending + self.text[self.position :]


class _BlockReader:
    def __init__(self) -> None:
        self.stack = [MarkdownBlock("document", 0, 0, 0)]
        self.leaf: MarkdownBlock | None = None
        self.definitions: dict[str, Definition] = {}
        self.notes: dict[str, MarkdownBlock] = {}
        self.repeated: list[tuple[int, str]] = []
        self.number = -1
        self.parts = 0

    def count(self, parts: int) -> None:
        """Adds to the number of parts. Raises TooMany."""
        self.parts += parts
        if self.parts > MOST_PARTS:
            raise TooMany

    def line(self, text: str, at: int) -> None:
        self.number += 1
        self.count(len(self.stack) >> 3)  # each container looks at the line
        cursor = _Cursor(text, at)
        depth = self.containers(cursor)
        leaf = self.leaf
        if leaf and depth == len(self.stack) and self.verbatim(leaf, cursor):
            return
        depth = self.begin_blocks(cursor, depth)
        if depth < 0:
            return
        if cursor.is_blank:
            self.close(depth)
            return
        leaf = self.leaf
        if leaf and leaf.kind == "paragraph":
            # A line that begins nothing goes on with a paragraph, whatever marks its containers lack (section 5.1, laziness).
            self.extend((*self.stack, leaf))
            leaf.pieces.append((at + cursor.next, text[cursor.next :]))
        elif leaf and leaf.kind == "table" and depth == len(self.stack):
            self.row(leaf, at + cursor.next, text[cursor.next :])
        else:
            self.close(depth)
            self.begin("paragraph", at + cursor.next).pieces.append((at + cursor.next, text[cursor.next :]))

    def containers(self, cursor: _Cursor) -> int:
        """How many of the open containers a line goes on with."""
        depth = 1
        marked = 0
        for block in self.stack[1:]:
            if block.kind == "quote":
                if cursor.indent > 3 or cursor.is_blank or cursor.text[cursor.next] != ">":
                    break
                cursor.pass_mark(1)
                cursor.skip(1)
                marked = depth + 1
            elif block.kind == "item":
                if cursor.indent >= block.width:
                    cursor.skip(block.width)
                elif cursor.is_blank and block.children:
                    cursor.skip(cursor.indent)
                else:
                    break
            elif block.kind == "note":
                if cursor.indent >= 4:
                    cursor.skip(4)
                elif cursor.text:
                    break
            depth += 1
        self.extend(self.stack[:marked])
        return depth

    def verbatim(self, leaf: MarkdownBlock, cursor: _Cursor) -> bool:
        """Whether a line is taken as it is, into a block of code or HTML."""
        if leaf.kind == "code" and leaf.mark:
            self.extend((*self.stack, leaf))
            line = cursor.text[cursor.next :].rstrip(" \t")
            if cursor.indent < 4 and len(line) >= leaf.level and not line.strip(leaf.mark):
                self.leaf = None
            else:
                cursor.skip(min(leaf.indent, cursor.indent))
                leaf.pieces.append(cursor.remainder())
            return True
        if leaf.kind == "code":
            if cursor.indent < 4 and not cursor.is_blank:
                return False
            cursor.skip(4)
            leaf.pieces.append(cursor.remainder())
            if not cursor.is_blank:
                self.extend((*self.stack, leaf))
            return True
        if leaf.kind == "html":
            if cursor.is_blank and leaf.end is None:
                return False
            if not cursor.is_blank:
                self.extend((*self.stack, leaf))
            leaf.pieces.append(cursor.remainder())
            if leaf.end and leaf.end.search(cursor.text, cursor.next):
                self.leaf = None
            return True
        return False

    def begin_blocks(self, cursor: _Cursor, depth: int) -> int:
        """Begins the blocks that a line begins, and says how many containers are then open for its rest; -1 where nothing is left of it."""
        while not cursor.is_blank:
            paragraph = self.leaf if self.leaf and self.leaf.kind == "paragraph" else None
            all_open = depth == len(self.stack)
            at = cursor.at + cursor.next
            line = cursor.text[cursor.next :]
            if cursor.indent > 3:
                if paragraph is None:
                    self.close(depth)
                    block = self.begin("code", at)
                    cursor.skip(4)
                    block.pieces.append(cursor.remainder())
                    return -1
                break
            first = line[0]
            if first.isalpha() or first in "(“”‘’\"'" or (first == "[" and not line.startswith("[^")):
                break
            if first == ">":
                self.close(depth)
                self.push(MarkdownBlock("quote", at, self.number, self.number))
                cursor.pass_mark(1)
                cursor.skip(1)
                depth = len(self.stack)
                continue
            if paragraph and all_open and _UNDERLINE.match(line):
                if not self.strip_definitions(paragraph):
                    break
                paragraph.kind = "heading"
                paragraph.level = 1 if first == "=" else 2
                self.extend((*self.stack, paragraph))
                self.leaf = None
                return -1
            if self.leaf_begins(cursor, depth, line, at, paragraph if all_open else None):
                return -1
            note = _NOTE.match(line)
            if note:
                self.close(depth)
                block = MarkdownBlock("note", at, self.number, self.number, mark=note[1])
                self.push(block)
                if self.notes.setdefault(folded(note[1]), block) is not block:
                    self.repeated.append((at, f"[^{note[1]}]"))
                cursor.pass_mark(note.end())
                depth = len(self.stack)
                continue
            item = _ITEM.match(line)
            if item and self.item(cursor, depth, line, at, item, paragraph is not None and all_open):
                depth = len(self.stack)
                continue
            break
        return depth

    def leaf_begins(self, cursor: _Cursor, depth: int, line: str, at: int, paragraph: MarkdownBlock | None) -> bool:
        """Begins the block of one line, or the block of verbatim lines, that a line begins. `paragraph` is the one it goes on with."""
        heading = _HEADING.match(line)
        if heading:
            self.close(depth)
            heading_text = line[heading.end() :].rstrip(" \t")
            heading_text = _HEADING_END.sub("", heading_text.lstrip(" \t")).rstrip(" \t")
            start = at + line.find(heading_text, heading.end()) if heading_text else at
            self.begin("heading", at, level=len(heading[1])).pieces.append((start, heading_text))
            self.leaf = None
            return True
        fence = _FENCE.match(line)
        if fence:
            self.close(depth)
            marks = fence[1] or fence[3]
            block = self.begin("code", at, level=len(marks), mark=marks[0], indent=cursor.indent)
            info = fence[2] or fence[4] or ""
            if info.strip():
                block.info = (at + line.find(info.strip(), len(marks)), info.strip())
            return True
        if line[0] == "<":
            ends = [end for begin, end in _HTML if begin.match(line)]
            if ends or (paragraph is None and _HTML_ALONE.match(line)):
                self.close(depth)
                block = self.begin("html", at, end=ends[0] if ends else None)
                block.pieces.append((at, line))
                if block.end and block.end.search(line):
                    self.leaf = None
                return True
        if paragraph and _DASHES.match(line) and not _ITEM.match(line) and self.table(paragraph, line):
            return True
        if _RULE.match(line):
            self.close(depth)
            self.begin("rule", at)
            self.leaf = None
            return True
        return False

    def item(self, cursor: _Cursor, depth: int, line: str, at: int, item: re.Match[str], interrupts: bool) -> bool:
        """Begins an item (section 5.2), unless it would interrupt a paragraph and may not."""
        item_text = line[item.end() :]
        if interrupts and (not item_text.strip(" \t") or (item[2] and int(item[2]) != 1)):
            return False
        self.close(depth)
        mark = item[1] or item[3]
        number = int(item[2]) if item[2] else -1
        container = self.stack[-1]
        if container.kind == "list" and container.mark != mark:
            self.stack.pop()
            container = self.stack[-1]
        if container.kind != "list":
            container = MarkdownBlock("list", at, self.number, self.number, level=number, mark=mark)
            self.push(container)
        container.numbers.append((number, at))
        before = cursor.indent
        cursor.pass_mark(item.end())
        spaces = cursor.indent
        if cursor.is_blank or spaces > 4:
            cursor.skip(1)
            spaces = 1
        else:
            cursor.skip(spaces)
        self.push(MarkdownBlock("item", at, self.number, self.number, width=before + item.end() + spaces))
        return True

    # ---- tables (section 4.10) --------------------------------------------------------------------------------------------------

    def table(self, paragraph: MarkdownBlock, dashes: str) -> bool:
        """Makes a table of a paragraph's last line and the line of dashes below it, where they have as many cells."""
        if not paragraph.pieces or paragraph.mark:
            return False
        at, line = paragraph.pieces[-1]
        self.count(line.count("|") + dashes.count("|"))
        header = cells(at, line)
        rules = cells(0, dashes)
        if len(header) != len(rules):
            # As in cmark-gfm, a paragraph gets one chance.
            paragraph.mark = "|"
            return False
        paragraph.pieces.pop()
        if paragraph.pieces:
            self.leaf = None
            paragraph.last = self.number - 2
            table = self.begin("table", at)
        else:
            table = paragraph
            table.kind = "table"
        table.first = self.number - 1
        words = ["".join(words for _, words in cell) for cell in rules]
        table.alignment = tuple(_ALIGNMENT[word[0] == ":", word[-1] == ":"] for word in words)
        table.rows.append(TableRow(tuple(header)))
        self.extend((*self.stack, table))
        return True

    def row(self, table: MarkdownBlock, at: int, line: str) -> None:
        width = len(table.alignment)
        self.count(max(line.count("|"), width))
        row_cells = cells(at, line)
        table.rows.append(TableRow(tuple(row_cells[:width]), tuple(row_cells[width:])))
        if len(table.rows) * width > MOST_CELLS:
            raise TooMany
        self.extend((*self.stack, table))

    # ---- opening and closing -----------------------------------------------------------------------------------------------------

    def begin(
        self, kind: Kind, at: int, level: int = 0, mark: str = "", indent: int = 0, end: re.Pattern[str] | None = None
    ) -> MarkdownBlock:
        if self.stack[-1].kind == "list":
            self.stack.pop()
        self.count(1)
        block = MarkdownBlock(kind, at, self.number, self.number, level=level, mark=mark, indent=indent, end=end)
        self.stack[-1].children.append(block)
        self.extend(self.stack)
        self.leaf = block
        return block

    def push(self, block: MarkdownBlock) -> None:
        if self.stack[-1].kind == "list" and block.kind != "item":
            self.stack.pop()
        self.stack[-1].children.append(block)
        self.stack.append(block)
        self.extend(self.stack)
        self.count(1)
        if len(self.stack) > MOST_LEVELS:
            raise TooDeep

    def extend(self, blocks: Iterable[MarkdownBlock]) -> None:
        for block in blocks:
            block.last = self.number

    def close(self, depth: int) -> None:
        """Closes the open leaf, and the containers from `depth` on."""
        if self.leaf and self.leaf.kind == "paragraph" and not self.strip_definitions(self.leaf):
            self.leaf.kind = "definition"
        self.leaf = None
        del self.stack[depth:]

    def strip_definitions(self, paragraph: MarkdownBlock) -> bool:
        """Takes the definitions at a paragraph's beginning out of it (section 4.7); whether anything is left."""
        if not paragraph.pieces or not paragraph.pieces[0][1].startswith("["):
            return bool(paragraph.pieces)
        text = "\n".join(piece_text for _, piece_text in paragraph.pieces)
        starts = [0, *accumulate(len(piece_text) + 1 for _, piece_text in paragraph.pieces)]

        def offset(position: int) -> int:
            row = bisect_right(starts, position) - 1
            return paragraph.pieces[row][0] + position - starts[row]

        end = 0
        for definition, definition_end in _definitions(text):
            end = definition_end
            definition = replace(definition, at=offset(definition.at), target_at=offset(definition.target_at))
            if self.definitions.setdefault(folded(definition.label), definition) is not definition:
                self.repeated.append((definition.at, f"[{definition.label}]"))
        paragraph.pieces = [piece for piece, start in zip(paragraph.pieces, starts, strict=False) if start >= end]
        return bool(paragraph.pieces)


_ALIGNMENT = {(False, False): "", (True, False): "", (False, True): "end", (True, True): "center"}
_CELL = re.compile(r"(?:\\.|[^|\\]|\\\Z)+|\|")


def cells(at: int, line: str) -> list[tuple[Piece, ...]]:
    """The cells of a table's row, each without white space around it; a pipe behind a backslash is part of its cell."""
    start = len(line) - len(line.lstrip(" \t"))
    line = line.rstrip(" \t")
    if line[start : start + 1] == "|":
        start += 1
    row_cells: list[tuple[Piece, ...]] = []
    open_cell = False
    for part in _CELL.finditer(line, start):
        if part[0] == "|":
            if not open_cell:
                row_cells.append(((at + part.start(), ""),))
            open_cell = False
            continue
        open_cell = True
        text = part[0].strip(" \t")
        offset = at + part.start() + len(part[0]) - len(part[0].lstrip(" \t"))
        pieces = []
        while "\\|" in text:
            before, _, text = text.partition("\\|")
            pieces += [(offset, before), (offset + len(before) + 1, "|")]
            offset += len(before) + 2
        pieces.append((offset, text))
        row_cells.append(tuple(pieces))
    return row_cells


_SPACE = re.compile(r"[ \t]*\n?[ \t]*")
_LINE_END = re.compile(r"[ \t]*(?:\n|\Z)")


def _definitions(text: str) -> Iterator[tuple[Definition, int]]:
    """The definitions at the beginning of a paragraph's text, each with its end; offsets are the paragraph's."""
    at = 0
    while at < len(text) and text[at] == "[":
        label = LABEL.match(text, at)
        if label is None or not label[1].strip() or text[label.end() : label.end() + 1] != ":":
            return
        link_target = target(text, _space(text, label.end() + 1))
        if link_target is None or link_target[1] == link_target[2]:
            return
        written, target_at, end = link_target
        link_title = ""
        behind = _space(text, end)
        titled = title(text, behind) if behind > end else None
        if titled and _LINE_END.match(text, titled[1]):
            link_title, end = titled
        line_end = _LINE_END.match(text, end)
        if line_end is None:
            return
        yield Definition(at, label[1], unescaped(written), link_title, target_at), line_end.end()
        at = line_end.end()


def _space(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at
