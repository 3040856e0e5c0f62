"""An import that is killed goes on where it was: nothing is drafted twice, nothing is lost, and the files are those of one that was not."""

from __future__ import annotations

import argparse
import errno
import io
import itertools
import os
import random
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from onrecord import intake, whole_file
from onrecord.command import WrongUse
from onrecord.commands import importing
from onrecord.intake import finished_records
from onrecord.intake.finished_records import Busy, FinishedRecords
from onrecord.model import Vocabularies
from tests.processes import running
from tests.unit.warm_readers import COLD, warm_readers

__all__ = ["warm_readers"]
pytestmark = pytest.mark.usefixtures("warm_readers")
# `make audit-faults` kills more.
KILLS = 8 if os.environ.get("ONRECORD_FAULTS") else 2

ROOT = Path(__file__).resolve().parents[2]
TEXT = """Harbour Watch

{date}

Ferry crews ask for {thing}

The crews of the night ferry asked today for {thing} on the pier, and for a rail along the steps that lead down to it.
They have asked for both since the winter, in {number} letters, and none of these has been answered by the harbour's office.
"""
THINGS = ("light", "lamps", "a bell", "a doctor", "rest", "pay", "coats", "a rail")


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Sixty documents: versions of one another, equal titles, the same bytes twice, empty ones, days that can be read in two ways."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(60):
        date = ("8 February 2012", "03/04/2014", "25/04/2014", "")[number % 4]
        text = "" if number % 13 == 12 else TEXT.format(date=date, thing=THINGS[number % 8], number=number // 2)
        (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")
    return folder


def command(sources: Path, content: Path, cache: Path, jobs: str = "2") -> list[str]:
    options = ["--content", content, "--cache", cache, "--jobs", jobs, "--no-setup"]
    return [sys.executable, str(ROOT / "build.py"), "import", str(sources), *map(str, options)]


def arguments(given: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    importing.add_arguments(parser)
    return parser.parse_args(given[3:])


def imported(given: list[str]) -> str:
    """What an import in this process says to the person who began it."""
    err = io.StringIO()
    importing.run(arguments(given), io.StringIO(), err)
    return err.getvalue()


def archive(folder: Path) -> Path:
    folder.mkdir()
    for name in ("names", "places", "topics"):
        (folder / f"{name}.toml").write_text("")
    return folder


def tree(content: Path) -> dict[str, bytes]:
    return {path.relative_to(content).as_posix(): path.read_bytes() for path in content.rglob("*.md")}


def test_an_import_that_is_killed_again_and_again_writes_what_one_that_is_not_killed_writes(
    sources: Path, tmp_path: Path
) -> None:
    chance = random.Random(11)  # noqa: S311
    whole, killed = archive(tmp_path / "whole"), archive(tmp_path / "killed")
    imported(command(sources, whole, tmp_path / "a"))
    expected = tree(whole)
    assert len(expected) > 40
    cache = tmp_path / "b"
    in_the_middle = 0
    for turn in range(KILLS):
        nothing = subprocess.DEVNULL
        already = len(tree(killed))
        with running(command(sources, killed, cache), stdout=nothing, stderr=nothing, stdin=nothing) as process:
            # Every other one is killed while it reads, whenever that is; the others when so many drafts are written.
            until = time.monotonic() + chance.uniform(0.3, 4) if turn % 2 else time.monotonic() + 120
            drafts = already + chance.randrange(1, 9)
            while time.monotonic() < until and process.poll() is None and len(list(killed.rglob("*.md"))) < drafts:
                time.sleep(0.002)
        in_the_middle += 0 < len(tree(killed)) < len(expected)
        assert tree(killed).items() <= expected.items(), "what is written is whole, and what it would have been"
    assert in_the_middle >= KILLS / 2
    code = importing.run(arguments(command(sources, killed, cache)), io.StringIO(), io.StringIO())
    assert code == 1, "the empty documents are refused"
    assert tree(killed) == expected
    assert not [path for path in killed.rglob("*") if path.is_file() and path.suffix not in (".md", ".toml")]
    again = imported(command(sources, killed, cache))
    assert tree(killed) == expected
    assert "0 drafts, " in again


def drafted(sources: Path, releases: Path, finished: FinishedRecords) -> list[intake.Draft]:
    files = intake.documents([str(sources)]).files
    return list(intake.drafts(files, releases, Vocabularies(), jobs=1, finished=finished))


def test_a_draft_that_somebody_has_worked_on_since_is_a_release_like_any_other(sources: Path, tmp_path: Path) -> None:
    releases = tmp_path / "releases"
    finished = FinishedRecords(tmp_path / "f.sqlite")
    files = intake.documents([str(sources)]).files
    found = intake.drafts(files, releases, Vocabularies(), jobs=1, finished=finished)
    path = next(releases / draft.path for draft in intake.written(found, releases) if draft.path)
    path.write_text(path.read_text() + "A contributor's sentence.\n")
    list(intake.written(drafted(sources, releases, finished), releases))
    finished.close()
    assert path.read_text().endswith("A contributor's sentence.\n")
    origins = [text.partition("sha256: ")[2][:66] for text in map(Path.read_text, releases.rglob("*.md"))]
    assert len(origins) == len(set(origins))


def test_what_a_stopped_run_has_written_is_given_out_as_it_was(sources: Path, tmp_path: Path) -> None:
    releases = tmp_path / "releases"
    finished = FinishedRecords(tmp_path / "f.sqlite")
    files = intake.documents([str(sources)]).files
    found = intake.drafts(files, releases, Vocabularies(), jobs=1, finished=finished)
    five = list(itertools.islice((draft for draft in found if draft.path), 5))
    written = [releases / draft.path for draft in intake.written(five, releases) if draft.path]
    again = drafted(sources, releases, finished)
    finished.close()
    assert [releases / draft.path for draft in again if draft.path and draft.written] == written
    before = {path: path.stat().st_ino for path in written}
    list(intake.written([draft for draft in again if draft.written], releases))
    assert {path: path.stat().st_ino for path in written} == before
    assert "5 of them from before this import was stopped" in counts(again)


def counts(drafts: list[intake.Draft]) -> str:
    tally = importing.DraftCounts()
    for draft in drafts:
        tally = tally.plus(draft)
    return tally.line()


def test_what_is_read_once_is_not_read_again(sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    finished = FinishedRecords(tmp_path / "f.sqlite")
    first = drafted(sources, tmp_path / "releases", finished)
    monkeypatch.setattr("onrecord.intake.workers.LocalReading", COLD)
    monkeypatch.setattr("onrecord.intake.sandbox._PROGRAM", "raise SystemExit(1)")
    assert [draft.text for draft in drafted(sources, tmp_path / "releases", finished)] == [
        draft.text for draft in first
    ]
    (sources / "00.txt").write_text("Other words.")
    with pytest.raises(intake.NotStarted):
        drafted(sources, tmp_path / "releases", finished)
    finished.close()


def test_another_program_or_another_vocabulary_has_read_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "f.sqlite"
    finished = FinishedRecords(path)
    key = finished.key("a.txt", b"words", b"told")
    finished.add(key, b"packed")
    assert len({key, finished.key("b.txt", b"words", b"told"), finished.key("a.txt", b"words", b"other")}) == 3
    finished.close()
    finished = FinishedRecords(path)
    assert finished.get(key) == b"packed"
    finished.close()
    monkeypatch.setattr(finished_records, "reader_digest", lambda: b"another")
    finished = FinishedRecords(path)
    assert finished.get(key) is None
    finished.close()


def test_a_damaged_file_is_made_again_and_one_in_use_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "f.sqlite"
    path.write_bytes(b"no database at all" * 100)
    finished = FinishedRecords(path)
    finished.add(b"key", b"packed")
    with pytest.raises(Busy):
        FinishedRecords(path)
    finished.close()
    again = FinishedRecords(path)
    assert again.get(b"key") == b"packed"
    again.close()


def test_an_import_without_a_cache_says_so_and_goes_on(sources: Path, tmp_path: Path) -> None:
    content = archive(tmp_path / "content")
    (tmp_path / "file").write_text("no folder")
    assert "cannot be written" in imported(command(sources, content, tmp_path / "file" / "cache", jobs="1"))
    assert len(tree(content)) > 40


def test_the_end_of_an_import_says_what_is_asked_most(sources: Path, tmp_path: Path) -> None:
    content = archive(tmp_path / "content")
    words = imported(command(sources, content, tmp_path / "cache", jobs="1"))
    assert "Asked most:\n  " in words
    assert "python build.py review" in words
    assert words.startswith("12.txt: refused")


def test_a_full_disk_is_said_in_one_line_and_the_same_command_goes_on(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = archive(tmp_path / "content")
    given = arguments(command(sources, content, tmp_path / "cache", jobs="1"))
    write = whole_file.write_all

    def write_some(root: Path, files: Mapping[str, bytes], *, replace: bool) -> None:
        if len(tree(content)) + len(files) > 7:
            raise OSError(errno.ENOSPC, "No space left on device", str(root / "2012"))
        write(root, files, replace=replace)

    monkeypatch.setattr(whole_file, "write_all", write_some)
    with pytest.raises(
        WrongUse, match=r"^Stopped: .*2012 cannot be written \(No space left on device\)\. No draft is half-written\."
    ):
        importing.run(given, io.StringIO(), io.StringIO())
    assert 3 < len(tree(content)) <= 7
    written = len(tree(content))
    monkeypatch.setattr(whole_file, "write_all", write)
    err = io.StringIO()
    importing.run(given, io.StringIO(), err)
    assert f"{written} of them from before this import was stopped" in err.getvalue()
