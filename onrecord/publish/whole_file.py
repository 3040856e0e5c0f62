"""A file or a small folder that is whole at its place, or not there: what a killed process or a full disk leaves has a name of its own.

It is written beside its place, reaches the disk, and takes its name then. What a process that was killed has left there goes with the next
writing to the same place.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from onrecord.publish import durability

_BEGINNING = ".onrecord-"  # names that begin with a dot are no part of the content
_END = ".new"


def write(path: Path, data: bytes | Path, *, replace: bool = True) -> None:
    """Writes bytes, or those of another file, to `path`, with the folders that lead to it. A file that is there keeps its mode, and one
    that a link names is written where the link leads. Raises OSError, and FileExistsError where a file is there and `replace` is false, or
    a device."""
    path = Path(os.path.realpath(path)) if replace else path
    _refuse_device(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    clear(path)
    unfinished = _beside(path)
    try:
        if isinstance(data, bytes):
            unfinished.write_bytes(data)
        else:
            shutil.copyfile(data, unfinished)
        if replace:
            with contextlib.suppress(FileNotFoundError):
                unfinished.chmod(path.stat().st_mode & 0o777)
        durability.force(path.parent, [unfinished.name])
        if replace:
            os.replace(unfinished, path)
        else:
            _named_newly(unfinished, path)
        durability.force_folder(path.parent)
    finally:
        unfinished.unlink(missing_ok=True)


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Writes a folder with files directly in it. Raises OSError, also where a folder with files is there."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    clear(folder)
    unfinished = _beside(folder)
    try:
        unfinished.mkdir()
        for name, data in files.items():
            (unfinished / name).write_bytes(data)
        durability.force(unfinished, files)
        unfinished.rename(folder)
        durability.force_folder(folder.parent)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


@contextlib.contextmanager
def made(path: Path) -> Iterator[Path]:
    """Yields the place at which somebody makes a file or a folder, which at the end reaches the disk and becomes `path`; a file that is
    there is replaced. It is alone in a folder beside its place, which goes at the end with all else that was put there. Raises OSError,
    also where a folder shall be made and one with files is there."""
    _refuse_device(path)
    clear(path)
    workplace = _beside(path)
    try:
        workplace.mkdir()
        made_there = workplace / path.name
        yield made_there
        if made_there.is_dir():
            files = [str(file.relative_to(made_there)) for file in sorted(made_there.rglob("*")) if file.is_file()]
            durability.force(made_there, files)
            made_there.rename(path)
        else:
            durability.force(workplace, [path.name])
            os.replace(made_there, path)
        durability.force_folder(path.parent)
    finally:
        shutil.rmtree(workplace, ignore_errors=True)


def clear(path: Path) -> None:
    """Removes what processes that were killed while they wrote to `path` have left beside it. Raises OSError."""
    # Elsewhere than on POSIX, asking after a process ends it.
    for leftover in path.parent.glob(f"{_BEGINNING}*-{_key(path)}{_END}") if os.name == "posix" else ():
        try:
            os.kill(int(leftover.name.removeprefix(_BEGINNING).partition("-")[0]), 0)
        except ProcessLookupError:
            if leftover.is_dir() and not leftover.is_symlink():
                shutil.rmtree(leftover)
            else:
                leftover.unlink(missing_ok=True)
        except (ValueError, OverflowError, PermissionError):
            continue


def _refuse_device(path: Path) -> None:
    """Raises FileExistsError where something stands at `path` that is neither a file nor a folder: a file with its name would take the
    device (/dev/null) or the pipe away from everybody on the machine."""
    with contextlib.suppress(FileNotFoundError):
        mode = path.lstat().st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode) or stat.S_ISLNK(mode)):
            raise FileExistsError(errno.EEXIST, "This is a device or a pipe, and no file takes its place", str(path))


def _beside(path: Path) -> Path:
    return path.with_name(f"{_BEGINNING}{os.getpid()}-{_key(path)}{_END}")


def _key(path: Path) -> str:
    """A short word for a name, which may itself be as long as a name can be."""
    return hashlib.sha256(os.fsencode(path.name)).hexdigest()[:16]


def _named_newly(unfinished: Path, path: Path) -> None:
    """Gives a file its name where nothing has it. Raises FileExistsError."""
    try:
        os.link(unfinished, path)
    except FileExistsError:
        raise
    except OSError:
        # A file system without hard links.
        if os.path.lexists(path):
            raise FileExistsError(path) from None
        os.rename(unfinished, path)
