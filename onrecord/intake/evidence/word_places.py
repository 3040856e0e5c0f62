"""Where each word of a text stands: found in one pass, so that looking up name after name does not read the text again and again."""

from __future__ import annotations

import re
from functools import cached_property

_WORD = re.compile(r"\w+")
# A longer word is not cut short by a full stop: it ends a sentence.
_LONGEST_SHORT = 5


class WordPlaces:
    """The words of a text: runs of letters and digits."""

    def __init__(self, text: str) -> None:
        self._text = text

    def starts(self, name: str) -> list[int]:
        """Where a name stands in the text as whole words."""
        return [self._words[at][0] for at in self._numbers(name)]

    def before(self, name: str, *, most: int) -> set[str]:
        """The words right before a name anywhere in the text, an apostrophe behind them kept ("l'"); with `most` 2, those one word further
        too."""
        found = set()
        for at in self._numbers(name):
            for earlier in range(at - 1, max(at - 1 - most, -1), -1):
                gap = self._text[self._words[earlier][1] : self._words[earlier + 1][0]]
                start, end = self._words[earlier]
                if gap.strip() not in ("", ".", "'", "’") or (gap.strip() == "." and end - start > _LONGEST_SHORT):
                    break
                found.add(self._text[start:end] + gap.strip(" .\n\t\u00a0"))
        return found

    def _numbers(self, name: str) -> list[int]:
        """The numbers of the words at which a name begins."""
        if _WORD.match(name) is None:
            return []
        # The rarest of its words: a thousand people may have one given name.
        rarest = enumerate(self._places.get(word, ()) for word in _WORD.findall(name))
        behind, places = min(rarest, key=lambda numbered: len(numbered[1]))
        numbers = (at - behind for at in places)
        return [at for at in numbers if at >= 0 and self._is_at(name, self._words[at][0])]

    def _is_at(self, name: str, start: int) -> bool:
        end = start + len(name)
        return self._text.startswith(name, start) and _WORD.match(self._text[end : end + 1]) is None

    @cached_property
    def _words(self) -> list[tuple[int, int]]:
        return [found.span() for found in _WORD.finditer(self._text)]

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = {}
        for at, (start, end) in enumerate(self._words):
            places.setdefault(self._text[start:end], []).append(at)
        return places
