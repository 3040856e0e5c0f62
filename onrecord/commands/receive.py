"""`build.py receive EVENT`: a release that somebody sent in through the issue form becomes a draft, by `import`; a correction becomes a
change of one value of one record (`correcting`).

EVENT is the file in which GitHub describes what happened. Everything in it is a stranger's text: it is written to a file and
imported, and never becomes part of a command, a path, a branch's name or a key. Files that were attached to the issue are fetched with
curl, from GitHub's own address for attachments and from nowhere else; this is the one command that reaches out, and it is run by the
workflow. It needs no right to anything: what stands in its environment besides what a program needs to run is dropped before it begins
(`environment`), documents are read in processes that can open nothing, and with --keep the drafts are left in a folder, from which a
second step, `propose`, opens a pull request.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from onrecord import check, intake, issue_forms, read, whole_file
from onrecord.command import WrongUse
from onrecord.commands import (
    begun_changes,
    correcting,
    environment,
    importing,
    installation,
    least_rights,
    loading,
    proposal,
)
from onrecord.commands.begun_changes import Changes
from onrecord.commands.correcting import SuggestedCorrection
from onrecord.commands.proposal import Change, Proposal
from onrecord.intake import draft_file, sent_terms
from onrecord.intake.evidence import term_finder
from onrecord.intake.sent_terms import NewTerm
from onrecord.plural import counted
from onrecord.problems import formatted
from onrecord.schema import is_web_address

QUESTIONS = tuple(question.label for question in issue_forms.RELEASE)
CORRECTION = tuple(question.label for question in issue_forms.CORRECTION)
_ALWAYS_ASKED = frozenset(
    question.label
    for question in (*issue_forms.RELEASE, *issue_forms.CORRECTION)
    if question.key not in (*issue_forms.STATED, *issue_forms.TERMS, "belonging")
)
"""The questions that every form has had: an archive may have an older one."""
_NO_ANSWER = "_No response_"
# What GitHub makes of a file that is dropped into an issue. Nothing else in the answer is looked at.
_ATTACHED = re.compile(r"https://github\.com/user-attachments/files/[0-9]{1,20}/[A-Za-z0-9._-]{1,200}(?=[)\s]|\Z)")
MOST_FILES = 5
_MOST_BYTES = 64 * 1024 * 1024
_MOST_CHARACTERS = 65_536
"""As many characters has the text of an issue on GitHub at most."""
_MOST_EVENT = 2 * 1024 * 1024
"""Bytes of what describes an event: the text, each character of it as two escapes of six bytes, and as much of GitHub's own about it."""
_MOST_ADDRESS = 2_000
_RIGHTS = next(question.label for question in issue_forms.RELEASE if question.key == "rights")
_MOST_RIGHTS = 300
"""Characters of an answer that a draft has: the form gives a choice of three short ones, and an issue can be edited."""

_UNCONFINED = (
    "This system cannot keep `receive` from writing elsewhere or from connecting (Linux can, with Landlock and seccomp). The processes "
    "that read documents are kept as far as the system can.\n"
)


@dataclass(frozen=True, slots=True)
class Issue:
    """What somebody sent in: the number of the issue, and the answers; an answer that was not given is empty. `files` are the
    addresses of attachments, each once, in their order; `values` what was written of title, date, publisher, language and kind, `words` of
    topics, places and names, and `belonging` the lines that name files. `changes` are sentences about what does not stand here as it was
    written."""

    number: int
    url: str
    archived: str
    rights: str
    files: tuple[str, ...]
    text: str
    changes: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    belonging: tuple[str, ...] = ()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "event", type=Path, metavar="EVENT", help="the file that describes the event (GITHUB_EVENT_PATH)"
    )
    parser.add_argument(
        "--keep", type=Path, default=None, metavar="FOLDER", help="leave the drafts in a folder, too, for `propose`"
    )
    loading.add_arguments(parser)
    installation.add_arguments(parser)


