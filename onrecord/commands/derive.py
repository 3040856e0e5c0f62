"""`build.py derive`: regenerates the files derived from the schema (JSON Schema, template, CONTRIBUTING's table) and from the views."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TextIO

from onrecord import schema, views
from onrecord.command import WrongUse

ROOT = Path(__file__).resolve().parents[2]
_TABLE = re.compile(r"(<!-- fields -->\n).*?(<!-- /fields -->)", re.DOTALL)


def derived(root: Path = ROOT) -> dict[str, str]:
    """The text each derived file must have, by its path below the repository. Raises WrongUse where CONTRIBUTING.md has no place for
    the table, OSError where it cannot be read."""
    contributing = (root / "CONTRIBUTING.md").read_text(encoding="utf-8")
    if not _TABLE.search(contributing):
        raise WrongUse(
            "CONTRIBUTING.md has no lines <!-- fields --> and <!-- /fields --> for the table to stand between."
        )
    return {
        "content/release.schema.json": schema.json_schema(),
        "frontmatter.json": schema.front_matter_cms(),
        "content/releases/_template.md": schema.template(),
        "templates/README.md": views.readme(),
        "CONTRIBUTING.md": _TABLE.sub(lambda match: f"{match[1]}\n{schema.fields_table()}\n{match[2]}", contributing),
    }


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 where something is not as it should be"
    )


def run(args: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Prints the path of each file that was (or, with --check, would be) written."""
    drifted = [
        path
        for path, text in derived().items()
        if not (ROOT / path).exists() or (ROOT / path).read_text("utf-8") != text
    ]
    for path in drifted:
        if not args.check:
            (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
            (ROOT / path).write_text(derived()[path], encoding="utf-8", newline="\n")
        out.write(f"{path}\n")
    return 1 if args.check and drifted else 0
