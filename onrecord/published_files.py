"""content/files/ → Problems: no file that is published gives anybody away, whether a release names it or not.

Looking into a file is a pure function of its bytes; what was found is kept between runs, by the file's stamp and its SHA-256, and an
archive that has not changed reads none of its files again. Only the Problems are kept, which name no value: not what a file carries.
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

import msgspec

from onrecord import read
from onrecord.digests import encoded
from onrecord.model import Problem
from onrecord.moments import Moment, settled
from onrecord.store import Store, StoreDamaged

FOLDER = "files/"
_FACT = "published files"

Row = tuple[tuple[int, ...], str, tuple[Problem, ...]]
"""What is kept of a file: its stamp (empty where that may not be trusted), the SHA-256 of its bytes, its Problems."""

_decode = msgspec.msgpack.Decoder(dict[str, Row]).decode


def problems(
    scan: read.Scan,
    store: Store,
    moment: Moment,
    jobs: int = 1,
    progress: Callable[[int, int], None] = lambda done, total: None,
    published: Collection[str] | None = None,
) -> list[Problem]:
    """The Problems of every file below content/files/. Where it is known which of them the site gets (`published`, by their paths below
    the content folder), what others carry is a warning: the repository has them, the site has not. Raises OSError, StoreDamaged and
    pool.PoolFailed."""
    entries, found = _entries(scan)
    kept = store.fact(_FACT)
    if not entries:
        if kept:
            store.note(_FACT, b"")
        return found
    try:
        before = _decode(kept) if kept else {}
    except msgspec.MsgspecError as error:
        raise StoreDamaged(str(error)) from error
    now: dict[str, Row] = {}
    new: list[tuple[read.FileStatus, str]] = []
    for entry in entries:
        row = before.get(entry.path)
        if row is not None and row[0] == entry.stamp:
            now[entry.path] = row
            continue
        sha256 = read.sha256(entry)
        if row is not None and row[1] == sha256:
            now[entry.path] = (_stamp(entry, moment), sha256, row[2])
        else:
            new.append((entry, sha256))
    for entry, sha256, of_file in _looked_into(new, jobs, progress):
        now[entry.path] = (_stamp(entry, moment), sha256, of_file)
    if now != before:
        store.note(_FACT, encoded({entry.path: now[entry.path] for entry in entries}))
    of_files = [problem for entry in entries for problem in now[entry.path][2]]
    if published is not None:
        of_files = [problem if problem.path in published else _unpublished(problem) for problem in of_files]
    return [*found, *of_files]


def _unpublished(problem: Problem) -> Problem:
    """The Problem of a file that the site does not get."""
    message = f"{problem.message} No release publishes it, but whoever reads the repository has it."
    return replace(problem, level="warning", message=message)


def _looked_into(
    new: Sequence[tuple[read.FileStatus, str]], jobs: int, progress: Callable[[int, int], None]
) -> list[tuple[read.FileStatus, str, tuple[Problem, ...]]]:
    """Files with their SHA-256 and their Problems."""
    if not new:
        return []
    from onrecord.disclosure import confined, file_problems  # late: most runs look into no file

    out = []

    def file(number: int) -> tuple[int, bytes]:
        entry = new[number][0]
        return entry.size, read.beginning(entry, confined.MOST_BYTES)

    for number, answer in confined.traces(len(new), file, jobs):
        entry, sha256 = new[number]
        if isinstance(answer, tuple):
            out.append((entry, sha256, file_problems.problems(entry.path, answer)))
        else:
            out.append((entry, sha256, (file_problems.too_complex(entry.path, confined.overrun(answer)),)))
        progress(len(out), len(new))
    return out


def _entries(scan: read.Scan) -> tuple[list[read.FileStatus], list[Problem]]:
    """The files below content/files/, and a Problem for each thing there that is none."""
    entries, found = [], []
    for file in scan.files:
        if file.path == FOLDER[:-1] and stat.S_ISLNK(file.mode):
            message = "This is a symbolic link, which would publish whatever it points to. Put the folder itself here."
            found.append(Problem(1, 1, "link", message, path=file.path))
        if not file.path.startswith(FOLDER) or stat.S_ISDIR(file.mode):
            continue
        if stat.S_ISREG(file.mode):
            entries.append(file)
        elif stat.S_ISLNK(file.mode):
            message = "This is a symbolic link, which would publish whatever it points to. Put the file itself here."
            found.append(Problem(1, 1, "link", message, path=file.path))
        else:
            found.append(Problem(1, 1, "not-a-file", "This is not a regular file. Remove it.", path=file.path))
    return entries, found


def _stamp(entry: read.FileStatus, moment: Moment) -> tuple[int, ...]:
    return entry.stamp if settled(max(entry.stamp[0], entry.stamp[1]), moment) else ()
