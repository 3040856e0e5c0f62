"""Lines of a page that may say when its text was published, among furniture around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
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
_LONGEST_LABEL = 40


def without_day(element: HtmlElement) -> Iterator[HtmlElement]:
    """The parts of an element that hold no day, the outermost of each, but a label right before a day: "Last updated:" says what the day
    is."""
    parts = list(children(element))
    for part, behind in zip_longest(parts, parts[1:]):
        if holds_day(part):
            yield from without_day(part)
        elif not _is_label(part) or not (_DAY.search(part.tail or "") or (behind is not None and holds_day(behind))):
            yield part


def _is_label(element: HtmlElement) -> bool:
    text = element.text_content().strip()
    return len(text) <= _LONGEST_LABEL and text.endswith((":", "："))


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
