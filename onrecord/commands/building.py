"""`build.py build`: what the main job is given, and what it prints. The stages themselves are in build.py."""

from __future__ import annotations

import argparse
import datetime as dt
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TextIO
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from onrecord import __version__, ledger, moments, program_files, publish, read, version
from onrecord.command import Progress, WrongUse
from onrecord.commands import history, loading, theming, withholding
from onrecord.digests import digest, encoded
from onrecord.moments import Moment
from onrecord.plural import counted
from onrecord.templates import Templates

# What a build with nothing to do does not need is imported where it is used: such a build takes a third of a second.
if TYPE_CHECKING:
    from onrecord.load import Loaded
    from onrecord.make import Given
    from onrecord.model import Settings
    from onrecord.publish.word_scan import Hit
    from onrecord.site import AuditFinding
    from onrecord.theme import Theme
    from onrecord.withheld_words import Withheld


_NAMED = 20
"""How many files are named in a refusal."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `build`."""
    theming.add_arguments(parser)
    parser.add_argument("--out", type=Path, default=Path("site"), metavar="D", help="the output folder (default: site)")
    parser.add_argument(
        "--base-url",
        default="",
        metavar="U",
        help="the address the site will have, in place of archive.toml's base_url",
    )
    parser.add_argument("--drafts", action="store_true", help="show drafts as well")
    parser.add_argument("--fresh", action="store_true", help="take nothing over from earlier runs")
    parser.add_argument(
        "--audit", action="store_true", help="make every file, compare it with what would be kept, and publish nothing"
    )
    parser.add_argument(
        "--adopt",
        action="store_true",
        help="take over an output folder whose manifest is lost: what this build would write stays, all else is set aside beside it",
    )
    withholding.add_arguments(parser)
    withholding.add_without(parser)
    parser.add_argument("--no-search", action="store_true", help="leave the search index out")
    parser.add_argument(
        "--format", choices=("text", "json", "github"), default="text", help="how problems are printed (default: text)"
    )
    parser.add_argument("--timings", action="store_true", help="print how long each stage took")
    loading.add_arguments(parser)


class Task(Struct, frozen=True):
    """What a build is asked for, and what it finds when it begins: `inputs` is a digest of everything it will be made from, empty where
    something was changed so shortly before that its times do not tell; `last` is what is known of the last build, and `comparison` holds
    its site against what it noted, while the content is read; `notices` are lines for the user; `withheld` are words that
    must not be published."""

    args: argparse.Namespace
    templates: Templates
    theme: Theme
    jobs: int
    program: bytes
    ledger_path: Path
    last: ledger.Summary
    comparison: publish.SiteDifferences
    moment: Moment
    date: str
    inputs: bytes
    notices: tuple[str, ...]
    withheld: tuple[Withheld, ...]


def task(args: argparse.Namespace) -> tuple[Task, read.Scan]:
    """The task of a build, and what the content folder looked like. Raises WrongUse."""
    now = loading.moment()
    theme = theming.theme(args, templates(args.templates))
    folder = Templates(templates(args.templates), theme.overlay)
    if not args.content.is_dir():
        raise WrongUse(f"There is no folder {args.content}. Name the content folder with --content.")
    of_out = Path(args.cache) / f"site-{loading.mark(args.out)}.ledger"
    if args.fresh:
        of_out.unlink(missing_ok=True)
        loading.store_path(args).unlink(missing_ok=True)
    # Begun before anything is read: it takes as long as a small change.
    comparison = publish.SiteDifferences(args.out, lambda: ledger.stamps(of_out))
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    date = _day(epoch) if epoch else ""
    scan = read.scan(args.content)
    commit = history.commit(args.content)
    notices = () if commit or epoch else history.distrust(args.content)
    everything = (
        scan.digest(), folder.digest, theme.look, theme.problems, commit, epoch, args.base_url,
        os.environ.get("ONRECORD_BASE_URL", ""), os.path.abspath(args.out), args.drafts, args.no_search,
    )  # fmt: skip
    withheld, of_list = withholding.words(args)
    withholding.require(args, withheld)
    # With words to look for, no build ends early: nothing of them is kept, not even a digest, from which a name could be guessed.
    inputs = digest(encoded(everything)) if moments.settled(scan.latest(), now) and not withheld else b""
    program = version.program()
    last = ledger.summary(of_out, program)
    return Task(
        args,
        folder,
        theme,
        loading.jobs(args),
        program,
        of_out,
        last,
        comparison,
        now,
        date,
        inputs,
        (*notices, *of_list),
        withheld,
    ), scan


