"""Two publications of one text, set side by side: sentences are aligned first, then the words of those that changed.

Quotation marks, apostrophes and dashes count as the same in every form, so that typesetting does not pass for editing. Everything is a
longest common subsequence, in time that grows with the product of two lengths divided by 64 (H. Hyyrö, "Bit-parallel LCS-length
computation revisited", 2004), and by parts where that would be too much.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Annotated

import msgspec

from onrecord.characters import fold_marks

MOST_CELLS = 2**26
"""The largest product of two lengths that are compared at once: a quarter of a second of time, 8 MB of memory."""

MOST_SENTENCES = 40_000
"""Of one text that are compared one by one: in two megabytes, sentences of fifty characters."""

ALIKE = 0.5
"""The share of words two sentences must have in common to be versions of each other."""

_SENTENCE = re.compile(r"(?<=[.!?؟。…])[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[^\W\d_a-zß-öø-ÿ])")
_WORD = re.compile(r"\S+\s*")


class Run(msgspec.Struct, frozen=True):
    """Some words, and whether the other publication has them too."""

    text: Annotated[str, "the words"]
    own: Annotated[bool, "true where the other publication does not have them"]


class Stretch(msgspec.Struct, frozen=True):
    """Some words of a sentence in both its versions."""

    text: Annotated[str, "the words"]
    side: Annotated[str, "left or right where one version alone has them; empty where both do"]


class Pair(msgspec.Struct, frozen=True):
    """A sentence of one publication beside its counterpart."""

    kind: Annotated[str, "same, changed, cut (only on the left) or added (only on the right)"]
    left: Annotated[tuple[Run, ...], "the sentence on the left; empty where it was added"]
    right: Annotated[tuple[Run, ...], "the sentence on the right; empty where it was cut"]
    left_paragraph: Annotated[str, "number of its paragraph, item or row on the left; empty where it is not there"]
    right_paragraph: Annotated[str, "the same on the right"]
    inline: Annotated[tuple[Stretch, ...], "both versions in one line, where it was changed; else empty"] = ()


class Comparison(msgspec.Struct, frozen=True):
    """Two texts side by side. A share is the part of one text's words, from 0 to 1, that the other has in the same sentence."""

    pairs: tuple[Pair, ...]
    left_share: float
    right_share: float


class _Sentence(msgspec.Struct, frozen=True):
    """A sentence of the paragraph, item or row with the number `paragraph`; `words` with the spaces behind them, and a character for each:
    equal words have equal characters in `exact`, those that differ in letter case only in `folded`."""

    text: str
    paragraph: str
    words: tuple[str, ...]
    exact: str
    folded: str


class _Alphabet(dict[str, str]):
    """A character for each word it is asked for. Two texts of two megabytes have fewer different words, at three bytes and a space each,
    than there are characters; their words in lower case need an alphabet of their own."""

    def __missing__(self, word: str) -> str:
        self[word] = character = chr(len(self))
        return character


def texts(left: Sequence[tuple[str, str]], right: Sequence[tuple[str, str]]) -> Comparison:
    """The comparison of two texts, each given as its paragraphs, items and rows in order, as (number, words)."""
    sides = _sides(left, right)
    pairs: list[Pair] = []
    shared = 0
    for pair, count in _pairs(*sides):
        pairs.append(pair)
        shared += count
    lengths = [sum(len(sentence.words) for sentence in side) for side in sides]
    return Comparison(tuple(pairs), *(shared / length if length else 1.0 for length in lengths))


def changes(left: Sequence[tuple[str, str]], right: Sequence[tuple[str, str]]) -> Iterator[Pair]:
    """The changed sentences of two texts, given as in `texts`, one after the other: who needs one has the others not compared."""
    return (pair for pair, _ in _pairs(*_sides(left, right)) if pair.kind == "changed")


def _sides(
    left: Sequence[tuple[str, str]], right: Sequence[tuple[str, str]]
) -> tuple[list[_Sentence], list[_Sentence]]:
    exact, folded = _Alphabet(), _Alphabet()
    sides = _sentences(left, exact, folded), _sentences(right, exact, folded)
    return (_joined(sides[0]), _joined(sides[1])) if max(map(len, sides)) > MOST_SENTENCES else sides


