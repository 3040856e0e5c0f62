"""`import`: raw documents become drafts of releases. Originals are only read."""

from __future__ import annotations

import argparse
import json
import os
import pickle
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import IO, TextIO

from onrecord import families, read
from onrecord.command import WrongUse
from onrecord.intake import dating, draft, workers
from onrecord.intake.document import Ask, Record, Version
from onrecord.model import Scalar, Table
from onrecord.problems import formatted

# What lies in a folder beside releases and is none: passed over in a folder, taken where it is named itself.
_BESIDE = re.compile(
    r"(?:readme|license|licence|copying|changelog|contributing|authors|notice)(?:\.(?:md|txt|rst|html?))?|thumbs\.db|desktop\.ini|_template\.md",
    re.IGNORECASE,
)


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
        "--jobs", type=int, default=0, metavar="N", help="processes (default: one for each processor, at most 8)"
    )


def run(args: argparse.Namespace, out: TextIO = sys.stdout, err: TextIO = sys.stderr) -> int:
    """Imports. Returns 0, or 1 where a document was refused. Raises WrongUse for folders and files that are not there."""
    content = Path(args.content) if args.content else Path(args.to).parent if args.to else Path("content")
    target = Path(args.to) if args.to else content / "releases"
    if args.jobs < 0:
        raise WrongUse("--jobs takes a number of processes, or 0 for one for each processor.")
    passed: list[str] = []
    sources = list(_sources(args.sources, passed))
    _tell_passed(passed, err)
    if not sources:
        raise WrongUse(f"There is no document in {', '.join(args.sources)}.")
    vocabularies, problems = read.vocabularies(
        content if (content / "names.toml").exists() or args.content else Path("content")
    )
    if any(problem.level == "error" for problem in problems):
        err.write(formatted(problems, "text", str(content)))
        return 1
    archive = _Archive.read(target)
    with tempfile.TemporaryFile() as spool:
        places: list[int] = []
        for record in _told(workers.records(sources, vocabularies, jobs=args.jobs), len(sources), err):
            places.append(spool.tell())
            pickle.dump(record, spool)
        batch = _Batch(spool, places, archive)
        return _finish(batch, archive, target, args, out, err)


def _tell_passed(passed: Sequence[str], err: TextIO) -> None:
    """Says which files of a folder were not read: nothing is left out in silence."""
    if passed:
        more = f" and {len(passed) - 12:,} more" if len(passed) > 12 else ""
        err.write(
            f"Passed over in folders, as no releases: {', '.join(passed[:12])}{more}. To import one, name the file itself.\n"
        )


def _sources(given: Sequence[str], passed: list[str]) -> Iterator[tuple[str, Path]]:
    """Name and path of every document, in order. Hidden files and what lies beside releases are put in `passed`; links to folders are
    not followed."""
    seen: set[str] = set()

    def named(name: str, path: Path) -> tuple[str, Path]:
        chosen = name if name not in seen else path.as_posix()
        seen.add(chosen)
        return chosen, path

    for text in given:
        path = Path(text)
        if path.is_dir():
            for folder, below, files in os.walk(path):
                passed += [
                    f"{(Path(folder) / name).relative_to(path).as_posix()}/"
                    for name in sorted(below)
                    if name.startswith(".")
                ]
                below[:] = sorted(name for name in below if not name.startswith("."))
                for name in sorted(files):
                    file = Path(folder) / name
                    if name.startswith((".", "~$")) or _BESIDE.fullmatch(name):
                        passed.append(file.relative_to(path).as_posix())
                        continue
                    yield named(file.relative_to(path).as_posix(), file)
        elif path.exists():
            yield named(path.name, path)
        else:
            raise WrongUse(f"There is no file or folder “{text}”.")


def _told(records: Iterator[Record], total: int, err: TextIO) -> Iterator[Record]:
    """The records as they come, their number told on a terminal after the first second."""
    shown, began, last = err.isatty(), time.monotonic(), 0.0
    for number, record in enumerate(records, 1):
        now = time.monotonic()
        if shown and now - began > 1 and now - last > 0.2:
            last = now
            err.write(f"\r\x1b[Kreading {number:,} of {total:,}")
            err.flush()
        yield record
    if shown:
        err.write("\r\x1b[K")


