"""`content/editions/` → the dated editions of the archive, and what is wrong with their files."""

from __future__ import annotations

import hashlib
import re
import stat
from collections import defaultdict
from collections.abc import Mapping, Sequence

from onrecord import read
from onrecord.editions import record_list, statement
from onrecord.editions.record_list import ListedRecord
from onrecord.model import Checked, DatedEdition, Problem, Tombstone
from onrecord.read import FileStatus, Scan

FOLDER = "editions"
STATEMENT = "edition.toml"
RECORDS = "records.tsv"
CHANGES = "changes.toml"
TOKEN = re.compile(r"token-[1-9][0-9]{0,3}\.tsr")
_MOST: Mapping[str, int] = {STATEMENT: 64 << 10, RECORDS: 64 << 20, CHANGES: 64 << 20}
_MOST_TOKEN = 64 << 10
"""Bytes: a token holds a signature and a chain of certificates."""


def editions(content: Scan) -> tuple[tuple[DatedEdition, ...], dict[str, ListedRecord], list[Problem]]:
    """The editions, oldest first; the records of the newest by slug; and a Problem for each file that is not as `edition` wrote it.
    Raises OSError."""
    problems: list[Problem] = []
    found: dict[int, DatedEdition] = {}
    newest: FileStatus | None = None
    for name, files in sorted(_by_name(content, problems).items()):
        edition = _edition(name, files, problems)
        if edition is None:
            continue
        other = found.setdefault(edition.statement.number, edition)
        if other is not edition:
            message = (
                f"Editions {other.name} and {name} both say that they are number {edition.statement.number}. Restore from git the one "
                "that was edited, or take out the one that was made in another branch."
            )
            problems.append(_problem(name, STATEMENT, message))
        elif edition is found[max(found)]:
            newest = files[RECORDS]
    ordered = tuple(found[number] for number in sorted(found))
    records: dict[str, ListedRecord] = {}
    if newest is not None and ordered:
        records = _records(newest, ordered[-1], problems)
    return ordered, records, problems


def unchanged(records: Mapping[str, ListedRecord], checked: Sequence[Checked]) -> frozenset[str]:
    """The slugs of the records that stand as a list has them."""
    return frozenset(
        file.listed.slug
        for file in checked
        if file.listed is not None
        and not isinstance(file.listed, Tombstone)
        and file.listed.status != "draft"
        and (record := records.get(file.listed.slug)) is not None
        and record.sha256 == file.sha256
    )


def _by_name(content: Scan, problems: list[Problem]) -> dict[str, dict[str, FileStatus]]:
    """The files of each edition by their names."""
    names: dict[str, dict[str, FileStatus]] = defaultdict(dict)
    for file in content.files:
        parts = file.path.split("/")
        if parts[0] != FOLDER or len(parts) < 2 or (len(parts) == 2 and stat.S_ISDIR(file.mode)):
            continue
        is_ours = len(parts) == 3 and statement.NAME.fullmatch(parts[1]) and stat.S_ISREG(file.mode)
        most = _MOST.get(parts[-1], _MOST_TOKEN if TOKEN.fullmatch(parts[-1]) else -1)
        if not is_ours or most < 0:
            message = (
                f"No edition has a file like this. Below {FOLDER}/ stand folders with {STATEMENT}, {RECORDS}, {CHANGES} and tokens, all "
                "written by build.py edition. Remove it."
            )
            problems.append(Problem(1, 1, "bad-edition", message, path=file.path))
        elif file.size > most:
            message = f"This has {file.size:,} bytes; at most {most:,} are read. Restore the file from git."
            problems.append(Problem(1, 1, "too-large", message, path=file.path))
        else:
            names[parts[1]][parts[2]] = file
    return names


def _edition(name: str, files: Mapping[str, FileStatus], problems: list[Problem]) -> DatedEdition | None:
    missing = [part for part in _MOST if part not in files]
    if missing:
        problems.append(_problem(name, missing[0], f"Edition {name} has no {missing[0]}. Restore the file from git."))
        return None
    data = read.file(files[STATEMENT]).data
    of_edition = statement.parsed(data)
    if of_edition is None or of_edition.name != name:
        message = (
            "This is not as build.py edition wrote it, and an edition is never edited. Restore the file from git, or remove the folder "
            f"{name}."
        )
        problems.append(_problem(name, STATEMENT, message))
        return None
    changes_data = read.file(files[CHANGES]).data
    changes = record_list.changes_parsed(changes_data)
    if changes is None or hashlib.sha256(changes_data).hexdigest() != of_edition.changes_sha256:
        problems.append(_problem(name, CHANGES, _OTHER.format(name=name)))
        return None
    tokens = tuple((part, read.file(files[part]).data) for part in sorted(files, key=_number) if TOKEN.fullmatch(part))
    return DatedEdition(of_edition, data, hashlib.sha256(data).hexdigest(), changes, tokens)


_OTHER = "This is not the file that edition {name} names by its SHA-256. Restore it from git."


def _records(file: FileStatus, edition: DatedEdition, problems: list[Problem]) -> dict[str, ListedRecord]:
    data = read.file(file).data
    records = record_list.parsed(data)
    if records is None or hashlib.sha256(data).hexdigest() != edition.statement.records_sha256:
        problems.append(_problem(edition.name, RECORDS, _OTHER.format(name=edition.name)))
        return {}
    return records


def _number(name: str) -> tuple[int, str]:
    return len(name), name


def _problem(edition: str, file: str, message: str) -> Problem:
    return Problem(1, 1, "bad-edition", message, path=f"{FOLDER}/{edition}/{file}")
