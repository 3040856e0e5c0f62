"""`export zip`: the whole site in one file, the same bytes each time, and nothing that no build has written."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.fixture
def site(tmp_path: Path, run: Run) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "archive.toml").write_text('title = "Harbour papers"\n', encoding="utf-8")
    assert run("build", "--content", tmp_path / "content", "--out", tmp_path / "site", "--no-search").code == 0
    return tmp_path / "site"


def export(run: Run, site: Path, out: Path) -> Any:
    return run("export", "zip", "--content", site.parent / "content", "--site", site, "--out", out)


def test_the_same_site_gives_the_same_bytes(site: Path, tmp_path: Path, run: Run) -> None:
    first, second = tmp_path / "first.zip", tmp_path / "second.zip"
    assert export(run, site, first).code == 0
    for file in site.rglob("*"):
        os.utime(file, (1_000_000_000, 1_000_000_000))
        file.chmod(0o700)
    (site / "notes-of-mine.txt").write_text("not for others", encoding="utf-8")
    done = export(run, site, second)
    assert "Left out, because no build has written it: notes-of-mine.txt." in done.err
    assert first.read_bytes() == second.read_bytes()


def test_it_unpacks_into_one_folder_that_is_the_site(site: Path, tmp_path: Path, run: Run) -> None:
    export(run, site, tmp_path / "site.zip")
    with zipfile.ZipFile(tmp_path / "site.zip") as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path / "there")
    assert [path.name for path in (tmp_path / "there").iterdir()] == ["harbour-papers"]
    unpacked = tmp_path / "there" / "harbour-papers"
    assert run("verify", unpacked).code == 0
    assert (unpacked / "index.html").read_bytes() == (site / "index.html").read_bytes()


def test_a_changed_site_is_refused_and_an_earlier_file_stays(site: Path, tmp_path: Path, run: Run) -> None:
    out = tmp_path / "site.zip"
    export(run, site, out)
    before = out.read_bytes()
    (site / "index.html").write_text("somebody else's words", encoding="utf-8")
    done = export(run, site, out)
    assert done.code == 2
    assert "is not as its build wrote it (0 missing, 1 changed" in done.err
    assert out.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix == ".part") == []


@pytest.mark.parametrize(
    ("where", "words"), [("site/in.zip", "lies in the site itself"), ("none/in.zip", "No such file")]
)
def test_a_place_that_cannot_be_written_is_said_in_one_line(
    site: Path, tmp_path: Path, run: Run, where: str, words: str
) -> None:
    done = export(run, site, tmp_path / where)
    assert done.code == 2
    assert words in done.err
    assert done.err.count("\n") == 1
