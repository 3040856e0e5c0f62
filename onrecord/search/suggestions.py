"""What is suggested while somebody types: titles, terms and references by the beginnings of their words, a file for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import msgspec

from onrecord.search import words
from onrecord.search.pieces import Description
from onrecord.search.terms import TermPage

SHORTEST, LONGEST = 2, 4
"""Characters of a beginning: a list that is cut has longer ones."""

Sort = Literal["term", "release", "reference"]

_MOST: Mapping[Sort, int] = {"term": 30, "release": 20, "reference": 10}
"""How many of each kind a list has at most."""

TABLES = {
    "letters": words.TABLES["letters"],
    "kept": words.TABLES["kept_letters"],
    "removed": words.TABLES["removed_marks_class"],
}
"""What a page folds by what is typed, so that it asks for the right list: from words.json."""

_encode = msgspec.json.Encoder().encode


@dataclass(slots=True)
class _List:
    """The suggestions of one beginning, and whether there are more than it has."""

    of_sort: dict[Sort, list[bytes]] = field(default_factory=dict)
    is_cut: bool = False

    def add(self, sort: Sort, suggestion: bytes) -> None:
        of_sort = self.of_sort.setdefault(sort, [])
        if len(of_sort) < _MOST[sort]:
            of_sort.append(suggestion)
        else:
            self.is_cut = True

    def json(self) -> bytes:
        return b"[" + b",".join([suggestion for sort in _MOST for suggestion in self.of_sort.get(sort, ())]) + b"]"


def by_prefix(descriptions: Sequence[Description], terms: Sequence[TermPage]) -> Iterator[tuple[str, bytes]]:
    """Each beginning of two characters that a word has, folded, with [[label, kind, path, number of releases], …]: terms by their number of
    releases, then titles and references, the latest first. A term stands there by the label or alias that has the word. Where there are
    more than a list may have, each beginning of one character more has a list as well."""
    suggestions = list(_suggestions(descriptions, terms))
    cut: set[str] | None = None
    for length in range(SHORTEST, LONGEST + 1):
        lists: dict[str, _List] = {}
        for sort, label_words, suggestion in suggestions:
            for prefix in {word[:length]: None for word in label_words if cut is None or word[: length - 1] in cut}:
                if len(prefix) == length:
                    lists.setdefault(prefix, _List()).add(sort, suggestion)
        for prefix, of_prefix in sorted(lists.items()):
            yield prefix, of_prefix.json()
        cut = {prefix for prefix, of_prefix in lists.items() if of_prefix.is_cut}


def _suggestions(
    descriptions: Sequence[Description], terms: Sequence[TermPage]
) -> Iterator[tuple[Sort, tuple[str, ...], bytes]]:
    """All suggestions, the most useful first: their sort, the beginnings of their words, and themselves as JSON."""
    for term in sorted(terms, key=lambda term: (-term.releases, term.kind, term.path)):
        for spelling in term.spellings:
            yield "term", _beginnings(spelling), _encode([spelling, term.kind, term.path, term.releases])
    for path, title, reference in _releases(descriptions):
        yield "release", _beginnings(title), _encode([title, "release", path, 1])
        if reference:
            yield "reference", _beginnings(reference), _encode([reference, "reference", path, 1])


def _beginnings(label: str) -> tuple[str, ...]:
    return tuple({token.form[:LONGEST]: None for token in words.tokens(label)})


def _releases(descriptions: Sequence[Description]) -> Iterator[tuple[str, str, str]]:
    """Path, title and reference of all releases, the latest first, those without a date last."""
    rows = [
        row for each in descriptions for row in zip(each.paths, each.dates, each.titles, each.references, strict=True)
    ]
    rows.sort(key=lambda row: row[0])
    rows.sort(key=lambda row: row[1], reverse=True)
    return ((path, title, reference) for path, _, title, reference in rows)
