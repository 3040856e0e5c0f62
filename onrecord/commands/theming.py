"""The theme that commands lay over the templates: where it is, and what is wrong in it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord import problems
from onrecord.command import WrongUse

if TYPE_CHECKING:
    from onrecord.model import Problem
    from onrecord.theme import Theme


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of every command that looks at the theme."""
    parser.add_argument(
        "--templates", type=Path, default=None, metavar="D", help="the templates folder (default: the program's own)"
    )
    parser.add_argument(
        "--theme",
        type=Path,
        default=None,
        metavar="D",
        help="the folder with the archive's own look (default: theme beside the content folder, if it is there)",
    )


def folder(args: argparse.Namespace) -> Path:
    """The folder of the theme, whether it is there or not. Raises WrongUse where one was named that is not."""
    if args.theme is None:
        return Path(args.content).absolute().parent / "theme"
    if not args.theme.is_dir():
        raise WrongUse(f"There is no folder {args.theme}. Name the theme's folder with --theme, or leave it out.")
    return Path(args.theme).absolute()


def theme(args: argparse.Namespace, templates: Path) -> Theme:
    """The theme. Raises WrongUse, OSError."""
    from onrecord.theme import NO_THEME, load  # late: most archives have none

    at = folder(args)
    return load(at, templates) if at.is_dir() else NO_THEME


def faults(args: argparse.Namespace, templates: Path, found: Theme) -> list[Problem]:
    """Everything that is wrong in a theme, its templates among it. Raises WrongUse."""
    if found.overlay.folder is None:
        return list(found.problems)
    from onrecord.render import template_check

    return sorted([*found.problems, *template_check.problems(templates, found.overlay.folder)])


def formatted(found: list[Problem], args: argparse.Namespace) -> str:
    """The problems of a theme as a command prints them."""
    return problems.formatted(found, args.format, shown(args))


def shown(args: argparse.Namespace) -> str:
    """The theme's folder as messages name it."""
    if args.theme is not None:
        return Path(args.theme).as_posix()
    return (Path(args.content).parent / "theme").as_posix()
