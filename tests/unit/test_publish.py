"""A reader never sees an empty, cut, mixed or missing page, whatever happens to a build; and nobody's own files are lost."""

from __future__ import annotations

import errno
import hashlib
import json
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import publish
from onrecord.model import Page
from onrecord.publish import Outcome, PublishFailed, exchange
from onrecord.publish import listing as listings
from onrecord.publish.listing import listing
from onrecord.publish.workplace import workplace
from tests.processes import running

ROOT = Path(__file__).resolve().parents[2]
OLD = {"index.html": b"old home", "releases/a.html": b"old a", "releases/b.html": b"old b", "topics/x.html": b"old x"}
NEW = {"index.html": b"new home", "releases/a.html": b"new a", "releases/c.html": b"new c"}


def build(out: Path, files: dict[str, bytes]) -> list[str]:
    """Publishes `files` as a whole site; the warnings."""
    with publish.staged(out) as stage:
        stage.write(Page(path, data) for path, data in files.items())
        stage.commit()
        return stage.warnings


def contents(out: Path) -> dict[str, bytes]:
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name != publish.MANIFEST
    }


def siblings(out: Path) -> list[str]:
    return sorted(path.name for path in out.parent.iterdir() if path != out)


def test_a_build_replaces_the_whole_site_and_drops_stale_pages(tmp_path: Path) -> None:
    out = tmp_path / "site"
    build(out, OLD)
    assert contents(out) == OLD
    assert build(out, NEW) == []
    assert contents(out) == NEW
    assert not (out / "topics").exists()
    assert siblings(out) == []


def test_the_manifest_lists_every_file_with_its_digest(tmp_path: Path) -> None:
    out = tmp_path / "site"
    build(out, NEW)
    (out / "CNAME").write_text("archive.example\n")
    build(out, NEW)
    listed = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert listed == {path: hashlib.sha256(data).hexdigest() for path, data in NEW.items()}
    assert list(listed) == sorted(listed)
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
    assert contents(out).keys() >= NEW.keys()
    build(out, OLD)
    assert (out / "topics" / "notes.txt").read_text() == "mine"


def test_a_stale_page_that_was_changed_by_hand_stays_and_is_told(tmp_path: Path) -> None:
    out = tmp_path / "site"
    build(out, OLD)
    (out / "topics/x.html").write_bytes(b"corrected by hand")
    (warning,) = build(out, NEW)
    assert "topics/x.html" in warning
    assert (out / "topics/x.html").read_bytes() == b"corrected by hand"


def test_a_folder_full_of_somebodys_files_is_not_taken_over(tmp_path: Path) -> None:
    out = tmp_path / "documents"
    out.mkdir()
    (out / "index.html").write_text("my own page")
    (out / "thesis.odt").write_text("years of work")
    with pytest.raises(PublishFailed, match=r"index\.html is in the way"):
        build(out, NEW)
    assert contents(out) == {"index.html": b"my own page", "thesis.odt": b"years of work"}
    assert siblings(out) == []


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
    assert contents(out) == OLD
    assert sorted(p.name for p in tmp_path.iterdir()) == ["deep"]


def test_two_pages_in_one_place_fail_the_build(tmp_path: Path) -> None:
    out = tmp_path / "site"
    build(out, OLD)
    with pytest.raises(PublishFailed, match="same place"), publish.staged(out) as stage:
        stage.write([Page("a.html", b"1"), Page("a.html", b"2")])
    assert contents(out) == OLD


def test_an_error_in_the_middle_leaves_the_previous_site(tmp_path: Path) -> None:
    out = tmp_path / "site"
    build(out, OLD)

    def pages() -> Iterable[Page]:
        yield Page("index.html", b"half")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), publish.staged(out) as stage:
        stage.write(pages())
    assert contents(out) == OLD
    assert siblings(out) == []


def test_a_full_disk_leaves_the_previous_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The third page finds no room: half of it is written, then the system says so."""
    out = tmp_path / "site"
    build(out, OLD)
    real, count = os.write, 0

    def write(descriptor: int, data: bytes) -> int:
        nonlocal count
        count += 1
        if count == 3:
            return real(descriptor, data[: len(data) // 2])
        if count > 3:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(descriptor, data)

    monkeypatch.setattr(os, "write", write)
    with pytest.raises(PublishFailed, match=r"No space left on device.*releases/c.html.*previous one is untouched"):
        build(out, NEW)
    monkeypatch.undo()
    assert contents(out) == OLD
    assert siblings(out) == []


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
    assert contents(real) == NEW


def test_where_folders_cannot_be_exchanged_they_are_renamed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "swap", lambda folder, other: False)
    out = tmp_path / "site"
    build(out, OLD)
    build(out, NEW)
    assert contents(out) == NEW
    assert siblings(out) == []


def test_a_build_killed_between_two_renames_is_put_right_by_the_next(tmp_path: Path) -> None:
    out = tmp_path / "site"
    build(out, OLD)
    out.rename(tmp_path / ".site.onrecord-old")
    (tmp_path / ".site.onrecord-new").mkdir()
    (tmp_path / ".site.onrecord-new" / "index.html").write_bytes(b"new")
    with publish.staged(out):
        assert contents(out) == OLD
    assert contents(out) == OLD
    assert siblings(out) == []


def test_a_person_who_stops_the_build_between_two_renames_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "site"
    build(out, OLD)
    monkeypatch.setattr(exchange, "swap", lambda folder, other: False)
    real = os.rename

    def rename(source: Path, target: Path) -> None:
        if target == out:
            raise KeyboardInterrupt
        real(source, target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "rename", rename)
        with pytest.raises(KeyboardInterrupt):
            build(out, NEW)
    with publish.staged(out):
        assert contents(out) == OLD
    assert siblings(out) == []


KILLED = """
import sys, time
from pathlib import Path
from onrecord import publish
from onrecord.publish import Outcome, exchange
from onrecord.publish import listing as listings
from onrecord.publish.workplace import workplace
from onrecord.publish.listing import listing
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


