"""The pieces of all shards → the files that they share: words, facets, vocabulary, suggestions, and the catalogue.

The shards' rows are merged word by word, so what is in memory at a time is one word of all shards, and the columns of the catalogue. A
file is named by what is in it, and made only where it is not there yet. JSON, UTF-8; numbers of releases and of positions are gaps to the
one before in their list, the first from 0.
"""

from __future__ import annotations

import base64
import heapq
import math
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from operator import itemgetter

import msgspec

from onrecord.search import classic_scripts, suggestions, words
from onrecord.search.entry import FACETS
from onrecord.search.pieces import Description, FormRow, Pieces
from onrecord.search.shard_files import ShardInfo
from onrecord.search.terms import TermPage

FORMAT = 3
RANGE = 3 << 14
"""Bytes of JSON up to which words share a file."""

_MOST = 2 * RANGE
"""What words with the same beginning may share: a query asks for a word's form and its stems, mostly found in one file then."""

_LARGEST = 4 * RANGE
_BEGINNING, _STEM = 4, 6
_CUT = 64
"""After one of so many beginnings a range ends, whatever there is before it: so a change moves no range but near it."""

LENGTH_STEPS = 8
"""A release's length is given in steps, so many for each doubling: it only weighs in the order of what is found."""

_encode = msgspec.json.Encoder().encode

Write = Callable[[str, Callable[[], bytes], bool], None]
"""What takes a file: its path below `pagefind/`, what makes its bytes, and whether the path says what is in it, so that the bytes need
not be made where there is such a file already."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What the catalogue is made from beside the shards: the pages of terms; the months of each language, as words.json has no names of
    months; the digest of engine.js."""

    terms: Sequence[TermPage]
    months: Mapping[str, Sequence[Sequence[str]]]
    engine: str


def join(
    infos: Sequence[ShardInfo], pieces: Callable[[ShardInfo], Pieces], shared: Shared, version: bytes, write: Write
) -> None:
    """Makes the files that all shards share. The order of `infos` does not matter; `version` is the search's own, for what is made by
    another version has other names. Raises OSError, msgspec.MsgspecError."""
    shards = sorted(infos, key=_order)
    sources = [pieces(info) for info in shards]
    languages = sorted({info.language for info in shards})

    def named(path: str, data: bytes) -> str:
        name = f"{path}{classic_scripts.digest(data, version)}"
        write(classic_scripts.file_of(name), lambda: classic_scripts.script(name, data), True)
        return name

    descriptions = [source.description() for source in sources]
    ranges = [
        (first, named("words/", data).removeprefix("words/"))
        for first, data in _ranges(_entries(sources, _terms_by_key(shared.terms, languages)))
    ]
    facets = {facet: named(f"facets/{facet}_", data) for facet, data in _facets(descriptions)}
    vocabulary = {
        language: named(
            f"vocabulary/{language}_",
            _vocabulary([source for source, info in zip(sources, shards, strict=True) if info.language == language]),
        )
        for language in languages
    }
    prefixes = {
        prefix: named(f"suggestions/{prefix.encode().hex()}_", data).rpartition("_")[2]
        for prefix, data in suggestions.by_prefix(descriptions, shared.terms)
    }
    data = _encode({**suggestions.TABLES, "prefixes": prefixes})
    write("suggestions.js", lambda: classic_scripts.script("suggestions", data), False)
    catalogue = _encode(
        {
            "format": FORMAT,
            "engine": shared.engine,
            "shards": [[info.name, info.language, info.first, info.last, info.count] for info in shards],
            "languages": languages,
            "scripts": sorted({script for description in descriptions for script in description.scripts}),
            "ranges": [" ".join(first for first, _ in ranges), _names(name for _, name in ranges)],
            "releases": _columns(descriptions),
            "facets": facets,
            "vocabulary": vocabulary,
            "months": shared.months,
        }
    )
    write("catalogue.js", lambda: classic_scripts.script("catalogue", catalogue), False)


def _order(info: ShardInfo) -> tuple[str, bool, str, str]:
    """Each language's shards from the earliest to the latest, those without a year last: the order of equally good results."""
    return info.language, not info.first and info.name != info.language, info.first, info.name


