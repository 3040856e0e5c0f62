"""Which faces a page may fetch beside the two that every page has.

A face of other letters weighs as much as a page. So a page has it where its main text needs it: in the language of its edition, and in the
languages of the records' texts that it shows, or where such a text has really much of it. A few words (a name in a list, a label on a map,
a title among others) stand in a face of the reader's own system, a serif for the source's words and a sans for the archive's.

Each face is a style sheet below `assets/faces/`, named by the voice that speaks in it and its letters; a page that does not have the sheet
cannot fetch the face.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from onrecord import writing

_OF_SCRIPTS = {"Arab": "arabic", "Cyrl": "cyrillic", "Latn": "latin"}
_WITHOUT_MORE = frozenset(("", "en", "und", "zxx"))
"""Languages that need no Latin letters beside those that every page has, and tags that name none."""
_LETTERS = {
    "arabic": re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff]"),
    "cyrillic": re.compile("[\u0400-\u04ff]"),
    "latin": re.compile("[\u0100-\u0130\u0132-\u0152\u0154-\u024f\u1e00-\u1eff]"),
}
LEAST_SHARE = {"arabic": 0.25, "cyrillic": 0.25, "latin": 0.01, "italic": 0.2}
"""The share of a text's characters from which on it has really much of something. In Polish or Turkish one letter in twelve is none of
English's; in English with names of all countries, one in five hundred."""
_ASCII = bytes(range(128))
_TAG = re.compile(r"<[^<>]*>")
_SLANT = re.compile(r"<(/?)(?:em|i|cite)>")


class ShownText(NamedTuple):
    """A text that a page shows: the BCP 47 tag of its language, its HTML, and whether it is the source's (else it is the archive's)."""

    language: str
    html: str = ""
    is_source: bool = True


def of_page(edition: str, texts: Iterable[ShownText] = ()) -> tuple[str, ...]:
    """The faces of a page in an edition's language with these texts as its main text, sorted: `serif-arabic`, `sans-latin` …"""
    letters = _of_language(edition)
    found = {f"{voice}-{letters}" for voice in ("serif", "sans")} if letters else set()
    for text in texts:
        voice = "serif" if text.is_source else "sans"
        found |= {f"{voice}-{letters}" for letters in {_of_language(text.language), *_much_of(text.html)} if letters}
    # The sans has no slanted face of its own.
    return tuple(sorted(found - {"sans-italic"}))


def _of_language(tag: str) -> str:
    """The letters that a language needs beside those that every page has, or none."""
    letters = _OF_SCRIPTS.get(writing.script(tag), "") if tag else ""
    return "" if letters == "latin" and writing.subtags(tag)[0] in _WITHOUT_MORE else letters


def _much_of(html: str) -> Iterable[str]:
    """What a text has really much of."""
    others = html.encode().translate(None, _ASCII).decode()
    slanted = _slanted(html)
    if not others and not slanted:
        return
    whole = _length(html) or 1
    counts = {letters: len(pattern.findall(others)) for letters, pattern in _LETTERS.items()} | {"italic": slanted}
    yield from (letters for letters, count in counts.items() if count >= LEAST_SHARE[letters] * whole)


def _slanted(html: str) -> int:
    """How many characters are seen in slanted words."""
    count, start = 0, None
    for tag in _SLANT.finditer(html):
        if not tag[1]:
            start = tag.end() if start is None else start
        elif start is not None:
            count += _length(html[start : tag.start()])
            start = None
    return count


def _length(html: str) -> int:
    """How many characters are seen, without blanks."""
    return sum(map(len, _TAG.sub("", html).split()))
