"""`review`: the questions that are still open, with what speaks for an answer; on a terminal they are asked one by one, or those that are
alike together."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import TextIO

from onrecord import dates, problems, read
from onrecord.command import WrongUse
from onrecord.commands import bulk_review
from onrecord.commands.bulk_review import Change, replace_text, whole_text
from onrecord.intake import answers, draft_file, slug_change
from onrecord.model import Question, Scalar, Vocabularies
from onrecord.plural import counted
from onrecord.problems import formatted

_HELP = "Enter: leave open   -: close without a change   not stated: the source does not say   q: stop"

_BULK_HELP = (
    "One answer for all of these. Enter: leave open   -: close without a change   not stated: the source does not say"
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `review`."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help="only these release files or folders")
    parser.add_argument("--content", metavar="FOLDER", default="content", help="the content folder (default: content)")
    parser.add_argument(
        "--all-like",
        metavar="FIELD",
        help="answer the questions about this field (publisher, language, kind …) that are alike at once",
    )
    parser.add_argument(
        "--answer",
        metavar="TEXT",
        help="with --all-like: this answer, to all of these files (name PATHs, or --evidence); “-” closes the questions",
    )
    parser.add_argument("--evidence", metavar="WORDS", help="with --all-like: only questions that hold these words")
    parser.add_argument("--yes", action="store_true", help="with --answer: change the files without asking again")
    parser.add_argument("--undo", action="store_true", help="take the last answer to many drafts back")


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
    if args.undo:
        return _undone(content, out)
    err.write(bulk_review.finish(content))
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
    if args.all_like:
        bulk_review.refuse_field(args.all_like)
    elif args.answer is not None or args.evidence or args.yes:
        raise WrongUse("--answer, --evidence and --yes go with --all-like FIELD.")
    if ask is None and not args.all_like:
        return _listed(files, out, err)
    vocabularies, problems = read.vocabularies(content)
    if any(problem.level == "error" for problem in problems):
        err.write(formatted(problems, "text", str(content)))
        return 1
    if args.all_like:
        return _bulk(args, files, content, vocabularies, ask, out, err)
    assert ask is not None
    return _dialogue(files, content, vocabularies, ask, out, err)


def _undone(content: Path, out: TextIO) -> int:
    what, count, stays = bulk_review.undo(bulk_review.last_journal(content))
    out.write(f"Taken back in {counted(count, 'file')}: {what}\n{''.join(stays)}")
    return 1 if stays else 0


def _bulk(
    args: argparse.Namespace,
    files: list[Path],
    content: Path,
    vocabularies: Vocabularies,
    ask: Callable[[str], str] | None,
    out: TextIO,
    err: TextIO,
) -> int:
    """Answers questions that are alike: those that the answer of the command line is for, or one group after the other."""
    groups = [
        group
        for group in bulk_review.alike(files, args.all_like, lambda path: _questions(path, err))
        if (args.evidence or "").casefold() in f"{group.question.question}\n{group.question.evidence}".casefold()
    ]
    if args.answer is not None and len(groups) > 1 and not (args.paths or args.evidence):
        raise WrongUse(
            f"{len(groups)} different questions about {args.all_like} are open: say which files (PATHs) or which evidence (--evidence) "
            f"the answer is for. They are listed by: python build.py review --all-like {args.all_like}"
        )
    if args.answer is None and ask is None:
        out.write("".join(_group_lines(group) for group in groups))
        err.write(_count(sum(len(group.files) for group in groups), files))
        return 1 if groups else 0
    open_ones = 0
    for together in [groups] if args.answer is not None else [[group] for group in groups]:
        out.write("".join(_group_lines(group) for group in together))
        done = _answered_together(args, together, content, vocabularies, ask, out)
        open_ones += 0 if done else sum(len(group.files) for group in together)
    err.write(_count(open_ones, files))
    return 1 if open_ones else 0


def _answered_together(
    args: argparse.Namespace,
    groups: list[bulk_review.Alike],
    content: Path,
    vocabularies: Vocabularies,
    ask: Callable[[str], str] | None,
    out: TextIO,
) -> bool:
    """Whether the questions of the groups were answered, in all their files."""
    while groups:
        answer = args.answer if args.answer is not None else ask(f"  {_BULK_HELP}\n  > ").strip() if ask else ""
        if answer in ("", "q"):
            return False
        try:
            values = answers.accepted(args.all_like, answer, vocabularies)
        except answers.NotAnAnswer as error:
            if args.answer is not None:
                raise WrongUse(str(error)) from error
            out.write(f"  {error}\n")
            continue
        made, refused = bulk_review.changes(groups, values)
        out.write(bulk_review.shown(made, args.all_like, values) + "".join(refused))
        if not args.yes and (
            ask is None or ask("Write this? yes, or Enter for no > ").strip().lower() not in ("yes", "y")
        ):
            out.write("Nothing was changed.\n" if ask else "Nothing was changed. To change it: --yes\n")
            return False
        what = f"{args.all_like}: {answer}"
        bulk_review.apply(made, what, bulk_review.journal_path(content))
        out.write(f"Written to {counted(len(made), 'file')}. To take it back: python build.py review --undo\n")
        return not refused
    return True


def _group_lines(group: bulk_review.Alike) -> str:
    files = [f"    {path.as_posix()}\n" for path in group.files[:3]]
    more = f"    and {len(group.files) - 3:,} more\n" if len(group.files) > 3 else ""
    return f"{counted(len(group.files), 'draft')}\n{_question_lines(group.question)}{''.join(files)}{more}"


def _files(content: Path) -> Iterator[Path]:
    releases = content / "releases"
    for file in read.markdown_files(releases):
        if file.is_regular and read.is_release(f"releases/{file.path}"):
            yield releases / file.path


def _questions(path: Path, err: TextIO) -> list[Question]:
    try:
        return answers.questions(whole_text(path).removeprefix("\ufeff").replace("\r\n", "\n"))
    except PermissionError:
        err.write(problems.formatted([read.UNREADABLE_FILE.in_file(path.as_posix())], "text", ""))
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
                now, at = _as_it_is(here, question, number)
                if at is None:
                    out.write(
                        "  The file was changed meanwhile, and does not ask this any more. Nothing was written.\n"
                    )
                    break
                try:
                    values = answers.accepted(question.field, answer, vocabularies)
                    text = answers.answered(now, at, values)
                except answers.NotAnAnswer as error:
                    out.write(f"  {error}\n")
                    continue
                if question.field == "date" and values:
                    here = _dated(here, text, values[0], content, out)
                else:
                    replace_text(here, text)
                break
    err.write(_count(open_count, files))
    return 1 if open_count else 0


def _as_it_is(path: Path, question: Question, number: int) -> tuple[str, int | None]:
    """A file's text as it stands while somebody answers, and where its question is among those that are open, at `number` or behind it
    where it stands more than once; None where the file asks it no more."""
    try:
        text = whole_text(path)
        asked = answers.questions(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    except (FileNotFoundError, UnicodeDecodeError, read.Unreadable):
        return "", None
    places = [place for place, other in enumerate(asked) if other == question]
    return text, next((place for place in places if place >= number), places[0] if places else None)


def _title(path: Path) -> str:
    table, _, _ = read.split(whole_text(path).removeprefix("\ufeff").replace("\r\n", "\n"))
    title, file = table.get("title"), table.get("source")
    named = title.text if isinstance(title, Scalar) else ""
    origin = file.get("file") if file is not None and not isinstance(file, Scalar) and hasattr(file, "get") else None
    source = f"(imported from {origin.text})\n" if isinstance(origin, Scalar) and origin.text else ""
    return f"{named}\n{source}" if named else source


def _dated(path: Path, text: str, date: str, content: Path, out: TextIO) -> Path:
    """Writes the text of a release whose date was answered, and gives its path. A draft whose file name says another date gets the name
    that its date asks for, and what names it follows: all of it is noted before the first file is changed. Raises WrongUse."""
    target = _named_by(date, path, text, content)
    if target == path:
        replace_text(path, text)
        return path
    own, _ = slug_change.renamed(text, path.stem, target.stem)
    made = [Change(path, whole_text(path), own, target)]
    lines = []
    for file in (*_files(content), *sorted((content / "pages").glob("*.md"))):
        try:
            before = text if file == path else whole_text(file)
        except UnicodeDecodeError:
            continue  # it is a problem of its own
        after, left = slug_change.renamed(before, path.stem, target.stem, article=file.parent.name == "pages")
        shown = (target if file == path else file).as_posix()
        if after != before:
            lines.append(f"  {shown} names it so, too\n")
            made += [Change(file, before, after)] if file != path else []
        lines += [
            f"  {shown}:{line} still says {path.stem}. Where it means this release, change it by hand.\n"
            for line in left
        ]
    bulk_review.apply_once(made, f"a draft is now {target.name}", content)
    out.write(f"  is now {target.as_posix()}\n{''.join(lines)}")
    return target


def _named_by(date: str, path: Path, text: str, content: Path) -> Path:
    """The path that a release gets with its date: its own where that names the date already, and for what is no draft."""
    match = re.match(r"(?:undated|\d{4}(?:-\d\d){0,2})-(?P<tail>.+)$", path.stem)
    if match is None or not re.search(r"^status:\s*[\"']?draft[\"']?\s*$", text, re.M):
        return path
    edtf = dates.parse(date)
    if path.stem == f"{edtf.file_prefix}-{match['tail']}":
        return path
    preferred = PurePosixPath(edtf.sort_text[:4] or "undated") / f"{edtf.file_prefix}-{match['tail']}.md"
    releases = content / "releases"
    taken = {draft_file.folded(Path(file.path).name) for file in read.markdown_files(releases)}
    return content / "releases" / draft_file.free(preferred, taken.__contains__)
