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

_FILE, _FOLDER, _LINKED_FOLDER, _NO_FILE = "file", "folder", "linked folder", "no file"


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

    Hidden files, links to folders, what is no file (a pipe) and what lies in a folder as no release are passed over. A folder that cannot
    be read stands among the documents, so that it is refused like one. Raises NoSuchSource.
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
    """Name and path of the documents below a folder, and of folders that cannot be read; the others' names are added to `passed`."""
    waiting = [""]
    while waiting:
        below = waiting.pop()
        try:
            with os.scandir(top / below) as entries:
                here = sorted((entry.name, _kind(entry)) for entry in entries)
        except OSError:
            # Whoever reads it like a document is told why it cannot be read: it is refused like one.
            yield (f"{below}/" if below else f"{top.name}/"), top / below
            continue
        folders = []
        for name, kind in here:
            path = f"{below}/{name}" if below else name
            if kind == _FOLDER and not name.startswith("."):
                folders.append(path)
            elif kind in (_FOLDER, _LINKED_FOLDER):
                passed.append(f"{path}/")
            elif kind == _NO_FILE or name.startswith((".", "~$")) or _NO_RELEASES.fullmatch(name):
                passed.append(path)
            else:
                yield path, top / path
        waiting += reversed(folders)


def _kind(entry: os.DirEntry[str]) -> str:
    """What an entry of a folder is to an import: a pipe, a socket or a device is no file, and whoever opened it might wait for ever."""
    try:
        if entry.is_dir():
            return _LINKED_FOLDER if entry.is_symlink() else _FOLDER
        return _FILE if entry.is_file() or not Path(entry.path).exists() else _NO_FILE
    except OSError:
        return _FILE  # a link that leads nowhere: whoever reads it says so
