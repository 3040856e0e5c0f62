"""The text of a block as GitHub reads it: GitHub Flavored Markdown, section 6 (https://github.github.com/gfm/#inlines), with notes.

Emphasis and links are found by the method of the specification's appendix: one pass over the text, in which what may open emphasis or
a link waits on a stack. Whatever stack it waits on, it is looked at once, so that the time grows with the text's length and no faster.
"""

from __future__ import annotations

import re
import unicodedata
import urllib.parse
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from xml.etree.ElementTree import Element, SubElement

from onrecord.markup import blocks, link_targets
from onrecord.markup.blocks import Piece, TooDeep, TooMany
from onrecord.markup.direct import GITHUB_ONLY
from onrecord.markup.link_targets import Context
from onrecord.model import BodyImage, Level, Link, Problem, Target

MOST_LEVELS = 50


@dataclass(slots=True, eq=False)
class _Run:
    """Characters that may begin or end emphasis (section 6.4) or struck-out words (6.5). `count` of them are still text."""

    char: str
    count: int
    order: int
    can_open: bool
    can_close: bool
    at: int
    length: int = 0
    opened: list[str] = field(default_factory=list)
    closed: int = 0


@dataclass(slots=True, eq=False)
class _Bracket:
    """A bracket that may begin a link or an image (section 6.6); `element` is the link that it has become."""

    written: str
    at: int
    piece: int
    run: int
    is_active: bool = True
    is_followed: bool = False
    element: Element | None = None


class _End:
    """The end of a link."""


@dataclass(frozen=True, slots=True)
class _PlainText:
    text: str
    at: int


_Part = _PlainText | _Run | _Bracket | _End | Element

_SPECIAL = re.compile(
    r"[\\`*_~\[\]<&\n]|!\[|(?<![A-Za-z])(?:[Hh][Tt][Tt][Pp][Ss]?|[Ff][Tt][Pp])://(?=[A-Za-z0-9])|(?:\A|(?<=[ \t\n\v\f\r*_~(]))www\."
)
_TICKS = re.compile(r"`+")
_ENTITY = re.compile(r"&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]*));")
_ADDRESS = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\x00-\x20<>]*)>")  # 6.8
_MAIL = re.compile(
    r"<([a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*)>"
)
_TAG = re.compile(blocks.TAG)
_LONG_TAG = re.compile(r"<!--|<\?|<!\[CDATA\[|<![A-Z]+[ \t\n]")
_LONG_TAG_ENDS = {"<!--": "-->", "<?": "?>", "<![CDATA[": "]]>"}
_SPACE = re.compile(r"[ \t\n]*")
_URL_END = re.compile(r"[ \t\n\v\f\r<]")
_MOST_LABEL = 999
_FAULT = 4  # what a fault counts: its message takes as much memory as so many parts
_LINK = 4  # what a link counts beside its marks: its address is taken apart, looked at and written
_SCANNED = 16  # characters that take as much time as a part
_SHORT = 60


def excerpt(text: str) -> str:
    """Text as a message quotes it: its first line, cut after 60 characters."""
    line = text.strip().partition("\n")[0]
    return line if len(line) <= _SHORT else f"{line[:_SHORT]}…"


