"""`propose`: the step that has rights takes drafts of the right form, and nothing else that lies in its folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onrecord.command import WrongUse
from onrecord.commands import proposal
from onrecord.commands.proposal import Proposal

Run = Callable[..., Any]
ROOT = Path(__file__).resolve().parents[2]
DRAFT = b'---\ntitle: "Ferry crews ask for light"\nstatus: "draft"\n---\nThe crews asked for light.\n'
PATH = "2012/2012-02-08-ferry-crews-ask-for-light.md"


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """What `receive` left of issue 12."""
    proposal.write(tmp_path / "kept", Proposal(12, ((PATH, DRAFT),), "One draft.\n~~~~ $(touch here) @all\n"))
    return tmp_path / "kept"


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """A repository with the content on its branch main, a remote, and a `gh` that does nothing; gives `git`, whose output it returns."""
    tools, remote = tmp_path / "tools", tmp_path / "remote.git"
    tools.mkdir()
    (tools / "gh").write_text(
        f'#!/bin/sh\nprintf "%s\\n" "$@" >> {tmp_path}/said.txt\n[ "$1" = pr ] && cat >> {tmp_path}/said.txt\nexit 0\n',
        encoding="utf-8",
    )
    (tools / "gh").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "content" / "releases").mkdir(parents=True)
    (tmp_path / "content" / "archive.toml").write_text('title = "Harbour papers"\n', encoding="utf-8")

    def git(*arguments: str) -> str:
        identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        return subprocess.run(["git", *identity, *arguments], capture_output=True, text=True, check=True).stdout

    git("init", "--quiet", "--bare", str(remote))
    git("init", "--quiet", "--initial-branch", "main")
    git("add", "content")
    git("commit", "--quiet", "--message", "The archive")
    git("remote", "add", "origin", str(remote))
    git("push", "--quiet", "origin", "main")
    return git


def test_a_draft_is_proposed_on_a_branch_of_its_own(
    git: Callable[..., str], kept: Path, run: Run, tmp_path: Path
) -> None:
    remote = tmp_path / "remote.git"
    (tmp_path / "content" / "unsaved.txt").write_text("somebody's work", encoding="utf-8")
    done = run("propose", kept, "--issue", "12")
    assert done.code == 0, done.err
    assert git("--git-dir", str(remote), "branch", "--list").split() == ["main", "release-from-issue-12"]
    changed = git("--git-dir", str(remote), "show", "--name-only", "--format=%s", "release-from-issue-12").split("\n")
    assert changed == ["Draft from issue 12", "", f"content/releases/{PATH}", ""]
    said = (tmp_path / "said.txt").read_text("utf-8")
    assert "create\n--draft\n--head\nrelease-from-issue-12\n" in said
    assert "sent in with #12" in said
    assert "~~~~~~~text\nOne draft.\n~~~~ $(touch here) @all\n~~~~~~~\n" in said
    assert not (tmp_path / "here").exists()
    # The branch is on GitHub; here there is none, and the archive is as it was.
    assert git("branch", "--list").split() == ["*", "main"]
    assert git("status", "--porcelain", "content") == "?? content/unsaved.txt\n"
    again = run("propose", kept)
    assert again.code == 2
    assert "Issue 12 was received before: its draft is on the branch release-from-issue-12." in again.err
    assert git("branch", "--list").split() == ["*", "main"]


def test_a_pull_request_that_cannot_be_opened_leaves_nothing(
    git: Callable[..., str], kept: Path, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "tools" / "gh").write_text('#!/bin/sh\n[ "$1" != pr ]\n', encoding="utf-8")
    done = run("propose", kept)
    assert done.code == 2
    assert "gh pr create failed" in done.err
    assert git("branch", "--list").split() == ["*", "main"]
    assert git("ls-remote", "--heads", "origin", "release-from-issue-12") == ""
    assert git("status", "--porcelain", "content") == ""


def test_a_long_report_is_cut_to_what_github_takes(
    git: Callable[..., str], tmp_path: Path, run: Run, kept: Path
) -> None:
    proposal.write(kept, Proposal(12, ((PATH, DRAFT),), "x" * 300_000 + "\ud800\x1b[31m\n"))
    assert run("propose", kept).code == 0
    assert len((tmp_path / "said.txt").read_text("utf-8")) < 60_000


def test_a_file_that_is_there_is_never_replaced(git: Callable[..., str], kept: Path, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "content" / "releases" / PATH
    path.parent.mkdir()
    path.write_text("an older release", encoding="utf-8")
    done = run("propose", kept)
    assert (done.code, path.read_text("utf-8")) == (2, "an older release")
    assert "is there already" in done.err


def test_another_issue_is_not_proposed(git: Callable[..., str], kept: Path, run: Run) -> None:
    done = run("propose", kept, "--issue", "13")
    assert done.code == 2
    assert git("ls-remote", "--heads", "origin").split()[1::2] == ["refs/heads/main"]


@pytest.mark.parametrize(
    "path",
    [
        "../../.github/workflows/check.md",
        "2012/../../../x.md",
        "/etc/x.md",
        "2012/x.toml",
        "2012/.md",
        "2012/-x.md",
        "2012/a b.md",
        "2012/x.md\n",
        "2012\\x.md",
        "2012/a/b.md",
        "x/2012-a.md",
        "2012/" + "a" * 300 + ".md",
        "2012/e\u0301.md",
        12,
        None,
        ["2012/x.md"],
    ],
)
def test_a_path_that_is_none_of_a_release_is_refused(kept: Path, path: object) -> None:
    told = json.loads((kept / "proposal.json").read_text("utf-8"))
    told["drafts"][0]["path"] = path
    (kept / "proposal.json").write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(WrongUse, match="none of a release"):
        proposal.read(kept)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[" * 100_000,
        "[]",
        "{}",
        '{"issue": 12, "drafts": [], "report": ""}',
        '{"issue": true, "drafts": [1], "report": ""}',
        '{"issue": -1, "drafts": [1], "report": ""}',
        '{"issue": 12, "drafts": [1], "report": 1}',
        '{"issue": 12, "drafts": [1], "report": ""}',
        '{"issue": 12, "drafts": [{"path": "2012/x.md", "sha256": "0"}], "report": "", "more": 1}',
        '{"issue": 12, "drafts": [{"path": "2012/x.md", "sha256": "0"}], "report": ""}',
        '{"issue": 12, "drafts": [' + "1," * 100 + '1], "report": ""}',
    ],
)
def test_a_list_of_another_form_is_refused_in_one_line(kept: Path, run: Run, text: str, tmp_path: Path) -> None:
    (kept / "proposal.json").write_text(text, encoding="utf-8")
    done = run("propose", kept)
    assert done.code == 2
    assert "This is not a proposal that `receive` has made" in done.err
    assert done.err.count("\n") == 1


def test_what_is_no_draft_or_a_link_is_refused(kept: Path, tmp_path: Path) -> None:
    proposal.write(kept, Proposal(12, ((PATH, DRAFT.replace(b"draft", b"published")),), ""))
    with pytest.raises(WrongUse, match="not marked as a draft"):
        proposal.read(kept)
    secret = tmp_path / "secret.txt"
    secret.write_bytes(DRAFT)
    proposal.write(kept, Proposal(12, ((PATH, DRAFT),), ""))
    (kept / "draft-1.md").unlink()
    (kept / "draft-1.md").symlink_to(secret)
    with pytest.raises(WrongUse, match="there is no file"):
        proposal.read(kept)


def test_it_needs_nothing_but_python(kept: Path, tmp_path: Path) -> None:
    """The step that has rights installs nothing: a package could use them."""
    done = subprocess.run(
        [
            sys.executable,
            "-I",
            "-S",
            "-c",
            f"import sys; sys.path.insert(0, {str(ROOT)!r}); sys.argv = ['build.py', 'propose', {str(kept)!r}];"
            f"import runpy; runpy.run_path({str(ROOT / 'build.py')!r}, run_name='__main__')",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "git ls-remote --heads failed" in done.stderr
