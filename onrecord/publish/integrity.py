"""A copy of a site held against a manifest in one pass, and what distinguishes them in words (fixity)."""

from __future__ import annotations

import hashlib
import os
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Literal

from onrecord.publish.bag import PAYLOAD, TAGS
from onrecord.publish.files import PublishFailed, walk
from onrecord.publish.listing import MANIFEST, parsed

_BLOCK = 1 << 20
_OF_REPOSITORY = frozenset([".gitignore", ".gitkeep"])
"""What keeps an empty output folder in a repository."""

_TEXT = 64 << 20
"""Bytes up to which it is looked whether only the line ends of a file are others."""

_EMPTY = hashlib.sha256().hexdigest()
# The highest manifest.json in a zip file is the site's.
_IN_FOLDER = f"/{MANIFEST}"


@dataclass(frozen=True, slots=True)
class Difference:
    """A file that is not as the manifest has it: `kind` says how, `words` what was found, `sha256` is that of a stray (empty where it
    cannot be read)."""

    path: str
    kind: Literal["missing", "changed", "stray"]
    words: str
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Examination:
    """What a pass over a copy has found: its differences, sorted by path; how many files the manifest lists; its SHA-256, hexadecimal;
    the files that it lists, with theirs; how many bytes the files have that are there and listed, the manifest among them; and whether
    the copy is a bag (BagIt), whose other files are strays with `../` before their paths."""

    differences: tuple[Difference, ...]
    files: int
    manifest: str
    listed: Mapping[str, str]
    size: int
    is_bag: bool


@dataclass(frozen=True, slots=True)
class _File:
    """A file of a copy; `open` reads it, None for a link or anything else that is no file."""

    path: str
    open: Callable[[], IO[bytes]] | None


def examined(copy: Path, manifest: Path | None = None) -> Examination:
    """Holds a folder or a ZIP file against its own manifest, or against that of another place; each file is read once. Raises
    PublishFailed where there is no manifest that a build has written, or no such ZIP file; OSError."""
    with _opened(copy) as (listing, files, is_bag):
        data = manifest.read_bytes() if manifest is not None else listing()
        listed = parsed(data)
        if listed is None:
            raise PublishFailed(f"{manifest or copy} has no {MANIFEST} that a build has written.")
        own_digests = {sha256: path for path, sha256 in listed.items() if sha256 != _EMPTY}
        size = len(data)
        strays: dict[str, str] = {}
        differences = []
        missing = dict(listed)
        for file in files:
            if file.path == MANIFEST:
                if (
                    manifest is not None
                    and file.open is not None
                    and _digest(file)[0] != hashlib.sha256(data).hexdigest()
                ):
                    differences.append(
                        Difference(MANIFEST, "changed", "it is not the manifest that the copy was held against")
                    )
                continue
            sha256, problem, length = _digest(file)
            size += length if file.path in listed else 0
            expected = missing.pop(file.path, None)
            if expected is None:
                strays[file.path] = sha256
            elif sha256 != expected:
                other = own_digests.get(sha256)
                change = f"it has the bytes of {other}" if other else problem or _change(file, sha256, expected)
                differences.append(Difference(file.path, "changed", change))
        by_digest = {sha256: path for path, sha256 in strays.items() if sha256 and sha256 != _EMPTY}
        by_name = {_plain(path): path for path in strays}
        for path, expected in missing.items():
            differences.append(
                Difference(path, "missing", _absence(path, by_name.get(_plain(path)), by_digest.get(expected)))
            )
        differences += (
            Difference(path, "stray", "no build has written it", sha256)
            for path, sha256 in strays.items()
            if path not in _OF_REPOSITORY
        )
    ordered = tuple(sorted(differences, key=lambda difference: (difference.path, difference.kind)))
    return Examination(ordered, len(listed), hashlib.sha256(data).hexdigest(), listed, size, is_bag)