@dataclass(frozen=True, slots=True)
class _Archive:
    """What is in the archive already: bodies by slug, slugs by the SHA-256 of what they were made from, file names, dates written."""

    bodies: dict[str, str]
    imported: dict[str, str]
    names: set[str]
    facts: dict[str, tuple[str, str, str]]

    @classmethod
    def read(cls, target: Path) -> _Archive:
        """The releases below `target`. Broken ones still count by their names."""
        bodies: dict[str, str] = {}
        imported: dict[str, str] = {}
        facts: dict[str, tuple[str, str, str]] = {}
        names = {draft.folded(file.name) for file in sorted(target.rglob("*.md"))} if target.is_dir() else set()
        for path in sorted(target.rglob("*.md")) if target.is_dir() else ():
            if path.name.startswith((".", "_")):
                continue
            try:
                table, body, _ = read.split(read.text_of(path.read_bytes()))
            except read.Unreadable:
                continue
            facts[path.stem] = (_text(table, "publisher"), _text(table, "date"), _text(table, "date_as_written"))
            if _text(table, "extent") != "abstract":
                bodies[path.stem] = body
            origin = table.get("source")
            digest = origin.get("sha256") if isinstance(origin, Table) else None
            if isinstance(digest, Scalar) and digest.text:
                imported[digest.text] = path.stem
        return cls(bodies, imported, names, facts)


def _text(table: Table, key: str) -> str:
    node = table.get(key)
    return node.text if isinstance(node, Scalar) else ""


class _Batch:
    """The records of one run, kept on disk: they are read one at a time, and again where a family or a publisher's habit needs them."""

    def __init__(self, spool: IO[bytes], places: Sequence[int], archive: _Archive) -> None:
        self._spool = spool
        self._places = places
        self._archive = archive
        self._orders: dict[str, set[str]] = {}
        bodies: dict[str, int] = {}
        for number in range(len(places)):
            record = self._read(number)
            if record.refused:
                continue
            bodies[f"+{number}"] = number
            self._learn(record.publisher, record.date, record.date_as_written)
        for publisher, date, written in archive.facts.values():
            self._learn(publisher, date, written)

        def body(name: str) -> str:
            return self._read(bodies[name]).body if name in bodies else archive.bodies[name]

        self.versions: dict[str, list[tuple[str, float]]] = {}
        for pair in families.pairs_of([*bodies, *archive.bodies], body):
            self.versions.setdefault(pair.first, []).append((pair.second, pair.containment))
            self.versions.setdefault(pair.second, []).append((pair.first, pair.containment))

    def __len__(self) -> int:
        return len(self._places)

    def _read(self, number: int) -> Record:
        self._spool.seek(self._places[number])
        record: Record = pickle.load(self._spool)  # noqa: S301 - written by this run, in a file without a name
        return record

    def _learn(self, publisher: str, date: str, written: str) -> None:
        """In which order a publisher writes day and month, where a date of its own shows it."""
        for found in dating.find(written, "en") if publisher and date else ():
            if found.numeric and found.order in ("dmy", "mdy"):
                self._orders.setdefault(publisher, set()).add(found.order)

    def name(self, other: str) -> str:
        """What another text of a family is called: its source in this run, its slug in the archive."""
        return self._read(int(other[1:])).source if other.startswith("+") else other

    def date(self, other: str) -> str:
        """The date of another text of a family."""
        return self._read(int(other[1:])).date if other.startswith("+") else self._archive.facts[other][1]

    def record(self, number: int) -> Record:
        """A record with its versions, and with what other records tell about it."""
        record = self._read(number)
        found = sorted(self.versions.get(f"+{number}", ()), key=lambda pair: (-pair[1], pair[0]))
        record = replace(record, versions=tuple(Version(self.name(other), share) for other, share in found))
        orders = self._orders.get(record.publisher, set())
        if len(record.readings) == 2 and len(orders) == 1:
            date = record.readings[0 if orders == {"dmy"} else 1]
            record = replace(
                record, date=date, readings=(), review=tuple(ask for ask in record.review if ask.field != "date")
            )
        hints = [
            f"the same text ({share:.0%} of the shorter one's three-word sequences) is dated {self.date(other)} in {self.name(other)}"
            for other, share in found
            if self.date(other)
        ]
        if hints:
            record = replace(record, review=tuple(_with_hint(ask, hints) for ask in record.review))
        return record


