"""One answer for many drafts: which questions are alike, what an answer changes, and how it is taken back.

The journal of the last bulk answer stands in the cache folder: for each file what it was and what became of it. It is written before the
first file is changed, so that an answer that is stopped half-way can be taken back, too.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord import read, schema
from onrecord.command import WrongUse
from onrecord.commands import installation
from onrecord.intake import answers
from onrecord.model import Question

JOURNALS = Path(os.environ.get("ONRECORD_REVIEW_CACHE") or installation.ROOT / ".cache" / "review")


@dataclass(frozen=True, slots=True)
class Alike:
    """Questions that say the same of several drafts, with the same evidence. `files` are those drafts, in their order."""

    question: Question
    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What a file's text was, and what it becomes."""

    path: Path
    before: str
    after: str


def refuse_field(field: str) -> None:
    """Raises WrongUse for what is no field, and for one whose answer is each draft's own."""
    if field.partition(".")[0] not in schema.BY_KEY:
        raise WrongUse(f"“{field}” is no field of a release. Fields: {', '.join(schema.BY_KEY)}.")
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
    """Puts a file's new text in its place at once, never half of it."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".review-")
    try:
        with open(handle, "w", encoding="utf-8", newline="") as stream:
            stream.write(text)
        os.chmod(temporary, path.stat().st_mode & 0o777)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


# ---- the journal -----------------------------------------------------------------------------------------------------------------


def journal_path(content: Path, folder: Path | None = None) -> Path:
    """Where the last bulk answer of a content folder is noted."""
    mark = hashlib.sha256(os.fsencode(os.path.abspath(content))).hexdigest()[:16]
    return (folder or JOURNALS) / f"last-answer-{mark}.json"


def apply(made: Sequence[Change], what: str, journal: Path) -> None:
    """Notes the changes (`what` in words), then makes them. Raises WrongUse where they cannot be noted."""
    entries = [{"path": str(change.path.resolve()), "before": change.before, "after": change.after} for change in made]
    try:
        journal.parent.mkdir(parents=True, exist_ok=True)
        temporary = journal.with_suffix(".new")
        temporary.write_text(json.dumps({"what": what, "files": entries}), encoding="utf-8")
        os.replace(temporary, journal)
    except OSError as error:
        raise WrongUse(
            f"{journal} cannot be written ({error.strerror}), so that the answer could not be taken back. Nothing was changed."
        ) from error
    for change in made:
        if whole_text(change.path) == change.before:
            replace_text(change.path, change.after)


def undo(journal: Path) -> tuple[str, int, list[str]]:
    """Takes the last bulk answer back. Returns what it was, in how many files it was taken back, and a line for each file that was changed
    since and stays. Raises WrongUse where there is none."""
    try:
        noted = json.loads(journal.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise WrongUse("There is no bulk answer to take back.") from error
    except ValueError as error:
        raise WrongUse(f"{journal} is damaged. What git knows of the files: git diff, git restore.") from error
    restored, stays = 0, []
    for entry in noted["files"]:
        path = Path(entry["path"])
        text = whole_text(path) if path.is_file() else None
        if text == entry["after"]:
            replace_text(path, entry["before"])
            restored += 1
        elif text != entry["before"]:
            reason = "is not there any more" if text is None else "was changed since, and stays as it is"
            stays.append(f"{path} {reason}.\n")
    journal.unlink()
    return noted["what"], restored, stays


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
