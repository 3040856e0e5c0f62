"""Files of a site on the disk: written once, listed with their sizes and times, digested."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from msgspec import Struct

# A path of the site is separated by "/" alone; where the system knows other separators or drives, a name may not have them.
_SEPARATORS = "\\:\0" if os.name == "nt" else "\0"
WORKING = ".onrecord-"
"""How the names of a build's own files and folders begin, where they lie in the output folder. They are no part of the site."""

_BLOCK = 1 << 20
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


class PublishFailed(Exception):
    """The site could not be written; the previous one stands. The message is one line for the person at the terminal."""


class Written(Struct, frozen=True):
    """A file of the site as it was written: its path below the site, SHA-256 in hexadecimal, bytes, time of change in ns since 1970."""

    path: str
    sha256: str
    size: int
    mtime_ns: int


@cache
def _is_folder_of_a_site(folder: str) -> bool:
    """Whether `folder` (relative, "" for the site itself) stays below the site. Kept: a site has few folders and many files."""
    return folder == "" or all(_is_name(part) for part in folder.split("/"))


def _is_name(part: str) -> bool:
    return part not in ("", ".", "..") and not any(separator in part for separator in _SEPARATORS)


def is_path_of_a_site(path: str) -> bool:
    """Whether `path` names a file below the site: relative, separated by "/", no empty part, no "." and no ".."."""
    folder, slash, name = path.rpartition("/")
    return _is_name(name) and _is_folder_of_a_site(folder) and not (slash and not folder)


def same_path(path: str) -> PublishFailed:
    return PublishFailed(f"Two files of the site would have the same place: {path}.")


def in_the_way(path: str, unlisted: bool = False) -> PublishFailed:
    """The refusal to write over what no build has written. `unlisted` says that the folder has no manifest, so that nothing in it is
    known to be of a build."""
    how = "then build again"
    if unlisted:
        how = "or build with --adopt: it keeps what this build would write, and sets everything else aside"
    return PublishFailed(f"{path} is in the way: no build has written it. Move it, {how}.")


def write_file(root: str, path: str, data: bytes | Iterator[bytes], sha256: str = "") -> Written:
    """Writes `data`, or its pieces, as the new file `path` below the folder `root`, with the folders that lead to it. Where `sha256` is
    given, bytes that have another one are refused (PublishFailed).

    May be called from any process; what it returns may be sent to another. Raises PublishFailed where `path` is not a path below the
    site or something has its place, OSError where the disk refuses; a file that is not whole is removed again.
    """
    if not is_path_of_a_site(path):
        raise PublishFailed(
            f"{path!r} cannot be a file of the site: a path is relative, and no part of it is empty, “.” or “..”."
        )
    full = f"{root}/{path}"
    try:
        try:
            descriptor = os.open(full, _CREATE, 0o666)
        except FileNotFoundError:
            make_folders(root, path)
            descriptor = os.open(full, _CREATE, 0o666)
    except (FileExistsError, NotADirectoryError) as error:
        raise same_path(path) from error
    digest = hashlib.sha256()
    try:
        for piece in (data,) if isinstance(data, bytes) else data:
            count = os.write(descriptor, piece)
            while count < len(piece):
                count += os.write(descriptor, memoryview(piece)[count:])
            digest.update(piece)
        status = os.fstat(descriptor)
        if sha256 and digest.hexdigest() != sha256:
            raise PublishFailed(f"A file of the content was changed while it was copied to {path}. Build again.")
    except BaseException as error:
        os.close(descriptor)
        os.unlink(full)
        if isinstance(error, OSError):
            error.filename = full
        raise
    os.close(descriptor)
    return Written(path, digest.hexdigest(), status.st_size, status.st_mtime_ns)


def copy_file(root: str, path: str, source: str, sha256: str) -> Written:
    """Writes the new file `path` below the folder `root` as a copy of another file, a piece at a time.

    Raises PublishFailed as `write_file` does, and where the bytes are not those of the SHA-256 that was checked; OSError.
    """
    with open(source, "rb") as stream:
        return write_file(root, path, iter(lambda: stream.read(_BLOCK), b""), sha256)


