"""`build.py new TITLE`: a release file with every key in its place, to be filled in."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TextIO

from onrecord import dates, schema, whole_file
from onrecord.command import WrongUse
from onrecord.slugs import slug


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("title", metavar="TITLE", help="the title as the publisher printed it")
    parser.add_argument(
        "--date", default="", metavar="EDTF", help="its date as far as it is stated: 2012-02-08, 2012-02, XXXX-08-01"
    )
    parser.add_argument("--publisher", default="", metavar="NAME", help="who published it")
    parser.add_argument("--language", default="", metavar="TAG", help="its language: en, ar, pt-BR")
    parser.add_argument(
        "--content", type=Path, default=Path("content"), metavar="D", help="the content folder (default: content)"
    )


def run(args: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Writes the file and prints its path; a file that is there already is never touched."""
    title = " ".join(args.title.split())
    name = slug(title)
    if not name:
        raise WrongUse(f"“{args.title}” has no letter or digit to name a file after.")
    if not args.content.is_dir():
        raise WrongUse(f"There is no folder {args.content}. Name the content folder with --content.")
    try:
        date = dates.parse(args.date) if args.date else dates.NOT_STATED
    except dates.NotADate as error:
        raise WrongUse(str(error)) from error
    if args.language and not schema.is_language(args.language):
        raise WrongUse(schema.NOT_A_LANGUAGE.format(text=args.language))
    prefix = date.file_prefix
    folder = args.content / "releases" / (prefix[:4] if prefix != "undated" else "undated")
    path = folder / f"{prefix}-{name}.md"
    given = {
        "title": title,
        "date": args.date,
        "publisher": args.publisher,
        "language": args.language,
        "status": "draft",
    }
    try:
        whole_file.write(path, schema.skeleton(given).encode(), replace=False)
    except FileExistsError as error:
        raise WrongUse(f"{path} is there already and stays as it is.") from error
    out.write(f"{path}\n")
    return 0
