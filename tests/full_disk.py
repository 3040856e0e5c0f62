"""A plug-in of pytest (`make audit-full-disk`): the disk is full at a moment that chance names, whatever test runs a command.

Every test has its folders on a small file system in memory (Linux, and only where one may be mounted). Each time that a test runs the
command line, the file system gets a little room and no more: from none to some megabytes. What the test expects does not come about then,
so its own verdict does not count. What counts: no exception and no traceback, a code that the commands have, no file of the content that is
lost or cut, and no code 0 where a command has said that there was no room.
"""

from __future__ import annotations

import contextlib
import errno
import os
import random
import shutil
import signal
import subprocess
import tempfile
import traceback
import types
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests import conftest

ROOM = "1g"
PAGE = 4096
MOST_SECONDS = 120
MOUNT = shutil.which("mount") or "mount"
NO_ROOM = os.strerror(errno.ENOSPC)


class FullDisk:
    """The file system, what has been run on it, and what went wrong; `name` is the test that runs."""

    def __init__(self, disk: Path) -> None:
        self.disk = disk
        self.name = ""
        self.runs = self.full = self.elsewhere = 0
        self.faults: list[str] = []
        self._chance = random.Random()  # noqa: S311
        self._run = conftest.run_here
        (disk / "temporary").mkdir()

    def begin(self, name: str) -> None:
        """A test begins; its moments are its own, and the same each time."""
        self.name = name
        self._chance.seed(f"{name} {os.environ.get('ONRECORD_FAULTS', '')}")

    def resize(self, size: str) -> None:
        # Some tests leave no program to be found.
        subprocess.run([MOUNT, "-o", f"remount,size={size}", str(self.disk)], check=True)

    @contextlib.contextmanager
    def little_room(self) -> Iterator[None]:
        most = 2 ** self._chance.uniform(0, 11)  # pages: up to eight megabytes
        pages = shutil.disk_usage(self.disk).used // PAGE + int(most * self._chance.random())
        self.resize(str(max(1, pages) * PAGE))
        before = tempfile.tempdir
        tempfile.tempdir = str(self.disk / "temporary")
        try:
            yield
        finally:
            tempfile.tempdir = before
            self.resize(ROOM)

    def run_here(self, arguments: Sequence[str]) -> conftest.Ran:
        """What stands in for tests.conftest.run_here."""
        content = self._content(arguments)
        before = files(content)
        self.runs += 1
        printed = f"{self.name}: build.py {' '.join(arguments)}"
        try:
            with self.little_room():
                ran = self._run(arguments)
        except Exception:
            self.faults.append(f"{printed}\n{traceback.format_exc()}")
            raise
        told = ran.out + ran.err
        if NO_ROOM in told or "No space" in told:
            self.full += 1
            if ran.code == 0 and "warning" not in told.lower():
                self.faults.append(f"{printed}\nended with 0\n{told}")
        if "Traceback" in told or ran.code not in (0, 1, 2):
            self.faults.append(f"{printed}\n{ran.code}\n{told}")
        after = files(content)
        for path, data in before.items():
            if path not in after:
                self.faults.append(f"{printed}\n{path} is lost")
            elif data != after[path] and data.startswith(after[path]):
                self.faults.append(f"{printed}\n{path} is cut")
        return ran

    def _content(self, arguments: Sequence[str]) -> Path | None:
        """The content folder that a command is about, where it is on the file system."""
        at = list(arguments).index("--content") + 1 if "--content" in arguments else 0
        folder = Path(arguments[at] if 0 < at < len(arguments) else "content").absolute()
        if not folder.is_dir():
            return None
        self.elsewhere += not folder.is_relative_to(self.disk)
        return folder if folder.is_relative_to(self.disk) else None


def files(folder: Path | None) -> dict[Path, bytes]:
    """The files of a folder that can be read."""
    found = {}
    for path in sorted(folder.rglob("*")) if folder else ():
        with contextlib.suppress(OSError):
            if path.is_file() and path.stat().st_size < 2**22:
                found[path] = path.read_bytes()
    return found


STATE: list[FullDisk] = []


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    disk = Path(tempfile.mkdtemp(prefix="onrecord-full-disk-"))
    mounting = [MOUNT, "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(disk)]
    if subprocess.run(mounting, check=False, capture_output=True).returncode:
        disk.rmdir()
        pytest.exit("Nothing may be mounted here: run it as root, on Linux.", returncode=2)
    config.option.basetemp = str(disk / "tests")
    # Tests that ask the system for a folder of their own, as those of the commands do, have it here, too.
    (disk / "folders").mkdir()
    tempfile.tempdir = str(disk / "folders")
    STATE.append(FullDisk(disk))
    conftest.run_here = STATE[0].run_here


def pytest_unconfigure() -> None:
    tempfile.tempdir = None
    for state in STATE:
        subprocess.run(["umount", "-l", str(state.disk)], check=True)
        state.disk.rmdir()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Only what runs commands in this process, and is not about time or a disk of its own."""
    left_out = [item for item in items if not runs_commands(item)]
    items[:] = [item for item in items if item not in set(left_out)]
    config.hook.pytest_deselected(items=left_out)


def runs_commands(item: pytest.Item) -> bool:
    if any(
        part in item.nodeid
        for part in ("browser/", "test_serve", "test_watching", "test_faults", "test_content_faults")
    ):
        return False
    module = getattr(item, "module", None)
    return "run" in getattr(item, "fixturenames", ()) or hasattr(module, "run_here") or hasattr(module, "small_archive")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    STATE[0].begin(item.nodeid)

    def stop(_number: int, _frame: types.FrameType | None) -> None:
        raise TimeoutError("the test waits for what does not come")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(MOST_SECONDS)
    try:
        return (yield)
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, Any, Any]:
    report = yield
    if report.failed:
        report.outcome = "skipped"
        report.longrepr = ("", 0, "not what it expects where there is room")
    return report


def pytest_sessionfinish(session: pytest.Session) -> None:
    if STATE and STATE[0].faults:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for state in STATE:
        for fault in state.faults:
            terminalreporter.section("with the disk full")
            terminalreporter.write_line(fault)
        terminalreporter.write_line(
            f"{state.runs:,} runs of commands, {state.full:,} found no room, {len(state.faults):,} faults; {state.elsewhere:,} were about "
            "content elsewhere, where there was room"
        )
