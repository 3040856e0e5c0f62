"""`build.py receive EVENT`: a release that somebody sent in through the issue form becomes a draft, by `import`.

EVENT is the file in which GitHub describes what happened. Everything in it is a stranger's text: it is written to a file and
imported, and never becomes part of a command, a path, a branch's name or a key. Files that were attached to the issue are fetched with
curl, from GitHub's own address for attachments and from nowhere else; this is the one command that reaches out, and it is run by the
workflow. With --propose the draft becomes a draft pull request (git and gh).
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO
from urllib.parse import urlsplit

from onrecord import intake, read
from onrecord.command import WrongUse
from onrecord.commands import importing, installation, loading
from onrecord.problems import formatted

# The questions of .github/ISSUE_TEMPLATE/release.yml in their order; the text is the last, so that nothing in it can answer another.
QUESTIONS = ("Address", "Archived copy", "May the text be republished here?", "Files", "The text")
_NO_ANSWER = "_No response_"
# What GitHub makes of a file that is dropped into an issue. Nothing else in the answer is looked at.
_ATTACHED = re.compile(r"https://github\.com/user-attachments/files/[0-9]{1,20}/[A-Za-z0-9._-]{1,200}(?=[)\s]|\Z)")
MOST_FILES = 5
_MOST_BYTES = 64 * 1024 * 1024
_AUTHOR = [
    "-c",
    "user.name=github-actions[bot]",
    "-c",
    "user.email=41898282+github-actions[bot]@users.noreply.github.com",
]


@dataclass(frozen=True, slots=True)
class Issue:
    """What somebody sent in: the number of the issue, and the answers; an answer that was not given is empty. `files` are the
    addresses of attachments, each once, in their order."""

    number: int
    url: str
    archived: str
    rights: str
    files: tuple[str, ...]
    text: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "event", type=Path, metavar="EVENT", help="the file that describes the event (GITHUB_EVENT_PATH)"
    )
    parser.add_argument(
        "--propose", action="store_true", help="commit the draft to a branch and open a draft pull request"
    )
    loading.add_arguments(parser)
    installation.add_arguments(parser)


def run(args: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Writes the drafts, checks them as `check` does, and prints their paths; 1 where the text was refused or is in the archive already.

    What is wrong with a draft is said, here and in the pull request, and left to a person: the check holds the pull request back.
    """
    issue = parsed_issue(_event(args.event))
    if args.propose:
        _refuse_second_branch(issue)
    installation.require_importing(args, err)
    paths, report = _imported(issue, args.content)
    if paths:
        report += _checked(paths, args, err)
    err.write(report)
    for path in paths:
        out.write(f"{path}\n")
    if paths and args.propose:
        _propose(issue, paths, report)
    return 0 if paths else 1


def _event(file: Path) -> object:
    try:
        return json.loads(file.read_text("utf-8"))
    except ValueError as error:
        raise WrongUse(f"{file} does not describe an event: {error}.") from error


def parsed_issue(event: object) -> Issue:
    """The issue of an event. Raises WrongUse where there is no issue, or it was not written with the form."""
    issue = event.get("issue") if isinstance(event, dict) else None
    number = issue.get("number") if isinstance(issue, dict) else None
    body = issue.get("body") if isinstance(issue, dict) else None
    if not isinstance(number, int) or not isinstance(body, str):
        raise WrongUse("This event is about no issue.")
    unread = body.replace("\r\n", "\n").replace("\r", "\n")
    answers: list[str] = []
    for question in QUESTIONS:
        before, heading, unread = unread.partition(f"### {question}\n")
        if not heading or (answers == [] and before.strip()):
            raise WrongUse(f"Issue {number} was not written with the form: it has no answer to “{question}”.")
        if answers:
            answers[-1] = before
        answers.append(unread)
    url, archived, rights = (_line(answer) for answer in answers[:3])
    files = tuple(dict.fromkeys(_ATTACHED.findall(answers[3])))
    if len(files) > MOST_FILES:
        raise WrongUse(f"Issue {number} has {len(files)} files attached; at most {MOST_FILES} are taken at a time.")
    text = answers[4].strip("\n")
    fenced = re.fullmatch(r"(`{3,})text\n(.*)\n\1", text.rstrip(), re.DOTALL)
    text = fenced[2] if fenced else text
    text = "" if text.strip() in ("", _NO_ANSWER) else f"{text}\n"
    if not text and not files:
        raise WrongUse(f"Issue {number} holds no text and no file.")
    return Issue(number, _address(url), _address(archived), rights, files, text)


def _line(answer: str) -> str:
    text = " ".join(answer.split())
    return "" if text == _NO_ANSWER else text


