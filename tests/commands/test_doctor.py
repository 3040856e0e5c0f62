"""`doctor`: what is missing on this machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.commands import installation
from onrecord.intake.formats import outside
from tests.conftest import Run


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The content of an archive that was just begun."""
    (tmp_path / "content" / "pages").mkdir(parents=True)
    (tmp_path / "content" / "archive.toml").write_text('title = "Harbour papers"\n', encoding="utf-8")
    about = "---\ntitle: About\n---\nTo be filled in by the maintainer: who runs this archive.\n"
    (tmp_path / "content" / "pages" / "about.md").write_text(about, encoding="utf-8")
    return tmp_path / "content"


def test_the_doctor_finds_this_machine_well(run: Run, content: Path) -> None:
    done = run("doctor", "--content", content)
    assert done.code == 0, done.out
    assert "missing" not in done.out
    assert "every library for `import`, in the version of the lock" in done.out
    assert "about.md has a place that its maintainer must fill in." in done.out


def test_an_archive_can_be_built_without_what_import_needs(
    run: Run, content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = tmp_path / "requirements-import.txt"
    lock.write_text("no-such-library==1.0 \\\n", encoding="utf-8")
    monkeypatch.setattr(installation, "IMPORTING", lock)
    done = run("doctor", "--content", content)
    assert done.code == 0, done.out
    assert "note  For `import`: no-such-library is not installed. The first `import` installs it" in done.out


def test_the_doctor_says_what_an_archive_lacks(run: Run, tmp_path: Path) -> None:
    done = run("doctor", "--content", tmp_path / "nothing")
    assert done.code == 1
    assert "There is no folder" in done.out


def test_the_doctor_says_which_documents_other_programs_read(
    run: Run, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outside, "installed", lambda: outside.Installed(("tesseract", "catdoc"), ("ara", "eng")))
    printed = run("doctor", "--content", content).out
    assert "ok  Tesseract, which reads pictures of text for `import`, in: ara, eng" in printed
    assert "ok  catdoc, which reads old Word files for `import`" in printed
    monkeypatch.setattr(outside, "installed", outside.Installed)
    done = run("doctor", "--content", content)
    assert done.code == 0
    assert "note  Tesseract is not installed: `import` refuses pictures of text and scanned PDF" in done.out
    assert "note  Nothing is there that reads old Word files for `import` (antiword, catdoc)." in done.out


def test_the_doctor_says_whether_a_zim_file_can_be_written(
    run: Run, content: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "zimwriterfs"
    for there, words in (
        (True, "ok  zimwriterfs, with which"),
        (False, "note  zimwriterfs is not installed: `export zim`"),
    ):
        if there:
            program.write_text("")
            program.chmod(0o700)
        else:
            program.unlink()
        monkeypatch.setenv("PATH", str(tmp_path))
        assert words in run("doctor", "--content", content).out