def run(args: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Writes the drafts, checks them as `check` does, and prints their paths; 1 where the text was refused or is in the archive already.

    What is wrong with a draft is said, here and in the pull request, and left to a person: the check holds the pull request back.
    """
    event = _event(args.event)
    if _is_correction(event):
        return _correct(parsed_correction(event), args, out, err)
    issue = parsed_issue(event)
    installation.require_importing(args, err)
    cache = Path(args.cache) / "received"
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache) as folder:
        files = list(_files(issue, Path(folder)))
        if environment.is_process_of("receive"):
            # All that is fetched is there. From here on nothing is, and nothing is written but drafts and new entries of vocabularies.
            kept = [args.keep] if args.keep is not None else []
            # What reads documents is told to write there, too.
            temporary = Path(tempfile.gettempdir())
            vocabularies = [file for name in proposal.VOCABULARIES if (file := args.content / f"{name}.toml").is_file()]
            if not least_rights.confine(
                [args.content / "releases", *kept, temporary], Path(args.cache), writable=vocabularies
            ):
                err.write(_UNCONFINED)
        err.write(begun_changes.recover(args.content))
        drafts, report, new = _imported(issue, files, args.content)
    releases = args.content / "releases"
    texts = {releases / draft.path: draft.text.encode() for draft in drafts if draft.path is not None}
    paths = sorted(texts)
    entries = tuple((term.vocabulary, term.label) for term in new) if paths else ()
    changes = Changes(
        new={f"releases/{path.relative_to(releases).as_posix()}": texts[path] for path in paths},
        appended=proposal.appended(args.content, entries),
    )
    with begun_changes.together(args.content, changes):
        for _ in intake.written(drafts, releases):
            pass
        if paths:
            proposal.add_terms(args.content, entries)
            report += "".join(f"Proposed to {term.vocabulary}.toml: {term.label}\n" for term in new)
            report += _checked(paths, args, err)
        report = "".join(f"{change}\n" for change in issue.changes) + report
        if paths and args.keep is not None:
            written = tuple((path.relative_to(releases).as_posix(), texts[path]) for path in paths)
            proposal.write(args.keep, Proposal(issue.number, written, report, terms=entries))
    err.write(report)
    for path in paths:
        out.write(f"{path}\n")
    return 0 if paths else 1


def _event(file: Path) -> object:
    with file.open("rb") as stream:
        data = stream.read(_MOST_EVENT + 1)
    if len(data) > _MOST_EVENT:
        raise WrongUse(f"{file} has more than {_MOST_EVENT:,} bytes, and no issue has as many.")
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise WrongUse(f"{file} does not describe an event: {str(error) or 'it is nested too deeply'}.") from error


def _is_correction(event: object) -> bool:
    """Whether an event is about a correction: its text begins with the first question of that form."""
    issue = event.get("issue") if isinstance(event, dict) else None
    body = issue.get("body") if isinstance(issue, dict) else None
    return isinstance(body, str) and body.lstrip().startswith(f"### {CORRECTION[0]}")


def parsed_correction(event: object) -> SuggestedCorrection:
    """The correction of an event. Raises WrongUse where it was not written with the form."""
    number, body, _ = _text(event)
    answers = _answers(number, body, CORRECTION)
    return SuggestedCorrection(number, *map(_line, answers.values()))


def _correct(suggested: SuggestedCorrection, args: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Makes a correction and prints the path of its record. Raises WrongUse where it names none."""
    if environment.is_process_of("receive"):
        Path(args.cache).mkdir(parents=True, exist_ok=True)
        kept = [args.keep] if args.keep is not None else []
        if not least_rights.confine([args.content / "releases", *kept, Path(tempfile.gettempdir())], Path(args.cache)):
            err.write(_UNCONFINED)
    err.write(begun_changes.recover(args.content))
    # In this process: others would send what they read by pickle.
    args.jobs = 1
    with loading.loaded(args, err) as content:
        files = {file.listed.slug: file for file in content.checked if file.listed is not None}
        rules = check.rules(content.vocabularies, loading.moment().today)
    record = correcting.record_of(suggested, files)
    path = args.content / record.path
    changed = correcting.changed(suggested, record.path, path.read_bytes(), rules)
    with begun_changes.together(args.content, Changes(changed={record.path: changed.after})):
        whole_file.write(path, changed.after)
        report = changed.report + _checked([path], args, err)
        if args.keep is not None:
            change = Change(record.path.removeprefix("releases/"), changed.before, changed.after)
            proposal.write(args.keep, Proposal(suggested.number, (), report, change))
    err.write(report)
    out.write(f"{path}\n")
    return 0


def _text(event: object) -> tuple[int, str, list[str]]:
    """The number of an event's issue, its text with LF line ends, and what was changed in it. Raises WrongUse where there is none."""
    issue = event.get("issue") if isinstance(event, dict) else None
    number = issue.get("number") if isinstance(issue, dict) else None
    body = issue.get("body") if isinstance(issue, dict) else None
    if type(number) is not int or not 0 < number < 2**53 or not isinstance(body, str):
        raise WrongUse("This event is about no issue.")
    if len(body) > _MOST_CHARACTERS:
        raise WrongUse(
            f"Issue {number} has {len(body):,} characters, and GitHub takes no more than {_MOST_CHARACTERS:,}. Import the text by hand."
        )
    changes: list[str] = []
    body, halves = re.subn("[\ud800-\udfff]", "\ufffd", body)
    if halves:
        changes.append(
            f"Issue {number} holds {counted(halves, 'broken character')}: in the place of each stands U+FFFD."
        )
    return number, body.replace("\r\n", "\n").replace("\r", "\n"), changes


def _answers(number: int, unread: str, questions: tuple[str, ...]) -> dict[str, str]:
    """What stands behind each question of a form; nothing behind one that an older form has not. Raises WrongUse where one is not there
    that every form has had."""
    answers = dict.fromkeys(questions, "")
    answered = ""
    last = f"### {questions[-1]}\n"
    for question in questions:
        mark = f"### {question}\n"
        # What stands behind the last question is its answer, whatever it looks like.
        if question not in _ALWAYS_ASKED and mark not in unread.partition(last)[0]:
            continue
        before, heading, unread = unread.partition(mark)
        if not heading or (not answered and before.strip()):
            raise WrongUse(f"Issue {number} was not written with the form: it has no answer to “{question}”.")
        if answered:
            answers[answered] = before
        answered = question
    answers[answered] = unread
    return answers


def parsed_issue(event: object) -> Issue:
    """The issue of an event. Raises WrongUse where there is no issue, or it was not written with the form."""
    number, body, changes = _text(event)
    by_question = _answers(number, body, QUESTIONS)
    answers = {question.key: by_question[question.label] for question in issue_forms.RELEASE}
    url, archived, rights = (_line(answers[key]) for key in ("address", "archived", "rights"))
    if len(rights) > _MOST_RIGHTS:
        changes.append(
            f"The answer to “{_RIGHTS}” has {len(rights):,} characters. The draft has the first {_MOST_RIGHTS}; the rest is in "
            f"issue {number}."
        )
        rights = rights[:_MOST_RIGHTS].rstrip() + "…"
    files = tuple(dict.fromkeys(_ATTACHED.findall(answers["files"])))
    if len(files) > MOST_FILES:
        raise WrongUse(f"Issue {number} has {len(files)} files attached; at most {MOST_FILES} are taken at a time.")
    text = answers["text"].strip("\n")
    fenced = re.fullmatch(r"(`{3,})text\n(.*)\n\1", text.rstrip(), re.DOTALL)
    text = fenced[2] if fenced else text
    text = "" if text.strip() in ("", _NO_ANSWER) else f"{text}\n"
    if not text and not files:
        raise WrongUse(f"Issue {number} holds no text and no file.")
    values = {key: "" if (value := _line(answers[key])) == issue_forms.UNKNOWN else value for key in issue_forms.STATED}
    words = {key: tuple(_words(answers[key])) for key in issue_forms.TERMS}
    belonging = tuple(_lines(answers["belonging"]))
    return Issue(
        number,
        _address(url),
        _address(archived),
        rights,
        files,
        text,
        tuple(changes),
        values,
        words,
        belonging,
    )


def _line(answer: str) -> str:
    text = " ".join(answer.split())
    return "" if text == _NO_ANSWER else text


def _lines(answer: str) -> Iterator[str]:
    """The lines of an answer, without the marks of a list."""
    for line in answer.split("\n"):
        text = _line(draft_file.one_line(draft_file.clean(line)).strip().removeprefix("- ").removeprefix("* "))
        if text:
            yield text


def _words(answer: str) -> Iterator[str]:
    """The words of an answer: one on each line, or parted by semicolons."""
    for line in _lines(answer):
        yield from filter(None, (word.strip() for word in line.replace("؛", ";").split(";")))


def _address(text: str) -> str:
    """`text` where it is a web address, else nothing: the issue itself keeps whatever else was written there."""
    return text if len(text) <= _MOST_ADDRESS and is_web_address(text) else ""


def _imported(issue: Issue, sent: list[Path], content: Path) -> tuple[list[intake.Draft], str, tuple[NewTerm, ...]]:
    """The drafts of what was sent in, which are not written yet; what became of each document, in words; and the entries that they want of
    the vocabularies. Raises WrongUse where there are too many, or nothing can be read here."""
    vocabularies, problems = read.vocabularies(content)
    if any(problem.level == "error" for problem in problems):
        return [], formatted(problems, "text", str(content)), ()
    releases = content / "releases"
    entries = (*vocabularies.topics, *vocabularies.places, *vocabularies.names)
    finders = term_finder.terms(vocabularies)
    terms = sent_terms.sent_terms(issue.words, finders, frozenset(entry.slug for entry in entries))
    publisher = finders.names.term(issue.values.get("publisher", ""))
    values = issue.values if publisher is None else {**issue.values, "publisher": publisher.label}
    sender = intake.Sender(
        issue.url, issue.archived, issue.rights, values, publisher is not None, terms, issue.belonging
    )
    lines: list[str] = []
    tally = importing.DraftCounts()
    files = [(file.name, file) for file in sent]
    try:
        drafts = list(intake.drafts(files, releases, vocabularies, sender, notice=lines.append))
    except intake.NotStarted as error:
        raise WrongUse(str(error)) from error
    if sum(draft.path is not None for draft in drafts) > proposal.MOST_DRAFTS:
        raise WrongUse(
            f"Issue {issue.number} holds {len(drafts):,} documents; at most {proposal.MOST_DRAFTS} are taken at a time. "
            "Download them and import them by hand."
        )
    for draft in drafts:
        tally = tally.plus(draft)
        lines.append(importing.line(draft, releases))
    return drafts, "".join([*lines, tally.line()]), terms.new


def _checked(paths: list[Path], args: argparse.Namespace, err: TextIO) -> str:
    """What `check` has to say of the drafts, a line each; empty where it is content."""
    names = {path.relative_to(args.content).as_posix() for path in paths}
    # In this process: others would send what they read by pickle.
    args.jobs = 1
    with loading.loaded(args, err) as content:
        return formatted([problem for problem in content.problems if problem.path in names], "text", str(args.content))


def _files(issue: Issue, folder: Path) -> Iterator[Path]:
    """The text and the attachments, as files in `folder`. Their names are ours: import tells the format by what is in the file."""
    if issue.text:
        file = folder / f"issue-{issue.number}.txt"
        file.write_text(issue.text, encoding="utf-8", newline="\n")
        yield file
    for number, address in enumerate(issue.files, 1):
        file = folder / f"issue-{issue.number}-file-{number}"
        _fetch(address, file)
        yield file


def _fetch(address: str, file: Path) -> None:
    limits = ["--proto", "=https", "--max-redirs", "5", "--max-time", "120", "--max-filesize", str(_MOST_BYTES)]
    _run("curl", "--fail", "--silent", "--show-error", "--location", *limits, "--output", str(file), "--", address)


def _run(*command: str) -> None:
    """Runs a program. Raises WrongUse with its message where it fails or is not there."""
    try:
        process = subprocess.run(command, capture_output=True, check=False, stdin=subprocess.DEVNULL)
    except FileNotFoundError as error:
        raise WrongUse(f"{command[0]} is not installed.") from error
    if process.returncode != 0:
        why = " ".join((process.stderr or process.stdout).decode("utf-8", "replace").split())
        raise WrongUse(f"{command[0]} failed: {why}")
