"""Addresses for what of a text is no paragraph: items of lists, rows of tables, code, headings. Paragraphs have theirs (`p3`) from the
two converters, which count them; nothing here changes one of these, so an address that was given out goes on meaning the same words.

    p3      the third paragraph
    p3.1    the first item, row or piece of code behind it and before the fourth paragraph; `p0.1` where none is before it
    h2      the second heading; the head of a table counts among the headings

In notes the letters are `n3`, `n3.1` and `nh2`. An omission that stands alone in an item or a row takes no number. One that is a paragraph
keeps its place in the count, because all paragraphs behind it would otherwise change theirs; pages show no number there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from onrecord.model import Part

_TAG = re.compile(r"<[^>]*>")
# Where the words of an item end: at its end, or at what in it has addresses of its own.
_OWN_END = {
    "li": re.compile(r"</li>|<(?:p|ul|ol|blockquote|table|pre|h[1-6])\b"),
    "tr": re.compile("</tr>"),
    "pre": re.compile("</pre>"),
}
_OMITTED = r'(?:<span class="omission">[^<]*</span>)?'
_STEP = re.compile(
    r'<p id="[a-z]+(?P<paragraph>[0-9]+)">|<(?P<head>thead)>\s*<tr>|<(?P<heading>h[2-6])>|<(?P<block>pre)>'
    # An item begins with words of its own, and not with a block that has an address.
    rf"|<(?P<item>li)(?P<class> class=\"[^\"]*\")?>(?!\s*<(?:p|ul|ol|li|blockquote|pre|h[1-6]|table|hr|div)\b)(?!\s*{_OMITTED}\s*</li>)"
    rf"|<(?P<row>tr)>(?!(?:\s*<t[dh][^>]*>\s*{_OMITTED}\s*</t[dh]>)*\s*</tr>)"
)
_PART = re.compile(
    r'<(?P<tag>li|tr|pre|h[2-6])(?: class="[^"]*")? id="(?P<id>[a-z]+[0-9]+(?:\.[0-9]+)?)"(?: class="[^"]*")?>'
)


def addressed(html: str, anchor: str) -> str:
    """Safe HTML with an address on each item, row, piece of code and heading; `anchor` begins the addresses of paragraphs."""
    if not ("<li" in html or "<tr" in html or "<h" in html or "<pre" in html):
        return html
    of_headings = "h" if anchor == "p" else f"{anchor}h"
    paragraph = part = heading = 0

    def step(found: re.Match[str]) -> str:
        nonlocal paragraph, part, heading
        if found["paragraph"]:
            paragraph, part = int(found["paragraph"]), 0
            return found[0]
        if found["heading"] or found["head"]:
            heading += 1
            return f'{found[0][:-1]} id="{of_headings}{heading}">'
        part += 1
        return f'{found[0][:-1]} id="{anchor}{paragraph}.{part}">'

    return _STEP.sub(step, html)


def addresses(html: str) -> tuple[str, ...]:
    """The addresses that `addressed` gave, in the order of the text."""
    return tuple(found["id"] for found in _PART.finditer(html))


def parts(html: str) -> tuple[Part, ...]:
    """The items, rows and pieces of code that have an address, each with its own words and without those of the items in it."""
    return tuple(_parts(html)) if ' id="' in html else ()


def _parts(html: str) -> Iterator[Part]:
    for found in _PART.finditer(html):
        end = _OWN_END.get(found["tag"])
        number = found["id"].lstrip("pn")
        if end is not None and "." in number:
            own = end.search(html, found.end())
            yield Part(
                number, " ".join(unescape(_TAG.sub(" ", html[found.end() : own.start() if own else None])).split())
            )
