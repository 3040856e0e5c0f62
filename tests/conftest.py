"""What every test may ask for: the command line run in this process, and whether expected files are to be written anew."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright, expect, sync_playwright

import bootstrap
import build
from onrecord import command, durability
from tests import once

# The same examples on every machine and no stop-watch, so that a red test is never the fault of chance or of a busy machine. `make
# audit-properties` looks further, and so does ONRECORD_EXAMPLES=10000 pytest tests/properties
_EXAMPLES = os.environ.get("ONRECORD_EXAMPLES", "")
EXAMPLES = 30
"""So many of each property where nothing else is asked for."""


def examples(number: int) -> int:
    """So many examples of a property that asks for more of them than others do: a third in `make test`, all in `make audit-properties`."""
    return number if _EXAMPLES else number // 3


settings.register_profile(
    "onrecord",
    deadline=None,
    derandomize=not _EXAMPLES,
    database=None,
    max_examples=int(_EXAMPLES or EXAMPLES),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("onrecord")

# What brings files to the disk, for the tests of that; all others do without (`_no_disk_is_waited_for`).
FSYNC, FORCE_FILE_SYSTEM = os.fsync, durability._force_file_system
ROOT = Path(__file__).resolve().parents[1]
# Linux's file system in memory. The tests' folders are small (600 MB at most), and a build that asks the disk to keep every file
# (fsync) waits for a busy disk most of its time: the tests of publishing took seven times as long there.
MEMORY = Path("/dev/shm")
_ROOM_IN_MEMORY = 2 * 1024**3
# Modules with tests that take half a minute each.
LONGEST = (
    "/test_intake_resumed.py",
    "/test_faults.py",
    "/test_workflows.py",
    "/test_examination.py",
    "/test_own_archive.py",
    "/test_first_visit.py",
)
# How long a browser may take for what it is asked, in milliseconds. Playwright would give up after thirty seconds, and `expect` after five:
# on a machine that is busy with the other tests a page may take as long, and that says nothing of the program.
PATIENCE = 180_000
# Without the network's flags Chromium asks for its makers' hosts, and a closed network answers each time with an error.
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One process more than there are cores: a fifth of the time of the tests is waiting, for a deadline, a disk or a browser."""
    return (os.cpu_count() or 1) + 1


def pytest_configure() -> None:
    """Puts the tests' folders into memory where there is room and nobody names another place (PYTEST_DEBUG_TEMPROOT, --basetemp). Keeps
    compiled modules beside the modules also where a container asks for none: each of the tests' hundreds of processes would compile the
    modules anew, and those that keep them in a folder of their own the libraries as well. Has Python look less often for what nothing leads
    to: it would go through the thousands of tests again and again, for an eighth of all time, and after each module it is asked to
    (`_nothing_left`)."""
    gc.set_threshold(100_000, 50, 100)
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with contextlib.suppress(OSError):
        if shutil.disk_usage(MEMORY).free >= _ROOM_IN_MEMORY and os.access(MEMORY, os.W_OK):
            os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest go first: one of them begun last would be waited for by processes that have nothing left to do."""
    items.sort(key=lambda item: not item.path.as_posix().endswith(LONGEST))


@dataclass(frozen=True)
class Ran:
    """What a command printed and the code it ended with."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


def run_here(arguments: Sequence[str]) -> Ran:
    """Run `build.py` with these arguments in this process, in the current folder."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = out, err
    try:
        code = command.main(build.COMMANDS, list(arguments), build.build)
    except SystemExit as end:  # argparse's own help
        code = end.code if isinstance(end.code, int) else 2
    finally:
        sys.stdout, sys.stderr = before
    texts = []
    for stream in (out, err):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode())
    return Ran(code, *texts)


@pytest.fixture
def run() -> Run:
    """`run("check", "--content", folder)` runs the command line and gives back what it printed."""

    def run(*arguments: str | Path) -> Ran:
        return run_here([str(argument) for argument in arguments])

    return run


def launched(playwright: Playwright) -> Browser:
    """The Chromium that costs least of those that are there."""
    if program := shutil.which(bootstrap.WINDOWLESS_BROWSER):
        return playwright.chromium.launch(executable_path=program, args=CHROMIUM, timeout=PATIENCE)
    with contextlib.suppress(Error):
        # Playwright's own, where it has been downloaded.
        return playwright.chromium.launch(args=CHROMIUM, timeout=PATIENCE)
    program = next(filter(None, map(shutil.which, bootstrap.BROWSERS)), None)
    return playwright.chromium.launch(executable_path=program, args=CHROMIUM, timeout=PATIENCE)


@contextlib.contextmanager
def patient() -> Iterator[None]:
    """Every page of every browser waits as long as PATIENCE says, whichever test opens it."""
    new_context, new_page = Browser.new_context, Browser.new_page

    def context(browser: Browser, **options: Any) -> BrowserContext:
        opened = new_context(browser, **options)
        opened.set_default_timeout(PATIENCE)
        return opened

    def page(browser: Browser, **options: Any) -> Page:
        opened = new_page(browser, **options)
        opened.context.set_default_timeout(PATIENCE)
        return opened

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Browser, "new_context", context)
        patch.setattr(Browser, "new_page", page)
        expect.set_options(timeout=PATIENCE)
        yield


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for all tests: one without windows, the machine's or Playwright's, else any that is there. `make test` sees to it that
    there is one."""
    with sync_playwright() as playwright, patient():
        browser = launched(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def accept() -> bool:
    """True where ONRECORD_ACCEPT=1 asks to take today's results as the expected ones; then read the difference before you commit it."""
    return os.environ.get("ONRECORD_ACCEPT") == "1"


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What is kept between runs is kept apart from whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ONRECORD_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(autouse=True, scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[once.Templates]:
    """The templates that any test's build has compiled, for the builds of all."""
    templates = once.Templates(once.shared(tmp_path_factory) / once.TEMPLATES)
    with templates.used():
        yield templates


@pytest.fixture(autouse=True, scope="session")
def _no_disk_is_waited_for() -> Iterator[None]:
    """What the tests' own processes write need not outlast a power cut: where their folders are on a disk, most of the time of publishing
    went into that. What asks for the disk, and when, the tests of it note."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", os.fstat)
        patch.setattr(durability, "_force_file_system", Path.exists)
        yield


@pytest.fixture(autouse=True, scope="module")
def _nothing_left() -> Iterator[None]:
    """A file, a connection or a process that a module of tests leaves open fails the last of its tests: Python tells of it when it collects
    what nothing leads to any more, and would else do so in the midst of a test that has no part in it. What has outlived the module is not
    looked through again, which takes more from later collections than these cost."""
    yield
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _still_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds date themselves by this, not by the last commit of whoever runs the tests."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1735689600")
