"""One answer for many drafts, or a table of many records: which questions are alike, what an answer changes, and how it is taken back.

The journal of the last such change stands in the cache folder: for each file what it was and what became of it. It is on the disk before
the first file is changed, under another name until the last one is: the next run ends a change that was stopped half-way, and it can be
taken back, too.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from onrecord import durability, program_files, read, schema, whole_file
from onrecord.command import WrongUse
from onrecord.intake import answers
from onrecord.model import Question
from onrecord.plural import counted

_TOGETHER = 500
"""As many files reach the disk together."""
_MOST_NAMED = 12
JOURNALS = Path(os.environ.get("ONRECORD_REVIEW_CACHE") or program_files.HOME / ".cache" / "review")


@dataclass(frozen=True, slots=True)
class Alike:
    """Questions that say the same of several drafts, with the same evidence. `files` are those drafts, in their order."""

    question: Question
    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What a file's text was, and what it becomes; and the path that it gets, where that is another."""

    path: Path
    before: str
    after: str
    new_path: Path | None = None


def refuse_field(field: str) -> None:
    """Raises WrongUse for what is no field, and for one whose answer is each draft's own."""
    if field.partition(".")[0] not in schema.BY_KEY:
        raise WrongUse(f"“{field}” is not a field of a release. Fields: {', '.join(schema.BY_KEY)}.")
    if field in ("date", "title", "subtitle", "reference"):
        raise WrongUse(f"A {field} is each release's own: python build.py review asks for them one by one.")


def alike(files: Iterable[Path], field: str, questions_of: Callable[[Path], Sequence[Question]]) -> list[Alike]:
    """The questions about a field, those that are alike together: the most frequent first, then in the order of their files."""
    by_question: dict[Question, dict[Path, None]] = {}
    for path in files:
        for question in questions_of(path):
            if question.field == field:
                by_question.setdefault(question, {})[path] = None
    groups = [Alike(question, tuple(paths)) for question, paths in by_question.items()]
    return sorted(groups, key=lambda group: -len(group.files))


def changes(groups: Iterable[Alike], values: list[str]) -> tuple[list[Change], list[str]]:
    """What an answer (see answers.accepted) changes in the files of questions that are alike; and a line for each file in which it cannot
    be written, which stays as it is."""
    texts: dict[Path, tuple[str, str]] = {}
    refused: list[str] = []
    for group in groups:
        for path in group.files:
            before, after = texts.get(path) or (whole_text(path),) * 2
            try:
                texts[path] = before, answered(after, group.question, values)
            except (answers.NotAnAnswer, read.Unreadable) as error:
                refused.append(f"{path.as_posix()}: {error}\n")
    return [Change(path, *of_path) for path, of_path in texts.items() if of_path[0] != of_path[1]], refused


def answered(text: str, question: Question, values: list[str]) -> str:
    """A file's text with a question answered, as often as it stands there. Raises NotAnAnswer."""
    while True:
        asked = answers.questions(text.removeprefix("\ufeff").replace("\r\n", "\n"))
        if question not in asked:
            return text
        text = answers.answered(text, asked.index(question), values)


def whole_text(path: Path) -> str:
    """A file's text with its own line ends."""
    with open(path, encoding="utf-8", newline="") as stream:
        return stream.read()


def replace_text(path: Path, text: str) -> None:
    """Puts a file's new text in its place at once, never half of it. Raises OSError."""
    whole_file.write(path, text.encode())


# ---- the journal -----------------------------------------------------------------------------------------------------------------


def journal_path(content: Path, folder: Path | None = None) -> Path:
    """Where the last change of many files of a content folder is noted."""
    mark = hashlib.sha256(os.fsencode(os.path.abspath(content))).hexdigest()[:16]
    return (folder or JOURNALS) / f"last-answer-{mark}.json"


def apply(made: Sequence[Change], what: str, journal: Path) -> None:
    """Notes the changes (`what` in words), then makes them. Raises WrongUse where they cannot be noted, or not all be made: a file that
    somebody edited since it was read stays as it is."""
    entries = [
        {
            "path": str(change.path.resolve()),
            "before": change.before,
            "after": change.after,
            "new_path": str(change.new_path.resolve()) if change.new_path else "",
        }
        for change in made
    ]
    begun = _begun(journal)
    try:
        journal.parent.mkdir(parents=True, exist_ok=True)
        temporary = journal.with_suffix(".new")
        temporary.write_text(json.dumps({"what": what, "files": entries}), encoding="utf-8")
        durability.force(journal.parent, [temporary.name])
        os.replace(temporary, begun)
        durability.force_folder(journal.parent)
    except OSError as error:
        raise WrongUse(
            f"{journal} cannot be written ({error.strerror}), so that the change could not be taken back. Nothing was changed."
        ) from error
    noted = _Noted(what, tuple(_Entry(**entry) for entry in entries))
    _make(noted, begun, journal)
    stays = [entry.path for entry in noted.files if not _holds(Path(entry.new_path or entry.path), entry.after)]
    if stays:
        raise WrongUse(
            f"{counted(len(stays), 'file')} changed meanwhile, and not written: {', '.join(stays[:_MOST_NAMED])}. What was written "
            "elsewhere stands. Look at these, and give the command again."
        )


def apply_once(made: Sequence[Change], what: str, content: Path) -> None:
    """Makes changes of a content folder that are one answer to one release: once they are made nothing is noted of them, and what was
    answered to many before can still be taken back. Raises WrongUse as `apply` does; the next run ends what was stopped."""
    journal = _single(content)
    try:
        apply(made, what, journal)
    finally:
        journal.unlink(missing_ok=True)


