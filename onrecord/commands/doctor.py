"""`build.py doctor`: what this machine has, what it lacks, and what to do about it."""

from __future__ import annotations

import argparse
import importlib.metadata
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TextIO

from onrecord import read

ROOT = Path(__file__).resolve().parents[2]
OLDEST = (3, 11)
_ENOUGH_SPACE = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: good, needed and not there, or only worth knowing. `said` is a sentence with what to do."""

    level: Literal["ok", "missing", "note"]
    said: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--content", type=Path, default=Path("content"), metavar="D", help="the content folder (default: content)"
    )


def run(args: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Prints a line for each finding; 1 where something is missing that building needs, else 0."""
    findings = [*_program(), *_testing(), *_content(args.content)]
    for finding in findings:
        out.write(f"{finding.level:>7}  {finding.said}\n")
    missing = sum(finding.level == "missing" for finding in findings)
    err.write(f"{missing} missing.\n" if missing else "Everything that building needs is here.\n")
    return 1 if missing else 0


def _program() -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] < OLDEST:
        yield Finding("missing", f"Python {version} is too old; {OLDEST[0]}.{OLDEST[1]} or newer is needed.")
    else:
        yield Finding("ok", f"Python {version}")
    wrong = list(differing(ROOT / "requirements.txt"))
    if wrong:
        yield Finding("missing", f"{'; '.join(wrong)}. Run: make setup (or: python3 bootstrap.py).")
    else:
        yield Finding("ok", "every library in the version of the lock")
    asked = subprocess.run(
        [sys.executable, "-m", "pagefind_bin", "--version"],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    if asked.returncode == 0:
        yield Finding("ok", f"the search engine: {asked.stdout.strip()}")
    else:
        why = (asked.stderr.strip().splitlines() or ["no reason given"])[-1]
        yield Finding(
            "missing",
            f"The search engine does not run here: {why}. A site can be built without it: build.py --no-search.",
        )
    if shutil.which("git"):
        yield Finding("ok", "git")
    else:
        yield Finding(
            "note", "git is not there: the site cannot be dated by its last commit, and `report` does not work."
        )
    free = shutil.disk_usage(Path.cwd()).free
    if free < _ENOUGH_SPACE:
        yield Finding(
            "note",
            f"Only {free // 1_000_000:,} MB are free on this disk; a site is written beside the old one before it takes its place.",
        )


def differing(lock: Path) -> Iterator[str]:
    """A phrase for each package of a lock that is not installed, or in another version. Conditions of the lock are heeded."""
    lines = lock.read_text("utf-8")
    for name, version, condition in re.findall(r"^([a-z0-9-]+)==(\S+)(?: ; ([^\\\n]+))?", lines, re.MULTILINE):
        if condition and not _applies(condition):
            continue
        try:
            installed = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            yield f"{name} is not installed"
            continue
        if installed != version:
            yield f"{name} is {installed}, the lock has {version}"


def _applies(condition: str) -> bool:
    """Whether a lock's condition holds here: comparisons of the Python version and the system, joined by `and`. Unknown ones do not."""
    here = {"sys_platform": sys.platform, "platform_python_implementation": sys.implementation.name}
    for part in condition.strip().split(" and "):
        found = re.fullmatch(r"(\w+) (==|!=|<|>=) '([^']*)'", part.strip())
        if not found:
            return False
        key, sign, wanted = found.groups()
        if key in ("python_version", "python_full_version"):
            mine, theirs = (
                tuple(map(int, text.split(".")[:2]))
                for text in (f"{sys.version_info[0]}.{sys.version_info[1]}", wanted)
            )
            if not {"==": mine == theirs, "!=": mine != theirs, "<": mine < theirs, ">=": mine >= theirs}[sign]:
                return False
        elif key not in here or (here[key].lower() == wanted.lower()) != (sign == "=="):
            return False
    return True


def _testing() -> Iterator[Finding]:
    browser = next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"))), None
    )
    if browser:
        yield Finding("ok", f"a browser for the tests: {browser}")
    else:
        yield Finding("note", "No Chromium on PATH; `make test` installs one. Building does not need it.")
    if shutil.which("make") is None:
        yield Finding("note", "make is not there; README.md, “Without make”, says what to type in its place.")


def _content(content: Path) -> Iterator[Finding]:
    if not content.is_dir():
        yield Finding("missing", f"There is no folder {content}. Name the content folder with --content.")
        return
    settings, problems = read.settings(content)
    if problems:
        yield Finding("missing", f"{content}/archive.toml has problems. See: build.py check.")
    for key, use in (
        ("publisher", "who publishes this archive"),
        ("contact", "how to reach its maintainers"),
        ("repository", "its repository, for “edit this page” and for adding a release"),
    ):
        if not getattr(settings, key):
            yield Finding("note", f"{content}/archive.toml does not say {use} ({key}).")
    for page in sorted((content / "pages").glob("*.md")):
        if "To be filled in" in page.read_text("utf-8", errors="replace"):
            yield Finding("note", f"{page} has a place that its maintainer must fill in.")
