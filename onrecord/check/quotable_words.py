"""Where in a text a quotation stands, with the marks of the text's notes in it or without them.

A mark of a note is no word of who speaks, so whoever copies from a page may leave it out. That is so only for marks of notes that this text
has. Any other number in brackets is a word of the source, and a quotation without it is not what the source says.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from onrecord import markup, omissions, redaction
from onrecord.characters import fold_quotes
from onrecord.model import Body

_REFERENCE = re.compile(
    r'(?:\s|&nbsp;)?<sup id="[^"]*"><a class="footnote-ref"[^>]*>\[(?P<number>[0-9]{1,9})\]</a></sup>'
)
_NUMBER = re.compile(r"\[([0-9]{1,9})\]")
_NUMBERED = re.compile(r" ?\[[0-9]{1,9}\]")
_SPACED = re.compile(r"\s\[([0-9]{1,9})\]")
_GLUED = re.compile(r"(?<=\S)\[([0-9]{1,9})\]")
"""Behind a blank a number in brackets is as often a reference to that item of the text: “as is said in [12]”."""
_NOTE = re.compile(r"\[([0-9]{1,9})\]\s")
_SIGNS = range(0xFDD0, 0xFDF0)
"""Code points that no text has (Unicode Standard, section 23.7); one that this text does not have either stands around its marks."""
_GAP = re.compile(rf"\s*(?:{omissions.MARK}|{redaction.GAP.pattern})\s*")


def folded(text: str) -> str:
    """Text for comparing words: NFC, one kind of quotation mark, single spaces."""
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return " ".join(fold_quotes(text).split())


class _Passages:
    """Folded texts, each on a line of one text, which is looked through at once."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self._starts = [0, *accumulate(len(text) + 1 for text in texts)]
        self._lines = "\n".join(texts)

    def having(self, pieces: Sequence[str]) -> Iterator[int]:
        """The places of the texts in which the pieces stand, one behind the other."""
        at = self._lines.find(pieces[0]) if pieces else -1
        while at >= 0:
            place = bisect_right(self._starts, at) - 1
            end = self._starts[place + 1]
            if self._follow(pieces[1:], at + len(pieces[0]), end):
                yield place
            at = self._lines.find(pieces[0], end)

    def _follow(self, pieces: Sequence[str], at: int, end: int) -> bool:
        for piece in pieces:
            at = self._lines.find(piece, at, end)
            if at < 0:
                return False
            at += len(piece)
        return True


class QuotableWords:
    """The words of a Body.

    Its notes are the footnotes that its Markdown refers to, and paragraphs that begin with a number in brackets which stands, right behind
    a word, in a passage above: so an imported document has notes that it does not link.
    """

    def __init__(self, body: Body) -> None:
        has_brackets = "[" in body.html
        self._sign = next((chr(code) for code in _SIGNS if chr(code) not in body.html), "") if has_brackets else ""
        self._mark = re.compile(f"{self._sign}([0-9]+){self._sign}")
        read = tuple(self._read(body))
        self._numbers = tuple(number for number, _ in read)
        self._signed = tuple(text for _, text in read)
        self._noted = frozenset(self._mark.findall("\n".join(self._signed))) if self._sign else frozenset()
        self._bare = self._whole = _Passages(self._signed)
        if self._noted:
            self._bare = _Passages([self._mark.sub("", text) for text in self._signed])
            self._whole = _Passages([self._mark.sub(r"[\1]", text) for text in self._signed])
        self._numberless: _Passages | None = None

    def place_of(self, quoted: str) -> str:
        """The number of the first paragraph in which a quotation stands (`3`); where it stands in none, that of the first such part
        (`3.1`); empty where it stands nowhere."""
        place = next(self._places(folded(quoted)), None)
        return "" if place is None else self._numbers[place]

    def has_other_numbers(self, quoted: str) -> bool:
        """Whether a quotation that stands nowhere would stand somewhere but for numbers in brackets that are no marks of notes."""
        if not self._sign:
            return False
        if self._numberless is None:
            self._numberless = _Passages([_NUMBERED.sub("", text) for text in self._bare.texts])
        return any(True for _ in self._numberless.having(_pieces(_NUMBERED.sub("", folded(quoted)))))

    def _places(self, words: str) -> Iterator[int]:
        """The places of the passages in which a quotation stands: with the marks that it has, or with none."""
        named = frozenset(_NUMBER.findall(words)) & self._noted if "[" in words else frozenset()
        pieces = _pieces(words)
        if not named:
            yield from self._bare.having(pieces)
            return
        # A page shows a mark right behind its word.
        joined = _SPACED.sub(lambda mark: f"[{mark[1]}]" if mark[1] in named else mark[0], words)
        yield from self._whole.having(_pieces(joined))
        yield from self._whole.having(pieces)
        yield from self._bare.having(pieces)
        unmarked = _NUMBER.sub(lambda mark: "" if mark[1] in named else mark[0], joined)
        for place in self._bare.having(_pieces(unmarked)):
            kept = self._mark.sub(lambda mark: f"[{mark[1]}]" if mark[1] in named else "", self._signed[place])
            if any(True for _ in _Passages([kept]).having(_pieces(joined))):
                yield place

    def _read(self, body: Body) -> Iterator[tuple[str, str]]:
        """The number of each passage, and its folded words with its marks between two signs; paragraphs, then parts."""
        paragraphs, parts = body.paragraphs, body.parts
        typed: Mapping[str, int] = {}
        if self._sign:
            found = ((_NOTE.match(text), number) for number, text in enumerate(paragraphs, 1))
            typed = {match[1]: number for match, number in found if match}
            html = _REFERENCE.sub(lambda mark: f"{self._sign}{mark['number']}{self._sign}", body.html)
            if html != body.html:
                paragraphs, parts = markup.passages(html)
        for place, text in enumerate(paragraphs, 1):
            yield str(place), self._with_signs(folded(text), place, typed)
        for part in parts:
            yield part.number, self._with_signs(folded(part.text), int(part.number.partition(".")[0]), typed)

    def _with_signs(self, text: str, place: int, typed: Mapping[str, int]) -> str:
        if not typed or "[" not in text:
            return text
        sign = self._sign
        return _GLUED.sub(lambda mark: f"{sign}{mark[1]}{sign}" if typed.get(mark[1], 0) > place else mark[0], text)


def _pieces(quoted: str) -> list[str]:
    """The words between the gaps of a quotation. An omission or a speaker between two parts of it is written (…)."""
    return [piece for piece in (each.strip(" ,") for each in _GAP.split(quoted)) if piece]
