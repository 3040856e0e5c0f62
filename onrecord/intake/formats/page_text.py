"""What a page shows: its stretches of text, by a browser's parser and by the tree that the reader works on."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from onrecord.intake import raised_digits
from onrecord.intake.document import Mark
from onrecord.intake.formats import plaintext

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Elements that begin and end a stretch of text of their own.
BLOCKS = frozenset(
    "html body p div section article main header footer aside nav h1 h2 h3 h4 h5 h6 ul ol menu li blockquote pre table caption thead tbody "
    "tfoot tr td th dl dt dd hr br address center details summary hgroup fieldset legend figure figcaption form dialog noscript option "
    "select button label textarea optgroup search svg text".split()
)
# Elements whose text no browser shows as a part of the page.
UNSEEN = frozenset(
    "script style template head title meta link base iframe object embed canvas video audio map picture img source track param datalist "
    "noembed noframes annotation annotation-xml desc metadata rp frameset".split()
)
INLINE = frozenset("a b strong i em cite q s del ins strike sup sub span time ruby rt rp font u small code".split())
_ATTRIBUTES = frozenset(
    "class id name style hidden role lang dir start value reversed type href colspan rowspan aria-hidden aria-expanded "
    "aria-controls datetime itemprop".split()
)
_RAISED = {"sup": "raised", "sub": "lowered"}
# Elements whose content browsers do not read as markup; in a text box, markup is text.
_RAW = re.compile(r"(?is)<textarea\b.*?(?:</textarea|\Z)|(</?)(?:noscript|plaintext|xmp|listing)\b")
_TAG = re.compile(r"<(/?)([a-z0-9]++)[^<>]*+>")
_SENTENCE = re.compile(r"[.!?…؟؛۔।。！？][\"”»’')\]]*(?:\s|$|(?<=[。！？]))")
# A reference to a character, or a sign that begins none (HTML Standard, 13.2.5.72 and what follows it).
_REFERENCE = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)?")
# nh3 looks through the rest of a text for each of these two that it writes: few of them take no time.
_ESCAPED = ("&", "\u00a0")
_MANY_ESCAPED = 2_000
# What stands in a tag behind its first sign, and a value in quotation marks in it (HTML Standard, 13.2.5.32 to 13.2.5.39).
_IN_TAG = re.compile(r"""[a-zA-Z](?>[^"'>]|"[^"]*+"|'[^']*+')*+""")
_IN_QUOTES = re.compile(r""""[^"]*+"|'[^']*+'""")
_LONG_TAG = 10_000
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
# A stretch with fewer characters is hardly a sentence.
_LEAST_PROSE = 60


def most_attributes(source: str) -> int:
    """At least as many attributes as the element of a page has that has the most; 0 where no tag is long enough to have very many."""
    most = 0
    for piece in source.split("<"):
        if len(piece) >= _LONG_TAG and (tag := _IN_TAG.match(piece)) and len(tag[0]) >= _LONG_TAG:
            most = max(most, len(_IN_QUOTES.sub("", tag[0]).replace("/", " ").split()))
    return most


def visible(source: str) -> tuple[str, ...]:
    """The stretches of text that a browser could show of an HTML page, in order, by the parser of browsers (html5ever). What is hidden,
    collapsed or shown without scripts is among them."""
    cleaned = _cleaned(
        source,
        tags=set(BLOCKS - {"html", "body", "noscript"}) | {"sup", "sub", "svg", "g", "text", "tspan"},
        clean_content_tags=set(UNSEEN - {"meta", "link", "base", "head", "img", "source", "track", "param", "embed"}),
        attributes={},
    )
    out: list[str] = []
    pending: list[str] = []
    mark: Mark = ""
    end = 0
    for tag in _TAG.finditer(cleaned):
        pending.append(raised_digits.written(html.unescape(cleaned[end : tag.start()]), mark))
        end = tag.end()
        mark = ""
        if tag[2] in _RAISED:
            mark = ("raised" if tag[2] == "sup" else "lowered") if not tag[1] else ""
        elif tag[2] in BLOCKS:
            out.append("".join(pending))
            pending = []
    pending.append(html.unescape(cleaned[end:]))
    out.append("".join(pending))
    return tuple(text for piece in out if piece and not piece.isspace() and (text := plain(piece)))


def _as_block(tag: re.Match[str]) -> str:
    return f"{tag[1]}div" if tag[1] else tag[0]


def plain(text: str) -> str:
    """A stretch as the blocks have it: white space as single blanks, invisible marks gone, ligatures spelled out."""
    if text.isascii():
        # Nothing to compose, no ligature.
        return plaintext.clean(" ".join(text.split()))
    return plaintext.clean(" ".join(unicodedata.normalize("NFC", text.translate(plaintext.LIGATURES)).split()))


def normalised(source: str) -> str:
    """The page as the parser of browsers understands it, written out anew: for pages of which the quicker parser loses text."""
    return _cleaned(
        source,
        tags=set(BLOCKS | INLINE | {"html", "body"}),
        clean_content_tags={"script", "style", "template", "title", "iframe", "object", "canvas", "video", "audio"},
        attributes={"*": set(_ATTRIBUTES)},
    )


def _cleaned(source: str, *, tags: set[str], clean_content_tags: set[str], attributes: dict[str, set[str]]) -> str:
    """A page as nh3 writes it, with other signs for what it would write in a time that grows with the square of the text."""
    import nh3

    source = _RAW.sub(_as_block, source)
    free = [sign for sign in map(chr, range(0xFDD0, 0xFDF0)) if sign not in source]
    stand_ins = dict(zip(_ESCAPED, free, strict=False)) if sum(map(source.count, _ESCAPED)) > _MANY_ESCAPED else {}
    if len(stand_ins) == len(_ESCAPED):

        @cache
        def written(reference: str) -> str:
            text = html.unescape(reference)
            return stand_ins[text[0]] + text[1:] if text[:1] in stand_ins else reference

        source = _REFERENCE.sub(lambda reference: written(reference[0]), source).replace("\u00a0", stand_ins["\u00a0"])
    out = nh3.clean(source, tags=tags, clean_content_tags=clean_content_tags, attributes=attributes, link_rel=None)
    for sign, stand_in in stand_ins.items():
        out = out.replace(stand_in, "&amp;" if sign == "&" else "&nbsp;")
    return out


def depth(root: HtmlElement) -> int:
    """How deep the elements below one are nested."""
    deepest = 0
    level = {root: 0}
    for element in root.iter():
        parent = element.getparent()
        level[element] = level.get(parent, -1) + 1 if parent is not None else 0
        deepest = max(deepest, level[element])
    return deepest


class Cuts:
    """Takes elements out of a tree: what stands behind each stays, and what was parted by it stays parted. What stands behind elements
    that follow each other is joined once, so that very many take no longer than they are; it stands in the tree after `finish`."""

    def __init__(self, taken: Callable[[HtmlElement], None] = lambda _: None) -> None:
        """`taken` is called with each element before it is taken out."""
        self._taken = taken
        # Where the texts go: behind an element, or at the beginning of one.
        self._place: tuple[HtmlElement, bool] | None = None
        self._texts: list[str] = []

    def take(self, element: HtmlElement) -> None:
        """Takes out an element that has a parent."""
        parent, before = element.getparent(), element.getprevious()
        here, is_behind = (parent, False) if before is None else (before, True)
        if self._place is None or self._place[0] is not here or self._place[1] != is_behind:
            self.finish()
            self._place = here, is_behind
        if element.tail or element.tag in BLOCKS:
            self._texts.append(f" {element.tail or ''}")
            element.tail = None
        self._taken(element)
        parent.remove(element)

    def finish(self) -> None:
        """Puts what stood behind the last ones into the tree."""
        if self._place is not None and self._texts:
            element, is_behind = self._place
            if is_behind:
                element.tail = "".join((element.tail or "", *self._texts))
            else:
                element.text = "".join((element.text or "", *self._texts))
        self._place = None
        self._texts.clear()


def stretches(element: HtmlElement) -> list[str]:
    """The stretches of text below an element, in order; those of elements that no browser shows left out."""
    out: list[str] = []
    pending: list[str] = []

    def close() -> None:
        if not pending:
            return
        text = plain("".join(pending))
        pending.clear()
        if text:
            out.append(text)

    for event, piece, mark in _pieces(element):
        if event == "text":
            pending.append(raised_digits.written(piece, mark))
        else:
            close()
    close()
    return out


def _pieces(top: HtmlElement) -> Iterator[tuple[str, str, Mark]]:
    """Text with its mark, and the edges of blocks, in document order, without recursion."""
    stack: list[tuple[HtmlElement, bool]] = [(top, False)]
    while stack:
        element, leaving = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else "script"
        if leaving:
            if tag in BLOCKS:
                yield "edge", "", ""
        elif tag not in UNSEEN:
            if tag in BLOCKS:
                yield "edge", "", ""
            if element.text:
                yield "text", element.text, ("raised" if tag == "sup" else "lowered" if tag == "sub" else "")
            stack.append((element, True))
            stack.extend((child, False) for child in reversed(element))
            continue
        if element is not top and element.tail:
            parent = element.getparent()
            outer = parent.tag if parent is not None else ""
            yield "text", element.tail, ("raised" if outer == "sup" else "lowered" if outer == "sub" else "")


def is_sentence(text: str) -> bool:
    """True for a stretch of running text: long enough, and with the end of a sentence in it."""
    length = len(text) + 2 * len(_UNSPACED.findall(text))
    return length >= _LEAST_PROSE and _SENTENCE.search(text) is not None
