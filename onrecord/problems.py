"""Problems → text a person, a program or GitHub reads."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from onrecord.characters import HIDDEN
from onrecord.model import Problem
from onrecord.plural import counted

# Controls and directional marks (Unicode Standard Annex 9), and what is hidden everywhere.
_HIDDEN = re.compile(rf"[\x00-\x1f\x7f-\x9f\u200e\u200f]|{HIDDEN}")
_LONG_VALUE = re.compile("“([^”]{100})[^”]{20,}”")

FORMATS = ("text", "json", "github")


def formatted(problems: Iterable[Problem], style: str, folder: str) -> str:
    """The problems, a line each, in `style`: `text` (`file:line:column: code message`), `json` (one object a line) or `github`
    (workflow commands, which GitHub shows beside the line). `folder` is put before their paths. Ends with a line end unless empty."""
    prefix = f"{folder.rstrip('/')}/" if folder not in ("", ".") else ""
    return "".join(
        _LINES[style](replace(problem, message=_short(problem.message)), prefix + problem.path) + "\n"
        for problem in problems
    )


def _text(problem: Problem, path: str) -> str:
    mark = "" if problem.level == "error" else "warning: "
    return visible(f"{path}:{problem.line}:{problem.column}: {problem.code} {mark}{problem.message}")


def visible(line: str) -> str:
    """A line, or a name in one, in which nothing moves the cursor, ends the line, turns the direction of the text or hides: such characters
    are shown as escapes."""
    return _HIDDEN.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), line)


def _short(message: str) -> str:
    """A message whose quoted values are cut where nobody would read on."""
    return _LONG_VALUE.sub(lambda match: f"“{match[1]}…”", message)


def _json(problem: Problem, path: str) -> str:
    return json.dumps(
        {
            "path": path,
            "line": problem.line,
            "column": problem.column,
            "code": problem.code,
            "level": problem.level,
            "message": problem.message,
        },
        ensure_ascii=False,
    )


def _github(problem: Problem, path: str) -> str:
    """A workflow command; the escapes are those of GitHub's own toolkit, so that no text can end the command and begin another."""

    def data(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def attribute(text: str) -> str:
        return data(text).replace(":", "%3A").replace(",", "%2C")

    properties = f"file={attribute(path)},line={problem.line},col={problem.column},title={attribute(problem.code)}"
    return f"::{problem.level} {properties}::{data(problem.message)}"


_LINES = {"text": _text, "json": _json, "github": _github}


def summary(problems: Sequence[Problem]) -> str:
    """How many errors and warnings in how many files: "3 errors and 1 warning in 2 files"."""
    levels = Counter(problem.level for problem in problems)
    parts = [counted(levels[level], level) for level in ("error", "warning") if levels[level]]
    return f"{' and '.join(parts)} in {counted(len({problem.path for problem in problems}), 'file')}"


def any_error(problems: Iterable[Problem]) -> bool:
    """True where one of them is an error."""
    return any(problem.level == "error" for problem in problems)
