"""A reader never sees an empty, cut, mixed or missing page, whatever happens to a build; and nobody's own files are lost."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from onrecord import publish
from onrecord.model import Page
from onrecord.publish import PublishFailed

ROOT = Path(__file__).resolve().parents[2]
OLD = {"index.html": b"old home", "releases/a.html": b"old a", "releases/b.html": b"old b", "topics/x.html": b"old x"}
NEW = {"index.html": b"new home", "releases/a.html": b"new a", "releases/c.html": b"new c"}


def build(out: Path, files: dict[str, bytes]) -> list[str]:
    """Publishes `files` as a whole site; the warnings."""
    with publish.staged(out) as stage:
        stage.write(Page(path, data) for path, data in files.items())
        stage.commit()
        return stage.warnings


def held(out: Path) -> dict[str, bytes]:
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name != publish.MANIFEST
    }


def beside(out: Path) -> list[str]:
    return sorted(path.name for path in out.parent.iterdir() if path != out)


def test_a_build_replaces_the_whole_site_and_drops_stale_pages(tmp_path: Path) -> None:
    out = tmp_path / "site"
    build(out, OLD)
    assert held(out) == OLD
    assert build(out, NEW) == []
    assert held(out) == NEW
    assert not (out / "topics").exists()
    assert beside(out) == []


def test_the_manifest_lists_every_file_with_its_digest(tmp_path: Path) -> None:
    out = tmp_path / "site"
    build(out, NEW)
    (out / "CNAME").write_text("archive.example\n")
    build(out, NEW)
    said = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert said == {path: hashlib.sha256(data).hexdigest() for path, data in NEW.items()}
    assert list(said) == sorted(said)
    assert publish.differences(out) == ([], [], ["CNAME"])


def test_verify_finds_what_is_missing_changed_and_foreign(tmp_path: Path) -> None:
    out = tmp_path / "site"
    build(out, OLD)
    (out / "releases/a.html").write_bytes(b"OLD a")
    (out / "releases/b.html").unlink()
    (out / "mine.txt").write_text("")
    assert publish.differences(out) == (["releases/b.html"], ["releases/a.html"], ["mine.txt"])


def test_files_no_build_has_written_stay(tmp_path: Path) -> None:
    out = tmp_path / "site"
    build(out, OLD)
    (out / ".git").mkdir()
    (out / ".git" / "HEAD").write_text("ref: refs/heads/pages\n")
    (out / "topics" / "notes.txt").write_text("mine")
    (out / "link").symlink_to("../elsewhere")
    (out / "empty-name").mkdir()
    build(out, NEW)
    assert (out / ".git" / "HEAD").read_text() == "ref: refs/heads/pages\n"
    assert (out / "topics" / "notes.txt").read_text() == "mine"
    assert os.readlink(out / "link") == "../elsewhere"
    assert held(out).keys() >= NEW.keys()
    build(out, OLD)
    assert (out / "topics" / "notes.txt").read_text() == "mine"


def test_a_stale_page_that_was_changed_by_hand_stays_and_is_told(tmp_path: Path) -> None:
    out = tmp_path / "site"
    build(out, OLD)
    (out / "topics/x.html").write_bytes(b"mended by hand")
    (warning,) = build(out, NEW)
    assert "topics/x.html" in warning
    assert (out / "topics/x.html").read_bytes() == b"mended by hand"


def test_a_folder_full_of_somebodys_files_is_not_taken_over(tmp_path: Path) -> None:
    out = tmp_path / "documents"
    out.mkdir()
    (out / "index.html").write_text("my own page")
    (out / "thesis.odt").write_text("years of work")
    with pytest.raises(PublishFailed, match=r"index\.html is in the way"):
        build(out, NEW)
    assert held(out) == {"index.html": b"my own page", "thesis.odt": b"years of work"}
    assert beside(out) == []


def test_a_file_in_place_of_a_folder_is_not_overwritten(tmp_path: Path) -> None:
    out = tmp_path / "site"
    build(out, {"index.html": b"home"})
    (out / "releases").write_text("a note")
    with pytest.raises(PublishFailed, match="in the way"):
        build(out, NEW)
    assert (out / "releases").read_text() == "a note"
    assert (out / "index.html").read_bytes() == b"home"


@pytest.mark.parametrize("path", ["/etc/x", "../x", "a/../../x", ""])
def test_a_page_cannot_leave_the_site(path: str, tmp_path: Path) -> None:
    out = tmp_path / "deep" / "site"
    build(out, OLD)
    with pytest.raises(PublishFailed):
        build(out, {path: b"x"})
    assert held(out) == OLD
    assert sorted(p.name for p in tmp_path.iterdir()) == ["deep"]


def test_two_pages_in_one_place_fail_the_build(tmp_path: Path) -> None:
    out = tmp_path / "site"
    build(out, OLD)
    with pytest.raises(PublishFailed, match="same place"), publish.staged(out) as stage:
        stage.write([Page("a.html", b"1"), Page("a.html", b"2")])
    assert held(out) == OLD


def test_an_error_in_the_middle_leaves_the_previous_site(tmp_path: Path) -> None:
    out = tmp_path / "site"
    build(out, OLD)

    def pages() -> Iterable[Page]:
        yield Page("index.html", b"half")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), publish.staged(out) as stage:
        stage.write(pages())
    assert held(out) == OLD
    assert beside(out) == []


def test_a_full_disk_leaves_the_previous_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The third page finds no room: half of it is written, then the system says so."""
    out = tmp_path / "site"
    build(out, OLD)
    real, count = open, 0

    class Full:
        def __init__(self, stream: object) -> None:
            self.stream = stream

        def __enter__(self) -> Full:
            return self

        def __exit__(self, *_: object) -> None:
            self.stream.close()  # type: ignore[attr-defined]

        def write(self, data: bytes) -> int:
            self.stream.write(bytes(data)[: len(data) // 2])  # type: ignore[attr-defined]
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def opened(path: str, mode: str = "r", **more: int) -> object:
        nonlocal count
        stream = real(path, mode, **more)  # type: ignore[call-overload]
        count += "x" in mode
        return Full(stream) if "x" in mode and count == 3 else stream

    monkeypatch.setattr("builtins.open", opened)
    with pytest.raises(PublishFailed, match=r"No space left on device.*previous one is untouched"):
        build(out, NEW)
    monkeypatch.undo()
    assert held(out) == OLD
    assert beside(out) == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_one_clear_line(tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir()
    locked.chmod(0o500)
    try:
        with pytest.raises(
            PublishFailed, match=r"^The site cannot be written: .*\)\. The previous one is untouched\.$"
        ):
            build(locked / "site", NEW)
    finally:
        locked.chmod(0o700)


def test_the_output_cannot_be_a_file_or_hold_what_it_is_made_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "note").write_text("mine")
    with pytest.raises(PublishFailed, match="is a file"):
        build(tmp_path / "note", NEW)
    content = tmp_path / "archive" / "content"
    content.mkdir(parents=True)
    for out in (content, tmp_path / "archive", content / "releases"):
        with (
            pytest.raises(PublishFailed, match="cannot be the output folder"),
            publish.staged(out, keep_clear=(content,)),
        ):
            pass
    monkeypatch.chdir(content)
    with pytest.raises(PublishFailed, match="cannot be the output folder"), publish.staged(tmp_path / "archive"):
        pass
    assert (tmp_path / "note").read_text() == "mine"


def test_the_output_may_be_a_link_to_a_folder(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    real = tmp_path / "disk" / "site"
    build(real, OLD)
    (tmp_path / "site").symlink_to(real)
    build(tmp_path / "site", NEW)
    assert (tmp_path / "site").is_symlink()
    assert held(real) == NEW


def test_where_folders_cannot_be_exchanged_they_are_renamed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publish, "_swap", lambda one, other: False)
    out = tmp_path / "site"
    build(out, OLD)
    build(out, NEW)
    assert held(out) == NEW
    assert beside(out) == []


def test_a_build_killed_between_two_renames_is_put_right_by_the_next(tmp_path: Path) -> None:
    out = tmp_path / "site"
    build(out, OLD)
    out.rename(tmp_path / ".site.onrecord-old")
    (tmp_path / ".site.onrecord-new").mkdir()
    (tmp_path / ".site.onrecord-new" / "index.html").write_bytes(b"new")
    with publish.staged(out):
        assert held(out) == OLD
    assert held(out) == OLD
    assert beside(out) == []


KILLED = """
import sys, time
from pathlib import Path
from onrecord import publish
from onrecord.model import Page

def pages():
    for n in range(3000):
        if n == 1000:
            print("halfway", flush=True)
            time.sleep(60)
        yield Page(f"releases/{n}.html", b"new" * 1000)

with publish.staged(Path(sys.argv[1])) as stage:
    stage.write(pages())
    stage.commit()
"""


def start(out: Path, program: str = KILLED) -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, "-c", program, str(out)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "halfway\n"
    return process


def test_a_killed_build_leaves_the_previous_site_and_no_lock(tmp_path: Path) -> None:
    out = tmp_path / "site"
    build(out, OLD)
    process = start(out)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert held(out) == OLD
    assert publish.differences(out) == ([], [], [])
    build(out, NEW)
    assert held(out) == NEW
    assert beside(out) == []


def test_a_second_build_of_the_same_site_is_refused_while_the_first_runs(tmp_path: Path) -> None:
    out = tmp_path / "site"
    build(out, OLD)
    process = start(out)
    try:
        with pytest.raises(PublishFailed, match="Another build"):
            build(out, NEW)
        build(tmp_path / "other", NEW)
        assert held(out) == OLD
    finally:
        process.kill()
        process.communicate()


READER = """
import sys, time
from pathlib import Path
from onrecord import publish
from onrecord.model import Page

out = Path(sys.argv[1])
for turn in range(1, 60):
    with publish.staged(out) as stage:
        stage.write(Page(f"{n}.html", str(turn).encode()) for n in range(5))
        stage.commit()
    if turn == 1:
        print("halfway", flush=True)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="folders are exchanged in one step on Linux")
def test_a_reader_never_misses_a_page_while_sites_are_exchanged(tmp_path: Path) -> None:
    out = tmp_path / "site"
    process = start(out, READER)
    reads = 0
    ends = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < ends:
        for n in range(5):
            assert (out / f"{n}.html").read_bytes().isdigit()
            reads += 1
    process.communicate()
    assert process.returncode == 0
    assert reads > 100


def test_two_builds_give_the_same_bytes(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "Überraschung mit Leerzeichen/أرشيف"
    build(one, NEW)
    build(other, dict(reversed(NEW.items())))
    assert held(one) == held(other)
    assert (one / "manifest.json").read_bytes() == (other / "manifest.json").read_bytes()


def test_the_offline_copy_is_the_whole_site_with_its_own_manifest_and_always_the_same(tmp_path: Path) -> None:
    packed = []
    for name in ("one", "two"):
        out = tmp_path / name
        with publish.staged(out) as stage:
            stage.write(Page(path, data) for path, data in NEW.items())
            stage.commit("archive")
        packed.append((out / "archive.zip").read_bytes())
        assert publish.differences(out) == ([], [], [])
    assert packed[0] == packed[1]
    with zipfile.ZipFile(tmp_path / "one" / "archive.zip") as archive:
        archive.extractall(tmp_path / "unpacked")
    assert held(tmp_path / "unpacked" / "archive") == NEW
    assert publish.differences(tmp_path / "unpacked" / "archive") == ([], [], [])
