"""What release files say about each other: the rules between files.

They run on cards and outlines alone, never on texts, so that an archive of any size is held to them in one pass.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache
from operator import attrgetter

from onrecord.model import Aside, Card, Checked, Listed, Problem
from onrecord.nearest import MOST_BETWEEN, Hints

Asides = Callable[[str], Aside]
"""The path of a file → what is seldom asked of it."""


class Files:
    """All release files that were read, drafts among them, and the paths of those that could not be read at all.

    `checked` are all that were read; `listed` the files without an error, each with what it is; `by_slug` finds them; `broken` are the
    slugs of all others; `named` are those that name files of `content/files/`, with an error or not. `hints` are those on slugs and names.
    """

    def __init__(self, checked: Iterable[Checked], aside: Asides, unread: Iterable[str] = ()) -> None:
        self._marks = lru_cache(maxsize=64)(lambda path: _marks(aside(path)))
        self.hints = Hints(MOST_BETWEEN)
        files = sorted(checked, key=attrgetter("path"))
        self.listed = [(file, file.listed) for file in files if file.listed is not None]
        self.checked = files
        self.named = [file for file in files if file.outline.files]
        self._unlisted = [*(file.path for file in files if file.listed is None), *unread]

    @cached_property
    def by_slug(self) -> dict[str, tuple[Checked, Listed]]:
        """Each file without an error by its slug; of several the first by path."""
        return {listed.slug: (file, listed) for file, listed in reversed(self.listed)}

    @cached_property
    def broken(self) -> frozenset[str]:
        """The slugs of all other files."""
        return frozenset(map(_stem, self._unlisted)) - self.by_slug.keys()

    def position(self, file: Checked, key: str, value: str = "") -> tuple[int, int]:
        """Line and column of a value of the front matter: in a list where it is known, else that of its key."""
        marks = self._marks(file.path)
        return marks.get((key, value)) or marks.get((key, ""), (1, 1))


def _marks(aside: Aside) -> dict[tuple[str, str], tuple[int, int]]:
    """Where values stand, by key and value as it is asked for; the first of a key under no value."""
    marks: dict[tuple[str, str], tuple[int, int]] = {}
    for key, text, line, column in aside.marks:
        for value in ("", text, unicodedata.normalize("NFC", text.removesuffix(".md"))):
            marks.setdefault((key, value), (line, column))
    return marks


def between(files: Files) -> list[Problem]:
    """The Problems between releases: equal slugs, equal references of one publisher, a `same_text_as` that names nothing, and publishers,
    speakers, reporters or counted things written in two ways (a warning)."""
    problems = [*_equal_slugs(files), *_equal_references(files), *_same_text_as(files)]
    publishers = (
        (file, "publisher", listed.publisher, "") for file, listed in files.listed if listed.publisher is not None
    )
    speakers = (
        (file, "speaker", speaker, name)
        for file, listed in files.listed
        if isinstance(listed, Card)
        for name, speaker in listed.speakers
        if speaker
    )
    countings = [
        (file, counting) for file, listed in files.listed if isinstance(listed, Card) for counting in listed.countings
    ]
    reporters = ((file, "reporter", counting.by, counting.name) for file, counting in countings if counting.by)
    counted = ((file, "count", counting.counted, "") for file, counting in countings)
    written = (publishers, speakers, reporters, counted)
    return sorted({*problems, *(problem for words in written for problem in _different_spellings(files, words))})


def _same_text_as(files: Files) -> Iterator[Problem]:
    for file, listed in files.listed:
        for slug in listed.same_text_as if isinstance(listed, Card) else ():
            if slug == listed.slug:
                message = "“same_text_as” names the release itself. Name the others."
            elif slug not in files.by_slug and slug not in files.broken:
                message = (
                    f"“same_text_as” names “{slug}”, and there is no such release.{files.hints(slug, files.by_slug)}"
                )
            else:
                continue
            position = files.position(file, "same_text_as", slug)
            yield Problem(*position, "bad-same-text", message, path=file.path)


def _equal_slugs(files: Files) -> Iterator[Problem]:
    by_slug: dict[str, Checked] = {}
    for file, listed in files.listed:
        slug = listed.slug
        key = slug.lower() if slug.isascii() else unicodedata.normalize("NFC", slug).casefold()
        first = by_slug.setdefault(key, file)
        if first is not file:
            same = (
                "the same name"
                if _name(first.path) == _name(file.path)
                else "a name that differs only in capitals or accents' encoding"
            )
            message = f"{first.path} has {same}, so both would be one page. Rename one of them."
            yield Problem(1, 1, "duplicate-slug", message, path=file.path)


def _equal_references(files: Files) -> Iterator[Problem]:
    references: dict[tuple[str, str], Checked] = {}
    for file, listed in files.listed:
        publisher = listed.publisher
        if publisher is None or not listed.reference:
            continue
        first = references.setdefault((publisher, "".join(listed.reference.split()).casefold()), file)
        if first is not file:
            message = (
                f"{publisher} has given the number {listed.reference} to {first.path} already. Check both numbers."
            )
            yield Problem(*files.position(file, "reference"), "duplicate-reference", message, path=file.path)


def _different_spellings(files: Files, written: Iterable[tuple[Checked, str, str, str]]) -> Iterator[Problem]:
    """A warning for each word that differs from an earlier one only in letter case, signs and spaces: they would share an address.

    `written` are (file, key, word, the word's entry in a vocabulary or empty); words of two entries are two things.
    """
    first: dict[str, tuple[Checked, str, str]] = {}
    warned: set[tuple[str, str]] = set()
    for file, key, word, entry in written:
        earlier, earlier_word, earlier_entry = first.setdefault(_letters(word), (file, word, entry))
        if earlier_word == word or (entry and earlier_entry) or (file.path, word) in warned:
            continue
        warned.add((file.path, word))
        line, _ = files.position(earlier, key, earlier_word)
        message = f"The {key} is written “{word}” here and “{earlier_word}” in {earlier.path}:{line}. If they are one, write it one way."
        position = files.position(file, key, word)
        yield Problem(*position, f"{key}-spelling", message, "warning", path=file.path)


@lru_cache(maxsize=4096)
def _letters(word: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", word)).casefold() or word


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _stem(path: str) -> str:
    stem = _name(path).removesuffix(".md")
    return stem if stem.isascii() else unicodedata.normalize("NFC", stem)
