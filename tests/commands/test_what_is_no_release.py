"""What lies among the releases and is none — a pipe, a folder, a link, folders in each other without end — is no draft to any command."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import run_here
from tests.unit.warm_readers import warm_readers

__all__ = ["warm_readers"]
pytestmark = [
    pytest.mark.usefixtures("warm_readers"),
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes among files"),
]

QUESTION = 'review:\n  - field: "publisher"\n    question: "Who published it?"\n'
DRAFT = f"""---
title: "Ferry crews ask for light"
language: "en"
extent: "full"
status: "draft"
{QUESTION}---
The crews of the night ferry asked today for light on the pier.
"""
LETTER = "Harbour Watch\n\n8 February 2012\n\nFerry crews ask for lamps\n\nThe crews of the night ferry asked for lamps on the pier.\n"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Content with one draft, beside a letter that becomes another."""
    content = tmp_path / "content"
    (content / "releases" / "undated").mkdir(parents=True)
    (content / "archive.toml").write_text('title = "Harbour"\n', encoding="utf-8")
    (content / "releases" / "undated" / "undated-ferry-crews.md").write_text(DRAFT, encoding="utf-8")
    (tmp_path / "letter.txt").write_text(LETTER, encoding="utf-8")
    return content


@pytest.mark.parametrize(
    "command",
    [
        ["review", "--all-like", "publisher"],
        ["names"],
        ["import", "{folder}/letter.txt", "--dry-run", "--jobs", "1", "--no-setup", "--cache", "{folder}/cache"],
    ],
    ids=lambda command: command[0],
)
def test_a_command_says_what_it_says_without_them(content: Path, command: list[str]) -> None:
    given = [word.format(folder=content.parent) for word in command] + ["--content", str(content)]
    before = run_here(given)
    assert before.code == (1 if command[0] == "review" else 0), before.err
    releases = content / "releases"
    os.mkfifo(releases / "undated" / "undated-a-pipe.md")
    (releases / "undated" / "undated-a-folder.md").mkdir()
    (releases / "undated" / "undated-a-link.md").symlink_to("/dev/zero")
    (releases / "2011").symlink_to(releases / "undated")
    _deep(releases / "deep")
    after = run_here(given)
    subprocess.run(["rm", "-rf", releases / "deep"], check=True)  # deeper than Python removes
    assert (after.code, after.out, after.err) == (before.code, before.out, before.err)


def test_a_draft_does_not_take_the_name_of_a_pipe(content: Path) -> None:
    (content / "releases" / "2012").mkdir()
    os.mkfifo(content / "releases" / "2012" / "2012-02-08-ferry-crews-ask-for-lamps.md")
    there = ["--content", str(content), "--cache", str(content.parent / "cache")]
    ran = run_here(["import", str(content.parent / "letter.txt"), "--jobs", "1", "--no-setup", *there])
    assert "letter.txt → " in ran.out
    assert "2012-02-08-ferry-crews-ask-for-lamps-2.md" in ran.out
    assert (content / "releases" / "2012" / "2012-02-08-ferry-crews-ask-for-lamps.md").is_fifo()


def _deep(folder: Path) -> None:
    """A folder with 1,200 others in each other."""
    folder.mkdir()
    handle = os.open(folder, os.O_RDONLY)
    for _ in range(1_200):
        os.mkdir("d", dir_fd=handle)
        inner = os.open("d", os.O_RDONLY, dir_fd=handle)
        os.close(handle)
        handle = inner
    os.close(handle)
