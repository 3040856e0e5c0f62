"""A file or a small folder that is whole at its place, or not there: what a killed process or a full disk leaves has a name of its own.

It is written beside its place, reaches the disk, and takes its name then. What a process that was killed has left there goes with the next
writing to the same place. An OSError names the place that was to be written, also where the system names none (a full disk), or the file
beside it.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import stat
from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path

from onrecord import durability

_BEGINNING = ".onrecord-"  # names that begin with a dot are no part of the content
_END = ".new"


def stopped(error: OSError, folder: object, kind: str = "file") -> str:
    """What is to be said of an error that stopped a command which writes: the place that it names (else this folder), that no file of this
    `kind` is half there, and the beginning of a sentence with what to do, which follows from what the system says."""
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    forbidden = error.errno in (errno.EACCES, errno.EPERM, errno.EROFS)
    advice = "Make room there, and in the folder for temporary files" if full else "Mend that"
    if forbidden:
        advice = "Allow yourself to read and to write there"
    what = "read or written" if forbidden else "written"
    return (
        f"{error.filename or folder} cannot be {what} ({error.strerror or error}). No {kind} is half-written. {advice}"
    )


def write(path: Path, data: bytes | Path, *, replace: bool = True) -> None:
    """Writes bytes, or those of another file, to `path`, with the folders that lead to it. A file that is there keeps its mode, and one
    that a link names is written where the link leads. Raises OSError, and FileExistsError where a file is there and `replace` is false, or
    a device."""
    path = Path(os.path.realpath(path)) if replace else path
    _refuse_device(path)
    with naming(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        clear(path)
        unfinished = _beside(path)
        try:
            if isinstance(data, bytes):
                unfinished.write_bytes(data)
            else:
                shutil.copyfile(data, unfinished)
            if replace:
                _keep_mode(path, unfinished)
            durability.force(path.parent, [unfinished.name])
            if replace:
                os.replace(unfinished, path)
            else:
                _named_newly(unfinished, path)
            durability.force_folder(path.parent)
        finally:
            unfinished.unlink(missing_ok=True)


def write_all(root: Path, files: Mapping[str, bytes], *, replace: bool = True) -> None:
    """Writes files below a folder, with the folders that lead to them, as `write` does. All of them are on the disk before the first has
    its name, so that many take hardly longer than one. Raises OSError, and FileExistsError where a file is there and `replace` is false;
    the files that stand before it have their names then."""
    clear_all(root, files)
    unfinished = {name: _beside(root / name) for name in files}
    try:
        for name, data in files.items():
            with naming(root / name):
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                unfinished[name].write_bytes(data)
                if replace:
                    _keep_mode(root / name, unfinished[name])
        with naming(root):
            durability.force(root, [path.relative_to(root).as_posix() for path in unfinished.values()])
        for name, path in unfinished.items():
            with naming(root / name):
                os.replace(path, root / name) if replace else _named_newly(path, root / name)
        with naming(root):
            durability.force_folders(root, files)
    finally:
        for path in unfinished.values():
            path.unlink(missing_ok=True)


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Writes a folder with files directly in it. Raises OSError, also where a folder with files is there."""
    with naming(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        clear(folder)
        with workplace(folder) as unfinished:
            for name, data in files.items():
                (unfinished / name).write_bytes(data)
            durability.force(unfinished, files)
            unfinished.rename(folder)
            durability.force_folder(folder.parent)


@contextlib.contextmanager
def made(path: Path) -> Iterator[Path]:
    """Yields the place at which somebody makes a file or a folder, which at the end reaches the disk and becomes `path`; a file that is
    there is replaced. It is alone in a folder beside its place, which goes at the end with all else that was put there. Raises OSError,
    also where a folder shall be made and one with files is there."""
    _refuse_device(path)
    with naming(path):
        clear(path)
        with workplace(path) as beside:
            made_there = beside / path.name
            yield made_there
            if made_there.is_dir():
                force_all(made_there)
                made_there.rename(path)
            else:
                durability.force(beside, [path.name])
                os.replace(made_there, path)
            durability.force_folder(path.parent)


@contextlib.contextmanager
def workplace(path: Path) -> Iterator[Path]:
    """Yields an empty folder beside a place, which goes at the end with all that is in it; `clear` removes that of a killed process.
    Raises OSError."""
    beside = _beside(path)
    try:
        beside.mkdir()
        yield beside
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def force_all(folder: Path) -> None:
    """Brings all files of a folder to the disk. Raises OSError."""
    durability.force(folder, [str(file.relative_to(folder)) for file in sorted(folder.rglob("*")) if file.is_file()])


@contextlib.contextmanager
def naming(path: Path) -> Iterator[None]:
    """Gives an OSError the name of what was to be written where it has none, or that of a file that is beside it or copied to it."""
    try:
        yield
    except OSError as error:
        beside = isinstance(error.filename, str) and error.filename.startswith(str(_beside(path)))
        if error.errno is None or not (error.filename is None or beside or error.filename2 is not None):
            raise
        raise OSError(error.errno, error.strerror, str(path)) from error


def clear(path: Path) -> None:
    """Removes what processes that were killed while they wrote to `path` have left beside it. Raises OSError."""
    clear_all(path.parent, [path.name])


def clear_all(root: Path, names: Iterable[str]) -> None:
    """Removes what processes that were killed while they wrote to these places (below a folder, or absolute) have left; each folder is
    looked at once. Raises OSError."""
    places: dict[Path, set[str]] = {}
    for path in (root / name for name in names):
        places.setdefault(path.parent, set()).add(_key(path))
    for folder, keys in places.items():
        for leftover in _left_in(folder, keys):
            if leftover.is_dir() and not leftover.is_symlink():
                shutil.rmtree(leftover)
            else:
                leftover.unlink(missing_ok=True)


def left_behind(path: Path) -> Iterator[Path]:
    """What processes that were killed while they wrote to `path` have left beside it, sorted."""
    return _left_in(path.parent, {_key(path)})


def _left_in(folder: Path, keys: Container[str]) -> Iterator[Path]:
    # Elsewhere than on POSIX, asking after a process ends it.
    for leftover in sorted(folder.glob(f"{_BEGINNING}*-*{_END}")) if os.name == "posix" else ():
        process, _, key = leftover.name.removeprefix(_BEGINNING).removesuffix(_END).partition("-")
        if key not in keys:
            continue
        try:
            os.kill(int(process), 0)
        except ProcessLookupError:
            yield leftover
        except (ValueError, OverflowError, PermissionError):
            continue


def _keep_mode(path: Path, unfinished: Path) -> None:
    """Gives what is written the rights of the file whose place it takes."""
    with contextlib.suppress(FileNotFoundError):
        unfinished.chmod(path.stat().st_mode & 0o777)


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