class Writer:
    """Writes the text of blocks into elements, and keeps the links, faults and references it meets; `place` is from Location.places.

    `plain` gives back the redactions that stand in a text as words.
    """

    def __init__(
        self,
        structure: blocks.Structure,
        context: Context,
        position: Callable[[int], tuple[int, int]],
        plain: Callable[[str], str],
    ) -> None:
        self.definitions = structure.definitions
        self.notes = structure.notes
        self.context = context
        self.position = position
        self.plain = plain
        self.links: list[Link] = []
        self.images: list[BodyImage] = []
        self.faults: list[Problem] = []
        self.used: set[str] = set()
        self.references: dict[str, list[str]] = {}
        self.numbers: dict[str, int] = {}
        self.parts = structure.parts

    def count(self, parts: int) -> None:
        """Adds to the number of parts. Raises TooMany."""
        self.parts += parts
        if self.parts > blocks.MOST_PARTS:
            raise TooMany

    def write(self, parent: Element, pieces: Iterable[Piece]) -> None:
        """Writes pieces of text at the end of an element. Raises TooComplex."""
        _Line(self, tuple(pieces)).write(parent)

    def problem(self, at: int, code: str, message: str, level: Level = "error") -> None:
        self.count(_FAULT)
        self.faults.append(Problem(*self.position(at), code, message, level))

    def link(self, written: str, at: int, title: str = "", *, bare: bool = False) -> Element:
        """An `a` element. A target that may not be followed is an error; a warning where GitHub makes a `bare` address a link."""
        self.count(_LINK)
        written = self.plain(written)
        target = link_targets.resolve(written, self.context)
        element = Element("a")
        if target is None:
            if bare:
                message = (
                    f"GitHub makes a link of “{excerpt(written)}”, this site does not: it follows http, https and mailto. "
                    "Write it between back-ticks, or a whole address."
                )
                self.problem(at, "not-as-on-github", message, "warning")
            else:
                self.problem(at, "bad-link", f"The link “{written}” cannot be followed. {link_targets.ALLOWED}")
            return element
        element.set("href", _entity_safe(link_targets.address(target, written, self.context)))
        if target.kind == "elsewhere":
            element.set("rel", "noopener noreferrer")
        if title:
            element.set("title", _entity_safe(title))
        self.links.append(Link(target, written, *self.position(at)))
        return element

    def image(self, written: str, at: int, words: str, title: str) -> Element:
        """An `img` element: a file of the archive with words for those who do not see it. Anything else is an error."""
        self.count(_LINK)
        written, words = self.plain(written), self.plain(words)
        element = Element("img")
        path = link_targets.file_of(written)
        if self.context.article:
            message = f"The image “{written}” cannot be shown: only a release names files, and this is not a release. Describe it."
        elif path is None:
            message = (
                f"The image “{written}” cannot be shown: nothing is loaded from elsewhere. Put the file into content/files/, name it under "
                "“files” of this release, and write ![what is seen](../files/its-name.png)."
            )
        elif not words:
            message = f"The image “{written}” has no words for those who do not see it. Write what is seen: ![what is seen]({written})."
        else:
            element.set("src", f"files/{urllib.parse.quote(path)}")
            element.set("alt", _entity_safe(words))
            if title:
                element.set("title", _entity_safe(self.plain(title)))
            self.links.append(Link(Target("file", path), written, *self.position(at)))
            self.images.append(BodyImage(at, written, path))
            return element
        self.problem(at, "image", message)
        return element

    def reference(self, label: str) -> Element:
        """A reference to a note: its number, in the order of the first references, with a link. In brackets: what takes the words alone (a
        passage that is copied, a comparison, `data/`) would make "in 19981" of "in 1998" and its first note."""
        identifiers = self.references.setdefault(label, [])
        name = note_name(self.notes[label].mark)
        identifiers.append(f"fnref{len(identifiers) + 1 if identifiers else ''}-{name}")
        element = Element("sup", id=identifiers[-1])
        number = self.numbers.setdefault(label, len(self.numbers) + 1)
        SubElement(element, "a", {"class": "footnote-ref", "href": f"#fn-{name}"}).text = f"[{number}]"
        return element


def note_name(label: str) -> str:
    """The label of a note as its ids have it."""
    return "".join(char if char.isalnum() or char in "_-" else f"-{ord(char):x}-" for char in label)


def _entity_safe(text: str) -> str:
    """Text for Python-Markdown's serializer, which leaves an ampersand as it is where an entity begins."""
    return text.replace("&", "&amp;")


