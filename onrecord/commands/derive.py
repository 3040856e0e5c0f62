"""`build.py derive`: regenerates the files derived from the schema (JSON Schema, template, CONTRIBUTING's table) and from the views.

In an archive that has the program as a wheel: everything in it that follows from the program, as far as it is there.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TextIO

from onrecord import issue_forms, program_files, schema, views, whole_file
from onrecord.command import WrongUse
from onrecord.commands import starting
from onrecord.intake import field_values


def derived(root: Path = program_files.HOME) -> dict[str, str]:
    """The text each derived file must have, by its path below the repository. Raises WrongUse where CONTRIBUTING.md has no place for
    the table, OSError where it cannot be read."""
    if not program_files.IS_CHECKOUT:
        texts = {path: text for path, text in starting.derived().items() if (root / path).is_file()}
        if (root / "CONTRIBUTING.md").is_file():
            texts["CONTRIBUTING.md"] = starting.with_table((root / "CONTRIBUTING.md").read_text("utf-8"))
        return texts
    contributing = (root / "CONTRIBUTING.md").read_text(encoding="utf-8")
    if not starting.TABLE.search(contributing):
        raise WrongUse("CONTRIBUTING.md has no lines <!-- fields --> and <!-- /fields --> for the table to be between.")
    return {
        ".github/ISSUE_TEMPLATE/release.yml": issue_forms.release_form(),
        ".github/ISSUE_TEMPLATE/correction.yml": issue_forms.correction_form(),
        "content/release.schema.json": schema.json_schema(),
        "frontmatter.json": schema.front_matter_cms(),
        "content/releases/_template.md": schema.template(),
        "templates/README.md": views.readme(),
        "templates/assets/contribute-words.js": field_values.browser_script(),
        "CONTRIBUTING.md": starting.with_table(contributing),
    }


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 where something is not as it should be"
    )


def run(args: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Prints the path of each file that was (or, with --check, would be) written."""
    root = program_files.HOME
    drifted = {
        path: text
        for path, text in derived().items()
        if not (root / path).exists() or (root / path).read_text("utf-8") != text
    }
    for path, text in drifted.items():
        if not args.check:
            whole_file.write(root / path, text.encode())
        out.write(f"{path}\n")
    return 1 if args.check and drifted else 0
