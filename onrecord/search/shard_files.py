"""A planned shard and the words of its releases → the shard's files, and what the catalogue needs of them.

`make_shard` is a pure function of its arguments but for the folder it fills: the same arguments, the same bytes. It is made to be run
in worker processes, beside the making of pages.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.search import bundle, classic_scripts, engine, indexed_page, service, spelling
from onrecord.search.entry import FACETS, SearchEntry
from onrecord.search.shard_plan import PlannedShard

_MOST_WORDS = 12_000


class SearchFailed(Exception):
    """The index cannot be pagefind_files. The message is for the person who runs the build."""


@dataclass(frozen=True, slots=True)
class ShardInfo:
    """What the catalogue needs of a shard that was made; `json` and `from_json` go there and back.

    `name`, `language`, `first` and `last` are those of the plan. `pages` counts its releases. `meta`, `dates` and `vocabulary` are the
    names of its files, `facets` the file of each facet that some release has, as (facet, name) pairs. `fields` are the metadata fields
    in the order that the index numbers them, `joiners` the characters that Pagefind keeps within words. `scripts` are those of
    ISO 15924 that a query can be told by and that stand in its releases: Arab, Cyrl, Grek, Hebr.
    """

    name: str
    language: str
    first: str
    last: str
    pages: int
    meta: str
    dates: str
    vocabulary: str
    facets: tuple[tuple[str, str], ...]
    fields: tuple[str, ...]
    joiners: tuple[str, ...]
    scripts: tuple[str, ...]

    def json(self) -> dict[str, Any]:
        """The fields as JSON has them: tuples as lists, `facets` as an object."""
        return {**json.loads(json.dumps(dataclasses.asdict(self))), "facets": dict(self.facets)}

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> ShardInfo:
        """The inverse of `json`. Raises KeyError, TypeError or AttributeError where `given` is not what it returns."""
        lists = {field: tuple(given[field]) for field in ("fields", "joiners", "scripts")}
        return cls(**{**given, **lists, "facets": tuple(sorted(given["facets"].items()))})


def make_shard(folder: str | Path, shard: PlannedShard, bodies: Sequence[str]) -> ShardInfo:
    """Indexes a shard into `folder`, which is `pagefind/<shard.name>` of the site to be, and describes it.

    `bodies` are the members' words as safe HTML, in the order of the shard's entries; a paragraph to be linked to carries an `id`.
    Raises SearchFailed.
    """
    with explained():
        texts = [indexed_page.text_of(html) for html in bodies]
        pages = (
            (entry.path, indexed_page.indexed_page(entry, html, text))
            for entry, html, text in zip(shard.entries, bodies, texts, strict=True)
        )
        pagefind_files = bundle.bundle(service.files(pages), service.VERSION)
        if len(pagefind_files.pages) != len(shard.entries):
            raise bundle.NotAsExpected(
                f"Pagefind indexed {len(pagefind_files.pages)} of the {len(shard.entries)} releases of {shard.name}"
            )
        meta = f"meta_{pagefind_files.meta.split('.')[1]}"
        dates, packed_dates = classic_scripts.packed("\n".join(entry.date for entry in shard.entries))
        vocabulary, packed_vocabulary = classic_scripts.packed("\n".join(_vocabulary(shard, texts)))
        facets = {facet: classic_scripts.packed(text) for facet, text in _facets(shard.entries)}
        files = {
            meta: pagefind_files.files[pagefind_files.meta],
            f"dates_{dates}": packed_dates,
            f"vocabulary_{vocabulary}": packed_vocabulary,
            **{f"facets/{facet}_{digest}": packed for facet, (digest, packed) in facets.items()},
            **{f"words/{chunk}": pagefind_files.files[f"index/{chunk}.pf_index"] for chunk in pagefind_files.chunks},
            **{f"texts/{page}": pagefind_files.files[f"fragment/{page}.pf_fragment"] for page in pagefind_files.pages},
        }
        classic_scripts.write(str(folder), shard.name, files)
        return ShardInfo(
            name=shard.name,
            language=shard.language,
            first=shard.first,
            last=shard.last,
            pages=len(pagefind_files.pages),
            meta=meta,
            dates=f"dates_{dates}",
            vocabulary=f"vocabulary_{vocabulary}",
            facets=tuple(sorted((facet, f"facets/{facet}_{digest}") for facet, (digest, _) in facets.items())),
            fields=pagefind_files.fields,
            joiners=pagefind_files.joiners,
            scripts=tuple(
                indexed_page.writing_systems(
                    (*texts, *(" ".join((entry.title, *entry.aliases)) for entry in shard.entries))
                )
            ),
        )


@contextmanager
def explained() -> Iterator[None]:
    """Turns what can go wrong with Pagefind and the disk into SearchFailed."""
    try:
        yield
    except service.ServiceFailed as error:
        raise SearchFailed(str(error)) from error
    except (bundle.NotAsExpected, engine.PagefindChanged) as error:
        raise SearchFailed(
            f"{error}. The search is written for Pagefind {service.VERSION}: install that version "
            f"(pip install pagefind-bin=={service.VERSION}), or adapt onrecord/search/ to the new one."
        ) from error
    except OSError as error:
        raise SearchFailed(f"The search index cannot be written: {error}") from error


def _facets(entries: Sequence[SearchEntry]) -> Iterator[tuple[str, str]]:
    """Each facet that some release has, with its values: JSON [[value, label, [page, difference to the next page, …]], …]."""
    facets: dict[str, dict[str, tuple[str, list[int]]]] = {}
    for page, entry in enumerate(entries):
        for facet, value, label in entry.filters:
            pages = facets.setdefault(facet, {}).setdefault(value, (label, []))[1]
            if not pages or pages[-1] != page:
                pages.append(page)
    for facet in FACETS:
        if facet in facets:
            values = [
                [value, label, [page - before for page, before in zip(pages, [0, *pages], strict=False)]]
                for value, (label, pages) in sorted(facets[facet].items())
            ]
            yield facet, json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _vocabulary(shard: PlannedShard, texts: Sequence[str]) -> list[str]:
    """The words a misspelt query is compared with: those of titles and vocabularies, then the most frequent of the texts."""
    counts = spelling.vocabulary(texts)
    sure = spelling.vocabulary(" ".join((entry.title, *entry.aliases)) for entry in shard.entries)
    return sorted(counts, key=lambda word: (word not in sure, -counts[word], word))[:_MOST_WORDS]
