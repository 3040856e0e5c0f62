"""Lines of a page that may say when its text was published, among furniture around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.intake.formats.page_features import children, names

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# A day or a month with its year.
_DAY = re.compile(
    r"\d{1,2}\D{1,12}(?:19|20)\d\d(?!\d)|(?<!\d)(?:19|20)\d\d\D{1,3}\d{1,2}(?!\d)|\d{1,2}[./]\d{1,2}[./]\d\d"
)
# A part with more characters is no line of a day.
MOST = 400


def without_day(element: HtmlElement) -> Iterator[HtmlElement]:
    """The parts of an element that hold no day, the outermost of each."""
    for child in children(element):
        if holds_day(child):
            yield from without_day(child)
        else:
            yield child


def holds_day(element: HtmlElement) -> bool:
    """True for a part of a few words with a day or a month and its year."""
    text = element.text_content()
    return len(text) < MOST and _DAY.search(text) is not None


def is_of_change(element: HtmlElement) -> bool:
    """True for the day of a change that stands for programs behind the day of publication and is not shown (WordPress: `time.updated`)."""
    own = names(element)
    parent = element.getparent()
    return (
        "updated" in own
        and "published" not in own
        and parent is not None
        and any("published" in names(other) for other in parent.iter("time"))
    )
