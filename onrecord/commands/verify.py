"""`build.py verify [COPY]`: a site, a copy of it or its packed copy, held against the manifest (fixity), or against a dated edition."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TextIO

from onrecord import publish
from onrecord.command import Progress, WrongUse
from onrecord.plural import counted
from onrecord.problems import visible
from onrecord.publish import integrity

_NAMES = {"missing": "missing", "changed": "changed", "stray": "not of the build"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "site",
        nargs="?",
        type=Path,
        default=Path("site"),
        metavar="COPY",
        help="a folder or a .zip file (default: site)",
    )
    parser.add_argument(
        "--manifest",
        type=Path,
        default=None,
        metavar="F",
        help="a manifest.json from elsewhere (default: the copy's own)",
    )
    parser.add_argument(
        "--expect", default="", metavar="SHA256", help="the SHA-256 that the manifest must have, as it was published"
    )
    parser.add_argument("--strict", action="store_true", help="refuse files that no build has written, too")
    parser.add_argument(
        "--edition",
        default="",
        metavar="NAME",
        help="hold a copy (folder, bag or .zip) against a dated edition and its time stamps, without a network",
    )
    parser.add_argument(
        "--original",
        type=Path,
        action="append",
        default=None,
        metavar="F",
        help="with --edition: also find this document in the edition, by its hash (may be given several times)",
    )
    parser.add_argument(
        "--ca",
        type=Path,
        default=None,
        metavar="F",
        help="with --edition: certificates (PEM) of the authorities for time stamps that you trust",
    )
    parser.add_argument(
        "--content",
        type=Path,
        default=Path("content"),
        metavar="D",
        help="with --edition: the content folder (default: content)",
    )


def run(args: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Prints a line for each file that is missing, changed or of no build, and the manifest's SHA-256. 0 where none is missing or changed
    and the manifest is the expected one (with --strict: and none is of no build), else 1."""
    if args.edition:
        from onrecord.commands import edition_verification

        return edition_verification.run(args, out, err)
    if args.original or args.ca:
        raise WrongUse("--original and --ca go with --edition NAME.")
    if not args.site.exists():
        raise WrongUse(f"There is no folder {args.site}. Build the site first: python build.py.")
    expected = args.expect.strip().lower()
    if expected and not re.fullmatch("[0-9a-f]{64}", expected):
        raise WrongUse("--expect takes a SHA-256: 64 digits and letters from a to f.")
    try:
        with Progress(err).stage("verify"):
            examination = integrity.examined(args.site, args.manifest)
    except publish.PublishFailed as error:
        raise WrongUse(str(error)) from error
    counts = dict.fromkeys(_NAMES, 0)
    for difference in examination.differences:
        counts[difference.kind] += 1
        out.write(f"{args.site / visible(difference.path)}: {_NAMES[difference.kind]}: {difference.words}\n")
    if expected and examination.manifest != expected:
        out.write(f"{args.site / publish.MANIFEST}: not the expected one: its SHA-256 is {examination.manifest}\n")
    files = counted(examination.files, "file")
    wrong = counts["missing"] + counts["changed"] > 0
    refused = wrong or (args.strict and counts["stray"] > 0) or (expected != "" and examination.manifest != expected)
    if wrong:
        err.write(f"{counts['missing']} missing and {counts['changed']} changed of {files}.\n")
    else:
        err.write(f"All {files} are as the build wrote them.\n")
    if counts["stray"]:
        how = "Remove them." if args.strict else "With --strict that is refused."
        err.write(
            f"{counted(counts['stray'], 'file')} of no build: published with the rest wherever this folder is. {how}\n"
        )
    err.write(f"manifest.json has the SHA-256 {examination.manifest}.\n")
    return 1 if refused else 0
