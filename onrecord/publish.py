"""Pages → the output folder: the only writer of the site.

A whole new site is staged in a hidden sibling of the output folder and takes its place in one step, so a reader never sees an empty,
cut, mixed or missing page, whatever happens to the build. Files the build did not write are carried over, never deleted. The last
file written is `manifest.json`, which lists every file of the site with its SHA-256.
"""

from __future__ import annotations

import ctypes
import errno
import hashlib
import json
import os
import shutil
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from onrecord.model import Page

MANIFEST = "manifest.json"
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # linux/fs.h; macOS calls the same value RENAME_SWAP
_CHUNK = 1 << 20
# The earliest time a ZIP file can hold (APPNOTE.TXT 4.4.6): no member has a time that tells anything.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_REGULAR_FILE = 0o100644 << 16


class PublishFailed(Exception):
    """The site could not be written; the previous one stands untouched. The message is one line for the person at the terminal."""


class Stage:
    """A site being written. `path` is the folder it is written in; `commit` puts it in the place of the output folder."""

    def __init__(self, out: Path, path: Path) -> None:
        self.out = out
        self.path = path
        self.warnings: list[str] = []
        self._written: dict[str, str] = {}
        self._folders: set[str] = set()

    def write(self, pages: Iterable[Page]) -> int:
        """Writes pages, in the order they come, and returns how many there were. A path may come once. Raises PublishFailed."""
        count = 0
        root = str(self.path)
        for page in pages:
            folder, _, name = page.path.rpartition("/")
            if (
                page.path in self._written
                or not name
                or ".." in PurePosixPath(page.path).parts
                or page.path.startswith("/")
            ):
                raise PublishFailed(f"Two pages of the site would have the same place: {page.path}.")
            full = f"{root}/{page.path}"
            if folder not in self._folders:
                os.makedirs(f"{root}/{folder}", exist_ok=True)
                self._folders.add(folder)
            with open(full, "xb", buffering=0) as stream:
                view = memoryview(page.data)
                while view:
                    view = view[stream.write(view) :]
            self._written[page.path] = hashlib.sha256(page.data).hexdigest()
            count += 1
        return count

    def commit(self, copy: str = "") -> int:
        """Carries over what the build did not write, writes the manifest and exchanges the folders. Returns the number of files of the
        new site. With `copy`, the whole site is also packed into `<copy>.zip`, its own manifest inside. Raises PublishFailed."""
        files = dict(self._written)
        for path in _files(self.path):
            if path not in files:
                files[path] = _digest(self.path / path)
        if self.out.is_dir():
            self._carry(files)
        self._list(files)
        if copy:
            name = f"{copy}.zip"
            if (self.path / name).exists():
                raise PublishFailed(
                    f"{self.out / name} is in the way: no build has written it. Move it, then build again."
                )
            write_zip(self.path / name, self.path, [*sorted(files), MANIFEST], copy)
            files[name] = _digest(self.path / name)
            self._list(files)
        _exchange(self.path, self.out)
        return len(files) + 1

    def _list(self, files: Mapping[str, str]) -> None:
        text = json.dumps({"generator": "Onrecord", "files": dict(sorted(files.items()))}, ensure_ascii=False, indent=0)
        (self.path / MANIFEST).write_text(f"{text}\n", encoding="utf-8", newline="\n")

    def _carry(self, files: Mapping[str, str]) -> None:
        """Links (or copies) into the new site whatever stands in the output folder and was not written by a build."""
        before = manifest(self.out)
        folders = {str(parent) for path in files for parent in PurePosixPath(path).parents}
        for path in _files(self.out):
            if path == MANIFEST and before is not None:
                continue
            old = self.out / path
            ours = before is not None and path in before
            if path in files:
                if not ours:
                    raise PublishFailed(
                        f"{self.out / path} is in the way: no build has written it. Move it, then build again."
                    )
                continue
            if ours:
                assert before is not None
                if not old.is_symlink() and _digest(old) == before[path]:
                    continue
                self.warnings.append(f"{old} belongs to no page any more but was changed by hand, so it stays.")
            if path in folders or any(str(parent) in files for parent in PurePosixPath(path).parents):
                raise PublishFailed(
                    f"{self.out / path} is in the way: no build has written it. Move it, then build again."
                )
            new = self.path / path
            new.parent.mkdir(parents=True, exist_ok=True)
            if old.is_symlink():
                os.symlink(os.readlink(old), new)
                continue
            try:
                os.link(old, new)
            except OSError:
                shutil.copy2(old, new)


