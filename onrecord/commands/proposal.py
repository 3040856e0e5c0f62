"""A folder in which `receive` leaves what it made of an issue, and from which `propose` takes it: drafts or one changed record, and a file
of JSON.

Whoever proposes has rights to the repository, and what lies here was made of a stranger's files: it is held to this form, and no more is
read of it. With Python's own library alone, so that nothing has to be installed where the rights are.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from onrecord import whole_file
from onrecord.command import WrongUse

MOST_DRAFTS = 100
VOCABULARIES = ("places", "names")
"""Those that a proposal may add entries to."""
MOST_TERMS = 40
_MOST_LABEL = 80
_LIST = "proposal.json"
_MOST_LIST = 8 * 1024 * 1024
_MOST_DRAFT = 4 * 1024 * 1024
_MOST_ISSUE = 2**53
_BEFORE, _AFTER = "before.md", "after.md"
_MOST_CHANGE = 64 * 1024
"""Bytes between the first and the last that a change of one value may touch: the answers of a form, each character of several bytes."""
_STATUS = re.compile(rb"^status[ \t]*:.*$", re.MULTILINE)
_DRAFT = re.compile(rb"\A---\n(?:.*\n)*?status: \"?draft\"?\n")


@dataclass(frozen=True, slots=True)
class Change:
    """A record that is changed in one place: its path below the releases folder, and its bytes before and after."""

    path: str
    before: bytes
    after: bytes


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed: of which issue, (path below the releases folder, bytes) of each draft, and the report in words. Either drafts, or
    the change of one record. With drafts there may be `terms`: (vocabulary, label) of each entry that they want."""

    issue: int
    drafts: tuple[tuple[str, bytes], ...]
    report: str
    change: Change | None = None
    terms: tuple[tuple[str, str], ...] = ()


def write(folder: Path, proposal: Proposal) -> None:
    """Leaves a proposal in a folder, which is made. Raises OSError."""
    listed = []
    for number, (path, data) in enumerate(proposal.drafts, 1):
        whole_file.write(folder / f"draft-{number}.md", data)
        listed.append({"path": path, "sha256": hashlib.sha256(data).hexdigest()})
    told: dict[str, object] = {"issue": proposal.issue, "drafts": listed, "report": proposal.report}
    if proposal.change is not None:
        told["change"] = proposal.change.path
        whole_file.write(folder / _BEFORE, proposal.change.before)
        whole_file.write(folder / _AFTER, proposal.change.after)
    if proposal.terms:
        told["terms"] = [list(term) for term in proposal.terms]
    whole_file.write(folder / _LIST, f"{json.dumps(told, ensure_ascii=True, indent=1)}\n".encode("ascii"))


def read(folder: Path) -> Proposal:
    """The proposal in a folder. Raises WrongUse where it is not of the form."""
    try:
        told = json.loads(_bytes(folder, _LIST, _MOST_LIST))
    except (ValueError, RecursionError) as error:
        raise _broken("its list is not JSON") from error
    if not isinstance(told, dict) or told.keys() - {"change", "terms"} != {"issue", "drafts", "report"}:
        raise _broken("its list has other keys")
    issue, listed, report = told["issue"], told["drafts"], told["report"]
    if type(issue) is not int or not 0 < issue < _MOST_ISSUE or not isinstance(report, str):
        raise _broken("its issue is not a number, or its report no text")
    if "change" in told:
        if listed != [] or "terms" in told:
            raise _broken("it has drafts or entries, and a change")
        return Proposal(issue, (), report, _change(folder, told["change"]))
    if not isinstance(listed, list) or not 0 < len(listed) <= MOST_DRAFTS:
        raise _broken(f"it has no list of 1 to {MOST_DRAFTS} drafts")
    drafts = []
    for number, entry in enumerate(listed, 1):
        if not isinstance(entry, dict) or entry.keys() != {"path", "sha256"} or not _is_path(entry["path"]):
            raise _broken(f"the path of draft {number} is none of a release")
        data = _bytes(folder, f"draft-{number}.md", _MOST_DRAFT)
        if hashlib.sha256(data).hexdigest() != entry["sha256"]:
            raise _broken(f"draft {number} is not the one that is listed")
        if not _DRAFT.match(data):
            raise _broken(f"draft {number} is not marked as a draft")
        drafts.append((entry["path"], data))
    if len({path for path, _ in drafts}) != len(drafts):
        raise _broken("two drafts have one path")
    return Proposal(issue, tuple(drafts), report, None, _terms(told.get("terms", [])))


