"""The nearest known word to one that is not known, as help in a message."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

MOST_HINTS = 20
"""The most hints on the words of one file: each is a search through all that is known."""

MOST_BETWEEN = 200
"""The most hints on what files say about each other, of all files."""

_LEAST = 0.6
_LONGEST = 200


def hint(word: str, known_words: Iterable[str]) -> str:
    """ " Did you mean “…”?" with the nearest of the known words, or an empty text where none is near."""
    from rapidfuzz.distance import Indel  # late: most content has no unknown word
    from rapidfuzz.process import extractOne

    nearest = extractOne(
        word[:_LONGEST].casefold(), _folded(tuple(known_words)), scorer=Indel.normalized_similarity, score_cutoff=_LEAST
    )
    return f" Did you mean “{nearest[2]}”?" if nearest else ""


class Hints:
    """As `hint`, with an empty text after so many of them."""

    def __init__(self, most: int = MOST_HINTS) -> None:
        self._remaining = most

    def __call__(self, word: str, known_words: Iterable[str]) -> str:
        self._remaining -= 1
        return hint(word, known_words) if self._remaining >= 0 else ""


@lru_cache(maxsize=16)
def _folded(known_words: tuple[str, ...]) -> Mapping[str, str]:
    """Each known word with what it is compared by."""
    return {word: word.casefold() for word in known_words}
