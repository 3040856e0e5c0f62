"""`doctor` and `completion`: what is missing on this machine, and what a shell may complete."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import build
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


def completed(script: Path, words: list[str]) -> set[str]:
    """What bash offers for the last of `words`."""
    ask = f'source "{script}"; COMP_WORDS=({" ".join(repr(word) for word in words)}); COMP_CWORD={len(words) - 1}; _onrecord; '
    ask += 'printf "%s\\n" "${COMPREPLY[@]}"'
    done = subprocess.run(["bash", "-c", ask], capture_output=True, text=True, check=True, cwd=script.parent)
    assert done.stderr == ""
    return set(done.stdout.split())


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
def test_bash_completes_commands_options_and_their_values(run: Run, tmp_path: Path) -> None:
    script = tmp_path / "completion"
    script.write_text(run("completion", "bash").out, encoding="utf-8")
    assert completed(script, ["build.py", ""]) == set(build.COMMANDS)
    assert completed(script, ["build.py", "ver"]) == {"verify"}
    assert "--format" in completed(script, ["build.py", "check", "--"])
    assert completed(script, ["build.py", "check", "--format", "g"]) == {"github"}
    assert completed(script, ["build.py", "export", "z"]) == {"zip"}
    (tmp_path / "a-document.txt").write_text("", encoding="utf-8")
    assert "a-document.txt" in completed(script, ["build.py", "import", "a-"])


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_get_every_command(run: Run, shell: str) -> None:
    done = run("completion", shell)
    assert done.code == 0
    assert all(name in done.out for name in build.COMMANDS)
    if shutil.which(shell):
        assert subprocess.run([shell, "-n"], input=done.out, text=True, check=False).returncode == 0