def _terms(listed: object) -> tuple[tuple[str, str], ...]:
    """The entries that are proposed. Raises WrongUse where one is none that `receive` proposes."""
    if not isinstance(listed, list) or len(listed) > MOST_TERMS:
        raise _broken(f"its entries are no list of at most {MOST_TERMS}")
    terms = []
    for entry in listed:
        if not isinstance(entry, list) or len(entry) != 2 or entry[0] not in VOCABULARIES or not _is_label(entry[1]):
            raise _broken("an entry is none of a vocabulary")
        terms.append((str(entry[0]), str(entry[1])))
    return tuple(terms)


def _is_label(label: object) -> bool:
    """Whether this is the name of a place or a person on one line: letters, digits, punctuation and single blanks."""
    if not isinstance(label, str) or not 0 < len(label) <= _MOST_LABEL or label != " ".join(label.split()):
        return False
    allowed = all(char == " " or unicodedata.category(char)[0] in "LMNP" for char in label)
    return allowed and not set(label) & set('<>[]{}"\\`') and unicodedata.category(label[0])[0] == "L"


def appended(content: Path, terms: Iterable[tuple[str, str]]) -> dict[str, bytes]:
    """What entries, (vocabulary, label), append to the vocabularies' files, by the names of these. Raises OSError; ValueError for an entry
    that is none."""
    entries: dict[str, str] = {}
    for vocabulary, label in terms:
        if vocabulary not in VOCABULARIES or not _is_label(label):
            raise ValueError(f"{label!r} is no entry of {vocabulary}.")
        # A label without quotation marks and backslashes is a basic string of TOML as it is (1.0.0, "String").
        entry = f'\n[[{vocabulary.removesuffix("s")}]]\nlabel = "{label}"\n'
        entries[vocabulary] = entries.get(vocabulary, "") + entry
    out = {}
    for vocabulary, text in entries.items():
        before = (content / f"{vocabulary}.toml").read_bytes()
        out[f"{vocabulary}.toml"] = (text if not before or before.endswith(b"\n") else f"\n{text}").encode()
    return out


def add_terms(content: Path, terms: Iterable[tuple[str, str]]) -> None:
    """Appends entries, (vocabulary, label), to the vocabularies' files, those of a file whole or not at all. `receive` may write in these
    files and in nothing beside them, so where there is no room a file is cut to what it was. Raises OSError; ValueError for an entry that
    is none."""
    for name, data in appended(content, terms).items():
        path = content / name
        with whole_file.naming(path), open(path, "ab", buffering=0) as stream:
            length = os.fstat(stream.fileno()).st_size
            try:
                if stream.write(data) != len(data):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                os.fsync(stream.fileno())
            except OSError:
                stream.truncate(length)
                raise


def _change(folder: Path, path: object) -> Change:
    """The change of a record, which is in one place and leaves its status. Raises WrongUse."""
    if not _is_path(path):
        raise _broken("the path of the record is none of a release")
    before, after = _bytes(folder, _BEFORE, _MOST_DRAFT), _bytes(folder, _AFTER, _MOST_DRAFT)
    # What both begin with, and what both end with: between them stands the one place.
    start = _length_shared(before, after)
    end = _length_shared(before[start:][::-1], after[start:][::-1])
    if before == after or max(len(before), len(after)) - start - end > _MOST_CHANGE:
        raise _broken("its change is none, or in more than one place")
    if _STATUS.findall(before) != _STATUS.findall(after):
        raise _broken("it changes the status of a record")
    return Change(str(path), before, after)


def _length_shared(one: bytes, other: bytes) -> int:
    """How many bytes both begin with."""
    shorter = min(len(one), len(other))
    return next((number for number in range(shorter) if one[number] != other[number]), shorter)


def _is_path(path: object) -> bool:
    """Whether this is a release's path below the releases folder as `receive` gives one: a year and a slug (see onrecord.slugs)."""
    if not isinstance(path, str) or len(path) > 250 or unicodedata.normalize("NFC", path) != path:
        return False
    folder, _, name = path.partition("/")
    stem = name.removesuffix(".md")
    letters = all(char == "-" or unicodedata.category(char)[0] in "LMN" for char in stem)
    return bool(re.fullmatch(r"[0-9]{4}|undated", folder)) and name != stem != "" and letters and stem[0] != "-"


def _bytes(folder: Path, name: str, most: int) -> bytes:
    """A file of the folder itself, and not one that a link leads to. Raises WrongUse."""
    try:
        if not os.path.isfile(folder / name) or os.path.islink(folder / name):
            raise _broken(f"there is no file {name}")
        with open(folder / name, "rb") as stream:
            data = stream.read(most + 1)
    except OSError as error:
        raise _broken(f"{name} cannot be read ({error.strerror})") from error
    if len(data) > most:
        raise _broken(f"{name} has more than {most:,} bytes")
    return data


def _broken(why: str) -> WrongUse:
    return WrongUse(f"This is not a proposal that `receive` has made: {why}. Nothing was proposed.")
