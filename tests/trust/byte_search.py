"""Every byte of a site, as it stands and unpacked, and the words that stand anywhere in it."""

from __future__ import annotations

import base64
import gzip
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path


def layers(data: bytes) -> Iterator[bytes]:
    """A file's bytes, and what is packed in them: the members of a ZIP file, gzip, and gzip or text in base64 as the index for search
    holds it; each as deep as it goes."""
    yield data
    if data[:2] == b"\x1f\x8b":
        yield from layers(gzip.decompress(data))
    elif data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                yield member.filename.encode()
                yield from layers(archive.read(member))
    for run in re.findall(rb"[A-Za-z0-9+/]{16,}", data):
        packed = base64.b64decode(run[:-1] if len(run) % 4 == 1 else run + b"=" * (-len(run) % 4))
        yield packed
        if packed[:2] == b"\x1f\x8b":
            yield gzip.decompress(packed)


class Words:
    """Words that are looked for in small letters and in large ones, of which the longest at a place is found first. Python looks for them
    seventy times as fast in bytes whose letters are all small as with IGNORECASE."""

    def __init__(self, words: Iterable[str]) -> None:
        longest_first = sorted((word.encode().lower() for word in words), key=len, reverse=True)
        self._pattern = re.compile(b"|".join(map(re.escape, longest_first)))

    def of(self, data: bytes) -> list[bytes]:
        """Those in these bytes, in small letters, in their order."""
        return self._pattern.findall(data.lower())


def holding(site: Path, words: Words) -> dict[str, set[bytes]]:
    """The files that hold any of the words, anywhere in them or in their names, with those that they hold."""
    hits_of_file: dict[str, set[bytes]] = {}
    for file in sorted(path for path in site.rglob("*") if path.is_file()):
        name = file.relative_to(site).as_posix()
        hits = {hit for layer in [name.encode(), *layers(file.read_bytes())] for hit in words.of(layer)}
        if hits:
            hits_of_file[name] = hits
    return hits_of_file
