"""Who has spoken in a text so far, and the whole name behind a surname."""

from __future__ import annotations

from onrecord.intake.evidence.person_names import PersonNames
from onrecord.intake.evidence.term_finder import Terms, key


class KnownSpeakers:
    """The speakers of a text, those who spoke last at the end of `speakers`."""

    def __init__(self, text: str, terms: Terms, names: PersonNames) -> None:
        self.speakers: list[str] = []
        self._text = text
        self._terms = terms
        self._names = names
        self._full_names: dict[str, str] = {}

    def remember(self, speaker: str) -> None:
        """Notes that somebody spoke."""
        if speaker in self.speakers:
            self.speakers.remove(speaker)
        self.speakers.append(speaker)

    def resolved(self, name: str) -> str:
        """A name as the vocabulary or an earlier paragraph has it whole ("Shetty" → "Salil Shetty")."""
        term = self._terms.names.term(name) if name else None
        if term:
            return term.label
        end = key(name).split()
        for speaker in reversed(self.speakers):
            words = key(speaker).split()
            if len(words) > len(end) and words[-len(end) :] == end:
                return speaker
        if len(end) != 1 or len(name) <= 2:
            return name
        if name not in self._full_names:
            self._full_names[name] = self._names.full_name(name, self._text)
        return self._full_names[name]
