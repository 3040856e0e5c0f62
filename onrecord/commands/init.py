"""`build.py init FOLDER`: an archive of one's own: content to fill in, workflows, and the program itself as one file with its hash."""

from __future__ import annotations

import argparse
import io
import os
import re
import shlex
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from onrecord import languages, problems, schema, whole_file
from onrecord.command import WrongUse
from onrecord.commands import loading, starting, wheel
from onrecord.nearest import hint

_QUESTIONS = {
    "title": "What is the archive called?",
    "languages": "In which languages is it shown, its own first? ({}) [en]".format(", ".join(languages.INTERFACE)),
    "publisher": "Who publishes it? [nothing yet]",
    "repository": "The address of its repository, https://… [nothing yet]",
    "contact": "How are its maintainers reached, mailto:… or https://… [nothing yet]",
}
_REPOSITORY = re.compile(r"https://[\w.-]+/[^\s?#]+")
_WHOLE, _BEGUN = "whole", "begun"
"""What `init` makes beside the folder: the archive, and the sign that its files take their places."""
_NOTHING_TO_LOSE = frozenset([".git", ".DS_Store"])
"""What a folder may hold that is taken for empty: a repository that was just made."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `init`."""
    parser.add_argument(
        "folder", type=Path, metavar="FOLDER", help="the folder of the archive: a new one, or an empty one"
    )
    parser.add_argument("--title", help="what the archive is called")
    parser.add_argument(
        "--languages",
        "--language",
        metavar="TAGS",
        help=f"the languages it is shown in, its own first, with commas between them: {', '.join(languages.INTERFACE)}; a country with "
        "one says whose months and digits, such as ar-MA (default: en)",
    )
    parser.add_argument("--publisher", metavar="NAME", help="who publishes it")
    parser.add_argument("--repository", metavar="URL", help="the address of its repository")
    parser.add_argument("--contact", metavar="URL", help="how its maintainers are reached: mailto:… or https://…")