def last_journal(content: Path) -> Path:
    """The journal of what can be taken back: an answer to one release that was stopped half-way, else the last change of many."""
    single = _single(content)
    return single if _begun(single).exists() else journal_path(content)


def _single(content: Path) -> Path:
    journal = journal_path(content)
    return journal.with_name(journal.name.replace("last-", "one-"))


class _Entry(msgspec.Struct, frozen=True):
    path: str
    before: str
    after: str
    new_path: str = ""


class _Noted(msgspec.Struct, frozen=True):
    """A change of many files: what it is in words, and its files."""

    what: str
    files: tuple[_Entry, ...]


def _begun(journal: Path) -> Path:
    """Where a change is noted until it stands in all its files."""
    return journal.with_suffix(".begun.json")


def _read(journal: Path) -> _Noted:
    """Raises FileNotFoundError, and WrongUse for a journal that is damaged."""
    try:
        return msgspec.json.decode(journal.read_bytes(), type=_Noted)
    except (ValueError, RecursionError) as error:
        raise WrongUse(
            f"{journal} is damaged. What git knows of the files: git diff, git restore. Then delete it."
        ) from error


def _make(noted: _Noted, begun: Path, journal: Path) -> int:
    """Makes the changes that are not made yet, and says how many."""
    open_ones = [entry for entry in noted.files if _is_open(entry)]
    try:
        _write(open_ones)
        os.replace(begun, journal)
    except OSError as error:
        raise WrongUse(
            f"Stopped: {whole_file.stopped(error, journal)}: the same command then ends what was begun; python build.py review --undo "
            "takes it back."
        ) from error
    return len(open_ones)


def _is_open(entry: _Entry) -> bool:
    """Whether a change is still to be made: its file is what it was, and nothing else stands at its new path."""
    path, new_path = Path(entry.path), Path(entry.new_path or entry.path)
    if not _holds(path, entry.before):
        return False
    return entry.before != entry.after if new_path == path else not new_path.exists() or _holds(new_path, entry.after)


def _write(entries: Sequence[_Entry]) -> None:
    """Makes changes that are open: the new texts come to the disk together and have their names then; what has a new path is taken from
    its own last. Raises OSError."""
    for start in range(0, len(entries), _TOGETHER):
        together = entries[start : start + _TOGETHER]
        texts = {entry.new_path or entry.path: entry.after.encode() for entry in together}
        root = Path(os.path.commonpath([os.path.dirname(path) for path in texts]))
        whole_file.write_all(root, {os.path.relpath(path, root): data for path, data in texts.items()})
        moved = [entry for entry in together if entry.new_path not in ("", entry.path)]
        for entry in moved:
            os.chmod(entry.new_path, os.stat(entry.path).st_mode & 0o777)
            os.unlink(entry.path)
        for folder in sorted({os.path.dirname(entry.path) for entry in moved}):
            durability.force_folder(Path(folder))


def _clear_leftovers(entries: Iterable[_Entry]) -> None:
    """Removes what processes that were killed while they made or took back changes have left."""
    whole_file.clear_all(Path(), {path for entry in entries for path in (entry.path, entry.new_path or entry.path)})


def _holds(path: Path, text: str) -> bool:
    """Whether a file is there with this text."""
    return path.is_file() and path.read_bytes() == text.encode()


def finish(content: Path) -> str:
    """Ends the changes of several files that were stopped half-way. Returns a line about each; empty where none was. Raises WrongUse."""
    single = _single(content)
    told = "".join(map(_finished, (single, journal_path(content))))
    single.unlink(missing_ok=True)
    return told


def _finished(journal: Path) -> str:
    begun = _begun(journal)
    try:
        noted = _read(begun)
    except FileNotFoundError:
        return ""
    count = _make(noted, begun, journal)
    _clear_leftovers(noted.files)
    undoing = "" if journal.name.startswith("one-") else " To take it back: python build.py review --undo"
    return f"A change was stopped half-way ({noted.what}): now written to the other {count:,} of its {len(noted.files):,} files.{undoing}\n"


def undo(journal: Path) -> tuple[str, int, list[str]]:
    """Takes the last change of many files back. Returns what it was, in how many files it was taken back, and a line for each file that was
    changed since and stays. Raises WrongUse where there is none."""
    noting = _begun(journal) if _begun(journal).exists() else journal
    try:
        noted = _read(noting)
    except FileNotFoundError as error:
        raise WrongUse("There is no bulk answer or table, so nothing to take back.") from error
    _clear_leftovers(noted.files)
    back, stays = [], []
    for entry in noted.files:
        path, new_path = entry.path, entry.new_path or entry.path
        undone = _Entry(new_path, entry.after, entry.before, path)
        if _is_open(undone):
            back.append(undone)
        elif not _holds(Path(path), entry.before):
            reason = "was changed since, and stays as it is" if os.path.isfile(path) else "is no longer there"
            stays.append(f"{path} {reason}.\n")
    _write(back)
    noting.unlink()
    return noted.what, len(back), stays


# ---- what a person sees ----------------------------------------------------------------------------------------------------------


def shown(made: Sequence[Change], field: str, values: list[str]) -> str:
    """What an answer changes, for the person who is to say yes."""
    answer = ", ".join(f"“{value}”" for value in values)
    change = f"{field}: {answer}" if values else f"{field} stays as it is, the question is closed"
    names = [f"  {made_one.path.as_posix()}\n" for made_one in made[:10]]
    more = [f"  and {len(made) - 10:,} more\n"] if len(made) > 10 else []
    folders = Counter(made_one.path.parent.as_posix() for made_one in made)
    where = ", ".join(f"{folder} {count:,}" for folder, count in sorted(folders.items()))
    return "".join([f"{change}\nin {len(made):,} drafts ({where}):\n", *names, *more])
