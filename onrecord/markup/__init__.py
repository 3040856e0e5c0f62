"""Markdown → safe HTML with an address on every paragraph, item, row and heading (`anchors`).

What GitHub's preview shows, or a problem at the line that it shows otherwise.

A body of plain paragraphs, sub-headings, simple lists, quotations, tables and footnotes takes a direct path (`direct`); everything else
goes through Python-Markdown with an extension that reads as GitHub does (`github`, `blocks`, `inlines`). Both give the same HTML for
the same text, which a property test holds them to.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from onrecord import budget, redaction
from onrecord.markup import anchors, direct, link_targets
from onrecord.markup.anchors import addresses
from onrecord.markup.direct import plain_text
from onrecord.markup.link_targets import Context
from onrecord.model import Body, Part, Problem

if TYPE_CHECKING:
    from onrecord.markup.github import Converter

__all__ = ["Context", "address", "addresses", "convert", "passages", "resolve"]

MOST_SECONDS = 10.0
"""Of processor time, for one body."""
MOST_ADDRESSES = 25_000
"""Paragraphs, items, rows and pieces of code of one body, each of which has a number and an address; a report of 2 MB has some 4,000."""

address, resolve = link_targets.address, link_targets.resolve

_ON_A_RELEASE = Context()
_PARAGRAPH = re.compile(r'<p id="[a-z]+[0-9]+">(.*?)</p>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_TAG_KEPT = re.compile(r"(<[^>]*>)")


def convert(text: str, context: Context = _ON_A_RELEASE) -> tuple[Body, tuple[Problem, ...]]:
    """The Body of a Markdown text and the faults found in it, in the order of their places.

    `text` has LF line ends, its redactions are applied (see redaction.apply). Never raises for anything a text can hold: a text that
    takes more than MOST_SECONDS of processor time or nests too deeply comes back empty with the fault `too-complex`, one that still
    shows something like a mark of redaction with `bad-redaction`.
    """
    if "[redacted: " in text:
        body, faults = _with_redactions(text, context)
    else:
        body, faults = _gate(text, context, *_converted(text, context))
    found = anchors.parts(body.html)
    if (count := len(body.paragraphs) + len(found)) > MOST_ADDRESSES:
        return _too_complex(text, context, _TOO_MANY.format(count=count, most=MOST_ADDRESSES))
    return (replace(body, parts=found) if found else body), faults


def passages(html: str) -> tuple[tuple[str, ...], tuple[Part, ...]]:
    """The words of the paragraphs and of the parts in the HTML of a Body, as the Body has them."""
    return _paragraphs(html), anchors.parts(html)


def _converted(text: str, context: Context, plain: Callable[[str], str] = str) -> tuple[Body, tuple[Problem, ...]]:
    body, faults = _read(text, context, plain)
    html = anchors.addressed(body.html, context.anchor)
    return (body if html is body.html else replace(body, html=html)), faults


def _read(text: str, context: Context, plain: Callable[[str], str]) -> tuple[Body, tuple[Problem, ...]]:
    converted = direct.convert(text, context)
    if converted is not None:
        return converted
    # Most bodies need none of this.
    from onrecord.markup.blocks import TooComplex, TooDeep

    try:
        return _markdown(text, context, plain)
    except (RecursionError, TooComplex, budget.Exceeded) as error:
        message = str(error) if isinstance(error, TooComplex) else str(TooDeep())
        return _too_complex(text, context, message)


_REFUSED = Body("")
_TOO_MANY = (
    "The text has {count:,} paragraphs, items, rows and pieces of code, each of which gets an address; at most {most:,} do. "
    "Divide it into several files."
)


def _too_complex(text: str, context: Context, message: str) -> tuple[Body, tuple[Problem, ...]]:
    return _REFUSED, (Problem(*context.location.positions(text)(0), "too-complex", message),)


# ---- redactions ------------------------------------------------------------------------------------------------------------------

# Punctuation that no text in use has, as the brackets of a redaction are punctuation: one that a text does not have stands in it for
# its redactions while Markdown looks at it.
_MARKS = range(0x12470, 0x12475)


def _with_redactions(text: str, context: Context) -> tuple[Body, tuple[Problem, ...]]:
    """The Body of a text with redactions: each is one word to Markdown, as long as what it stands for, so that places stay right."""
    mark = next((chr(code) for code in _MARKS if chr(code) not in text), "")
    if not mark:
        message = "The text has all the punctuation of cuneiform. Divide it."
        return _too_complex(text, context, message)
    forms: list[str] = []

    def word(form: re.Match[str]) -> str:
        forms.append(form[0])
        return mark + str(len(forms) - 1).zfill(len(form[0]) - 2) + mark

    marked = redaction.FORM.sub(word, text)
    numbered = re.compile(f"{mark}([0-9]+){mark}")

    def plain(marked_text: str) -> str:
        return numbered.sub(lambda number: forms[int(number[1])], marked_text)

    body, faults = _converted(marked, context, plain)

    def redacted_html(number: re.Match[str]) -> str:
        return f'<span class="redacted">{forms[int(number[1])]}</span>'

    pieces = _TAG_KEPT.split(body.html)
    for index, piece in enumerate(pieces):
        if mark in piece:
            pieces[index] = numbered.sub(r"redacted-\1", piece) if index % 2 else numbered.sub(redacted_html, piece)
    paragraphs = tuple(map(plain, body.paragraphs))
    body = Body("".join(pieces), paragraphs, body.links, body.omissions, body.images)
    return _gate(text, context, body, faults)


def _gate(text: str, context: Context, body: Body, faults: tuple[Problem, ...]) -> tuple[Body, tuple[Problem, ...]]:
    """The Body, or an empty one where anything of it would show a mark of redaction."""
    if not redaction.may_hold(body.html):
        return body, faults
    for visible in dict.fromkeys((html.unescape(body.html), html.unescape(_TAG.sub("", body.html)))):
        offset = redaction.remains(visible)
        if offset is not None:
            message = f"“{visible[offset : offset + 40]}” would be shown, which looks like a redaction. {redaction.HOW}"
            position = context.location.positions(text)(max(text.casefold().find("redact"), 0))
            return _REFUSED, (Problem(*position, "bad-redaction", message),)
    return body, faults


# ---- Python-Markdown -------------------------------------------------------------------------------------------------------------


_converter: Converter | None = None


def _markdown(text: str, context: Context, plain: Callable[[str], str] = str) -> tuple[Body, tuple[Problem, ...]]:
    global _converter
    if _converter is None:
        from onrecord.markup.github import Converter

        _converter = Converter()
    converter = _converter
    try:
        with budget.limited(MOST_SECONDS):
            clean, links, images, faults = converter.convert(text, context, plain)
    except BaseException:
        # An instance that was stopped half-way keeps its half; the next body gets a new one.
        _converter = None
        raise
    pieces = re.split(r"(<(?:pre|code)>.*?</(?:pre|code)>|<[^>]*>)", clean, flags=re.DOTALL)
    omissions = 0
    for at in range(0, len(pieces), 2):
        pieces[at], number = direct.mark_omissions(pieces[at])
        omissions += number
    clean = "".join(pieces)
    return Body(clean, _paragraphs(clean), links, omissions, images), faults


def _paragraphs(html: str) -> tuple[str, ...]:
    return tuple(plain_text(match[1]) for match in _PARAGRAPH.finditer(html))