def _with_hint(ask: Ask, hints: Sequence[str]) -> Ask:
    if ask.field != "date":
        return ask
    return replace(ask, evidence="; ".join([*([ask.evidence] if ask.evidence else []), *hints]))


def _finish(batch: _Batch, archive: _Archive, target: Path, args: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    taken = set(archive.names)
    paths: dict[int, PurePosixPath] = {}
    known: dict[str, str] = dict(archive.imported)
    repeated: dict[int, str] = {}
    for number in range(len(batch)):
        record = batch.record(number)
        if record.refused:
            continue
        if record.sha256 in known:
            repeated[number] = known[record.sha256]
            continue
        paths[number] = draft.free(draft.path(record), taken)
        taken.add(draft.folded(paths[number].name))
        known[record.sha256] = paths[number].stem
    refused = written = asked = 0
    for number in range(len(batch)):
        record = batch.record(number)
        if args.json:
            out.write(json.dumps(_object(record), ensure_ascii=False) + "\n")
        if record.refused:
            refused += 1
            err.write(f"{record.source}: refused. {record.refused}\n")
            continue
        if number in repeated:
            err.write(f"{record.source}: is in the archive already, as {repeated[number]}. Nothing was added.\n")
            continue
        same = [
            paths[int(other[1:])].stem if other.startswith("+") else other
            for other, _ in batch.versions.get(f"+{number}", ())
            if not other.startswith("+") or int(other[1:]) in paths
        ]
        asked += len(record.review)
        written += 1
        if not args.dry_run:
            _write(target / paths[number], draft.text(record, sorted(set(same))))
        if not args.json:
            out.write(_line(record, target / paths[number]))
    err.write(_closing(written, asked, refused, len(repeated), args.dry_run))
    return 1 if refused else 0


def _write(path: Path, text: str) -> None:
    """Writes a new file whole or not at all; an existing one is never touched."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".import-")
    try:
        with open(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        os.chmod(temporary, 0o644)
        try:
            os.link(temporary, path)
        except FileExistsError:
            raise
        except OSError:
            # A file system without hard links.
            with open(path, "x", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
    finally:
        os.unlink(temporary)


def _object(record: Record) -> dict[str, object]:
    """A record as `--json` prints it: what was not found is null."""
    keys = (
        "title",
        "subtitle",
        "date",
        "date_as_written",
        "date_basis",
        "publisher",
        "reference",
        "language",
        "kind",
        "extent",
    )
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
            {"speaker": quote.speaker, "text": quote.text, "paragraph": quote.paragraph} for quote in record.quotes
        ],
        "versions": [{"source": version.source, "containment": version.containment} for version in record.versions],
        "review": [
            {"field": ask.field, "question": ask.question, **({"evidence": ask.evidence} if ask.evidence else {})}
            for ask in record.review
        ],
        "refused": record.refused or None,
    }


def _line(record: Record, path: Path) -> str:
    asks = ", ".join(dict.fromkeys(ask.field for ask in record.review))
    same = "".join(
        f"\n  same text as {version.source}: {version.containment:.0%} of the shorter one"
        for version in record.versions
    )
    return f"{record.source} → {path.as_posix()}{f'  (to be answered: {asks})' if asks else ''}{same}\n"


def _closing(written: int, asked: int, refused: int, repeated: int, dry: bool) -> str:
    parts = [f"{written:,} draft{'' if written == 1 else 's'}{' (none written: --dry-run)' if dry and written else ''}"]
    if asked:
        parts.append(f"{asked:,} open question{'' if asked == 1 else 's'}")
    if repeated:
        parts.append(f"{repeated:,} already there")
    if refused:
        parts.append(f"{refused:,} refused")
    after = " Answer the questions: python build.py review" if asked and not dry else ""
    return f"{', '.join(parts)}.{after}\n"
