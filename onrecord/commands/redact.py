"""`build.py redact WORD --dry-run`: everything that still holds a word, and what lies outside of this program's reach."""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

from onrecord import attachments, publish, withheld_words
from onrecord.command import Progress, WrongUse
from onrecord.commands import history, loading, withholding
from onrecord.plural import counted
from onrecord.problems import visible
from onrecord.publish import word_scan
from onrecord.publish.unpacking import TooLarge
from onrecord.withheld_words import Withheld

OUTSIDE = """\
What this program cannot see, and what still holds the word if it was ever there:
- the repository's host: other branches, forks, pull requests and their diffs, issues, comments, caches and artifacts of workflows.
  Rewriting history here does not empty them; ask the host to delete what is cached.
- every other clone of the repository, and every backup of this machine.
- copies of the site: the host's cache, search engines, web archives, packed copies that readers have kept.
- what a PDF, a picture or a recording in content/files shows: its bytes are looked through, not what is drawn or heard.
- documents that were imported from, and mail in which they were sent.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs="*", metavar="WORD", help="a word or phrase; “Ann*” is also found in Annual")
    parser.add_argument("--dry-run", action="store_true", help="list, and change nothing (there is no other way yet)")
    parser.add_argument("--site", type=Path, default=Path("site"), metavar="D", help="the built site (default: site)")
    withholding.add_arguments(parser)
    loading.add_arguments(parser)


def run(args: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Prints a line for each place in the content, each file of the site and of the cache, and each commit that holds one of the words; the
    words themselves are not repeated. 0 where there is none, else 1."""
    if not args.dry_run:
        raise WrongUse(
            "`redact` changes nothing on its own. With --dry-run it lists where the word is; write [[redacted: reason]] there, then build."
        )
    entries = _entries(args)
    progress = Progress(err)
    count = 0
    with progress.stage("content"):
        for line in _in_content(args.content, entries):
            out.write(f"{visible(line)}\n")
            count += 1
    for what, folder in (("site", args.site), ("what is kept between runs", args.cache)):
        with progress.stage(what):
            hits = _in_folder(folder, entries, loading.jobs(args))
        for hit in hits:
            out.write(f"{folder / visible(hit.path)}: {_of_bytes(hit)}\n")
        count += len(hits)
    with progress.stage("history"):
        for line in _in_history(args.content, entries):
            out.write(f"{visible(line)}\n")
            count += 1
    out.write(OUTSIDE)
    err.write(f"{counted(count, 'place')} in reach. Nothing was changed.\n")
    return 1 if count else 0


def _entries(args: argparse.Namespace) -> Sequence[Withheld]:
    try:
        entries = [withheld_words.withheld(word) for word in args.words]
    except withheld_words.NoWords as error:
        raise WrongUse("A word needs a letter or a digit.") from error
    entries += withholding.words(args)[0]
    if not entries:
        raise WrongUse(
            "Name a word, or a list of words with --redactions. What is typed may stay in your shell's history; a list does not."
        )
    return entries


def _in_content(content: Path, entries: Sequence[Withheld]) -> Iterator[str]:
    for path in sorted(publish.survey(content)):
        shown = content / word_scan.shown(path, entries)
        if withheld_words.found_in_text(path, entries):
            yield f"{shown}: its name holds it"
        try:
            if path.startswith(f"{attachments.FOLDER}/"):
                yield from (f"{shown}: {what}" for what in _in_original((content / path).read_bytes(), entries))
                continue
            text = (content / path).read_text(encoding="utf-8", errors="replace")
        except OSError as error:
            yield f"{shown}: cannot be read ({error.strerror})"
            continue
        for line, _ in withheld_words.places(text, entries):
            yield f"{shown}:{line}: holds it"


def _in_original(data: bytes, entries: Sequence[Withheld]) -> Iterator[str]:
    """What is to be said of a file's bytes, unpacked."""
    if hit := word_scan.hit("", data, entries):
        yield _of_bytes(hit)


def _of_bytes(hit: word_scan.Hit) -> str:
    if hit.lines:
        return "holds it"
    return f"something in it {withholding.SEALED}" if hit.is_sealed else "unpacks to more than can be looked through"


def _in_folder(folder: Path, entries: Sequence[Withheld], jobs: int) -> list[word_scan.Hit]:
    files = [(str(folder), path) for path in publish.survey(folder) if not (folder / path).is_symlink()]
    return word_scan.hits(files, entries, jobs)


# ---- history -----------------------------------------------------------------------------------------------------------------------


def _in_history(content: Path, entries: Sequence[Withheld]) -> Iterator[str]:
    """A line for each commit that brought, or took away, a file's version that holds a word, or whose message or names do; and one for
    versions that no commit leads to any more, but that git still keeps."""
    try:
        repository = history.Git(content)
    except WrongUse:
        return
    holding: dict[str, str] = {}
    for kind, name, data in repository.objects():
        try:
            if word_scan.found(data, entries):
                holding[name] = kind
        except TooLarge:
            holding[name] = kind
    if not holding:
        return
    reached = set()
    files: dict[str, set[str]] = defaultdict(set)
    for commit, blobs in repository.commits():
        if commit in holding:
            reached.add(commit)
            yield f"commit {commit[:12]}: its message, or who made it, holds it"
        for sign, blob, path in blobs:
            if blob in holding or withheld_words.found_in_text(path, entries):
                reached.add(blob)
                files[commit].add(f"{sign} {word_scan.shown(path, entries)}")
        for change in sorted(files[commit]):
            sign, path = change.split(" ", 1)
            yield f"commit {commit[:12]}: {'brings' if sign == '+' else 'takes away'} {path}"
    loose = [name for name, kind in holding.items() if name not in reached and kind in ("blob", "commit", "tag")]
    for name in sorted(loose):
        yield f"{holding[name]} {name[:12]}: no branch leads to it, and git still keeps it (reflog, or not yet collected)"
