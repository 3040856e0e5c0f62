"""Who has spoken in a text so far, and the whole name behind a surname."""

from __future__ import annotations

from onrecord.intake.evidence.person_names import PersonNames
from onrecord.intake.evidence.term_finder import Terms, key
from onrecord.intake.evidence.word_places import WordPlaces


class KnownSpeakers:
    """The speakers of a text."""

    def __init__(self, text: str, terms: Terms, names: PersonNames) -> None:
        self._speakers: set[str] = set()
        # Who of those whose name ends in some words spoke last.
        self._by_end: dict[tuple[str, ...], str] = {}
        self.text = text
        self._places = WordPlaces(text)
        self._terms = terms
        self._names = names
        self._full_names: dict[str, str] = {}
        self._shared: dict[str, bool] = {}

    def remember(self, speaker: str) -> None:
        """Notes that somebody spoke."""
        self._speakers.add(speaker)
        words = key(speaker).split()
        for first in range(1, len(words)):
            self._by_end[tuple(words[first:])] = speaker

    @property
    def only_one(self) -> str:
        """Who has spoken where nobody else has; else an empty text."""
        return next(iter(self._speakers)) if len(self._speakers) == 1 else ""

    @property
    def has_named(self) -> bool:
        """True where somebody with a full name has spoken."""
        return any(map(self._names.is_full, self._speakers))

    def is_repeated(self, name: str) -> bool:
        """True where a name stands in the text more than once."""
        return self.text.count(name) > 1

    def has_spoken(self, name: str) -> bool:
        """True for a speaker so far."""
        return name in self._speakers

    def resolved(self, name: str) -> str:
        """A name as the vocabulary or an earlier paragraph has it whole ("Shetty" → "Salil Shetty")."""
        term = self._terms.names.term(name) if name else None
        if term:
            return term.label
        end = key(name).split()
        speaker = self._by_end.get(tuple(end))
        if speaker:
            return name if self.is_shared(name) else speaker
        # "de Miranda" is a surname, too.
        particle, _, behind = name.partition(" ")
        with_particle = (
            len(end) == 2 and particle.islower() and behind[:1].isupper() and self._names.is_particle(particle)
        )
        if (len(end) != 1 and not with_particle) or len(name) <= 2:
            return name
        if name not in self._full_names:
            self._full_names[name] = self._full(name)
        return self._full_names[name]

    def _full(self, surname: str) -> str:
        """A surname with the names before it somewhere in the text, unless the first of these is a word that the text writes small too and
        the whole stands there once: "Haunted Ada"."""
        full = self._names.full_name(surname, self.text, self._places.starts(surname))
        first = full.split()[0]
        once = len(self._places.starts(full)) == 1
        doubtful = once and (bool(self._places.starts(first.lower())) or not self._is_introduced(full, surname))
        return surname if full != surname and (doubtful or self.is_shared(surname)) else full

    def _is_introduced(self, full: str, surname: str) -> bool:
        """True where the text's first mention of a surname is the full name, or a comma, a bracket or a title says who it is."""
        at = next(iter(self._places.starts(full)), -1)
        first = next(iter(self._places.starts(surname)), -1)
        behind = self.text[at + len(full) : at + len(full) + 2].lstrip()
        titled = any(map(self._names.is_title, self._places.before(full, most=1)))
        apposed = behind.startswith((",", "(")) or self.text[max(at - 3, 0) : at].rstrip(" ").endswith(",")
        return at <= first < at + len(full) or apposed or titled

    def is_shared(self, surname: str) -> bool:
        """True where the text has two people whose names end in these words."""
        if surname not in self._shared:
            self._shared[surname] = self._names.has_namesakes(surname, self.text, self._places.starts(surname))
        return self._shared[surname]
