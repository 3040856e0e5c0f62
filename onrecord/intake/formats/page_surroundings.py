"""What stands around the text of a page: left out part by part, with what it is as far as its words say; the lines of the head stay."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.intake.document import LeftOut
from onrecord.intake.formats.page_text import is_sentence, plain, stretches

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from onrecord.intake.lexicon import Lexicon

COPYRIGHT = re.compile(r"©|\bcopyright\b|\(c\)\s*\d{4}", re.I)
WORD = re.compile(r"\w")
_MOST_NOTICE = 600
_INLINE = frozenset(["span", "time", "a", "b", "strong", "em", "i", "small", "font"])
_WORD_AT_END, _WORD_AT_START = re.compile(r"\w$"), re.compile(r"\d|[^\W\d_][^\W\d_]")
# A part of a release behind its text has a heading with no more words.
_MOST_HEADING = 60


def narrowed(
    text_part: HtmlElement, headline: HtmlElement | None, lexicon: Lexicon
) -> tuple[HtmlElement, tuple[LeftOut, ...]]:
    """The smallest element that holds the text and its headline, with what stands in it around both taken out: all that is behind the
    text, but for notes, contacts and what an organization says of itself; and running text above the headline. What stands between
    headline and text stays."""
    container = _around_both(text_part, headline)
    for element in itertools.takewhile(lambda inside: inside is not text_part, container.iter()):
        _part_inline(element)
    left: list[LeftOut] = []
    path = [text_part, *itertools.takewhile(lambda outer: outer is not container, text_part.iterancestors())]
    if container is not text_part:
        path.append(container)
    to_headline = {headline, *headline.iterancestors()} if headline is not None else set()
    for inner, outer in itertools.pairwise(path):
        passed = False
        above = outer in to_headline and inner not in to_headline
        for child in list(outer):
            if child is inner:
                passed = True
            elif passed:
                if isinstance(child.tag, str) and not _belongs(child, lexicon):
                    left += _gone(child, lexicon)
            elif child in to_headline:
                above = False
            elif above and isinstance(child.tag, str) and any(is_sentence(text) for text in stretches(child)):
                left += _gone(child, lexicon)
            if passed and child.tail and WORD.search(child.tail):
                left.append(_around(plain(child.tail), False, lexicon))
                child.tail = None
    return container, tuple(left)


def _part_inline(element: HtmlElement) -> None:
    """Puts a blank between an element of a line and the next, where both have words at that edge: what the page's style sets apart."""
    after = element.getnext()
    if element.tag not in _INLINE or element.tail or after is None or after.tag not in _INLINE:
        return
    if _WORD_AT_END.search(element.text_content()) and _WORD_AT_START.match(after.text_content()):
        element.tail = " "


def _around_both(text_part: HtmlElement, headline: HtmlElement | None) -> HtmlElement:
    if headline is None:
        parent = text_part.getparent()
        return text_part if parent is None or parent.tag in ("html", "body") else parent
    outer = {headline, *headline.iterancestors()}
    return next((around for around in (text_part, *text_part.iterancestors()) if around in outer), text_part)


def _belongs(element: HtmlElement, lexicon: Lexicon) -> bool:
    """True for a part behind the text that begins as the notes, the contacts or the foot of a release do."""
    first = next((text for text in stretches(element) if WORD.search(text)), "")
    if not first:
        return False
    if element.tag == "a" or len(first) > _MOST_HEADING * 4:
        return False
    head = first[:_MOST_HEADING]
    return any(
        lexicon.pattern(category, "whole" if category == "end_marks" else "start").match(head)
        for category in ("notes_heading", "contacts_heading", "end_marks", "issued_by")
    )


def _gone(element: HtmlElement, lexicon: Lexicon) -> Iterator[LeftOut]:
    linked = {plain(link.text_content()) for link in element.iter("a")}
    for text in stretches(element):
        if WORD.search(text):
            yield _around(text, text in linked, lexicon)
    element.drop_tree()


def outside(container: HtmlElement, lexicon: Lexicon) -> tuple[LeftOut, ...]:
    """What stands around the element that holds the text, part by part."""
    around: list[LeftOut] = []
    # A sentence that leads elsewhere is the head of another text.
    linked = {plain(link.text_content()) for link in container.getroottree().iter("a")}
    path = [container, *container.iterancestors()]
    for inner, outer in itertools.pairwise(path):
        before = [plain(outer.text or "")]
        after: list[str] = []
        passed = False
        for child in outer:
            side = after if passed else before
            if child is inner:
                passed = True
                side = after
            elif isinstance(child.tag, str):
                side += stretches(child)
            side.append(plain(child.tail or ""))
        around += [_around(text, text in linked, lexicon) for text in (*before, *after) if WORD.search(text)]
    return tuple(around)


def _around(text: str, is_link: bool, lexicon: Lexicon) -> LeftOut:
    """A stretch that stands around the text, with what it is as far as its words say."""
    if is_link:
        return LeftOut(text, "link outside the text")
    if lexicon.pattern("navigation", "whole").match(text) or lexicon.pattern("after_page", "whole").match(text):
        return LeftOut(text, "navigation")
    if COPYRIGHT.search(text) and len(text) < 200:
        return LeftOut(text, "copyright line")
    doubtful = is_doubtful(text, lexicon)
    return LeftOut(text, "outside the text" if doubtful or not is_sentence(text) else "cookie notice", doubtful)


def is_doubtful(text: str, lexicon: Lexicon) -> bool:
    """True for a stretch that reads like a sentence and not like what pages say of themselves."""
    return (
        is_sentence(text)
        and not (COPYRIGHT.search(text) and len(text) < 200)
        and not lexicon.pattern("navigation", "whole").match(text)
        and not (len(text) < _MOST_NOTICE and lexicon.pattern("wall", "within").search(text))
    )
