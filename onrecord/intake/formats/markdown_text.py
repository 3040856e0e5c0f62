"""What stands in a Markdown text and not on the page that it makes: the letters of one are held against those of the other."""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from urllib.parse import unquote

from onrecord.intake.document import LeftOut
from onrecord.intake.formats import page_text

_WORD = re.compile(r"[^\W_]+")
_COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.S)
_CODE = re.compile(r"<(script|style)\b[^<>]*>(.*?)(?:</\1\s*>|\Z)", re.S | re.I)
_HIDDEN = re.compile(
    r"<(template|iframe|object|video|audio|canvas|datalist|noframes|noembed|map)\b[^<>]*>(.*?)(?:</\1\s*>|\Z)",
    re.S | re.I,
)
_IMAGE = re.compile(r"<img\b[^<>]*>", re.I)
_LINK = re.compile(r"<a\b[^<>]*>", re.I)
_ATTRIBUTE = re.compile(r"\s(alt|title)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.I)
_TAG = re.compile(r"<[/!?]?([a-zA-Z][\w:-]*+)?+[^<>]*+>")
# What gives a line its form and is written another way, or not at all, on a page: numbers of items, marks of notes, labels of links.
_FORM = re.compile(r"^[ \t>]*(?:[-+*][ \t]+)*\d{1,9}[.)](?=[ \t]|$)|\[\^[^\]\s]{1,200}+\]:?|(?<=\])\[[^\[\]]{1,200}+\]")
_ELEMENTS = page_text.BLOCKS | page_text.UNSEEN | frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark q rp rt ruby s samp small span strike strong sub sup time "
    "tt u var wbr col colgroup input img progress meter output noscript param source track g path rect circle tspan".split()
)  # fmt: skip


def unshown(source: str, page: str) -> Iterator[LeftOut]:
    """What a text holds and its page (HTML) does not show, each with the reason: comments, code, hidden elements, descriptions of
    pictures, titles of links, and every line with words that stand nowhere on the page: definitions of links, names of a code's language,
    tags that no browser knows."""
    for pattern, reason in ((_COMMENT, "comment"), (_CODE, "code for programs"), (_HIDDEN, "hidden")):
        for match in pattern.finditer(page) if "<" in page else ():
            inner = match[match.lastindex or 1]
            text = inner if reason == "code for programs" else page_text.plain(html.unescape(_TAG.sub(" ", inner)))
            if _WORD.search(text):
                yield LeftOut(text.strip(), reason, prose=reason == "comment" and page_text.is_sentence(text))
    for pattern, reason in ((_IMAGE, "description of a picture"), (_LINK, "title of a link")):
        for tag in pattern.finditer(page):
            for _, double, single in _ATTRIBUTE.findall(tag[0]):
                if _WORD.search(text := page_text.plain(html.unescape(double or single))):
                    yield LeftOut(text, reason)
    yield from _missing_lines(source, page)


def _missing_lines(source: str, page: str) -> Iterator[LeftOut]:
    """The lines of a text that hold words which its page does not have, addresses and attributes counted as the page's."""
    known = _TAG.sub(lambda tag: "" if _is_unknown(tag) else _without_name(tag), page)
    count = Counter(_words(known))
    if "%" in known:
        count.update(_words(unquote(known)))
    if "xn--" in known:
        count.update(word for part in re.findall(r"xn--[\w-]+", known) for word in _words(_decoded(part)))
    for line in source.split("\n"):
        missing = False
        written = _TAG.sub(lambda tag: tag[0] if _is_unknown(tag) else _without_name(tag), _FORM.sub(" ", line))
        for word in _words(written):
            if count[word] > 0:
                count[word] -= 1
            else:
                missing = True
        if missing:
            yield LeftOut(line.strip(), "markup", prose=page_text.is_sentence(_TAG.sub(" ", line)))


def _is_unknown(tag: re.Match[str]) -> bool:
    """True for a tag that no browser knows: its words may have been meant as text."""
    return tag[1] is not None and tag[1].lower() not in _ELEMENTS


def _without_name(tag: re.Match[str]) -> str:
    return f" {tag[0][tag.end(1) - tag.start() :]}" if tag[1] else tag[0]


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFC", html.unescape(text)))


def _decoded(label: str) -> str:
    """A part of a host's name as it was written (RFC 5891)."""
    try:
        return label.encode("ascii").decode("idna")
    except (UnicodeError, ValueError):
        return label
