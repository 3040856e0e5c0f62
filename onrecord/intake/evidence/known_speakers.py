"""Who has spoken in a text so far, and the whole name behind a surname."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from onrecord.intake.evidence.person_names import UNCASED, PersonNames
from onrecord.intake.evidence.term_finder import Terms, key
from onrecord.intake.evidence.word_places import WordPlaces


class KnownSpeakers:
    """The speakers of a text. `head` are the lines above it."""

    def __init__(self, text: str, terms: Terms, names: PersonNames, head: Sequence[str] = ()) -> None:
        self._speakers: set[str] = set()
        # Who of those whose name ends in some words spoke last.
        self._by_end: dict[tuple[str, ...], str] = {}
        self.text = text
        self._places = WordPlaces(text)
        self._terms = terms
        self._names = names
        self._head = "\n".join(head).splitlines()
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
        if full == surname:
            return self._in_head(surname) or surname
        first = full.split()[0]
        once = len(self._places.starts(full)) == 1
        doubtful = once and (bool(self._places.starts(first.lower())) or not self._is_introduced(full, surname))
        return surname if full != surname and (doubtful or self.is_shared(surname)) else full

    def _in_head(self, surname: str) -> str:
        """The one whole name with a surname in the lines above the text, where it has the office there by which the text calls the
        surname: "Keld District Attorney" / "Ada Quill" and "DA Quill"."""
        found = {name for office, name in self._named_in_head(surname) if self._is_called(surname, office)}
        return found.pop() if len(found) == 1 else ""

    def _named_in_head(self, surname: str) -> Iterator[tuple[str, str]]:
        """The whole names with a surname that end lines above the text, each with what stands before it, in its line or the one above."""
        for above, line in pairwise(["", *self._head]):
            name = self._names.at_end(line) if line.endswith(surname) else ""
            if name.split()[-1:] == [surname] and self._names.is_full(name) and line.endswith(name):
                yield line[: -len(name)].strip() or above, name

    def _is_called(self, surname: str, office: str) -> bool:
        """True where the titles that the text gives a surname are words of an office, short forms or initials of it."""
        titles = [
            word.strip(".").lower() for word in self._places.before(surname, most=1) if self._names.is_title(word)
        ]
        words = office.lower().split()
        initials = "".join(word[0] for word in words)
        return bool(titles) and all(
            (len(title) > 1 and initials.endswith(title))
            or any(word == title or (len(title) > len("st") and word.startswith(title)) for word in words)
            for title in titles
        )

    def is_open(self, name: str) -> bool:
        """True where a name may be another's: two people have it, or it is a surname alone that stays one although a whole name with it
        stands somewhere."""
        if self.is_shared(name):
            return True
        if len(name.split()) != 1 or UNCASED.search(name) or self._terms.names.term(name):
            return False
        full = self._names.full_name(name, self.text, self._places.starts(name))
        return full != name or any(self._named_in_head(name)) or self._is_given_name(name)

    def _is_given_name(self, name: str) -> bool:
        """True where another word with a capital follows a name that has a title before it: "Chief Tom Lamb" makes "Tom" no surname."""
        behind = (self.text[at + len(name) : at + len(name) + 3] for at in self._places.starts(name))
        return any(
            len(text) > 1 and text[0] in " \u00a0" and text[1].isupper() and text[2:].islower() for text in behind
        )

    def _is_introduced(self, full: str, surname: str) -> bool:
        """True where the text's first mention of a surname is the full name, or a comma, a bracket or a title says who it is."""
        at = next(iter(self._places.starts(full)), -1)
        first = next(iter(self._places.starts(surname)), -1)
        behind = self.text[at + len(full) : at + len(full) + 2].lstrip()
        titled = any(map(self._names.is_title, self._places.before(full, most=1)))
        apposed = behind.startswith((",", "(")) or self.text[max(at - 3, 0) : at].rstrip(" ").endswith(",")
        # "at Pier D. Quill waits": the letter ends a sentence; a name with an initial stands behind no plain word.
        plain = full.split()[-2].endswith(".") and self.text[max(at - 2, 0) : at].strip()[-1:].isalnum()
        return (at <= first < at + len(full) and not plain) or apposed or titled

    def is_shared(self, surname: str) -> bool:
        """True where the text has two people whose names end in these words."""
        if surname not in self._shared:
            self._shared[surname] = self._names.has_namesakes(surname, self.text, self._places.starts(surname))
        return self._shared[surname]
