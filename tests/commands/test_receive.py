"""`receive`: what a stranger wrote into the issue form becomes a draft or is refused, and is never more than text."""

from __future__ import annotations

import argparse
import io
import json
import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from onrecord.commands import loading, receive
from onrecord.model import Card, Text

Run = Callable[..., Any]
ROOT = Path(__file__).resolve().parents[2]
TEXT = """Harbour Watch

8 February 2012

Ferry crews ask for light

The crews of the night ferry asked today for light on the pier, and for a rail along the steps that lead down to it.
"""


ATTACHED = "https://github.com/user-attachments/files/21/release.txt"


def body(
    text: str = TEXT, address: str = "https://harbour.example/light", fence: str = "```", files: str = "_No response_"
) -> str:
    """An issue's body as the form writes it."""
    text = text if text == "_No response_" else f"{fence}text\n{text}\n{fence}"
    return (
        f"### Address\n\n{address}\n\n### Archived copy\n\n_No response_\n\n"
        f"### May the text be republished here?\n\nI do not know\n\n### Files\n\n{files}\n\n### The text\n\n{text}\n"
    )


@pytest.fixture
def content(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "archive.toml").write_text('title = "Harbour papers"\n', encoding="utf-8")
    for name in ("topics", "places", "names"):
        (tmp_path / "content" / f"{name}.toml").write_text("", encoding="utf-8")
    return tmp_path / "content"


def event(content: Path, text: Any, number: Any = 12) -> Path:
    file = content.parent / "event.json"
    file.write_text(json.dumps({"issue": {"number": number, "body": text, "title": "$(id)"}}), encoding="utf-8")
    return file


@dataclass(frozen=True)
class Archive:
    """What a content folder holds: its releases with their texts, and its problems as they are printed."""

    releases: tuple[tuple[Card, Text], ...]
    problems: tuple[str, ...]


def archive(content: Path) -> Archive:
    parser = argparse.ArgumentParser()
    loading.add_arguments(parser)
    with loading.loaded(parser.parse_args(["--content", str(content)]), io.StringIO()) as files:
        releases = tuple(
            (checked.listed, files.text(checked)) for checked in files.checked if isinstance(checked.listed, Card)
        )
        return Archive(releases, tuple(f"{problem.path}: {problem.message}" for problem in files.problems))


def test_what_the_form_asks_is_what_is_read() -> None:
    form = yaml.safe_load((ROOT / ".github" / "ISSUE_TEMPLATE" / "release.yml").read_text("utf-8"))
    labels = tuple(field["attributes"]["label"] for field in form["body"] if field["type"] != "markdown")
    assert labels == receive.QUESTIONS
    assert form["body"][-1]["attributes"]["render"] == "text"


def test_a_text_becomes_a_draft_with_its_address_and_a_question_on_rights(content: Path, run: Run) -> None:
    done = run("receive", event(content, body()), "--content", content)
    assert done.code == 0, done.err
    ((card, text),) = archive(content).releases
    assert card.status == "draft"
    assert card.title == "Ferry crews ask for light"
    assert card.date.edtf == "2012-02-08"
    assert text.origin.url == "https://harbour.example/light"
    assert text.origin.file == "issue-12.txt"
    assert ("rights", "Whoever sent it in answered: I do not know.") in {
        (ask.field, ask.evidence) for ask in text.review
    }
    assert archive(content).problems == ()


def test_the_same_text_again_adds_nothing(content: Path, run: Run) -> None:
    run("receive", event(content, body()), "--content", content)
    done = run("receive", event(content, body()), "--content", content)
    assert done.code == 1
    assert "is in the archive already" in done.err
    assert len(list(content.rglob("releases/**/*.md"))) == 1


