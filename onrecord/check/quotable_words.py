"""The words of a text as a quotation of it may have them: with the marks of the text's notes, or without them.

A mark of a note is no word of who speaks, so whoever copies from a page may leave it out. That is so only for marks of notes that this text
has. Any other number in brackets is a word of the source, and a quotation without it is not what the source says.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from onrecord import markup
from onrecord.characters import fold_quotes
from onrecord.model import Body, Part

_REFERENCE = re.compile(
    r'(?:\s|&nbsp;)?<sup id="[^"]*"><a class="footnote-ref"[^>]*>\[(?P<number>[0-9]{1,9})\]</a></sup>'
)
_NUMBER = re.compile(r"\[([0-9]{1,9})\]")
_SPACED = re.compile(r"\s\[([0-9]{1,9})\]")
_GLUED = re.compile(r"(?<=\S)\[([0-9]{1,9})\]")
"""Behind a blank a number in brackets is as often a reference to that item of the text: “as is said in [12]”."""
_NOTE = re.compile(r"\[([0-9]{1,9})\]\s")


def folded(text: str) -> str:
    """Text for comparing words: NFC, one kind of quotation mark, single spaces."""
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return " ".join(fold_quotes(text).split())


class QuotableWords:
    """The folded words of a Body, by the marks of its notes that are kept in them.

    Its notes are the footnotes that its Markdown refers to, and paragraphs that begin with a number in brackets which stands, right behind
    a word, in a paragraph above: so an imported document has notes that it does not link.
    """

    def __init__(self, body: Body) -> None:
        self._body = body
        self._linked = (
            frozenset(match["number"] for match in _REFERENCE.finditer(body.html)) if "[" in body.html else frozenset()
        )
        self._typed: Mapping[str, int] = {}
        if "[" in body.html:
            found = ((_NOTE.match(text), number) for number, text in enumerate(body.paragraphs, 1))
            self._typed = {match[1]: number for match, number in found if match}
        self._kept: dict[frozenset[str], tuple[list[str], list[Part]]] = {}

    def alike(self, quoted: str) -> Iterator[tuple[str, Sequence[str], Sequence[Part]]]:
        """The folded words of a quotation, with the paragraphs and the parts of the text in which they are to be looked for: with the marks
        that the quotation has, then with none."""
        quoted = folded(quoted)
        named = frozenset(_NUMBER.findall(quoted)) if "[" in quoted else frozenset()
        kept = named & self._linked
        yield _joined(quoted, kept), *self._with(named & (self._linked | self._typed.keys()))
        if kept:
            yield quoted, *self._with(named & self._typed.keys() - kept)

    def _with(self, kept: frozenset[str]) -> tuple[list[str], list[Part]]:
        if kept not in self._kept:
            self._kept[kept] = self._read(kept)
        return self._kept[kept]

    def _read(self, kept: frozenset[str]) -> tuple[list[str], list[Part]]:
        paragraphs: Sequence[str] = self._body.paragraphs
        parts: Sequence[Part] = self._body.parts
        if self._linked:
            html = _REFERENCE.sub(lambda mark: f"[{mark['number']}]" if mark["number"] in kept else "", self._body.html)
            paragraphs, parts = markup.passages(html)
        typed = {number: place for number, place in self._typed.items() if number not in kept}

        def read(text: str, place: int) -> str:
            text = _joined(folded(text), kept & self._linked)
            if typed and "[" in text:
                return _GLUED.sub(lambda mark: "" if typed.get(mark[1], 0) > place else mark[0], text)
            return text

        return (
            [read(text, number) for number, text in enumerate(paragraphs, 1)],
            [replace(part, text=read(part.text, int(part.number.partition(".")[0]))) for part in parts],
        )


def _joined(text: str, numbers: frozenset[str]) -> str:
    """A text without the blank before these numbers in brackets."""
    return _SPACED.sub(lambda mark: f"[{mark[1]}]" if mark[1] in numbers else mark[0], text) if numbers else text