def unchanged(task: Task) -> tuple[int, ...] | None:
    """The numbers the last build printed where it was made from the very same, and its site is as it was written; else None."""
    if not task.inputs or task.args.audit or task.last.inputs != task.inputs or publish.left(task.args.out):
        return None
    if task.comparison.differing(task.last.mark):
        return None
    publish.clear_lock(task.args.out)
    return task.last.numbers


def settings(given: Settings, base_url: str) -> Settings:
    """The archive's settings with the base URL of the command line in place, if one was given, else with that of the environment
    variable ONRECORD_BASE_URL where the archive names none: publishing says there where it publishes. Raises WrongUse when it is none."""
    if not base_url and not given.base_url:
        base_url = os.environ.get("ONRECORD_BASE_URL", "")
    if not base_url:
        return given
    try:
        parts = urlsplit(base_url)
        is_absolute = parts.scheme in ("http", "https") and bool(parts.hostname) and not (parts.query or parts.fragment)
    except ValueError:  # brackets that hold no IPv6 address
        is_absolute = False
    if not is_absolute:
        raise WrongUse(f"“{base_url}” is not a base URL. Write https://… without ? or #.")
    return replace(given, base_url=base_url.rstrip("/") + "/")


def templates(given: Path | None) -> Path:
    """The templates folder. Raises WrongUse when there is none."""
    folder = given or program_files.TEMPLATES
    if not folder.is_dir():
        raise WrongUse(f"There is no folder {folder}. Name the templates folder with --templates.")
    return folder


def build_date(content: Path) -> str:
    """The day the content was last changed, ISO 8601: SOURCE_DATE_EPOCH, else the last commit that touched it, else empty. No clock.

    https://reproducible-builds.org/specs/source-date-epoch/
    """
    return _day(os.environ.get("SOURCE_DATE_EPOCH", "") or history.last_change(content))


def _day(epoch: str) -> str:
    try:
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC).date().isoformat() if epoch else ""
    except (ValueError, OverflowError, OSError) as error:
        raise WrongUse(f"SOURCE_DATE_EPOCH is “{epoch}”; it takes seconds since 1970 as a whole number.") from error


def given(task: Task, content: Loaded) -> Given:
    """What the outputs of a site are made from. Raises WrongUse for a base URL that is none."""
    from onrecord import arrange
    from onrecord.make import Given
    from onrecord.reader import Build

    args = task.args
    archive = arrange.archive(
        content.listed,
        settings(content.settings, args.base_url),
        content.vocabularies,
        content.articles,
        args.drafts,
        content.text_digests,
        content.card_digests,
        content.withdrawn_terms,
        content.files,
        content.editions,
        content.unchanged,
    )
    # Where SOURCE_DATE_EPOCH dates the site, nothing in it depends on when who committed what.
    changes, additions = ({}, {}) if task.date else history.release_changes(args.content)
    date = task.date or build_date(args.content)
    look = theming.look(task.theme, content, args.drafts)
    build = Build(__version__, date, not args.no_search, args.drafts, changes, additions, look)
    pieces = task.ledger_path.with_suffix(".search")
    return Given(
        archive,
        content.texts,
        build,
        task.templates.folder,
        Path(args.cache) / "templates",
        task.program,
        pieces,
        args.content,
        task.ledger_path.with_suffix(".data"),
        task.templates.overlay,
    )


