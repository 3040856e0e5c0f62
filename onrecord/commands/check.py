"""`build.py check`: every problem of the content, and nothing written."""

from __future__ import annotations

import argparse
import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from onrecord import arrange, check, problems, read, views
from onrecord.command import WrongUse
from onrecord.commands.history import Git
from onrecord.model import Article, Problem, Release, Settings, Source, Vocabularies


@dataclass(frozen=True, slots=True)
class Checked:
    """The content, read and checked, with everything that is wrong in it, in the order of files and lines."""

    settings: Settings
    vocabularies: Vocabularies
    releases: tuple[Release, ...]
    articles: tuple[Article, ...]
    problems: tuple[Problem, ...]


def latest_day() -> dt.date:
    """Today, where on Earth it is latest: a release of today is not of the future for anybody who adds it."""
    return dt.datetime.now(dt.timezone(dt.timedelta(hours=14))).date()


class Memory:
    """What is known of release files that have not changed since they were checked, for somebody who checks again and again."""

    def __init__(self) -> None:
        self.rules: check.Rules | None = None
        self.held: dict[str, tuple[tuple[int, int, int], Source | None, Release | None, list[Problem]]] = {}

    def releases(
        self, content: Path, rules: check.Rules
    ) -> tuple[list[Release], list[Source], list[Problem], frozenset[str]]:
        """Every release of the content that holds up, all Sources, the Problems of single files, and the paths of all files.

        Only files that changed are read, unless the rules did. Raises OSError.
        """
        if rules != self.rules:
            self.held, self.rules = {}, rules
        files, problems = read.found(content)
        paths = frozenset([*(one.path for one in files), *(problem.path for problem in problems)])
        held = {}
        for one in files:
            known = self.held.get(one.path)
            if known is None or known[0] != one.stamp:
                source = read.source(read.file(one))
                if isinstance(source, Source):
                    known = (one.stamp, source, *check.release(source, rules))
                else:
                    known = (one.stamp, None, None, [source])
            held[one.path] = known
            problems += known[3]
        self.held = held
        releases = [known[2] for known in held.values() if known[2] is not None]
        return releases, [known[1] for known in held.values() if known[1] is not None], problems, paths


def checked(content: Path, today: dt.date | None = None, memory: Memory | None = None) -> Checked:
    """Reads and checks a content folder, with `memory` only what changed since it was last given.

    Raises WrongUse when there is none, OSError when something in it cannot be read.
    """
    if not content.is_dir():
        raise WrongUse(f"There is no folder {content}. Name the content folder with --content.")
    settings, found = read.settings(content)
    vocabularies, wrong = read.vocabularies(content)
    rules = check.rules(vocabularies, today or latest_day())
    releases, sources, said, paths = (memory or Memory()).releases(content, rules)
    pages, unreadable = read.articles(content)
    articles = []
    for page in pages:
        article, of_page = check.article(page)
        said += of_page
        if article is not None:
            articles.append(article)

    def site() -> frozenset[str]:
        archive = arrange.archive(releases, settings, vocabularies, articles, drafts=True)
        return frozenset(path for path, _, _ in views.pages(archive, views.Build("")))

    said += check.together(releases, sources, paths)
    said += check.links(releases, articles, site, paths)
    everything = [*found, *wrong, *unreadable, *said]
    return Checked(settings, vocabularies, tuple(releases), tuple(articles), tuple(sorted(set(everything))))


def add_arguments(parser: argparse.ArgumentParser) -> None:
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
        "--content", type=Path, default=Path("content"), metavar="D", help="the content folder (default: content)"
    )
    parser.add_argument(
        "--format", choices=problems.FORMATS, default="text", help="how problems are printed (default: text)"
    )


def run(args: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Prints the problems; 0 where none is an error, else 1."""
    for path in args.paths:
        if not path.exists():
            raise WrongUse(f"There is no {path}.")
        if not path.resolve().is_relative_to(args.content.resolve()):
            raise WrongUse(f"{path} is not below {args.content}. Name the content folder with --content.")
    since: list[str] = []
    if args.base:
        history = Git(args.content)
        since = history.changed(history.fork_point(args.base))[0]
    result = checked(args.content)
    found = list(result.problems)
    if args.paths or since:
        named = {one.path for one in result.releases if args.paths and _wanted(args.content / one.path, args.paths)}
        found = sorted({*found, *check.undeclared(result.releases, frozenset({*named, *since}))})
    shown = [problem for problem in found if _wanted(args.content / problem.path, args.paths)]
    out.write(problems.formatted(shown, args.format, args.content.as_posix()))
    if args.format == "text":
        if shown:
            err.write(f"{problems.summary(shown)}.\n")
        else:
            count = len(result.releases)
            err.write(f"No problems in {count:,} release{'' if count == 1 else 's'}.\n")
    return 1 if problems.any_error(shown) else 0


def _wanted(file: Path, paths: list[Path]) -> bool:
    return not paths or any(file.resolve().is_relative_to(path.resolve()) for path in paths)