def read_bytes(file: str) -> bytes | None:
    """The bytes of a file; None where it is not there. Raises OSError."""
    try:
        with open(file, "rb") as stream:
            return stream.read()
    except FileNotFoundError:
        return None


def survey(out: Path) -> dict[str, tuple[int, int]]:
    """Every file below the folder `out`: relative path → (size in bytes, time of change in ns). Empty where the folder is absent.

    A link counts as itself, not as what it leads to; so does everything else that is not a folder. What a build works with in the
    folder itself is left out. Raises OSError.
    """
    return {path: (size, mtime_ns) for path, size, mtime_ns in walk(out)}


def walk(out: Path) -> Iterator[tuple[str, int, int]]:
    """The same, one file at a time: (relative path, size, time)."""
    folders = [""]
    root = str(out)
    while folders:
        prefix = folders.pop()
        try:
            entries = os.scandir(f"{root}/{prefix}")
        except FileNotFoundError:  # no site yet, or a folder that went away meanwhile
            continue
        with entries:
            for entry in entries:
                if not prefix and entry.name.startswith(WORKING):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(f"{prefix}{entry.name}/")
                    continue
                try:
                    status = entry.stat(follow_symlinks=False)
                except FileNotFoundError:
                    continue
                yield prefix + entry.name, status.st_size, status.st_mtime_ns


def digest(file: str) -> str:
    """The SHA-256 of a file, in hexadecimal. Raises OSError."""
    with open(file, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def read_written(root: str, path: str) -> Written:
    """A file that another program has written below `root`. Raises OSError."""
    status = os.stat(f"{root}/{path}")
    return Written(path, digest(f"{root}/{path}"), status.st_size, status.st_mtime_ns)


def read_folder(root: str, path: str, deep: bool = True) -> tuple[Written, ...]:
    """The files that another program has written below a folder of the stage, sorted; with `deep` false those of the folder itself."""
    names: list[str] = []
    waiting = [path]
    while waiting:
        folder = waiting.pop()
        with os.scandir(f"{root}/{folder}") as entries:
            for entry in entries:
                if entry.is_file(follow_symlinks=False):
                    names.append(f"{folder}/{entry.name}")
                elif deep and entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{folder}/{entry.name}")
    return tuple(read_written(root, name) for name in sorted(names))


def folders_of(path: str) -> list[str]:
    """The folders that lead to `path`, the innermost first: a/b/c.html → a/b, a."""
    folders = []
    while path := path.rpartition("/")[0]:
        folders.append(path)
    return folders


def make_folders(root: str, path: str) -> None:
    """Makes the folders that lead from `root` to `path`, never `root` itself: a run that has ended has no stage to write in.

    Something else in the place of a folder is left there for the caller to meet. Raises OSError.
    """
    for folder in reversed(folders_of(path)):
        try:
            os.mkdir(f"{root}/{folder}")
        except FileExistsError:
            continue


def obstacle(root: str, path: str) -> str | None:
    """The folder on the way from `root` to `path` in whose place something else stands, a link to a folder too; None if none is."""
    for folder in reversed(folders_of(path)):
        try:
            mode = os.lstat(f"{root}/{folder}").st_mode
        except FileNotFoundError:
            return None
        if not stat.S_ISDIR(mode):
            return folder
    return None


def is_taken(path: str) -> bool:
    """Whether something has this place, a link that leads nowhere too. Raises OSError where the disk does not say (os.path.lexists
    would take that for a no)."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def present_digest(root: str, path: str) -> str | None:
    """The SHA-256 of the file at `path` below `root`; "" where a link or a device stands there, None where there is no file.

    What is reached only through a link is not there. Raises OSError.
    """
    if obstacle(root, path) is not None:
        return None
    try:
        mode = os.lstat(f"{root}/{path}").st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(mode):
        return None
    return digest(f"{root}/{path}") if stat.S_ISREG(mode) else ""
