"""`build.py propose FOLDER`: what `receive --keep FOLDER` left becomes a draft pull request (git and gh).

It is the second step of receiving, and the one that has rights to the repository. It opens no document that was sent in: only the drafts
and their list, which are held to their form (`proposal`), and never become part of a command, a branch's name or a key.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
from pathlib import Path
from typing import TextIO

from onrecord import whole_file
from onrecord.command import WrongUse
from onrecord.commands import begun_changes, proposal
from onrecord.commands.begun_changes import Changes
from onrecord.commands.proposal import Change, Proposal

_MOST_REPORT = 50_000  # GitHub takes 65,536 characters
_AUTHOR = [
    "-c",
    "user.name=github-actions[bot]",
    "-c",
    "user.email=41898282+github-actions[bot]@users.noreply.github.com",
]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="what `receive --keep FOLDER` left")
    parser.add_argument(
        "--content", type=Path, default=Path("content"), metavar="D", help="the content folder (default: content)"
    )
    parser.add_argument(
        "--issue", type=int, default=0, metavar="N", help="propose nothing that was made of another issue"
    )


def run(args: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Opens the pull request and prints the paths of its drafts. Raises WrongUse."""
    proposed = proposal.read(args.folder)
    if args.issue and proposed.issue != args.issue:
        raise WrongUse(f"This proposal was made of issue {proposed.issue}, not of {args.issue}. Nothing was proposed.")
    _refuse_second_branch(proposed)
    err.write(begun_changes.recover(args.content))
    releases, change = args.content / "releases", proposed.change
    texts = _drafts(proposed, releases) if change is None else _changed(change, releases)
    paths = list(texts)
    vocabularies = _vocabularies(proposed, args.content)
    # They stand on the branch, or nowhere.
    with begun_changes.together(args.content, _changes(proposed, args.content), kept=False):
        for path, data in texts.items():
            whole_file.write(path, data, replace=proposed.change is not None)
        proposal.add_terms(args.content, proposed.terms)
        _propose(proposed, [*paths, *vocabularies])
    for path in paths:
        out.write(f"{path}\n")
    return 0


def _changes(proposed: Proposal, content: Path) -> Changes:
    """What the content becomes. Raises OSError."""
    return Changes(
        {f"releases/{path}": data for path, data in proposed.drafts},
        {} if proposed.change is None else {f"releases/{proposed.change.path}": proposed.change.after},
        proposal.appended(content, proposed.terms),
    )


def _drafts(proposed: Proposal, releases: Path) -> dict[Path, bytes]:
    """The drafts by their places. Raises WrongUse where a file is there or a folder is a link."""
    texts = {releases / path: data for path, data in proposed.drafts}
    for path in texts:
        if os.path.lexists(path):
            raise WrongUse(f"{path} is there already. Nothing was proposed.")
        for folder in (releases, path.parent):
            if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
                raise WrongUse(f"{folder} is not a folder. Nothing was proposed.")
    return texts


def _vocabularies(proposed: Proposal, content: Path) -> list[Path]:
    """The files of the vocabularies that get new entries. Raises WrongUse where such a file is not there or a link."""
    paths = [
        content / f"{vocabulary}.toml" for vocabulary in dict.fromkeys(vocabulary for vocabulary, _ in proposed.terms)
    ]
    for path in paths:
        if path.is_symlink() or not path.is_file():
            raise WrongUse(f"{path} is not a file. Nothing was proposed.")
    return paths


def _changed(change: Change, releases: Path) -> dict[Path, bytes]:
    """The changed record by its place. Raises WrongUse where what is there is not what the change was made of."""
    path = releases / change.path
    for above in (releases, path.parent, path):
        if above.is_symlink():
            raise WrongUse(f"{above} is a link. Nothing was proposed.")
    if not path.is_file() or path.read_bytes() != change.before:
        raise WrongUse(f"{path} is not there, or was changed meanwhile. Nothing was proposed.")
    return {path: change.after}


