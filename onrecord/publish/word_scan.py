"""Files of a site looked through for words that must not be published, in several processes."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from onrecord import pool, withheld_words
from onrecord.publish.unpacking import TooLarge, is_sealed, layers
from onrecord.withheld_words import Withheld

_CHUNK = 200
# Three characters or more of a script of letters, spaces and marks among them, in the middle of other bytes. Those of Chinese and Japanese
# are told from numbers only where a mark of the encoding stands before the text.
_WIDE = {
    "utf-16-le": re.compile(rb"(?:[\t\n\r -~\xa0-\xff]\0|[\0-\xff][\x01-\x07\x09-\x11\x1e\x1f\x20]){3,}", re.DOTALL),
    "utf-16-be": re.compile(rb"(?:\0[\t\n\r -~\xa0-\xff]|[\x01-\x07\x09-\x11\x1e\x1f\x20][\0-\xff]){3,}", re.DOTALL),
}


class Hit(Struct, frozen=True):
    """A file that holds withheld words: its path below its folder, shown only so far as it holds none itself, and the lines of the words;
    no line where it could not be looked through: it unpacks to too much or, where it `is_sealed`, cannot be unpacked here."""

    path: str
    lines: tuple[int, ...]
    is_sealed: bool = False


def found(data: bytes, entries: Sequence[Withheld]) -> set[int]:
    """The lines of the entries that bytes hold, in any layer, as far as it can be unpacked. Raises TooLarge."""
    return _looked_through(data, entries)[0]


def _looked_through(data: bytes, entries: Sequence[Withheld]) -> tuple[set[int], bool]:
    """The lines of the entries that bytes hold in any layer, and whether something in them cannot be unpacked. Raises TooLarge."""
    lines: set[int] = set()
    sealed = False
    for layer in layers(data):
        sealed |= is_sealed(layer)
        for text in _texts(layer):
            lines |= withheld_words.found_in_text(text, entries)
    return lines, sealed


def _texts(layer: bytes) -> Iterator[str]:
    """What bytes say: as UTF-8, and what of them is UTF-16, which programs for offices write."""
    yield layer.decode("utf-8", "replace")
    if layer.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        yield layer.decode("utf-16", "replace")
    if b"\0" in layer:
        for encoding, pattern in _WIDE.items():
            yield "\n".join([run.decode(encoding, "replace") for run in pattern.findall(layer)])


def hit(path: str, data: bytes, entries: Sequence[Withheld]) -> Hit | None:
    """What is to be said of a file with this path and these bytes; None where nothing is."""
    try:
        lines, sealed = _looked_through(data, entries)
    except TooLarge:
        return Hit(shown(path, entries), ())
    if lines := lines | withheld_words.found_in_text(path, entries):
        return Hit(shown(path, entries), tuple(sorted(lines)))
    return Hit(shown(path, entries), (), is_sealed=True) if sealed else None


def hits(files: Iterable[tuple[str, str]], entries: Sequence[Withheld], jobs: int) -> list[Hit]:
    """Those of some files, given as (folder, path below it), that hold one of the entries in their bytes or their names, sorted. Raises
    OSError, PoolFailed."""
    of_chunks = pool.spread(_work, pool.chunks(files, _CHUNK), jobs, _begin, (tuple(entries),))
    return sorted((hit for chunk in of_chunks for hit in chunk), key=lambda hit: hit.path)


_entries: tuple[Withheld, ...] = ()


def _begin(entries: tuple[Withheld, ...]) -> None:
    global _entries
    _entries = entries


def _work(files: Sequence[tuple[str, str]]) -> list[Hit]:
    return list(_hits(files, _entries))


def _hits(files: Sequence[tuple[str, str]], entries: Sequence[Withheld]) -> Iterator[Hit]:
    for folder, path in files:
        try:
            with open(f"{folder}/{path}", "rb") as stream:
                of_file = hit(path, stream.read(), entries)
        except IsADirectoryError:
            continue
        if of_file is not None:
            yield of_file


def shown(path: str, entries: Sequence[Withheld]) -> str:
    """A path, with its parts that hold a withheld word left out."""
    parts = ["…" if withheld_words.found_in_text(part, entries) else part for part in path.split("/")]
    safe = "/".join(parts)
    return "…" if withheld_words.found_in_text(safe, entries) else safe
