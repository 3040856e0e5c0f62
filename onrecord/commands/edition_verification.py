"""`build.py verify --edition NAME COPY`: a copy held against a dated edition, offline, link by link: originals → files → manifest →
statement → time stamps. Each link that does not hold is a line; at the end one sentence says what is proved and what is not."""

from __future__ import annotations

import argparse
import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from onrecord import publish
from onrecord.command import Progress, WrongUse
from onrecord.commands import edition as edition_command
from onrecord.commands import timestamps
from onrecord.commands.timestamps import TimeStamp
from onrecord.editions import folder as edition_folder
from onrecord.editions import record_list, statement
from onrecord.editions.folder import CHANGES, RECORDS, STATEMENT, TOKEN
from onrecord.model import DatedEdition, EditionChanges, EditionStatement
from onrecord.plural import counted
from onrecord.publish import bag, integrity

if TYPE_CHECKING:
    from onrecord.publish.integrity import Examination

_KINDS = {"missing": "missing", "changed": "changed", "stray": "not of the edition"}
_MOST_JSON = 16 << 20


@dataclass(frozen=True, slots=True)
class _Stamped:
    """A time stamp that stands for the edition, and whether its signature was traced to a certificate that the user gave."""

    file: str
    stamp: TimeStamp
    trusted: bool


