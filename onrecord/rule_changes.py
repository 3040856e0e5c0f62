"""What has changed in the rules from version to version, for an archive whose content passed before (rule_changes.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    # An archive of one's own asks for these changes before any library is installed.
    from onrecord.model import Problem

_FILE = Path(__file__).with_name("rule_changes.toml")


class RuleChange(NamedTuple):
    """A rule that is stricter since `version`: problems of this `code` may be new, and `what` says what is asked for. Where it is about
    single files of the content, `paths` are theirs, with * for any letters."""

    version: str
    code: str
    what: str
    paths: tuple[str, ...] = ()

    def is_about(self, problem: Problem) -> bool:
        """Whether this may be why content has the problem."""
        is_here = not self.paths or any(fnmatchcase(problem.path, path) for path in self.paths)
        return is_here and problem.level == "error" and problem.code == self.code

    def __str__(self) -> str:
        return f"New in {self.version}: {self.code}. {self.what}"


@cache
def every() -> tuple[RuleChange, ...]:
    """All of them, as the file has them: the newest first."""
    listed = tomllib.loads(_FILE.read_text("utf-8")).get("change", [])
    return tuple(
        RuleChange(entry["version"], entry["code"], entry["what"], tuple(entry.get("paths", ()))) for entry in listed
    )


def behind(problems: Iterable[Problem]) -> list[RuleChange]:
    """Those that say why content with these problems passed with an older version."""
    found = list(problems)
    return [change for change in every() if any(map(change.is_about, found))]


def between(before: str, now: str) -> list[RuleChange]:
    """Those of the versions after `before`, up to `now`."""
    return [change for change in every() if _parts(before) < _parts(change.version) <= _parts(now)]


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())
