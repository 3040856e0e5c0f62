"""Whose a file is where the manifest that would say so is lost: recognised by its bytes, or set aside where it lies safe."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from onrecord.durability import force
from onrecord.publish.files import make_folders, present_digest, survey

_COPYING = ".onrecord-copying"
_OF_GIT = (".git", ".gitignore", ".gitkeep")


def recognized(out: Path, present: Iterable[str], files: Mapping[str, str]) -> dict[str, str]:
    """Those files below `out` that have the bytes a build has noted, or makes (path → SHA-256, hexadecimal). Raises OSError."""
    return {path: files[path] for path in present if path in files and present_digest(str(out), path) == files[path]}


def contradicted(listed: Mapping[str, str], out: Path, present: Collection[str], files: Mapping[str, str]) -> bool:
    """Whether a manifest says of a file below `out` that it is another, or none, although it has the bytes that a build has noted: then a
    byte of the manifest is not what was written. Raises OSError."""
    lists_what_is_not_there = any(path not in present for path in listed)
    return any(
        present_digest(str(out), path) == sha256
        for path, sha256 in files.items()
        if path in present and listed.get(path) != sha256 and (path in listed or lists_what_is_not_there)
    )


def remaining(out: Path, present: Iterable[str], ours: Mapping[str, str]) -> dict[str, str]:
    """The other files below `out` with their SHA-256 as `present_digest` gives it, but for what git keeps there. Raises OSError."""
    return {
        path: present_digest(str(out), path) or ""
        for path in sorted(present)
        if path not in ours and path.split("/", 1)[0] not in _OF_GIT
    }


def set_aside(out: Path, paths: Iterable[str]) -> Path:
    """Puts files of `out` a second time into a folder beside it, linked where the disk can and else copied, and returns the folder: a new
    one, or that of a run which was stopped behind this, so that nothing is there three times. They are on the disk when it returns. Raises
    OSError."""
    paths = list(paths)
    folder = _folder(out, frozenset(paths))
    folder.mkdir(exist_ok=True)
    plain = []
    for path in paths:
        source, target = f"{out}/{path}", f"{folder}/{path}"
        make_folders(str(folder), path)
        if os.path.lexists(target):
            plain += [path] if os.path.isfile(target) else []
            continue
        if os.path.islink(source):
            os.symlink(os.readlink(source), target)
            continue
        try:
            os.link(source, target, follow_symlinks=False)
        except OSError:
            copied = f"{target}{_COPYING}"
            shutil.copy2(source, copied, follow_symlinks=False)
            os.replace(copied, target)
        if os.path.isfile(target):
            plain.append(path)
    force(folder, plain)
    return folder


def _folder(out: Path, paths: Collection[str]) -> Path:
    folder = out.with_name(f"{out.name}.set-aside")
    number = 1
    while os.path.lexists(folder) and not _is_begun(folder, out, paths):
        number += 1
        folder = out.with_name(f"{out.name}.set-aside-{number}")
    return folder


def _is_begun(folder: Path, out: Path, paths: Collection[str]) -> bool:
    """Whether a folder holds some of these files of `out` as they are there and nothing else; a copy that was cut off goes."""
    if folder.is_symlink() or not folder.is_dir():
        return False
    for path in survey(folder):
        if path.endswith(_COPYING) and path.removesuffix(_COPYING) in paths:
            (folder / path).unlink()
        elif path not in paths or present_digest(str(folder), path) != present_digest(str(out), path):
            return False
    return True