@pytest.fixture
def attached(content: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine on which `curl` brings a file of ours: the real host of attachments cannot be reached by a test."""
    tools = content.parent / "tools"
    tools.mkdir()
    (tools / "curl").write_text(
        '#!/bin/sh\necho "$@" >> "$CURL_SAID"\nwhile [ "$1" != --output ]; do shift; done\ncp "$CURL_FILE" "$2"\n',
        encoding="utf-8",
    )
    (tools / "curl").chmod(0o755)
    (tools / "file").write_text(TEXT, encoding="utf-8")
    monkeypatch.setenv("CURL_FILE", str(tools / "file"))
    monkeypatch.setenv("CURL_SAID", str(tools / "said"))
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")
    return tools / "said"


def test_an_attached_file_becomes_a_draft(content: Path, run: Run, attached: Path) -> None:
    done = run(
        "receive", event(content, body("_No response_", files=f"[release.txt]({ATTACHED})")), "--content", content
    )
    assert done.code == 0, done.err
    ((card, text),) = archive(content).releases
    assert (card.title, card.date.edtf) == ("Ferry crews ask for light", "2012-02-08")
    assert text.origin.url == "https://harbour.example/light"
    assert attached.read_text("utf-8").endswith(f" -- {ATTACHED}\n")
    assert archive(content).problems == ()


def test_of_several_documents_none_is_given_the_address_of_another(content: Path, run: Run, attached: Path) -> None:
    other = TEXT.replace("light", "lamps").replace("8 February", "9 February")
    done = run("receive", event(content, body(other, files=f"[a.txt]({ATTACHED})")), "--content", content)
    assert done.code == 0, done.err
    releases = archive(content).releases
    assert len(releases) == 2
    for _, text in releases:
        assert text.origin.url == ""
        assert ("source.url", "https://harbour.example/light") in {(ask.field, ask.evidence) for ask in text.review}
    assert archive(content).problems == ()


def test_a_document_that_names_its_own_address_keeps_it_and_the_senders_is_a_question(
    content: Path, run: Run, attached: Path
) -> None:
    words = "The crews of the night ferry asked today for light on the pier, and for a rail along the steps. " * 3
    (attached.parent / "file").write_text(
        f"<html><head><link rel=canonical href=https://harbour.example/own><title>Ferry crews ask for light</title></head>"
        f"<body><article><h1>Ferry crews ask for light</h1><p>8 February 2012</p><p>{words}</p></article></body></html>",
        encoding="utf-8",
    )
    sent = event(content, body("_No response_", files=f"[page.html]({ATTACHED})"))
    assert run("receive", sent, "--content", content).code == 0
    ((_, text),) = archive(content).releases
    assert text.origin.url == "https://harbour.example/own"
    assert ("source.url", "https://harbour.example/light") in {(ask.field, ask.evidence) for ask in text.review}
    assert archive(content).problems == ()
    again = run("receive", sent, "--content", content)
    assert "is in the archive already" in again.err


def test_an_attachment_that_brings_nothing_is_refused_in_a_line(content: Path, run: Run, attached: Path) -> None:
    (attached.parent / "curl").write_text("#!/bin/sh\n", encoding="utf-8")
    done = run("receive", event(content, body(files=f"[release.txt]({ATTACHED})")), "--content", content)
    assert done.code == 0
    assert "issue-12-file-1: refused. It cannot be read: No such file or directory." in done.err
    assert len(archive(content).releases) == 1


@pytest.mark.parametrize(
    "link",
    [
        "https://other.example/user-attachments/files/21/release.txt",
        "https://github.com/user-attachments/files/21/../../x",
        "https://github.com/user-attachments/files/x/release.txt",
        "https://github.com.other.example/user-attachments/files/21/release.txt",
        "file:///etc/passwd",
        "https://github.com/user-attachments/files/21/a;touch here",
        "http://github.com/user-attachments/files/21/release.txt",
    ],
)
def test_nothing_is_fetched_from_anywhere_else(content: Path, run: Run, attached: Path, link: str) -> None:
    done = run("receive", event(content, body("_No response_", files=f"[x]({link})")), "--content", content)
    assert done.code == 2
    assert "holds no text and no file" in done.err
    assert not attached.exists()


@pytest.mark.parametrize(
    "hostile",
    [
        "$(touch here); `touch here`; touch here && rm -rf .",
        '"; touch here; echo "',
        "../../../etc/passwd",
        "---\ntitle: mine\nstatus: published\n---\n",
        "key: &a [*a, *a]\n<<: *a\n!!python/object/apply:os.system [touch here]",
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "![x](javascript:alert(1)) [y](file:///etc/passwd)",
        "```\n\n### Address\n\nhttps://other.example/\n\n### The text\n\nother",
        "~~~\n@everyone #1 [link](https://other.example)\n~~~~~~",
        "\u202etxet desrever\u200b",
        "${{ github.token }} %0A::set-output name=x::y\n::error::x",
    ],
)
def test_whatever_is_written_stays_text(content: Path, run: Run, hostile: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(content.parent)
    done = run(
        "receive", event(content, body(f"{TEXT}\n{hostile}\n", address=hostile.split("\n")[0])), "--content", content
    )
    assert not (content.parent / "here").exists()
    written = list(content.rglob("releases/**/*.md"))
    assert done.code in (0, 1)
    assert sorted(path.name for path in content.parent.iterdir()) == ["content", "event.json"]
    for path in written:
        assert path.resolve().is_relative_to((content / "releases").resolve())
        for card, text in archive(content).releases:
            if card.path == path.relative_to(content).as_posix():
                assert card.status == "draft"
                assert text.origin.url == ""
                assert "<script" not in text.body.html
                assert "<img" not in text.body.html
                assert "<a " not in text.body.html or 'href="https://other.example' in text.body.html


@pytest.mark.parametrize(
    ("text", "number", "message"),
    [
        ("Please add my text.", 12, "Issue 12 was not written with the form"),
        (body("_No response_"), 12, "Issue 12 holds no text and no file."),
        (body(), "12; touch here", "This event is about no issue."),
        (None, 12, "This event is about no issue."),
        ("x\n" + body(), 12, "Issue 12 was not written with the form"),
    ],
)
def test_what_is_no_answer_to_the_form_is_refused_in_one_line(
    content: Path, run: Run, text: Any, number: Any, message: str
) -> None:
    done = run("receive", event(content, text, number), "--content", content)
    assert done.code == 2
    assert message in done.err
    assert done.err.count("\n") == 1
    assert not (content / "releases").exists()


@pytest.fixture
def proposing(content: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """A repository with the content on its branch main, a remote, and a `gh` that does nothing; gives `git`, whose output it returns."""
    root = content.parent
    tools, remote = root / "tools", root / "remote.git"
    tools.mkdir()
    (tools / "gh").write_text('#!/bin/sh\nprintf "%s\\n" "$@" >> "$GH_SAID"\n', encoding="utf-8")
    (tools / "gh").chmod(0o755)
    monkeypatch.setenv("GH_SAID", str(root / "said.txt"))
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.chdir(root)

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


def test_a_draft_is_proposed_on_a_branch_of_its_own(content: Path, run: Run, proposing: Callable[..., str]) -> None:
    git, root, remote = proposing, content.parent, content.parent / "remote.git"
    done = run("receive", event(content, body(f"{TEXT}\n~~~~ $(touch here)\n")), "--content", content, "--propose")
    assert done.code == 0, done.err
    assert git("--git-dir", str(remote), "branch", "--list").split() == ["main", "release-from-issue-12"]
    changed = git("--git-dir", str(remote), "show", "--name-only", "--format=%s", "release-from-issue-12").split("\n")
    assert changed[0] == "Draft from issue 12"
    assert changed[2:] == ["content/releases/2012/2012-02-08-ferry-crews-ask-for-light.md", ""]
    commands = (root / "said.txt").read_text("utf-8")
    assert "create\n--draft\n--head\nrelease-from-issue-12\n" in commands
    assert "sent in with #12" in commands
    assert not (root / "here").exists()
    # The branch is on GitHub; here there is none, and the archive is as it was.
    assert git("branch", "--list").split() == ["*", "main"]
    assert git("status", "--porcelain", "content") == ""
    again = run("receive", event(content, body()), "--content", content, "--propose")
    assert again.code == 2
    assert "Issue 12 was received before: its draft is on the branch release-from-issue-12." in again.err
    assert git("branch", "--list").split() == ["*", "main"]
    assert git("status", "--porcelain", "content") == ""


def test_a_pull_request_that_cannot_be_opened_leaves_no_branch(
    proposing: Callable[..., str], run: Run, content: Path
) -> None:
    git = proposing
    (content.parent / "tools" / "gh").write_text('#!/bin/sh\n[ "$1" != pr ]\n', encoding="utf-8")
    done = run("receive", event(content, body()), "--content", content, "--propose")
    assert done.code == 2
    assert "gh pr create failed" in done.err
    assert git("branch", "--list").split() == ["*", "main"]
    assert git("ls-remote", "--heads", "origin", "release-from-issue-12") == ""


def test_a_draft_is_checked_as_any_release_is(content: Path, run: Run) -> None:
    """What the check refuses in a draft is said at once, and not first in the pull request."""
    done = run(
        "receive",
        event(content, body(f"{TEXT}\nThe mate was [[redacted]] that night, the crews wrote.\n")),
        "--content",
        content,
    )
    assert done.code == 0
    path = content / "releases/2012/2012-02-08-ferry-crews-ask-for-light.md"
    assert f"{path}:" in done.err
    assert " bad-redaction " in done.err
