"""content/files/ → Problems: no file that is published gives anybody away, whether a release names it or not.

Looking into a file is a pure function of its bytes; what was found is kept between runs, by the file's path and its SHA-256
(`attachments` measures it), and an archive that has not changed looks into none of its files again. Only the Problems are kept, which
name no value: not what a file carries.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

import msgspec

from onrecord import read
from onrecord.digests import encoded
from onrecord.model import MeasuredFile, Problem
from onrecord.store import Store, StoreDamaged

_FACT = "published files"

Row = tuple[str, tuple[Problem, ...]]
"""What is kept of a file: the SHA-256 of its bytes, its Problems."""

_decode = msgspec.msgpack.Decoder(dict[str, Row]).decode


def problems(
    measured: Sequence[tuple[read.FileStatus, MeasuredFile]],
    store: Store,
    jobs: int = 1,
    progress: Callable[[int, int], None] = lambda done, total: None,
    published: Collection[str] | None = None,
) -> list[Problem]:
    """The Problems of every file below content/files/, as it was measured. Where it is known which of them the site gets (`published`, by
    their paths below the content folder), what others carry is a warning: the repository has them, the site has not. Raises OSError,
    StoreDamaged and pool.PoolFailed."""
    kept = store.fact(_FACT)
    if not measured:
        if kept:
            store.note(_FACT, b"")
        return []
    try:
        before = _decode(kept) if kept else {}
    except msgspec.MsgspecError as error:
        raise StoreDamaged(str(error)) from error
    now: dict[str, Row] = {}
    new: list[tuple[read.FileStatus, str]] = []
    for entry, file in measured:
        row = before.get(entry.path)
        if row is not None and row[0] == file.sha256:
            now[entry.path] = row
        else:
            new.append((entry, file.sha256))
    for entry, sha256, of_file in _looked_into(new, jobs, progress):
        now[entry.path] = (sha256, of_file)
    if now != before:
        store.note(_FACT, encoded({entry.path: now[entry.path] for entry, _ in measured}))
    of_files = [problem for entry, _ in measured for problem in now[entry.path][1]]
    if published is not None:
        of_files = [problem if problem.path in published else _unpublished(problem) for problem in of_files]
    return of_files


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
