"""What commands have in common where they read the content: the cache folder, the moment of the run, the plan of the site."""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from onrecord import program_files, version
from onrecord.command import Progress, WrongUse
from onrecord.moments import Moment

if TYPE_CHECKING:
    from onrecord.load import Loaded
    from onrecord.read import Scan
    from onrecord.store import StoredFile

_LOOKS = 5
"""How many times a folder is looked at whose files go away while they are read."""

_DEFAULT = program_files.HOME / ".cache" / "build"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of every command that reads the content."""
    parser.add_argument(
        "--content", type=Path, default=Path("content"), metavar="D", help="the content folder (default: content)"
    )
    parser.add_argument(
        "--cache",
        type=Path,
        default=Path(os.environ.get("ONRECORD_CACHE") or _DEFAULT),
        metavar="D",
        help="where what was read and made is kept between runs (default: .cache/build beside build.py)",
    )
    parser.add_argument(
        "--jobs", type=int, default=0, metavar="N", help="how many processes work (default: one for each processor)"
    )


def jobs(args: argparse.Namespace) -> int:
    """How many processes a command may use. Raises WrongUse for a negative number."""
    if args.jobs < 0:
        raise WrongUse("--jobs takes a number of processes, or 0 for one for each processor.")
    return int(args.jobs) or available()


def available() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def moment() -> Moment:
    """Now. A release of today is not of the future for anybody who adds it, so the day is that of where it is latest on Earth."""
    return Moment(dt.datetime.now(dt.timezone(dt.timedelta(hours=14))).date(), time.time_ns())


def store_path(args: argparse.Namespace) -> Path:
    """Where what was read of a content folder is kept."""
    return Path(args.cache) / f"content-{mark(args.content)}.sqlite"


def discard(args: argparse.Namespace, err: TextIO) -> None:
    """Throws away what was kept of the content, because it is damaged. Raises WrongUse where there was nothing to throw away."""
    path = store_path(args)
    if not path.is_file() or getattr(args, "discarded", False):
        raise WrongUse(
            f"What is kept between runs cannot be read back. Name another folder with --cache than {args.cache}."
        )
    err.write(f"What was kept in {path} is damaged. It is made again.\n")
    path.unlink()
    args.discarded = True


def mark(folder: Path) -> str:
    """Sixteen hexadecimal digits that tell a folder from others."""
    return hashlib.sha256(os.fsencode(os.path.abspath(folder))).hexdigest()[:16]


@contextmanager
def loaded(
    args: argparse.Namespace,
    err: TextIO,
    now: Moment | None = None,
    progress: Progress | None = None,
    memory: dict[str, StoredFile] | None = None,
    scan: Scan | None = None,
) -> Iterator[Loaded]:
    """The content of `--content`, read and checked (the stage `check` of a run); its texts can be read while the block runs. `memory` and
    `scan` are those of `load.load`. Raises WrongUse, OSError."""
    from onrecord import load, pool  # late: `build` with nothing to do needs none of it
    from onrecord.store import Store, StoreDamaged

    path = store_path(args)
    progress = progress or Progress(err)
    vanished = damaged = 0
    while True:
        store = Store(path, version.program())
        if store.notice:
            err.write(f"{store.notice}\n")
        try:
            with progress.stage("check"):
                begin = now or moment()
                content = load.load(args.content, store, begin, pages, jobs(args), progress.count, memory, scan)
        except load.NoContent as error:
            store.close()
            raise WrongUse(str(error)) from error
        except pool.PoolFailed as error:
            store.close()
            raise WrongUse(str(error)) from error
        except StoreDamaged:
            store.close()
            if memory is not None:
                memory.clear()
            damaged += 1
            if damaged == 2:
                raise
            discard(args, err)
            continue
        except FileNotFoundError:
            store.close()
            vanished += 1
            if vanished == _LOOKS:
                raise
            scan = None  # a file went away after it was seen: the folder is looked at again
            continue
        except BaseException:
            store.close()
            raise
        break
    texts = content.texts
    waiting = [content]
    del (
        content,
        scan,
    )  # whoever is done with it can let it go: at a hundred thousand releases it is a fifth of a gigabyte
    try:
        yield waiting.pop()
    finally:
        texts.close()
        store.close()


def pages(content: Loaded, drafts: bool) -> frozenset[str]:
    """The paths of all pages of the main edition. Imported late: most content links to no page."""
    from onrecord import arrange, plan
    from onrecord.reader import Build, Reader
    from onrecord.views.edition import Edition

    class Editions:
        def edition(self, ask: Reader, language: str) -> Edition:
            return Edition(ask, language)

        def page(self, template: str, language: str, view: object) -> bytes:
            raise AssertionError("a plan makes no page")

    archive = arrange.archive(
        content.listed, content.settings, content.vocabularies, content.articles, drafts, editions=content.editions
    )
    return plan.pages(Reader(archive, content.texts, Build("")), Editions())
