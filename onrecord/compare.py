"""Two publications of one text, set side by side: sentences are aligned first, then the words of those that changed.

Quotation marks, apostrophes and dashes count as the same in every form, so that typesetting does not pass for editing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Annotated

MOST_PAIRS = 40_000
"""The most sentence pairs that are weighed against each other in one gap; a larger gap counts as cut and added."""

ALIKE = 0.5
"""The share of words two sentences must have in common to be versions of each other."""

_PLAIN = str.maketrans(
    {
        "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "ʼ": "'", "‐": "-", "‑": "-", "–": "-", "—": "-",
        "\u00a0": " ", "\u202f": " ",
    }
)  # fmt: skip
_SENTENCE = re.compile(r"(?<=[.!?؟。…])[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[^\W\d_a-zß-öø-ÿ])")
_WORD = re.compile(r"\S+\s*")


@dataclass(frozen=True, slots=True)
class Run:
    """Some words, and whether the other publication has them too."""

    text: Annotated[str, "the words"]
    own: Annotated[bool, "true where the other publication does not have them"]


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence of one publication beside its counterpart."""

    kind: Annotated[str, "same, changed, cut (only on the left) or added (only on the right)"]
    left: Annotated[tuple[Run, ...], "the sentence on the left; empty where it was added"]
    right: Annotated[tuple[Run, ...], "the sentence on the right; empty where it was cut"]
    left_paragraph: Annotated[int, "number of its paragraph on the left; 0 where it is not there"]
    right_paragraph: Annotated[int, "number of its paragraph on the right; 0 where it is not there"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two texts side by side. A share is the part of one text's words, from 0 to 1, that the other has in the same sentence."""

    pairs: tuple[Pair, ...]
    left_share: float
    right_share: float


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    paragraph: int
    words: tuple[str, ...]
    keys: tuple[str, ...]


def texts(left: Sequence[str], right: Sequence[str]) -> Comparison:
    """The comparison of two texts, each given as its paragraphs."""
    one, two = _sentences(left), _sentences(right)
    pairs: list[Pair] = []
    shared = 0
    matcher = SequenceMatcher(None, [s.keys for s in one], [s.keys for s in two], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            for a, b in zip(one[i1:i2], two[j1:j2], strict=True):
                shared += len(a.keys)
                pairs.append(Pair("same", (Run(a.text, False),), (Run(b.text, False),), a.paragraph, b.paragraph))
            continue
        for first, second in _aligned(one[i1:i2], two[j1:j2]):
            if first and second:
                pair, words = _changed(first, second)
                shared += words
            elif first:
                pair = Pair("cut", (Run(first.text, True),), (), first.paragraph, 0)
            else:
                assert second
                pair = Pair("added", (), (Run(second.text, True),), 0, second.paragraph)
            pairs.append(pair)
    lengths = [sum(len(s.keys) for s in side) for side in (one, two)]
    return Comparison(tuple(pairs), *(shared / length if length else 1.0 for length in lengths))


def _sentences(paragraphs: Sequence[str]) -> list[_Sentence]:
    out = []
    for number, paragraph in enumerate(paragraphs, 1):
        text = " ".join(paragraph.split())
        start = 0
        for end in (*(match.end() for match in _SENTENCE.finditer(text)), len(text)):
            sentence = text[start:end].strip()
            start = end
            if sentence:
                words = tuple(_WORD.findall(sentence))
                out.append(_Sentence(sentence, number, words, tuple(word.strip().translate(_PLAIN) for word in words)))
    return out


def _aligned(one: Sequence[_Sentence], two: Sequence[_Sentence]) -> list[tuple[_Sentence | None, _Sentence | None]]:
    """The sentences of a gap in order, each beside the one it is a version of: the alignment with the most words in common."""
    if not one or not two or len(one) * len(two) > MOST_PAIRS:
        return [*((s, None) for s in one), *((None, s) for s in two)]
    bags = [[Counter(key.casefold() for key in s.keys) for s in side] for side in (one, two)]
    best = [[0.0] * (len(two) + 1) for _ in range(len(one) + 1)]
    score = [[_alike(a, b) for b in bags[1]] for a in bags[0]]
    for i in range(len(one) - 1, -1, -1):
        for j in range(len(two) - 1, -1, -1):
            here = score[i][j] + best[i + 1][j + 1] if score[i][j] >= ALIKE else 0.0
            best[i][j] = max(here, best[i + 1][j], best[i][j + 1])
    out: list[tuple[_Sentence | None, _Sentence | None]] = []
    i = j = 0
    while i < len(one) and j < len(two):
        if score[i][j] >= ALIKE and best[i][j] == score[i][j] + best[i + 1][j + 1]:
            out.append((one[i], two[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            out.append((one[i], None))
            i += 1
        else:
            out.append((None, two[j]))
            j += 1
    return [*out, *((s, None) for s in one[i:]), *((None, s) for s in two[j:])]


def _alike(one: Counter[str], two: Counter[str]) -> float:
    """Sørensen's coefficient of two bags of words."""
    return 2 * (one & two).total() / (one.total() + two.total())


def _changed(one: _Sentence, two: _Sentence) -> tuple[Pair, int]:
    """Two versions of a sentence with the words marked that only one has, and how many words they share."""
    left: list[Run] = []
    right: list[Run] = []
    shared = 0
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, one.keys, two.keys, autojunk=False).get_opcodes():
        own = tag != "equal"
        shared += 0 if own else i2 - i1
        if i2 > i1:
            left.append(Run("".join(one.words[i1:i2]), own))
        if j2 > j1:
            right.append(Run("".join(two.words[j1:j2]), own))
    return Pair("changed", tuple(left), tuple(right), one.paragraph, two.paragraph), shared
