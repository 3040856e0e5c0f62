"""`check --base`: a pull request that adds a text the archive has already is told so, where GitHub shows it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

LONG = " ".join(f"Sentence {n} says that crew {n} asked for light." for n in range(40))


def release(title: str, body: str) -> str:
    front = f"title: {title}\ndate: 2012-02-08\npublisher: {title} Press\nlanguage: en\nextent: full\n"
    return f"---\n{front}---\n{body}\n"


def test_only_what_was_added_since_is_compared(tmp_path: Path, run: Callable[..., Any]) -> None:
    def git(*arguments: str) -> None:
        command = ["git", "-C", str(tmp_path), "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments]
        subprocess.run(command, check=True, capture_output=True)

    content = tmp_path / "content"
    (content / "releases").mkdir(parents=True)
    (content / "archive.toml").write_text('title = "Harbour papers"\n', encoding="utf-8")
    for name in ("one", "two"):
        (content / "releases" / f"{name}.md").write_text(release(name, LONG), encoding="utf-8")
    git("init", "--quiet", "--initial-branch", "main")
    git("add", ".")
    git("commit", "--quiet", "--message", "The archive")
    assert run("check", "--content", content, "--base", "main").out == ""

    (content / "releases" / "three.md").write_text(release("three", f"{LONG} Print this."), encoding="utf-8")
    ran = run("check", "--content", content, "--base", "main", "--format", "github")
    assert ran.code == 0
    assert ran.out.count("::warning") == 2
    assert all("releases/three.md,line=1,col=1,title=near-duplicate" in line for line in ran.out.splitlines())

    wrong = run("check", "--content", content, "--base", "nowhere")
    assert wrong.code == 2
    assert "There is no commit “nowhere”" in wrong.err
