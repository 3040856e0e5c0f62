"""`build.py clean` makes a copy that gives nobody away and says what it did; `check` refuses a file until it is such a copy."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import sys
import time
from pathlib import Path

import pytest

from onrecord import attachments, guarded, published_files, read
from onrecord.disclosure import confined
from onrecord.guarded import Allowance
from onrecord.moments import Moment
from onrecord.store import Store
from tests.conftest import Run
from tests.sites import builders
from tests.unit import disclosing_files as files


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with an archive of one release in `content`."""
    builders.begin(tmp_path)
    builders.put(tmp_path / "content", builders.NAME)
    (tmp_path / "content" / "files").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


CASES = [
    ("photo.jpg", files.photograph(), []),
    ("letter.docx", files.word(), ["--reject-changes", "--drop-comments", "--drop-hidden"]),
    ("notice.pdf", files.pdf(), ["--drop-comments", "--drop-attachments"]),
    ("letter.odt", files.opendocument(), ["--accept-changes", "--drop-comments", "--drop-hidden"]),
]


@pytest.mark.parametrize(("name", "data", "options"), CASES)
def test_a_file_is_refused_cleaned_and_accepted(
    name: str, data: bytes, options: list[str], archive: Path, run: Run
) -> None:
    path = archive / "content" / "files" / name
    path.write_bytes(data)
    builders.name_files(archive / "content")
    ran = run("check")
    assert ran.code == 1
    assert f"content/files/{name}:1:1: file-gives-away The file carries " in ran.out
    assert f"python build.py clean content/files/{name}" in ran.out
    cleaned = run("clean", path, "--out", archive / f"clean-{name}", *options)
    assert (cleaned.code, cleaned.err) == (0, "")
    copy = (archive / f"clean-{name}").read_bytes()
    assert path.read_bytes() == data
    for each in (data, copy):
        assert hashlib.sha256(each).hexdigest() in cleaned.out
    assert "removed: the name of a person or organization" in cleaned.out
    assert f"The original, which is kept, has the SHA-256 {hashlib.sha256(data).hexdigest()}." in cleaned.out
    assert files.PERSON in cleaned.out
    path.write_bytes(copy)
    builders.name_files(archive / "content")
    assert (run("check").code, run("build", "--no-search").code) == (0, 0)


def test_a_site_is_not_built_while_a_file_gives_somebody_away(archive: Path, run: Run) -> None:
    (archive / "content" / "files" / "photo.jpg").write_bytes(files.photograph())
    builders.name_files(archive / "content")
    ran = run("build", "--no-search")
    assert ran.code == 1
    assert "Nothing was written" in ran.err
    assert not (archive / "site").exists()


def test_what_a_person_has_to_decide_is_asked_and_nothing_is_written(archive: Path, run: Run) -> None:
    path = archive / "letter.docx"
    path.write_bytes(files.word())
    ran = run("clean", path)
    assert ran.code == 1
    assert not any(line.startswith("removed:") for line in ran.out.splitlines())
    assert "would be removed: the position (GPS) (word/media/image1.jpeg: Exif): GPSLatitude: 34/1 44/1 0/1" in ran.out
    assert "stays: comments (word/comments.xml): Ann Example" in ran.out
    assert "--accept-changes or --reject-changes, --drop-comments, --drop-hidden" in ran.err
    assert sorted(file.name for file in archive.iterdir()) == ["content", "letter.docx"]


def test_what_no_program_sees_is_said(archive: Path, run: Run) -> None:
    (archive / "notice.pdf").write_bytes(files.pdf())
    ran = run("clean", "notice.pdf", "--dry-run")
    assert "must go: the name of a person or organization (document information): Author: Ann Example" in ran.out
    assert "not checked: text below what is drawn over it" in ran.out
    (archive / "photo.jpg").write_bytes(files.photograph())
    assert "the dots of printers" in run("clean", "photo.jpg").out
    assert (archive / "photo-clean.jpg").is_file()