def run(args: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Prints a line for everything that does not hold and ends with what is proved; 0 where all holds, else 1. Raises WrongUse."""
    wrong: list[str] = []
    edition = _edition(args.content, args.edition, wrong)
    if edition is None:
        return _ended(
            wrong, "Nothing is proved: without its statement there is no edition to hold a copy against.", out, err
        )
    examination = _examination(args.site, edition, wrong, err)
    if examination is not None:
        wrong += _copy_wrong(args.site, edition, examination)
        for original in args.original or ():
            wrong += _original_wrong(original, args.site, examination, err)
    strangers: list[str] = []
    stamped = list(_stamps(edition, args.ca, wrong, strangers, err))
    if any(each.trusted for each in stamped):
        # Several authorities may have stamped an edition, and nobody trusts all.
        err.writelines(f"{line}\n" for line in strangers)
    else:
        wrong += strangers
    err.write(f"Edition {edition.name}: its hash is {edition.sha256}.\n")
    if wrong:
        return _ended(wrong, "Not proved: that this is the edition; what is named above differs from it.", out, err)
    return _ended([], _proof(edition, stamped, args), out, err)


def _ended(wrong: list[str], sentence: str, out: TextIO, err: TextIO) -> int:
    for line in wrong:
        out.write(f"{line}\n")
    if wrong:
        err.write(f"{counted(len(wrong), 'link')} of the chain {'does' if len(wrong) == 1 else 'do'} not hold.\n")
    out.write(f"{sentence}\n")
    return 1 if wrong else 0


# ---- the edition itself ------------------------------------------------------------------------------------------------------------


def _edition(content: Path, name: str, wrong: list[str]) -> DatedEdition | None:
    """The edition, read without taking anything in it for granted."""
    if not statement.NAME.fullmatch(name):
        raise WrongUse(f"“{name}” is not the name of an edition.")
    folder = content / edition_folder.FOLDER / name
    if not folder.is_dir():
        edition_command.existing(content, name)
    files = {
        file.name: file.read_bytes() for file in sorted(folder.iterdir()) if file.is_file() and not file.is_symlink()
    }
    missing = [part for part in (STATEMENT, RECORDS, CHANGES) if part not in files]
    wrong += (f"{folder / part}: missing: it is not there" for part in missing)
    known = {STATEMENT, RECORDS, CHANGES}
    wrong += (
        f"{folder / part}: not of the edition: nothing has written it"
        for part in files
        if part not in known and not TOKEN.fullmatch(part)
    )
    of_edition = statement.parsed(files.get(STATEMENT, b""))
    if of_edition is None or of_edition.name != name:
        if STATEMENT in files:
            wrong.append(f"{folder / STATEMENT}: changed: it is not as an edition's statement is written")
        return None
    for part, expected in ((RECORDS, of_edition.records_sha256), (CHANGES, of_edition.changes_sha256)):
        if part in files and hashlib.sha256(files[part]).hexdigest() != expected:
            wrong.append(f"{folder / part}: changed: its SHA-256 is not the one that the statement names")
    changes = record_list.changes_parsed(files.get(CHANGES, b"")) or EditionChanges()
    wrong += _chain_wrong(content, of_edition, files.get(RECORDS, b""), changes)
    data = files[STATEMENT]
    tokens = tuple((part, files[part]) for part in files if TOKEN.fullmatch(part))
    return DatedEdition(of_edition, data, hashlib.sha256(data).hexdigest(), changes, tokens)


def _chain_wrong(content: Path, of_edition: EditionStatement, data: bytes, changes: EditionChanges) -> Iterator[str]:
    """What does not fit the edition before: its own hash, and what is said to have changed since."""
    if not of_edition.previous:
        return
    folder = content / edition_folder.FOLDER / of_edition.previous
    file = folder / STATEMENT
    if not file.is_file():
        yield f"{file}: missing: edition {of_edition.name} follows it, so what changed cannot be worked out again"
        return
    before = file.read_bytes()
    if hashlib.sha256(before).hexdigest() != of_edition.previous_sha256:
        yield f"{file}: changed: edition {of_edition.name} follows one with another hash"
        return
    earlier = record_list.parsed((folder / RECORDS).read_bytes() if (folder / RECORDS).is_file() else b"?")
    listed = record_list.parsed(data)
    if earlier is not None and listed is not None and record_list.changes(earlier, listed)[0] != changes:
        yield f"{file.parent.parent / of_edition.name / CHANGES}: changed: the two lists of records differ otherwise"


# ---- the copy ------------------------------------------------------------------------------------------------------------------------


def _examination(copy: Path, edition: DatedEdition, wrong: list[str], err: TextIO) -> Examination | None:
    if not copy.exists():
        raise WrongUse(f"There is no {copy}. Name the copy: a folder, a bag or a .zip file.")
    if copy.is_file():
        wrong += _file_wrong(copy, edition, err)
    try:
        with Progress(err).stage("verify"):
            return integrity.examined(copy)
    except publish.PublishFailed as error:
        wrong.append(f"{copy}: changed: {str(error).removesuffix('.')}")
        return None


def _file_wrong(copy: Path, edition: DatedEdition, err: TextIO) -> Iterator[str]:
    """What is wrong with a copy's file itself, where the statement names one of its name."""
    sha256 = publish.digest(str(copy))
    by_hash = {file.sha256: file for file in edition.statement.files}
    if sha256 in by_hash:
        err.write(f"{copy}: byte by byte the file {by_hash[sha256].name} that the edition names.\n")
        return
    named = next((file for file in edition.statement.files if file.name == copy.name), None)
    if named is not None:
        size = copy.stat().st_size
        what = f"it has {size:,} bytes of {named.bytes:,}" if size != named.bytes else "its bytes are others"
        yield f"{copy}: changed: it is not the file of this name in the edition: {what}"


def _copy_wrong(copy: Path, edition: DatedEdition, examination: Examination) -> Iterator[str]:
    """Everything in which a copy is not the edition."""
    expected = edition.statement.manifest_sha256
    if examination.manifest != expected:
        path = copy / (bag.PAYLOAD if examination.is_bag else "") / publish.MANIFEST
        yield (f"{path}: changed: its SHA-256 is {examination.manifest}, that of edition {edition.name} is {expected}")
    tags: dict[str, str] = {}
    # Of another manifest nothing follows for the files of the bag: they may well be those of the edition.
    follows = examination.manifest == expected
    if examination.is_bag:
        of_edition = edition.statement
        # The edition's own size: what a file lacks is that file's fault, and not one of the bag's description.
        whole = replace(examination, size=of_edition.numbers.bytes)
        made = edition_command.bag_tags(
            of_edition.archive, of_edition.publisher, of_edition.name, of_edition.date, whole
        )
        tags = {f"../{path}": hashlib.sha256(data).hexdigest() for path, data in made}
    seen = set()
    for difference in examination.differences:
        of_bag = difference.path.startswith("../") and examination.is_bag
        path = copy / (
            difference.path.removeprefix("../")
            if of_bag
            else f"{bag.PAYLOAD if examination.is_bag else ''}{difference.path}"
        )
        if difference.path in tags:
            seen.add(difference.path)
            if follows and difference.sha256 != tags[difference.path]:
                yield f"{path}: changed: it is not what follows from the edition and its manifest"
            continue
        yield f"{path}: {_KINDS[difference.kind]}: {difference.words if difference.kind != 'stray' else 'the edition has no such file'}"
    for tag in sorted(tags.keys() - seen):
        yield f"{copy / tag.removeprefix('../')}: missing: every bag of an edition has it"


def _original_wrong(original: Path, copy: Path, examination: Examination, err: TextIO) -> Iterator[str]:
    """Where an original is in the copy: as one of its files, or by its hash in a record that the manifest lists."""
    try:
        sha256 = publish.digest(str(original))
    except OSError as error:
        raise WrongUse(f"{original} cannot be read: {error.strerror or error}.") from error
    found = [path for path, listed in examination.listed.items() if listed == sha256]
    found += (f"{path} (as where the text is from)" for path in _records_naming(sha256, copy, examination))
    if found:
        err.write(f"{original}: its SHA-256 {sha256} is in the edition: {', '.join(sorted(found))}.\n")
    else:
        yield f"{original}: not of the edition: no file and no record of it has the SHA-256 {sha256}"


def _records_naming(sha256: str, copy: Path, examination: Examination) -> Iterator[str]:
    """The records of a copy, as files of JSON, that name a hash as a whole value."""
    paths = sorted(
        path
        for path in examination.listed
        if path.startswith("releases/") and path.endswith(".json") and not path.endswith(".csl.json")
    )
    if copy.is_dir():
        top = copy / bag.PAYLOAD if examination.is_bag else copy
        for path in paths:
            if _names((top / path).read_bytes() if (top / path).is_file() else b"", sha256):
                yield path
        return
    try:
        with zipfile.ZipFile(copy) as archive:
            top_of_zip = integrity.top_of(archive)
            for path in paths:
                if _names(archive.read(top_of_zip + path), sha256):
                    yield path
    except (OSError, KeyError, zipfile.BadZipFile):
        return


def _names(data: bytes, sha256: str) -> bool:
    if sha256.encode() not in data or len(data) > _MOST_JSON:
        return False
    try:
        values = [json.loads(data)]
    except (ValueError, RecursionError):
        return False
    while values:
        value = values.pop()
        if isinstance(value, dict):
            if value.get("sha256") == sha256:
                return True
            values += value.values()
        elif isinstance(value, list):
            values += value
    return False


# ---- time stamps, and what all of it proves ---------------------------------------------------------------------------------------------


def _stamps(
    edition: DatedEdition, authorities: Path | None, wrong: list[str], strangers: list[str], err: TextIO
) -> Iterator[_Stamped]:
    """The time stamps that stand for an edition. A line for each that does not is added to `wrong`, for each of an authority that is not
    among those that are trusted to `strangers`."""
    for name, answer in edition.tokens:
        stamp = timestamps.read(answer, edition.data)
        if stamp.wrong:
            wrong.append(f"{name}: not of the edition: {stamp.wrong}")
            continue
        who = stamp.authority or "an authority that its answer does not name"
        if authorities is None:
            err.write(
                f"{name}: {who}, {stamp.moment}. Its signature was not checked against a certificate that you trust: give one with --ca.\n"
            )
            yield _Stamped(name, stamp, False)
            continue
        distrust = timestamps.distrust(answer, edition.data, authorities)
        if distrust is None:
            err.write(f"{name}: {who}, {stamp.moment}; its signature leads to a certificate in {authorities}.\n")
            yield _Stamped(name, stamp, True)
        elif distrust.is_stranger:
            strangers.append(f"{name}: not signed by an authority in {authorities}: {distrust.words}")
        else:
            wrong.append(f"{name}: changed: its signature is not that of {who}: {distrust.words}")


def _proof(edition: DatedEdition, stamped: list[_Stamped], args: argparse.Namespace) -> str:
    """What is proved and what is not, in one sentence."""
    originals = " and the originals that were named" if args.original else ""
    same = (
        f"that this copy is edition {edition.name} byte by byte, with every file{originals} as its statement {edition.sha256[:16]}… "
        "has them"
    )
    trusted = [each for each in stamped if each.trusted]
    never = "that what it says is true, who wrote it, or that nothing was left out"
    if trusted:
        first = min(trusted, key=lambda each: each.stamp.moment)
        return (
            f"Proved: {same}, and that this statement was there at {first.stamp.moment}, as far as you trust {first.stamp.authority}; "
            f"not proved: {never}."
        )
    if stamped:
        return f"Proved: {same}; not proved: when it was made (no time stamp was checked against a certificate that you trust), {never}."
    return f"Proved: {same}; not proved: when it was made (it has no time stamp), {never}."
