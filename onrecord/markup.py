"""Markdown → safe HTML with an anchor on every paragraph.

A body of plain paragraphs, sub-headings and simple lists takes a direct path; everything else goes through Python-Markdown (with
footnotes, tables and sane_lists) and, last, through nh3 with a strict allow-list. Both give the same HTML for the same text, which a
property test holds them to. Raw HTML is not Markdown's business here: it comes out as written, as text.
"""

from __future__ import annotations

import html
import re
import signal
import threading
import types
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE

from onrecord.model import Body, Link

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
_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*)\s*:")
_RELEASE = re.compile(r"(?P<folder>(?:[^#?]*/)?)(?P<stem>[^/#?]+)\.md(?P<fragment>#.*)?")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a body that cannot be published: the line of the file it stands on, a code, and what to do."""

    line: int
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Context:
    """Where a body will stand: `root` leads from its page to the site's root ("../"), `anchor` begins its paragraphs' ids, `line` is
    the line of the file its first line stands on, `article` is true for the archive's own pages."""

    root: str = "../"
    anchor: str = "p"
    line: int = 1
    article: bool = False


def convert(text: str, context: Context = Context()) -> tuple[Body, tuple[Fault, ...]]:
    """The Body of a Markdown text and the faults found in it, in the order of their lines.

    `text` has LF line ends. Never raises for anything a text can hold: a text that takes more than MOST_SECONDS of processor time or
    nests too deeply comes back empty with a fault.
    """
    direct = _direct(text, context)
    if direct is not None:
        return direct
    try:
        return _markdown(text, context)
    except (RecursionError, _TooLong):
        fault = Fault(
            context.line,
            "too-complex",
            "The text nests brackets, emphasis or lists so deeply that it cannot be converted. Simplify it.",
        )
        return Body("", plain_path=False), (fault,)


# ---- the direct path -------------------------------------------------------------------------------------------------------------

# What could mean something to Python-Markdown anywhere in a text, apart from what the patterns below understand.
_NEVER = re.compile(r"[\\`_{}<|~^\t\x00-\x08\x0b-\x1f\x7f\u2028\u2029\x85]|&(?! )|!\[| \n")
_LINE_START = re.compile(r"^(?:[#>=~:+!\-\s]|[0-9]+[.)])", re.MULTILINE)
_WORDS = r"[^\W_](?:[^\[\]()*>!\n]*[^\W_])?"
_INLINE = re.compile(
    rf"(?<![\w*!\]\\])(?:\[(?P<label>{_WORDS})\]\((?P<url>https?://[A-Za-z0-9./?=%+,:;@#-]*[A-Za-z0-9/])\)"
    rf"|\*\*(?P<strong>{_WORDS})\*\*|\*(?P<em>{_WORDS})\*)(?![\w*(\[])"
)
_ALONE = re.compile(r"\((?:…|\.\.\.)\)|(?<![!\]])\[(?:…|\.\.\.)\](?![(\[:])")
_HEADING = re.compile(r"(#{2,6}) ([^\W_](?:[^\n#]*[^\W_.])?[.]?)")


def _direct(text: str, context: Context) -> tuple[Body, tuple[Fault, ...]] | None:
    """The Body of a plain text, or None where Python-Markdown has to look at it."""
    if not text or _NEVER.search(text) or text != text.strip("\n") or text[-1] == " ":
        return None
    parts: list[str] = []
    plain: list[str] = []
    links: list[Link] = []
    omissions = 0
    listed = False
    for block in re.split(r"\n\n+", text):
        first = block[0]
        if first == "#":
            heading = _HEADING.fullmatch(block)
            inner = _inline(heading[2], links, text, context) if heading else None
            if heading is None or inner is None or ">" in block:
                return None
            parts.append(f"<h{len(heading[1])}>{inner[0]}</h{len(heading[1])}>")
            omissions += inner[1]
            listed = False
        elif first == "-":
            items = block.split("\n")
            if listed or ">" in block:
                return None
            rows = []
            for item in items:
                inner = _inline(item[2:], links, text, context) if item[:2] == "- " and item[2:3].isalpha() else None
                if inner is None:
                    return None
                rows.append(f"<li>{inner[0]}</li>\n")
                omissions += inner[1]
            parts.append("<ul>\n" + "".join(rows) + "</ul>")
            listed = True
        else:
            if _LINE_START.search(block):
                return None
            inner = _inline(block, links, text, context)
            if inner is None:
                return None
            parts.append(f'<p id="{context.anchor}{len(plain) + 1}">{inner[0]}</p>')
            plain.append(_plain_text(inner[0]))
            omissions += inner[1]
            listed = False
    return Body("\n".join(parts), tuple(plain), tuple(links), omissions), ()