def _plain(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()


def _absence(path: str, alike: str | None, same: str | None) -> str:
    """What is known of a file that is not there."""
    if alike is not None:
        how = (
            "in other letters (upper and lower case)"
            if alike.casefold() == path.casefold()
            else "in another form of Unicode"
        )
        return f"a file of this name written {how} is there: the names were changed by the copying"
    return f"{same} has its bytes: it was renamed" if same is not None else "it is not there"


def _change(file: _File, sha256: str, expected: str) -> str:
    """What is known of a file that is another."""
    if sha256 == _EMPTY:
        return "it is empty"
    assert file.open is not None
    with file.open() as stream:
        data = stream.read(_TEXT)
    lines = data.replace(b"\r\n", b"\n")
    if expected in (hashlib.sha256(lines).hexdigest(), hashlib.sha256(lines.replace(b"\n", b"\r\n")).hexdigest()):
        return "its line ends are others: it was copied as text, not byte by byte"
    return "its bytes are others than the build wrote"


def _digest(file: _File) -> tuple[str, str, int]:
    """A file's SHA-256, nothing, and its size; where it cannot be read, an empty one and why."""
    if file.open is None:
        return "", "it is a link or a device, not a file", 0
    digest = hashlib.sha256()
    size = 0
    try:
        with file.open() as stream:
            while block := stream.read(_BLOCK):
                digest.update(block)
                size += len(block)
    except (OSError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        return "", f"it cannot be read ({getattr(error, 'strerror', None) or error})", size
    return digest.hexdigest(), "", size


# ---- folders and ZIP files ---------------------------------------------------------------------------------------------------------


@contextmanager
def _opened(copy: Path) -> Iterator[tuple[Callable[[], bytes], Iterator[_File], bool]]:
    """What reads the manifest of a copy, empty bytes where there is none, and its files; and whether it is a bag."""
    if copy.is_dir():
        is_bag = (copy / PAYLOAD / MANIFEST).is_file() and any((copy / tag).is_file() for tag in TAGS)
        site = copy / PAYLOAD if is_bag else copy
        yield lambda: _manifest_in(site), _in_bag(copy) if is_bag else _in_folder(copy), is_bag
        return
    try:
        with zipfile.ZipFile(copy) as archive:
            top = top_of(archive)
            outside = top.removesuffix(PAYLOAD) if top.endswith(f"/{PAYLOAD}") else ""
            is_bag = bool(outside) and any(outside + tag in archive.NameToInfo for tag in TAGS)
            yield lambda: _manifest_in_zip(archive), _in_zip(archive, outside if is_bag else ""), is_bag
    except zipfile.BadZipFile as error:
        raise PublishFailed(f"{copy} is not a folder and no ZIP file that can be read ({error}).") from error


def _manifest_in(folder: Path) -> bytes:
    try:
        return (folder / MANIFEST).read_bytes()
    except (FileNotFoundError, IsADirectoryError):
        return b""


def _in_folder(folder: Path) -> Iterator[_File]:
    for path, _, _ in walk(folder):
        full = f"{folder}/{path}"
        plain = os.path.isfile(full) and not os.path.islink(full)
        yield _File(path, partial(_bytes_of, full) if plain else None)


def _in_bag(folder: Path) -> Iterator[_File]:
    """The files of a bag: those of the site below `data/`, all others with `../` before their paths."""
    for file in _in_folder(folder):
        inside = file.path.startswith(PAYLOAD)
        yield _File(file.path.removeprefix(PAYLOAD) if inside else f"../{file.path}", file.open)


def _bytes_of(path: str) -> IO[bytes]:
    return open(path, "rb")


def top_of(archive: zipfile.ZipFile) -> str:
    """The folder of a ZIP file that the site is in: that of its highest manifest, with “/” at the end; or empty."""
    manifests = [name for name in archive.namelist() if f"/{name}".endswith(_IN_FOLDER)]
    return min(manifests, key=lambda name: (name.count("/"), name), default="").removesuffix(MANIFEST)


def _manifest_in_zip(archive: zipfile.ZipFile) -> bytes:
    try:
        return archive.read(top_of(archive) + MANIFEST)
    except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError):
        return b""


def _in_zip(archive: zipfile.ZipFile, outside: str) -> Iterator[_File]:
    """The files of a ZIP file, those that are not of the site with `../` before their paths, which begin with `outside` in a bag."""
    top = top_of(archive)
    for member in archive.infolist():
        if not member.is_dir():
            name = member.filename
            path = name.removeprefix(top) if name.startswith(top) else f"../{name.removeprefix(outside)}"
            yield _File(path, partial(archive.open, member))
