"""On a terminal a long run says what it is doing while it does it; elsewhere it says nothing."""

from __future__ import annotations

import contextlib
import os
import pty
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.processes import running

ROOT = Path(__file__).resolve().parents[2]
RELEASES = 150  # two chunks of files: the first is counted before the second is read
# The program, with a disk so slow that checking takes a known time on any machine.
SLOW = """
import sys, time
sys.path.insert(0, {root!r})
import build
from onrecord import publish, read
from onrecord.command import main
from onrecord.publish import integrity

def slow(function, seconds):
    def with_delay(*arguments, **named):
        time.sleep(seconds)
        return function(*arguments, **named)
    return with_delay

read.file = slow(read.file, {seconds})
publish.differences = slow(publish.differences, {seconds} * 150)
integrity.examined = slow(integrity.examined, {seconds} * 150)
{more}
sys.exit(main(build.COMMANDS, sys.argv[1:], build.build))
"""


# What makes it a run in which no time passes, however busy the machine is: what is to be shown before the second second is shown.
QUICK = """
import threading, types
from onrecord import command

class Timer(threading.Timer):
    def start(self):
        if self.interval < 1:
            self.function(*self.args)

command.time = types.SimpleNamespace(monotonic=lambda: 0.0)
command.threading = types.SimpleNamespace(Timer=Timer, Lock=threading.Lock)
"""


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("progress") / "content"
    (folder / "releases").mkdir(parents=True)
    (folder / "archive.toml").write_text('title = "Harbour papers"\n', encoding="utf-8")
    for number in range(RELEASES):
        (folder / "releases" / f"undated-lamp-{number}.md").write_text(
            f"---\ntitle: Lamp {number}\ndate: XXXX\npublisher: not stated\nlanguage: en\nextent: full\n---\nLamp {number} is dark.\n",
            encoding="utf-8",
        )
    return folder


def on_a_terminal(*arguments: str | Path, seconds: float, more: str = "") -> list[tuple[float, str]]:
    """Runs a command with a terminal as stderr; what appears there, each with the time at which it does."""
    ours, theirs = map(os.fdopen, pty.openpty(), ("rb", "wb"), (0, 0))
    command = [sys.executable, "-c", SLOW.format(root=str(ROOT), seconds=seconds, more=more), *map(str, arguments)]
    printed = []
    with ours, theirs, running(command, stderr=theirs, stdout=subprocess.DEVNULL, cwd=ROOT) as process:
        theirs.close()
        # Linux answers with an error where the other side has closed.
        with contextlib.suppress(OSError):
            while data := ours.read(1024):
                printed.append((time.monotonic(), data.decode()))
        process.wait()
    return printed


def test_the_first_stage_is_announced_and_counted_while_it_runs(content: Path, tmp_path: Path) -> None:
    printed = on_a_terminal("check", "--content", content, "--cache", tmp_path, "--jobs", "1", seconds=0.015)
    texts = "".join(text for _, text in printed)
    assert "\r\x1b[Kcheck …\r\x1b[Kcheck 100 of 150" in texts
    announced = next(moment for moment, text in printed if "check …" in text)
    assert printed[-1][0] - announced > 0.5
    # What was shown is taken away before the result is printed.
    assert texts.endswith("\r\x1b[KNo problems in 150 releases.\r\n")


def test_a_build_announces_its_long_stages_and_leaves_one_line(content: Path, tmp_path: Path) -> None:
    arguments = (
        "build",
        "--content",
        content,
        "--cache",
        tmp_path / "cache",
        "--out",
        tmp_path / "site",
        "--no-search",
    )
    texts = "".join(text for _, text in on_a_terminal(*arguments, seconds=0.015))
    assert "check …" in texts
    assert texts.rpartition("\r\x1b[K")[2].count("\n") == 1


@pytest.mark.parametrize("command", ["verify", "export"])
def test_a_command_with_one_long_stage_announces_it(run: Run, content: Path, tmp_path: Path, command: str) -> None:
    site = tmp_path / "site"
    options = ("--content", content, "--cache", tmp_path / "cache", "--out", site, "--no-search")
    assert run("build", *options).code == 0
    arguments: dict[str, tuple[str | Path, ...]] = {
        "verify": ("verify", site),
        "export": ("export", "zip", "--site", site, "--out", tmp_path / "site.zip"),
    }
    texts = "".join(text for _, text in on_a_terminal(*arguments[command], seconds=0.01))
    assert "verify …" in texts


def test_a_short_run_shows_nothing(content: Path, tmp_path: Path) -> None:
    small_content = tmp_path / "content"
    shutil.copytree(content, small_content, ignore=shutil.ignore_patterns("undated-lamp-?*"))
    texts = "".join(
        text
        for _, text in on_a_terminal("check", "--content", small_content, "--cache", tmp_path, seconds=0, more=QUICK)
    )
    assert "…" not in texts
    assert " of " not in texts


def test_where_no_terminal_is_nothing_is_announced(content: Path, tmp_path: Path) -> None:
    program = SLOW.format(root=str(ROOT), seconds=0.01, more="")
    arguments = ["check", "--content", content, "--cache", tmp_path, "--jobs", "1"]
    done = subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("", "No problems in 150 releases.\n")