class _Line:
    """The text of one block on its way into an element."""

    def __init__(self, writer: Writer, pieces: tuple[Piece, ...]) -> None:
        self.writer = writer
        self.text = "".join([text for _, text in pieces]).rstrip(" \t\n")
        self.offsets = [at for at, _ in pieces]
        self.starts = [0, *accumulate(len(text) for _, text in pieces)]
        self.parts: list[_Part] = []
        self.runs: list[_Run] = []
        self.brackets: list[_Bracket] = []
        self.active = self.active_links = 0
        self.order = 0
        self.ticks: dict[int, list[int]] | None = None
        self.absent: set[str] = set()

    def offset(self, position: int) -> int:
        """Where in the whole text a place of this text is."""
        row = min(bisect_right(self.starts, position), len(self.offsets)) - 1
        return self.offsets[row] + position - self.starts[row]

    def write(self, parent: Element) -> None:
        text = self.text
        at = 0
        room = blocks.MOST_PARTS - self.writer.parts
        count = 0
        while special := _SPECIAL.search(text, at):
            count += 1
            if count > room:
                raise TooMany
            start = special.start()
            char = special[0]
            if start > at and char != "\n":
                self.add_text(text[at:start], at)
            if char == "\n":
                at = self.line_end(at, start)
            elif char in "*_~":
                at = self.run(start)
            elif char == "\\":
                at = self.escape(start)
            elif char == "`":
                at = self.code(start)
            elif char == "[" or char == "![":
                if self.brackets:
                    self.brackets[-1].is_followed = True
                bracket = _Bracket(char, start, len(self.parts), len(self.runs))
                self.brackets.append(bracket)
                self.parts.append(bracket)
                self.active += 1
                self.active_links += char == "["
                at = special.end()
            elif char == "]":
                at = self.bracket(start)
            elif char == "<":
                at = self.pointed(start)
            elif char == "&":
                entity = _ENTITY.match(text, start)
                at = entity.end() if entity else start + 1
                self.add_text(blocks.unescaped(entity[0]) if entity else "&", start)
            else:
                at = self.bare(start, special.end())
        if at < len(text):
            self.add_text(text[at:], at)
        self.writer.count(count + 1)
        self.emphasize(0)
        _InlineTree(self, parent).build()

    def add_text(self, text: str, at: int) -> None:
        self.parts.append(_PlainText(text, at))

    def line_end(self, at: int, end: int) -> int:
        """Section 6.12, 6.13: two spaces before it make a line end a hard one."""
        before = self.text[at:end]
        kept = before.rstrip(" \t")
        if kept:
            self.add_text(kept, at)
        if before.endswith("  "):
            self.parts.append(Element("br"))
        else:
            self.add_text("\n", end)
        return end + 1

    def escape(self, at: int) -> int:
        after = self.text[at + 1 : at + 2]
        if after == "\n":
            self.parts.append(Element("br"))
        elif after and after in "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~":
            self.add_text(after, at + 1)
        else:
            self.add_text("\\", at)
            return at + 1
        return at + 2

    def code(self, at: int) -> int:
        """Section 6.3: as many back-ticks as open a run of code close it."""
        if self.ticks is None:
            self.ticks = {}
            for run in _TICKS.finditer(self.text):
                self.ticks.setdefault(len(run[0]), []).append(run.start())
        opening = _TICKS.match(self.text, at)
        end = opening.end() if opening else at + 1
        closing = self.ticks.get(end - at, [])
        index = bisect_right(closing, end - 1)
        if index == len(closing):
            self.add_text(self.text[at:end], at)
            return end
        code = self.text[end : closing[index]].replace("\n", " ")
        if len(code) > 1 and code[0] == code[-1] == " " and code.strip(" "):
            code = code[1:-1]
        element = Element("code")
        element.text = _entity_safe(code)
        self.parts.append(element)
        return closing[index] + end - at

    def pointed(self, at: int) -> int:
        """What begins with “<”: an address (section 6.8), or HTML (6.10), which is shown as it is written."""
        address = _ADDRESS.match(self.text, at)
        mail = None if address else _MAIL.match(self.text, at)
        match = address or mail
        if match:
            element = self.writer.link(f"mailto:{match[1]}" if mail else match[1], self.offset(at + 1))
            element.text = _entity_safe(match[1])
            self.parts.append(element)
            return match.end()
        tag = _TAG.match(self.text, at)
        end = tag.end() if tag else self.long_tag(at)
        if not end:
            self.add_text("<", at)
            return at + 1
        self.add_text(self.text[at:end], at)
        self.writer.problem(self.offset(at), "raw-html", raw_html(self.text[at:end]))
        return end

    def long_tag(self, at: int) -> int:
        begin = _LONG_TAG.match(self.text, at)
        if begin is None:
            return 0
        close = _LONG_TAG_ENDS.get(begin[0], ">")
        end = -1 if close in self.absent else self.text.find(close, begin.end())
        if end < 0:
            self.absent.add(close)
            return 0
        return end + len(close)

    def bare(self, at: int, end: int) -> int:
        """An address without brackets around it (section 6.9)."""
        begins_www = self.text[at : at + 4] == "www."
        host = at if begins_www else end
        if self.active or not (close := self.host_end(host, begins_www)):
            self.add_text(self.text[at:end], at)
            return end
        stop = _URL_END.search(self.text, close)
        close = _trimmed(self.text, at, stop.start() if stop else len(self.text))
        written = self.text[at:close]
        element = self.writer.link(f"http://{written}" if begins_www else written, self.offset(at), bare=True)
        element.text = _entity_safe(written)
        self.parts.append(element)
        return close

    def host_end(self, at: int, needs_dot: bool) -> int:
        """The end of the host name that begins at a place, or 0: no underscore may be in its last two parts."""
        end = at + 1
        dots = before = last = 0
        size = len(self.text)
        # As in cmark-gfm, the text's last character is not looked at.
        while end < size - 1:
            char = self.text[end]
            if char == "_":
                last += 1
            elif char == ".":
                before, last = last, 0
                dots += 1
            elif char != "-" and not (char.isascii() and char.isalnum()):
                break
            end += 1
        if (before or last) and dots <= 10:
            return 0
        return end if dots or not needs_dot else 0

    # ---- emphasis (section 6.4) --------------------------------------------------------------------------------------------------

    def run(self, at: int) -> int:
        char = self.text[at]
        end = at + 1
        while self.text.startswith(char, end):
            end += 1
        first, last = at, end
        if char != "~":
            # As in cmark-gfm, marks of struck-out words beside it do not count.
            while self.text.startswith("~", first - 1) and first:
                first -= 1
            while self.text.startswith("~", last):
                last += 1
        before = self.text[first - 1 : first] if first else "\n"
        after = self.text[last : last + 1] or "\n"
        space_before, space_after = _is_space(before), _is_space(after)
        mark_before, mark_after = _is_punctuation(before), _is_punctuation(after)
        opens = not space_after and (not mark_after or space_before or mark_before)
        closes = not space_before and (not mark_before or space_after or mark_after)
        if char == "_":
            can_open, can_close = opens and (not closes or mark_before), closes and (not opens or mark_after)
        else:
            can_open, can_close = opens, closes
        if not (can_open or can_close) or (char == "~" and end - at > 2):
            self.add_text(self.text[at:end], at)
            return end
        self.order += 1
        run = _Run(char, end - at, self.order, can_open, can_close, at, end - at)
        self.runs.append(run)
        self.parts.append(run)
        return end

    def emphasize(self, bottom: int) -> None:
        """Makes pairs of the runs from a place on the stack on, and takes them off it."""
        runs = self.runs[bottom:]
        del self.runs[bottom:]
        openers: list[_Run] = []
        searched: dict[tuple[str, bool, int], int] = {}
        for run in runs:
            while run.can_close and run.count:
                key = (run.char, run.can_open, run.length % 3)
                floor = searched.get(key, 0)
                index = len(openers) - 1
                while index >= 0 and openers[index].order > floor and not _fit(openers[index], run):
                    index -= 1
                if index < 0 or openers[index].order <= floor:
                    searched[key] = openers[-1].order if openers else 0
                    break
                opener = openers[index]
                del openers[index + 1 :]
                if run.char == "~":
                    openers.pop()
                    if opener.count == run.count:
                        opener.opened.append("del")
                        opener.count = run.count = 0
                        run.closed += 1
                    run.can_open = False
                    break
                size = 2 if opener.count > 1 and run.count > 1 else 1
                opener.opened.append("strong" if size == 2 else "em")
                run.closed += 1
                opener.count -= size
                run.count -= size
                if not opener.count:
                    openers.pop()
            if run.can_open and run.count:
                openers.append(run)

    # ---- links (section 6.6) -----------------------------------------------------------------------------------------------------

    def bracket(self, at: int) -> int:
        """What a closing bracket makes: the end of a link, an image, a reference to a note, or nothing."""
        if not self.brackets:
            self.add_text("]", at)
            return at + 1
        opener = self.brackets.pop()
        if not opener.is_active:
            self.add_text("]", at)
            return at + 1
        self.active -= 1
        self.active_links -= opener.written == "["
        # A label has at most 999 characters (section 4.7); longer ones are not cut out, which would take time for each bracket.
        begin = opener.at + len(opener.written)
        inside = self.text[begin:at] if at - begin <= _MOST_LABEL else ""
        link_target = self.inline_target(at + 1) or self.referred_target(opener, inside, at + 1)
        if link_target is None:
            label = blocks.folded(inside[1:]) if inside.startswith("^") else ""
            if label in self.writer.notes:
                del self.parts[opener.piece :], self.runs[opener.run :]
                if opener.written == "![":
                    self.add_text("!", opener.at)
                self.parts.append(self.writer.reference(label))
            else:
                if label and not any(char.isspace() for char in label):
                    note = f"[{excerpt(inside)}]"
                    message = (
                        f"“{note}” refers to a footnote that does not exist, so the page shows the brackets. "
                        f"Add a line “{note}: …” below the text, or write \\{note} to show them on purpose."
                    )
                    self.writer.problem(self.offset(opener.at), "no-partner", message, "warning")
                self.add_text("]", at)
            return at + 1
        target, offset, title, end = link_target
        if opener.written == "![":
            self.emphasize(opener.run)
            words = self.words(opener.piece + 1)
            del self.parts[opener.piece :]
            self.parts.append(self.writer.image(target, offset, words, title))
            return end
        opener.element = self.writer.link(target, offset, title)
        for bracket in reversed(self.brackets):
            if not self.active_links:
                break
            if bracket.written == "[" and bracket.is_active:
                bracket.is_active = False
                self.active -= 1
                self.active_links -= 1
        self.emphasize(opener.run)
        self.parts.append(_End())
        return end

    def words(self, first: int) -> str:
        """The plain words of the parts from one on: the alternative text of an image (section 6.6)."""
        words = []
        for part in self.parts[first:]:
            if isinstance(part, _PlainText):
                words.append(part.text)
            elif isinstance(part, _Run):
                words.append(part.char * part.count)
            elif isinstance(part, _Bracket):
                words.append("" if part.element is not None else part.written)
            elif isinstance(part, Element):
                words.append(part.get("alt") or " ".join(part.itertext()).replace("&amp;", "&"))
        return " ".join("".join(words).split())

    def inline_target(self, at: int) -> tuple[str, int, str, int] | None:
        """(target, its offset, title, end) of what stands in round brackets behind a link's text."""
        if not self.text.startswith("(", at):
            return None
        begin = self.space(at + 1)
        link_target = blocks.target(self.text, begin)
        # One that is none can be looked at again from another bracket.
        end = link_target[2] if link_target else blocks.target_end(self.text, begin)[0]
        self.writer.count((end - at) // _SCANNED)
        if link_target is None:
            return None
        written, start, end = link_target
        link_title = ""
        behind = self.space(end)
        if behind > end and (titled := blocks.title(self.text, behind)):
            link_title, behind = titled
            behind = self.space(behind)
        if not self.text.startswith(")", behind):
            return None
        return blocks.unescaped(written), self.offset(start), link_title, behind + 1

    def referred_target(self, opener: _Bracket, inside: str, at: int) -> tuple[str, int, str, int] | None:
        """The same by reference: [text][label], [label][], [label]."""
        named = blocks.LABEL.match(self.text, at)
        end = named.end() if named else at
        label = named[1] if named else ""
        if not label.strip():
            end = end if named and not label else at
            if opener.is_followed or not inside:
                return None
            label = inside
        key = blocks.folded(label)
        definition = self.writer.definitions.get(key)
        if definition is None:
            if named and inside.strip() and re.search(r"\w", label) and not label.startswith("^"):
                written = excerpt(self.text[opener.at : named.end()])
                message = (
                    f"“{written}” needs a line “[{excerpt(label)}]: https://…” that does not exist, so the page shows the brackets. "
                    f"Add it below the text, or write [{excerpt(inside)}](https://…), or \\[ to show them on purpose."
                )
                self.writer.problem(self.offset(opener.at), "no-partner", message, "warning")
            return None
        self.writer.used.add(key)
        return definition.target, definition.target_at, definition.title, end

    def space(self, at: int) -> int:
        space = _SPACE.match(self.text, at)
        return space.end() if space else at


def _fit(opener: _Run, closer: _Run) -> bool:
    """Rules 9 and 10 of section 6.4."""
    if opener.char != closer.char:
        return False
    return (
        not (opener.can_close or closer.can_open) or closer.length % 3 == 0 or (opener.length + closer.length) % 3 != 0
    )


def raw_html(written: str) -> str:
    """What a message says about HTML in a body."""
    if written.startswith("<!--"):
        return f"GitHub hides “{excerpt(written)}”, a comment; this site would show it. Remove it."
    return (
        f"GitHub takes “{excerpt(written)}” for HTML, and this site shows it as it is written. "
        "Write \\< for the character itself; *words*, **words**, or a backslash at a line's end for <br>."
    )


def _is_space(char: str) -> bool:
    return char in " \t\n\f\r" or unicodedata.category(char) == "Zs"


def _is_punctuation(char: str) -> bool:
    """Section 2.1; of the characters beyond ASCII, symbols are none."""
    if char < "\x80":
        return char in "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
    return unicodedata.category(char)[0] == "P"


def _trimmed(text: str, start: int, end: int) -> int:
    """Where an address without brackets ends (section 6.9, path validation): punctuation behind it is not part of it."""
    surplus = None
    while end > start:
        char = text[end - 1]
        if char in "?!.,:*_~'\"":
            end -= 1
        elif char == ";":
            begin = end - 2
            while begin > start and text[begin].isascii() and text[begin].isalpha():
                begin -= 1
            end = begin if begin < end - 2 and text[begin] == "&" else end - 1
        elif char == ")":
            if surplus is None:
                surplus = text.count(")", start, end) - text.count("(", start, end)
            if surplus <= 0:
                break
            surplus -= 1
            end -= 1
        else:
            break
    return end


class _InlineTree:
    """Parts of a text → elements."""

    def __init__(self, line: _Line, parent: Element) -> None:
        self.line = line
        self.writer = line.writer
        self.open = [parent]
        self.kept: list[_PlainText] = []
        self.starts: list[int] = []  # where each of them begins in the words, once that is asked

    def build(self) -> None:
        for part in self.line.parts:
            if isinstance(part, _PlainText):
                self.kept.append(part)
            elif isinstance(part, _Run):
                self.end(part.closed)
                if part.count:
                    self.kept.append(_PlainText(part.char * part.count, part.at))
                for tag in reversed(part.opened):
                    if tag == self.open[-1].tag == "strong":
                        self.open.append(self.open[-1])
                    else:
                        self.begin(Element(tag))
            elif isinstance(part, _Bracket):
                if part.element is None:
                    self.kept.append(_PlainText(part.written, part.at))
                else:
                    self.begin(part.element)
            elif isinstance(part, _End):
                self.end(1)
            elif part.tag == "a" and any(element.tag == "a" for element in self.open):
                self.kept.append(_PlainText((part.text or "").replace("&amp;", "&"), 0))
            else:
                self.flush()
                self.open[-1].append(part)
        self.flush()

    def begin(self, element: Element) -> None:
        self.flush()
        self.open[-1].append(element)
        self.open.append(element)
        if len(self.open) > MOST_LEVELS:
            raise TooDeep

    def end(self, count: int) -> None:
        if count:
            self.flush()
            del self.open[-count:]

    def flush(self) -> None:
        if not self.kept:
            return
        text = "".join([part.text for part in self.kept])
        if "@" in text and not any(element.tag == "a" for element in self.open):
            last = 0
            for start, end in _mail_addresses(text):
                self.append(text[last:start])
                written = text[start:end]
                has_scheme = written.startswith(("mailto:", "xmpp:"))
                element = self.writer.link(written if has_scheme else f"mailto:{written}", self.at(start), bare=True)
                element.text = written
                self.open[-1].append(element)
                last = end
            self.append(text[last:])
        else:
            self.append(text)
        for match in self.github_only(text):
            if match[0][0] == ":":
                message = (
                    f"GitHub may show a picture in place of “{match[0]}”; this site shows the characters. "
                    "Write the words, or \\: for the first colon."
                )
            else:
                message = (
                    f"GitHub shows “{excerpt(match[0])}” as a formula; this site shows the characters. "
                    "Write it between back-ticks, or \\$ for the sign."
                )
            self.writer.problem(self.at(match.start()), "not-as-on-github", message, "warning")
        self.kept = []
        self.starts = []

    def github_only(self, text: str) -> Iterator[re.Match[str]]:
        """What GitHub makes a picture or a formula of, where no backslash stands before it."""
        if ":" not in text and "$" not in text:
            return iter(())
        return (match for match in GITHUB_ONLY.finditer(text) if not self.is_escaped(match.start()))

    def append(self, text: str) -> None:
        if not text:
            return
        text = _entity_safe(text)
        parent = self.open[-1]
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + text
        else:
            parent.text = (parent.text or "") + text

    def at(self, position: int) -> int:
        """The offset in the whole text of a place in the words that are kept."""
        index, start = self.part(position)
        part = self.kept[index]
        return self.line.offset(part.at + position - start if position - start < len(part.text) else part.at)

    def is_escaped(self, position: int) -> bool:
        index, start = self.part(position)
        part = self.kept[index]
        return start == position and self.line.text[part.at - 1 : part.at] == "\\" and len(part.text) == 1

    def part(self, position: int) -> tuple[int, int]:
        """The index of the part of the words that are kept in which a place is, and the place where that part begins."""
        if not self.starts:
            self.starts = [0, *accumulate(len(part.text) for part in self.kept[:-1])]
        index = bisect_right(self.starts, position) - 1
        return index, self.starts[index]


_LOCAL = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.+-_")
# A domain has a full stop within it.
_MAIL_SIGN = re.compile(r"@(?=[A-Za-z0-9_-]*+\.[A-Za-z0-9])")
_DOMAIN = re.compile(r"[A-Za-z0-9_-]*(?:\.(?=[A-Za-z0-9])[A-Za-z0-9_-]*)*")


def _mail_addresses(text: str) -> Iterator[tuple[int, int]]:
    """Where mail addresses stand in a text (section 6.9, extended email autolinks)."""
    least = 0
    for sign in _MAIL_SIGN.finditer(text):
        at = sign.start()
        if at < least:
            continue
        domain = _DOMAIN.match(text, at + 1)
        end = domain.end() if domain else at + 1
        if text[end : end + 1] == "@" or not text[end - 1].isalpha():
            continue
        start = at
        while start > least and text[start - 1] in _LOCAL:
            start -= 1
        if start < at and text[max(start - 7, least) : start].lower() in ("mailto:",):
            start -= 7
        elif start < at and text[max(start - 5, least) : start].lower() == "xmpp:":
            start -= 5
        if start < at:
            yield start, end
            least = end
