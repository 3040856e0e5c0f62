"""The archive's topics, places and names in running text: whole words, in any of their spellings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.intake.document import Layout
from onrecord.model import Term, Vocabularies

_SAME = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "`": "'",
        "´": "'",
        "‐": "-",
        "‑": "-",
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ى": "ي",
        "ـ": "-",
    }
)
_ARABIC = re.compile("[\u0600-\u06ff]")


def key(text: str) -> str:
    """Text for comparison: NFC, lower case, one kind of apostrophe and hyphen. Of the same length for composed text."""
    if text.isascii():
        return text.lower().replace("`", "'")
    return unicodedata.normalize("NFC", text).translate(_SAME).lower()


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds the terms of one vocabulary. `by_key` maps each spelling to its term."""

    by_key: dict[str, Term]
    pattern: re.Pattern[str] | None
    strict: bool

    def find(self, text: str) -> list[tuple[int, int, Term]]:
        """Where terms stand in `text`: start, end, term; the longest spelling wins."""
        if self.pattern is None:
            return []
        plain = unicodedata.normalize("NFC", text)
        out = []
        for match in self.pattern.finditer(key(plain)):
            spelling = re.sub(r"[\s-]+", " ", match["term"])
            term = self.by_key.get(spelling)
            written = plain[match.start("term") : match.end("term")]
            # A proper name in lower case is another word ("homs" apart from "Homs"); in capitals it may be a headline.
            if term and not (self.strict and written[:1].islower() and term.label[:1].isupper()):
                out.append((match.start("term"), match.end("term"), term))
        return out

    def labels(self, texts: Iterable[str]) -> tuple[str, ...]:
        """The labels of the terms in the texts, in the order in which they first stand there."""
        return tuple(dict.fromkeys(term.label for text in texts for _, _, term in self.find(text)))

    def term(self, text: str) -> Term | None:
        """The term that `text` is a spelling of, whole."""
        return self.by_key.get(re.sub(r"[\s-]+", " ", key(text.strip())))


def finder(terms: Sequence[Term], *, strict: bool = True) -> Finder:
    """A Finder for `terms`: labels, aliases and translations. `strict` takes capital letters seriously."""
    by_key: dict[str, Term] = {}
    for term in terms:
        for spelling in (term.label, *term.aliases, *(label for _, label in term.translations)):
            folded = re.sub(r"[\s-]+", " ", key(spelling.strip()))
            if len(folded) > 1:
                by_key.setdefault(folded, term)
    if not by_key:
        return Finder({}, None, strict)
    spellings = sorted(by_key, key=lambda spelling: (-len(spelling), spelling))
    body = "|".join(re.escape(spelling).replace(r"\ ", r"[\s-]+") for spelling in spellings)
    arabic = any(_ARABIC.match(spelling) for spelling in spellings)
    prefix = "(?:[وفبلك](?=[\u0600-\u06ff]))?" if arabic else ""
    return Finder(by_key, re.compile(rf"(?<!\w){prefix}(?P<term>{body})(?:'s)?(?!\w)"), strict)


@dataclass(frozen=True, slots=True)
class Terms:
    """The three vocabularies, ready to look things up, and the names of the publishers that the archive's releases have."""

    topics: Finder
    places: Finder
    names: Finder
    publishers: frozenset[str] = frozenset()


def terms(vocabularies: Vocabularies, publishers: Iterable[str] = ()) -> Terms:
    """Finders for the three vocabularies. `publishers` are those of the archive's releases, as they are written there."""
    return Terms(
        finder(vocabularies.topics, strict=False),
        finder(vocabularies.places),
        finder(vocabularies.names),
        frozenset(publishers),
    )


def terms_of(layout: Layout, terms: Terms, publisher: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Topics, places and names of the vocabularies that stand in title, dateline and body; the publisher is not named again."""
    texts = [
        layout.title,
        layout.subtitle,
        layout.dateline,
        *(block.text for block in layout.body),
        *(cell for block in layout.body for cell in block.texts[bool(block.text) :]),
    ]
    names = tuple(label for label in terms.names.labels(texts) if key(label) != key(publisher))
    return terms.topics.labels(texts), terms.places.labels(texts), names
