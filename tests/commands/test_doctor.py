"""`doctor`: what is missing on this machine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from onrecord.commands import doctor

Run = Callable[..., Any]
ROOT = Path(__file__).resolve().parents[2]


def test_the_doctor_finds_this_machine_well(run: Run) -> None:
    done = run("doctor", "--content", ROOT / "content")
    assert done.code == 0, done.out
    assert "missing" not in done.out
    assert "about.md has a place that its maintainer must fill in." in done.out


def test_the_doctor_names_libraries_that_are_missing_or_different(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.txt"
    lock.write_text(
        "jinja2==0.0.1 \\\n    --hash=sha256:0\n"
        "no-such-library==1.0 \\\n"
        "only-elsewhere==1.0 ; sys_platform == 'no-such-system' \\\n"
        "only-before==1.0 ; python_full_version < '3.5' \\\n"
        "needed-here==1.0 ; python_full_version >= '3.5' \\\n",
        encoding="utf-8",
    )
    found = list(doctor.differing(lock))
    assert len(found) == 3
    assert found[0].startswith("jinja2 is ")
    assert found[0].endswith(", the lock has 0.0.1")
    assert found[1:] == ["no-such-library is not installed", "needed-here is not installed"]


def test_the_doctor_says_what_an_archive_lacks(run: Run, tmp_path: Path) -> None:
    done = run("doctor", "--content", tmp_path / "nothing")
    assert done.code == 1
    assert "There is no folder" in done.out
