"""The repository holds what it should, and what works on it (git, continuous integration, an editor) finds it as it expects."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

from tests.conftest import Run

ROOT = Path(__file__).resolve().parents[2]


def test_what_is_set_up_and_built_is_not_part_of_the_repository() -> None:
    paths = [".venv/pyvenv.cfg", "site/index.html", ".cache/demo/site/index.html", "onrecord/__pycache__/x.pyc"]
    ran = subprocess.run(["git", "-C", str(ROOT), "check-ignore", *paths], capture_output=True, text=True, check=False)
    assert ran.stdout.split() == paths
    tracked = subprocess.run(["git", "-C", str(ROOT), "ls-files"], capture_output=True, text=True, check=True).stdout
    assert "site/.gitignore" in tracked.splitlines()


def test_the_script_of_continuous_integration_can_be_run() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert subprocess.run(["bash", "-n", str(ROOT / ".ci" / "run")], check=False).returncode == 0


def test_an_editor_can_mark_what_check_prints(run: Run, tmp_path: Path) -> None:
    release = tmp_path / "content" / "releases" / "2012" / "2012-02-30-pier-stays-dark.md"
    release.parent.mkdir(parents=True)
    release.write_text("---\ntitle: Pier stays dark\ndate: 2012-02-30\n---\nThe pier stays dark.\n", encoding="utf-8")
    printed = run("check", "--content", tmp_path / "content").out
    pattern = json.loads((ROOT / ".vscode" / "tasks.json").read_text("utf-8"))["tasks"][0]["problemMatcher"]["pattern"]
    matches = [re.match(pattern["regexp"], line) for line in printed.splitlines()]
    assert matches
    assert None not in matches
    places = {(match[pattern["file"]], match[pattern["line"]], match[pattern["code"]]) for match in matches if match}
    assert (release.as_posix(), "3", "bad-date") in places