def run(args: argparse.Namespace, out: TextIO, err: TextIO, ask: Callable[[str], str] | None = None) -> int:
    """Writes the archive and prints what comes next. What is not given is asked on a terminal (or by `ask`). Nothing is written over,
    and the folder is there whole or not at all: where it was there, and empty, and `init` was killed while the archive took its place, the
    next `init` of that folder ends that. Raises WrongUse, OSError."""
    if _is_ended(args.folder.resolve()):
        err.write(
            f"An `init` of {args.folder} was stopped half-way. It is ended: the archive is the one that was asked for then.\n"
        )
        _say_what_comes_next(args.folder, out)
        return 0
    _refuse_what_is_there(args.folder)
    if ask is None and sys.stdin is not None and sys.stdin.isatty():
        ask = _asked(err)
    answers = _answers(args, ask, err)
    files = starting.files(answers)
    target = args.folder.resolve()
    with whole_file.naming(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        with whole_file.workplace(target) as beside:
            whole = beside / _WHOLE
            for path, data in files.items():
                (whole / path).parent.mkdir(parents=True, exist_ok=True)
                (whole / path).write_bytes(data)
            (whole / "vendor").mkdir()
            sha256 = wheel.write(whole / "vendor")
            with open(whole / "requirements.txt", "a", encoding="utf-8", newline="\n") as pin:
                pin.write(f"./vendor/{wheel.name()} --hash=sha256:{sha256}\n")
            _refuse_what_does_not_pass(whole, beside / "cache")
            whole_file.force_all(whole)
            _put(whole, target)
    _say_what_comes_next(args.folder, out)
    return 0


def _say_what_comes_next(folder: Path, out: TextIO) -> None:
    begin = "" if (folder / ".git").exists() else "git init -b main && "
    out.write(
        f"{folder.as_posix()} is an archive. What comes next:\n\n"
        f"  cd {shlex.quote(folder.as_posix())}\n"
        "  python3 build.py             check it, and write site/ (index.html opens in a browser)\n"
        "  python3 build.py serve       the same while you edit\n"
        f"  {begin}git add . && git commit -m 'Begin the archive'\n\n"
        "README.md in it says what to fill in before it is published.\n"
    )
    if not _is_first_on_the_path():
        out.write(
            "\nWhere that Python has not what building needs, the first run sets it up in .venv there (130 MB, once). The Python that ran\n"
            f"this one has it: with {shlex.quote(sys.executable)} in place of python3 nothing is set up, as long as you keep it.\n"
        )


def _is_first_on_the_path() -> bool:
    """Whether `python3` in a terminal is the Python that runs this: that of an environment that was activated, or the machine's own."""
    found = shutil.which("python3" if os.name == "posix" else "python")
    return found is not None and Path(found).parent.resolve() == Path(sys.executable).parent.resolve()


def _is_ended(target: Path) -> bool:
    """Gives what a killed `init` had not yet moved to the folder its place there, and removes what else it left. False where there was
    nothing to move. Raises WrongUse where a file has got such a place meanwhile."""
    ended = False
    for beside in whole_file.left_behind(target):
        waiting = (
            sorted((beside / _WHOLE).iterdir()) if (beside / _BEGUN).is_file() and (beside / _WHOLE).is_dir() else []
        )
        for path in sorted(waiting, key=lambda path: path.name == "build.py"):
            if os.path.lexists(target / path.name):
                raise WrongUse(
                    f"An `init` was stopped half-way, and {target / path.name} is there meanwhile. Nothing was written over: what has no "
                    f"place yet is in {beside / _WHOLE}. Move {path.name} away, and run the same command."
                )
            target.mkdir(exist_ok=True)
            os.rename(path, target / path.name)
            ended = True
    whole_file.clear(target)
    return ended


def _refuse_what_is_there(folder: Path) -> None:
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise WrongUse(f"{folder} is there already, and is not a folder. Name a new folder.")
    there = sorted({entry.name for entry in folder.iterdir()} - _NOTHING_TO_LOSE) if folder.is_dir() else []
    if there:
        named = ", ".join(there[:3]) + (", …" if len(there) > 3 else "")
        raise WrongUse(f"{folder} is not empty ({named}). It stays as it is: name a new folder, or an empty one.")


def _asked(err: TextIO) -> Callable[[str], str]:
    def ask(question: str) -> str:
        err.write(f"{question} ")
        err.flush()
        line = sys.stdin.readline()
        if not line:
            raise WrongUse("The questions were not answered. Nothing was written.")
        return line

    return ask


def _answers(args: argparse.Namespace, ask: Callable[[str], str] | None, err: TextIO) -> starting.Answers:
    """What was given as options, and what is asked; a wrong answer is asked for again, a wrong option is an error. Raises WrongUse."""
    answers: dict[str, str] = {}
    for key, question in _QUESTIONS.items():
        given = getattr(args, key)
        while True:
            text = " ".join((given if given is not None else ask(question) if ask else "").split())
            try:
                answers[key] = _checked(key, text)
                break
            except WrongUse as error:
                if given is not None or ask is None:
                    raise
                err.write(f"{error}\n")
    return starting.Answers(**(answers | {"languages": tuple(answers["languages"].split(","))}))  # type: ignore[arg-type]


def _checked(key: str, text: str) -> str:
    """An answer in the form in which archive.toml has it. Raises WrongUse."""
    if any(ord(character) < 32 or ord(character) == 127 for character in text):
        raise WrongUse(f"The {key} has characters that nobody sees. Write it anew.")
    if key == "title" and not text:
        raise WrongUse("An archive needs a title. Give it: --title TITLE")
    if key == "repository" and text and not _REPOSITORY.fullmatch(text):
        raise WrongUse(f"“{text}” is not an address of a repository. Write https://github.com/owner/name")
    if key == "contact" and text and not text.startswith(("mailto:", "https://", "http://")):
        if "@" not in text or ":" in text:
            raise WrongUse(f"“{text}” is not an address. Write mailto:archive@example.org or https://…")
        return f"mailto:{text}"
    if key == "languages":
        tags = list(dict.fromkeys(text.replace(",", " ").split())) or ["en"]
        shown: dict[str, str] = {}
        for tag in tags:
            if not schema.is_language(tag) or not languages.catalogue(tag):
                known = ", ".join(languages.INTERFACE)
                why = "is not shown by this program yet" if schema.is_language(tag) else "is not a language tag"
                raise WrongUse(
                    f"“{tag}” {why}.{hint(tag, languages.INTERFACE)} Languages: {known}. Releases may be in any."
                )
            other = shown.setdefault(languages.catalogue(tag), tag)
            if other != tag:
                raise WrongUse(f"“{other}” and “{tag}” are one language, and the site has one edition in it. Name one.")
        return ",".join(tags)
    return text


def _refuse_what_does_not_pass(folder: Path, cache: Path) -> None:
    """What is written passes the check, whatever was answered. Raises WrongUse with what does not."""
    args = argparse.Namespace(content=folder / "content", cache=cache, jobs=1)
    with loading.loaded(args, io.StringIO()) as content:
        found = list(content.problems)
    if found:
        raise WrongUse(
            f"What was answered does not pass the check: {problems.formatted(found, 'text', 'content').strip()}"
        )


def _put(whole: Path, target: Path) -> None:
    """Moves the archive to its place: at once where there is no folder yet, else file by file into the empty one, build.py last."""
    if not target.exists():
        os.rename(whole, target)
        return
    # It reaches the disk before the first file has its place: from then on the archive is one that is ended.
    whole_file.write(whole.with_name(_BEGUN), b"")
    moved: list[Path] = []
    try:
        for path in sorted(whole.iterdir(), key=lambda path: path.name == "build.py"):
            os.rename(path, target / path.name)
            moved.append(target / path.name)
    except BaseException:
        for path in moved:
            os.rename(path, whole / path.name)
        raise
