"""Which documents a person means by the files and folders that they name."""

from __future__ import annotations

import os
import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import overload

# What lies in a folder among releases and is none: passed over in a folder, taken where it is named itself.
_NO_RELEASES = re.compile(
    r"(?:readme|license|licence|copying|changelog|contributing|authors|notice)(?:\.(?:md|txt|rst|html?))?|thumbs\.db|desktop\.ini|_template\.md",
    re.IGNORECASE,
)


class NoSuchSource(Exception):
    """A file or folder that is to be imported is not there. The message is a sentence for the person who named it."""


class Files(Sequence[tuple[str, Path]]):
    """Names and paths of documents, in order and in a fifth of the memory that as many Paths take."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._ends = array("Q")

    def append(self, name: str, path: Path) -> None:
        """Adds a document behind the others."""
        self._bytes += f"{name}\0{path}".encode("utf-8", "surrogateescape")
        self._ends.append(len(self._bytes))

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, number: int) -> tuple[str, Path]: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[tuple[str, Path]]: ...
    def __getitem__(self, number: int | slice) -> tuple[str, Path] | Sequence[tuple[str, Path]]:
        if isinstance(number, slice):
            return [self[at] for at in range(*number.indices(len(self)))]
        at = range(len(self))[number]
        packed = self._bytes[self._ends[at - 1] if at else 0 : self._ends[at]]
        name, _, path = packed.decode("utf-8", "surrogateescape").partition("\0")
        return name, Path(path)


@dataclass(frozen=True, slots=True)
class Documents:
    """Documents to be read: `files` are their names and paths, in order; `passed` are the files and folders (with a `/`) that were passed
    over on the way, as they lie below the folder that was walked."""

    files: Sequence[tuple[str, Path]]
    passed: tuple[str, ...] = ()


def documents(given: Iterable[str]) -> Documents:
    """The documents that the paths name, each file itself and each folder with all below it, sorted. A document is called by its path
    below the folder; by its whole path where another has that name already.

    Hidden files and what lies in a folder as no release are passed over; links to folders are not followed. Raises NoSuchSource.
    """
    taken: set[bytes] = set()
    passed: list[str] = []
    files = Files()
    paths = [Path(text) for text in given]
    for path in paths:
        if path.is_dir():
            entries = _walked(path, passed)
        elif path.exists():
            entries = iter([(path.name, path)])
        else:
            raise NoSuchSource(f"There is no file or folder “{path}”.")
        for short, file in entries:
            name = short
            # One path alone, a folder or a file, has no name twice.
            if len(paths) > 1:
                name = file.as_posix() if short.encode("utf-8", "surrogateescape") in taken else short
                taken.add(name.encode("utf-8", "surrogateescape"))
            files.append(name, file)
    return Documents(files, tuple(passed))


def _walked(top: Path, passed: list[str]) -> Iterator[tuple[str, Path]]:
    """Name and path of the documents below a folder; the others' names are added to `passed`."""
    for folder, subfolders, names in os.walk(top):
        hidden = sorted(name for name in subfolders if name.startswith("."))
        passed += [f"{(Path(folder) / name).relative_to(top).as_posix()}/" for name in hidden]
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        for name in sorted(names):
            file = Path(folder) / name
            if name.startswith((".", "~$")) or _NO_RELEASES.fullmatch(name):
                passed.append(file.relative_to(top).as_posix())
            else:
                yield file.relative_to(top).as_posix(), file