@contextmanager
def halfway(out: Path, program: str = KILLED) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", program, str(out)]
    with running(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "halfway\n"
        yield process


def test_a_killed_build_leaves_the_previous_site_and_no_lock(tmp_path: Path) -> None:
    out = tmp_path / "site"
    build(out, OLD)
    with halfway(out) as process:
        process.send_signal(signal.SIGKILL)
    assert contents(out) == OLD
    assert publish.differences(out) == ([], [], [])
    build(out, NEW)
    assert contents(out) == NEW
    assert siblings(out) == []


def test_a_second_build_of_the_same_site_is_refused_while_the_first_runs(tmp_path: Path) -> None:
    out = tmp_path / "site"
    build(out, OLD)
    with halfway(out):
        with pytest.raises(PublishFailed, match="Another build"):
            build(out, NEW)
        build(tmp_path / "other", NEW)
        assert contents(out) == OLD


READER = """
import sys, time
from pathlib import Path
from onrecord import publish
from onrecord.publish import Outcome, exchange
from onrecord.publish import listing as listings
from onrecord.publish.workplace import workplace
from onrecord.publish.listing import listing
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
    reads = 0
    ends = time.monotonic() + 60
    with halfway(out, READER) as process:
        while process.poll() is None and time.monotonic() < ends:
            for n in range(5):
                assert (out / f"{n}.html").read_bytes().isdigit()
                reads += 1
        process.wait()
    assert process.returncode == 0
    assert reads > 100


def test_two_builds_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "one", tmp_path / "Überraschung mit Leerzeichen/أرشيف"
    build(first, NEW)
    build(second, dict(reversed(NEW.items())))
    assert contents(first) == contents(second)
    assert (first / "manifest.json").read_bytes() == (second / "manifest.json").read_bytes()


def test_the_offline_copy_is_the_whole_site_with_its_own_manifest_and_always_the_same(tmp_path: Path) -> None:
    packed = []
    for name in ("one", "two"):
        out = tmp_path / name
        with publish.staged(out) as stage:
            stage.write(Page(path, data) for path, data in NEW.items())
            stage.commit(copy="archive")
        packed.append((out / "archive.zip").read_bytes())
        assert publish.differences(out) == ([], [], [])
    assert packed[0] == packed[1]
    with zipfile.ZipFile(tmp_path / "one" / "archive.zip") as archive:
        archive.extractall(tmp_path / "unpacked")
    assert contents(tmp_path / "unpacked" / "archive") == NEW
    assert publish.differences(tmp_path / "unpacked" / "archive") == ([], [], [])


# ---- what workers write and what is looked up -------------------------------------------------------------------------------------


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_a_file_is_known_by_the_stamp_it_has_on_the_disk(tmp_path: Path) -> None:
    files = {"index.html": b"home", "releases/2012/a.html": b"a" * 100_000, "empty.txt": b""}
    written = [publish.write_file(str(tmp_path), path, data) for path, data in files.items()]
    assert contents(tmp_path) == files
    assert [file.sha256 for file in written] == [digest(data) for data in files.values()]
    assert publish.survey(tmp_path) == {file.path: (file.size, file.mtime_ns) for file in written}


def test_another_process_can_write_into_the_stage(tmp_path: Path) -> None:
    out = tmp_path / "site"
    with publish.staged(out) as stage:
        with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
            written = list(pool.map(publish.write_file, [str(stage.path)] * len(NEW), NEW.keys(), NEW.values()))
        assert stage.commit(written).files == len(NEW) + 1
    assert contents(out) == NEW
    assert publish.differences(out) == ([], [], [])


@pytest.mark.parametrize("path", ["/etc/x", "../x", "a/../x", "a/..", "", "a/", "a//b", "./a", ".", "..", "a\0b"])
def test_a_worker_cannot_leave_the_site(path: str, tmp_path: Path) -> None:
    (tmp_path / "stage").mkdir()
    with pytest.raises(PublishFailed, match="cannot be a file of the site"):
        publish.write_file(str(tmp_path / "stage"), path, b"x")
    assert list(tmp_path.rglob("*")) == [tmp_path / "stage"]


@pytest.mark.parametrize(("first", "second"), [("a", "a"), ("a", "a/b"), ("a", "a/b/c"), ("a/b", "a")])
def test_a_worker_overwrites_nothing(first: str, second: str, tmp_path: Path) -> None:
    publish.write_file(str(tmp_path), first, b"first")
    with pytest.raises(PublishFailed, match=f"Two files of the site would have the same place: {second}"):
        publish.write_file(str(tmp_path), second, b"second")
    assert contents(tmp_path) == {first: b"first"}


def test_a_worker_that_outlives_its_build_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        publish.write_file(str(tmp_path / ".site.onrecord-new"), "releases/a.html", b"late")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_written_in_parts_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: real(descriptor, data[:3]))
    publish.write_file(str(tmp_path), "a", b"0123456789")
    assert contents(tmp_path) == {"a": b"0123456789"}


def test_a_survey_lists_links_as_themselves_and_an_absent_folder_as_nothing(tmp_path: Path) -> None:
    (tmp_path / "site" / "deep" / "er").mkdir(parents=True)
    (tmp_path / "site" / "deep" / "er" / "a.html").write_bytes(b"12345")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "b.html").write_bytes(b"")
    (tmp_path / "site" / "link").symlink_to("../elsewhere")
    (tmp_path / "site" / "broken").symlink_to("nowhere")
    stamps = publish.survey(tmp_path / "site")
    assert {path: size for path, (size, _) in stamps.items()} == {"deep/er/a.html": 5, "link": 12, "broken": 7}
    assert stamps["deep/er/a.html"][1] == (tmp_path / "site" / "deep" / "er" / "a.html").stat().st_mtime_ns
    assert publish.survey(tmp_path / "absent") == {}


@pytest.mark.parametrize("together", [1, 2, 3, 10_000])
@pytest.mark.parametrize("files", [{}, {"a": "0"}, {"z": "1", 'a"\\\n': "2", "Überraschung/أرشيف\u2028\x7f": "3"}])
def test_the_manifest_has_one_file_a_line(
    files: dict[str, str], together: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listings, "_TOGETHER", together)
    document = {"generator": "Onrecord", "files": dict(sorted(files.items()))}
    assert listing(files) == f"{json.dumps(document, ensure_ascii=False, indent=0)}\n".encode()


PATHS = st.text(
    st.sampled_from(["a", "b", '"', "\\", "/", ",", ":", " ", "\n", "é", "\u2028", "\U0001f600"]),
    min_size=1,
    max_size=4,
)


@given(
    st.dictionaries(PATHS, st.sampled_from(["0" * 64, "1" * 64])),
    st.dictionaries(PATHS, st.sampled_from([None, "2" * 64])),
    st.booleans(),
)
def test_a_manifest_is_edited_as_if_it_were_written_anew(
    files: dict[str, str], changes: dict[str, str | None], dated: bool
) -> None:
    after = {path: sha256 for path, sha256 in (files | changes).items() if sha256 is not None}
    built = "2026-11-25" if dated else ""
    data = listings.edited(listing(files, "2020-02-02" if dated else ""), changes, built)
    assert data == (listing(after, built) if files and after else None)
    if data is not None:
        assert listings.count(data) == len(after)
        assert all(listings.lists(data, path) == (path in after) for path in files.keys() | changes.keys())


@pytest.mark.parametrize(
    "data", [b"", b"{}", listing({}), listing({"a": "0"})[:-1], b'{"generator": "Onrecord", "files": {"a": "0"}}']
)
def test_a_manifest_that_no_build_has_written_so_is_not_edited(data: bytes) -> None:
    assert listings.edited(data, {"a": "1" * 64}) is None
    assert not listings.lists(data, "a")


def test_what_differs_from_what_was_written_is_told_even_where_the_process_that_looked_has_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "site"
    build(out, OLD)
    stamps = publish.survey(out)

    mark = b"mark"

    def noted() -> tuple[bytes, dict[str, tuple[int, int]]]:
        return mark, stamps

    assert publish.SiteDifferences(out, noted).differing(b"mark") == {}
    (out / "index.html").write_bytes(b"mended")
    (out / "releases/a.html").unlink()
    (out / "mine.txt").write_bytes(b"mine")
    expected = {"index.html": publish.survey(out)["index.html"], "releases/a.html": None}
    assert publish.SiteDifferences(out, noted).differing(b"mark") == expected
    with monkeypatch.context() as patch:
        patch.delattr(os, "fork")
        assert publish.SiteDifferences(out, noted).differing(b"mark") == expected
    comparison = publish.SiteDifferences(out, noted)
    os.kill(comparison._child, signal.SIGKILL)
    assert comparison.differing(b"mark") == expected
    # What was noted since the process began is what counts.
    comparison = publish.SiteDifferences(out, noted)
    noted_before, stamps, mark = stamps, publish.survey(out), b"other mark"
    assert comparison.differing(b"other mark") == publish.differing(out, stamps) == {}
    # What cannot be read, or is no longer what the mark is of, says nothing: then nothing of the site counts as written.
    assert publish.SiteDifferences(out, noted).differing(b"a mark of what cannot be read") == {publish.MANIFEST: None}
    stamps, mark = noted_before, b"mark"
    # Another build replaces the site meanwhile: what was seen before it counts no more.
    comparison = publish.SiteDifferences(out, noted)
    time.sleep(0.05)
    build(out, NEW)
    assert comparison.differing(b"mark") == publish.differing(out, stamps)
    assert publish.SiteDifferences(tmp_path / "none", lambda: (b"", {})).differing(b"") == {}


# ---- what stays as it is ----------------------------------------------------------------------------------------------------------


def page(text: str, *links: str) -> bytes:
    """A page that leads to others: whoever reads it can see whether they are there."""
    return "\n".join([text, *links]).encode()


def site(releases: Iterable[str], word: str = "old") -> dict[str, bytes]:
    """A site of some size, whose pages lead to one another as those of an archive do."""
    slugs = list(releases)
    files = {f"releases/{slug}.html": page(f"release {slug}", "index.html", "style.css") for slug in slugs}
    files["style.css"] = b"body {}"
    files["data/releases.csv"] = page("data " + " ".join(slugs))
    files["releases/index.html"] = page("releases", *(f"releases/{slug}.html" for slug in slugs))
    files["latest.html"] = page("latest", *(f"releases/{slug}.html" for slug in slugs[-3:]))
    files["feed.atom"] = page("feed", *(f"releases/{slug}.html" for slug in slugs[-3:]))
    files["index.html"] = page(f"home {word}", f"releases/{slugs[-1]}.html", "latest.html", "releases/index.html")
    return files


BASE = site(f"{number:03}" for number in range(120)) | {"years/old/2012.html": page("2012")}
# Two releases go, one comes, one is mended; the lists follow.
NEXT = site([f"{number:03}" for number in range(118)] + ["zzz"], "new") | {
    "releases/003.html": page("release 003, corrected", "releases/zzz.html")
}


AMENDS = [False]


@pytest.fixture(params=[False, True], ids=["the whole is told", "the change is told"], autouse=True)
def amends(request: pytest.FixtureRequest) -> bool:
    """Whether `rebuild` tells the publisher what changes, where that will do, or always all that the site will have."""
    AMENDS[0] = request.param
    return AMENDS[0]


def rebuild(
    out: Path, files: dict[str, bytes], copy: str = "", strays: Iterable[str] = ()
) -> tuple[Outcome, list[str], dict[str, tuple[int, int]]]:
    """Publishes `files`, keeping what stands at `out` already: the outcome, the warnings, the stamps of the files that were written."""
    with publish.staged(out) as stage:
        listed = stage.listed or {}
        kept = {path: digest(data) for path, data in files.items() if listed.get(path) == digest(data)}
        kept = {path: sha256 for path, sha256 in kept.items() if path in stage.present}
        if f"{copy}.zip" in listed.keys() & stage.present:
            kept[f"{copy}.zip"] = listed[f"{copy}.zip"]
        root = str(stage.path)
        written = [publish.write_file(root, path, data) for path, data in files.items() if path not in kept]
        for path in strays:
            publish.write_file(root, path, b"by another program")
        outcome = None
        if AMENDS[0] and not copy and "copy.zip" not in listed:
            outcome = stage.amend(written, {path: listed[path] for path in listed.keys() - files.keys() - {*strays}})
        outcome = outcome or stage.commit(written, kept, copy)
        return outcome, stage.warnings, {file.path: (file.size, file.mtime_ns) for file in written}


def inodes(out: Path) -> dict[str, int]:
    return {path: (out / path).lstat().st_ino for path in publish.survey(out)}


def test_a_small_change_touches_what_has_changed_and_nothing_else(tmp_path: Path) -> None:
    out, fresh = tmp_path / "site", tmp_path / "fresh"
    rebuild(out, BASE)
    folder, before = out.stat().st_ino, inodes(out)
    outcome, warnings, _ = rebuild(out, NEXT)
    changed = {path for path, data in NEXT.items() if BASE.get(path) != data}
    gone = BASE.keys() - NEXT.keys()
    assert (outcome.files, outcome.replaced, outcome.removed) == (len(NEXT) + 1, len(changed), len(gone))
    assert not outcome.exchanged
    assert warnings == []
    assert out.stat().st_ino == folder
    assert {path for path, inode in inodes(out).items() if before.get(path) != inode} == changed | {"manifest.json"}
    assert contents(out) == NEXT
    assert not (out / "years").exists()
    rebuild(fresh, NEXT)
    assert (out / "manifest.json").read_bytes() == (fresh / "manifest.json").read_bytes()
    assert siblings(out) == ["fresh"]


def test_when_nothing_has_changed_nothing_is_touched(tmp_path: Path) -> None:
    out = tmp_path / "site"
    rebuild(out, BASE)
    folders = {path: path.stat().st_mtime_ns for path in [out, *out.rglob("*")]}
    outcome, _, _ = rebuild(out, BASE)
    assert (outcome.files, outcome.replaced, outcome.removed, outcome.exchanged) == (len(BASE) + 1, 0, 0, False)
    assert outcome.stamps == {"manifest.json": publish.survey(out)["manifest.json"]}
    assert {path: path.stat().st_mtime_ns for path in [out, *out.rglob("*")]} == folders


def test_a_large_change_exchanges_the_site_and_links_what_stays(tmp_path: Path) -> None:
    out = tmp_path / "site"
    files = {path: data.replace(b"release 00", b"Release 00") for path, data in BASE.items() if "/05" not in path}
    rebuild(out, BASE)
    folder, before, stamps = out.stat().st_ino, inodes(out), publish.survey(out)
    outcome, _, _ = rebuild(out, files)
    assert (outcome.files, outcome.replaced, outcome.removed, outcome.exchanged) == (len(files) + 1, 10, 10, True)
    assert out.stat().st_ino != folder
    assert contents(out) == files
    same = {path for path, data in files.items() if BASE[path] == data}
    assert {path: inodes(out)[path] for path in same} == {path: before[path] for path in same}
    assert {path: publish.survey(out)[path] for path in same} == {path: stamps[path] for path in same}
    assert publish.differences(out) == ([], [], [])
    assert siblings(out) == []


def test_a_tenth_of_the_site_and_so_many_files_are_the_most_that_are_replaced_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "site"
    files = {f"{number:03}.html": b"old" for number in range(100)}
    rebuild(out, files)
    for count, whole in ((10, False), (11, True)):
        change = {f"{number:03}.html": b"%d" % count for number in range(count)}
        assert rebuild(out, files | change)[0].exchanged == whole
    monkeypatch.setattr("onrecord.publish.stage._FEW", 3)
    for count, whole in ((3, False), (4, True)):
        change |= {f"{number:03}.html": b"%d" % count for number in range(count)}
        assert rebuild(out, files | change)[0].exchanged == whole


def test_where_the_disk_cannot_link_what_stays_is_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "site"
    files = OLD | {"index.html": b"new home"}
    build(out, OLD)
    (out / "CNAME").write_text("archive.example\n")

    def link(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", link)
    outcome, _, _ = rebuild(out, files)
    assert outcome.exchanged
    assert contents(out) == files | {"CNAME": b"archive.example\n"}
    stamps = publish.survey(out)
    assert outcome.stamps == {path: stamps[path] for path in ("manifest.json", *OLD) if path != "index.html"}


@pytest.mark.parametrize("change", [{"index.html": b"new home"}, dict.fromkeys(BASE, b"new")])
def test_a_file_of_the_site_is_never_changed_in_place(change: dict[str, bytes], tmp_path: Path) -> None:
    out = tmp_path / "site"
    rebuild(out, BASE)
    before = {path: (out / path).read_bytes() for path in publish.survey(out)}
    shutil.copytree(out, tmp_path / "links", copy_function=os.link)
    rebuild(out, BASE | change)
    assert contents(out) == BASE | change
    assert {path: (tmp_path / "links" / path).read_bytes() for path in before} == before


def test_every_stamp_of_the_new_site_is_known(tmp_path: Path) -> None:
    out = tmp_path / "site"
    for files in (BASE, NEXT, dict.fromkeys(BASE, b"new"), BASE):
        before = publish.survey(out)
        outcome, _, written = rebuild(out, files, "archive", strays=["search/index.js"])
        stamps = publish.survey(out)
        kept = {path: before[path] for path in files if path not in written}
        assert kept | written | outcome.stamps == stamps
        assert outcome.stamps.keys() == {"manifest.json", "archive.zip", "search/index.js"}


def test_what_another_program_writes_into_the_stage_belongs_to_the_site(tmp_path: Path) -> None:
    out = tmp_path / "site"
    for files in (BASE, NEXT):
        outcome, _, _ = rebuild(out, files, strays=["search/index.js"])
        assert outcome.files == len(files) + 2
        assert contents(out) == files | {"search/index.js": b"by another program"}
        assert publish.differences(out) == ([], [], [])


def test_random_histories_end_where_a_fresh_build_ends(tmp_path: Path) -> None:
    chance = random.Random(20120208)  # noqa: S311
    for history in range(8):
        out, files = tmp_path / f"{history}", dict(BASE)
        ways = set()
        for turn in range(10):
            for _ in range(chance.choice([0, 1, 4, 40])):
                path = chance.choice([*files, f"new/{turn}/{chance.randrange(9)}.html"])
                if chance.random() < 0.3:
                    files.pop(path, None)
                else:
                    files[path] = chance.randbytes(chance.randrange(20))
            ways.add(rebuild(out, files, chance.choice(["", "", "copy"]))[0].exchanged)
            (out / "copy.zip").unlink(missing_ok=True)
            (out / "mine").mkdir(exist_ok=True)
            (out / "mine" / f"{turn}.txt").write_text("mine")
        rebuild(out, files)
        fresh = tmp_path / f"{history} anew"
        rebuild(fresh, files)
        shutil.copytree(out / "mine", fresh / "mine")
        assert ways == {True, False}
        assert contents(out) == contents(fresh)
        assert (out / "manifest.json").read_bytes() == (fresh / "manifest.json").read_bytes()


def test_the_offline_copy_stays_until_something_it_holds_changes(tmp_path: Path) -> None:
    out, fresh = tmp_path / "site", tmp_path / "fresh"
    rebuild(out, BASE, "archive")
    before = inodes(out)["archive.zip"]
    assert rebuild(out, BASE, "archive")[0].replaced == 0
    assert inodes(out)["archive.zip"] == before
    assert not rebuild(out, NEXT, "archive")[0].exchanged
    rebuild(fresh, NEXT, "archive")
    assert (out / "archive.zip").read_bytes() == (fresh / "archive.zip").read_bytes()
    assert publish.differences(out) == ([], [], [])
    assert rebuild(out, NEXT)[0].removed == 1
    assert not (out / "archive.zip").exists()


# ---- what is nobody's but its owner's, in a small change -------------------------------------------------------------------------


def test_a_small_change_leaves_the_files_no_build_has_written(tmp_path: Path) -> None:
    out = tmp_path / "site"
    rebuild(out, BASE)
    (out / "years" / "old" / "notes.txt").write_text("mine")
    (out / "releases" / "empty").mkdir()
    (out / "link").symlink_to("../elsewhere")
    (out / "releases" / "118.html").write_bytes(b"corrected by hand")
    outcome, (warning,), _ = rebuild(out, NEXT)
    assert not outcome.exchanged
    assert outcome.removed == 2
    assert "releases/118.html belongs to no page any more but was changed by hand" in warning
    assert (out / "years" / "old" / "notes.txt").read_text() == "mine"
    assert (out / "releases" / "empty").is_dir()
    assert os.readlink(out / "link") == "../elsewhere"
    assert publish.differences(out)[:2] == ([], [])


@pytest.mark.parametrize("place", ["releases/zzz.html", "new", "new/page.html/notes.txt"])
@pytest.mark.parametrize("change", [{}, dict.fromkeys(BASE, b"new")])
def test_somebodys_file_is_not_overwritten(place: str, change: dict[str, bytes], tmp_path: Path) -> None:
    out = tmp_path / "site"
    rebuild(out, BASE)
    (out / place).parent.mkdir(parents=True, exist_ok=True)
    (out / place).write_text("mine")
    before = contents(out)
    with pytest.raises(PublishFailed, match=f"{place} is in the way: no build has written it"):
        rebuild(out, BASE | change | {"releases/zzz.html": b"new", "new/page.html": b"new"})
    assert contents(out) == before
    assert siblings(out) == []


def test_a_folder_behind_a_link_is_not_written_into(tmp_path: Path) -> None:
    out, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    rebuild(out, BASE)
    shutil.move(out / "years", elsewhere)
    (out / "years").symlink_to(elsewhere)
    with pytest.raises(PublishFailed, match="years is in the way"):
        rebuild(out, BASE | {"years/new.html": b"new"})
    assert not rebuild(out, NEXT)[0].exchanged
    assert contents(elsewhere) == {"old/2012.html": page("2012")}


def test_a_manifest_of_somebodys_own_is_not_overwritten(tmp_path: Path) -> None:
    out = tmp_path / "site"
    out.mkdir()
    (out / "manifest.json").write_text('{"name": "my app"}')
    with pytest.raises(PublishFailed, match=r"manifest\.json is in the way"):
        build(out, NEW)
    assert (out / "manifest.json").read_text() == '{"name": "my app"}'


def test_a_page_may_become_a_folder_and_a_folder_a_page(tmp_path: Path) -> None:
    out = tmp_path / "site"
    rebuild(out, BASE | {"page": b"page", "folder/page.html": b"page"})
    files = BASE | {"page/inner.html": b"page", "folder": b"page"}
    rebuild(out, files)
    assert contents(out) == files


def test_the_same_place_twice_fails_the_build(tmp_path: Path) -> None:
    out = tmp_path / "site"
    rebuild(out, BASE)
    kept = {path: digest(data) for path, data in BASE.items()}
    for path, again in (("a.html", {}), ("index.html", {"index.html": kept["index.html"]}), ("manifest.json", {})):
        with publish.staged(out) as stage:
            file = publish.write_file(str(stage.path), path, b"new")
            with pytest.raises(PublishFailed, match=f"Two files of the site would have the same place: {path}"):
                stage.commit([file, file] if path == "a.html" else [file], again)
    with pytest.raises(PublishFailed, match=r"same place: archive\.zip"), publish.staged(out) as stage:
        stage.commit([publish.write_file(str(stage.path), "archive.zip", b"new")], kept, "archive")
    assert contents(out) == BASE


def test_only_what_is_there_can_stay(tmp_path: Path) -> None:
    out = tmp_path / "site"
    rebuild(out, BASE)
    (out / "mine.txt").write_bytes(b"mine")
    kept = {path: digest(data) for path, data in BASE.items()}
    for wrong, message in (
        ({"gone.html": digest(b"")}, "gone.html was to stay as it is but is no longer there"),
        ({"mine.txt": digest(b"mine")}, "mine.txt is in the way"),
        ({"index.html": digest(b"other")}, "index.html was to stay as it is but is not the file that manifest.json"),
    ):
        with pytest.raises(PublishFailed, match=message), publish.staged(out) as stage:
            stage.commit([], kept | wrong)
    with pytest.raises(PublishFailed, match=r"a\.html is not as it was written"), publish.staged(out) as stage:
        stage.commit([publish.Written("a.html", digest(b"new"), 3, 0)], kept)
    assert contents(out) == BASE | {"mine.txt": b"mine"}


# ---- a build that is stopped at any moment ---------------------------------------------------------------------------------------

# Each step fails once in any run of the tests, whichever way the publisher is told; a kill costs a process each. `make audit-faults` does
# both at each step, in both ways.
EVERY, KILL_EVERY = (1, 1) if os.environ.get("ONRECORD_FAULTS") else (2, 6)
STEPS = ("open", "write", "fsync", "mkdir", "link", "replace", "rename", "unlink", "rmdir", "scandir", "lstat")


def stop_at(step: int, stop: Callable[[], None], patch: pytest.MonkeyPatch) -> list[int]:
    """Calls `stop` instead of the step of this number that the build takes on the disk; how many it has taken, in a list."""
    steps = [0]

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*values: Any, **names: Any) -> Any:
            steps[0] += 1
            if steps[0] == step:
                stop()
            return real(*values, **names)

        return call

    for name in STEPS:
        patch.setattr(os, name, counted(getattr(os, name)))
    patch.setattr(exchange, "swap", counted(exchange.swap))
    return steps


def readable(out: Path, old: dict[str, bytes], new: dict[str, bytes]) -> None:
    """What a reader may rely on at any moment: each page is whole, none is missing, and each link leads to a page."""
    pages = contents(out)
    for path, data in pages.items():
        assert data in (old.get(path), new.get(path)), path
        for link in data.decode().split("\n")[1:]:
            assert link in pages, f"{path} leads to {link}"
    assert old.keys() & new.keys() <= pages.keys()


def settled(out: Path, old: dict[str, bytes], new: dict[str, bytes]) -> None:
    """What the next build finds: a site that is as its manifest says."""
    with publish.staged(out):
        assert publish.differences(out) == ([], [], [])
        assert contents(out) in (old, new)
    assert siblings(out) == []


FILE_BY_FILE = (BASE, NEXT)
EXCHANGED = (site("abcdefg") | {"years/old/2012.html": page("2012")}, site("defghij", "new"))
CHANGES = pytest.mark.parametrize(
    ("old", "new", "swaps"),
    [(*FILE_BY_FILE, True), (*EXCHANGED, True), (*EXCHANGED, False)],
    ids=["one by one", "exchanged", "exchanged in two steps"],
)


def steps_of(out: Path, new: dict[str, bytes]) -> range:
    """The numbers of the steps that a build from what stands at `out` to `new` takes."""
    with pytest.MonkeyPatch.context() as patch:
        steps = stop_at(0, lambda: None, patch)
        rebuild(out, new)
    return range(1, steps[0] + 1)


@CHANGES
def test_a_step_that_fails_leaves_a_site_that_is_whole_or_is_completed(
    old: dict[str, bytes], new: dict[str, bytes], swaps: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not swaps:
        monkeypatch.setattr(exchange, "swap", lambda folder, other: False)

    def fail() -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    out = tmp_path / "site"
    rebuild(out, old)
    ends = []
    for step in steps_of(out, new)[int(AMENDS[0]) :: EVERY]:
        rebuild(out, old)
        message = ""
        with pytest.MonkeyPatch.context() as patch:
            stop_at(step, fail, patch)
            try:
                rebuild(out, new)
            except PublishFailed as error:
                message = str(error)
        if out.exists():
            readable(out, old, new)
        if not message:
            ends.append("done")
            assert contents(out) == new
        elif (tmp_path / ".site.onrecord-journal").exists():
            ends.append("begun")
            assert "Input/output error" in message
            assert message.endswith("A part of the changed files is in place; the next build completes the change.")
        else:
            ends.append("untouched")
            assert "Input/output error" in message
            assert contents(out) == old
        settled(out, old, new)
    assert {"untouched", "done"} <= set(ends)
    assert ("begun" in ends) == (old is BASE)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process that cannot be stopped in its tracks")
@CHANGES
def test_a_build_that_is_killed_at_any_step_leaves_a_site_that_is_whole_or_is_completed(
    old: dict[str, bytes], new: dict[str, bytes], swaps: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not swaps:
        monkeypatch.setattr(exchange, "swap", lambda folder, other: False)
    out = tmp_path / "site"
    rebuild(out, old)
    ends = []
    for step in steps_of(out, new)[int(AMENDS[0]) :: KILL_EVERY]:
        rebuild(out, old)
        child = os.fork()
        if not child:
            try:
                stop_at(step, lambda: os.kill(os.getpid(), signal.SIGKILL), pytest.MonkeyPatch())
                rebuild(out, new)
            finally:
                os._exit(0)
        assert os.WIFSIGNALED(os.waitpid(child, 0)[1]), f"step {step} was not reached"
        if out.exists():
            readable(out, old, new)
        settled(out, old, new)
        ends.append(contents(out) == new)
    assert set(ends) == {False, True}
    if swaps:
        assert ends == sorted(ends), "from some step on the change is completed; before it nothing is changed"


def begun(out: Path, renames: int) -> None:
    """Leaves the site as a build leaves it that is stopped after this many renames of a small change."""
    real = os.replace

    def replace(source: str | Path, target: str | Path) -> None:
        nonlocal renames
        if not str(target).endswith("-journal"):
            renames -= 1
        if renames < 0:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        real(source, target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "replace", replace)
        with pytest.raises(PublishFailed, match="the next build completes"):
            rebuild(out, NEXT)


def test_a_change_that_was_begun_is_given_up_when_somebody_replaces_the_site(tmp_path: Path) -> None:
    out = tmp_path / "site"
    rebuild(out, BASE)
    shutil.copytree(out, tmp_path / "copy")
    begun(out, 3)
    shutil.rmtree(out)
    rebuild(out, OLD)
    assert contents(out) == OLD
    shutil.rmtree(out)
    shutil.copytree(tmp_path / "copy", out)
    rebuild(out, dict.fromkeys(BASE, b"third"))
    assert contents(out) == dict.fromkeys(BASE, b"third")


def test_a_change_whose_staged_files_were_deleted_is_given_up(tmp_path: Path) -> None:
    """Its new files are removed again, so that they are in nobody's way; its changed ones differ from the manifest and are made anew."""
    out = tmp_path / "site"
    rebuild(out, BASE)
    begun(out, 5)
    shutil.rmtree(tmp_path / ".site.onrecord-new")
    with publish.staged(out):
        missing, changed, foreign = publish.differences(out)
    assert (missing, foreign) == ([], [])
    assert len(changed) == 4
    assert siblings(out) == []


def test_what_somebody_does_between_a_stop_and_the_next_build_is_not_lost(tmp_path: Path) -> None:
    out = tmp_path / "site"
    rebuild(out, BASE)
    begun(out, 0)
    (out / "releases" / "zzz.html").write_text("mine")
    (out / "releases" / "118.html").write_text("corrected by hand")
    with pytest.raises(PublishFailed, match=r"zzz\.html is in the way"), publish.staged(out):
        pass
    assert (out / "releases" / "zzz.html").read_text() == "mine"
    (out / "releases" / "zzz.html").unlink()
    with publish.staged(out) as stage:
        (warning,) = stage.warnings
    assert "118.html belongs to no page any more but was changed by hand" in warning
    assert contents(out) == NEXT | {"releases/118.html": b"corrected by hand"}


@pytest.mark.parametrize(
    "text", ["", "[]", '{"before": ""}', '{"before": "", "after": "", "renames": [], "removals": [["../x", ""]]}']
)
def test_a_journal_no_build_has_written_is_not_followed(text: str, tmp_path: Path) -> None:
    out = tmp_path / "site"
    rebuild(out, OLD)
    (tmp_path / "x").write_bytes(b"")
    (tmp_path / ".site.onrecord-journal").write_text(text)
    _, (warning,), _ = rebuild(out, NEW)
    assert "onrecord-journal was damaged" in warning
    assert contents(out) == NEW
    assert siblings(out) == ["x"]


@pytest.mark.parametrize("renames", [0, 1, 3, 5])
def test_a_change_whose_journal_is_damaged_is_undone_and_made_again(renames: int, tmp_path: Path) -> None:
    out = tmp_path / "site"
    rebuild(out, BASE)
    begun(out, renames)
    (tmp_path / ".site.onrecord-journal").write_text("{")
    (out / "mine.txt").write_text("mine")
    with publish.staged(out) as stage:
        assert "onrecord-journal was damaged" in stage.warnings[0]
        missing, changed, foreign = publish.differences(out)
        assert (missing, foreign) == ([], ["mine.txt"])
        kept = {path: digest(data) for path, data in BASE.items() if path not in changed}
        written = [publish.write_file(str(stage.path), path, BASE[path]) for path in changed]
        stage.commit(written, kept)
    assert contents(out) == BASE | {"mine.txt": b"mine"}
    assert siblings(out) == []


def test_completing_a_change_may_be_stopped_and_completed_again(tmp_path: Path) -> None:
    out = tmp_path / "site"
    rebuild(out, BASE)

    def fail() -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    failures, step, ended = 0, 0, False
    while not ended:
        step += 2  # steps come in pairs: looking at a place, then changing it
        rebuild(out, BASE)
        begun(out, 4)
        with pytest.MonkeyPatch.context() as patch:
            steps = stop_at(step, fail, patch)
            try:
                with publish.staged(out):
                    pass
            except PublishFailed:
                failures += 1
        ended = steps[0] < step
        readable(out, BASE, NEXT)
        settled(out, BASE, NEXT)
        assert contents(out) == NEXT
    assert failures > 10


def test_a_lock_is_removed_where_nobody_holds_it_and_stays_where_a_build_does(tmp_path: Path) -> None:
    out = tmp_path / "site"
    out.mkdir()
    key = workplace(out).key
    key.touch()
    publish.clear_lock(out)
    assert not key.exists()
    with exchange.lock(key):
        publish.clear_lock(out)
        assert key.exists()
    assert not key.exists()
