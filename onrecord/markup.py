"""Markdown → safe HTML with an anchor on every paragraph.

A body of plain paragraphs, sub-headings, simple lists, quotations, tables and footnotes takes a direct path; everything else goes
through Python-Markdown (with footnotes, tables and sane_lists) and, last, through nh3 with a strict allow-list. Both give the same HTML
for the same text, which a property test holds them to. Raw HTML is not Markdown's business here: it comes out as written, as text.
"""

from __future__ import annotations

import html
import posixpath
import re
import unicodedata
import urllib.parse
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from onrecord import budget, redaction
from onrecord.model import Body, Link, Problem, Target
from onrecord.redaction import Location

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from markdown import Markdown

MOST_SECONDS = 10.0

_TAGS = frozenset(
    [
        "p",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "em",
        "strong",
        "code",
        "pre",
        "blockquote",
        "ul",
        "ol",
        "li",
        "a",
        "br",
        "hr",
        "sup",
        "div",
        "span",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    ]
)
_OMISSION = re.compile(r"\((?:…|\.\.\.)\)|\[(?:…|\.\.\.)\]")
_PARAGRAPH = re.compile(r'<p id="[a-z]+[0-9]+">(.*?)</p>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_TAG_KEPT = re.compile(r"(<[^>]*>)")
_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*)\s*:")
_RELEASE = re.compile(r"(?P<folder>(?:[^#?]*/)?)(?P<stem>[^/#?]+)\.md")
_RELEASE_PAGE = re.compile(r"releases/(?P<stem>[^/]+)\.html")
_INDEX = re.compile(r"index|undated|-?[0-9]+", re.IGNORECASE)  # the pages below releases/ that are no release's
_SAFE = "/-._~!$&'()*+,;=:@"
_ESCAPED = re.compile("\x02([0-9]+)\x03")
_AMPERSAND = "\x02amp\x03"  # markdown.util.AMP_SUBSTITUTE


_TOP = Location()


@dataclass(frozen=True, slots=True)
class Context:
    """Where a text will stand: `anchor` begins its paragraphs' ids, `article` is true on the archive's own pages, which stand at the
    top of the site (a release's page stands in `releases/`), `location` says where the text stands in its file."""

    anchor: str = "p"
    article: bool = False
    location: Location = _TOP

    @property
    def root(self) -> str:
        """The way from the text's page to the top of the site."""
        return "" if self.article else "../"


def convert(text: str, context: Context = Context()) -> tuple[Body, tuple[Problem, ...]]:
    """The Body of a Markdown text and the faults found in it, in the order of their places.

    `text` has LF line ends, its redactions are applied (see redaction.apply). Never raises for anything a text can hold: a text that
    takes more than MOST_SECONDS of processor time or nests too deeply comes back empty with the fault `too-complex`, one that still
    shows something like a mark of redaction with `bad-redaction`.
    """
    if "[redacted: " in text:
        return _with_redactions(text, context)
    return _gate(text, context, *_converted(text, context))


def _converted(text: str, context: Context, plain: Callable[[str], str] = str) -> tuple[Body, tuple[Problem, ...]]:
    direct = _direct(text, context)
    if direct is not None:
        return direct
    try:
        return _markdown(text, context, plain)
    except (RecursionError, budget.Exceeded):
        message = "The text nests brackets, emphasis or lists so deeply that it cannot be converted. Simplify it."
        return _REFUSED, (Problem(*context.location.places(text)(0), "too-complex", message),)


_REFUSED = Body("")


# ---- redactions ------------------------------------------------------------------------------------------------------------------

# Letters that no text in use has: one that a text does not have stands in it for its redactions while Markdown looks at it.
_LETTERS = range(0x13000, 0x13430)


