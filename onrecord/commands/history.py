"""What git knows of the content: the commit a change began at, and the files it touches."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from onrecord.command import WrongUse


class Git:
    """What git knows of a content folder. Every method raises WrongUse with git's own words where it fails."""

    def __init__(self, content: Path) -> None:
        if not content.is_dir():
            raise WrongUse(f"There is no folder {content}. Name the content folder with --content.")
        self.folder = content
        self.prefix = self._lines("rev-parse", "--show-prefix")[0]

    def fork_point(self, base: str) -> str:
        """The commit in which `base` and the work tree's branch last met; `base` itself where they never did."""
        if base.startswith("-"):
            raise WrongUse(f"“{base}” is not a commit.")
        commit = self._lines(
            "rev-parse", "--verify", "--quiet", f"{base}^{{commit}}", failing=f"There is no commit “{base}”."
        )[0]
        try:
            return self._lines("merge-base", commit, "HEAD")[0]
        except WrongUse:
            return commit

    def changed(self, commit: str) -> tuple[list[str], list[str]]:
        """Paths that differ between a commit and the work tree, new files among them: those below the content folder, relative to it,
        and those outside, relative to the repository."""
        differing = self._names("diff", "--name-only", "--no-renames", "-z", commit, "--", ":/")
        new = self._names("ls-files", "--others", "--exclude-standard", "-z", "--full-name", "--", ":/")
        every = sorted({*differing, *new})
        inside = [path.removeprefix(self.prefix) for path in every if path.startswith(self.prefix)]
        return inside, [path for path in every if not path.startswith(self.prefix)]

    def data(self, commit: str, path: str) -> bytes | None:
        """The bytes a file below the content folder had in a commit; None where it was not there."""
        found = self._run("cat-file", "blob", f"{commit}:{self.prefix}{path}")
        return found.stdout if found.returncode == 0 else None

    def _names(self, *arguments: str) -> list[str]:
        found = self._run(*arguments)
        if found.returncode != 0:
            raise WrongUse(f"git {arguments[0]} failed: {found.stderr.decode('utf-8', 'replace').strip()}")
        return [name for name in os.fsdecode(found.stdout).split("\0") if name]

    def _lines(self, *arguments: str, failing: str = "") -> list[str]:
        found = self._run(*arguments)
        if found.returncode != 0:
            raise WrongUse(failing or f"git {arguments[0]} failed: {found.stderr.decode('utf-8', 'replace').strip()}")
        return os.fsdecode(found.stdout).split("\n")

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        try:
            return subprocess.run(
                ["git", "-C", str(self.folder), *arguments], capture_output=True, check=False, stdin=subprocess.DEVNULL
            )
        except FileNotFoundError as error:
            raise WrongUse("git is not installed; a change can only be reported with it.") from error
