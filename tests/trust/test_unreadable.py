"""What a person may not read is named, and the rest of the archive goes on."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord import whole_file

ROOT = Path(__file__).parents[2]
RELEASE = "---\ntitle: Ferry {}\ndate: 2012-02-08\npublisher: Harbour Watch\nlanguage: en\nextent: full\nstatus: {}\n---\nText {}.\n"
# root may read everything, but where it gives that right up.
UNPRIVILEGED = (
    ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all")
    if hasattr(os, "geteuid") and os.geteuid() == 0
    else ()
)
pytestmark = pytest.mark.skipif(
    os.name != "posix" or (bool(UNPRIVILEGED) and shutil.which("setpriv") is None), reason="every file may be read here"
)


@pytest.fixture
def content(tmp_path: Path) -> Iterator[Path]:
    content = tmp_path / "content"
    year = content / "releases" / "2012"
    year.mkdir(parents=True)
    (content / "archive.toml").write_text('title = "H"\n', encoding="utf-8")
    for letter, status in (("a", "draft"), ("b", "draft"), ("c", "published")):
        (year / f"2012-02-08-{letter}.md").write_text(RELEASE.format(letter, status, letter), encoding="utf-8")
    (year / "2012-02-08-b.md").chmod(0)
    yield content
    for path in sorted(content.rglob("*")):
        path.chmod(0o755)


def ran(*arguments: object) -> tuple[int, str]:
    command = [*UNPRIVILEGED, sys.executable, str(ROOT / "build.py"), *map(str, arguments)]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    return run.returncode, run.stdout + run.stderr


def test_a_release_that_may_not_be_read_is_one_problem_beside_the_others(content: Path, tmp_path: Path) -> None:
    (content / "releases" / "2012" / "2012-02-08-d.md").write_text("no front matter\n", encoding="utf-8")
    code, said = ran("check", "--content", content, "--cache", tmp_path / "cache")
    assert code == 1
    assert "2012-02-08-b.md:1:1: unreadable This file may not be read by you" in said
    assert "2012-02-08-d.md:1:1: no-front-matter" in said
    assert "2 errors in 2 files" in said


@pytest.mark.parametrize("folder", ["releases/2013", "pages", "files", "releases"])
def test_a_folder_that_may_not_be_read_is_one_problem_beside_the_others(
    folder: str, content: Path, tmp_path: Path
) -> None:
    (content / folder).mkdir(exist_ok=True)
    (content / "topics.toml").write_text("a = [", encoding="utf-8")
    for mode in (0, 0o444):
        (content / folder).chmod(mode)
        code, said = ran("check", "--content", content, "--cache", tmp_path / "cache")
        assert code == 1
        assert f"{folder}:1:1: unreadable This folder may not be read by you" in said
        assert "topics.toml:1:" in said


def test_a_vocabulary_that_may_not_be_read_is_one_problem(content: Path, tmp_path: Path) -> None:
    (content / "topics.toml").touch(mode=0)
    code, said = ran("check", "--content", content, "--cache", tmp_path / "cache")
    assert code == 1
    assert "topics.toml:1:1: unreadable This file may not be read by you" in said
    assert "2012-02-08-b.md:1:1: unreadable" in said


def test_review_names_and_table_read_the_others(content: Path) -> None:
    code, said = ran("review", "--content", content)
    assert "2012-02-08-b.md:1:1: unreadable" in said
    assert "in 3 releases" in said
    code, said = ran("names", "--content", content)
    assert "Harbour Watch" in said
    code, said = ran("table", "--content", content)
    assert code == 1
    assert "2012-02-08-b.md:1:1: unreadable" in said


def test_an_import_beside_a_release_that_may_not_be_read_goes_on(content: Path, tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text("Harbour Watch\n\n9 May 2013\n\nFerry crews ask for lamps\n\nThe crews ask for lamps.\n", "utf-8")
    code, said = ran("import", text, "--content", content, "--cache", tmp_path / "cache", "--jobs", 1)
    assert code == 0, said
    assert len(list(content.rglob("*-ferry-crews-ask-for-lamps.md"))) == 1


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "x cannot be written (No space left on device). No file is half-written. Make room there, and"),
        (errno.EACCES, "x cannot be read or written (Permission denied). No file is half-written. Allow yourself to"),
        (errno.EIO, "x cannot be written (Input/output error). No file is half-written. Mend that"),
    ],
)
def test_what_is_to_be_done_follows_from_what_the_system_says(number: int, sentence: str) -> None:
    assert whole_file.stopped(OSError(number, os.strerror(number), "x"), "y").startswith(sentence)


def test_an_import_into_a_folder_that_may_not_be_written_asks_for_no_room(content: Path, tmp_path: Path) -> None:
    (content / "releases" / "2012" / "2012-02-08-b.md").unlink()
    (content / "releases").chmod(0o555)
    text = tmp_path / "text.txt"
    text.write_text("Harbour Watch\n\n9 May 2013\n\nFerry crews ask for lamps\n\nThe crews ask for lamps.\n", "utf-8")
    code, said = ran("import", text, "--content", content, "--cache", tmp_path / "cache", "--jobs", 1)
    assert code == 2
    assert "cannot be read or written (Permission denied)" in said
    assert "room" not in said
