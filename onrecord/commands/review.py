"""`review`: the questions that are still open, with what speaks for an answer; on a terminal they are asked one by one."""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import TextIO

from onrecord import dates, problems, read
from onrecord.command import WrongUse
from onrecord.intake import answers, draft_file, slug_change
from onrecord.model import Question, Scalar, Vocabularies
from onrecord.plural import counted
from onrecord.problems import formatted

_HELP = "Enter: leave open   -: close without a change   not stated: the source does not say   q: stop"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `review`."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help="only these release files or folders")
    parser.add_argument("--content", metavar="FOLDER", default="content", help="the content folder (default: content)")


def run(
    args: argparse.Namespace,
    out: TextIO = sys.stdout,
    err: TextIO = sys.stderr,
    ask: Callable[[str], str] | None = None,
) -> int:
    """Lists the open questions, or asks them where there is a terminal (or `ask`, which gets a prompt and gives the answer).

    Returns 0 where none is open (any more), 1 where some are. Raises WrongUse for a folder that is not there.
    """
    content = Path(args.content)
    if not (content / "releases").is_dir():
        raise WrongUse(
            f"There is no folder “{(content / 'releases').as_posix()}”. Name the content folder: --content FOLDER."
        )
    only = [Path(path).resolve() for path in args.paths]
    for path in only:
        if not path.exists():
            raise WrongUse(f"There is no file or folder “{path}”.")
    files = [
        file
        for file in _files(content)
        if not only or any(path in (file.resolve(), *file.resolve().parents) for path in only)
    ]
    if ask is None and sys.stdin.isatty() and out.isatty():
        ask = _terminal(out)
    if ask is None:
        return _listed(files, out, err)
    vocabularies, problems = read.vocabularies(content)
    if any(problem.level == "error" for problem in problems):
        err.write(formatted(problems, "text", str(content)))
        return 1
    return _dialogue(files, content, vocabularies, ask, out, err)


def _files(content: Path) -> Iterator[Path]:
    for path in sorted((content / "releases").rglob("*.md")):
        if not any(part.startswith((".", "_")) for part in path.relative_to(content).parts) and not path.is_symlink():
            yield path


def _text(path: Path) -> str:
    with open(path, encoding="utf-8", newline="") as stream:
        return stream.read()


def _questions(path: Path, err: TextIO) -> list[Question]:
    try:
        return answers.questions(_text(path).removeprefix("\ufeff").replace("\r\n", "\n"))
    except UnicodeDecodeError:
        err.write(f"{path.as_posix()}:1:1: not-utf-8 The file is not UTF-8. See: python build.py check\n")
    except read.Unreadable as error:
        err.write(problems.formatted([error.problem.in_file(path.as_posix())], "text", ""))
    return []


def _listed(files: list[Path], out: TextIO, err: TextIO) -> int:
    number = 0
    for path in files:
        open_ones = _questions(path, err)
        if open_ones:
            out.write(f"{path.as_posix()}\n")
        for question in open_ones:
            number += 1
            out.write(_question_lines(question))
    err.write(_count(number, files))
    return 1 if number else 0


def _count(number: int, files: list[Path]) -> str:
    return f"{counted(number, 'open question')} in {counted(len(files), 'release')}.\n"


def _question_lines(question: Question) -> str:
    evidence = "".join(f"    {line.strip()}\n" for line in question.evidence.split("; ") if line.strip())
    return f"  {question.field}: {question.question}\n{evidence}"


def _terminal(out: TextIO) -> Callable[[str], str]:
    def ask(prompt: str) -> str:
        out.write(prompt)
        out.flush()
        line = sys.stdin.readline()
        return line.rstrip("\n") if line else "q"

    return ask


def _dialogue(
    files: list[Path], content: Path, vocabularies: Vocabularies, ask: Callable[[str], str], out: TextIO, err: TextIO
) -> int:
    """Asks every question; a file is written as soon as one of its questions is answered."""
    open_count = 0
    stopped = False
    for path in files:
        here, number = path, 0
        open_ones = _questions(path, err)
        if open_ones and not stopped:
            out.write(f"\n{path.as_posix()}\n{_title(path)}{_HELP}\n")
        for question in open_ones:
            if stopped:
                open_count += 1
                continue
            out.write(_question_lines(question))
            while True:
                answer = ask("  > ").strip()
                if answer == "q":
                    stopped = True
                if answer in ("", "q"):
                    open_count += 1
                    number += 1
                    break
                try:
                    values = answers.accepted(question.field, answer, vocabularies)
                    _write(here, answers.answered(_text(here), number, values))
                except answers.NotAnAnswer as error:
                    out.write(f"  {error}\n")
                    continue
                if question.field == "date" and values:
                    here = _moved(here, values[0], content, out)
                break
    err.write(_count(open_count, files))
    return 1 if open_count else 0


def _title(path: Path) -> str:
    table, _, _ = read.split(_text(path).removeprefix("\ufeff").replace("\r\n", "\n"))
    title, file = table.get("title"), table.get("source")
    named = title.text if isinstance(title, Scalar) else ""
    origin = file.get("file") if file is not None and not isinstance(file, Scalar) and hasattr(file, "get") else None
    source = f"(imported from {origin.text})\n" if isinstance(origin, Scalar) and origin.text else ""
    return f"{named}\n{source}" if named else source


def _write(path: Path, text: str) -> None:
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


def _moved(path: Path, date: str, content: Path, out: TextIO) -> Path:
    """A draft whose file name says another date gets the name that its date asks for; drafts that name it follow."""
    text = _text(path)
    if not re.search(r"^status:\s*[\"']?draft[\"']?\s*$", text, re.M):
        return path
    match = re.match(r"(?:undated|\d{4}(?:-\d\d){0,2})-(?P<tail>.+)$", path.stem)
    if not match:
        return path
    edtf = dates.parse(date)
    if path.stem == f"{edtf.file_prefix}-{match['tail']}":
        return path
    preferred = PurePosixPath(edtf.sort_text[:4] or "undated") / f"{edtf.file_prefix}-{match['tail']}.md"
    taken = {draft_file.folded(file.name) for file in (content / "releases").rglob("*.md")}
    target = content / "releases" / draft_file.free(preferred, taken.__contains__)
    target.parent.mkdir(parents=True, exist_ok=True)
    path.rename(target)
    out.write(f"  is now {target.as_posix()}\n")
    for file in (*_files(content), *sorted((content / "pages").glob("*.md"))):
        text = _text(file)
        changed, lines = slug_change.renamed(text, path.stem, target.stem, article=file.parent.name == "pages")
        if changed != text:
            _write(file, changed)
            out.write(f"  {file.as_posix()} names it so, too\n")
        for line in lines:
            out.write(
                f"  {file.as_posix()}:{line} still says {path.stem}. Where it means this release, change it by hand.\n"
            )
    return target
