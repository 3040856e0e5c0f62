"""A planned shard and the paragraphs of its releases → the texts of its releases, and its pieces of the files that all shards share.

`make_shard` is a pure function of its arguments but for the folders it fills: the same arguments, the same bytes. It is made to be run
in worker processes, beside the making of pages.
"""

from __future__ import annotations

import dataclasses
import gc
import string
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from onrecord.search import bundle, classic_scripts, pieces, service, stemmers, words
from onrecord.search.entry import FACETS, SearchEntry
from onrecord.search.paragraphs import Paragraph
from onrecord.search.shard_plan import PlannedShard
from onrecord.search.word_record import Record, Vocabulary, packs, record

TEXTS = "texts"
_encode = msgspec.json.Encoder().encode
_WRITTEN = 3
_ASCII_LETTERS = frozenset(string.ascii_letters)


class SearchFailed(Exception):
    """The index cannot be made. The message is for the person who runs the build."""


@dataclass(frozen=True, slots=True)
class ShardInfo:
    """A shard that was made: `name`, `language`, `first` and `last` are those of the plan, `count` is how many releases it has, `pieces`
    the digest in the name of its file in the cache folder. `json` and `from_json` go there and back."""

    name: str
    language: str
    first: str
    last: str
    count: int
    pieces: str

    def json(self) -> dict[str, Any]:
        """The fields as JSON has them."""
        return dataclasses.asdict(self)

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> ShardInfo:
        """The inverse of `json`. Raises TypeError where `given` is not what it returns."""
        return cls(**given)


def make_shard(
    folder: str | Path, cache: str | Path, shard: PlannedShard, texts: Sequence[Sequence[Paragraph]]
) -> ShardInfo:
    """Indexes a shard: writes the texts of its releases into `folder`, which is `pagefind/texts/<shard.name>` of the site to be, and its
    pieces into the folder `cache`. Returns what the join needs of it.

    `texts` are the members' paragraphs, in the order of the shard's entries. Raises SearchFailed.
    """
    with explained(), no_garbage_collection():
        vocabulary = Vocabulary(shard.language)
        records = [record(entry, text, vocabulary) for entry, text in zip(shard.entries, texts, strict=True)]
        of_form = _postings(records)
        written = vocabulary.written()
        unknown = of_form.keys() - written.keys() - vocabulary.further_forms
        if unknown:
            odd = min(unknown)
            raise bundle.NotAsExpected(f"Pagefind has a word {odd!r} that it was not given")
        description = pieces.Description(
            paths=[entry.path for entry in shard.entries],
            dates=[entry.date for entry in shard.entries],
            doubtful=[
                (number, entry.certain_date)
                for number, entry in enumerate(shard.entries)
                if entry.certain_date is not None
            ],
            titles=[entry.title for entry in shard.entries],
            references=[entry.reference for entry in shard.entries],
            texts=_write_texts(Path(folder), shard, texts),
            title_ends=[each.title_end for each in records],
            facts_starts=[each.facts_start for each in records],
            body_starts=[each.body_start for each in records],
            lengths=[each.length for each in records],
            facets=list(_facets(shard.entries)),
            scripts=words.scripts("".join(sorted(_letters(shard.entries, texts)))),
        )
        digest = pieces.write(
            Path(cache),
            shard.name,
            description,
            _word_rows(shard.language, of_form, written),
            _form_rows(of_form, written),
        )
        return ShardInfo(shard.name, shard.language, shard.first, shard.last, len(shard.entries), digest)


@contextmanager
def explained() -> Iterator[None]:
    """Turns what can go wrong with Pagefind, the stemmers and the disk into SearchFailed."""
    try:
        yield
    except service.ServiceFailed as error:
        raise SearchFailed(str(error)) from error
    except bundle.NotAsExpected as error:
        raise SearchFailed(
            f"{error}. The search is written for Pagefind {service.VERSION}: install that version "
            f"(pip install pagefind-bin=={service.VERSION}), or adapt onrecord/search/ to the new one."
        ) from error
    except stemmers.StemmersChanged as error:
        raise SearchFailed(
            f"{error}. The search is written for snowballstemmer {stemmers.VERSION}: install that version "
            f"(pip install snowballstemmer=={stemmers.VERSION}), or adapt onrecord/search/stemmers.py to the new one."
        ) from error
    except OSError as error:
        raise SearchFailed(f"The search index cannot be written: {error}") from error


