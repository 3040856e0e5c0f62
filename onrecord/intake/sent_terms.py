"""Topics, places and names that somebody who sent a release in wrote down: entries of the vocabularies, new ones that are proposed to them,
and words about which a person has to be asked.

A new entry is proposed for places and names alone, and only where nothing speaks against it: what a topic is, the archive decides.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from rapidfuzz import fuzz, process

from onrecord import slugs
from onrecord.check.name_signs import sign_of_no_name
from onrecord.intake.evidence.term_finder import Finder, Terms
from onrecord.intake.proposals import MOST_CHARACTERS, folded

MOST_WORDS = 20
"""Of each vocabulary; the rest is in what was sent."""
_NEAR = 88.0
_PROPOSED = ("places", "names")


class NewTerm(NamedTuple):
    """An entry that a vocabulary (places, names) may get."""

    vocabulary: str
    label: str


class UnknownWord(NamedTuple):
    """A word that is in no vocabulary, and why it is not proposed to one."""

    vocabulary: str
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class SentTerms:
    """What was written down of topics, places and names: the labels of those that are entries, by vocabulary; new entries; the others."""

    known: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    new: tuple[NewTerm, ...] = ()
    unknown: tuple[UnknownWord, ...] = ()

    def labels(self, vocabulary: str) -> tuple[str, ...]:
        """The labels that a record may have under a key, new ones included."""
        return (*self.known.get(vocabulary, ()), *(term.label for term in self.new if term.vocabulary == vocabulary))


def sent_terms(written: Mapping[str, Iterable[str]], terms: Terms, taken: frozenset[str]) -> SentTerms:
    """What the words of each vocabulary are. `taken` are the slugs of all its entries."""
    finders: Mapping[str, Finder] = {"topics": terms.topics, "places": terms.places, "names": terms.names}
    known: dict[str, tuple[str, ...]] = {}
    new: dict[NewTerm, None] = {}
    unknown: list[UnknownWord] = []
    for vocabulary, words in written.items():
        finder = finders[vocabulary]
        labels: dict[str, None] = {}
        for word in list(dict.fromkeys(filter(None, (" ".join(word.split()) for word in words))))[:MOST_WORDS]:
            term = finder.term(word)
            if term is not None:
                labels[term.label] = None
                continue
            why = next(_against(vocabulary, word, finder, taken, new), "")
            if why:
                unknown.append(UnknownWord(vocabulary, word[:MOST_CHARACTERS], why))
            else:
                new[NewTerm(vocabulary, word)] = None
        known[vocabulary] = tuple(labels)
    return SentTerms(known, tuple(new), tuple(unknown))


def _against(
    vocabulary: str, word: str, finder: Finder, taken: frozenset[str], new: Iterable[NewTerm]
) -> Iterator[str]:
    """What speaks against a new entry of that name, each as a sentence."""
    if vocabulary not in _PROPOSED:
        yield "What the topics are, the archive decides."
    if len(word) > MOST_CHARACTERS:
        yield "It is longer than a name."
    if not all(char == " " or unicodedata.category(char)[0] in "LMNP" for char in word):
        yield "It holds signs that no name has."
    if unicodedata.category(word[0])[0] != "L" or word[0].islower() or any(char in '<>[]{}"\\`' for char in word):
        yield "It does not begin or look like a name."
    if sign := sign_of_no_name(word, "publisher"):
        yield f"It looks like no name: {sign}."
    slug = slugs.slug(word)
    if not slug or slug in taken or slug in {slugs.slug(term.label) for term in new}:
        yield "Its address is that of another entry."
    near = process.extractOne(
        folded(word),
        {folded(spelling): None for spelling in finder.by_key}.keys(),
        scorer=fuzz.ratio,
        score_cutoff=_NEAR,
    )
    if near:
        yield f"It is near to “{near[0]}”, which is in the vocabulary."