# ---- words -------------------------------------------------------------------------------------------------------------------------


def _terms_by_key(terms: Iterable[TermPage], languages: Sequence[str]) -> dict[str, list[bytes]]:
    """The pages of terms by the keys of the words they are called by, in every language that a query may be in."""
    by_key: dict[str, list[bytes]] = {}
    for term in terms:
        data = _encode([term.kind, term.path, term.releases, dict(term.labels), term.aliases])
        for key in sorted(_term_keys(term, languages)):
            by_key.setdefault(key, []).append(data)
    return by_key


def _term_keys(term: TermPage, languages: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for spelling in term.spellings:
        for token in words.tokens(spelling):
            text = words.written(spelling[token.start : token.end])
            for form in (token.form, *token.aliases):
                found.add(form)
                for language in languages:
                    found.update(words.keys(form, language, text if form == token.form else ""))
    return found


def _entries(sources: Sequence[Pieces], terms: Mapping[str, Sequence[bytes]]) -> Iterator[tuple[str, bytes]]:
    """Each key with its entry: [key, [[form, [[shard, releases and positions], …]], …], pages of terms]."""
    of_terms = ((key, "", -1, b"") for key in sorted(terms))
    rows_of_all = heapq.merge(of_terms, *(_numbered(source, shard) for shard, source in enumerate(sources)))
    for key, rows in groupby(rows_of_all, itemgetter(0)):
        parts = [b"[", _encode(key), b",["]
        before = ""
        for _, form, shard, data in rows:
            if shard < 0:
                continue
            if form != before:
                parts += [b"]]," if before else b"", b"[", _encode(form), b",[[%d," % shard, data, b"]"]
                before = form
            else:
                parts += [b",[%d," % shard, data, b"]"]
        parts += [b"]]" if before else b"", b"],[", b",".join(terms.get(key, ())), b"]]"]
        yield key, b"".join(parts)


def _numbered(source: Pieces, shard: int) -> Iterator[tuple[str, str, int, bytes]]:
    for key, form, data in source.words():
        yield key, form, shard, data


def _ranges(entries: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Ranges of keys as (where it begins, JSON list of its entries). It begins with the shortest text that is behind all keys before it.

    A range ends where the beginning of the keys changes, once it is full; within a beginning only where it is far too large. A key that
    fills a range by itself begins one: longer keys that begin with it, the forms of its word, are in it too, unless it is huge.
    """
    first, last, parts, size, large = "", "", list[bytes](), 0, ""

    def ended() -> tuple[str, bytes]:
        nonlocal parts, size, large
        data = b"[" + b",".join(parts) + b"]"
        parts, size, large = [], 0, ""
        return first, data

    for beginning, of_beginning in groupby(entries, lambda entry: entry[0][:_BEGINNING]):
        group = list(of_beginning)
        if parts and (large or size + sum(len(entry) for _, entry in group) > RANGE):
            yield ended()
        stem_sizes = dict[str, int]()
        for key, entry in group:
            stem_sizes[key[:_STEM]] = stem_sizes.get(key[:_STEM], 0) + len(entry)
        for key, entry in group:
            # Words with so much in common stay together where there is room for them.
            coming = max(stem_sizes.pop(key[:_STEM], 0), len(entry))
            is_large = len(entry) > _MOST
            is_full = size + len(entry) > RANGE or not key.startswith(large) if large else size + coming > _MOST
            if parts and (is_large or is_full):
                yield ended()
            if not parts:
                first = next(key[:end] for end in range(1, len(key) + 1) if key[:end] > last)
            parts.append(entry)
            last = key
            if is_large and len(entry) <= _LARGEST:
                large = key
            else:
                size += len(entry) + 1
        if zlib.crc32(beginning.encode()) % _CUT == 0:
            yield ended()
    if parts:
        yield ended()


# ---- facets and releases -----------------------------------------------------------------------------------------------------------


def _facets(descriptions: Sequence[Description]) -> Iterator[tuple[str, bytes]]:
    """Each facet that some release has, with its values: [[value, label, [number, gap, …]], …], sorted by value."""
    facets: dict[str, dict[str, tuple[str, list[int], list[int]]]] = {facet: {} for facet in FACETS}
    for offset, description in zip(_offsets(descriptions), descriptions, strict=False):
        for facet, value, label, numbers in description.facets:
            _, gaps, last = facets[facet].setdefault(value, (label, [], [0]))
            for number in numbers:
                gaps.append(number + offset - last[0])
                last[0] = number + offset
    for facet, values in facets.items():
        if values:
            yield facet, _encode([[value, label, gaps] for value, (label, gaps, _) in sorted(values.items())])


def _columns(descriptions: Sequence[Description]) -> dict[str, object]:
    """The columns of the catalogue. `dates`: a number for each, 416 × year + 32 × month + day, 0 for what is not stated, as gaps to the one
    before; `doubtful`: how far those are certain that are not so as a whole, [[number, ISO 8601], …]; `facts` and `bodies`: where they
    begin, counted from the end of the title and from the facts; `lengths`: the steps of the body's length; `texts`: the names of their
    files."""
    days = [_day_number(date) for description in descriptions for date in description.dates]
    starts = [
        (title, facts - title, body - facts, _steps(length - body))
        for one in descriptions
        for title, facts, body, length in zip(
            one.title_ends, one.facts_starts, one.body_starts, one.lengths, strict=True
        )
    ]
    return {
        "dates": [day - before for before, day in zip([0, *days], days, strict=False)],
        "doubtful": [
            (offset + number, certain)
            for offset, one in zip(_offsets(descriptions), descriptions, strict=False)
            for number, certain in one.doubtful
        ],
        "title_ends": [title for title, _, _, _ in starts],
        "facts": [facts for _, facts, _, _ in starts],
        "bodies": [body for _, _, body, _ in starts],
        "lengths": [length for _, _, _, length in starts],
        "texts": _names(name for description in descriptions for name in description.texts),
    }


def _offsets(descriptions: Sequence[Description]) -> Iterator[int]:
    """The number of each shard's first release, and that behind the last one of all."""
    return accumulate((len(one.paths) for one in descriptions), initial=0)


def _day_number(date: str) -> int:
    year, month, day = (*(int(part) for part in date.split("-") if part), 0, 0, 0)[:3]
    return year * 416 + month * 32 + day


def _steps(length: int) -> int:
    return round(LENGTH_STEPS * math.log2(1 + max(0, length)))


def _names(names: Iterable[str]) -> str:
    """Names of files, hexadecimal digits, as base64 of their bytes."""
    return base64.b64encode(bytes.fromhex("".join(names))).decode("ascii")


# ---- vocabulary --------------------------------------------------------------------------------------------------------------------


def _vocabulary(sources: Sequence[Pieces]) -> bytes:
    """The forms of a language: {forms: all of them, sorted, blanks between; counts: how many releases have each; cases: a digit for
    each, how it is mostly written: 0 as the form is, 1 with a capital letter first, 2 in capital letters, 3 as in `written`}."""
    forms, counts, cases, written = list[str](), list[int](), list[str](), dict[str, str]()
    rows: Iterator[FormRow] = heapq.merge(*(source.forms() for source in sources), key=itemgetter(0))
    for form, of_form in groupby(rows, itemgetter(0)):
        count, shapes = 0, dict[str, int]()
        for _, releases, of_shard in of_form:
            count += releases
            for shape, number in of_shard:
                shapes[shape] = shapes.get(shape, 0) + number
        shape = min(shapes, key=lambda shape: (-shapes[shape], shape)) if len(shapes) > 1 else next(iter(shapes))
        case = (
            "0"
            if shape == form
            else "1"
            if shape == form[:1].upper() + form[1:]
            else "2"
            if shape == form.upper()
            else "3"
        )
        forms.append(form)
        counts.append(count)
        cases.append(case)
        if case == "3":
            written[form] = shape
    return _encode({"forms": " ".join(forms), "counts": counts, "cases": "".join(cases), "written": written})
