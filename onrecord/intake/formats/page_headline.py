"""The headline of a page that has no heading of the first level: the heading whose words are those of the page's title."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from onrecord.intake.document import Metadata
from onrecord.intake.formats.page_features import names
from onrecord.intake.formats.page_text import plain

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Between a headline and the name of the site in the title of a page; between Chinese signs, a stroke needs no blanks.
_SEPARATOR = re.compile(
    r"(?<!\s)\s+[‹›«»|·•–—:-]++\s+|(?:(?<!\s)\s+)?[|‹›]\s*|(?<=\s)»\s*"
    r"|(?<=[\u3001-\u9fff\uff01-\uff60”’])[-_](?=[\u3040-\u9fff])"
)
_LEAST, _LEAST_WORDS = 12, 3
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")
# How a standfirst is named.
_STANDFIRST = re.compile(r"(?<![a-z])(?:standfirst|sub-?title|sub-?head(?:line|ing)?|dek|deck|excerpt)(?![a-z])")
_MOST_STANDFIRST, _MOST_PARTS = 400, 3
# Blanks, and what stands between two pieces of a headline where they are written on one line.
_BETWEEN = re.compile(r"[\s:：|·•/–—-]")
# What a headline neither begins nor ends with.
_SEPARATING = " \t:：|·•/–—-"
_LEAST_PIECES, _MOST_SEPARATORS = 2, 6
# More pieces are words that are moved or coloured one by one.
_MOST_PIECES = 3
# How the line above a headline is named, and the headline itself, where both stand in one heading.
_KICKER = re.compile(
    r"(?<![a-z])(?:kicker|overline|eyebrow|topline|roofline|dachzeile|spitzmarke|surtitle|pretitle|strapline)(?![a-z])"
)
_HEADLINE = re.compile(r"(?<![a-z])(?:headline|main-?title|title-?text)(?![a-z])")
# Behind the headline, a page's title has a picture's credit in brackets, or the name of the site.
_BEHIND = re.compile(r"\s*+[(（\[【|‹›·•]")
_LONGEST_TITLE = 2_000
_LEAVES = ("div", "p", "td", "center", "font", "span", "strong", "b")
_TAGS = ("h2", "h3", "h4", "h5", "h6")


def mark(root: HtmlElement, metadata: Metadata) -> None:
    """Makes the heading that the page's title begins with its only heading of the first level. One that is a link leads
    elsewhere, and one that stands twice is no headline."""
    _part(root, metadata)
    first = [heading for heading in root.iter("h1") if plain(heading.text_content())]
    wanted = {name.casefold() for stated in metadata.titles for name in _headlines(plain(stated.value))}
    found = [heading for heading in root.iter(*_TAGS) if plain(heading.text_content()).casefold() in wanted]
    if first:
        titled = [heading for heading in (*first, *found) if plain(heading.text_content()).casefold() in wanted]
        if len(titled) == 1:
            # The others name the site, a section, or another text.
            for heading in first:
                heading.tag = "h2"
            titled[0].tag = "h1"
        return
    if not found:
        # Old pages have no headings.
        found = [
            element
            for element in root.iter(*_LEAVES)
            if _is_line(element) and plain(element.text_content()).casefold() in wanted
        ]
        found = [element for element in found if not any(inner in found for inner in element.iterdescendants())][:1]
    if len(found) == 1:
        found[0].tag = "h1"


def _part(root: HtmlElement, metadata: Metadata) -> None:
    """Parts headlines of the first two levels that are made of several pieces, as their style does. Where the page's title is one piece,
    or one is named the headline, the others stand above it; where it is all of them, they are written as it is. Where no title has them,
    the pieces of a first heading are headings of their own: nobody can say which is the headline."""
    titles = [plain(stated.value) for stated in metadata.titles]
    stretches = {name for title in titles for name in _stretches(title)}
    for heading in list(root.iter("h1", "h2")):
        if any(True for _ in heading.iter("a", "s", "strike", "del", "sup", "sub")):
            continue
        pieces = _pieces(heading)
        shown = plain(heading.text_content())
        if len(pieces) < _LEAST_PIECES or len(shown) > _MOST_STANDFIRST:
            continue
        # "- It goes on": of a spoken headline, the dash is a part.
        wanted = stretches if shown[:1] in _SEPARATING else {name.strip(_SEPARATING) for name in stretches}
        # The wording that has the most marks between the pieces.
        whole = max((name for name in sorted(wanted) if _unparted(name) == _unparted(shown)), key=len, default="")
        titled = [piece for piece in pieces if piece in wanted]
        titled = titled or [piece for piece in pieces if any(_begins(title, piece) for title in titles)]
        titled = titled or _named(heading, pieces)
        if whole:
            _write(heading, whole)
        elif len(titled) == 1 and heading.getparent() is not None:
            at = pieces.index(titled[0])
            for text in pieces[:at]:
                _beside(heading, text, heading.addprevious)
            for text in reversed(pieces[at + 1 :]):
                _beside(heading, text, heading.addnext)
            _write(heading, titled[0])
        elif heading.tag == "h1" and heading.getparent() is not None and _is_of_elements(heading, pieces):
            for text in pieces[:-1]:
                above_it = heading.makeelement("h1")
                above_it.text = text
                heading.addprevious(above_it)
            _write(heading, pieces[-1])
        else:
            for element in heading.iter("span"):
                behind = element.getnext()
                if element.tail or behind is None or behind.tag != "span":
                    continue
                if all(len(plain(piece.text_content()).split()) > 1 for piece in (element, behind)):
                    element.tail = " "


def _pieces(heading: HtmlElement) -> list[str]:
    """The texts of the elements of a heading and of what stands between them."""
    around = heading
    while len(around) == 1 and not plain(around.text or "") and not plain(around[0].tail or ""):
        around = around[0]
    texts = [around.text or ""]
    for element in around:
        texts += [element.text_content() if isinstance(element.tag, str) else "", element.tail or ""]
    return [text for text in map(plain, texts) if text]


def _begins(title: str, piece: str) -> bool:
    """True for a piece with which a title of the page begins, with something else behind it."""
    return len(piece) * 2 > len(title) and title.startswith(piece) and _BEHIND.match(title, len(piece)) is not None


def _named(heading: HtmlElement, pieces: Sequence[str]) -> list[str]:
    """The one piece that an element holds which is named the headline; else the others where the first is named a kicker; an empty
    list where no name says which is which."""
    elements = list(heading.iter("span", "div", "p", "small", "strong"))
    named = {plain(each.text_content()) for each in elements if _is_named(each, _HEADLINE)} & set(pieces)
    if named:
        return sorted(named)
    first = any(_is_named(each, _KICKER) and plain(each.text_content()) == pieces[0] for each in elements)
    return list(pieces[1:]) if first else []


def _is_named(element: HtmlElement, pattern: re.Pattern[str]) -> bool:
    return any(pattern.search(name) for name in names(element))


def _is_of_elements(heading: HtmlElement, pieces: Sequence[str]) -> bool:
    """True where each piece but the last is an element, and the next begins as a line does: its first letter is no small one, and no
    mark joins it to the piece before."""
    around = heading
    while len(around) == 1 and not plain(around.text or "") and not plain(around[0].tail or ""):
        around = around[0]
    return (
        not plain(around.text or "")
        and len(pieces) <= _MOST_PIECES
        and not any(plain(element.tail or "") for element in around[:-1])
        and all(element.tag in ("span", "div", "p", "small") for element in around if plain(element.text_content()))
        and not any(piece[:1].islower() or not piece[:1].isalnum() for piece in pieces[1:])
        and not any(piece[-1:] in _SEPARATING for piece in pieces[:-1])
        and any(len(piece.split()) >= _LEAST_WORDS or _UNSPACED.search(piece) for piece in pieces)
    )


def _beside(heading: HtmlElement, text: str, add: Callable[[HtmlElement], None]) -> None:
    line = heading.makeelement("p")
    line.text = text
    add(line)


def _write(heading: HtmlElement, text: str) -> None:
    for element in list(heading):
        heading.remove(element)
    heading.text = text


def _unparted(text: str) -> str:
    """The text without blanks and without what a title puts between its pieces."""
    return _BETWEEN.sub("", text)


def _stretches(title: str) -> Iterator[str]:
    """The title, and what stands between any two separators in it, where it is long enough to be a headline."""
    marks = list(_SEPARATOR.finditer(title))[:_MOST_SEPARATORS]
    begins = [0, *(mark.end() for mark in marks)]
    ends = [*(mark.start() for mark in marks), len(title)]
    for begin in begins:
        for end in ends:
            if end - begin >= _LEAST:
                yield title[begin:end]


def _is_line(element: HtmlElement) -> bool:
    """True for an element of a few words in which no link stands."""
    if len(element) > _MOST_PARTS:
        return False
    length = 0
    for text in element.itertext():
        length += len(text)
        if length > _MOST_STANDFIRST:
            return False
    return not any(True for _ in element.iter("a"))


def mark_standfirst(headline: HtmlElement | None, root: HtmlElement) -> str:
    """Makes a heading of the second level of the one element that is named the standfirst and follows the headline. Gives back its
    text; empty where there is none."""
    if headline is None:
        return ""
    behind = False
    for element in root.iter():
        behind = behind or element is headline
        if (
            not behind
            or element is headline
            or not isinstance(element.tag, str)
            or element.tag not in ("div", "p", "span", "header")
        ):
            continue
        if any(_STANDFIRST.search(name) for name in names(element)):
            text = plain(element.text_content())
            leaves = [inner for inner in element.iter("p", "div") if inner.text and inner.text.strip()] or [element]
            if 20 <= len(text) <= _MOST_STANDFIRST and len(leaves) == 1 and leaves[0].tag in ("p", "div"):
                leaves[0].tag = "h2"
                return text
            return ""
    return ""


def above(root: HtmlElement, text_part: HtmlElement) -> HtmlElement | None:
    """The heading of the first level that stands last before the text, or first in it; None where there is none."""
    inside = set(text_part.iter("h1"))
    last = None
    for element in root.iter("h1", text_part.tag):
        if element is text_part:
            break
        if element.tag == "h1" and element not in inside and plain(element.text_content()):
            last = element
    return last if last is not None else next(iter(text_part.iter("h1")), None)


def _headlines(title: str) -> list[str]:
    """The title, and what stands before each separator in it, where it is long enough to be a headline."""
    if len(title) > _LONGEST_TITLE:
        # An element that was not closed has the page in it.
        return []
    ends = [*(match.start() for match in _SEPARATOR.finditer(title)), len(title)]
    return [
        title[:end]
        for end in ends
        if end >= _LEAST and (len(title[:end].split()) >= _LEAST_WORDS or _UNSPACED.search(title))
    ]
