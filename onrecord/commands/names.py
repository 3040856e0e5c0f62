"""`names`: the names and places that drafts have and the vocabularies have not, in one list; --apply adds those you choose."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from onrecord import read
from onrecord.command import WrongUse
from onrecord.commands import bulk_review
from onrecord.intake import answers, term_questions
from onrecord.intake.evidence.term_finder import Terms, terms
from onrecord.intake.proposals import Proposal, folded, proposals
from onrecord.plural import counted
from onrecord.problems import formatted

if TYPE_CHECKING:
    from onrecord.model import Table


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `names`."""
    parser.add_argument("--content", metavar="FOLDER", default="content", help="the content folder (default: content)")
    parser.add_argument(
        "--least", type=int, default=1, metavar="N", help="only what at least so many drafts have (default: 1)"
    )
    parser.add_argument(
        "--apply",
        metavar="NUMBERS",
        help="add these of the list (1,3-7; all: those that are near no entry) to the vocabularies, and to the drafts that ask about them",
    )


def run(args: argparse.Namespace, out: TextIO = sys.stdout, err: TextIO = sys.stderr) -> int:
    """Prints the list, or adds what was chosen of it. Returns 0, or 1 where something is left to decide. Raises WrongUse."""
    content = Path(args.content)
    if not (content / "releases").is_dir():
        raise WrongUse(
            f"There is no folder “{(content / 'releases').as_posix()}”. Name the content folder: --content FOLDER."
        )
    err.write(bulk_review.finish(content))
    vocabularies, problems = read.vocabularies(content)
    if any(problem.level == "error" for problem in problems):
        err.write(formatted(problems, "text", str(content)))
        return 1
    listed = [
        proposal
        for proposal in proposals((table for _, table in _drafts(content)), terms(vocabularies))
        if proposal.drafts >= args.least
    ]
    if not args.apply:
        out.write("".join(_lines(number, proposal) for number, proposal in enumerate(listed, 1)))
        err.write(_advice(listed))
        return 1 if listed else 0
    # What may be in a vocabulary already is added where a person chose its very number.
    every = [number for number, proposal in enumerate(listed, 1) if not proposal.known]
    numbers = every if args.apply.strip().lower() == "all" else _numbers(args.apply, len(listed))
    chosen = [listed[number - 1] for number in numbers]
    if not chosen:
        err.write(_advice(listed))
        return 1 if listed else 0
    _apply(chosen, content, terms(vocabularies), out)
    return 0 if len(chosen) == len(listed) else 1


def _drafts(content: Path) -> Iterator[tuple[Path, Table]]:
    """The front matter of every draft that can be read, with its path; in the order of the paths."""
    releases = content / "releases"
    for file in read.markdown_files(releases):
        path = releases / file.path
        if not file.is_regular or path.name.startswith("_"):
            continue
        try:
            table, _, _ = read.split(read.text_of(path.read_bytes()))
        except (read.Unreadable, PermissionError):
            continue  # `check` says so
        if answers.value_of(table, "status").strip() == "draft":
            yield path, table


def _lines(number: int, proposal: Proposal) -> str:
    """A proposal as it is printed: its number, what would be added, and what a person should look at first."""
    kind = f"{proposal.kind}, " if proposal.kind else ""
    lines = [f"{number:4}  {proposal.vocabulary}.toml  {proposal.label}  ({kind}{counted(proposal.drafts, 'draft')})\n"]
    lines += [f"        also written: {', '.join(proposal.aliases)}\n"] if proposal.aliases else []
    lines += [f"        near it, perhaps somebody else: {', '.join(proposal.near)}\n"] if proposal.near else []
    if proposal.known:
        lines.append(
            f"        near “{proposal.known}”, which is in {proposal.vocabulary}.toml: if it is the same, add it there as an alias\n"
        )
    return "".join(lines)


