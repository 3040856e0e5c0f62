"""`build.py preview`: a small picture of the first page of each original and attachment, made once and kept beside it."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from onrecord import attachments, read, version, whole_file
from onrecord.command import Progress, WrongUse
from onrecord.commands import installation, loading
from onrecord.model import MeasuredFile
from onrecord.plural import counted
from onrecord.store import Store, StoreDamaged


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `preview`."""
    installation.add_arguments(parser)
    loading.add_arguments(parser)


def run(args: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Makes the previews that are missing and prints their paths; 0, or 1 where a file could not be drawn."""
    if not args.content.is_dir():
        raise WrongUse(f"There is no folder {args.content}. Name the content folder with --content.")
    installation.require_importing(args, err)
    store = Store(loading.store_path(args), version.program())
    try:
        found, _ = attachments.inventory(read.scan(args.content), store, loading.moment())
        store.commit()
    except StoreDamaged:
        store.close()
        loading.discard(args, err)
        return run(args, out, err)
    finally:
        store.close()
    wanting = [file for file in found.files.values() if file.sha256 not in found.previews]
    made, failed = make(args.content, wanting, out, err)
    err.write(f"{counted(made, 'preview')} made{f', {failed:,} not' if failed else ''}.\n")
    return 1 if failed else 0


def make(content: Path, files: Iterable[MeasuredFile], out: TextIO, err: TextIO) -> tuple[int, int]:
    """Makes the previews of files of a content folder of which there can be one: how many were made, and how many could not. Each path is
    printed on `out`, each reason on `err`. Raises WrongUse."""
    from onrecord.intake.previews import TYPES, NotStarted, Previewer

    folder = content / attachments.FOLDER
    done: set[str] = set()
    made = failed = 0
    progress = Progress(err)
    wanted = [file for file in files if file.type in TYPES]
    with Previewer() as previewer, progress.stage("draw"):
        for number, file in enumerate(wanted):
            progress.count(number, len(wanted))
            if file.sha256 in done:
                continue
            done.add(file.sha256)
            try:
                drawn = previewer.of((folder / file.path).read_bytes() if file.size <= _MOST else bytes(_MOST + 1))
            except NotStarted as error:
                raise WrongUse(str(error)) from error
            progress.clear()
            if not drawn.preview:
                failed += 1
                err.write(f"{folder / file.path}: no preview. {drawn.reason}\n")
                continue
            pages = f".{drawn.pages}" if drawn.pages else ""
            path = folder / attachments.PREVIEWS / f"{file.sha256}{pages}.webp"
            _write(path, drawn.preview)
            made += 1
            out.write(f"{path.as_posix()}\n")
    return made, failed


_MOST = 64 << 20


def _write(path: Path, data: bytes) -> None:
    """Writes a file whole or not at all. Raises WrongUse where the disk refuses."""
    try:
        whole_file.write(path, data)
    except OSError as error:
        raise WrongUse(f"{path} cannot be written ({error.strerror or error}).") from error
