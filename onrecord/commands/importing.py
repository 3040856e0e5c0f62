"""`import`: raw documents become drafts of releases. Originals are only read."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TextIO

from onrecord import intake, read
from onrecord.command import Progress, WrongUse
from onrecord.commands import installation
from onrecord.intake import explaining
from onrecord.intake.document import Record
from onrecord.plural import counted
from onrecord.problems import formatted


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `import`."""
    parser.add_argument("sources", nargs="+", metavar="SOURCE", help="a document, or a folder of documents")
    parser.add_argument(
        "--to", metavar="FOLDER", help="the folder of releases that the drafts go into (default: content/releases)"
    )
    parser.add_argument(
        "--content",
        metavar="FOLDER",
        help="the content folder, for its vocabularies (default: the one that holds --to)",
    )
    parser.add_argument("--dry-run", action="store_true", help="write nothing")
    parser.add_argument(
        "--json", action="store_true", help="print what was found, one JSON object a source, one a line"
    )
    parser.add_argument(
        "--explain",
        action="store_true",
        help="write nothing; print why each stretch of the text is where it is, and what states each field",
    )
    parser.add_argument(
        "--jobs", type=int, default=0, metavar="N", help="processes (default: one for each processor, at most 8)"
    )
    installation.add_arguments(parser)


def run(args: argparse.Namespace, out: TextIO = sys.stdout, err: TextIO = sys.stderr) -> int:
    """Imports. Returns 0, or 1 where a document was refused. Raises WrongUse for folders and files that are not there."""
    content = Path(args.content) if args.content else Path(args.to).parent if args.to else Path("content")
    releases = Path(args.to) if args.to else content / "releases"
    if args.jobs < 0:
        raise WrongUse("--jobs takes a number of processes, or 0 for one for each processor.")
    try:
        documents = intake.documents(args.sources)
    except intake.NoSuchSource as error:
        raise WrongUse(str(error)) from error
    err.write(_passed(documents.passed))
    if not documents.files:
        raise WrongUse(f"There is no document in {', '.join(args.sources)}.")
    vocabularies, problems = read.vocabularies(
        content if (content / "names.toml").exists() or args.content else Path("content")
    )
    if any(problem.level == "error" for problem in problems):
        err.write(formatted(problems, "text", str(content)))
        return 1
    installation.require_importing(args, err)
    dry = args.dry_run or args.explain
    tally = DraftCounts()
    progress = Progress(err)
    with progress.stage("read"):
        for draft in intake.drafts(documents.files, releases, vocabularies, jobs=args.jobs, progress=progress.count):
            tally = tally.plus(draft)
            if draft.path is not None and not dry:
                intake.write(draft, releases)
            progress.clear()
            if args.explain:
                out.writelines(f"{text}\n" for text in explaining.lines(draft.record))
            elif args.json:
                out.write(json.dumps(_json_object(draft.record), ensure_ascii=False) + "\n")
            if draft.path is None:
                err.write(line(draft, releases))
            elif not args.json and not args.explain:
                out.write(line(draft, releases))
    err.write(tally.line(dry))
    return 1 if tally.refused else 0


def _passed(names: Sequence[str]) -> str:
    """A line that names the files of folders that were not read, so that nothing is left out in silence; empty where there are none."""
    if not names:
        return ""
    more = f" and {len(names) - 12:,} more" if len(names) > 12 else ""
    return (
        f"Passed over in folders, as no releases: {', '.join(names[:12])}{more}. To import one, name the file itself.\n"
    )


def _json_object(record: Record) -> dict[str, object]:
    """A record as `--json` prints it: what was not found is null."""
    keys = "title subtitle date date_as_written date_basis publisher reference language kind extent".split()
    return {
        "source": record.source,
        **{key: getattr(record, key) or None for key in keys},
        "topics": list(record.topics),
        "places": list(record.places),
        "names": list(record.names),
        "dateline": record.dateline or None,
        "body": record.body,
        "notes": record.notes or None,
        "url": record.url or None,
        "quotes": [
            {"speaker": quote.speaker, "text": quote.text, "paragraph": quote.paragraph} for quote in record.quotations
        ],
        "versions": [asdict(version) for version in record.versions],
        "review": [
            {key: value for key, value in asdict(question).items() if value or key != "evidence"}
            for question in record.review
        ],
        "left_out": [{"text": left.text, "reason": left.reason} for left in record.left_out],
        "refused": record.refused or None,
    }


def line(draft: intake.Draft, releases: Path) -> str:
    """What became of a document, in one line and one more for each version of its text; with its line end."""
    record = draft.record
    if record.refused:
        return f"{record.source}: refused. {record.refused}\n"
    if draft.path is None:
        return f"{record.source}: is in the archive already, as {draft.repeated}. Nothing was added.\n"
    questions = ", ".join(dict.fromkeys(question.field for question in record.review))
    same = "".join(
        f"\n  same text as {version.source}: {version.containment:.0%} of the shorter one"
        for version in record.versions
    )
    path = (releases / draft.path).as_posix()
    return f"{record.source} → {path}{f'  (to be answered: {questions})' if questions else ''}{same}\n"


@dataclass(frozen=True, slots=True)
class DraftCounts:
    """How many drafts there are and how many questions their documents leave open; how many documents were there already or refused."""

    drafts: int = 0
    questions: int = 0
    repeated: int = 0
    refused: int = 0

    def plus(self, draft: intake.Draft) -> DraftCounts:
        """The tally with one draft more."""
        refused, new = bool(draft.record.refused), draft.path is not None
        return DraftCounts(
            self.drafts + new,
            self.questions + (len(draft.record.review) if new else 0),
            self.repeated + (not new and not refused),
            self.refused + refused,
        )

    def line(self, dry: bool = False) -> str:
        """The closing line, with its line end; `dry` says that nothing was written."""
        parts = [f"{counted(self.drafts, 'draft')}{' (none written: --dry-run)' if dry and self.drafts else ''}"]
        if self.questions:
            parts.append(counted(self.questions, "open question"))
        if self.repeated:
            parts.append(f"{self.repeated:,} already there")
        if self.refused:
            parts.append(f"{self.refused:,} refused")
        after = " Answer the questions: python build.py review" if self.questions and not dry else ""
        return f"{', '.join(parts)}.{after}\n"
