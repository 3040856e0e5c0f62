"""A small change of a site: files renamed into their places one by one, in an order no reader can stumble over.

The journal lists the whole change before the first rename. It is whole or absent, and it is removed after the last step; so a run that
finds one completes the change, and a run that finds none knows that the site is as its manifest says. Every step may be done twice.
The staged files are forced to the disk before the journal has its name, the folders they are renamed into before it is removed: this
holds for a machine that loses power as for a build that is killed (`durability`).
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from onrecord.durability import force, force_folder, force_folders
from onrecord.publish.files import (
    folders_of,
    in_the_way,
    is_path_of_a_site,
    is_taken,
    make_folders,
    obstacle,
    present_digest,
    write_file,
)
from onrecord.publish.listing import MANIFEST, manifest, parsed

# Where the journal is written before it is renamed to its own place: in the stage, so that whoever discards the stage discards it too.
_UNFINISHED = ".onrecord-journal"
_FEEDS = (".atom", ".xml")  # the sitemap among them


class Rename(Struct, frozen=True):
    """A staged file that takes its place in the site; `new` where nothing has that place yet."""

    path: str
    sha256: str
    new: bool


class Removal(Struct, frozen=True):
    """A file of the site that no longer belongs to it, and what a build has written there."""

    path: str
    sha256: str


class Change(Struct, frozen=True):
    """What leads from the site whose manifest has the SHA-256 `before` to the one whose manifest has `after`, in order. `clearing` are
    removals that come first, because a new file has the place of their folder, or a new folder theirs."""

    before: str
    after: str
    renames: tuple[Rename, ...]
    removals: tuple[Removal, ...]
    clearing: tuple[Removal, ...] = ()


def ordered(renames: Iterable[Rename]) -> list[Rename]:
    """The order in which no page that stands in the site ever leads to one that does not stand there yet.

    New files come first, because any other page may lead to them; among the new and among the rest, data come first, then pages, then
    indexes and feeds, then the home page.
    """

    def sort_key(rename: Rename) -> tuple[bool, int, str]:
        path = rename.path
        if path == "index.html":
            kind = 3
        elif path.endswith(("/index.html", *_FEEDS)):
            kind = 2
        else:
            kind = int(path.endswith(".html"))
        return not rename.new, kind, path

    return sorted(renames, key=sort_key)


def write(journal: Path, stage: Path, change: Change) -> None:
    """Writes the journal of a change whose files stand in `stage`. When it has its name the change will be completed. Raises OSError."""
    document = {
        "before": change.before,
        "after": change.after,
        "renames": [[rename.path, rename.sha256, rename.new] for rename in change.renames],
        "removals": [[removal.path, removal.sha256] for removal in change.removals],
        "clearing": [[removal.path, removal.sha256] for removal in change.clearing],
    }
    force(stage, [rename.path for rename in change.renames])
    write_file(str(stage), _UNFINISHED, json.dumps(document, ensure_ascii=False).encode())
    unfinished = stage / _UNFINISHED
    with open(unfinished, "rb+") as stream:
        os.fsync(stream.fileno())
    os.replace(unfinished, journal)
    force_folder(journal.parent)


class _Damaged(Exception):
    """The journal is not one that a build has written."""


def read(journal: Path) -> Change | None:
    """The change a run has begun, or None where none is open. Raises _Damaged, OSError."""
    try:
        document = json.loads(journal.read_bytes())
        change = Change(
            before=str(document["before"]),
            after=str(document["after"]),
            renames=tuple(Rename(_path(path), str(sha256), bool(new)) for path, sha256, new in document["renames"]),
            removals=_removals(document["removals"]),
            clearing=_removals(document.get("clearing", [])),
        )
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _Damaged from error
    return change


def _removals(rows: list[list[object]]) -> tuple[Removal, ...]:
    return tuple(Removal(_path(path), str(sha256)) for path, sha256 in rows)


def _path(value: object) -> str:
    if not isinstance(value, str) or not is_path_of_a_site(value):
        raise ValueError(value)
    return value


def resume(journal: Path, stage: Path, out: Path) -> list[str]:
    """Completes the change a killed run has begun, if there is one and the site is still the one it was begun on; the warnings.

    Where somebody has replaced the site or deleted the stage meanwhile, or where the journal itself is damaged, the change is given up:
    the new files it had put in place are removed again, so that they are not taken for somebody's own. Raises PublishFailed, OSError.
    """
    try:
        change = read(journal)
    except _Damaged:
        _undo(out, (parsed(_bytes(stage / MANIFEST)) or {}).items())
        journal.unlink()
        return [f"{journal} was damaged. The change it stood for was undone, and is made again."]
    if change is None:
        return []
    warnings: list[str] = []
    present = _bytes(out / MANIFEST)
    digest = hashlib.sha256(present).hexdigest() if present else ""
    if digest == change.after or (digest == change.before and (stage / MANIFEST).is_file()):
        warnings = complete(change, stage, out)
    else:
        _undo(out, ((rename.path, rename.sha256) for rename in change.renames if rename.new))
    journal.unlink()
    return warnings


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return b""


def _undo(out: Path, files: Iterable[tuple[str, str]]) -> None:
    """Removes files that a change has put into the site and that its manifest does not list, given as (path, SHA-256)."""
    listed = manifest(out) or {}
    for path, sha256 in files:
        if is_path_of_a_site(path) and path not in listed and present_digest(str(out), path) == sha256:
            os.unlink(f"{out}/{path}")
            _remove_empty_folders(str(out), path)


def complete(change: Change, stage: Path, out: Path) -> list[str]:
    """Takes every step of `change` that has not been taken yet; warnings of files that stay because somebody has changed them.

    Raises PublishFailed where a file that no build has written has come in the way, OSError; the journal then stays.
    """
    source, target = str(stage), str(out)
    warnings = _removed(target, change.clearing)
    for rename in change.renames:
        staged, destination = f"{source}/{rename.path}", f"{target}/{rename.path}"
        if not is_taken(staged):
            continue
        folder = obstacle(target, rename.path)
        if folder is not None or (rename.new and is_taken(destination)):
            raise in_the_way(destination if folder is None else f"{target}/{folder}")
        make_folders(target, rename.path)
        os.replace(staged, destination)
    warnings += _removed(target, change.removals)
    removals = (*change.clearing, *change.removals)
    force_folders(out, [*(rename.path for rename in change.renames), *(removal.path for removal in removals)])
    return warnings


def _removed(target: str, removals: Iterable[Removal]) -> list[str]:
    """Removes files, and folders that are empty then; a warning for each that stays because somebody has changed it."""
    warnings = []
    for removal in removals:
        present = present_digest(target, removal.path)
        if present == removal.sha256:
            os.unlink(f"{target}/{removal.path}")
        elif present is not None:
            warnings.append(changed_by_hand(f"{target}/{removal.path}"))
            continue
        _remove_empty_folders(target, removal.path)
    return warnings


def _remove_empty_folders(root: str, path: str) -> None:
    """Removes the folders that led to a file of the site and hold nothing any more."""
    if obstacle(root, path) is not None:
        return
    for folder in folders_of(path):
        try:
            os.rmdir(f"{root}/{folder}")
        except FileNotFoundError:
            continue
        except OSError:  # something stands in it; and an empty folder that cannot be removed harms nobody
            break


def changed_by_hand(path: str) -> str:
    return f"{path} belongs to no page any more but was changed by hand, so it stays."