def report_problems(task: Task, content: Loaded, out: TextIO, err: TextIO) -> bool:
    """Prints the problems of the content and of the theme. True where one is an error, so that nothing may be written."""
    from onrecord import problems, rule_changes

    args = task.args
    of_theme = theming.faults(args, task.templates.folder, task.theme, content)
    found = [*content.problems, *of_theme]
    args.is_quiet = not found
    out.write(problems.formatted(content.problems, args.format, args.content.as_posix()))
    out.write(theming.formatted(of_theme, args))
    if not problems.any_error(found):
        return False
    err.writelines(f"{change}\n" for change in rule_changes.behind(found))
    err.write(f"{problems.summary(found)}. Nothing was written; {args.out} is as it was.\n")
    return True


def counts(content: Loaded, args: argparse.Namespace) -> tuple[int, int]:
    """How many releases the site has, and how many drafts were left out."""
    from onrecord.model import Card

    drafts = sum(isinstance(release, Card) and release.status == "draft" for release in content.listed)
    left_out = 0 if args.drafts else drafts
    return len(content.listed) - left_out, left_out


def print_summary(
    numbers: tuple[int, ...],
    warnings: Iterable[str],
    args: argparse.Namespace,
    progress: Progress,
    notices: Iterable[str] = (),
) -> None:
    """Prints what was built (`numbers`: releases, drafts left out, files), and how long each stage took where that was asked for."""
    err = progress.err
    for notice in notices:
        err.write(f"{notice}\n")
    for warning in warnings:
        err.write(f"warning: {warning}\n")
    releases, drafts, files = numbers
    left_out = f", {counted(drafts, 'draft')} left out" if drafts else ""
    err.write(f"{args.out}: {counted(releases, 'release')}, {counted(files, 'file')}{left_out}.\n")
    if args.timings:
        for name, seconds in progress.times:
            err.write(f"{name:>10} {seconds:8.2f} s\n")


def discard(error: Exception, args: argparse.Namespace, err: TextIO) -> None:
    """Throws away what was kept and is damaged (store.StoreDamaged, dataset.PiecesDamaged), once: raises WrongUse the second time."""
    from onrecord.dataset import PiecesDamaged

    if not isinstance(error, PiecesDamaged):
        loading.discard(args, err)
        return
    if getattr(args, "began_again", False):
        raise WrongUse(f"{error} Name another folder with --cache than {args.cache}.")
    err.write(f"{error} It is made again.\n")
    args.began_again = True


def refuse(found: list[Hit], args: argparse.Namespace) -> tuple[str, ...]:
    """Ends a build whose files hold what must not be published, else gives lines for the user about those that nobody could look into.
    Raises WrongUse; the words themselves are not repeated."""
    hits = [hit for hit in found if not hit.is_sealed]
    if not hits:
        return withholding.sealed([hit.path for hit in found])
    # A release is where a word is taken out; lists and tables follow from it.
    first = sorted(hits, key=lambda hit: not hit.path.startswith("releases/"))
    named = "; ".join(withholding.described(hit) for hit in first[:_NAMED]) + ("; …" if len(hits) > _NAMED else "")
    raise WrongUse(
        f"{counted(len(hits), 'file')} would hold words that {withholding.name(args)} withholds: {named}. Nothing was published; "
        f"{args.out} is as it was. See: build.py redact --help"
    )


def print_audit(findings: list[AuditFinding], outputs: int, out: TextIO, err: TextIO) -> int:
    """Prints the findings of an audit; 0 where there is none, else 1."""
    for finding in findings:
        out.write(f"{finding.path}: {finding.message}.\n")
    err.write(f"{counted(outputs, 'output')} made and compared; {len(findings):,} would have been kept wrongly.\n")
    return 1 if findings else 0
