"""What Pagefind 1.5.2 makes of a shard, as far as the build reads it: one metadata file; the rest is passed on as it is.

The metadata is CBOR (RFC 8949) behind a signature, gzipped: [version, pages, index chunks, filters, sorts, metadata fields]. Given the
pages in the same order and without filters, Pagefind writes the same bytes each time: only the lists of filters and sorts, and the
values within a filter, come in the order of a hash map, and a shard has none of them.
"""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass

SIGNATURE = b"pagefind_dcd"
_UNSIGNED, _NEGATIVE, _TEXT, _ARRAY = 0, 1, 3, 4


class NotAsExpected(Exception):
    """Pagefind's files have another shape than the one version 1.5.2 writes. The message says which file."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle of one language, its files as base64 of gzip, as Pagefind hands them over.

    `meta` is the name of its metadata file; `pages` and `chunks` are the digests in the names of its fragments, in the order of the
    pages' numbers, and of its index chunks; `fields` are the metadata fields in the order that the index numbers them; `joiners` are
    the characters that Pagefind keeps within words.
    """

    meta: str
    pages: tuple[str, ...]
    chunks: tuple[str, ...]
    fields: tuple[str, ...]
    joiners: tuple[str, ...]
    files: Mapping[str, str]


def decode(data: bytes) -> object:
    """The lists, texts and integers of one CBOR item. Raises NotAsExpected for anything else."""
    position = 0

    def item() -> object:
        nonlocal position
        major, number = data[position] >> 5, data[position] & 31
        position += 1
        if number >= 24:
            size = {24: 1, 25: 2, 26: 4, 27: 8}[number]
            number = int.from_bytes(data[position : position + size], "big")
            position += size
        if major == _UNSIGNED:
            return number
        if major == _NEGATIVE:
            return -1 - number
        if major == _TEXT:
            position += number
            return data[position - number : position].decode()
        if major == _ARRAY:
            return [item() for _ in range(number)]
        raise NotAsExpected(f"CBOR type {major}")

    try:
        value = item()
    except (IndexError, KeyError, UnicodeDecodeError) as error:
        raise NotAsExpected("broken CBOR") from error
    if position != len(data):
        raise NotAsExpected("bytes after the CBOR item")
    return value


def bundle(files: Mapping[str, str], version: str) -> Bundle:
    """The bundle in Pagefind's `files` (path → base64), which holds one language. Raises NotAsExpected."""
    entry = json.loads(base64.b64decode(files["pagefind-entry.json"]))
    if entry.get("version") != version:
        raise NotAsExpected(f"Pagefind {entry.get('version')} wrote the index; this adapter is written for {version}")
    if len(entry["languages"]) != 1:
        raise NotAsExpected(f"one language was expected, found {', '.join(sorted(entry['languages']))}")
    (info,) = entry["languages"].values()
    name = f"pagefind.{info['hash']}.pf_meta"
    raw = gzip.decompress(base64.b64decode(files[name]))
    if not raw.startswith(SIGNATURE):
        raise NotAsExpected(f"{name} has no Pagefind signature")
    meta = decode(raw[len(SIGNATURE) :])
    shaped = isinstance(meta, list) and len(meta) == 6 and all(isinstance(part, list) for part in meta[1:])
    if not isinstance(meta, list) or not shaped or meta[3] or meta[4]:
        raise NotAsExpected(f"{name} is not laid out as Pagefind 1.5.2 does it")
    pages, chunks = tuple(page[0] for page in meta[1]), tuple(chunk[2] for chunk in meta[2])
    for path in (*(f"fragment/{page}.pf_fragment" for page in pages), *(f"index/{chunk}.pf_index" for chunk in chunks)):
        if path not in files:
            raise NotAsExpected(f"{path} is missing from what Pagefind made")
    return Bundle(
        meta=name,
        pages=pages,
        chunks=chunks,
        fields=tuple(meta[5]),
        joiners=tuple(entry.get("include_characters") or ()),
        files=files,
    )