def _advice(listed: list[Proposal]) -> str:
    if not listed:
        return "The vocabularies have every name and place that the drafts name.\n"
    return (
        f"Names and places that no vocabulary has: {len(listed):,}. Nothing was added. "
        "To add some: python build.py names --apply 1,3-7 (or: all)\n"
    )


def _numbers(text: str, most: int) -> list[int]:
    """The numbers that a person chose (“1,3-7”), each once, in order. Raises WrongUse."""
    numbers: set[int] = set()
    for part in text.split(","):
        match = re.fullmatch(r"\s*([0-9]{1,6})(?:\s*-\s*([0-9]{1,6}))?\s*", part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last <= most:
            raise WrongUse(
                f"“{part.strip()}” is not a number of the list, which goes from 1 to {most}. For example: --apply 1,3-7"
            )
        numbers.update(range(first, last + 1))
    return sorted(numbers)


def _apply(chosen: list[Proposal], content: Path, known: Terms, out: TextIO) -> None:
    """Appends the entries to their files, and answers the questions of drafts about them; can be taken back as one."""
    made = []
    for vocabulary in ("names", "places"):
        entries = [proposal.toml() for proposal in chosen if proposal.vocabulary == vocabulary]
        path = content / f"{vocabulary}.toml"
        if entries:
            if not path.exists():
                path.touch()
            before = bulk_review.whole_text(path)
            ending = "\r\n" if "\r\n" in before else "\n"
            gap = "" if before.endswith("\n") or not before else ending
            made.append(bulk_review.Change(path, before, before + gap + "".join(entries).replace("\n", ending)))
    labels: dict[tuple[str, str], str] = {
        (proposal.vocabulary, folded(spelling)): proposal.label
        for proposal in chosen
        for spelling in proposal.spellings
    }
    for path, _ in list(_drafts(content)):
        before = bulk_review.whole_text(path)
        after = _with_answers(before, labels, known)
        if after != before:
            made.append(bulk_review.Change(path, before, after))
    bulk_review.apply(made, f"{_entries(chosen)} of the vocabularies", bulk_review.journal_path(content))
    problems = [problem for problem in read.vocabularies(content)[1] if problem.level == "error"]
    if problems:
        bulk_review.undo(bulk_review.journal_path(content))
        raise WrongUse(f"{problems[0].path}: {problems[0].message} Nothing was added.")
    drafts = sum(change.path.suffix == ".md" for change in made)
    out.write(
        f"{_entries(chosen)} added; {counted(drafts, 'draft')} that asked about them answered. "
        "Complete them (descriptions, coordinates) in names.toml and places.toml. To take it back: python build.py review --undo\n"
    )


def _entries(chosen: list[Proposal]) -> str:
    return "1 entry" if len(chosen) == 1 else f"{len(chosen):,} entries"


def _with_answers(text: str, labels: Mapping[tuple[str, str], str], known: Terms) -> str:
    """A draft's text in which each question about a name or a place that is there now is answered with its label. A question about several
    is closed once all are there: which of them the draft has stands in it, or in a question beside it."""

    def is_there(vocabulary: str, word: str) -> bool:
        finder = known.names if vocabulary == "names" else known.places
        return (vocabulary, folded(word)) in labels or finder.term(word) is not None

    while True:
        for number, question in enumerate(answers.questions(text.removeprefix("\ufeff").replace("\r\n", "\n"))):
            label = labels.get((question.field, folded(term_questions.unknown(question))))
            together = term_questions.new(question) if question.field in ("names", "places") else ()
            if label is None and not (together and all(is_there(question.field, word) for word in together)):
                continue
            table, _, _ = read.split(text.removeprefix("\ufeff").replace("\r\n", "\n"))
            already = {node.text for node in getattr(table.get(question.field), "nodes", ()) if hasattr(node, "text")}
            try:
                text = answers.answered(text, number, [label] if label is not None and label not in already else [])
            except answers.NotAnAnswer:
                continue
            break
        else:
            return text