def _with_redactions(text: str, context: Context) -> tuple[Body, tuple[Problem, ...]]:
    """The Body of a text with redactions: each is one word to Markdown, as long as what it stands for, so that places stay right."""
    mark = next((chr(code) for code in _LETTERS if chr(code) not in text), "")
    if not mark:
        message = "The text has too many kinds of letters. Divide it."
        return _REFUSED, (Problem(*context.location.places(text)(0), "too-complex", message),)
    forms: list[str] = []

    def word(form: re.Match[str]) -> str:
        forms.append(form[0])
        return mark + str(len(forms) - 1).zfill(len(form[0]) - 2) + mark

    marked = redaction.FORM.sub(word, text)
    numbered = re.compile(f"{mark}([0-9]+){mark}")

    def plain(found: str) -> str:
        return numbered.sub(lambda number: forms[int(number[1])], found)

    body, faults = _converted(marked, context, plain)

    def shown(number: re.Match[str]) -> str:
        return f'<span class="redacted">{forms[int(number[1])]}</span>'

    pieces = _TAG_KEPT.split(body.html)
    for at, piece in enumerate(pieces):
        if mark in piece:
            pieces[at] = numbered.sub(r"redacted-\1", piece) if at % 2 else numbered.sub(shown, piece)
    paragraphs = tuple(map(plain, body.paragraphs))
    body = Body("".join(pieces), paragraphs, body.links, body.omissions)
    return _gate(text, context, body, faults)


def _gate(text: str, context: Context, body: Body, faults: tuple[Problem, ...]) -> tuple[Body, tuple[Problem, ...]]:
    """The Body, or an empty one where anything of it would show a mark of redaction."""
    if not redaction.may_hold(body.html):
        return body, faults
    for shown in (html.unescape(body.html), html.unescape(_TAG.sub("", body.html))):
        at = redaction.remains(shown)
        if at is not None:
            message = f"“{shown[at : at + 40]}” would be shown, which looks like a redaction. {redaction.HOW}"
            place = context.location.places(text)(max(text.casefold().find("redact"), 0))
            return _REFUSED, (Problem(*place, "bad-redaction", message),)
    return body, faults


# ---- the direct path -------------------------------------------------------------------------------------------------------------

# What could mean something to Python-Markdown anywhere in a text, apart from what the patterns below understand. The first are looked
# for as bytes, which is many times faster than as characters.
_MEANING = bytes(code for code in (*range(0x20), 0x7F, *b"\\`_{}<~") if code != 0x0A)
_ENTITY = re.compile(r"&(?! )")
_LINE_START = re.compile(r"^(?:[#>=~:+!\-\s|]|[0-9]+[.)])", re.MULTILINE)
_WORDS = r"[^\W_](?:[^\[\]()*>!\n]*[^\W_])?"
_END = r"(?:[,.;:?”’…]{1,3}(?=\*+(?:[\s,.;:]|\Z)))?"  # behind the last word of what is emphasized
_INLINE = re.compile(
    rf"(?<![\w*!\]\\])(?:\[(?P<label>{_WORDS})\]\((?P<url>https?://[A-Za-z0-9./?=%+,:;@#-]*[A-Za-z0-9/])\)"
    rf"|\*\*(?P<strong>{_WORDS}{_END})\*\*|\*(?P<em>{_WORDS}{_END})\*)(?![\w*(\[])"
)
_ALONE = re.compile(r"\((?:…|\.\.\.)\)|(?<![!\]])\[(?:…|\.\.\.)\](?![(\[:])")
_HEADING = re.compile(r"(#{2,6}) ([^\W_](?:[^\n#]*[^\W_.])?[.]?)")
_REFERRED = re.compile(r"(?<=[\w.,;:?”’)])\[\^([A-Za-z0-9]+)\](?![\w*(\[:!])")
_NOTE = re.compile(r"\[\^([A-Za-z0-9]+)\]: (.*[^ ])")
_LABEL = re.compile(r"^\[\^([A-Za-z0-9]+)\]:", re.MULTILINE)
_NOTED = re.compile("\x02\x02([A-Za-z0-9]+)\x03")
_ALIGNED = re.compile(r"\|(?: ?:?-+:? ?\|)+")