def _pairs(left: Sequence[_Sentence], right: Sequence[_Sentence]) -> Iterator[tuple[Pair, int]]:
    """The rows of a comparison, each with how many words its sides share."""
    sentences = _Alphabet()
    encoded = ["".join(sentences[sentence.exact] for sentence in side) for side in (left, right)]
    i = j = 0
    for a, b, length in (*_common(*encoded), (len(left), len(right), 0)):
        for first, second in _aligned(left[i:a], right[j:b]):
            yield _pair(first, second)
        for first, second in zip(left[a : a + length], right[b : b + length], strict=True):
            runs = (Run(first.text, False),), (Run(second.text, False),)
            yield Pair("same", *runs, first.paragraph, second.paragraph), len(first.words)
        i, j = a + length, b + length


def _sentences(passages: Sequence[tuple[str, str]], exact: _Alphabet, folded: _Alphabet) -> list[_Sentence]:
    out = []
    for number, passage in passages:
        text = " ".join(passage.split())
        start = 0
        for end in (*(match.end() for match in _SENTENCE.finditer(text)), len(text)):
            sentence = text[start:end].strip()
            start = end
            if sentence:
                words = tuple(_WORD.findall(sentence))
                plain = fold_marks(sentence).split()
                encoded = (
                    "".join(map(exact.__getitem__, plain)),
                    "".join(map(folded.__getitem__, map(str.casefold, plain))),
                )
                out.append(_Sentence(sentence, number, words, *encoded))
    return out


def _joined(side: Sequence[_Sentence]) -> list[_Sentence]:
    """The sentences of a text that has more than are compared, several in each; each with the paragraph in which it begins.

    Where one ends follows from its last word, so that the same words are divided alike in both texts.
    """
    joined: list[_Sentence] = []
    group: list[_Sentence] = []
    length = 0
    for number, sentence in enumerate(side, 1):
        group.append(sentence)
        length += len(sentence.text) + 1
        is_end = length > 400 or (length > 50 and ord(sentence.exact[-1:] or "\0") % 4 == 0)
        if is_end or number == len(side):
            text = " ".join(part.text for part in group)
            exact, folded = "".join(part.exact for part in group), "".join(part.folded for part in group)
            joined.append(_Sentence(text, group[0].paragraph, tuple(_WORD.findall(text)), exact, folded))
            group, length = [], 0
    return joined


def _aligned(
    left: Sequence[_Sentence], right: Sequence[_Sentence]
) -> Iterator[tuple[_Sentence | None, _Sentence | None]]:
    """The sentences of a gap in order, each with the sentence it is a version of: the one whose words are most of the common ones."""
    owners = [[number for number, sentence in enumerate(side) for _ in sentence.folded] for side in (left, right)]
    common: Counter[tuple[int, int]] = Counter()
    for a, b, length in _common(*("".join(sentence.folded for sentence in side) for side in (left, right))):
        common.update(zip(owners[0][a : a + length], owners[1][b : b + length], strict=True))
    alike = {
        (i, j): share
        for (i, j), count in common.items()
        if (share := 2 * count / (len(left[i].folded) + len(right[j].folded))) >= ALIKE
    }
    versions: dict[int, int] = {}
    taken: set[int] = set()
    for i, j in sorted(alike, key=lambda pair: (-alike[pair], pair)):
        if i not in versions and j not in taken:
            versions[i] = j
            taken.add(j)
    i = j = 0
    for a, b in (*sorted(versions.items()), (len(left), len(right))):
        yield from ((sentence, None) for sentence in left[i:a])
        yield from ((None, sentence) for sentence in right[j:b])
        if a < len(left):
            yield left[a], right[b]
        i, j = a + 1, b + 1


def _pair(left: _Sentence | None, right: _Sentence | None) -> tuple[Pair, int]:
    """A row of the comparison, the words marked that only one side has, and how many words the sides share."""
    if left is None or right is None:
        removed = (Run(left.text, True),) if left else ()
        added = (Run(right.text, True),) if right else ()
        kind = "cut" if left else "added"
        return Pair(kind, removed, added, left.paragraph if left else "", right.paragraph if right else ""), 0
    common = _common(left.exact, right.exact)
    runs = (
        _runs(left.words, [(start, length) for start, _, length in common]),
        _runs(right.words, [(start, length) for _, start, length in common]),
    )
    inline = tuple(_inline(left.words, right.words, common))
    return Pair("changed", *runs, left.paragraph, right.paragraph, inline), sum(length for _, _, length in common)


