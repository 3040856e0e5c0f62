"""`build.py edition NAME`: a dated edition of a built site, frozen; its time stamps; and what belongs to it in files for citing.

What is small is written below `content/editions/NAME/` and committed; the copies are large, are written elsewhere, and a maintainer
uploads them. The same site and content give the same bytes. Nothing here opens a connection: a time stamp comes and goes as a file.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from onrecord import durability, publish, whole_file
from onrecord.command import Progress, WrongUse
from onrecord.commands import building, citation_files, loading
from onrecord.editions import folder as edition_folder
from onrecord.editions import record_list, statement
from onrecord.editions.folder import CHANGES, RECORDS, STATEMENT
from onrecord.editions.record_list import ListedRecord
from onrecord.model import Card, DatedEdition, EditionChanges, EditionFile, EditionNumbers, EditionStatement, Tombstone
from onrecord.plural import counted
from onrecord.publish import bag, integrity, packing
from onrecord.slugs import slug

if TYPE_CHECKING:
    from onrecord.load import Loaded
    from onrecord.publish.integrity import Examination

_TAKEN = "index"
_MOST_NAMED = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="what the edition is called: 2026-11")
    parser.add_argument("--site", type=Path, default=Path("site"), metavar="D", help="the built site (default: site)")
    parser.add_argument(
        "--out", type=Path, default=Path("editions"), metavar="D", help="where the large copies go (default: editions)"
    )
    parser.add_argument(
        "--date", default="", metavar="DAY", help="the day of the edition, 2026-11-26 (default: the day of the build)"
    )
    parser.add_argument(
        "--request", action="store_true", help="write the question to an authority for time stamps (OUT/NAME.tsq)"
    )
    parser.add_argument(
        "--timestamp", type=Path, default=None, metavar="F", help="take in an authority's answer (RFC 3161, .tsr)"
    )
    loading.add_arguments(parser)


def run(args: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Makes an edition and prints its files, or writes a question to an authority, or takes in its answer. Raises WrongUse."""
    if not statement.NAME.fullmatch(args.name) or args.name == _TAKEN:
        raise WrongUse(
            f"“{args.name}” cannot be the name of an edition. Write small letters, digits and single hyphens: 2026-11."
        )
    if args.request and args.timestamp:
        raise WrongUse("Ask for a time stamp (--request) and take it in (--timestamp) one after the other.")
    if args.request or args.timestamp:
        edition = existing(args.content, args.name)
        return _request(edition, args, out, err) if args.request else _take_in(edition, args, out, err)
    return _make(args, out, err)


def existing(content: Path, name: str) -> DatedEdition:
    """An edition of the content. Raises WrongUse where there is none, or its files are not as they were written."""
    from onrecord import read

    if not content.is_dir():
        raise WrongUse(f"There is no folder {content}. Name the content folder with --content.")
    editions, _, problems = edition_folder.editions(read.scan(content))
    of_name = [problem for problem in problems if problem.path.startswith(f"{edition_folder.FOLDER}/{name}/")]
    if of_name:
        raise WrongUse(f"{content / of_name[0].path}: {of_name[0].message}")
    found = next((edition for edition in editions if edition.name == name), None)
    if found is None:
        known = f" There are: {', '.join(edition.name for edition in editions)}." if editions else " There is none yet."
        raise WrongUse(f"There is no edition {name} in {content / edition_folder.FOLDER}.{known}")
    return found


# ---- time stamps -------------------------------------------------------------------------------------------------------------------


