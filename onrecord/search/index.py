"""Staged release pages → `pagefind/`: shards indexed or taken over from the last build, canonical, online and offline."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.search import canonical, copies, engine, offline, service, spelling
from onrecord.search.entries import SearchEntry
from onrecord.search.shards import LIMIT, SIZE, Shard, shards

FOLDER = "pagefind"
_WORDS = 12_000
# What Pagefind writes beside the index and this site does not use: its own user interfaces, which fail axe and one of which runs
# scripts out of filter values, and the module, which engine.js contains.
_UNUSED = (
    "pagefind-component-ui.css", "pagefind-component-ui.js", "pagefind-highlight.js", "pagefind-modular-ui.css",
    "pagefind-modular-ui.js", "pagefind-ui.css", "pagefind-ui.js", "pagefind-worker.js", "pagefind.js",
)  # fmt: skip


class SearchFailed(Exception):
    """The index cannot be made. The message is for the person who runs the build."""


@dataclass(frozen=True, slots=True)
class SearchReport:
    """What was indexed: releases, languages, shards, how many of these were made anew, and files and bytes below `pagefind/`."""

    releases: int
    languages: tuple[str, ...]
    shards: int
    rebuilt: int
    files: int
    bytes: int


def index(
    staged: Path, releases: Sequence[SearchEntry], previous: Path | None = None, limit: int = LIMIT, size: int = SIZE
) -> SearchReport:
    """Indexes the release pages of the site in `staged` and writes `staged/pagefind/`.

    `previous` is the site of the last build, whose unchanged shards are copied; it is only read. `limit` and `size` are the releases
    of a language beyond which there are shards, and the most one of them holds. Raises SearchFailed.
    """
    target = staged / FOLDER
    try:
        return _index(staged, target, releases, _previous(previous), limit, size)
    except (copies.NotIndexable, service.ServiceFailed) as error:
        raise SearchFailed(str(error)) from error
    except (canonical.NotCanonical, engine.PagefindChanged) as error:
        raise SearchFailed(
            f"{error}. The search is written for Pagefind {service.VERSION}: install that version "
            f"(pip install pagefind-bin=={service.VERSION}), or adapt onrecord/search/ to the new one."
        ) from error
    except OSError as error:
        raise SearchFailed(f"The search index cannot be written: {error}") from error


def _index(
    staged: Path,
    target: Path,
    releases: Sequence[SearchEntry],
    old: Mapping[str, tuple[Path, dict[str, Any]]],
    limit: int,
    size: int,
) -> SearchReport:
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    languages: dict[str, list[SearchEntry]] = {}
    for entry in sorted(releases, key=lambda entry: entry.path):
        languages.setdefault(copies.primary(entry.language), []).append(entry)
    wasm = _engine(target, sorted(languages))
    room = _room()
    described = []
    rebuilt = 0
    for language, members in sorted(languages.items()):
        for shard in shards(members, limit, size):
            name = f"{language}-{shard.name}" if shard.name else language
            words = _words_of(staged, shard)
            key = _key(room, language, shard, words)
            taken = _taken_over(old.get(name), key, target / name)
            if taken is None:
                taken = _made(target / name, name, language, shard, words, key)
                rebuilt += 1
            described.append({**taken, "wasm": wasm[language], "first": shard.first, "last": shard.last})
    _catalogue(target, described)
    sizes = [size for _, size in _files(str(target))]
    return SearchReport(
        releases=len(releases),
        languages=tuple(sorted(languages)),
        shards=len(described),
        rebuilt=rebuilt,
        files=len(sizes),
        bytes=sum(sizes),
    )


def _engine(target: Path, languages: Sequence[str]) -> dict[str, str]:
    """Writes engine.js and each language's WebAssembly. Returns the WebAssembly's name for each language (some share `unknown`)."""
    names = {}
    with tempfile.TemporaryDirectory(prefix="onrecord-search-") as scratch:
        for language in languages or ("en",):
            out = Path(scratch) / language
            page = f'<!doctype html><html lang="{language}"><body data-pagefind-body>x</body></html>'
            service.write_bundle([("page.html", page)], out)
            (info,) = json.loads((out / "pagefind-entry.json").read_text("utf-8"))["languages"].values()
            names[language] = info.get("wasm") or "unknown"
            path = f"wasm.{names[language]}.pagefind"
            data = (out / path).read_bytes()
            (target / path).write_bytes(data)
            _write_script(target / f"{path}.js", {path: data})
        javascript = (out / "pagefind.js").read_text("utf-8")
    (target / "engine.js").write_text(engine.engine_script(javascript), "utf-8")
    return names


def _words_of(staged: Path, shard: Shard) -> list[str]:
    """The words of a shard's release pages, as HTML, in the order of its entries."""
    made = []
    for entry in shard.entries:
        try:
            with open(os.path.join(staged, entry.path), encoding="utf-8", newline="") as file:
                page = file.read()
        except FileNotFoundError as error:
            raise copies.NotIndexable(f"{entry.path}: the page to be indexed has not been written.") from error
        made.append(copies.words_of(page, entry.path))
    return made


