"""`build.py build`: what the main job is given, and what it says. The stages themselves stand in build.py."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import TextIO
from urllib.parse import urlsplit

from onrecord import problems
from onrecord.command import Narrator, WrongUse
from onrecord.commands.check import Checked
from onrecord.model import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--content", type=Path, default=Path("content"), metavar="D", help="the content folder (default: content)"
    )
    parser.add_argument(
        "--templates", type=Path, default=None, metavar="D", help="the templates folder (default: the program's own)"
    )
    parser.add_argument("--out", type=Path, default=Path("site"), metavar="D", help="the output folder (default: site)")
    parser.add_argument(
        "--base-url",
        default="",
        metavar="U",
        help="the address the site will have, in place of archive.toml's base_url",
    )
    parser.add_argument("--drafts", action="store_true", help="show drafts as well")
    parser.add_argument("--fresh", action="store_true", help="take nothing over from the last build")
    parser.add_argument("--no-search", action="store_true", help="leave the search index out")
    parser.add_argument(
        "--format", choices=problems.FORMATS, default="text", help="how problems are printed (default: text)"
    )
    parser.add_argument("--timings", action="store_true", help="say how long each stage took")


def settings(given: Settings, base_url: str) -> Settings:
    """The archive's settings with the base URL of the command line in place, if one was given, else with that of the environment
    variable ONRECORD_BASE_URL where the archive names none: publishing says there where it publishes. Raises WrongUse when it is none."""
    if not base_url and not given.base_url:
        base_url = os.environ.get("ONRECORD_BASE_URL", "")
    if not base_url:
        return given
    try:
        parts = urlsplit(base_url)
        whole = parts.scheme in ("http", "https") and bool(parts.hostname) and not (parts.query or parts.fragment)
    except ValueError:  # brackets that hold no IPv6 address
        whole = False
    if not whole:
        raise WrongUse(f"“{base_url}” is not a base URL. Write https://… without ? or #.")
    return replace(given, base_url=base_url.rstrip("/") + "/")


def templates(given: Path | None) -> Path:
    """The templates folder. Raises WrongUse when there is none."""
    folder = given or Path(__file__).resolve().parents[2] / "templates"
    if not folder.is_dir():
        raise WrongUse(f"There is no folder {folder}. Name the templates folder with --templates.")
    return folder


def build_date(content: Path) -> str:
    """The day the content was last changed, ISO 8601: SOURCE_DATE_EPOCH, else the last commit that touched it, else empty. No clock.

    https://reproducible-builds.org/specs/source-date-epoch/
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        try:
            command = ["git", "-C", str(content), "log", "-1", "--format=%ct", "--", "."]
            epoch = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False).stdout.strip()
        except (OSError, subprocess.SubprocessError):
            return ""
    try:
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC).date().isoformat() if epoch else ""
    except (ValueError, OverflowError, OSError) as error:
        raise WrongUse(f"SOURCE_DATE_EPOCH is “{epoch}”; it takes seconds since 1970 as a whole number.") from error


def changed(content: Path) -> dict[str, str]:
    """When each release file was last changed, as the history of the content has it: path below the content folder → ISO 8601 moment.

    Empty where there is no history, or where SOURCE_DATE_EPOCH stands for it.
    """
    command = ["git", "-C", str(content), "-c", "core.quotePath=false", "log", "--format=@%ct", "--name-only"]
    command += ["--relative", "--", "releases"]
    if os.environ.get("SOURCE_DATE_EPOCH"):
        return {}
    try:
        said = subprocess.run(command, capture_output=True, timeout=120, check=False).stdout.decode("utf-8", "replace")
    except (OSError, subprocess.SubprocessError):
        return {}
    moments: dict[str, str] = {}
    moment = ""
    for line in said.splitlines():
        if line.startswith("@"):
            moment = dt.datetime.fromtimestamp(int(line[1:]), dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        elif line:
            moments.setdefault(line, moment)
    return moments


def refused(content: Checked, args: argparse.Namespace, out: TextIO, err: TextIO) -> bool:
    """Prints the problems of the content; True where one is an error, so that nothing may be written."""
    out.write(problems.formatted(content.problems, args.format, args.content.as_posix()))
    if not problems.any_error(content.problems):
        return False
    err.write(f"{problems.summary(content.problems)}. Nothing was written; {args.out} is as it was.\n")
    return True


def told(content: Checked, files: int, warnings: list[str], args: argparse.Namespace, say: Narrator) -> None:
    """Says what was built, how long each stage took where that was asked for, and how many bodies took the direct path."""
    for warning in warnings:
        say.err.write(f"warning: {warning}\n")
    shown = [release for release in content.releases if args.drafts or release.status != "draft"]
    drafts = len(content.releases) - len(shown)
    left = f", {drafts:,} draft{'' if drafts == 1 else 's'} left out" if drafts else ""
    say.err.write(f"{args.out}: {len(shown):,} release{'' if len(shown) == 1 else 's'}, {files:,} files{left}.\n")
    if args.timings:
        for name, seconds in say.times:
            say.err.write(f"{name:>10} {seconds:8.2f} s\n")
        direct = sum(release.body.plain_path for release in content.releases)
        say.err.write(f"{direct:,} of {len(content.releases):,} bodies took the direct path.\n")
