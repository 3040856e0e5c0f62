"""What Pagefind 1.5.2 makes of a shard's records: its inverted index, read as what it is.

Its metadata is CBOR (RFC 8949) behind a signature, gzipped: [version, pages, index chunks, filters, sorts, metadata fields], where a page
is [digest, number of words]. An index chunk is [[[word, pages, variants], …]], sorted by word; pages is [[number as a gap to the one
before, positions, positions in metadata], …]; positions begin with the negative of a weight, 25 for all plain text, and go on as gaps.
`variants` are spellings of a word with marks, which the words of our records are not given with: see `given`.
"""

from __future__ import annotations

import gzip
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

import cbor2
import msgspec

SIGNATURE = b"pagefind_dcd"
_PLAIN_TEXT = -25
_STAND_IN = "0z"


class NotAsExpected(Exception):
    """Pagefind's files have another shape than the one version 1.5.2 writes. The message says which file."""


def given(word: str) -> str:
    """A word as Pagefind is given it: another in place of one that Pagefind would change (it leaves out marks, and takes Hangul apart)."""
    return word if _is_stable(word) else _STAND_IN + word.encode().hex()


def word_of(given_word: str) -> str:
    """The inverse of `given`. Raises NotAsExpected for what it does not give."""
    if not given_word.startswith(_STAND_IN):
        return given_word
    try:
        return bytes.fromhex(given_word.removeprefix(_STAND_IN)).decode()
    except ValueError:
        raise NotAsExpected(f"Pagefind has a word {given_word!r} that it was not given") from None


def _is_stable(word: str) -> bool:
    """Whether Pagefind has a word as it was given it (measured over all letters and digits of Unicode)."""
    if word.isascii():
        return not word.startswith(_STAND_IN)
    return unicodedata.is_normalized("NFD", word) and not any(unicodedata.category(c)[0] == "M" for c in word)


class _Language(msgspec.Struct):
    hash: str


class _Entry(msgspec.Struct):
    """pagefind-entry.json, as far as it is read."""

    version: str
    languages: dict[str, _Language]


def postings(files: Mapping[str, bytes], version: str, records: int) -> Iterator[tuple[str, list[list[Any]]]]:
    """The words in Pagefind's `files` (path → bytes), and of each the records that have it, as (gap, positions, positions in metadata).
    `records` is how many it was given. Raises NotAsExpected."""
    if "pagefind-entry.json" not in files:
        raise NotAsExpected("pagefind-entry.json is missing from what Pagefind made")
    try:
        entry = msgspec.json.decode(files["pagefind-entry.json"], type=_Entry)
    except msgspec.MsgspecError as error:
        raise NotAsExpected(f"pagefind-entry.json is not JSON that can be read ({error})") from error
    if entry.version != version:
        raise NotAsExpected(f"Pagefind {entry.version} wrote the index; this adapter is written for {version}")
    if len(entry.languages) != 1:
        raise NotAsExpected(f"one language was expected, found {', '.join(sorted(entry.languages)) or 'none'}")
    (info,) = entry.languages.values()
    name = f"pagefind.{info.hash}.pf_meta"
    meta = _content(files, name)
    shaped = isinstance(meta, list) and len(meta) == 6 and all(isinstance(part, list) for part in meta[1:])
    if not shaped or meta[3] or meta[4]:
        raise NotAsExpected(f"{name} is not laid out as Pagefind 1.5.2 does it")
    if len(meta[1]) != records:
        raise NotAsExpected(f"Pagefind indexed {len(meta[1])} of {records} records")
    for chunk in meta[2]:
        yield from _words(files, f"index/{chunk[2]}.pf_index")


def _words(files: Mapping[str, bytes], name: str) -> Iterator[tuple[str, list[list[Any]]]]:
    chunk = _content(files, name)
    if not isinstance(chunk, list) or not chunk or not isinstance(chunk[0], list):
        raise NotAsExpected(f"{name} is not laid out as Pagefind 1.5.2 does it")
    for item in chunk[0]:
        if len(item) != 3 or not isinstance(item[0], str) or not isinstance(item[1], list):
            raise NotAsExpected(f"a word of {name} is not laid out as Pagefind 1.5.2 does it")
        yield item[0], item[1]


def by_release(
    pages: list[list[Any]], bases: Sequence[int], starts: Sequence[int], ends: Sequence[int]
) -> tuple[list[int], int, int]:
    """The releases that have a word as one list: gap to the release before, how many positions, the first, the gaps to the others, and
    so on; how many releases, and how many positions there are. `bases`, `starts` and `ends` are those of `word_record.Packs`. Raises
    NotAsExpected."""
    numbers: list[int] = []
    releases = positions = page = before = 0
    try:
        for gap, weight_and_gaps, in_metadata in pages:
            if weight_and_gaps[0] != _PLAIN_TEXT or in_metadata:
                raise NotAsExpected("a position in Pagefind's index has a weight that no plain text has")
            page += gap
            gaps = weight_and_gaps[1:]
            gaps[0] += bases[page]
            at = list(accumulate(gaps))
            count = len(at)
            index = 0
            while index < count:
                position = at[index]
                release = bisect_right(starts, position) - 1
                if release < before or position >= ends[release]:
                    raise NotAsExpected(f"Pagefind has a word at position {position}, where none was given")
                # Most words stand in a release once.
                behind = index + 1
                if behind < count and at[behind] < ends[release]:
                    behind = bisect_left(at, ends[release], behind)
                    numbers += (release - before, behind - index, position - starts[release])
                    numbers += gaps[index + 1 : behind]
                else:
                    numbers += (release - before, 1, position - starts[release])
                before = release
                releases += 1
                index = behind
            positions += count
    except (TypeError, ValueError, IndexError) as error:
        raise NotAsExpected("a list of positions in Pagefind's index is not laid out as 1.5.2 does it") from error
    return numbers, releases, positions


def _content(files: Mapping[str, bytes], name: str) -> Any:
    if name not in files:
        raise NotAsExpected(f"{name} is missing from what Pagefind made")
    try:
        raw = gzip.decompress(files[name])
    except (OSError, EOFError) as error:
        raise NotAsExpected(f"{name} is not a gzip file") from error
    if not raw.startswith(SIGNATURE):
        raise NotAsExpected(f"{name} has no Pagefind signature")
    try:
        return cbor2.loads(raw[len(SIGNATURE) :])
    except (cbor2.CBORDecodeError, ValueError) as error:
        raise NotAsExpected(f"{name} is not CBOR that can be read ({error})") from error
