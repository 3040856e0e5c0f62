"""`build.py export zip`: a built site as one file that opens from a folder, the same bytes for the same site."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TextIO

from onrecord import publish, read
from onrecord.command import Progress, WrongUse
from onrecord.slugs import slug


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("format", choices=("zip",), help="what to make: zip, the whole site as one file")
    parser.add_argument("--site", type=Path, default=Path("site"), metavar="D", help="the built site (default: site)")
    parser.add_argument(
        "--out", type=Path, default=None, metavar="F", help="the file to write (default: named after the archive)"
    )
    parser.add_argument(
        "--content", type=Path, default=Path("content"), metavar="D", help="the content folder (default: content)"
    )


def run(args: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Writes the file and prints its path. A site that is not as its build wrote it is refused."""
    if not args.site.is_dir():
        raise WrongUse(f"There is no folder {args.site}. Build the site first: python build.py.")
    progress = Progress(err)
    try:
        with progress.stage("verify"):
            missing, changed, foreign = publish.differences(args.site)
    except publish.PublishFailed as error:
        raise WrongUse(str(error)) from error
    if missing or changed:
        raise WrongUse(
            f"{args.site} is not as its build wrote it ({len(missing)} missing, {len(changed)} changed; see: build.py verify). Build again."
        )
    name = slug(read.settings(args.content)[0].title) or "archive"
    target = args.out or Path(f"{name}.zip")
    if target.resolve().is_relative_to(args.site.resolve()):
        raise WrongUse(f"{target} lies in the site itself. Choose another place with --out.")
    listed = sorted([*(publish.manifest(args.site) or {}), publish.MANIFEST])
    with progress.stage("write"):
        publish.write_zip(target, args.site, listed, name)
    out.write(f"{target}\n")
    strays = [path for path in foreign if not path.startswith(".")]
    left_out = f" Left out, because no build has written it: {', '.join(strays)}." if strays else ""
    err.write(
        f"{target}: {len(listed):,} files, {target.stat().st_size:,} bytes. Unpack it and open {name}/index.html.{left_out}\n"
    )
    return 0
