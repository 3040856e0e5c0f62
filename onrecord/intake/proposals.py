"""Names and places that drafts have and the vocabularies have not, in one list for the person who decides: nothing is added by itself.

Spellings that differ in capitals, accents, hyphens and the like alone are one entry; spellings that are merely near are shown beside it,
because they may be somebody else.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from rapidfuzz import fuzz, process

from onrecord.check.name_signs import sign_of_no_name
from onrecord.intake import term_questions
from onrecord.intake.answers import questions_of, value_of
from onrecord.intake.evidence.term_finder import Terms
from onrecord.model import Items, Table

Vocabulary = Literal["names", "places"]
Kind = Literal["person", "organization", ""]

MOST_CHARACTERS = 80
"""Of a word that somebody sent in as a name or a place."""
_NEAR = 88.0
_NOT_A_NAME_OF_ITS_OWN = (
    "a ",
    "an ",
    "the ",
    "one ",
    "un ",
    "une ",
    "el ",
    "la ",
    "le ",
    "ein ",
    "eine ",
    "der ",
    "die ",
    "das ",
    "o ",
    "os ",
)
_DATELINE_PLACE = re.compile(r"[^\d,،:(){}\[\]/|–—]+")
_TABLE_OF: dict[Vocabulary, str] = {"names": "name", "places": "place"}


@dataclass(frozen=True, slots=True)
class Proposal:
    """An entry that a vocabulary may get. `aliases` are its other spellings, `drafts` how many drafts have one of them, `near` spellings
    of others that may be the same, and `known` the label of an entry that is there already and may be it (a person decides)."""

    vocabulary: Vocabulary
    label: str
    kind: Kind
    aliases: tuple[str, ...]
    drafts: int
    near: tuple[str, ...] = ()
    known: str = ""

    @property
    def spellings(self) -> tuple[str, ...]:
        """The label and the aliases."""
        return (self.label, *self.aliases)

    def toml(self) -> str:
        """The entry as it is appended to the vocabulary's file, an empty line before it."""
        lines = ["", f"[[{_TABLE_OF[self.vocabulary]}]]", f"label = {_quoted(self.label)}"]
        lines += [f'kind = "{self.kind}"'] if self.kind else []
        lines += [f"aliases = [{', '.join(map(_quoted, self.aliases))}]"] if self.aliases else []
        return "\n".join(lines) + "\n"


@dataclass(slots=True)
class _Group:
    """The spellings of one name, each with how many drafts have it."""

    kind: Kind
    spellings: Counter[str] = field(default_factory=Counter)
    drafts: int = 0


def proposals(drafts: Iterable[Table], terms: Terms) -> list[Proposal]:
    """What the drafts' front matter holds of names (speakers, publishers) and places (of datelines), and what its open questions propose of
    both, as far as no vocabulary has it: the names first, the most frequent first, then in the order of the alphabet."""
    groups: dict[Vocabulary, dict[str, _Group]] = {"names": {}, "places": {}}
    for table in drafts:
        found: dict[tuple[Vocabulary, str], tuple[Kind, str]] = {}
        for vocabulary, kind, text in _mentions(table):
            finder = terms.names if vocabulary == "names" else terms.places
            if finder.term(text) is None:
                found.setdefault((vocabulary, folded(text)), (kind, text))
        for (vocabulary, key), (kind, text) in found.items():
            group = groups[vocabulary].setdefault(key, _Group(kind))
            group.kind = group.kind or kind
            group.spellings[text] += 1
            group.drafts += 1
    known = {
        "names": {folded(spelling): term.label for spelling, term in terms.names.by_key.items()},
        "places": {folded(spelling): term.label for spelling, term in terms.places.by_key.items()},
    }
    return [
        proposal
        for vocabulary, of_vocabulary in groups.items()
        for proposal in _proposals(vocabulary, of_vocabulary, known[vocabulary])
    ]


def _proposals(vocabulary: Vocabulary, groups: dict[str, _Group], known: dict[str, str]) -> list[Proposal]:
    keys = [key for key in groups if key]
    out = []
    for key in keys:
        group = groups[key]
        label, *aliases = sorted(group.spellings, key=lambda text: (-group.spellings[text], text.isupper(), text))
        near = [
            min(groups[other].spellings, key=lambda text: (-groups[other].spellings[text], text))
            for other, _, _ in process.extract(key, keys, scorer=fuzz.ratio, score_cutoff=_NEAR, limit=6)
            if other != key
        ]
        nearest = process.extractOne(key, known.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR)
        of_known = known[nearest[0]] if nearest else ""
        out.append(Proposal(vocabulary, label, group.kind, tuple(aliases), group.drafts, tuple(sorted(near)), of_known))
    return sorted(out, key=lambda proposal: (-proposal.drafts, proposal.label))


def folded(text: str) -> str:
    """A name for comparison: its letters and digits alone, without case and accents, words apart by one blank."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(char for char in plain if not unicodedata.combining(char) and char not in "'’‘ʼʿʾ`´ـ")
    return " ".join(re.findall(r"[^\W_]+", letters))


def _mentions(table: Table) -> Iterable[tuple[Vocabulary, Kind, str]]:
    """The names and places of a draft that may be entries."""
    publisher = value_of(table, "publisher").strip()
    if publisher and publisher.casefold() != "not stated" and not sign_of_no_name(publisher, "publisher"):
        yield "names", "organization", publisher
    quotations = table.get("quotations")
    for quotation in quotations.nodes if isinstance(quotations, Items) else ():
        speaker = value_of(quotation, "speaker").strip() if isinstance(quotation, Table) else ""
        if _is_own_name(speaker) and not sign_of_no_name(speaker, "speaker"):
            yield "names", "person", speaker
    place = _DATELINE_PLACE.match(value_of(table, "dateline").strip())
    text = place[0].strip(" -.\t") if place else ""
    if len(text) > 2 and len(text.split()) <= 4 and text[:1].upper() == text[:1]:
        yield "places", "", text.title() if text.isupper() and text.isascii() else text
    yield from _proposed(table)


def _proposed(table: Table) -> Iterable[tuple[Vocabulary, Kind, str]]:
    """What the open questions of a draft propose. A word as long as the longest may have been cut, so it is none."""
    for question in questions_of(table):
        kind: Kind = "organization" if question.field == "publisher" else ""
        for vocabulary, word in term_questions.proposed(question):
            if len(word) >= MOST_CHARACTERS:
                continue
            if vocabulary == "names" and not sign_of_no_name(word, "publisher" if kind else "speaker"):
                yield "names", kind, word
            elif vocabulary == "places" and any(map(str.isalpha, word)):
                yield "places", "", word


def _is_own_name(text: str) -> bool:
    """Whether a speaker is named and not described: several words that begin as names do."""
    words = text.split()
    capital = bool(text) and text[0].upper() == text[0] and text[0].isalpha()
    return 2 <= len(words) <= 6 and capital and not text.lower().startswith(_NOT_A_NAME_OF_ITS_OWN)


def _quoted(text: str) -> str:
    """A basic string of TOML (1.0.0, "String"), whose escapes are those of JSON."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
