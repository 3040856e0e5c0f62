"""What interrupts the text of a page: a box of notes, a line that leads to other pages. What follows in the same element decides: where
paragraphs of the text's kind go on behind it, the interruption alone is left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.intake.formats.page_features import PageFeatures, children
from onrecord.intake.formats.page_text import plain, stretches

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from onrecord.intake.lexicon import Lexicon

REASON = "box within the text"
_BOXES = frozenset(["div", "aside", "section"])
_LINES = frozenset(["p", "h2", "h3", "h4", "h5", "h6"])
# A box is no longer, a heading no longer, and so many lines of links may follow one.
_MOST_BOX, _MOST_HEADING, _MOST_LINE, _MOST_LINKS = 400, 90, 160, 8
# So many paragraphs of one kind stand before and behind an interruption, each with so many characters.
_LEAST_PARAGRAPHS, _LEAST_TEXT = 2, 60
_LINKED, _MOSTLY_LINKED = 0.3, 0.5
_FRAME = " \t:：*>»›.…-–—"


def interruptions(part: HtmlElement, features: PageFeatures, lexicon: Lexicon) -> frozenset[HtmlElement]:
    """The elements within the text `part` that interrupt it, the lines of links that follow one among them."""
    found: set[HtmlElement] = set()
    for around in part.iter():
        if not isinstance(around.tag, str) or len(around) <= _LEAST_PARAGRAPHS * 2:
            continue
        inside = list(children(around))
        running = [_is_running(child, features) for child in inside]
        if sum(running) < _LEAST_PARAGRAPHS * 2:
            continue
        # Of each place, how many paragraphs stand before it, and of which kinds.
        count, kinds = 0, set()
        at = 0
        while at < len(inside):
            if running[at]:
                count += 1
                kinds.add(_kind(inside[at]))
            elif count >= _LEAST_PARAGRAPHS and (length := _length(inside, at, features, lexicon)):
                if _goes_on(inside, running, at + length, kinds):
                    found.update(inside[at : at + length])
                at += length
                continue
            at += 1
    return frozenset(found)


def _is_running(element: HtmlElement, features: PageFeatures) -> bool:
    here = features[element]
    return element.tag == "p" and here.sentences > 0 and here.text >= _LEAST_TEXT and here.link_density < _LINKED


def _kind(element: HtmlElement) -> str:
    return " ".join(sorted((element.get("class") or "").split()))


def _length(inside: Sequence[HtmlElement], at: int, features: PageFeatures, lexicon: Lexicon) -> int:
    """How many elements an interruption has that begins here: a box by itself, or a line and those of links; 0 where none begins."""
    element = inside[at]
    here = features[element]
    if not here.text or here.text > _MOST_BOX:
        return 0
    texts = [text for text in stretches(element) if text.strip(_FRAME)]
    if not texts or len(texts[0]) > _MOST_HEADING:
        return 0
    heading = plain(texts[0]).strip(_FRAME)
    leads_away = lexicon.pattern("after_page", "whole").match(heading) is not None
    if element.tag in _BOXES:
        notes = lexicon.pattern("notes_heading", "whole").match(heading) is not None
        return 1 if len(texts) > 1 and (notes or (leads_away and here.links)) else 0
    if element.tag not in _LINES:
        return 0
    before_link = (element.text or "").strip(_FRAME)
    if here.links and here.text <= _MOST_LINE and here.link_density > _LINKED and before_link:
        # "Read also: " with the link on the same line.
        return int(lexicon.pattern("after_page", "whole").match(plain(before_link)) is not None)
    if not leads_away or len(texts) > 1:
        return 0
    end = at + 1
    while end < len(inside) and end - at <= _MOST_LINKS and _is_line_of_links(inside[end], features):
        end += 1
    return end - at if end > at + 1 else 0


def _is_line_of_links(element: HtmlElement, features: PageFeatures) -> bool:
    here = features[element]
    return element.tag in ("p", "ul", "div") and here.links > 0 and here.link_density > _MOSTLY_LINKED


def _goes_on(inside: Sequence[HtmlElement], running: Sequence[bool], begin: int, kinds: set[str]) -> bool:
    """True where paragraphs of one of these kinds follow, with no more than one heading above them."""
    at = begin
    if at < len(inside) and inside[at].tag in _LINES and not running[at]:
        at += 1
    behind = range(at, min(at + _LEAST_PARAGRAPHS, len(inside)))
    return len(behind) == _LEAST_PARAGRAPHS and all(
        running[place] and _kind(inside[place]) in kinds for place in behind
    )
