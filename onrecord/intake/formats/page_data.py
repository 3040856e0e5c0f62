"""What a page says a second time for programs: elements with the properties of schema.org that no browser shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.intake.formats.page_text import plain

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NOT_SHOWN = re.compile(r"display\s*+:\s*+none|visibility\s*+:\s*+hidden", re.IGNORECASE)
# So many properties describe a text, and so many characters of the longest tell whether the page shows it, too.
_LEAST_PROPERTIES, _LEAST_TEXT, _COMPARED = 3, 80, 60


def copies(root: HtmlElement) -> list[HtmlElement]:
    """The hidden elements that describe a thing by its properties (HTML Living Standard, 5 "Microdata"), and whose longest words the page
    shows elsewhere."""
    described = [element for element in root.iter() if element.get("itemscope") is not None and _is_hidden(element)]
    if not described:
        return []
    shown = plain(root.text_content())
    return [element for element in described if _is_copy(element, shown)]


def _is_hidden(element: HtmlElement) -> bool:
    return element.get("hidden") is not None or _NOT_SHOWN.search(element.get("style") or "") is not None


def _is_copy(element: HtmlElement, shown: str) -> bool:
    properties = [plain(inner.text_content()) for inner in element.iterdescendants() if inner.get("itemprop")]
    longest = max(properties, key=len, default="")
    if len(properties) < _LEAST_PROPERTIES or len(longest) < _LEAST_TEXT:
        return False
    return shown.count(longest[:_COMPARED]) > plain(element.text_content()).count(longest[:_COMPARED])