def _inline(left: Sequence[str], right: Sequence[str], common: Sequence[tuple[int, int, int]]) -> Iterator[Stretch]:
    """Two versions of a sentence in one line: before words that both have, those of the left one alone, then those of the right one."""
    i = j = 0
    for a, b, length in (*common, (len(left), len(right), 0)):
        for words, side in ((left[i:a], "left"), (right[j:b], "right"), (left[a : a + length], "")):
            if words:
                yield Stretch("".join(words).strip(), side)
        i, j = a + length, b + length


def _runs(words: Sequence[str], common: Sequence[tuple[int, int]]) -> tuple[Run, ...]:
    """The words in runs, given where those begin that the other side has, and their lengths."""
    runs = []
    at = 0
    for start, length in (*common, (len(words), 0)):
        runs += [Run("".join(words[at:start]), True), Run("".join(words[start : start + length]), False)]
        at = start + length
    return tuple(run for run in runs if run.text)


def _common(left: str, right: str) -> list[tuple[int, int, int]]:
    """What two texts have in common, in order, as runs of (start in left, start in right, length): a longest common subsequence, or part of
    one where the texts are too long for that."""
    from rapidfuzz.distance import LCSseq  # late: only where texts are compared

    first = _common_start(left, right)
    last = _common_start(left[first:][::-1], right[first:][::-1])
    ends = len(left) - last, len(right) - last
    runs = [run for run in ((0, 0, first), (*ends, last)) if run[2]]
    parts = [(first, ends[0], first, ends[1])]
    while parts:
        i, i_end, j, j_end = parts.pop()
        if (i_end - i) * (j_end - j) <= MOST_CELLS:
            blocks = LCSseq.editops(left[i:i_end], right[j:j_end]).as_matching_blocks()
            runs += [(i + block.a, j + block.b, block.size) for block in blocks if block.size]
            continue
        anchors = _anchors(left[i:i_end], right[j:j_end])
        runs += [(i + a, j + b, 1) for a, b in anchors]
        # Without an anchor the middles part the texts: what they have in common across them is missed.
        middle = ((i + i_end) // 2, (j + j_end) // 2)
        starts = [(i, j), *((i + a + 1, j + b + 1) for a, b in anchors)] if anchors else [(i, j), middle]
        stops = [*((i + a, j + b) for a, b in anchors), (i_end, j_end)] if anchors else [middle, (i_end, j_end)]
        parts += [(a, a_end, b, b_end) for (a, b), (a_end, b_end) in zip(starts, stops, strict=True)]
    joined: list[tuple[int, int, int]] = []
    for a, b, length in sorted(runs):
        start, start_right, before = joined[-1] if joined else (0, 0, 0)
        if before and (start + before, start_right + before) == (a, b):
            joined[-1] = (start, start_right, before + length)
        else:
            joined.append((a, b, length))
    return joined


def _common_start(left: str, right: str) -> int:
    """How many characters two texts begin with that are the same."""
    low, high = 0, min(len(left), len(right))
    while low < high:
        middle = (low + high + 1) // 2
        if left[low:middle] == right[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _anchors(left: str, right: str) -> list[tuple[int, int]]:
    """Pairs of places of what stands once in each text, as many as have the same order (Bram Cohen's "patience diff")."""
    once = [{character for character, count in Counter(text).items() if count == 1} for text in (left, right)]
    shared = once[0] & once[1]
    if not shared:
        return []
    positions = {character: position for position, character in enumerate(right) if character in shared}
    return _longest_ascent(
        [(position, positions[character]) for position, character in enumerate(left) if character in positions]
    )


def _longest_ascent(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of the pairs, in their order, whose second numbers ascend."""
    last: list[int] = []  # by length, the smallest second number that ends an ascent of that length
    length_at = []
    for _, b in pairs:
        length = bisect_left(last, b)
        last[length : length + 1] = [b]
        length_at.append(length)
    ascent: list[tuple[int, int]] = []
    next_length = len(last) - 1
    for pair, length in zip(reversed(pairs), reversed(length_at), strict=True):
        if length == next_length and (not ascent or pair[1] < ascent[-1][1]):
            ascent.append(pair)
            next_length -= 1
    return ascent[::-1]
