"""What is made once for all shards (the engine, the catalogue), and the whole index in one call."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.search import classic_scripts, engine, service
from onrecord.search.entry import SearchEntry
from onrecord.search.shard_files import SearchFailed, ShardInfo, explained, make_shard
from onrecord.search.shard_plan import LIMIT, SIZE, PlannedShard, plan

__all__ = [
    "FOLDER", "SearchFailed", "SearchReport", "ShardInfo", "catalogue", "make_index", "make_shard", "runtime", "version"
]  # fmt: skip

FOLDER = "pagefind"


@dataclass(frozen=True, slots=True)
class SearchReport:
    """What was indexed: releases, languages, shards, and files and bytes below `pagefind/`."""

    releases: int
    languages: tuple[str, ...]
    shards: int
    files: int
    bytes: int


def runtime(folder: str | Path, languages: Iterable[str]) -> dict[str, str]:
    """Writes engine.js and each language's WebAssembly into `folder`, which is `pagefind/` of the site to be.

    `languages` are primary subtags. Returns the name of each one's WebAssembly ("en", "unknown": those without a stemmer share one).
    Raises SearchFailed.
    """
    with explained():
        subtags = sorted(set(languages)) or ["en"]
        page = '<!doctype html><html lang="{}"><body data-pagefind-body>x</body></html>'
        files = service.files((f"{language}.html", page.format(language)) for language in subtags)
        infos = json.loads(base64.b64decode(files["pagefind-entry.json"]))["languages"]
        names = {language: infos[language].get("wasm") or "unknown" for language in subtags}
        target = Path(folder)
        target.mkdir(parents=True, exist_ok=True)
        for name in sorted(set(names.values())):
            path = f"wasm.{name}.pagefind"
            (target / f"{path}.js").write_bytes(classic_scripts.script(path, files[path]))
        javascript = base64.b64decode(files["pagefind.js"]).decode()
        (target / "engine.js").write_bytes(engine.engine_script(javascript).encode())
        return names


def catalogue(infos: Sequence[ShardInfo], wasm: Mapping[str, str], engine: bytes) -> list[tuple[str, bytes]]:
    """The catalogue of the shards, for pages over http and from a folder: (name below `pagefind/`, bytes) of each of the two files.

    `wasm` is what `runtime` returned, `engine` the bytes of engine.js. The order of `infos` does not matter.
    """
    described = [
        # The page asks for the texts of a shard by its key (search.js); they are named by what is in them, so any name of it will do.
        {**info.json(), "wasm": wasm[info.language], "key": info.meta}
        for info in sorted(infos, key=_order)
    ]
    contents = {"engine": hashlib.sha256(engine).hexdigest()[:10], "shards": described}
    over_http, from_folder = (
        json.dumps({**contents, "folder": folder}, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        for folder in (False, True)
    )
    return [
        ("catalogue.js", classic_scripts.script("catalogue.json", classic_scripts.base64_of(from_folder))),
        ("catalogue.json", over_http),
    ]


def _order(info: ShardInfo) -> tuple[str, bool, str, str]:
    """Each language's shards from the earliest to the latest, those without a year last: the order of equally good results."""
    return info.language, not info.first and info.name != info.language, info.first, info.name


def version() -> bytes:
    """The SHA-256 of the search room's code and of Pagefind's version: shards of another version are of no use."""
    code = b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
    return hashlib.sha256(service.VERSION.encode() + code).digest()


def make_index(
    target: Path,
    entries: Iterable[SearchEntry],
    html_of: Callable[[SearchEntry], str],
    jobs: int = 1,
    limit: int = LIMIT,
    size: int = SIZE,
) -> SearchReport:
    """Makes the whole index in the folder `target`, which must not exist or be of an older index: shards, engine and catalogue.

    `html_of` gives a release's words as safe HTML; `jobs` is the number of processes; `limit` and `size` are as in `plan`.
    Raises SearchFailed.
    """
    with explained():
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
    planned = plan(entries, limit, size)
    languages = tuple(sorted({shard.language for shard in planned}))
    names = runtime(target, languages)
    arguments = ((target / shard.name, shard, [html_of(entry) for entry in shard.entries]) for shard in planned)
    infos = _shards(arguments, jobs)
    with explained():
        for name, content in catalogue(infos, names, (target / "engine.js").read_bytes()):
            (target / name).write_bytes(content)
        sizes = list(_sizes(str(target)))
    return SearchReport(
        releases=sum(info.pages for info in infos),
        languages=languages,
        shards=len(infos),
        files=len(sizes),
        bytes=sum(sizes),
    )


def _shards(arguments: Iterator[tuple[Path, PlannedShard, list[str]]], jobs: int) -> list[ShardInfo]:
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