class _NotPlain(Exception):
    """Python-Markdown has to look at the text."""


def _direct(text: str, context: Context) -> tuple[Body, tuple[Problem, ...]] | None:
    """The Body of a plain text, or None where Python-Markdown has to look at it."""
    if not text or text[0] == "\n" or text[-1] in "\n " or " \n" in text or "![" in text:
        return None
    data = text.encode("utf-8", "surrogatepass")
    if len(data.translate(None, _MEANING)) != len(data) or ("&" in text and _ENTITY.search(text)):
        return None
    if "\u2028" in text or "\u2029" in text or "\x85" in text:
        return None
    try:
        return _Plain(text, context).body(), ()
    except _NotPlain:
        return None


class _Plain:
    """The making of the Body of a text of simple blocks. Everything raises _NotPlain for what is not simple."""

    def __init__(self, text: str, context: Context) -> None:
        self.text = text
        self.context = context
        self.paragraphs: list[str] = []
        self.links: list[tuple[int, str]] = []
        self.omissions = 0
        self.referred: list[str] = []
        self.notes: dict[str, str] = {}
        # Notes are numbered in the order of their definitions.
        self.numbers = {label: n for n, label in enumerate(_LABEL.findall(text), 1)} if "[^" in text else {}
        self.has_marks = any(mark in text for mark in "*[]>&\u00a0…^") or "..." in text
        self.has_pipes = "|" in text

    def body(self) -> Body:
        parts: list[str] = []
        at = 0
        before = ""
        for block in re.split(r"(\n\n+)", self.text):
            first = block[0]
            if first != "\n":
                # What of one kind follows on another of its kind may become one list or one quotation.
                if first in "->" and first == before:
                    raise _NotPlain
                if self.notes or (first == "[" and block.startswith("[^")):
                    self.note(block, at)
                elif first == "|":
                    parts.append(self.table(block, at))
                elif self.has_pipes and "|" in block:
                    raise _NotPlain
                elif first == "#":
                    parts.append(self.heading(block, at))
                elif first == "-":
                    parts.append(self.items(block, at))
                elif first == ">":
                    parts.append(self.quotation(block, at))
                else:
                    parts.append(self.paragraph(block, at, self.inline(block, at)))
                before = first
            at += len(block)
        if self.notes or self.referred:
            parts.append(self.footnotes())
        links: tuple[Link, ...] = ()
        if self.links:
            place = self.context.location.places(self.text)
            links = tuple(Link(Target("elsewhere", url), url, *place(start)) for start, url in self.links)
        return Body("\n".join(parts), tuple(self.paragraphs), links, self.omissions)

    def paragraph(self, block: str, at: int, inner: str) -> str:
        if _LINE_START.search(block) if "\n" in block else _LINE_START.match(block):
            raise _NotPlain
        self.paragraphs.append(_plain_text(inner))
        return f'<p id="{self.context.anchor}{len(self.paragraphs)}">{inner}</p>'

    def heading(self, block: str, at: int) -> str:
        heading = _HEADING.fullmatch(block)
        if heading is None or ">" in block:
            raise _NotPlain
        inner = self.inline(heading[2], at + heading.start(2))
        return f"<h{len(heading[1])}>{inner}</h{len(heading[1])}>"

    def items(self, block: str, at: int) -> str:
        rows = []
        for item in block.split("\n"):
            if item[:2] != "- " or not item[2:3].isalpha() or ">" in item:
                raise _NotPlain
            rows.append(f"<li>{self.inline(item[2:], at + 2)}</li>\n")
            at += len(item) + 1
        return f"<ul>\n{''.join(rows)}</ul>"

    def quotation(self, block: str, at: int) -> str:
        lines = block.split("\n")
        words = "\n".join([line[2:] for line in lines])
        if not all(line[:2] == "> " and line[2:].strip() for line in lines) or ">" in words:
            raise _NotPlain
        if len(lines) > 1 and "[" in words:
            raise _NotPlain
        return f"<blockquote>\n{self.paragraph(words, at, self.inline(words, at + 2))}\n</blockquote>"

    def table(self, block: str, at: int) -> str:
        lines = block.split("\n")
        if len(lines) < 3 or ">" in block or not _ALIGNED.fullmatch(lines[1]):
            raise _NotPlain
        classes = []
        for column in lines[1][1:-1].split("|"):
            column = column.strip(" ")
            end = ' class="center"' if column[0] == ":" else ' class="end"'
            classes.append(end if column[-1] == ":" else "")
        rows = []
        for number, line in enumerate(lines):
            cells = line[1:-1].split("|")
            if line[0] != "|" or line[-1] != "|" or len(line) < 2 or len(cells) != len(classes):
                raise _NotPlain
            if number != 1:
                kind = "td" if number else "th"
                row = []
                start = at + 1
                for cell, name in zip(cells, classes, strict=True):
                    words = cell.strip(" ")
                    inner = self.inline(words, start + len(cell) - len(cell.lstrip(" "))) if words else ""
                    row.append(f"<{kind}{name}>{inner}</{kind}>\n")
                    start += len(cell) + 1
                rows.append(f"<tr>\n{''.join(row)}</tr>\n")
            at += len(line) + 1
        return f"<table>\n<thead>\n{rows[0]}</thead>\n<tbody>\n{''.join(rows[1:])}</tbody>\n</table>"

    def note(self, block: str, at: int) -> None:
        """Takes in the notes at the text's end, each on a line of its own."""
        for line in block.split("\n"):
            note = _NOTE.fullmatch(line)
            if (
                note is None
                or note[1] in self.notes
                or any(mark in note[2] for mark in "|>^")
                or _LINE_START.match(note[2])
            ):
                raise _NotPlain
            self.notes[note[1]] = self.inline(note[2], at + note.start(2))
            at += len(line) + 1

    def footnotes(self) -> str:
        # "///" begins a mark for where the notes should go.
        if sorted(self.referred) != sorted(self.notes) or "///" in self.text:
            raise _NotPlain
        rows = [
            f'<li id="fn-{label}">\n<p>{self.notes[label]}&nbsp;'
            f'<a class="footnote-backref" href="#fnref-{label}">↩</a></p>\n</li>\n'
            for label in self.notes
        ]
        return f'<div class="footnote">\n<hr>\n<ol>\n{"".join(rows)}</ol>\n</div>'

    def inline(self, text: str, at: int) -> str:
        """HTML of a run of text, which stands at offset `at` of the whole."""
        if not self.has_marks:
            return text
        if "^" in text:
            text = self.refer(text)
            if "^" in text:
                raise _NotPlain
        if "*" in text or "[" in text or "]" in text:
            rest = _ALONE.sub("", _INLINE.sub("", text))
            if "*" in rest or "[" in rest or "]" in rest:
                raise _NotPlain
            for match in _INLINE.finditer(text):
                if match["url"]:
                    if not _is_address(match["url"]):
                        raise _NotPlain
                    self.links.append((at + match.start("url"), match["url"]))
            text = _INLINE.sub(_mark, _escape(text))
        else:
            text = _escape(text)
        text, omissions = _omissions(text)
        self.omissions += omissions
        return _NOTED.sub(self.reference, text) if "\x02" in text else text

    def refer(self, text: str) -> str:
        """The text with its references to notes in a code that is as long, so that places stay right."""
        labels = _REFERRED.findall(text)
        if not self.numbers.keys() >= set(labels):
            raise _NotPlain
        self.referred += labels
        return _REFERRED.sub("\x02\x02\\1\x03", text)

    def reference(self, code: re.Match[str]) -> str:
        label = code[1]
        return f'<sup id="fnref-{label}"><a class="footnote-ref" href="#fn-{label}">{self.numbers[label]}</a></sup>'