@contextmanager
def no_garbage_collection() -> Iterator[None]:
    """Making millions of small lists, of which none is garbage that refers to itself, takes far longer where Python looks for such."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


# ---- words -------------------------------------------------------------------------------------------------------------------------


def _postings(records: Sequence[Record]) -> dict[str, tuple[bytes, int]]:
    """Each form of the records with the releases that have it, as JSON (see `bundle.by_release`), and how many these are."""
    packed = packs(records)
    if not packed.members:
        return {}
    files = service.files(packed.contents(records))
    of_form: dict[str, tuple[bytes, int]] = {}
    count = 0
    for word, pages in bundle.postings(files, service.VERSION, len(packed.members)):
        numbers, releases, positions = bundle.by_release(pages, packed.bases, packed.starts, packed.ends)
        count += positions
        form = bundle.word_of(word)
        if form in of_form:
            raise bundle.NotAsExpected(f"Pagefind has the word {form!r} twice")
        of_form[form] = _encode(numbers), releases
    expected = sum(each.word_count for each in records)
    if count != expected:
        raise bundle.NotAsExpected(f"Pagefind has {count} words of the {expected} that it was given")
    return of_form


def _word_rows(
    language: str, of_form: Mapping[str, tuple[bytes, int]], written: Mapping[str, Mapping[str, int]]
) -> Iterator[pieces.WordRow]:
    tails = dict(words.compound_tails(frozenset(of_form), language))
    rows = []
    for form, (data, _) in of_form.items():
        found = set(words.keys(form, language))
        unprefixed = words.unprefixed(form, language)
        if unprefixed != form:
            found.update(words.keys(unprefixed, language))
        for shape in written.get(form, ()):
            if not shape.isascii():
                found.update(words.keys(form, language, words.written(shape)))
        tail = tails.get(form)
        if tail:
            found.update(words.keys(tail, language))
        rows += [(key, form, data) for key in found]
    return iter(sorted(rows))


def _form_rows(
    of_form: Mapping[str, tuple[bytes, int]], written: Mapping[str, Mapping[str, int]]
) -> Iterator[pieces.FormRow]:
    for form in sorted(of_form):
        if words.is_suggested(form) and form in written:
            shapes = list(written[form].items())
            if len(shapes) > 1:
                shapes.sort(key=lambda item: (-item[1], item[0]))
            yield form, of_form[form][1], shapes[:_WRITTEN]


# ---- releases ----------------------------------------------------------------------------------------------------------------------


def _write_texts(folder: Path, shard: PlannedShard, texts: Sequence[Sequence[Paragraph]]) -> list[str]:
    """Writes a file for each release, named by what is in it, and returns the names."""
    folder.mkdir(parents=True, exist_ok=True)
    names: dict[str, None] = {}
    for entry, text in zip(shard.entries, texts, strict=True):
        meta = {"title": entry.title, "reference": entry.reference} | dict(entry.facts)
        data = _encode({"path": entry.path, "language": entry.language, "meta": meta, "paragraphs": text})
        name = classic_scripts.digest(data)
        while name in names:
            # Eight digits are few enough for two of a thousand texts to share them once in ten thousand archives.
            name = classic_scripts.digest(data, name.encode())
        names[name] = None
        path = f"{TEXTS}/{shard.name}/{name}"
        with open(folder / classic_scripts.file_of(name), "wb", buffering=0) as file:
            file.write(classic_scripts.script(path, data))
    return list(names)


def _letters(entries: Sequence[SearchEntry], texts: Sequence[Sequence[Paragraph]]) -> set[str]:
    """The letters of titles, aliases and texts, and some of their other characters."""
    found: set[str] = set()
    for entry, text in zip(entries, texts, strict=True):
        found.update(entry.title, *entry.aliases)
        for paragraph in text:
            # Where all letters of ASCII have been found, as soon they are, most paragraphs have no further one.
            if not (paragraph.text.isascii() and found >= _ASCII_LETTERS):
                found.update(paragraph.text)
    return found


def _facets(entries: Sequence[SearchEntry]) -> Iterator[tuple[str, str, str, list[int]]]:
    """Each value of each facet that some release has: (facet, value, label, the numbers of these releases)."""
    facets: dict[tuple[str, str], tuple[str, list[int]]] = {}
    for number, entry in enumerate(entries):
        for facet, value, label in entry.filters:
            numbers = facets.setdefault((facet, value), (label, []))[1]
            if not numbers or numbers[-1] != number:
                numbers.append(number)
    for (facet, value), (label, numbers) in sorted(facets.items()):
        if facet in FACETS:
            yield facet, value, label, numbers
