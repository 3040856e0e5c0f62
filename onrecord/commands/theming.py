"""The theme that commands lay over the templates: where it is, and what is wrong in it."""

from __future__ import annotations

import argparse
import posixpath
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from onrecord import problems, read
from onrecord.command import WrongUse
from onrecord.commands import loading
from onrecord.model import Problem

if TYPE_CHECKING:
    from onrecord.load import Loaded
    from onrecord.look import FooterLink, Look
    from onrecord.theme import Theme

FILE = "theme.toml"


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


def faults(args: argparse.Namespace, templates: Path, found: Theme, content: Loaded) -> list[Problem]:
    """Everything that is wrong in a theme, its templates and its links to pages of the archive among it. Raises WrongUse."""
    problems = [*found.problems, *_links_to_nothing(folder(args), found, content, args)]
    if found.overlay.folder is not None:
        from onrecord.render import template_check

        problems += template_check.problems(templates, found.overlay.folder)
    return sorted(problems)


def look(found: Theme, content: Loaded, drafts: bool) -> Look:
    """What every page shows of a theme: links of its footer to pages that this site has not are left out. One that names a draft would
    tell of it on every page."""
    shown = found.look
    if not any(map(_path, shown.footer_links)):
        return shown
    pages = loading.pages(content, drafts)
    links = tuple(link for link in shown.footer_links if _leads(link, content, pages))
    return replace(shown, footer_links=links)


def _links_to_nothing(
    of_theme: Path | None, found: Theme, content: Loaded, args: argparse.Namespace
) -> Iterator[Problem]:
    kept = look(found, content, getattr(args, "drafts", False)).footer_links
    lost = [link for link in found.look.footer_links if link not in kept]
    if not lost or of_theme is None:
        return
    file, _ = read.toml(of_theme, FILE)
    for link in lost:
        line = next((number for number, line in enumerate(file.lines, 1) if link.href in line), 1)
        message = f"“{link.href}” is no page of this site: there is none, or it is a draft's. The link is left out. Write another, or none."
        yield Problem(line, 1, "theme-value", message, "warning", path=FILE)


def _path(link: FooterLink) -> str:
    """The page of the archive that a link leads to; empty for an address outside and for a place on the same page."""
    parts = urlsplit(link.href)
    return "" if parts.scheme or not parts.path else posixpath.normpath(parts.path) + "/" * parts.path.endswith("/")


def _leads(link: FooterLink, content: Loaded, pages: frozenset[str]) -> bool:
    """Whether a link leads somewhere. Data files and pictures are not looked up, but what belongs to a release has its page."""
    path = _path(link)
    first, _, rest = path.partition("/")
    path = rest if first in content.settings.languages else path
    if not path:
        return True
    if path.endswith("/"):
        path += "index.html"
    if path.startswith("files/"):
        return path in content.files
    if path.startswith("releases/"):
        path = f"{path.partition('.')[0]}.html"
    return path in pages if path.endswith(".html") else True


def formatted(found: list[Problem], args: argparse.Namespace) -> str:
    """The problems of a theme as a command prints them."""
    return problems.formatted(found, args.format, shown(args))


def shown(args: argparse.Namespace) -> str:
    """The theme's folder as messages name it."""
    if args.theme is not None:
        return Path(args.theme).as_posix()
    return (Path(args.content).parent / "theme").as_posix()
