"""`build.py doctor`: what this machine has, what it lacks, and what to do about it."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TextIO

from onrecord import read
from onrecord.commands import installation, starting
from onrecord.exports import zim_file

_ENOUGH_SPACE = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: good, needed and not there, or only worth knowing. `message` is a sentence with what to do."""

    level: Literal["ok", "missing", "note"]
    message: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--content", type=Path, default=Path("content"), metavar="D", help="the content folder (default: content)"
    )


def run(args: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Prints a line for each finding; 1 where something is missing that building needs, else 0."""
    findings = [*_program(), *_testing(), *_content(args.content)]
    for finding in findings:
        out.write(f"{finding.level:>7}  {finding.message}\n")
    missing = sum(finding.level == "missing" for finding in findings)
    err.write(f"{missing} missing.\n" if missing else "Everything that building needs is here.\n")
    return 1 if missing else 0


def _program() -> Iterator[Finding]:
    yield Finding("ok", f"Python {'.'.join(map(str, sys.version_info[:3]))}")
    different = "; ".join(map(str, installation.differences(installation.BUILDING)))
    if different:
        yield Finding("missing", f"{different}. Run: make setup (or: python3 build.py setup).")
    else:
        yield Finding("ok", "every library for building, in the version of the lock")
    different = "; ".join(map(str, installation.differences(installation.IMPORTING)))
    if different:
        yield Finding("note", f"For `import`: {different}. The first `import` installs it, or: {installation.BY_HAND}.")
    else:
        yield Finding("ok", "every library for `import`, in the version of the lock")
    from onrecord.intake import confinement

    confined = confinement.probed()
    if confined:
        yield Finding("ok", f"what reads foreign documents can open no file and no connection here ({confined})")
    else:
        yield Finding(
            "note",
            "What reads foreign documents cannot be kept away from files and from the network here (Linux can, with seccomp or Landlock): "
            "`import` only what you would open yourself.",
        )
    yield from _outside_programs()
    yield from _writers()
    engine = subprocess.run(
        [sys.executable, "-m", "pagefind_bin", "--version"],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    if engine.returncode == 0:
        yield Finding("ok", f"the search engine: {engine.stdout.strip()}")
    else:
        why = (engine.stderr.strip().splitlines() or ["no reason given"])[-1]
        yield Finding(
            "missing",
            f"The search engine does not run here: {why}. A site can be built without it: build.py --no-search.",
        )
    if shutil.which("git"):
        yield Finding("ok", "git")
    else:
        yield Finding(
            "note", "git is not installed: the site cannot be dated by its last commit, and `report` does not work."
        )
    free = shutil.disk_usage(Path.cwd()).free
    if free < _ENOUGH_SPACE:
        yield Finding(
            "note",
            f"Only {free // 1_000_000:,} MB are free on this disk; a site is written beside the old one before it takes its place.",
        )


def _outside_programs() -> Iterator[Finding]:
    """The programs that `import` asks where a person has installed them."""
    from onrecord.intake.formats import outside

    here = outside.installed()
    if outside.TESSERACT in here.programs:
        languages = ", ".join(here.languages) or "no language"
        yield Finding("ok", f"Tesseract, which reads pictures of text for `import`, in: {languages}")
    else:
        yield Finding(
            "note",
            "Tesseract is not installed: `import` refuses pictures of text and scanned PDF (Debian: tesseract-ocr).",
        )
    old_word = [name for name in here.programs if name in outside.OLD_WORD]
    if old_word:
        yield Finding("ok", f"{old_word[0]}, which reads old Word files for `import`")
    else:
        yield Finding(
            "note", f"Nothing is there that reads old Word files for `import` ({', '.join(outside.OLD_WORD)})."
        )


def _writers() -> Iterator[Finding]:
    """The program that `export zim` asks."""
    if shutil.which(zim_file.WRITER):
        yield Finding("ok", f"{zim_file.WRITER}, with which `export zim` writes")
    else:
        yield Finding("note", f"{zim_file.WRITER} is not installed: `export zim` does not work (Debian: zim-tools).")


def _testing() -> Iterator[Finding]:
    browser = next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"))), None
    )
    if browser:
        yield Finding("ok", f"a browser for the tests: {browser}")
    else:
        yield Finding("note", "No Chromium on PATH; `make test` installs one. Building does not need it.")
    if shutil.which("make") is None:
        yield Finding("note", "make is not installed; README.md, “Without make”, says what to type in its place.")


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
    to_fill_in = starting.places_to_fill_in()
    for page in sorted((content / "pages").glob("*.md")):
        text = page.read_text("utf-8", errors="replace")
        if any(words in text for words in to_fill_in):
            yield Finding("note", f"{page} has a place that its maintainer must fill in.")
