"""Files of a site looked through for words that must not be published, in several processes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from onrecord import pool, withheld_words
from onrecord.publish.unpacking import TooLarge, layers
from onrecord.withheld_words import Withheld

_CHUNK = 200


class Hit(Struct, frozen=True):
    """A file that holds withheld words: its path below its folder, shown only so far as it holds none itself, and the lines of the words;
    no line where it could not be looked through."""

    path: str
    lines: tuple[int, ...]


def found(data: bytes, entries: Sequence[Withheld]) -> set[int]:
    """The lines of the entries that bytes hold, in any layer. Raises TooLarge."""
    lines: set[int] = set()
    for layer in layers(data):
        lines |= withheld_words.found_in_text(layer.decode("utf-8", "replace"), entries)
    return lines


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
        of_name = withheld_words.found_in_text(path, entries)
        try:
            with open(f"{folder}/{path}", "rb") as stream:
                lines = of_name | found(stream.read(), entries)
        except IsADirectoryError:
            continue
        except TooLarge:
            yield Hit(shown(path, entries), ())
            continue
        if lines:
            yield Hit(shown(path, entries), tuple(sorted(lines)))


def shown(path: str, entries: Sequence[Withheld]) -> str:
    """A path, with its parts that hold a withheld word left out."""
    parts = ["…" if withheld_words.found_in_text(part, entries) else part for part in path.split("/")]
    safe = "/".join(parts)
    return "…" if withheld_words.found_in_text(safe, entries) else safe
