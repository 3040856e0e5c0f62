"""The headline of a page that has no heading of the first level: the heading whose words are those of the page's title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.intake.document import Metadata
from onrecord.intake.formats.page_text import plain

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Between a headline and the name of the site in the title of a page.
_SEPARATOR = re.compile(r"\s+[‹›«»|·•–—:-]+\s+|\s*[|‹›»]\s*")
_LEAST, _LEAST_WORDS = 12, 3
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")
_TAGS = ("h2", "h3", "h4", "h5", "h6")


def mark(root: HtmlElement, metadata: Metadata) -> None:
    """Makes the heading that the page's title begins with its heading of the first level, where it has none. One that is a link leads
    elsewhere, and one that stands twice is no headline."""
    if any(plain(heading.text_content()) for heading in root.iter("h1")):
        return
    wanted = {name.casefold() for stated in metadata.titles for name in _headlines(plain(stated.value))}
    found = [heading for heading in root.iter(*_TAGS) if plain(heading.text_content()).casefold() in wanted]
    if len(found) == 1:
        found[0].tag = "h1"


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
    ends = [*(match.start() for match in _SEPARATOR.finditer(title)), len(title)]
    return [
        title[:end]
        for end in ends
        if end >= _LEAST and (len(title[:end].split()) >= _LEAST_WORDS or _UNSPACED.search(title))
    ]
