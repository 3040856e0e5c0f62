"""`import`: raw documents become drafts of releases. Originals are only read."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from onrecord import intake, program_files, read, whole_file
from onrecord.command import Progress, WrongUse
from onrecord.commands import installation, loading
from onrecord.commands.keeping import Keeping
from onrecord.intake import explaining
from onrecord.intake.document import Record
from onrecord.model import Vocabularies
from onrecord.plural import counted
from onrecord.problems import formatted, visible

if TYPE_CHECKING:
    from onrecord.intake.finished_records import FinishedRecords
    from onrecord.intake.workers import Reading

_CACHE = Path(os.environ.get("ONRECORD_IMPORT_CACHE") or program_files.HOME / ".cache" / "import")
_MANY = 3
_MOST_VERSIONS = 3
_HOW_TO_ANSWER = {
    "publisher": "one answer for all that are alike: python build.py review --all-like publisher",
    "language": "one answer for all that are alike: python build.py review --all-like language",
    "kind": "one answer for all that are alike: python build.py review --all-like kind",
    "names": "the names that the texts have, to be added in one go: python build.py names",
    "date": "each by itself, with its evidence: python build.py review",
}


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
    parser.add_argument(
        "--keep",
        action="store_true",
        help="keep each original below content/files/ under its hash, with a small picture of its first page; its draft asks whether it "
        "may be published",
    )
    parser.add_argument("--dry-run", action="store_true", help="write nothing")
    parser.add_argument(
        "--json", action="store_true", help="print what was found, one JSON object a document, one a line"
    )
    parser.add_argument(
        "--explain",
        action="store_true",
        help="write nothing; print why each stretch of the text is where it is, and what states each field",
    )
    parser.add_argument(
        "--jobs", type=int, default=0, metavar="N", help="processes (default: one for each processor, at most 8)"
    )
    parser.add_argument(
        "--cluster",
        metavar="ADDRESS",
        help="read on the workers of the Dask cluster whose scheduler is at this address (tcp://host:8786)",
    )
    parser.add_argument(
        "--cache",
        type=Path,
        default=_CACHE,
        metavar="FOLDER",
        help="where an import that is stopped keeps what it has read, so that the same command goes on from there "
        "(default: .cache/import beside build.py)",
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
    keeping = Keeping(documents.files, content) if args.keep else None
    progress = Progress(err)
    with _finished(args.cache, releases, err) as finished:
        with progress.stage("read"):
            began = time.monotonic()

            def count(done: int, total: int, asked: Counter[str]) -> None:
                rate = done / max(time.monotonic() - began, 0.001)
                progress.count(done, total, f", {rate:,.0f} a second{_most(asked, ', asked most: ')}")

            def notice(text: str) -> None:
                progress.clear()
                err.write(text)

            try:
                with _reading(args, vocabularies, notice) as reading:
                    found = intake.drafts(
                        documents.files,
                        releases,
                        vocabularies,
                        jobs=args.jobs,
                        progress=count,
                        finished=finished,
                        reading=reading,
                        notice=notice,
                        kept=keeping.named if keeping else lambda record: None,
                    )
                    # The original comes first: a draft names what is there.
                    originals = keeping.with_originals(found) if keeping and not dry else found
                    for draft in originals if dry else intake.written(originals, releases):
                        tally = tally.plus(draft)
                        progress.clear()
                        if args.explain:
                            out.writelines(f"{visible(text)}\n" for text in explaining.lines(draft.record))
                        elif args.json:
                            out.write(_json_line(draft.record))
                        if draft.path is None:
                            err.write(line(draft, releases))
                        elif not args.json and not args.explain:
                            out.write(line(draft, releases))
            except KeyboardInterrupt:
                notice("Stopped. What was read is kept: the same command goes on from here.\n" if finished else "")
                raise
            except OSError as error:
                progress.clear()
                # Whether it is a draft, an original, what is kept or the system's own folder: it is all one to a full disk.
                raise WrongUse(
                    f"Stopped: {whole_file.stopped(error, releases, 'draft')}; the same command goes on from here."
                ) from error
        if keeping and not dry:
            keeping.make_previews(err)
        # What is kept for a next run goes last: one that stopped before every picture was there goes on from here.
        if finished is not None and not dry:
            finished.clear()
    err.write(tally.line(dry) + ("" if dry else tally.advice()))
    if keeping and not dry:
        err.write(keeping.line())
    return 1 if tally.refused else 0


@contextmanager
def _reading(
    args: argparse.Namespace, vocabularies: Vocabularies, notice: Callable[[str], object]
) -> Iterator[Reading | None]:
    """What reads the documents: None for processes on this machine. Raises WrongUse where it fails."""
    from onrecord.intake.cluster import ClusterFailed, ClusterReading
    from onrecord.intake.sandbox import Limits, setup

    try:
        reading = ClusterReading(args.cluster, setup(vocabularies, Limits()), notice) if args.cluster else None
        try:
            yield reading
        finally:
            if reading is not None:
                reading.close()
    except (ClusterFailed, intake.NotStarted) as error:
        raise WrongUse(str(error)) from error


@contextmanager
def _finished(cache: Path, releases: Path, err: TextIO) -> Iterator[FinishedRecords | None]:
    """What an import into this folder that was stopped has read; None where nothing can be kept, which is said."""
    from onrecord.intake.finished_records import Busy, FinishedRecords

    path = cache / f"records-{loading.mark(releases)}.sqlite"
    finished = None
    try:
        finished = FinishedRecords(path)
    except Busy:
        err.write(
            "Another import into this folder is running. If this one is stopped, it begins again from its start.\n"
        )
    except OSError as error:
        reason = error.strerror or error
        err.write(
            f"{path} cannot be written ({reason}): an import that is stopped begins again. Name another folder: --cache\n"
        )
    try:
        yield finished
    finally:
        if finished is not None:
            finished.close()


def _most(asked: Mapping[str, int], before: str) -> str:
    """The three fields that are asked most, each with how often, behind `before`; empty where nothing is asked."""
    most = sorted(asked.items(), key=lambda item: (-item[1], item[0]))[:3]
    return before + ", ".join(f"{field} {count:,}" for field, count in most) if most else ""


def _passed(names: Sequence[str]) -> str:
    """A line that names the files of folders that were not read, so that nothing is left out in silence; empty where there are none."""
    if not names:
        return ""
    more = f" and {len(names) - 12:,} more" if len(names) > 12 else ""
    return f"Passed over in folders, as no releases: {', '.join(map(visible, names[:12]))}{more}. To import one, name the file itself.\n"


def _json_line(record: Record) -> str:
    """A record as a line of JSON. Bytes of a file's name that are no UTF-8 are U+FFFD there, as every reader of JSON takes it."""
    text = json.dumps(_json_object(record), ensure_ascii=False)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace") + "\n"


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
            {
                "speaker": quote.speaker,
                "text": quote.text,
                "paragraph": quote.paragraph,
                "stated": claim.span or None,
                "why": claim.why or None,
            }
            for quote, claim in zip(record.quotations, record.quotation_claims, strict=False)
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
    """What became of a document, in one line and one more for each of the first versions of its text; with its line end. A document's name
    is a stranger's, and ends no line."""
    record = draft.record
    source = visible(record.source)
    if record.refused:
        return f"{source}: refused. {visible(record.refused)}\n"
    if draft.path is None:
        return f"{source}: is in the archive already, as {visible(draft.repeated)}. Nothing was added.\n"
    questions = ", ".join(dict.fromkeys(question.field for question in record.review))
    same = "".join(
        f"\n  same text as {visible(version.source)}: {version.containment:.0%} of the shorter one"
        for version in record.versions[:_MOST_VERSIONS]
    )
    if len(record.versions) > _MOST_VERSIONS:
        same += f"\n  and as {len(record.versions) - _MOST_VERSIONS:,} more, all of them named in the draft"
    path = (releases / draft.path).as_posix()
    return f"{source} → {path}{f'  (to be answered: {questions})' if questions else ''}{same}\n"


