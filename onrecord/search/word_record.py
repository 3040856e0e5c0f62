"""A release → the record that Pagefind is given: words only, in four regions, and where each of these ends.

    title . reference, and what else its number is found by . facts . body

A record is forms (words.py; for some of them a word that Pagefind leaves alone: `bundle.StandIns`) with blanks between them. A full stop,
which Pagefind counts as a position and does not index, stands between regions, between facts and between paragraphs. So position n is
the n-th form or full stop, from 0, and no phrase reaches beyond its paragraph. The facts hold the further forms of all words of the
release (aliases of words.py, parts of words that ran together) at last.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from onrecord.search import words
from onrecord.search.bundle import StandIns
from onrecord.search.entry import SearchEntry
from onrecord.search.paragraphs import Paragraph

GAP = "."
SEARCHED_FACTS = frozenset(["subtitle", "publisher", "kind"])
"""The facts whose words find a release, and the date in words of each language (`date`, `date_ar`)."""


class Record(NamedTuple):
    """What Pagefind is given of one release. `content` as above; the positions where the title ends, where the facts and the body begin,
    and how many there are; how many of them are words."""

    content: str
    title_end: int
    facts_start: int
    body_start: int
    length: int
    word_count: int


class Vocabulary:
    """What a shard's words look like: how often each stands in its texts, white space to white space, and the forms of each."""

    def __init__(self, language: str) -> None:
        self.counts: Counter[str] = Counter()
        self.further_forms: set[str] = set()
        self.stand_ins = StandIns()
        self._spells_out = words.spells_out(language)
        self._given = _GivenForChunks(self.stand_ins)

    def given(self, chunks: Sequence[str]) -> str:
        """What Pagefind is given for words as they stand between white space: their forms, with blanks between them."""
        return " ".join(filter(None, map(self._given.__getitem__, chunks)))

    def given_forms(self, forms: Sequence[str]) -> str:
        """What Pagefind is given for forms that stand in no text."""
        self.further_forms.update(forms)
        return " ".join(map(self.stand_ins.given, forms))

    def aliases(self, chunks: Iterable[str]) -> list[str]:
        """The further forms of some words, sorted."""
        found: set[str] = set()
        for chunk in self._given.having_aliases.intersection(chunks):
            for token in words.chunk_tokens(chunk):
                found.update(token.aliases if self._spells_out else token.aliases[: _joined(token)])
                found.update(words.inner_parts(chunk[token.start : token.end]))
        return sorted(found)

    def written(self) -> dict[str, Counter[str]]:
        """Every form of the texts that were counted, and how often it is written how."""
        shapes: dict[str, Counter[str]] = {}
        for chunk, count in self.counts.items():
            for token in words.chunk_tokens(chunk):
                shapes.setdefault(token.form, Counter())[chunk[token.start : token.end]] += count
        return shapes


def _joined(token: words.Token) -> int:
    """How many of a token's aliases are of more than itself."""
    return sum(1 for alias in token.aliases if len(alias) > len(token.form) + 2 and alias.startswith(token.form))


class _GivenForChunks(dict[str, str]):
    """What stands between white space → what Pagefind is given for it."""

    def __init__(self, stand_ins: StandIns) -> None:
        self.having_aliases: set[str] = set()
        self._stand_ins = stand_ins

    def __missing__(self, chunk: str) -> str:
        found = words.chunk_tokens(chunk)
        given = self[chunk] = " ".join([self._stand_ins.given(token.form) for token in found])
        if any(token.aliases or words.inner_parts(chunk[token.start : token.end]) for token in found):
            self.having_aliases.add(chunk)
        return given


def record(entry: SearchEntry, paragraphs: Sequence[Paragraph], vocabulary: Vocabulary) -> Record:
    """The record of a release, whose words are those of its paragraphs; they are noted in the vocabulary."""
    chunks: list[str] = []

    def given(text: str) -> str:
        of_text = text.split()
        chunks.extend(of_text)
        return vocabulary.given(of_text)

    title = given(entry.title)
    further = vocabulary.given_forms(words.reference_words(entry.reference))
    reference = " ".join(filter(None, (given(entry.reference), further)))
    facts = [given(value) for name, value in entry.facts if name in SEARCHED_FACTS or name.startswith("date")]
    facts += [given(alias) for alias in entry.aliases]
    body = [given(text) for _, text in paragraphs]
    vocabulary.counts.update(chunks)
    facts.append(vocabulary.given_forms(vocabulary.aliases(chunks)))
    regions = [title, reference, _gapped(facts), _gapped(body)]
    content = _gapped(regions)
    title_end = _count(title)
    facts_start = title_end + 1 + _count(reference) + 1
    body_start = facts_start + _count(regions[2]) + 1
    length = body_start + _count(regions[3])
    gaps = 3 + len(facts) - 1 + max(0, len(body) - 1)
    return Record(content, title_end, facts_start, body_start, length, length - gaps)


def _gapped(parts: Sequence[str]) -> str:
    """Parts with a gap between each two of them, some of which may be empty."""
    gapped = [GAP] * (2 * len(parts) - 1) if parts else []
    gapped[::2] = parts
    return " ".join(filter(None, gapped))


def _count(content: str) -> int:
    """How many positions some content takes."""
    return content.count(" ") + 1 if content else 0