def test_a_copy_never_takes_the_place_of_another_file(archive: Path, run: Run) -> None:
    (archive / "photo.jpg").write_bytes(files.photograph())
    (archive / "photo-clean.jpg").write_bytes(b"something else")
    ran = run("clean", "photo.jpg")
    assert (ran.code, (archive / "photo-clean.jpg").read_bytes()) == (2, b"something else")
    assert "is there already" in ran.err
    assert "the file itself" in run("clean", "photo.jpg", "--out", "photo.jpg").err
    assert (archive / "photo.jpg").read_bytes() == files.photograph()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (files.photograph()[:300], "The file is not a whole JPEG file"),
        (b"ID3\x04" + bytes(40), "What a sound (MP3) carries is not looked into."),
        (b"%PDF-1.7\nnothing", "The file is not a whole PDF file"),
    ],
)
def test_what_cannot_be_cleaned_is_one_line(data: bytes, words: str, archive: Path, run: Run) -> None:
    (archive / "a").write_bytes(data)
    ran = run("clean", "a")
    assert (ran.code, ran.out) == (1, "")
    assert words in ran.err
    assert ran.err.count("\n") == 1


def test_a_file_that_carries_nothing_needs_no_copy(archive: Path, run: Run) -> None:
    (archive / "a.jpg").write_bytes(files.jpeg())
    ran = run("clean", "a.jpg")
    assert (ran.code, ran.err) == (0, "a.jpg carries nothing that would have to go. Nothing was written.\n")
    assert run("clean", "nowhere.jpg").code == 2


def test_a_file_that_has_not_changed_is_not_read_again(
    archive: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = archive / "content" / "files" / "photo.jpg"
    path.write_bytes(files.photograph())
    builders.name_files(archive / "content")
    os.utime(path, (10**9, 10**9))
    first = run("check")

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a file was looked into again")

    monkeypatch.setattr(guarded, "answers", refuse)
    assert run("check") == first
    os.utime(path, (10**9 + 5, 10**9 + 5))
    assert run("check") == first
    path.unlink()
    builders.name_files(archive / "content")
    assert run("check").code == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts the memory of a process")
def test_a_file_whose_reader_wants_too_much_memory_is_named_and_the_others_are_looked_into(
    archive: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(confined, "ALLOWANCE", Allowance(memory=64 * 1024**2))
    (archive / "content" / "files" / "bomb.docx").write_bytes(
        files.word(files.BODY, **{"word/more.xml": bytes(150 * 1024**2)})
    )
    (archive / "content" / "files" / "photo.jpg").write_bytes(files.photograph())
    builders.name_files(archive / "content")
    ran = run("check")
    assert ran.code == 1
    message = "too-complex Looking into the file takes more memory than a file may take."
    assert f"content/files/bomb.docx:1:1: {message}" in ran.out
    assert "content/files/photo.jpg:1:1: file-gives-away" in ran.out
    cleaned = run("clean", archive / "content" / "files" / "bomb.docx")
    assert (cleaned.code, "more memory than a file may take" in cleaned.err) == (1, True)


def test_a_file_that_no_release_publishes_is_warned_of(archive: Path) -> None:
    """The repository is read as well as the site."""
    (archive / "content" / "files" / "a.jpg").write_bytes(files.photograph())
    (archive / "content" / "files" / "b.jpg").write_bytes(files.photograph())
    store = Store(archive / "store.sqlite", b"1")
    now = Moment(dt.date(2012, 2, 8), time.time_ns())
    scan = read.scan(archive / "content")
    measured = attachments.inventory(scan, store, now)[0].measured
    found = published_files.problems(measured, store, published={"files/a.jpg"})
    assert [(problem.path, problem.level) for problem in found] == [
        ("files/a.jpg", "error"),
        ("files/b.jpg", "warning"),
    ]
    assert "whoever reads the repository has it" in found[1].message
    store.close()


def test_nothing_of_what_a_file_carries_is_kept_between_runs(archive: Path, run: Run) -> None:
    (archive / "content" / "files" / "photo.jpg").write_bytes(files.photograph())
    builders.name_files(archive / "content")
    run("check", "--cache", archive / "cache")
    kept = b"".join(path.read_bytes() for path in (archive / "cache").iterdir())
    assert b"file-gives-away" in kept
    for word in (files.PERSON, files.SERIAL):
        assert word.encode() not in kept
