"""`make reproduce` builds twice in surroundings that have nothing in common, and finds a byte that depends on them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT
from tests.trust.archives import small_archive


def reproduce(program: Path, content: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(program / "benchmarks" / "reproduce.py"), "--content", str(content), *options]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)


def test_two_builds_in_other_surroundings_are_the_same_bytes(tmp_path: Path) -> None:
    ran = reproduce(ROOT, small_archive(tmp_path).content)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "0 differ" in ran.stdout
    if os.name == "posix" and os.geteuid() == 0 and shutil.which("setpriv"):
        assert "Not by another user" not in ran.stdout


def test_a_byte_that_depends_on_the_surroundings_is_found(tmp_path: Path) -> None:
    program = tmp_path / "program"
    program.mkdir()
    for name in ("onrecord", "templates", "benchmarks"):
        shutil.copytree(ROOT / name, program / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("build.py", "requirements.txt"):
        shutil.copy(ROOT / name, program / name)
    hosting = program / "onrecord" / "makers" / "hosting.py"
    text = hosting.read_text("utf-8")
    # Of each of these one byte may depend: all are looked at in the same two builds.
    words = ("TZ", "PYTHONHASHSEED", "LC_ALL")
    told = f'import os\n        return "\\n".join(os.environ[word] for word in {words}).encode()'
    hosting.write_text(text.replace('return b""', told), "utf-8")
    ran = reproduce(program, small_archive(tmp_path / "archive").content, "--keep")
    assert ran.returncode == 1, ran.stderr
    assert ".nojekyll: differs" in ran.stdout
    kept = Path(ran.stdout.splitlines()[-1])
    try:
        one, other = (file.read_text("utf-8").splitlines() for file in kept.rglob(".nojekyll"))
    finally:
        shutil.rmtree(kept)
    assert len(one) == len(other) == len(words)
    assert [word for word, first, second in zip(words, one, other, strict=True) if first == second] == []
