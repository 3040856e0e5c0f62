"""The list of words that must not be published, outside of the repository: where it is, what is in it, what is said of it."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.command import WrongUse

if TYPE_CHECKING:
    from onrecord.publish.word_scan import Hit
    from onrecord.withheld_words import Withheld

_VARIABLE = "ONRECORD_REDACTIONS"
_TEXT = "ONRECORD_REDACTIONS_TEXT"
"""The list itself, where a workflow has it as a secret."""
SEALED = "cannot be unpacked here (brotli, Zstandard, bzip2, xz, 7-Zip, RAR, or a password)"
"""What is said of a file in which no word can be looked for."""
_NAMED = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The option that names the list."""
    parser.add_argument(
        "--redactions",
        type=Path,
        default=None,
        metavar="F",
        help="a list of words, one a line, that must be nowhere in the site and that is not part of the repository (or name it in "
        f"{_VARIABLE}, or give the list itself in {_TEXT})",
    )


def add_without(parser: argparse.ArgumentParser) -> None:
    """The option that does without the list."""
    parser.add_argument(
        "--without-redactions",
        action="store_true",
        help="build without the list that archive.toml says there is (withheld_words = true): to look at, and not to publish",
    )


def require(args: argparse.Namespace, entries: tuple[Withheld, ...]) -> None:
    """Raises WrongUse where the archive says that words are withheld, and there is no word to look for: a secret that was lost, or that
    was never handed on, must not publish what it withheld."""
    if entries or args.without_redactions:
        return
    from onrecord import read

    if read.settings(args.content)[0].withheld_words:
        raise WrongUse(
            "archive.toml says that words are withheld (withheld_words = true), and no list of them is given. Name it with "
            f"--redactions or {_VARIABLE}; a workflow hands it on as {_TEXT}, which is empty where the repository has no secret of that "
            "name. Nothing was published. To build without it, and not to publish: --without-redactions"
        )


def path(args: argparse.Namespace) -> Path | None:
    """Where the list is; None where none is named."""
    if args.redactions is not None:
        return Path(args.redactions)
    named = os.environ.get(_VARIABLE, "")
    return Path(named) if named else None


def name(args: argparse.Namespace) -> str:
    """What the list is called in a message."""
    return str(path(args) or _TEXT)


def words(args: argparse.Namespace) -> tuple[tuple[Withheld, ...], tuple[str, ...]]:
    """The entries of the list, and lines for the user about it. Raises WrongUse where it cannot be read, or lies in the content."""
    file, text = path(args), os.environ.get(_TEXT, "")
    if file is None and not text.strip():
        return (), ()
    from onrecord import withheld_words

    try:
        if file is not None and file.resolve().is_relative_to(args.content.resolve()):
            raise WrongUse(
                f"{file} lies in the content, where it would tell the words it withholds. Keep it outside of the repository."
            )
        entries = withheld_words.parsed(text if file is None else file.read_text(encoding="utf-8"))
    except OSError as error:
        raise WrongUse(f"The list of withheld words cannot be read: {error.strerror or error} ({file}).") from error
    except UnicodeDecodeError as error:
        raise WrongUse(f"{file} is not UTF-8. Save it again as UTF-8.") from error
    except withheld_words.NoWords as error:
        raise WrongUse(f"{name(args)}: {error}") from error
    return entries, () if entries else (f"{name(args)} is empty: nothing is withheld.",)


def sealed(paths: Sequence[str]) -> tuple[str, ...]:
    """A line that names the files that cannot be unpacked here; none where there is none."""
    if not paths:
        return ()
    more = f" and {len(paths) - _NAMED:,} more" if len(paths) > _NAMED else ""
    named = ", ".join(paths[:_NAMED]) + more
    return (
        f"Not looked through for withheld words: {named}. What is packed there {SEALED}. Look yourself, or take them out.",
    )


def described(hit: Hit) -> str:
    """A file in a message, and the lines of the list that it holds."""
    if not hit.lines:
        return f"{hit.path} (unpacks to more than can be looked through)"
    return f"{hit.path} (line {', '.join(map(str, hit.lines))})"
