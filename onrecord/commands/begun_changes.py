"""New files of the content, files that are changed and files to which something is appended, together or not at all.

What will be done is noted beside the content before the first file is touched, and what a changed file was stays under a second name. What
stops the work takes all of it back, which needs no room on the disk. What kills it leaves the note: the next command of this kind takes
back what is there before it begins. A note can come with a commit that is a stranger's, so that nothing is done for it but to a file of
the content that is, byte for byte, what the note says was written. With Python's own library alone, for `propose`.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from onrecord import durability, whole_file

_NOTE = ".onrecord-begun.json"
_DONE = ".onrecord-done.json"
"""A note has this name once all that it names is done: what was kept for taking back goes, and then the note."""
_BEFORE = ".onrecord-before-"
_MOST_NOTE = 1024 * 1024
_LONGEST_NAME = 255


@dataclass(frozen=True, slots=True)
class Changes:
    """What will become of files, by their paths below the content folder: the bytes of those that are `new`, all bytes that those have
    which are `changed`, and what is `appended` to others."""

    new: Mapping[str, bytes] = field(default_factory=dict)
    changed: Mapping[str, bytes] = field(default_factory=dict)
    appended: Mapping[str, bytes] = field(default_factory=dict)

    def paths(self) -> list[str]:
        """The paths of all of them."""
        return [*self.new, *self.changed, *self.appended]


@dataclass(frozen=True, slots=True)
class _Note:
    """What a note says by the paths of files: the SHA-256 of those that are new and of those that were changed; of those to which something
    was appended how long they were, with which SHA-256, and the text."""

    new: dict[str, str]
    changed: dict[str, str]
    appended: dict[str, tuple[int, str, str]]


@contextlib.contextmanager
def together(content: Path, changes: Changes, *, kept: bool = True) -> Iterator[None]:
    """Notes changes, which are made while the block runs. They stand once it has ended, all of them; where it raises anything, or they
    are not to be `kept`, none does. What an earlier run was killed at is taken back before. Raises OSError, and names a file that was to
    be written where there is no room for the note."""
    if not changes.paths():
        yield
        return
    note = _place(content)
    with _alone(note.parent):
        _taken_back(content)
        try:
            with _naming(content, changes):
                _write_note(content, changes)
            yield
        except BaseException:
            _taken_back(content)
            raise
        if not kept:
            _taken_back(content)
            return
        os.replace(note, note.with_name(_DONE))
        durability.force_folder(note.parent)
        _finish(content)


def recover(content: Path) -> str:
    """Takes back what a run that was killed had begun, unless one is at work. Returns a line for each file; empty where there is none.
    Raises OSError."""
    whole_file.clear(_place(content))
    if not any(_place(content).with_name(name).exists() for name in (_NOTE, _DONE)):
        return ""
    with _alone(_place(content).parent, waits=False) as is_alone:
        back = _taken_back(content) if is_alone else []
    return "".join(f"{path}: taken back, because an earlier run was stopped before its end.\n" for path in back)


def _place(content: Path) -> Path:
    return content / "releases" / _NOTE


def _write_note(content: Path, changes: Changes) -> None:
    """Notes what will be done, and keeps the files that are changed under a second name each. Raises OSError."""
    appended = {}
    for path, data in changes.appended.items():
        held = (content / path).read_bytes()
        appended[path] = [len(held), _digest(held), data.decode()]
    fields = {
        # A file that is there already is somebody's, also one with the same bytes.
        "new": {path: _digest(data) for path, data in changes.new.items() if not os.path.lexists(content / path)},
        "changed": {path: _digest(data) for path, data in changes.changed.items()},
        "appended": appended,
    }
    note = _place(content)
    # What stands there now is no note: nothing is written where a link leads.
    note.unlink(missing_ok=True)
    whole_file.write(note, json.dumps(fields).encode("ascii"), replace=False)
    for path in changes.changed:
        file = content / path
        before = _before(file)
        before.unlink(missing_ok=True)
        try:
            os.link(file, before)
        except FileNotFoundError:
            raise
        except OSError:
            # A file system without hard links.
            shutil.copy2(file, before)
            durability.force(before.parent, [before.name])
        durability.force_folder(before.parent)


def _taken_back(content: Path) -> list[Path]:
    """Takes back what was noted and is there; gives the files that it changed. Raises OSError."""
    _finish(content)
    note = _place(content)
    noted = _read(note)
    if noted is None:
        return []
    back = []
    for path, digest in noted.new.items():
        file = content / path
        if _has(file, digest):
            file.unlink()
            back.append(file)
    for path, digest in noted.changed.items():
        file, before = content / path, _before(content / path)
        if before.is_file() and not before.is_symlink() and _has(file, digest):
            os.replace(before, file)
            back.append(file)
        before.unlink(missing_ok=True)
    for path, (length, digest, text) in noted.appended.items():
        file = content / path
        data = file.read_bytes() if file.is_file() and not file.is_symlink() else b""
        # A process that is killed may have written a part of it.
        if len(data) > length and _digest(data[:length]) == digest and text.encode().startswith(data[length:]):
            os.truncate(file, length)
            back.append(file)
    whole_file.clear_all(content, [*noted.new, *noted.changed])
    for folder in {file.parent for file in back}:
        durability.force_folder(folder)
    note.unlink()
    return back


def _finish(content: Path) -> None:
    """Removes what was kept for taking back of changes that are done. Raises OSError."""
    done = _place(content).with_name(_DONE)
    noted = _read(done)
    if noted is not None:
        for path in noted.changed:
            _before(content / path).unlink(missing_ok=True)
        done.unlink()


def _read(note: Path) -> _Note | None:
    """What a note says; None where there is none. One that is not of the form is removed, and nothing is done for it. Raises OSError."""
    if note.is_symlink() or not note.is_file():
        return None
    with note.open("rb") as stream:
        data = stream.read(_MOST_NOTE + 1)
    try:
        if len(data) <= _MOST_NOTE:
            return _note(json.loads(data))
    except (ValueError, RecursionError, TypeError, AttributeError, OverflowError):
        pass
    note.unlink()
    return None


def _note(fields: object) -> _Note:
    """The note that JSON holds. Raises ValueError, TypeError, AttributeError or OverflowError where it is none."""
    if not isinstance(fields, dict) or fields.keys() != {"new", "changed", "appended"}:
        raise ValueError("It has other keys.")
    appended = {
        path: (int(length), str(digest), str(text)) for path, (length, digest, text) in fields["appended"].items()
    }
    note = _Note(dict(fields["new"]), dict(fields["changed"]), appended)
    releases = all(_is_below(path, "releases", ".md") for path in (*note.new, *note.changed))
    if not releases or not all(_is_below(path, "", ".toml") for path in appended):
        raise ValueError("It names what is no file of the content.")
    if any(length < 0 for length, _, _ in appended.values()):
        raise ValueError("A length is none.")
    return note


def _is_below(path: str, folder: str, suffix: str) -> bool:
    """Whether this is the path of a file of the content: somewhere below a folder of it, or directly in it where none is named."""
    parts = PurePosixPath(path).parts
    placed = len(parts) > 1 and parts[0] == folder if folder else len(parts) == 1
    named = not any(part.startswith(".") or len(os.fsencode(part)) > _LONGEST_NAME for part in parts)
    return placed and named and path == "/".join(parts) and path.endswith(suffix) and not set(path) & set("\\:\0")


def _before(file: Path) -> Path:
    """The second name of a file that is changed: in its own folder, so that it can always have its place again."""
    return file.with_name(f"{_BEFORE}{hashlib.sha256(os.fsencode(file.name)).hexdigest()[:16]}")


def _has(file: Path, digest: str) -> bool:
    """Whether a file itself, and not what a link leads to, has these bytes."""
    is_own = not any(place.is_symlink() for place in (file, file.parent))
    return is_own and file.is_file() and _digest(file.read_bytes()) == digest


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@contextlib.contextmanager
def _naming(content: Path, changes: Changes) -> Iterator[None]:
    """Gives an OSError of the note the name of the first file that was to be written: the note is nobody's concern."""
    try:
        yield
    except OSError as error:
        if error.errno is None:
            raise
        first = next(iter(changes.paths()), "releases")
        raise OSError(error.errno, error.strerror, str(content / first)) from error


@contextlib.contextmanager
def _alone(folder: Path, *, waits: bool = True) -> Iterator[bool]:
    """Holds a folder, so that no other command of this kind is at work in it meanwhile; says whether it does. Another is waited for, or
    not. The hold ends with the process. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        import fcntl
    except ImportError:  # Windows has no flock; there one at a time is the user's care
        yield True
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX if waits else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        except OSError:
            # A file system that knows no such hold.
            pass
        yield True
    finally:
        os.close(descriptor)