def _request(edition: DatedEdition, args: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    from onrecord.commands import timestamps

    target = args.out / f"{edition.name}.tsq"
    whole_file.write(target, timestamps.request(edition.data))
    out.write(f"{target}\n")
    err.write(
        f"It holds the edition's hash {edition.sha256} and nothing else. Send it to an authority that you choose, then take in its answer: "
        f"build.py edition {edition.name} --timestamp FILE.tsr\n"
    )
    return 0


def _take_in(edition: DatedEdition, args: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    from onrecord.commands import timestamps

    try:
        answer = args.timestamp.read_bytes()
    except OSError as error:
        raise WrongUse(f"{args.timestamp} cannot be read: {error.strerror or error}.") from error
    folder = args.content / edition_folder.FOLDER / edition.name
    for name, _ in edition.tokens:
        whole_file.clear(folder / name)
    if any(token == answer for _, token in edition.tokens):
        raise WrongUse(f"Edition {edition.name} has this time stamp already.")
    stamp = timestamps.read(answer, edition.data)
    if stamp.wrong:
        raise WrongUse(
            f"{args.timestamp} is not a time stamp of edition {edition.name}: {stamp.wrong}. Nothing was stored."
        )
    numbers = [int(re.sub("[^0-9]", "", name)) for name, _ in edition.tokens]
    target = folder / f"token-{max(numbers, default=0) + 1}.tsr"
    whole_file.write(target, answer, replace=False)
    out.write(f"{target}\n")
    err.write(
        f"{stamp.authority or 'An authority'} says that edition {edition.name} was there on {stamp.moment}. Its signature was not checked "
        f"here: build.py verify --edition {edition.name} --ca CERTIFICATE.pem does. Commit the file.\n"
    )
    return 0


# ---- a new edition -------------------------------------------------------------------------------------------------------------------


def _make(args: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    progress = Progress(err)
    if not args.site.is_dir():
        raise WrongUse(f"There is no folder {args.site}. Build the site first: python build.py.")
    for other, what in ((args.site, "the site"), (args.content, "the content")):
        if args.out.resolve().is_relative_to(other.resolve()):
            raise WrongUse(f"{args.out} lies in {what}. Choose another place with --out.")
    try:
        with progress.stage("verify"):
            examination = integrity.examined(args.site)
    except publish.PublishFailed as error:
        raise WrongUse(str(error)) from error
    wrong = [difference.path for difference in examination.differences if difference.kind != "stray"]
    if wrong:
        raise WrongUse(
            f"{args.site} is not as its build wrote it ({_named(wrong)}; see: build.py verify). Build again."
        )
    with loading.loaded(args, err, progress=progress) as content:
        from onrecord import problems

        if problems.any_error(content.problems):
            raise WrongUse(f"{args.content} has errors. See: build.py check")
        _require_same(args.site, content, examination)
        settings = content.settings
        files = _copies(args, content, examination, progress)
        of_edition, records, changes = _statement(args, content, examination, files)
    data = statement.written(of_edition)
    folder = args.content / edition_folder.FOLDER / args.name
    citing = citation_files.update(
        Path(os.path.abspath(args.content)).parent, of_edition, settings.repository, settings.scope, settings.language
    )
    if _is_there(folder, data, args):
        err.write(f"Edition {args.name} is there already, and is the same.\n")
        whole_file.clear(folder)
    else:
        whole_file.write_folder(folder, {STATEMENT: data, RECORDS: records, CHANGES: changes})
    for path, text in citing:
        whole_file.write(path, text.encode())
    for path in (*(folder / name for name in (STATEMENT, RECORDS, CHANGES)), *(path for path, _ in citing)):
        out.write(f"{path}\n")
    for file in files:
        out.write(f"{args.out / file.name}\n")
    _say(args, of_edition, hashlib.sha256(data).hexdigest(), examination, err)
    return 0


def _say(
    args: argparse.Namespace, of_edition: EditionStatement, sha256: str, examination: Examination, err: TextIO
) -> None:
    numbers = of_edition.numbers
    since = (
        f" Since edition {of_edition.previous}: {numbers.newly_added:,} added, {numbers.newly_corrected:,} corrected, "
        f"{numbers.newly_changed:,} changed without that, {numbers.newly_withdrawn:,} withdrawn"
        f"{f', {numbers.gone:,} gone' if numbers.gone else ''}."
        if of_edition.previous
        else " It is the first."
    )
    strays = [difference.path for difference in examination.differences if not difference.path.startswith(".")]
    left_out = f" Left out, because no build has written it: {_named(strays)}." if strays else ""
    err.write(
        f"Edition {of_edition.name}: {counted(numbers.releases, 'release')}, {counted(numbers.files, 'file')}.{since}{left_out}\n"
        f"Its hash is {sha256}.\n"
        f"Commit what is in {args.content} and beside it; upload the files in {args.out} where they stay (a release of the repository, "
        "Zenodo), for they belong in no commit. Then build again: the edition has a page of its own. "
        f"For a time stamp: build.py edition {of_edition.name} --request\n"
    )


def _named(paths: list[str]) -> str:
    return ", ".join(paths[:_MOST_NAMED]) + (
        f" and {len(paths) - _MOST_NAMED:,} more" if len(paths) > _MOST_NAMED else ""
    )


def _require_same(site: Path, content: Loaded, examination: Examination) -> None:
    """Raises WrongUse where the site was not made of this content: every record's file of JSON is made again and compared."""
    from onrecord import arrange
    from onrecord.makers import records
    from onrecord.reader import Build, Reader

    archive = arrange.archive(
        content.listed,
        content.settings,
        content.vocabularies,
        content.articles,
        texts=content.text_digests,
        withdrawn_terms=content.withdrawn_terms,
        files=content.files,
    )
    ask = Reader(archive, content.texts, Build(""))
    expected = {f"releases/{listed.slug}.{_ending(listed)}" for listed in archive.listed}
    present = {path for path in examination.listed if path.startswith("releases/") and path.endswith(".json")}
    present = {path for path in present if not path.endswith(".csl.json")}
    tombstones = {path for path in expected if path.endswith(".html")}
    differing = sorted((expected - tombstones) ^ present) + sorted(tombstones - examination.listed.keys())
    for listed in archive.listed:
        path = f"releases/{listed.slug}.json"
        if not isinstance(listed, Card) or path not in present:
            continue
        release = ask.release(listed.slug)
        assert release is not None
        made = json.loads((site / path).read_bytes())
        made.pop("url", None)
        if made != records.beside_its_page(ask, release):
            differing.append(path)
        ask.forget()
    if differing:
        raise WrongUse(
            f"{site} was not built from the content as it is now, or shows drafts ({_named(differing)}). Build again: python build.py"
        )


def _ending(listed: Card | Tombstone) -> str:
    return "json" if isinstance(listed, Card) else "html"


def _statement(
    args: argparse.Namespace, content: Loaded, examination: Examination, files: tuple[EditionFile, ...]
) -> tuple[EditionStatement, bytes, bytes]:
    """The statement, and the bytes of the list of records and of that of changes."""
    before = [edition for edition in content.editions if edition.name != args.name]
    same = next((edition for edition in content.editions if edition.name == args.name), None)
    if same is not None:
        before = before[: same.statement.number - 1]
    previous = before[-1] if before else None
    listed = _records(content)
    data = record_list.written(listed)
    earlier: dict[str, ListedRecord] = {}
    if previous is not None:
        path = args.content / edition_folder.FOLDER / previous.name / RECORDS
        kept = record_list.parsed(path.read_bytes())
        if kept is None:
            raise WrongUse(f"{path} is not as it was written. Restore the file from git.")
        earlier = kept
    changes, gone = record_list.changes(earlier, listed) if previous else (EditionChanges(), 0)
    changes_data = record_list.changes_written(changes)
    stands = sum(record.state != record_list.WITHDRAWN for record in listed.values())
    numbers = EditionNumbers(
        releases=stands,
        withdrawn=len(listed) - stands,
        files=examination.files + 1,
        bytes=examination.size,
        newly_added=len(changes.added),
        newly_corrected=len(changes.corrected),
        newly_changed=len(changes.changed),
        newly_withdrawn=len(changes.withdrawn),
        gone=gone,
    )
    settings = content.settings
    return (
        EditionStatement(
            name=args.name,
            number=previous.statement.number + 1 if previous else 1,
            date=_day(args),
            archive=settings.title,
            publisher=settings.publisher,
            address=building.settings(settings, "").base_url,
            manifest_sha256=examination.manifest,
            records_sha256=hashlib.sha256(data).hexdigest(),
            changes_sha256=hashlib.sha256(changes_data).hexdigest(),
            numbers=numbers,
            previous=previous.name if previous else "",
            previous_sha256=previous.sha256 if previous else "",
            files=files,
        ),
        data,
        changes_data,
    )


def _records(content: Loaded) -> dict[str, ListedRecord]:
    """Every record that the site shows, by slug."""
    listed = {}
    for file in content.checked:
        match file.listed:
            case Tombstone(slug=of_file):
                listed[of_file] = ListedRecord(record_list.WITHDRAWN)
            case Card(slug=of_file, status=status) if status != "draft":
                listed[of_file] = ListedRecord(status, file.sha256)
    return listed


def _day(args: argparse.Namespace) -> str:
    """The day of the edition: what was asked for, else that of the build, as the manifest has it. Raises WrongUse."""
    import datetime as dt

    if not args.date:
        built = publish.built(args.site)
        if not built:
            raise WrongUse(
                "The site does not say when it was built (no git history and no SOURCE_DATE_EPOCH). Give the day with --date."
            )
        return built
    try:
        return dt.date.fromisoformat(args.date).isoformat()
    except ValueError as error:
        raise WrongUse(f"“{args.date}” is not a day. Write it as 2026-11-26.") from error


def _copies(
    args: argparse.Namespace, content: Loaded, examination: Examination, progress: Progress
) -> tuple[EditionFile, ...]:
    """Writes the copies of an edition."""
    stem = f"{slug(content.settings.title) or 'archive'}-{args.name}"
    paths = sorted([*examination.listed, publish.MANIFEST])
    args.out.mkdir(parents=True, exist_ok=True)
    with progress.stage("write"):
        site_zip = args.out / f"{stem}.zip"
        publish.write_zip(site_zip, args.site, paths, stem)
        bag_zip = args.out / f"{stem}-bag.zip"
        tags = bag_tags(content.settings.title, content.settings.publisher, args.name, _day(args), examination)
        payload = ((bag.PAYLOAD + path, args.site / path) for path in paths)
        packing.pack(bag_zip, (*tags, *payload), f"{stem}-bag")
        durability.force(args.out, [site_zip.name, bag_zip.name])
    return tuple(
        EditionFile(file.name, holds, file.stat().st_size, publish.digest(str(file)))
        for file, holds in ((site_zip, "site"), (bag_zip, "bag"))
    )


def bag_tags(archive: str, publisher: str, name: str, date: str, examination: Examination) -> list[tuple[str, bytes]]:
    """The tag files of an edition's bag: they follow from its statement and its manifest alone."""
    return bag.of_site(
        examination.listed,
        examination.manifest,
        examination.size,
        publisher=publisher,
        description=f"{archive}, edition {name}: the whole site",
        date=date,
        identifier=name,
    )


def _is_there(folder: Path, data: bytes, args: argparse.Namespace) -> bool:
    """Whether the very same edition is there. Raises WrongUse where another one of its name is."""
    if not folder.exists():
        return False
    file = folder / STATEMENT
    if file.is_file() and file.read_bytes() == data:
        return True
    raise WrongUse(
        f"There is an edition {args.name} already ({folder}), and it holds another state. An edition does not change: choose another name."
    )
