"""`build.py check`: every problem of the content, and nothing written."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TextIO

from onrecord import load, problems, rule_changes
from onrecord.check import duplicates
from onrecord.command import WrongUse
from onrecord.commands import building, loading, theming
from onrecord.plural import counted


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `check`."""
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", type=Path, help="show only the problems of these files or folders"
    )
    parser.add_argument(
        "--base",
        default="",
        metavar="COMMIT",
        help="compare the texts of releases changed since this commit with all the others",
    )
    parser.add_argument(
        "--format", choices=problems.FORMATS, default="text", help="how problems are printed (default: text)"
    )
    theming.add_arguments(parser)
    loading.add_arguments(parser)


def run(args: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Prints the problems; 0 where none is an error, else 1."""
    for path in args.paths:
        if not path.exists():
            raise WrongUse(f"There is no {path}.")
        if not path.resolve().is_relative_to(args.content.resolve()):
            raise WrongUse(f"{path} is not below {args.content}. Name the content folder with --content.")
    since: list[str] = []
    if args.base:
        from onrecord.commands.history import Git

        history = Git(args.content)
        since = history.changed(history.fork_point(args.base))[0]
    with loading.loaded(args, err) as content:
        every = set(content.problems)
        if args.paths or since:
            listed = [file.path for file in content.checked if file.listed is not None]
            named = {path for path in listed if args.paths and _selected(args.content / path, args.paths)}
            every |= set(duplicates.undeclared(content.checked, frozenset({*named, *since}), load.paragraphs(content)))
        count = len(content.listed)
        templates = building.templates(args.templates)
        of_theme = [] if args.paths else theming.faults(args, templates, theming.theme(args, templates), content)
    selected = sorted(problem for problem in every if _selected(args.content / problem.path, args.paths))
    out.write(problems.formatted(selected, args.format, args.content.as_posix()))
    out.write(theming.formatted(of_theme, args))
    selected += of_theme
    err.writelines(f"{change}\n" for change in rule_changes.behind(selected))
    if args.format == "text":
        if selected:
            err.write(f"{problems.summary(selected)}.\n")
        else:
            err.write(f"No problems in {counted(count, 'release')}.\n")
    return 1 if problems.any_error(selected) else 0


def _selected(file: Path, paths: list[Path]) -> bool:
    return not paths or any(file.resolve().is_relative_to(path.resolve()) for path in paths)
