"""Safe HTML → paragraphs: the words of a release as its page shows them, one text for each block, with the block's anchor.

The HTML is that of `markup`, or of the page's template: well-formed, attribute values in quotation marks.
"""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

_BLOCKS = (
    "address|article|aside|blockquote|caption|dd|details|div|dl|dt|figcaption|figure|footer|h[1-6]|header|hr|li|main|nav|ol|p|pre|"
    "section|summary|table|tbody|tfoot|thead|tr|ul"
)
_BOUNDARY = re.compile(rf"<(/?)(?:{_BLOCKS})\b((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>", re.IGNORECASE)
_SPACE_TAG = re.compile(r"<(?:br|/?td|/?th|img)\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*>", re.IGNORECASE)
_TAG = re.compile(r"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_ID = re.compile(r"\sid=(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_PLAIN = re.compile(r"\s*<p id=\"([^\"]*)\">([^<]*)</p>")


class Paragraph(NamedTuple):
    """A block of a text: its anchor on the page, or the one before it of the same block, or empty; its words as they stand there."""

    anchor: str
    text: str


def paragraphs_of(html: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a piece of safe HTML, in their order: those of lists, quotations and tables (a row each) too. None is empty."""
    found: list[Paragraph] = []
    position = 0
    # Most texts are plain paragraphs, most of the others begin so.
    while plain := _PLAIN.match(html, position):
        _add(found, unescape(plain[1]), plain[2])
        position = plain.end()
    if position == len(html):
        return tuple(found)
    anchor = ""
    for match in _BOUNDARY.finditer(html, position):
        _add(found, anchor, html[position : match.start()])
        position = match.end()
        own = None if match[1] else _ID.search(match[2])
        anchor = unescape(own[1] or own[2] or "") if own else ""
    _add(found, anchor, html[position:])
    return tuple(found)


def _add(found: list[Paragraph], anchor: str, html: str) -> None:
    if "<" in html:
        html = _TAG.sub("", _SPACE_TAG.sub(" ", html))
    text = _BLANKS.sub(" ", unescape(html) if "&" in html else html).strip(" ")
    if text:
        found.append(Paragraph(anchor, text))