def _mark(match: re.Match[str]) -> str:
    if match["url"]:
        return f'<a href="{match["url"]}" rel="noopener noreferrer">{match["label"]}</a>'
    return f"<strong>{match['strong']}</strong>" if match["strong"] else f"<em>{match['em']}</em>"


def _escape(text: str) -> str:
    """Text as nh3 writes it."""
    return text.replace("&", "&amp;").replace(">", "&gt;").replace("\u00a0", "&nbsp;")


def _omissions(text: str) -> tuple[str, int]:
    if "…" not in text and "..." not in text:
        return text, 0
    return _OMISSION.subn(lambda match: f'<span class="omission">{match[0]}</span>', text)


# ---- Python-Markdown -------------------------------------------------------------------------------------------------------------


class _Converter:
    """One Markdown instance for all bodies: making one costs more than most bodies do."""

    def __init__(self) -> None:
        # Most bodies need none of these.
        import nh3
        from markdown import Markdown
        from markdown.extensions.footnotes import FootnoteExtension
        from markdown.extensions.sane_lists import SaneListExtension
        from markdown.extensions.tables import TableExtension

        self.cleaned = nh3.clean
        self.markdown: Markdown = Markdown(
            extensions=[FootnoteExtension(SEPARATOR="-"), SaneListExtension(), TableExtension()]
        )
        self.markdown.preprocessors.deregister("html_block")
        self.markdown.inlinePatterns.deregister("html")
        for name in ("reference", "short_reference"):
            _note_references(self.markdown.inlinePatterns[name])
        tidy: Any = _Tidy(self)
        self.markdown.treeprocessors.register(tidy, "onrecord", 1)
        self.found: list[_Found] = []
        self.context = Context()
        self.plain: Callable[[str], str] = str

    def __call__(
        self, text: str, context: Context, plain: Callable[[str], str]
    ) -> tuple[str, tuple[Link, ...], tuple[Problem, ...]]:
        """Clean HTML, links and faults of a text; `plain` gives back the redactions that stand in it as words."""
        self.found, self.context, self.plain = [], context, plain
        with budget.limited(MOST_SECONDS):
            dirty: str = self.markdown.reset().convert(text)
            links, faults = _placed(self.found, text, context)
        # Not below the limit: what its attribute filter raises, nh3 passes over, and with it the filter's answer.
        clean = self.cleaned(
            dirty,
            tags=set(_TAGS),
            attributes={"*": {"id", "class"}, "a": {"href", "rel", "id", "class"}, "ol": {"start", "id", "class"}},
            attribute_filter=_allowed,
            url_schemes={"http", "https", "mailto"},
            link_rel=None,
            strip_comments=True,
        )
        return clean, links, faults