def _address(text: str) -> str:
    """`text` where it is a web address, else nothing: the issue itself keeps whatever else was written there."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    good = parts.scheme in ("http", "https") and parts.hostname and not re.search(r"[\s<>\"\\^`{}|]", text)
    return text if good else ""


def _imported(issue: Issue, content: Path) -> tuple[list[Path], str]:
    """Writes the drafts of what was sent in; gives their paths, sorted, and what became of each document, in words. Raises WrongUse where
    a file cannot be fetched."""
    vocabularies, problems = read.vocabularies(content)
    if any(problem.level == "error" for problem in problems):
        return [], formatted(problems, "text", str(content))
    releases = content / "releases"
    sender = intake.Sender(issue.url, issue.archived, issue.rights)
    paths: list[Path] = []
    lines: list[str] = []
    tally = importing.DraftCounts()
    with tempfile.TemporaryDirectory() as folder:
        files = [(file.name, file) for file in _files(issue, Path(folder))]
        for draft in intake.drafts(files, releases, vocabularies, sender):
            tally = tally.plus(draft)
            lines.append(importing.line(draft, releases))
            if draft.path is not None:
                paths.append(intake.write(draft, releases))
    return sorted(paths), "".join([*lines, tally.line()])


def _checked(paths: list[Path], args: argparse.Namespace, err: TextIO) -> str:
    """What `check` has to say of the drafts, a line each; empty where it is content."""
    names = {path.relative_to(args.content).as_posix() for path in paths}
    with loading.loaded(args, err) as content:
        return formatted([problem for problem in content.problems if problem.path in names], "text", str(args.content))


def _files(issue: Issue, folder: Path) -> Iterator[Path]:
    """The text and the attachments, as files in `folder`. Their names are ours: import tells the format by what is in the file."""
    if issue.text:
        file = folder / f"issue-{issue.number}.txt"
        file.write_text(issue.text, encoding="utf-8", newline="\n")
        yield file
    for number, address in enumerate(issue.files, 1):
        file = folder / f"issue-{issue.number}-file-{number}"
        _fetch(address, file)
        yield file


def _fetch(address: str, file: Path) -> None:
    limits = ["--proto", "=https", "--max-redirs", "5", "--max-time", "120", "--max-filesize", str(_MOST_BYTES)]
    _command("curl", "--fail", "--silent", "--show-error", "--location", *limits, "--output", str(file), "--", address)


def _branch(issue: Issue) -> str:
    return f"release-from-issue-{issue.number}"


def _refuse_second_branch(issue: Issue) -> None:
    """Raises WrongUse where an earlier run has proposed the issue's draft already: somebody may have worked on it."""
    branch = _branch(issue)
    if _command("git", "ls-remote", "--heads", "origin", branch) or _command("git", "branch", "--list", branch):
        raise WrongUse(
            f"Issue {issue.number} was received before: its draft is on the branch {branch}. "
            "Go on with its pull request, or delete the branch to have the draft made again."
        )


def _propose(issue: Issue, paths: list[Path], report: str) -> None:
    """Commits the drafts to a branch of their own, pushes it, and opens a draft pull request; here, the branch that was there before is
    there again. Raises WrongUse with the message of git or gh, and leaves no branch then."""
    branch = _branch(issue)
    title = f"Draft from issue {issue.number}"
    fence = "~" * (3 + max((len(run) for run in re.findall("~+", report)), default=0))
    body = (
        f"Made by `import` from what was sent in with #{issue.number}. Compare it with its source, answer the questions under `review`, "
        "and set `status: published`. The check starts when this is marked as ready for review.\n\n"
        f"{fence}text\n{report}{fence}\n"
    )
    _command("git", "switch", "--create", branch)
    try:
        _command("git", "add", "--", *map(str, paths))
        _command("git", *_AUTHOR, "commit", "--quiet", "--message", title)
        _command("gh", "auth", "setup-git")
        _command("git", "push", "--quiet", "origin", f"HEAD:refs/heads/{branch}")
        try:
            _command("gh", "pr", "create", "--draft", "--head", branch, "--title", title, "--body", body)
        except WrongUse:
            # Without a pull request nobody would find the branch, and it would stand in the way of the next run.
            _command("git", "push", "--quiet", "origin", "--delete", branch)
            raise
    finally:
        _command("git", "checkout", "--quiet", "-")
        _command("git", "branch", "--quiet", "--delete", "--force", branch)


def _command(*command: str) -> str:
    """Runs a program and gives its output. Raises WrongUse with its message where it fails or is not there."""
    try:
        process = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    except FileNotFoundError as error:
        raise WrongUse(f"{command[0]} is not installed.") from error
    if process.returncode != 0:
        why = " ".join((process.stderr or process.stdout).split())
        raise WrongUse(f"{' '.join(command[:3])} failed: {why}")
    return process.stdout
