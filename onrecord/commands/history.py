"""What git knows of the content: when its files were last changed, the commit a change began at, and the files it touches."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from onrecord.command import WrongUse

_LONGEST = 120  # seconds


def commit(content: Path) -> str:
    """The commit that the content's repository is at, in hexadecimal; empty where there is no repository, no commit or no git."""
    return _printed(content, "rev-parse", "HEAD").strip()


def distrust(content: Path) -> tuple[str, ...]:
    """A line for the user where git refuses to read the history of the content, because its folder belongs to another user
    (https://git-scm.com/docs/git-config, safe.directory); else nothing."""
    try:
        done = _git(content, "rev-parse", "HEAD")
    except (OSError, subprocess.SubprocessError):
        return ()
    if done.returncode == 0 or b"safe.directory" not in done.stderr:
        return ()
    return (
        f"git does not read the history of {content}, because the folder belongs to another user: the site says of no release when it was "
        "changed, and has no date. Allow it with: git config --global --add safe.directory FOLDER, where FOLDER is the repository's.",
    )


def last_change(content: Path) -> str:
    """When the last commit that touched the content was made, in seconds since 1970 as text; empty where there is none."""
    return _printed(content, "log", "-1", "--format=%ct", "--", ".").strip()


def release_changes(content: Path) -> tuple[dict[str, str], dict[str, str]]:
    """When each release file was last changed, and when it came: path below the content folder → ISO 8601 moment. Both are empty where
    there is no history; of a history that was cut off (a shallow clone) nobody can tell what came when."""
    by_path: dict[str, str] = {}
    first: dict[str, str] = {}
    moment = ""
    arguments = ("-c", "core.quotePath=false", "log", "--format=@%ct", "--name-only", "--relative", "--", "releases")
    for line in _printed(content, *arguments).splitlines():
        if line.startswith("@"):
            moment = dt.datetime.fromtimestamp(int(line[1:]), dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        elif line:
            by_path.setdefault(line, moment)
            first[line] = moment
    if _printed(content, "rev-parse", "--is-shallow-repository").strip() != "false":
        first = {}
    return by_path, first


def _printed(folder: Path, *arguments: str) -> str:
    """What git prints; empty where it fails."""
    try:
        done = _git(folder, *arguments)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Git, run in a folder. Raises OSError where there is no git, and SubprocessError where it takes too long."""
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, capture_output=True, timeout=_LONGEST, check=False, stdin=subprocess.DEVNULL)


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
        done = self._run("cat-file", "blob", f"{commit}:{self.prefix}{path}")
        return done.stdout if done.returncode == 0 else None

    def objects(self) -> Iterator[tuple[str, str, bytes]]:
        """Every object that git keeps, also those that nothing leads to: (blob, commit, tree or tag; its name; its bytes)."""
        command = [
            "git",
            "-C",
            str(self.folder),
            "cat-file",
            "--batch-all-objects",
            "--batch",
            "--buffer",
            "--unordered",
        ]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL
        ) as process:
            stream = process.stdout
            assert stream is not None
            while head := stream.readline():
                name, kind, size = head.decode("ascii").split()
                data = stream.read(int(size))
                stream.read(1)
                yield kind, name, data
        if process.returncode != 0:
            raise WrongUse(f"git cat-file failed ({process.returncode}).")

    def commits(self) -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
        """Every commit that a branch, a tag or the stash leads to, newest first, with the blobs that it brings (+) and takes away (-), as
        (sign, blob, path in the repository)."""
        done = self._run("log", "--all", "-m", "--root", "--raw", "--no-abbrev", "--no-renames", "-z", "--format=@%H")
        if done.returncode != 0:
            raise WrongUse(f"git log failed: {done.stderr.decode('utf-8', 'replace').strip()}")
        commit, changes = "", list[tuple[str, str, str]]()
        fields = iter(os.fsdecode(done.stdout).split("\0"))
        for field in fields:
            part = field.lstrip("\n")
            if part.startswith("@"):
                if commit:
                    yield commit, changes
                commit, changes = part[1:].split(" ", 1)[0], []
            elif part.startswith(":"):
                _, _, before, after, _ = part.split(" ")
                path = next(fields, "")
                changes += [("-", before, path)] if before.strip("0") else []
                changes += [("+", after, path)] if after.strip("0") else []
        if commit:
            yield commit, changes

    def _names(self, *arguments: str) -> list[str]:
        done = self._run(*arguments)
        if done.returncode != 0:
            raise WrongUse(f"git {arguments[0]} failed: {done.stderr.decode('utf-8', 'replace').strip()}")
        return [name for name in os.fsdecode(done.stdout).split("\0") if name]

    def _lines(self, *arguments: str, failing: str = "") -> list[str]:
        done = self._run(*arguments)
        if done.returncode != 0:
            raise WrongUse(failing or f"git {arguments[0]} failed: {done.stderr.decode('utf-8', 'replace').strip()}")
        return os.fsdecode(done.stdout).split("\n")

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        try:
            return _git(self.folder, *arguments)
        except subprocess.TimeoutExpired as error:
            raise WrongUse(f"git {arguments[0]} took longer than {_LONGEST} seconds.") from error
        except FileNotFoundError as error:
            raise WrongUse("git is not installed; a change can only be reported with it.") from error