_CLASSES = frozenset(["footnote", "footnote-ref", "footnote-backref", "omission", "center", "end"])
_ID = re.compile(r"(?:[a-z]+[0-9]+|fn(?:ref)?[0-9]*-[\w-]+)")


def _allowed(tag: str, attribute: str, value: str) -> str | None:
    """nh3's word on each attribute: only ids and classes that this room writes itself."""
    if attribute == "id":
        return value if _ID.fullmatch(value) else None
    if attribute == "class":
        return value if value in _CLASSES else None
    if attribute == "start":
        return value if value.isdigit() else None
    return value


_REFERENCE = "reference"


def _note_references(pattern: Any) -> None:
    """Lets a pattern of Python-Markdown for references ([label][id], [id]) note on each link that its target is written elsewhere."""
    plain = pattern.makeTag

    def noted(href: str, title: str, text: str) -> Element:
        element: Element = plain(href, title, text)
        element.set(_REFERENCE, _REFERENCE)
        return element

    pattern.makeTag = noted


class _Tidy:
    """A tree processor of Python-Markdown: numbers the paragraphs, looks at links and headings, turns table alignment into classes."""

    def __init__(self, converter: _Converter) -> None:
        self.converter = converter

    def run(self, root: Element) -> None:
        self._visit(root, self.converter, self.converter.context, [0], False)

    def _visit(self, element: Element, converter: _Converter, context: Context, count: list[int], foot: bool) -> None:
        for child in element:
            tag = child.tag
            inside = foot or child.get("class") == "footnote"
            if tag == "p" and not inside:
                count[0] += 1
                child.set("id", f"{context.anchor}{count[0]}")
            elif tag == "h1":
                shown = self._shown("".join(child.itertext())).strip()
                converter.found.append(_Found("heading", shown))
            elif tag == "img":
                converter.found.append(_Found("image", self._shown(child.get("src", ""))))
            elif tag == "a" and child.get("class") is None:
                self._link(child, converter, context)
            elif tag == "pre":
                code = html.unescape("".join(child.itertext()))
                converter.found += (_Found(kind, written, code=True) for kind, _, written in _written(code))
                converter.found += (_Found("heading", written, code=True) for _, written in _first_level(code))
            style = child.attrib.pop("style", None)
            if style and "right" in style:
                child.set("class", "end")
            elif style and "center" in style:
                child.set("class", "center")
            self._visit(child, converter, context, count, inside)

    def _link(self, element: Element, converter: _Converter, context: Context) -> None:
        written = self._shown(element.get("href", ""))
        target = resolve(written, context)
        converter.found.append(_Found("definition" if element.attrib.pop(_REFERENCE, "") else "link", written, target))
        if target is None:
            element.attrib.pop("href", None)
            return
        element.set("href", address(target, written, context))
        if target.kind == "elsewhere":
            element.set("rel", "noopener noreferrer")

    def _shown(self, found: str) -> str:
        """What is in the tree as it was written: Python-Markdown keeps escaped characters and <mail@addresses> in codes of its own, and
        the redactions stand in it as words."""
        found = _ESCAPED.sub(lambda code: chr(int(code[1])), found.replace(_AMPERSAND, "&"))
        return self.converter.plain(html.unescape(found))