@dataclass(frozen=True, slots=True)
class DraftCounts:
    """How many drafts there are and how many questions their documents leave open; how many documents were there already or refused; in
    how many drafts each field is asked; how many of the drafts a stopped run had written."""

    drafts: int = 0
    questions: int = 0
    repeated: int = 0
    refused: int = 0
    asked: Mapping[str, int] = field(default_factory=dict)
    earlier: int = 0

    def plus(self, draft: intake.Draft) -> DraftCounts:
        """The tally with one draft more."""
        refused, new = bool(draft.record.refused), draft.path is not None
        asked = dict.fromkeys(question.field for question in draft.record.review) if new else {}
        return DraftCounts(
            self.drafts + new,
            self.questions + (len(draft.record.review) if new else 0),
            self.repeated + (not new and not refused),
            self.refused + refused,
            {**self.asked, **{field: self.asked.get(field, 0) + 1 for field in asked}},
            self.earlier + draft.written,
        )

    def line(self, dry: bool = False) -> str:
        """The closing line, with its line end; `dry` says that nothing was written."""
        parts = [f"{counted(self.drafts, 'draft')}{' (none written: --dry-run)' if dry and self.drafts else ''}"]
        if self.earlier:
            parts.append(f"{self.earlier:,} of them from before this import was stopped")
        if self.questions:
            parts.append(counted(self.questions, "open question"))
        if self.repeated:
            parts.append(f"{self.repeated:,} already there")
        if self.refused:
            parts.append(f"{self.refused:,} refused")
        after = " Answer the questions: python build.py review" if self.questions and not dry else ""
        return f"{', '.join(parts)}.{after}\n"

    def advice(self) -> str:
        """What is asked most and how it is answered, in a line for each field that many drafts ask; empty where none is."""
        most = sorted(self.asked.items(), key=lambda item: (-item[1], item[0]))
        lines = [
            f"  {field} in {counted(count, 'draft')}: {_HOW_TO_ANSWER.get(field, 'python build.py review')}\n"
            for field, count in most[:4]
            if count >= _MANY
        ]
        return f"Asked most:\n{''.join(lines)}" if lines else ""
