"""`build.py verify [SITE]`: the manifest against the files (fixity)."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TextIO

from onrecord import publish
from onrecord.command import Progress, WrongUse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "site", nargs="?", type=Path, default=Path("site"), metavar="SITE", help="the built site (default: site)"
    )


def run(args: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Prints a line for each file that is missing, changed or of no build; 0 where none is missing or changed, else 1."""
    if not args.site.is_dir():
        raise WrongUse(f"There is no folder {args.site}. Build the site first: python build.py.")
    try:
        with Progress(err).stage("verify"):
            missing, changed, foreign = publish.differences(args.site)
    except publish.PublishFailed as error:
        raise WrongUse(str(error)) from error
    for what, paths in (("missing", missing), ("changed", changed), ("not of the build", foreign)):
        for path in paths:
            out.write(f"{args.site / path}: {what}\n")
    listed = publish.manifest(args.site) or {}
    if missing or changed:
        err.write(f"{len(missing)} missing and {len(changed)} changed of {len(listed):,} files.\n")
        return 1
    err.write(f"All {len(listed):,} files are as the build wrote them.\n")
    return 0
