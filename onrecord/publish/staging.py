"""One build of a site on the disk, from its lock to its end: what an earlier one has left is settled before, what it leaves is told."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from onrecord.publish import journal
from onrecord.publish.exchange import lock
from onrecord.publish.files import PublishFailed
from onrecord.publish.stage import Stage
from onrecord.publish.workplace import what_stays, workplace


@contextmanager
def staged(out: Path, keep_clear: Iterable[Path] = (), adopt: bool = False) -> Iterator[Stage]:
    """A Stage for the site at `out`, under a lock; whatever is not committed is removed again.

    What a killed run has left is completed or discarded first, so that the site is as its manifest says when the block begins. Look at
    the site inside the block, not before. `keep_clear` are folders the site may neither hold nor lie in; `adopt` is that of Stage. Raises
    PublishFailed when the folder cannot be written, when another build holds it, or when anything goes wrong on the disk while the block
    runs.
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
    place = workplace(out)
    new, old, record = place.new, place.old, place.record
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with lock(place.key):
            if old.exists() and not out.exists():
                # A build was killed between the two renames of a system that cannot exchange folders.
                os.rename(old, out)
            warnings = journal.resume(record, new, out)
            place.clear()
            new.mkdir()
            stage = Stage(out, place, warnings, adopt)
            try:
                yield stage
            finally:
                if not record.exists():  # else the next run needs the stage to complete the change
                    shutil.rmtree(new, ignore_errors=True)
                if out.exists():  # else the exchange in two steps was cut short, and this is the site
                    shutil.rmtree(old, ignore_errors=True)
            stage.left = [*place.left(), *(folder for folder in (new, old) if folder.exists())]
            warnings += map(what_stays, stage.left)
    except OSError as error:
        file = error.filename or out
        after = (
            "A part of the changed files is in place; the next build completes the change."
            if record.exists()
            else "The previous one is untouched."
        )
        raise PublishFailed(f"The site cannot be written: {error.strerror or error} ({file}). {after}") from error


def clear_lock(out: Path) -> None:
    """Removes the file of a lock that a killed build has left beside the site at `out`, and that nobody holds."""
    key = workplace(out.resolve() if out.is_symlink() else out.absolute()).key
    if key.exists():
        with suppress(OSError, PublishFailed), lock(key, patience=0):
            pass


def left(out: Path) -> list[Path]:
    """Folders of builds that have ended beside the site at `out`, which could not be deleted, or that the next build deletes."""
    place = workplace(out.resolve() if out.is_symlink() else out.absolute())
    return [*place.left(), *(folder for folder in (place.new, place.old) if folder.exists())]
