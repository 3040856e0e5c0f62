"""Releases → the records that Pagefind is given: words only; of each release in four regions, and where each of these ends.

    title . reference, and what else its number is found by . facts . body

The content of a release is forms (words.py; for some of them a word that Pagefind leaves alone: `bundle.given`) with blanks between
them. A full stop, which Pagefind counts as a position and does not index, stands between regions, between facts and between paragraphs.
So position n is the n-th form or full stop, from 0, and no phrase reaches beyond its paragraph. The facts hold the further forms of all
words of the release (aliases of words.py, parts of words that ran together) at last.

Many releases stand one behind the other in a record, with a full stop between each two of them: Pagefind takes far longer for many
records than for the same words in few.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from onrecord.search import bundle, words
from onrecord.search.entry import SearchEntry
from onrecord.search.paragraphs import Paragraph

GAP = "."
SEARCHED_FACTS = frozenset(["subtitle", "publisher", "kind"])
"""The facts whose words find a release, and the date in words of each language (`date`, `date_ar`)."""


class Record(NamedTuple):
    """The words of one release. `content` as above; the positions where the title ends, where the facts and the body begin,
    and how many there are; how many of them are words."""

    content: str
    title_end: int
    facts_start: int
    body_start: int
    length: int
    word_count: int


MOST_POSITIONS = 200_000
"""Positions of a record, unless a single release has more: some 1.2 MB. Pagefind, which counts them in 32 bits, takes hardly less time
for longer ones."""


class Packs(NamedTuple):
    """How the releases of a shard are put into records. Its positions are counted through all of these, one behind the other.

    `members` are the numbers of each record's releases, `bases` the positions where the records begin, `starts` those where the releases
    begin, and `ends` those behind their last one. A release without a word is in no record: it ends where it begins. (Pagefind
    leaves out a record without a word, and would number those behind it otherwise.)
    """

    members: list[list[int]]
    bases: list[int]
    starts: list[int]
    ends: list[int]

    def contents(self, records: Sequence[Record]) -> Iterator[str]:
        """What Pagefind is given: the contents of each record's releases, with a gap between each two of them."""
        for numbers in self.members:
            yield f" {GAP} ".join([records[number].content for number in numbers])


def packs(records: Sequence[Record], most: int = MOST_POSITIONS) -> Packs:
    """Puts the releases of a shard into records in their order, at most `most` positions in each; a longer release has its own."""
    made = Packs([], [], [], [])
    position = 0
    for number, each in enumerate(records):
        made.starts.append(position)
        if not each.word_count:
            made.ends.append(position)
            continue
        if not made.members or position + each.length - made.bases[-1] > most:
            made.members.append([])
            made.bases.append(position)
        made.members[-1].append(number)
        made.ends.append(position + each.length)
        position += each.length + 1
    return made


class Vocabulary:
    """What a shard's words look like: how many of its releases have each, white space to white space, and the forms of each."""

    def __init__(self, language: str) -> None:
        self.counts: Counter[str] = Counter()
        self.further_forms: set[str] = set()
        self._spells_out = words.spells_out(language)

    def noted(self, chunks: Set[str]) -> list[str]:
        """Notes the words of a release, as they stand between white space, and gives their further forms, sorted."""
        self.counts.update(chunks)
        found: set[str] = set()
        for chunk in chunks & _given.having_further_forms:
            for token in words.chunk_tokens(chunk):
                found.update(token.aliases if self._spells_out else token.aliases[: _joined(token)])
                found.update(words.inner_parts(chunk[token.start : token.end]))
        return sorted(found)

    def written(self) -> dict[str, dict[str, int]]:
        """Every form of the releases that were noted, and in how many it is written how, for each thing that stands around it."""
        shapes: dict[str, dict[str, int]] = {}
        for chunk, count in self._parts():
            for start, end, form, _ in words.chunk_tokens(chunk):
                shape = chunk[start:end]
                of_form = shapes.get(form)
                if of_form is None:
                    shapes[form] = {shape: count}
                else:
                    of_form[shape] = of_form.get(shape, 0) + count
        return shapes

    def _parts(self) -> Iterator[tuple[str, int]]:
        """The parts of what was noted, each part of a long one once, and how often it was noted."""
        for chunk, count in self.counts.items():
            parts = words.parts(chunk)
            if len(parts) == 1:
                yield parts[0], count
            else:
                yield from ((part, times * count) for part, times in Counter(parts).items())


def _joined(token: words.Token) -> int:
    """How many of a token's aliases are of more than itself."""
    return sum(1 for alias in token.aliases if len(alias) > len(token.form) + 2 and alias.startswith(token.form))


class _Given(dict[str, str]):
    """What stands between white space → what Pagefind is given for it: its forms, with blanks between them."""

    def __init__(self) -> None:
        self.having_further_forms: set[str] = set()

    def __missing__(self, chunk: str) -> str:
        if len(self) >= _MOST_KEPT:
            self.clear()
            self.having_further_forms.clear()
        parts = words.parts(chunk)
        of_parts = {part: words.chunk_tokens(part) for part in dict.fromkeys(parts)}
        forms = {part: " ".join([bundle.given(token.form) for token in found]) for part, found in of_parts.items()}
        given = self[chunk] = " ".join(filter(None, map(forms.__getitem__, parts)))
        if given != chunk and any(
            token.aliases or words.inner_parts(part[token.start : token.end])
            for part, found in of_parts.items()
            for token in found
        ):
            self.having_further_forms.add(chunk)
        return given


_MOST_KEPT = 1 << 18
_given = _Given()


def record(entry: SearchEntry, paragraphs: Sequence[Paragraph], vocabulary: Vocabulary) -> Record:
    """The record of a release, whose words are those of its paragraphs; they are noted in the vocabulary."""
    chunks: list[str] = []

    def given(text: str) -> str:
        of_text = text.split()
        chunks.extend(of_text)
        return " ".join(filter(None, map(_given.__getitem__, of_text)))

    title = given(entry.title)
    further = words.reference_words(entry.reference)
    reference = " ".join(filter(None, (given(entry.reference), *map(bundle.given, further))))
    facts = [given(value) for name, value in entry.facts if name in SEARCHED_FACTS or name.startswith("date")]
    facts += [given(alias) for alias in entry.aliases]
    body = [given(text) for _, text in paragraphs]
    aliases = vocabulary.noted(set(chunks))
    vocabulary.further_forms.update(further, aliases)
    facts.append(" ".join(map(bundle.given, aliases)))
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
