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
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO

from onrecord import joining

SAME_TEXT = 0.5
_LEAST = 12
_SHORT = 40
_SHORT_SAME = 0.8
_SAMPLE = 8
_COMMON = 40
_LIKELY = 0.2 * SAME_TEXT
_PARTS = 256
_PART_BITS = 24
_MOST_IN_MEMORY = 4_000_000

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


def pairs_of(
    names: Iterable[str], text_of: Callable[[str], str], disk: Callable[[], IO[bytes]] | None = None
) -> list[Overlap]:
    """As `pairs`, for texts that are fetched when they are needed: `text_of` is called for each name once, and again for each name
    that may belong to a family, so that the texts need not be in memory together.

    `disk` gives an empty file, open to be written and read, that is taken where a hundred thousand texts and more would fill the memory;
    it is closed again. The pairs are the same with and without.
    """
    order = sorted(names)
    overlaps, sets = [], _Recent(lambda number: shingles(text_of(order[number])))
    with _Sorting(disk) as index, _Sorting(disk) as shared:
        sizes = array("L")
        for number, name in enumerate(order):
            sample = _sample(shingles(text_of(name)))
            sizes.append(len(sample))
            # The highest bits of a shingle say in which part it stands.
            index.add((shingle >> _PART_BITS, shingle << 32 | number) for shingle in sample)
        _add_shared(index, shared, max(1, len(order) // _PARTS + 1))
        for first, second in _candidates(shared, sizes):
            if same_text(sets[first], sets[second]):
                share = round(containment(sets[first], sets[second]), 4)
                overlaps.append(Overlap(order[first], order[second], share))
    return overlaps


def families(overlaps: Iterable[Overlap]) -> list[tuple[str, ...]]:
    """The families that the pairs make (everything reachable from one text), each sorted, sorted by their first."""
    pairs = ((overlap.first, overlap.second) for overlap in overlaps)
    return sorted(tuple(sorted(group)) for group in joining.groups(pairs))


def _sample(shingle_set: frozenset[int]) -> list[int]:
    """One shingle in eight, chosen by its value so that the same words are chosen in every text; all of a short text."""
    if len(shingle_set) < _SAMPLE * 16:
        return list(shingle_set)
    return [shingle for shingle in shingle_set if shingle % _SAMPLE == 0]


def _add_shared(index: _Sorting, shared: _Sorting, width: int) -> None:
    """Adds to `shared` each pair of texts once for each shingle that both have in their samples, in parts of `width` first texts.

    The numbers of `index` are a shingle (32 bits) and a text (32 bits), those of `shared` two texts. A shingle that very many texts share
    is a stock phrase or a text that was reposted very often: there each text is paired with the next one only, so that the work stays
    in proportion to the texts.
    """
    for ordered in index.parts():
        start, count = 0, len(ordered)
        while start < count:
            shingle = ordered[start] >> 32
            end = start + 1
            while end < count and ordered[end] >> 32 == shingle:
                end += 1
            if end - start > 1:
                group = [entry & 0xFFFFFFFF for entry in ordered[start:end]]
                pairs = itertools.combinations(group, 2) if len(group) <= _COMMON else itertools.pairwise(group)
                shared.add((first // width, first << 32 | second) for first, second in pairs)
            start = end


def _candidates(shared: _Sorting, sizes: array[int]) -> Iterator[tuple[int, int]]:
    """Pairs of texts whose samples overlap enough to be looked at whole, sorted; `sizes` are how many shingles each sample has."""
    for ordered in shared.parts():
        for pair, times in itertools.groupby(ordered):
            first, second = pair >> 32, pair & 0xFFFFFFFF
            if sum(1 for _ in times) >= _LIKELY * min(sizes[first], sizes[second]):
                yield first, second


class _Sorting:
    """Numbers of 64 bits, put into parts and given back sorted, part by part: in memory, or on the disk where there are many."""

    def __init__(self, disk: Callable[[], IO[bytes]] | None) -> None:
        self._disk = disk
        self._stream: IO[bytes] | None = None
        self._parts = [array("Q") for _ in range(_PARTS)]
        # Where the stretches of each part stand in the file: offset, length in bytes.
        self._written: list[list[tuple[int, int]]] = [[] for _ in range(_PARTS)]
        self._count = 0

    def __enter__(self) -> _Sorting:
        return self

    def __exit__(self, *_: object) -> None:
        if self._stream is not None:
            self._stream.close()

    def add(self, numbers: Iterable[tuple[int, int]]) -> None:
        """Adds (part, number) pairs. Not to be called any more once `parts` is."""
        parts = self._parts
        for part, number in numbers:
            parts[part].append(number)
            self._count += 1
        if self._count >= _MOST_IN_MEMORY and self._disk is not None:
            self._write()

    def parts(self) -> Iterator[list[int]]:
        """The numbers of each part, sorted; the part is forgotten then."""
        for part, numbers in enumerate(self._parts):
            stretches = array("Q")
            for offset, length in self._written[part]:
                assert self._stream is not None
                self._stream.seek(offset)
                stretches.frombytes(self._stream.read(length))
            stretches.extend(numbers)
            self._parts[part] = array("Q")
            yield sorted(stretches)

    def _write(self) -> None:
        if self._stream is None:
            assert self._disk is not None
            self._stream = self._disk()
        offset = self._stream.seek(0, 2)
        for part, numbers in enumerate(self._parts):
            if numbers:
                length = self._stream.write(numbers.tobytes())
                self._written[part].append((offset, length))
                offset += length
                self._parts[part] = array("Q")
        self._count = 0


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
