"""A change of a watched folder is told at once; an editor's own files are not, and a folder that is replaced goes on being watched."""

from __future__ import annotations

import time
from pathlib import Path
from threading import Event

import pytest

from onrecord.commands.watching import Watcher


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    releases = tmp_path / "content" / "releases"
    releases.mkdir(parents=True)
    (releases / "a.md").write_text("old")
    return tmp_path / "content"


def test_a_change_is_told_at_once(folder: Path) -> None:
    watcher = Watcher([folder])
    assert not watcher.wait(0.2, Event())
    (folder / "releases" / "a.md").write_text("new")
    began = time.monotonic()
    assert watcher.wait(60, Event())
    assert time.monotonic() - began < 30
    (folder / "new" / "folder").mkdir(parents=True)
    assert watcher.wait(60, Event())
    (folder / "new" / "folder" / "b.md").write_text("new")
    assert watcher.wait(60, Event())
    (folder / "releases" / "a.md").unlink()
    assert watcher.wait(60, Event())


@pytest.mark.parametrize("name", [".a.md.swp", "a.md~", ".git/index"])
def test_the_files_of_an_editor_are_not_told(folder: Path, name: str) -> None:
    (folder / ".git").mkdir()
    watcher = Watcher([folder])
    (folder / name).write_text("x")
    assert not watcher.wait(0.5, Event())


def test_a_folder_that_is_replaced_goes_on_being_watched(folder: Path) -> None:
    watcher = Watcher([folder])
    folder.rename(folder.with_name("gone"))
    (folder / "releases").mkdir(parents=True)
    assert watcher.wait(60, Event())
    while watcher.wait(0.3, Event()):
        pass
    (folder / "releases" / "a.md").write_text("new")
    assert watcher.wait(60, Event())


def test_waiting_ends_when_it_is_stopped(folder: Path) -> None:
    stopped = Event()
    stopped.set()
    began = time.monotonic()
    assert not Watcher([folder]).wait(300, stopped)
    assert time.monotonic() - began < 60
