"""The builds that `serve` begins: one at a time, whatever they have to say, and none is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from onrecord.commands import site_builds
from onrecord.commands.site_builds import Finished, SiteBuilds
from tests.commands.conftest import Folders
from tests.conftest import ROOT
from tests.processes import running

SLOW = [sys.executable, "-c", "import time; time.sleep(600)"]


@pytest.fixture
def builds() -> Iterator[SiteBuilds]:
    with closing(SiteBuilds()) as builds:
        yield builds


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The processes that were started since."""
    processes: list[subprocess.Popen[bytes]] = []
    start = subprocess.Popen

    def noted(*arguments: Any, **options: Any) -> subprocess.Popen[bytes]:
        processes.append(start(*arguments, **options))
        return processes[-1]

    monkeypatch.setattr(subprocess, "Popen", noted)
    return processes


def told(builds: SiteBuilds) -> Finished:
    ends = time.monotonic() + 60
    while (finished := builds.finished()) is None:
        assert time.monotonic() < ends
        time.sleep(0.01)
    return finished


def test_one_is_at_work_at_a_time_and_its_end_is_told_once(builds: SiteBuilds) -> None:
    assert builds.finished() is None
    assert builds.begin([sys.executable, "-c", "import sys; sys.exit('Nothing was built.')"])
    assert not builds.begin(SLOW)
    assert told(builds) == Finished(1, "Nothing was built.\n")
    assert builds.finished() is None
    assert builds.begin([sys.executable, "-c", ""])
    assert told(builds) == Finished(0, "")


def test_one_that_says_more_than_a_pipe_holds_comes_to_its_end(builds: SiteBuilds) -> None:
    builds.begin([sys.executable, "-c", "import sys; sys.stderr.write('A warning.\\n' * 200_000)"])
    assert told(builds).printed == "A warning.\n" * 200_000


@pytest.mark.parametrize("ends_itself", [True, False])
def test_at_the_end_what_is_at_work_has_ended_and_nothing_begins(
    builds: SiteBuilds,
    started: list[subprocess.Popen[bytes]],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    ends_itself: bool,
) -> None:
    monkeypatch.setattr(site_builds, "_ENDING_SECONDS", 60 if ends_itself else 0.1)
    deaf = "" if ends_itself else "signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    is_there = tmp_path / "is there"
    program = f"import pathlib, signal, time; {deaf} pathlib.Path({str(is_there)!r}).touch(); time.sleep(600)"
    builds.begin([sys.executable, "-c", program])
    while not is_there.exists():
        time.sleep(0.01)
    builds.close()
    assert [process.returncode for process in started] == [-signal.SIGTERM if ends_itself else -signal.SIGKILL]
    assert not builds.begin(SLOW)
    assert len(started) == 1
    builds.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_who_is_stopped_while_one_begins_ends_it(
    builds: SiteBuilds, started: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """The signal comes when the process is there and nobody has noted it."""
    start: Any = subprocess.Popen

    def stopped(*arguments: Any, **options: Any) -> subprocess.Popen[bytes]:
        process: subprocess.Popen[bytes] = start(*arguments, **options)
        os.kill(os.getpid(), number)
        return process

    monkeypatch.setattr(subprocess, "Popen", stopped)
    before = signal.signal(number, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            builds.begin(SLOW)
    finally:
        signal.signal(number, before)
    assert builds.is_at_work
    builds.close()
    assert [process.returncode for process in started] == [-signal.SIGTERM]


@pytest.mark.skipif(sys.platform != "linux", reason="the processes that a process has started are listed on Linux")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_serve_that_is_stopped_leaves_no_build(disk_folder: Folders, number: int) -> None:
    folder = disk_folder(f"stopped-{number}")
    releases = folder / "content" / "releases"
    releases.mkdir(parents=True)
    (folder / "content" / "archive.toml").write_text('title = "Harbour papers"\n', encoding="utf-8")
    for turn in range(200):
        (releases / f"undated-lamp-{turn}.md").write_text(
            f"---\ntitle: Lamp {turn}\ndate: XXXX\npublisher: not stated\nlanguage: en\nextent: full\n---\nLamp {turn} is dark.\n",
            encoding="utf-8",
        )
    command = [sys.executable, "build.py", "serve", "--content", folder / "content", "--out", folder / "site"]

    def heeds() -> None:
        """A shell that starts the tests behind others lets them ignore Ctrl-C, and so would what they start."""
        signal.signal(number, signal.SIG_DFL)

    with running(
        [*command, "--port", "0", "--cache", folder / "cache"],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        preexec_fn=heeds,
    ) as process:
        listed = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        ends = time.monotonic() + 120
        while not (children := [Path("/proc") / child for child in listed.read_text().split()]):
            assert time.monotonic() < ends
            time.sleep(0.01)
        process.send_signal(number)
        _, printed = process.communicate(timeout=120)
    assert process.returncode == 0
    assert b"Traceback" not in printed
    assert [child for child in children if child.exists()] == []
