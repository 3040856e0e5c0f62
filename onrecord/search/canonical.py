"""A Pagefind bundle made the same byte for byte, whenever it is built.

Pagefind 1.5.2 writes three things in the order of a hash map: the values within a filter file, the lists of filters and sorts within
the metadata, and the languages within pagefind-entry.json. They are sorted here and the files named by their new digests. Index
chunks and fragments are stable as they are, given the pages in the same order. Files are CBOR (RFC 8949) behind a signature, gzipped.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_SIGNATURE = b"pagefind_dcd"
_UNSIGNED, _NEGATIVE, _TEXT, _ARRAY = 0, 1, 3, 4


class NotCanonical(Exception):
    """The bundle has another shape than the one Pagefind 1.5.2 writes. The message says which file."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A canonical bundle of one language: its language as Pagefind names it, the name of its metadata file without suffix, of its
    engine (`en`, `unknown`), each page's fragment digest in the order of page numbers, the file of each filter, and the metadata fields
    in the order that the index numbers them."""

    language: str
    meta: str
    wasm: str
    pages: tuple[str, ...]
    filters: tuple[tuple[str, str], ...]
    fields: tuple[str, ...]


def _head(major: int, number: int) -> bytes:
    if number < 24:
        return bytes([major << 5 | number])
    for size, low in ((1, 24), (2, 25), (4, 26), (8, 27)):
        if number < 1 << 8 * size:
            return bytes([major << 5 | low]) + number.to_bytes(size, "big")
    raise NotCanonical(f"a number too large for CBOR: {number}")


def encode(value: Any) -> bytes:
    """CBOR of nested lists, text and integers, in its shortest form."""
    if isinstance(value, list):
        return _head(_ARRAY, len(value)) + b"".join(map(encode, value))
    if isinstance(value, str):
        data = value.encode()
        return _head(_TEXT, len(data)) + data
    number = int(value)
    return _head(_UNSIGNED, number) if number >= 0 else _head(_NEGATIVE, -1 - number)


def decode(data: bytes) -> Any:
    """The lists, texts and integers of one CBOR item. Raises NotCanonical for anything else."""
    position = 0

    def item() -> Any:
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
        raise NotCanonical(f"CBOR type {major}")

    try:
        value = item()
    except (IndexError, KeyError, UnicodeDecodeError) as error:
        raise NotCanonical("broken CBOR") from error
    if position != len(data):
        raise NotCanonical("bytes after the CBOR item")
    return value


def _checked(path: Path, shape: Callable[[Any], bool]) -> Any:
    raw = gzip.decompress(path.read_bytes())
    if not raw.startswith(_SIGNATURE):
        raise NotCanonical(f"{path.name} has no Pagefind signature")
    value = decode(raw[len(_SIGNATURE) :])
    if not shape(value):
        raise NotCanonical(f"{path.name} is not laid out as Pagefind 1.5.2 does it")
    return value


def _write(folder: Path, language: str, suffix: str, value: Any, prefix: str = "") -> str:
    data = _SIGNATURE + encode(value)
    name = f"{prefix}{language}_{hashlib.sha256(data).hexdigest()[:10]}"
    (folder / f"{name}{suffix}").write_bytes(gzip.compress(data, 9, mtime=0))
    return name


def _is_meta(value: Any) -> bool:
    """[version, pages, index chunks, filters, sorts, metadata fields]"""
    return isinstance(value, list) and len(value) == 6 and all(isinstance(part, list) for part in value[1:])


def _is_filter(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and isinstance(value[0], str) and isinstance(value[1], list)


def canonical(folder: Path, version: str) -> Bundle:
    """Rewrites the bundle in `folder`, which holds one language, in canonical form. Raises NotCanonical."""
    entry_path = folder / "pagefind-entry.json"
    entry = json.loads(entry_path.read_text("utf-8"))
    if entry.get("version") != version:
        raise NotCanonical(f"Pagefind {entry.get('version')} wrote the index; this adapter is written for {version}")
    if len(entry["languages"]) != 1:
        raise NotCanonical(f"one language was expected, found {', '.join(sorted(entry['languages']))}")
    ((language, info),) = entry["languages"].items()
    old = folder / f"pagefind.{info['hash']}.pf_meta"
    meta = _checked(old, _is_meta)
    for described in meta[3]:
        path = folder / "filter" / f"{described[1]}.pf_filter"
        name, values = _checked(path, _is_filter)
        path.unlink()
        described[1] = _write(folder / "filter", language, ".pf_filter", [name, sorted(values)])
    meta[3].sort()
    meta[4].sort()
    old.unlink()
    info["hash"] = _write(folder, language, ".pf_meta", meta, "pagefind.").removeprefix("pagefind.")
    entry_path.write_text(json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False), "utf-8")
    return Bundle(
        language=language,
        meta=info["hash"],
        wasm=info.get("wasm") or "unknown",
        pages=tuple(page[0] for page in meta[1]),
        filters=tuple((name, digest) for name, digest in (described[:2] for described in meta[3])),
        fields=tuple(meta[5]),
    )
