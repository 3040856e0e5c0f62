"""A file that is written whole: a process that is killed at any step leaves the old file or the new one, and the next one clears up."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord import durability, whole_file
from tests.conftest import ROOT, Run
from tests.unit import disclosing_files

OLD, NEW = b"old " * 3000, b"new " * 3000

KILLED = """
import os, sys
from pathlib import Path
from onrecord import durability, whole_file
step, kind, path = sys.argv[1], sys.argv[2], Path(sys.argv[3])
def killed(*_):
    os.kill(os.getpid(), 9)
if step == "written":
    durability.force = killed
elif step == "forced":
    os.replace = os.link = os.rename = killed
elif step == "named":
    durability.force = lambda *_: None
    durability.force_folder = durability.force_folders = killed
    Path.unlink = lambda *_, **__: None
new = b"new " * 3000
if kind == "folder":
    whole_file.write_folder(path, {"a": new, "b": new})
elif kind.startswith("several"):
    whole_file.write_all(path.parent, {path.name: new}, replace=kind == "several replaced")
elif kind == "made folder":
    with whole_file.made(path) as unfinished:
        unfinished.mkdir()
        for name in "ab":
            (unfinished / name).write_bytes(new)
elif kind == "made file":
    with whole_file.made(path) as unfinished:
        unfinished.with_name("beside").write_bytes(new)
        unfinished.write_bytes(new)
else:
    whole_file.write(path, new, replace=kind == "replaced")
"""


def state(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.skipif(os.name != "posix", reason="what a dead process left is known on POSIX")
@pytest.mark.parametrize(
    "kind", ["replaced", "new", "several new", "several replaced", "folder", "made file", "made folder"]
)
@pytest.mark.parametrize("step", ["written", "forced", "named"])
def test_a_killed_process_leaves_the_old_or_the_new_and_the_next_clears_up(
    step: str, kind: str, tmp_path: Path
) -> None:
    path = tmp_path / "place"
    before = {"place": OLD} if kind.endswith("replaced") else {}
    after = {"place/a": NEW, "place/b": NEW} if kind.endswith("folder") else {"place": NEW}
    if before:
        path.write_bytes(OLD)
    command = [sys.executable, "-c", KILLED, step, kind, str(path)]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == -signal.SIGKILL
    found = state(tmp_path)
    named = {name: data for name, data in found.items() if not name.startswith(".")}
    assert named == (after if step == "named" else before)
    if step != "named":
        assert len(found) > len(named)
    whole_file.clear(path)
    assert state(tmp_path) == named
    if step != "named":
        if kind.endswith("folder"):
            whole_file.write_folder(path, {"a": NEW, "b": NEW})
        else:
            whole_file.write(path, NEW, replace=bool(before))
    assert state(tmp_path) == after


def test_what_a_process_that_runs_is_writing_stays(tmp_path: Path) -> None:
    path = tmp_path / "place"
    other = path.with_name(whole_file._beside(path).name.replace(str(os.getpid()), str(os.getppid())))
    other.write_bytes(b"half")
    whole_file.write(path, NEW)
    assert other.read_bytes() == b"half"


def make(path: Path) -> None:
    """Makes a file as another program would, with one beside it."""
    with whole_file.made(path) as unfinished:
        unfinished.write_bytes(NEW)
        unfinished.with_name("beside").write_bytes(NEW)


def full(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize(
    "write",
    [
        lambda path: whole_file.write(path / "file", NEW),
        lambda path: whole_file.write(path / "other", NEW, replace=False),
        lambda path: whole_file.write_folder(path / "folder", {"a": NEW}),
        lambda path: whole_file.write_all(path, {"file": NEW, "other": NEW}),
        lambda path: whole_file.write_all(path, {"other": NEW, "another": NEW}, replace=False),
        lambda path: make(path / "file"),
    ],
)
def test_a_full_disk_leaves_everything_as_it_was(
    write: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(OLD)
    monkeypatch.setattr(durability, "force", full)
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        write(tmp_path)
    assert state(tmp_path) == {"file": OLD}
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_file_keeps_its_mode_and_a_link_leads_where_it_led(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(OLD)
    (tmp_path / "file").chmod(0o640)
    (tmp_path / "link").symlink_to("file")
    whole_file.write(tmp_path / "link", NEW)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_bytes() == NEW
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o640
    whole_file.write_all(tmp_path, {"file": OLD, "other": NEW})
    assert (tmp_path / "file").read_bytes() == OLD
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("links", [True, False])
def test_new_files_are_written_up_to_the_one_whose_place_is_taken(
    links: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not links:
        monkeypatch.setattr(os, "link", full)
    (tmp_path / "2012").mkdir()
    (tmp_path / "2012" / "b").write_bytes(OLD)
    with pytest.raises(FileExistsError):
        whole_file.write_all(tmp_path, {"2011/a": NEW, "2012/b": NEW, "2013/c": NEW}, replace=False)
    assert state(tmp_path) == {"2011/a": NEW, "2012/b": OLD}


@pytest.mark.parametrize("links", [True, False])
def test_a_file_that_is_there_is_not_replaced_where_it_must_not_be(
    links: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not links:
        monkeypatch.setattr(os, "link", full)
    whole_file.write(tmp_path / "file", OLD, replace=False)
    with pytest.raises(FileExistsError):
        whole_file.write(tmp_path / "file", NEW, replace=False)
    assert state(tmp_path) == {"file": OLD}


def test_a_cleaned_copy_that_finds_no_room_is_one_line_and_leaves_no_half(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(disclosing_files.photograph())
    with monkeypatch.context() as patch:
        patch.setattr(durability, "force", full)
        ran = run("clean", str(photo))
    assert (ran.code, ran.err) == (2, f"build.py: {os.strerror(errno.ENOSPC)} ({tmp_path / 'photo-clean.jpg'}).\n")
    assert [path.name for path in tmp_path.iterdir()] == ["photo.jpg"]
    assert run("clean", str(photo)).code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["photo-clean.jpg", "photo.jpg"]


@pytest.mark.parametrize(
    "writing",
    [
        lambda path, _: whole_file.write(path, NEW),
        lambda path, other: whole_file.write(path, other),
        lambda path, _: whole_file.write_folder(path, {"a": NEW}),
    ],
    ids=["bytes", "copy", "folder"],
)
def test_a_full_disk_names_what_it_has_no_room_for(
    writing: Callable[[Path, Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the system says of a write has no name, or that of the file which is copied."""
    other = tmp_path / "other"
    other.write_bytes(NEW)

    def copying(source: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, "full", str(source), None, str(target))

    monkeypatch.setattr(Path, "write_bytes", full)
    monkeypatch.setattr("shutil.copyfile", copying)
    with pytest.raises(OSError, match=r"full|No space") as found:
        writing(tmp_path / "new", other)
    assert (found.value.errno, found.value.filename) == (errno.ENOSPC, str(tmp_path / "new"))
    assert state(tmp_path) == {"other": NEW}


def test_no_file_takes_the_place_of_a_device_or_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    link = tmp_path / "link"
    link.symlink_to(pipe)
    for path in (pipe, link):
        with pytest.raises(FileExistsError, match="no file takes its place"):
            whole_file.write(path, NEW)
    with pytest.raises(FileExistsError, match="no file takes its place"), whole_file.made(pipe):
        pass
    assert sorted(file.name for file in tmp_path.iterdir()) == ["link", "pipe"]
    assert pipe.is_fifo()
