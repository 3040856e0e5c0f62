"""Speakers whom a text calls by what they are and not by name: "a resident of Homs", "one of them", "the Minister"."""

from __future__ import annotations

import re

from onrecord.intake.evidence.organization_names import is_named_organization
from onrecord.intake.evidence.person_names import PersonNames
from onrecord.intake.evidence.word_places import WordPlaces
from onrecord.intake.lexicon import Lexicon

# "two residents of the old town", "several of them"
_MOST_COUNTED, _FEW_COUNTED = 8, 3
# An office and a name are not longer; so many places of a calling are looked at.
_LONGEST_OFFICE, _LONGEST_APPOSITION, _MOST_PLACES = 120, 80, 20
_WITHOUT_ARTICLES = frozenset({"ru", "uk", "tr"})


class SpeakerPhrases:
    """Looks at words for speakers in the `text` of a release, of which `places` finds the words."""

    def __init__(self, text: str, places: WordPlaces, lexicon: Lexicon) -> None:
        self._text = text
        self._places = places
        self._lexicon = lexicon
        self._names = PersonNames(lexicon)

    def is_calling(self, text: str) -> bool:
        """True for a calling alone, in a language without articles: "следователь"."""
        alone = self._lexicon.language in _WITHOUT_ARTICLES and len(text.split()) == 1
        return alone and text[:1].islower() and self._names.is_title(text)

    def is_phrase(self, text: str) -> bool:
        """True for words that say what a speaker is without a name: "a resident of Homs", "several witnesses", "the Ministry's lawyer"."""
        if self._lexicon.find_kind(text):
            # "a statement from the ministry"
            return False
        if self._lexicon.pattern("quantity_words", "start").match(text):
            if self.is_of_many(text) and self._names.is_small(text.split()[1:2][0] if " " in text else ""):
                # "one of them"
                return False
            units = self._lexicon.pattern("time_units", "whole")
            if any(map(units.match, text.split()[1:2])):
                # "laments three years later"
                return False
            # "Some of them go home late then" is a clause.
            counted = self._lexicon.pattern("person_titles", "within").search(text) is not None
            return len(text.split()) <= (_MOST_COUNTED if counted else _FEW_COUNTED)
        # "his motivation" is nobody, "her lawyer" is.
        owner = self._lexicon.pattern("possessives", "start").match(text)
        possessed = owner is not None
        if owner and self._lexicon.pattern("relatives", "whole").match(text[owner.end() :]):
            return True
        if not (possessed or self._names.has_article(text)):
            return False
        # "An officer assumed contact with": before the first small word stands the calling, or it is a clause.
        words = text.split()
        if self._names.is_small(words[-1]):
            # "my father liked to"
            return False
        if (
            possessed
            and len(words) > len(("my", "keeper"))
            and words[-1].islower()
            and not self._names.is_title(words[-1])
        ):
            # "my harbour master once": more than who it is.
            return False
        stop = next((at for at, word in enumerate(words) if at > 1 and self._names.is_small(word)), len(words))
        head = " ".join(words[:stop])
        calling = self._lexicon.pattern("person_titles", "within").search(head)
        return is_named_organization(head, self._lexicon) or (
            calling is not None and len(head[calling.end() :].split()) <= 1
        )

    def is_of_many(self, phrase: str) -> bool:
        """True for words for a single speaker of several: "one of them", "another official"."""
        return self._lexicon.pattern("single_words", "start").match(phrase) is not None

    def people_called(self, phrase: str) -> set[str]:
        """The people whom the text gives the calling of a phrase with an article: "Minister for Harbours Ada Quill", "Ada Quill, the
        minister"."""
        calling = self._lexicon.pattern("person_titles", "within").search(phrase)
        found: set[str] = set()
        word = calling[0] if calling else ""
        for at in [*self._places.starts(word), *self._places.starts(word.capitalize())][:_MOST_PLACES]:
            behind = self._text[at + len(word) : at + _LONGEST_OFFICE].split("\n")[0]
            before = self._text[max(at - _LONGEST_APPOSITION, 0) : at]
            names = self._names.all_in(re.split(r"[.!?]\s", behind)[0])[:1]
            apposed = re.search(r"[,(]\s*(?:[^\W\d_A-Z][\w’'-]*\s+){0,4}$", before)
            names += self._names.all_in(before[: apposed.start()])[-1:] if apposed else []
            found.update(names)
        return found
