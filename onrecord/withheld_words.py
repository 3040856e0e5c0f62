"""Words that must not be published, and whether a text holds one: as it stands, unescaped and without markup.

A list has a word or phrase a line (UTF-8); a line that begins with “#” is a comment. A phrase is found with any case, accents, spacing
and punctuation between its words, and as a whole: “Ann” is not in “Annual”, unless the line is written “Ann*”. Words in scripts that write
particles and words together (Arabic, Hebrew, Chinese and others) are found inside longer ones, too.
"""

from __future__ import annotations

import html
import re
import unicodedata
import urllib.parse
from collections.abc import Iterator, Sequence

from msgspec import Struct

_SPACED = ("LATIN", "GREEK", "CYRILLIC", "DIGIT")
_BETWEEN = r"[\W_]{1,12}"
_TAG = re.compile(r"<[^<>]{0,2000}>")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([nrt/\"'\\]))")
# Combining marks, the Arabic letter stretcher, and what has no width: two spellings of one word differ in them.
_UNSEEN = re.compile(
    "[\u00ad\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]"
)


class NoWords(Exception):
    """A line of a list has no word that could be looked for. The message is for its author, and does not repeat the line."""


class Withheld(Struct, frozen=True):
    """A word or phrase: the number of its line (from 1), a part that every occurrence has, and the pattern of an occurrence in what
    `folded` returns."""

    line: int
    part: str
    pattern: re.Pattern[str]


def parsed(text: str) -> tuple[Withheld, ...]:
    """The entries of a list. Raises NoWords."""
    entries = []
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        written = line.strip()
        if written and not written.startswith("#"):
            entries.append(withheld(written, number))
    return tuple(entries)


def withheld(written: str, line: int = 1) -> Withheld:
    """The entry of one line. Raises NoWords."""
    words = re.findall(r"[^\W_]+", folded(written))
    if not words:
        raise NoWords(f"Line {line} has no letter and no digit, so nothing can be looked for.")
    before = "" if written.startswith("*") or not _is_spaced(words[0][0]) else r"(?<![^\W_])"
    behind = "" if written.endswith("*") or not _is_spaced(words[-1][-1]) else r"(?![^\W_])"
    pattern = re.compile(before + _BETWEEN.join(map(re.escape, words)) + behind)
    return Withheld(line, max(words, key=len), pattern)


def _is_spaced(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(_SPACED)


def folded(text: str) -> str:
    """A text in which spellings that a reader takes for one are one: no case, no accents, no invisible characters."""
    if text.isascii():
        return text.lower()
    return _UNSEEN.sub("", unicodedata.normalize("NFKD", text)).casefold()


def found_in_text(text: str, entries: Sequence[Withheld]) -> set[int]:
    """The lines of the entries that a text holds, escaped or marked up or not."""
    lines: set[int] = set()
    for version in _versions(text):
        of_version = folded(version)
        lines |= {entry.line for entry in entries if entry.part in of_version and entry.pattern.search(of_version)}
    return lines


def places(text: str, entries: Sequence[Withheld]) -> Iterator[tuple[int, int]]:
    """Where a plain text holds one of the entries: (line of the text, line of the entry), from 1. A phrase over two lines counts for the
    first of them."""
    rows = [folded(row) for row in text.split("\n")]
    for number, row in enumerate(rows):
        window = f"{row}\n{rows[number + 1]}" if number + 1 < len(rows) else row
        for entry in entries:
            hit = entry.pattern.search(window) if entry.part in window else None
            if hit and hit.start() <= len(row):
                yield number + 1, entry.line


def _versions(text: str) -> Iterator[str]:
    """A text as it stands; unescaped; and without tags, where a word may run through one, or two words be parted by one."""
    yield text
    plain = html.unescape(text) if "&" in text else text
    if "\\" in plain:
        plain = _ESCAPE.sub(_unescaped, plain)
    if "%" in plain:
        plain = urllib.parse.unquote(plain)
    if plain != text:
        yield plain
    if "<" in plain:
        bare = _TAG.sub("", plain)
        if bare != plain:
            yield bare
            yield _TAG.sub(" ", plain)


def _unescaped(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2]
    if code:
        return chr(int(code, 16))
    return {"n": "\n", "r": "\r", "t": "\t"}.get(escape[3], escape[3])
