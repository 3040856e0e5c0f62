"""What is made once for all shards, and the whole index in one call."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from onrecord.search import engine, join, service
from onrecord.search.entry import SearchEntry
from onrecord.search.join import Shared
from onrecord.search.paragraphs import Paragraph, paragraphs_of
from onrecord.search.pieces import Pieces
from onrecord.search.shard_files import (
    TEXTS,
    SearchFailed,
    ShardInfo,
    explained,
    make_shard,
    no_garbage_collection,
)
from onrecord.search.shard_plan import LIMIT, SIZE, PlannedShard, plan
from onrecord.search.terms import TermPage

__all__ = [
    "FOLDER", "TEXTS", "Paragraph", "SearchFailed", "SearchReport", "ShardInfo", "TermPage", "has_pieces", "join_shards", "make_index",
    "make_shard", "paragraphs_of", "runtime", "version",
]  # fmt: skip

FOLDER = "pagefind"
ENGINE = "engine.js"


@dataclass(frozen=True, slots=True)
class SearchReport:
    """What was indexed: releases, languages, shards, and files and bytes below `pagefind/`."""

    releases: int
    languages: tuple[str, ...]
    shards: int
    files: int
    bytes: int


def runtime(folder: str | Path, languages: Iterable[str]) -> None:
    """Writes the engine into `folder`, which is `pagefind/` of the site to be, with the stemmers of these languages (primary subtags).
    Raises SearchFailed."""
    with explained():
        script = engine.engine_script(sorted(set(languages)))
        Path(folder).mkdir(parents=True, exist_ok=True)
        (Path(folder) / ENGINE).write_bytes(script.encode())


def has_pieces(cache: Path, info: ShardInfo) -> bool:
    """Whether what a shard gives to the join is in the cache folder as it was written."""
    return Pieces(cache, info.name, info.pieces).is_whole()


def join_shards(
    cache: Path,
    infos: Sequence[ShardInfo],
    terms: Sequence[TermPage],
    months: Mapping[str, Sequence[Sequence[str]]],
    engine: bytes,
    write: join.Write,
) -> None:
    """Makes the files that all shards share, and drops what the cache folder has of shards that there are no longer.

    `months` are the names of the twelve months by language, as they may stand in a query; `engine` are the bytes of the SHA-256 of
    engine.js; `write` is given each file by its path below `pagefind/` (see join.Write). Raises SearchFailed.
    """
    with explained(), no_garbage_collection():
        try:
            shared = Shared(terms, months, engine.hex()[:8])
            join.join(infos, lambda info: Pieces(cache, info.name, info.pieces), shared, version(), write)
        except msgspec.MsgspecError as error:
            raise SearchFailed(
                f"What was kept of the search index in {cache} is damaged ({error}). Build with --fresh."
            ) from error
        present = {Pieces(cache, info.name, info.pieces).path.name for info in infos}
        for path in cache.iterdir() if cache.is_dir() else ():
            if path.name not in present:
                path.unlink(missing_ok=True)


def version() -> bytes:
    """The SHA-256 of the search room's code, Python and JavaScript, and of Pagefind's version: what another version made is of no use."""
    folder = Path(__file__).parent
    code = b"".join(
        path.read_bytes()
        for path in sorted([*folder.glob("*.py"), *folder.glob("*.json"), *folder.glob("engine/*.js")])
    )
    return hashlib.sha256(service.VERSION.encode() + code).digest()


def make_index(
    target: Path,
    entries: Iterable[SearchEntry],
    paragraphs_of: Callable[[SearchEntry], Sequence[Paragraph]],
    terms: Sequence[TermPage] = (),
    months: Mapping[str, Sequence[Sequence[str]]] | None = None,
    jobs: int = 1,
    limit: int = LIMIT,
    size: int = SIZE,
) -> SearchReport:
    """Makes the whole index in the folder `target`, which must not exist or be of an older index: shards, engine and catalogue.

    `paragraphs_of` gives a release's words; `jobs` is the number of processes; `limit` and `size` are as in `plan`. Raises SearchFailed.
    """
    with explained():
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
    planned = plan(entries, limit, size)
    languages = tuple(sorted({shard.language for shard in planned}))
    runtime(target, languages)
    with tempfile.TemporaryDirectory(prefix="onrecord-search-") as scratch:
        cache = Path(scratch)
        arguments = (
            (target / TEXTS / shard.name, cache, shard, [paragraphs_of(entry) for entry in shard.entries])
            for shard in planned
        )
        infos = _shards(arguments, jobs)

        def write(path: str, made: Callable[[], bytes], _by_content: bool) -> None:
            (target / path).parent.mkdir(exist_ok=True)
            (target / path).write_bytes(made())

        engine = hashlib.sha256((target / ENGINE).read_bytes()).digest()
        join_shards(cache, infos, terms, months or {}, engine, write)
    with explained():
        sizes = list(_sizes(str(target)))
    return SearchReport(
        releases=sum(info.count for info in infos),
        languages=languages,
        shards=len(infos),
        files=len(sizes),
        bytes=sum(sizes),
    )


def _shards(
    arguments: Iterator[tuple[Path, Path, PlannedShard, list[Sequence[Paragraph]]]], jobs: int
) -> list[ShardInfo]:
    if jobs == 1:
        return [make_shard(*each) for each in arguments]
    from concurrent.futures import ProcessPoolExecutor  # late: a build has its own pool

    with ProcessPoolExecutor(jobs) as pool:
        waiting = [pool.submit(make_shard, *each) for each in arguments]
        return [each.result() for each in waiting]


def _sizes(folder: str) -> Iterator[int]:
    with os.scandir(folder) as children:
        for child in children:
            if child.is_dir():
                yield from _sizes(child.path)
            else:
                yield child.stat().st_size