def _branch(proposed: Proposal) -> str:
    return f"{'release' if proposed.change is None else 'correction'}-from-issue-{proposed.issue}"


def _refuse_second_branch(proposed: Proposal) -> None:
    """Raises WrongUse where an earlier run has proposed the issue's draft already: somebody may have worked on it."""
    branch, issue = _branch(proposed), proposed.issue
    if _command("git", "ls-remote", "--heads", "origin", branch) or _command("git", "branch", "--list", branch):
        raise WrongUse(
            f"Issue {issue} was received before: its draft is on the branch {branch}. "
            "Go on with its pull request, or delete the branch to have the draft made again."
        )


def _propose(proposed: Proposal, paths: list[Path]) -> None:
    """Commits the drafts to a branch of their own, pushes it, and opens a draft pull request; here, the branch that was there before is
    there again. Raises WrongUse with the message of git or gh, and leaves no branch then."""
    branch = _branch(proposed)
    title = f"{'Draft' if proposed.change is None else 'Correction'} from issue {proposed.issue}"
    _command("gh", "auth", "setup-git")
    _command("git", "switch", "--create", branch)
    try:
        _command("git", "add", "--", *map(str, paths))
        _command("git", *_AUTHOR, "commit", "--quiet", "--message", title)
        _command("git", "push", "--quiet", "origin", f"HEAD:refs/heads/{branch}")
        try:
            create = ["--draft", "--head", branch, "--title", title, "--body-file", "-"]
            _command("gh", "pr", "create", *create, given=_body(proposed))
        except WrongUse:
            # Without a pull request nobody would find the branch, and it would stand in the way of the next run.
            _command("git", "push", "--quiet", "origin", "--delete", branch)
            raise
    finally:
        _command("git", "reset", "--quiet", "--", *map(str, paths))
        _command("git", "checkout", "--quiet", "-")
        _command("git", "branch", "--quiet", "--delete", "--force", branch)


def _body(proposed: Proposal) -> str:
    """The text of the pull request. The report, which may hold a stranger's words, stands in it as text."""
    report = "".join(char if char.isprintable() or char == "\n" else "\ufffd" for char in proposed.report)
    if len(report) > _MOST_REPORT:
        report = f"{report[:_MOST_REPORT]}…\n(The rest of {len(report):,} characters is in the run under Actions.)\n"
    asked = (
        "Compare it with its source, answer the questions under `review`, and set `status: published`."
        + (
            " New entries of the vocabularies are in it: see that each is spelled right and is not there under another "
            "name."
            if proposed.terms
            else ""
        )
        if proposed.change is None
        else "One value of one record is changed, or a question is in it. Compare it with the source that is named; merge nothing that "
        "you have not seen yourself."
    )
    fence = "~" * (3 + max((len(run) for run in re.findall("~+", report)), default=0))
    return (
        f"Made by `{'import' if proposed.change is None else 'receive'}` from what was sent in with #{proposed.issue}. {asked} The check "
        "starts when this is marked as ready for review.\n\n"
        f"{fence}text\n{report}{fence}\n"
    )


def _command(*command: str, given: str = "") -> str:
    """Runs a program and gives its output. Raises WrongUse with its message where it fails or is not there."""
    try:
        process = subprocess.run(command, capture_output=True, input=given.encode("utf-8", "replace"), check=False)
    except OSError as error:
        if isinstance(error, FileNotFoundError):
            raise WrongUse(f"{command[0]} is not installed.") from error
        raise WrongUse(f"{command[0]} cannot be run: {error.strerror}.") from error
    if process.returncode != 0:
        why = " ".join((process.stderr or process.stdout).decode("utf-8", "replace").split())
        raise WrongUse(f"{' '.join(command[:3])} failed: {why}")
    return process.stdout.decode("utf-8", "replace")