@contextmanager
def staged(out: Path, keep_clear: Iterable[Path] = ()) -> Iterator[Stage]:
    """A Stage for the site at `out`, under a lock; whatever is not committed is removed again.

    `keep_clear` are folders the site may neither hold nor lie in. Raises PublishFailed when the folder cannot be written, when another
    build holds it, or when anything goes wrong on the disk while the block runs.
    """
    out = out.absolute()
    if out.is_symlink():
        out = out.resolve()
    for folder in (Path.cwd(), *keep_clear):
        there = folder.resolve()
        inside = there.is_relative_to(out.resolve())
        if inside or (folder != Path.cwd() and out.resolve().is_relative_to(there)):
            raise PublishFailed(
                f"{out} cannot be the output folder: {'it holds' if inside else 'it lies in'} {there}. Choose another."
            )
    if out.exists() and not out.is_dir():
        raise PublishFailed(f"{out} is a file, not a folder. Choose another output folder.")
    stage = out.with_name(f".{out.name}.onrecord-new")
    old = out.with_name(f".{out.name}.onrecord-old")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with _lock(out.with_name(f".{out.name}.onrecord-lock")):
            if old.exists() and not out.exists():
                os.rename(
                    old, out
                )  # a build was killed between the two renames of a system that cannot exchange folders
            for left in (stage, old):
                if left.exists():
                    shutil.rmtree(left)
            stage.mkdir()
            try:
                yield Stage(out, stage)
            finally:
                shutil.rmtree(stage, ignore_errors=True)
                shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        where = error.filename or out
        raise PublishFailed(
            f"The site cannot be written: {error.strerror or error} ({where}). The previous one is untouched."
        ) from error


@contextmanager
def _lock(path: Path) -> Iterator[None]:
    """One build at a time for an output folder. The lock goes with the process that holds it, so a killed build leaves none behind."""
    try:
        import fcntl
    except ImportError:  # Windows has no flock; there one build at a time is the user's care
        yield
        return
    while True:
        stream = open(path, "w")  # noqa: SIM115
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            stream.close()
            if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
                raise PublishFailed("Another build is writing this site. Wait until it has finished.") from error
            raise
        try:
            if os.fstat(stream.fileno()).st_ino == os.stat(path).st_ino:
                break
        except FileNotFoundError:
            pass
        stream.close()  # the holder before us removed the file between our opening and locking it
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        stream.close()


def manifest(site: Path) -> dict[str, str] | None:
    """The files of a built site with their SHA-256 (hexadecimal), or None where `site` has no manifest that a build has written."""
    try:
        held = json.loads((site / MANIFEST).read_text(encoding="utf-8"))
        if held.get("generator") != "Onrecord":
            return None
        return {str(path): str(digest) for path, digest in held["files"].items()}
    except (OSError, ValueError, AttributeError, KeyError):
        return None


def differences(site: Path) -> tuple[list[str], list[str], list[str]]:
    """What distinguishes a site from its manifest: files that are missing, that are changed, and that no build has written, sorted.

    Raises PublishFailed when there is no manifest, OSError when a file cannot be read.
    """
    listed = manifest(site)
    if listed is None:
        raise PublishFailed(f"{site} has no {MANIFEST} that a build has written.")
    there = set(_files(site)) - {MANIFEST}
    missing = sorted(listed.keys() - there)
    changed = sorted(path for path in listed.keys() & there if _digest(site / path) != listed[path])
    return missing, changed, sorted(there - listed.keys())


def _files(folder: Path) -> list[str]:
    """Every file and link below a folder, relative, sorted."""
    found = []
    for root, folders, names in os.walk(folder):
        relative = Path(root).relative_to(folder).as_posix()
        prefix = "" if relative == "." else f"{relative}/"
        found += [prefix + name for name in names]
        found += [prefix + name for name in folders if os.path.islink(os.path.join(root, name))]
    return sorted(found)


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with open(path, "rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _exchange(new: Path, out: Path) -> None:
    """Puts `new` in the place of `out` in one step where the system can, else in two with the old one kept until the end."""
    if not out.exists():
        os.rename(new, out)
        return
    if _swap(new, out):
        return
    old = out.with_name(f".{out.name}.onrecord-old")
    os.rename(out, old)
    try:
        os.rename(new, out)
    except OSError:
        os.rename(old, out)
        raise


def _swap(one: Path, other: Path) -> bool:
    """Exchanges two folders atomically (renameat2 of Linux, renamex_np of macOS); False where the system or the disk cannot."""
    a, b = os.fsencode(one), os.fsencode(other)
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            done = library.renamex_np(a, b, _RENAME_EXCHANGE)
        else:
            done = library.renameat2(_AT_FDCWD, a, _AT_FDCWD, b, _RENAME_EXCHANGE)
    except (AttributeError, OSError, TypeError):
        return False
    if done == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP):
        return False
    raise OSError(code, os.strerror(code), str(other))


def write_zip(target: Path, site: Path, paths: list[str], folder: str) -> None:
    """Writes the files `paths` of `site`, in this order and below `folder`, as a ZIP file at `target`.

    It is written beside its place first, so that a file of this name is whole at any time. The same files give the same bytes (as
    long as Python's zlib is the same). Raises OSError.
    """
    unfinished = target.with_name(f".{target.name}.part")
    try:
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            for path in paths:
                member = zipfile.ZipInfo(f"{folder}/{path}", _EPOCH)
                member.create_system = 3
                member.external_attr = _REGULAR_FILE
                member.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(member, (site / path).read_bytes())
        os.replace(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)
