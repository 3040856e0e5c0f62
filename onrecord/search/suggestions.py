"""What is suggested while somebody types: titles, terms and references by the first two characters of their words, a file for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from onrecord.search import words
from onrecord.search.pieces import Description
from onrecord.search.terms import TermPage

PREFIX = 2
_MOST = {"term": 30, "release": 20, "reference": 10}
"""How many of each kind a file has at most."""

_encode = msgspec.json.Encoder().encode


def by_prefix(descriptions: Sequence[Description], terms: Sequence[TermPage]) -> Iterator[tuple[str, bytes]]:
    """Each beginning of two characters that a word has, folded, sorted, with [[label, kind, path, number of releases], …]: terms by their
    number of releases, then titles and references, the latest first. A term stands there by the label or alias that has the word."""
    found: dict[str, dict[str, list[bytes]]] = {}

    def add(of: str, label: str, data: Sequence[object]) -> None:
        encoded = b""
        for prefix in {token.form[:PREFIX]: None for token in words.tokens(label)}:
            if len(prefix) < PREFIX:
                continue
            of_prefix = found.setdefault(prefix, {}).setdefault(of, [])
            if len(of_prefix) < _MOST[of]:
                encoded = encoded or _encode(data)
                of_prefix.append(encoded)

    for term in sorted(terms, key=lambda term: (-term.count, term.kind, term.path)):
        for spelling in term.spellings:
            add("term", spelling, [spelling, term.kind, term.path, term.count])
    for path, date, title, reference in _releases(descriptions):
        add("release", title, [title, "release", path, 1])
        if reference:
            add("reference", reference, [reference, "reference", path, 1])
    for prefix, kinds in sorted(found.items()):
        yield prefix, b"[" + b",".join([data for of in _MOST for data in kinds.get(of, ())]) + b"]"


def _releases(descriptions: Sequence[Description]) -> Iterator[tuple[str, str, str, str]]:
    """Path, date, title and reference of all releases, the latest first, those without a date last."""
    rows = [
        row
        for each in descriptions
        for row in zip(each.paths, each.dates, each.titles, each.references, strict=True)
    ]
    rows.sort(key=lambda row: row[0])
    rows.sort(key=lambda row: row[1], reverse=True)
    return iter(rows)