def _inline(text: str, links: list[Link], whole: str, context: Context) -> tuple[str, int] | None:
    """HTML of a run of text with its number of omissions, or None where its marks are not simple."""
    if "*" in text or "[" in text or "]" in text:
        rest = _ALONE.sub("", _INLINE.sub("", text))
        if "*" in rest or "[" in rest or "]" in rest:
            return None
        for match in _INLINE.finditer(text):
            if match["url"]:
                if not _is_address(match["url"]):
                    return None
                links.append(_link(match["url"], whole, context))
        text = _INLINE.sub(_mark, _escape(text))
    else:
        text = _escape(text)
    return _omissions(text)


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


class _TooLong(Exception):
    pass


@contextmanager
def _limit() -> Iterator[None]:
    """Stops what runs too long. Processor time, so that a busy machine does not fail a build; where there are no such timers (Windows,
    threads) the size limits of the read room are all there is."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_number: int, _frame: types.FrameType | None) -> None:
        raise _TooLong

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, MOST_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


class _Converter:
    """One Markdown instance for all bodies: making one costs more than most bodies do."""

    def __init__(self) -> None:
        self.markdown: Markdown = Markdown(
            extensions=[FootnoteExtension(SEPARATOR="-"), SaneListExtension(), TableExtension()]
        )
        self.markdown.preprocessors.deregister("html_block")
        self.markdown.inlinePatterns.deregister("html")
        self.markdown.treeprocessors.register(_Tidy(self.markdown, self), "onrecord", 1)
        self.faults: list[tuple[str, str, str]] = []
        self.targets: list[str] = []
        self.context = Context()

    def __call__(self, text: str, context: Context) -> str:
        self.faults, self.targets = [], []
        self.context = context
        with _limit():
            dirty: str = self.markdown.reset().convert(text)
        # Not below the limit: what its attribute filter raises, nh3 passes over, and with it the filter's answer.
        return nh3.clean(
            dirty,
            tags=set(_TAGS),
            attributes={"*": {"id", "class"}, "a": {"href", "rel", "id", "class"}, "ol": {"start", "id", "class"}},
            attribute_filter=_allowed,
            url_schemes={"http", "https", "mailto"},
            link_rel=None,
            strip_comments=True,
        )


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


class _Tidy(Treeprocessor):
    """Numbers the paragraphs, checks links and headings, and turns table alignment into classes."""

    def __init__(self, md: Markdown, converter: _Converter) -> None:
        super().__init__(md)
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
                shown = "".join(child.itertext()).strip()
                converter.faults.append(
                    (
                        shown,
                        "heading-level",
                        f"The heading “{shown}” is of the first level, which is the title's. Write ## instead of #.",
                    )
                )
            elif tag == "img":
                converter.faults.append(
                    (
                        child.get("src", ""),
                        "image",
                        f"The image “{child.get('src', '')}” cannot be shown: bodies hold text only. Remove it or describe it.",
                    )
                )
            elif tag == "a" and child.get("class") is None:
                self._link(child, converter, context)
            style = child.attrib.pop("style", None)
            if style and "right" in style:
                child.set("class", "end")
            elif style and "center" in style:
                child.set("class", "center")
            self._visit(child, converter, context, count, inside)

    def _link(self, element: Element, converter: _Converter, context: Context) -> None:
        # Python-Markdown writes <mail@addresses> as entities behind a mark of its own; unescaped they are plain text again.
        target = html.unescape(element.get("href", "").replace(AMP_SUBSTITUTE, "&"))
        resolved = address(target, context)
        if resolved is None:
            converter.faults.append((target, "bad-link", f"The link “{target}” cannot be followed. {LINKS}"))
            element.attrib.pop("href", None)
            return
        converter.targets.append(target)
        element.set("href", resolved)
        if _SCHEME.match(resolved):
            element.set("rel", "noopener noreferrer")


LINKS = (
    "Write a whole address (https://…), the file of another release (2012-02-08-title.md), a page of the site (../topics/index.html) "
    "or a paragraph (#p3)."
)


def address(target: str, context: Context) -> str | None:
    """The address a link of a body gets on its page, or None where it may not be followed.

    Whole http, https and mailto addresses stay; `x.md` becomes the page of that release, `pages/x.md` that of the archive's page.
    """
    if not target or any(ord(char) <= 0x20 and char != " " for char in target) or target.startswith(("//", "/", "\\")):
        return None
    if _SCHEME.match(target):
        return target if _is_address(target) else None
    if target.startswith("#"):
        return target if len(target) > 1 else None
    release = _RELEASE.fullmatch(urllib.parse.unquote(target))
    if release:
        own = release["folder"].endswith("pages/") or (context.article and release["folder"] in ("", "./"))
        page = urllib.parse.quote(f"{'' if own else 'releases/'}{release['stem']}.html", safe="/-._~!$&'()*+,;=:@")
        return f"{context.root}{page}{release['fragment'] or ''}"
    path = target.partition("#")[0].partition("?")[0]
    return target if path.endswith(".html") else None


def _is_address(target: str) -> bool:
    try:
        parts = urllib.parse.urlsplit(target)
        if parts.scheme.lower() == "mailto":
            return "@" in parts.path
        return parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", target)
    except ValueError:
        return False


_converter: _Converter | None = None


def _markdown(text: str, context: Context) -> tuple[Body, tuple[Fault, ...]]:
    global _converter
    if _converter is None:
        _converter = _Converter()
    converter = _converter
    try:
        clean = converter(text, context)
    except BaseException:
        # An instance that was stopped half-way keeps its half; the next body gets a new one.
        _converter = None
        raise
    pieces = re.split(r"(<(?:pre|code)>.*?</(?:pre|code)>|<[^>]*>)", clean, flags=re.DOTALL)
    omissions = 0
    for at in range(0, len(pieces), 2):
        pieces[at], found = _omissions(pieces[at])
        omissions += found
    clean = "".join(pieces)
    faults = tuple(
        sorted(
            (Fault(_line_of(found, text, context), code, message) for found, code, message in converter.faults),
            key=_by_line,
        )
    )
    links = tuple(_link(target, text, context) for target in converter.targets)
    paragraphs = tuple(_plain_text(match[1]) for match in _PARAGRAPH.finditer(clean))
    return Body(clean, paragraphs, links, omissions, plain_path=False), faults


def _by_line(fault: Fault) -> tuple[int, str, str]:
    return fault.line, fault.code, fault.message


def _plain_text(inner: str) -> str:
    return html.unescape(_TAG.sub("", inner))


def _link(target: str, text: str, context: Context) -> Link:
    at = text.find(target)
    column = at - text.rfind("\n", 0, at) if at >= 0 else 1
    return Link(target, _line_of(target, text, context), column)


def _line_of(needle: str, text: str, context: Context) -> int:
    """The line of the file on which something of the body stands; the body's first line where it cannot be found."""
    at = text.find(needle) if needle else -1
    return context.line + (text.count("\n", 0, at) if at >= 0 else 0)
