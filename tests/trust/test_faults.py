"""A build that is killed at any moment, or that finds the disk full at any byte: the site is whole, nothing is lost, no traceback, and the
next build ends where a fresh one ends. `make audit-faults` does it more often, every edit in every kind of place (ONRECORD_FAULTS)."""

from __future__ import annotations

import contextlib
import os
import random
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.processes import ended
from tests.trust.archives import Archive, contents, release, small_archive
from tests.trust.killing import Kills
from tests.trust.test_recovery import mounted

TIMES = int(os.environ.get("ONRECORD_FAULTS", "") or 1)
RELEASES = 40

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes end with their parent on Linux")

Edit = Callable[[Archive, Path], tuple[str, ...]]
"""Changes an archive whose site is in a folder, and gives the options of the build that follows."""


def begin(
    archive: Archive, out: Path, *options: str, limit: int | None = None, temporary: Path | None = None
) -> subprocess.Popen[str]:
    """A build in a process of its own; with `limit`, no file that it writes may have more bytes."""

    def limited() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    environment = os.environ | {"SOURCE_DATE_EPOCH": "1735689600"}
    if temporary is not None:
        environment["TMPDIR"] = str(temporary)
    return subprocess.Popen(
        [sys.executable, "build.py", *archive.arguments(*options, "--jobs", "2", out=out)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=limited,
        start_new_session=True,
    )


def finish(process: subprocess.Popen[str]) -> tuple[int, str]:
    printed = ended(process)
    return process.returncode, printed


def an_edit(archive: Archive, _out: Path) -> tuple[str, ...]:
    """One release goes, one comes, one is mended."""
    releases = sorted((archive.content / "releases" / "2012").iterdir())
    releases[0].unlink()
    releases[1].write_text(releases[1].read_text().replace("asked for light", "asked for lamps"))
    archive.write(
        "releases/2012/2012-05-05-new.md", release("New lamps", "2012-05-05", "The lamps of the quay are lit.")
    )
    return ()


def every_page(_archive: Archive, _out: Path) -> tuple[str, ...]:
    """The address of the site is another: every page is made anew."""
    return ("--base-url", "https://other.example/")


def no_site(archive: Archive, out: Path) -> tuple[str, ...]:
    """Nothing was built before."""
    emptied(out)
    emptied(archive.cache)
    return ()


def emptied(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for child in folder.iterdir():
        shutil.rmtree(child) if child.is_dir() else child.unlink()


EDITS: dict[str, Edit] = {"one edit": an_edit, "every page": every_page}
PLACES = [("one edit", "folder"), ("every page", "folder"), ("every page", "mount point")]
"""Some files put in one by one, a whole site exchanged, and every file put in one by one, where a folder cannot be exchanged."""
if TIMES > 1:
    EDITS["no site"] = no_site
    PLACES = [(edit, kind) for edit in EDITS for kind in ("folder", "mount point")]


class Case:
    """An archive in two states, each with the files of its site."""

    def __init__(self, folder: Path, out: Path, edit: Edit) -> None:
        self.archive = small_archive(folder, RELEASES)
        self.out = out
        self._build()
        self.options = edit(self.archive, out)
        self.before = contents(out)
        self.good = folder / "good"
        shutil.copytree(out, self.good / "site")
        shutil.copytree(self.archive.cache, self.good / "cache")
        began = time.monotonic()
        code, printed = finish(begin(self.archive, out, *self.options))
        assert code == 0, printed
        self.seconds = time.monotonic() - began
        self.after = contents(out)
        shutil.rmtree(self.archive.cache)
        self.restore()

    def _build(self, *options: str) -> None:
        """A build that nothing stops, in this process: it begins at once."""
        ran = self.archive.build(*options, "--jobs", "1", out=self.out)
        assert ran.code == 0, ran.err
        assert "Traceback" not in ran.err

    def restore(self) -> None:
        """The site and the cache as they were before the change."""
        emptied(self.out)
        for child in self.out.parent.glob(f".{self.out.name}.onrecord-*"):
            shutil.rmtree(child) if child.is_dir() else child.unlink()
        shutil.rmtree(self.archive.cache, ignore_errors=True)
        shutil.copytree(self.good / "cache", self.archive.cache)
        shutil.copytree(self.good / "site", self.out, dirs_exist_ok=True)

    def check_whole(self) -> None:
        """Each file is the one before or the one after, and none that both have is missing."""
        found = contents(self.out)
        for path, data in found.items():
            assert data in (self.before.get(path), self.after.get(path)), path
        assert self.before.keys() & self.after.keys() <= found.keys()

    def check_mended(self) -> None:
        """The next build ends where a fresh one ends, and leaves nothing behind."""
        self._build(*self.options)
        assert contents(self.out) == self.after
        beside = [*self.out.parent.glob(f".{self.out.name}.onrecord-*"), *self.out.glob(".onrecord-*")]
        assert beside == []


@contextlib.contextmanager
def place(folder: Path, kind: str) -> Iterator[Path]:
    """The output folder: in a folder, or a mount point."""
    folder.mkdir()
    if kind == "mount point":
        with mounted(folder / "site", "256m") as out:
            yield out
    else:
        yield folder / "site"


@pytest.mark.parametrize(("edit", "kind"), PLACES)
def test_a_build_that_is_killed_at_any_moment_loses_nothing(edit: str, kind: str, tmp_path: Path) -> None:
    with place(tmp_path / "place", kind) as out:
        case = Case(tmp_path / "archive", out, EDITS[edit])
        kills = Kills(case.seconds, random.Random(f"{edit} {kind}"))  # noqa: S311
        while kills.until(TIMES):
            case.restore()
            kills.kill(begin(case.archive, out, *case.options))
            case.check_whole()
            case.check_mended()
        print(f"{edit}, {kind}: {kills.count} killed of {kills.turns}")
        assert kills.count


@pytest.mark.parametrize("edit", EDITS)
def test_a_full_disk_is_one_clear_line_and_loses_nothing(edit: str, tmp_path: Path) -> None:
    chance = random.Random(edit)  # noqa: S311
    full = 0
    (tmp_path / "place").mkdir()
    with mounted(tmp_path / "place" / "disk", "256m") as disk:
        case = Case(disk / "archive", disk / "site", EDITS[edit])
        shutil.move(disk / "archive" / "good", tmp_path / "good")
        case.good = tmp_path / "good"
        (disk / "temporary").mkdir()
        room = sum(map(len, case.after.values()))
        for turn in range(2 * TIMES):
            case.restore()
            # From no room at all to room for everything; tmpfs takes whole pages.
            size = shutil.disk_usage(disk).used + int(room * (turn / (2 * TIMES) + chance.uniform(0, 0.1)))
            subprocess.run(["mount", "-o", f"remount,size={size}", str(disk)], check=True)
            code, printed = finish(begin(case.archive, disk / "site", *case.options, temporary=disk / "temporary"))
            subprocess.run(["mount", "-o", "remount,size=256m", str(disk)], check=True)
            assert "Traceback" not in printed, printed
            assert code in (0, 2), printed
            if code:
                full += 1
                assert len(printed.splitlines()) <= 2, printed
            case.check_whole()
            case.check_mended()
    print(f"{edit}: {full} full of {2 * TIMES}")
    assert full


@pytest.mark.parametrize("edit", EDITS)
def test_a_limit_on_the_size_of_files_is_one_clear_line_and_loses_nothing(edit: str, tmp_path: Path) -> None:
    """What a quota does, where nothing can be mounted."""
    chance = random.Random(edit)  # noqa: S311
    (tmp_path / "place").mkdir()
    case = Case(tmp_path / "archive", tmp_path / "place" / "site", EDITS[edit])
    for _ in range(TIMES):
        case.restore()
        limit = int(10 ** chance.uniform(2, 6))
        code, printed = finish(begin(case.archive, case.out, *case.options, limit=limit))
        assert "Traceback" not in printed, (limit, printed)
        assert code in (0, 2), printed
        case.check_whole()
        case.check_mended()