def _room() -> bytes:
    """The code that makes shards, as one digest: shards made by other code are not taken over."""
    makers = (canonical, copies, offline, service, spelling)
    files = [Path(__file__), *(Path(str(maker.__file__)) for maker in makers)]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).digest()


def _key(room: bytes, language: str, shard: Shard, words: Sequence[str]) -> str:
    """What a shard is made of, as one digest: the same key means the same bytes."""
    digest = hashlib.sha256(room + f"{service.VERSION} {language}\n".encode())
    for entry, html in zip(shard.entries, words, strict=True):
        digest.update(f"{entry!r}\n{len(html)}\n{html}".encode())
    return digest.hexdigest()


def _made(folder: Path, name: str, language: str, shard: Shard, words: Sequence[str], key: str) -> dict[str, Any]:
    """Indexes a shard into `folder` and describes it."""
    texts = [copies.text_of(html) for html in words]
    made = (
        (entry.path, copies.copy(entry, html, text))
        for entry, html, text in zip(shard.entries, words, texts, strict=True)
    )
    service.write_bundle(made, folder)
    for unused in _UNUSED:
        (folder / unused).unlink()
    for wasm in folder.glob("wasm.*.pagefind"):
        wasm.unlink()
    bundle = canonical.canonical(folder, service.VERSION)
    if len(bundle.pages) != len(shard.entries):
        raise canonical.NotCanonical(
            f"Pagefind indexed {len(bundle.pages)} of the {len(shard.entries)} releases of {name}"
        )
    entry_path = folder / "pagefind-entry.json"
    entry = json.loads(entry_path.read_text("utf-8"))
    entry_path.unlink()
    (folder / "dates.txt").write_text("\n".join(entry.date for entry in shard.entries), "utf-8")
    (folder / "words.txt").write_text("\n".join(_words(shard, texts)), "utf-8")
    packs = offline.write(folder, name)
    return {
        "name": name,
        "language": language,
        "entry": entry,
        "meta": bundle.meta,
        "filters": dict(bundle.filters),
        "fields": bundle.fields,
        "pages": len(bundle.pages),
        "packs": packs,
        "scripts": copies.scripts((*texts, *(" ".join((entry.title, *entry.aliases)) for entry in shard.entries))),
        "key": key,
        "digest": _digest(folder),
    }


def _words(shard: Shard, texts: Sequence[str]) -> list[str]:
    """The words a misspelt query is compared with: those of titles and vocabularies, then the most frequent of the texts."""
    counts = spelling.vocabulary(texts)
    sure = spelling.vocabulary(" ".join((entry.title, *entry.aliases)) for entry in shard.entries)
    return sorted(counts, key=lambda word: (word not in sure, -counts[word], word))[:_WORDS]


def _digest(folder: Path) -> str:
    """The SHA-256 of a shard's files, names and contents, in the order of their names."""
    digest = hashlib.sha256()
    for path, size in sorted(_files(str(folder))):
        digest.update(f"{path}\n{size}\n".encode())
        with open(os.path.join(folder, path), "rb", buffering=0) as file:
            digest.update(file.read())
    return digest.hexdigest()


def _files(folder: str, below: str = "") -> Iterator[tuple[str, int]]:
    """The files in a folder, with their sizes; by names rather than by Path objects, for there are tens of thousands."""
    with os.scandir(folder) as found:
        for one in found:
            if one.is_dir():
                yield from _files(one.path, f"{below}{one.name}/")
            else:
                yield below + one.name, one.stat().st_size


def _previous(site: Path | None) -> dict[str, tuple[Path, dict[str, Any]]]:
    """The shards of the last build, by name, with their folders. An absent or unreadable catalogue means that there are none."""
    if site is None:
        return {}
    try:
        catalogue = json.loads((site / FOLDER / "catalogue.json").read_text("utf-8"))
        return {shard["name"]: (site / FOLDER / shard["name"], shard) for shard in catalogue["shards"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _taken_over(old: tuple[Path, dict[str, Any]] | None, key: str, folder: Path) -> dict[str, Any] | None:
    """Copies a shard of the last build whose pages are the same, provided that nobody touched its files. None where that is not so."""
    if old is None or old[1].get("key") != key or not old[0].is_dir():
        return None
    if _digest(old[0]) != old[1].get("digest"):
        return None
    shutil.copytree(old[0], folder, copy_function=_linked)
    return old[1]


def _linked(source: str, target: str) -> None:
    """The same file at a second place, without its bytes being copied where the disk allows that: they are never written again."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _catalogue(target: Path, described: Sequence[Mapping[str, Any]]) -> None:
    version = hashlib.sha256((target / "engine.js").read_bytes()).hexdigest()[:10]
    data = json.dumps(
        {"engine": version, "shards": described}, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    ).encode()
    (target / "catalogue.json").write_bytes(data)
    _write_script(target / "catalogue.js", {"catalogue.json": data})


def _write_script(path: Path, files: dict[str, bytes]) -> None:
    path.write_text(offline.script(files), "ascii")