LINKS = (
    "Write a whole address (https://…), the file of another release (2012-02-08-title.md), a page of the site (../topics/index.html) "
    "or a paragraph (#p3)."
)


# ---- links -----------------------------------------------------------------------------------------------------------------------


def resolve(written: str, context: Context) -> Target | None:
    """What a link of a text leads to, or None where it may not be followed.

    Whole http, https and mailto addresses may; so may `x.md` (a release, on the archive's own pages a page like them), `pages/x.md`
    (one of the archive's own pages), `x.html` below the page the text stands on, and `#p3`.
    """
    if not written or any(ord(char) <= 0x20 and char != " " for char in written) or written[0] in " /\\":
        return None
    if _SCHEME.match(written):
        return Target("elsewhere", written) if _is_address(written) else None
    path, _, fragment = written.partition("#")
    fragment = urllib.parse.unquote(fragment)
    if not path:
        return Target("self", "", fragment) if fragment else None
    release = _RELEASE.fullmatch(urllib.parse.unquote(path))
    if release:
        own = release["folder"].endswith("pages/") or (context.article and release["folder"] in ("", "./"))
        stem = unicodedata.normalize("NFC", release["stem"])
        return Target("article" if own else "release", stem, fragment)
    path = path.partition("?")[0]
    if not path.endswith(".html"):
        return None
    page = posixpath.normpath(posixpath.join("" if context.article else "releases", urllib.parse.unquote(path)))
    of = _RELEASE_PAGE.fullmatch(page)
    if of and not _INDEX.fullmatch(of["stem"]):
        return Target("release", unicodedata.normalize("NFC", of["stem"]), fragment)
    return Target("page", page, fragment)


