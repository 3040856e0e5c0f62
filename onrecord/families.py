"""Same-text families: which texts contain each other.

Containment after Broder, "On the resemblance and containment of documents" (1997): the share of the smaller text's three-word
shingles that stand in the larger one. Resemblance (Jaccard) would miss excerpts: a tenth of a text resembles it by a tenth, but is
contained in it wholly.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
import zlib
from array import array
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

SAME_TEXT = 0.5
_LEAST = 12
_SHORT = 40
_SHORT_SAME = 0.8
_SAMPLE = 8
_COMMON = 40
_LIKELY = 0.2 * SAME_TEXT

# Scripts written without spaces are cut by the character, the rest by the word (Unicode Standard Annex 29, section 4).
_WORD = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W_\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+"
)
_APOSTROPHES = re.compile(r"(?<=\w)['’‘ʼ`´](?=\w)")


@dataclass(frozen=True, slots=True, order=True)
class Overlap:
    """Two texts and the share of the smaller one's shingles that stand in the larger (0-1)."""

    first: str
    second: str
    containment: float


def shingles(text: str) -> frozenset[int]:
    """The three-word shingles of `text` as 32-bit numbers (CRC-32 of the lower-cased words, the same in every run)."""
    folded = _APOSTROPHES.sub("", unicodedata.normalize("NFKC", text)).lower()
    words = _WORD.findall(folded)
    return frozenset(zlib.crc32(f"{a} {b} {c}".encode()) for a, b, c in zip(words, words[1:], words[2:], strict=False))


def containment(first: frozenset[int], second: frozenset[int]) -> float:
    """The share of the smaller set that stands in the larger; 0 where one is empty."""
    smaller = min(len(first), len(second))
    return len(first & second) / smaller if smaller else 0.0


def same_text(first: frozenset[int], second: frozenset[int]) -> bool:
    """True where two texts are publications of one text: half of the shorter stands in the longer, four fifths of a very short one."""
    smaller = min(len(first), len(second))
    if smaller < _LEAST:
        return smaller > 0 and first == second
    return containment(first, second) >= (_SHORT_SAME if smaller < _SHORT else SAME_TEXT)


def pairs(texts: Mapping[str, str]) -> list[Overlap]:
    """All pairs of `texts` (name to text) that carry the same text, sorted by name; `first` sorts before `second`."""
    names = sorted(texts)
    return pairs_of(names, lambda name: texts[name])


def pairs_of(names: Iterable[str], text_of: Callable[[str], str]) -> list[Overlap]:
    """As `pairs`, for texts that are fetched when they are needed: `text_of` is called for each name once, and again for each name
    that may belong to a family, so that the texts need not be in memory together."""
    order = sorted(names)
    index, sizes = array("Q"), array("L")
    for number, name in enumerate(order):
        sample = _sample(shingles(text_of(name)))
        sizes.append(len(sample))
        index.extend(shingle << 32 | number for shingle in sample)
    overlaps, sets = [], _Recent(lambda number: shingles(text_of(order[number])))
    for first, second in sorted(_candidates(index, sizes)):
        if same_text(sets[first], sets[second]):
            share = round(containment(sets[first], sets[second]), 4)
            overlaps.append(Overlap(order[first], order[second], share))
    return overlaps


def families(overlaps: Iterable[Overlap]) -> list[tuple[str, ...]]:
    """The families that the pairs make (everything reachable from one text), each sorted, sorted by their first."""
    root: dict[str, str] = {}

    def top(name: str) -> str:
        root.setdefault(name, name)
        while root[name] != name:
            root[name] = root[root[name]]
            name = root[name]
        return name

    for overlap in overlaps:
        low, high = sorted((top(overlap.first), top(overlap.second)))
        root[high] = low
    groups: dict[str, list[str]] = {}
    for name in sorted(root):
        groups.setdefault(top(name), []).append(name)
    return sorted(tuple(group) for group in groups.values())


def _sample(shingle_set: frozenset[int]) -> list[int]:
    """One shingle in eight, chosen by its value so that the same words are chosen in every text; all of a short text."""
    if len(shingle_set) < _SAMPLE * 16:
        return list(shingle_set)
    return [shingle for shingle in shingle_set if shingle % _SAMPLE == 0]


def _candidates(index: array[int], sizes: array[int]) -> set[tuple[int, int]]:
    """Pairs of texts whose samples overlap enough to be looked at whole.

    `index` holds shingle and text number in one number, `sizes` how many entries each text has. A shingle that very many texts share
    is a stock phrase or a text that was reposted very often: there each text is paired with the next one only, so that the work stays
    in proportion to the texts.
    """
    ordered = sorted(index)
    shared: dict[tuple[int, int], int] = {}
    chained: set[tuple[int, int]] = set()
    start = 0
    while start < len(ordered):
        end = start + 1
        while end < len(ordered) and ordered[end] >> 32 == ordered[start] >> 32:
            end += 1
        group = [entry & 0xFFFFFFFF for entry in ordered[start:end]]
        if len(group) > _COMMON:
            chained.update(itertools.pairwise(group))
        else:
            for pair in itertools.combinations(group, 2):
                shared[pair] = shared.get(pair, 0) + 1
        start = end
    return chained | {pair for pair, count in shared.items() if count >= _LIKELY * min(sizes[pair[0]], sizes[pair[1]])}


class _Recent:
    """The last few shingle sets, so that memory stays flat."""

    def __init__(self, make: Callable[[int], frozenset[int]]) -> None:
        self._make = make
        self._kept: dict[int, frozenset[int]] = {}

    def __getitem__(self, number: int) -> frozenset[int]:
        if number not in self._kept:
            if len(self._kept) >= 64:
                del self._kept[next(iter(self._kept))]
            self._kept[number] = self._make(number)
        return self._kept[number]
