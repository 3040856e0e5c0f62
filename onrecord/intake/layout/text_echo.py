"""Whether a text speaks of what a line above it says: the words of a headline come again in it, those of furniture do not."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from functools import cached_property

from onrecord.intake.layout import line_signs
from onrecord.intake.layout.assignment import Assignment
from onrecord.intake.layout.candidates import letters

# So much of a text is looked through, in characters; a headline is about its beginning.
_REACH = 4000
# Words with the same first letters are forms of one word in most languages.
_STEM = 5
_SHORTEST_WORD = 4
# A syllable of Hangul is one character; what follows a word's first two may be a particle.
_HANGUL = re.compile("[\uac00-\ud7a3]")
_SYLLABLES = 2
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@dataclass(frozen=True, slots=True)
class Echo:
    """How many of a line's words a text has again, of how many, and how many of these the text has in lower case, so that they are no
    names. Words of fewer than four letters do not count."""

    found: int
    words: int
    common: int

    @property
    def share(self) -> float:
        """The part of the words that the text has again, 0-1."""
        return self.found / self.words if self.words else 0.0


@dataclass(frozen=True)
class TextEcho:
    """The beginning of a text, for the words of its headline to be looked up in."""

    text: str

    @classmethod
    def below(cls, assignment: Assignment, headline: str) -> TextEcho:
        """The text from the first paragraph on, without the headline where it stands there once more."""
        out, length = [], 0
        same = letters(headline)
        for line in assignment.lines[assignment.opening :]:
            if length > _REACH:
                break
            if line.is_text and not (len(line.text) < len(headline) + 40 and same in letters(line.text)):
                out.append(line.text)
                length += len(line.text)
        return cls("\n".join(out)[:_REACH])

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(_stem(word.casefold()) for word in _WORD.findall(self.text))

    @cached_property
    def _lower_stems(self) -> frozenset[str]:
        return frozenset(_stem(word) for word in _WORD.findall(self.text) if not word[:1].isupper())

    @cached_property
    def _folded(self) -> str:
        return self.text.casefold()

    def of(self, line: str, small: Container[str] = ()) -> Echo:
        """What the text has again of a line's words; those that are `small`, which every text has, do not count."""
        if line_signs.is_unspaced(line):
            return self._of_characters(line)
        words = [
            word.casefold()
            for word in _WORD.findall(line)
            if len(word) >= (_SYLLABLES if _HANGUL.match(word) else _SHORTEST_WORD) and word.casefold() not in small
        ]
        stems = list(dict.fromkeys(map(_stem, words)))
        # A script without case writes its little words as one with others.
        uncased = line.lower() == line.upper()
        again = [
            stem
            for stem in stems
            if stem in self._stems or (uncased and stem[1 if len(stem) > 4 else 0 :] in self._folded)
        ]
        common = len(again) if uncased else sum(stem in self._lower_stems for stem in again)
        return Echo(len(again), len(stems), common)

    def _of_characters(self, line: str) -> Echo:
        """Of a script without blanks, pairs of characters are its words."""
        signs = letters(line)
        pairs = list(dict.fromkeys(signs[at : at + 2] for at in range(len(signs) - 1)))
        again = sum(pair in self._folded for pair in pairs)
        return Echo(again, len(pairs), again)


def _stem(word: str) -> str:
    """The first letters of a word, which all its forms have."""
    return word[: _SYLLABLES if _HANGUL.match(word) else _STEM]
