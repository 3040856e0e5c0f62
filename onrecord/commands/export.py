"""`build.py export FORMAT`: a copy of a built site for another program; each is made from the site alone, and whole or not there."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TextIO

from onrecord import publish, read, whole_file
from onrecord.command import Progress, WrongUse
from onrecord.commands import building
from onrecord.exports import FORMATS, Format
from onrecord.exports.published_site import NotPublished, PublishedSite, published
from onrecord.slugs import slug


def add_arguments(parser: argparse.ArgumentParser) -> None:
    helps = "; ".join(f"{name}: {each.help}" for name, each in FORMATS.items())
    parser.add_argument("format", choices=tuple(FORMATS), help=f"what to make. {helps}")
    parser.add_argument("--site", type=Path, default=Path("site"), metavar="D", help="the built site (default: site)")
    parser.add_argument(
        "--out",
        type=Path,
        default=None,
        metavar="F",
        help="the file or folder to write (default: named after the archive); a bag or crate whose name ends with .zip is packed",
    )
    parser.add_argument(
        "--content", type=Path, default=Path("content"), metavar="D", help="the content folder (default: content)"
    )


def run(args: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Writes the copy and prints its path, and those of files beside it. A site that is not as its build wrote it, or that shows drafts,
    is refused."""
    if not args.site.is_dir():
        raise WrongUse(f"There is no folder {args.site}. Build the site first: python build.py.")
    progress = Progress(err)
    wanted = FORMATS[args.format]
    settings = building.settings(read.settings(args.content)[0], "")
    name = slug(settings.title) or "archive"
    target: Path = args.out or Path(f"{name}{wanted.ending}")
    _require_place(target, args.site, wanted)
    try:
        with progress.stage("verify"):
            site = published(args.site, settings, name)
        with progress.stage("write"):
            beside = wanted.beside(site, target.stem) if wanted.beside else {}
            with whole_file.made(target) as unfinished:
                what = wanted.make(site, unfinished)
                for file, data in beside.items():
                    whole_file.write(target.with_name(file), data)
    except (NotPublished, publish.PublishFailed) as error:
        raise WrongUse(str(error)) from error
    for path in (target, *(target.with_name(file) for file in beside)):
        out.write(f"{path}\n")
    _say(target, what, site, wanted, err)
    return 0


def _require_place(target: Path, site: Path, wanted: Format) -> None:
    """Raises WrongUse where a copy cannot stand."""
    if target.resolve().is_relative_to(site.resolve()):
        raise WrongUse(f"{target} lies in the site itself. Choose another place with --out.")
    if not target.parent.is_dir():
        raise WrongUse(f"There is no folder {target.parent}. Make it, or choose another place with --out.")
    is_folder = wanted.is_folder and target.suffix != ".zip"
    if target.is_dir() or (is_folder and target.exists()):
        raise WrongUse(f"{target} is there already. Move it, or choose another place with --out.")


def _say(target: Path, what: str, site: PublishedSite, wanted: Format, err: TextIO) -> None:
    files = [target] if target.is_file() else [path for path in target.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files)
    left_out = f" Left out, because no build has written it: {', '.join(site.strays)}." if site.strays else ""
    err.write(f"{target}: {size:,} bytes, {what} {wanted.sameness}{left_out}\n")