def address(target: Target, written: str, context: Context) -> str:
    """The address a link gets on its page."""
    if target.kind not in ("release", "article"):
        return written
    folder = "releases/" if target.kind == "release" else ""
    page = urllib.parse.quote(f"{folder}{target.slug}.html", safe=_SAFE)
    fragment = f"#{urllib.parse.quote(target.fragment, safe=_SAFE)}" if target.fragment else ""
    return f"{context.root}{page}{fragment}"


def _is_address(written: str) -> bool:
    try:
        parts = urllib.parse.urlsplit(written)
        if parts.scheme.lower() == "mailto":
            return "@" in parts.path and not re.search(r"\s", parts.path)
        return parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", written)
    except ValueError:
        return False


# ---- places ----------------------------------------------------------------------------------------------------------------------


_Kind = Literal["link", "image", "definition", "heading"]


@dataclass(frozen=True, slots=True)
class _Found:
    """What Python-Markdown made a link, an image or a first-level heading of: its target or words, and what a link leads to.

    A link by reference is found where its target is written, in the definition. `code` says that this is part of a code block, where
    it is none of these.
    """

    kind: _Kind
    written: str
    target: Target | None = None
    code: bool = False


_TOKEN = re.compile(
    r"(?P<escape>\\.)|(?P<code>`+)|(?P<blank>\n[ \t]*(?=\n))|(?P<open>!?\[)|(?P<close>\](?=[(:]))|(?P<shut>\])"
    r"|<(?P<auto>[A-Za-z][A-Za-z0-9+.-]*://[^<>]*)>|<(?P<mail>[^<> !]+@[^@<> ]+)>"
)
_INSIDE = re.compile(r"\(\s*(?:<([^<>]*)>|((?:\\.|[^\s()\\]|\((?:\\.|[^\s()\\])*\))*))")
_DEFINITION = re.compile(r":[ ]*(?:\n[ ]*)?<?(\S+?)>?(?=\s|$)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_FIRST_LEVEL = re.compile(r"^[ >*+\-0-9.]*(#)(?!#)(.*)$|^([^\n]+)\n[ >]*=+ *$", re.MULTILINE)


def _placed(found: list[_Found], text: str, context: Context) -> tuple[tuple[Link, ...], tuple[Problem, ...]]:
    """The links and faults of what was found, in the order of the text, each at its own place.

    Python-Markdown does not keep places. The text is searched for everything that could be written as a link; the first of those with
    a link's target is its place, the second that of the second link with it, and so on.
    """
    if all(one.code for one in found):
        return (), ()
    offsets = _offsets(text, found)
    used: dict[tuple[str, str], int] = {}
    placed = []
    for order, one in enumerate(found):
        key = (one.kind, one.written)
        there = offsets[key]
        number = used[key] = used.get(key, 0) + 1
        if not one.code:
            placed.append((there[min(number, len(there)) - 1], order, one))
    placed.sort(key=lambda entry: entry[:2])
    place = context.location.places(text)
    links = (Link(one.target, one.written, *place(at)) for at, _, one in placed if one.target)
    return tuple(links), tuple(fault for at, _, one in placed for fault in _faults(one, place(at)))


def _faults(found: _Found, place: tuple[int, int]) -> Iterator[Problem]:
    shown = found.written
    if found.kind == "heading":
        message = f"The heading “{shown}” is of the first level, which is the title's. Write ## instead of #."
        yield Problem(*place, "heading-level", message)
    elif found.kind == "image":
        message = f"The image “{shown}” cannot be shown: bodies hold text only. Remove it or describe it."
        yield Problem(*place, "image", message)
    elif found.target is None:
        yield Problem(*place, "bad-link", f"The link “{shown}” cannot be followed. {LINKS}")


def _offsets(text: str, found: list[_Found]) -> dict[tuple[str, str], list[int]]:
    """Where the things found could stand in the text, by what they are and what is written: at least one offset for each."""
    offsets: dict[tuple[str, str], list[int]] = {(one.kind, one.written): [] for one in found}
    unread: list[tuple[str, int]] = []
    for kind, at, written in _written(text):
        if (kind, written) in offsets:
            offsets[kind, written].append(at)
        else:
            unread.append((kind, at))
    headings = [one for one in found if one.kind == "heading"]
    lines = list(_first_level(text)) if headings else []
    if len(lines) == len(headings):
        for one, (at, _) in zip(headings, lines, strict=True):
            offsets["heading", one.written].append(at)
    else:
        for one in headings:
            letters = _letters(one.written)
            offsets["heading", one.written] = [at for at, line in lines if _letters(line) == letters]
    for (wanted, target), there in offsets.items():
        if not there:
            there += [at for kind, at in unread if kind == wanted and target and text.startswith(target, at)]
        if not there:
            there.append(max(text.find(target), 0))
    return offsets


def _first_level(text: str) -> Iterator[tuple[int, str]]:
    """(offset, words) of all that could be a heading of the first level."""
    for line in _FIRST_LEVEL.finditer(text):
        group = 2 if line[1] else 3
        yield line.start(1 if line[1] else 3), html.unescape(line[group])


def _written(text: str) -> Iterator[tuple[_Kind, int, str]]:
    """(kind, offset of the target, target) of all that could be a link, an image or the definition of a reference."""
    opened: list[bool] = []
    end = 0
    while token := _TOKEN.search(text, end):
        end = token.end()
        form = token.lastgroup
        if form == "code":
            # As many back-ticks close a run of code, before the next blank line.
            close = re.compile(rf"(?<!`){token[0]}(?!`)").search(text, end, _blank(text, end))
            end = close.end() if close else end
        elif form == "blank":
            opened.clear()
        elif form == "open":
            opened.append(token[0] == "![")
        elif form == "shut" and opened:
            opened.pop()
        elif form == "close" and opened:
            image = opened.pop()
            inside = _INSIDE.match(text, end)
            definition = None if inside else _DEFINITION.match(text, end)
            if inside:
                end = inside.end()
                group = 1 if inside[1] is not None else 2
                yield "image" if image else "link", inside.start(group), _unescaped(inside[group])
            elif definition:
                yield "definition", definition.start(1), _unescaped(definition[1])
        elif form == "auto":
            yield "link", token.start("auto"), _unescaped(token["auto"])
        elif form == "mail":
            written = _unescaped(token["mail"])
            yield "link", token.start("mail"), written if written.startswith("mailto:") else f"mailto:{written}"


def _blank(text: str, at: int) -> int:
    found = text.find("\n\n", at)
    return found if found >= 0 else len(text)


def _unescaped(written: str) -> str:
    return html.unescape(_ESCAPE.sub(r"\1", written)).strip()


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


_converter: _Converter | None = None


def _markdown(text: str, context: Context, plain: Callable[[str], str] = str) -> tuple[Body, tuple[Problem, ...]]:
    global _converter
    if _converter is None:
        _converter = _Converter()
    converter = _converter
    try:
        clean, links, faults = converter(text, context, plain)
    except BaseException:
        # An instance that was stopped half-way keeps its half; the next body gets a new one.
        _converter = None
        raise
    pieces = re.split(r"(<(?:pre|code)>.*?</(?:pre|code)>|<[^>]*>)", clean, flags=re.DOTALL)
    omissions = 0
    for at in range(0, len(pieces), 2):
        pieces[at], number = _omissions(pieces[at])
        omissions += number
    clean = "".join(pieces)
    paragraphs = tuple(_plain_text(match[1]) for match in _PARAGRAPH.finditer(clean))
    return Body(clean, paragraphs, links, omissions), faults


def _plain_text(inner: str) -> str:
    if "<" in inner:
        inner = _TAG.sub("", inner)
    return html.unescape(inner) if "&" in inner else inner
