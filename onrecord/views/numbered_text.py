"""The text of a release as its page shows it: each paragraph, item and row has its number, which leads to itself; a heading leads
to itself; a wide table can be scrolled alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from onrecord import omissions
from onrecord.views.edition import Edition

PARAGRAPH_LINK = "Paragraph {number}"
"""What who hears the page is told of a number."""
TABLE = "Table of the text"
"""What the frame of a table is called, which the keyboard reaches to scroll it."""

_OMITTED = r"<span class=\"omission\">[^<]*</span>\s*</p>"
_NUMBERED = re.compile(
    # A paragraph that is an omission keeps its address, for it was given out, and shows no number.
    rf"<p id=\"(?P<p>[a-z]+[0-9]+)\">(?!\s*{_OMITTED})"
    r"|<(?:li|pre)(?: class=\"[^\"]*\")? id=\"(?P<part>[a-z]+[0-9]+\.[0-9]+)\">"
    r"|<tr id=\"(?P<row>[a-z]+[0-9]+\.[0-9]+)\">\s*<t[dh][^>]*>"
)
_HEADING = re.compile(r"<(h[2-6]) id=\"([a-z]+[0-9]+)\">((?:[^<]++|<(?!a[ >]|/?h[2-6]))*+)</\1>")


def numbers(paragraphs: Sequence[str]) -> tuple[int, ...]:
    """The numbers that are shown, of a text given as its plain paragraphs: one that is an omission has none."""
    return tuple(number for number, text in enumerate(paragraphs, 1) if not is_omission(text))


def is_omission(text: str) -> bool:
    """Whether the words of a paragraph are nothing but the mark of an omission."""
    return omissions.PATTERN.fullmatch(text.strip()) is not None


def laid_out(edition: Edition, html: str, language: str) -> str:
    """Safe HTML (of `markup`) in a language, made ready for a page of the edition."""
    before, _, after = escape(edition.translate(PARAGRAPH_LINK)).partition("{number}")
    foreign = f' lang="{edition.language}"' if language != edition.language else ""

    def number(found: re.Match[str]) -> str:
        anchor = found["p"] or found["part"] or found["row"]
        shown = edition.digits(anchor.lstrip("abcdefghijklmnopqrstuvwxyz"))
        return f'{found[0]}<a class="pn" href="#{anchor}"{foreign} aria-label="{before}{shown}{after}">{shown}</a>'

    html = _NUMBERED.sub(number, html)
    if "<h" in html:
        html = _HEADING.sub(r'<\1 id="\2"><a class="hn" href="#\2">\3</a></\1>', html)
    if "<table>" in html:
        name = escape(edition.translate(TABLE))
        frame = f'<div class="scroll" role="group" tabindex="0" aria-label="{name}"><table>'
        html = html.replace("<table>", frame).replace("</table>", "</table></div>")
    return html
