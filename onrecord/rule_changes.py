"""What has changed in the rules from version to version, for an archive whose content passed before (rule_changes.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import NamedTuple

_FILE = Path(__file__).with_name("rule_changes.toml")


class RuleChange(NamedTuple):
    """A rule that is stricter since `version`: problems of this `code` may be new, and `what` says what is asked for."""

    version: str
    code: str
    what: str

    def __str__(self) -> str:
        return f"New in {self.version}: {self.code}. {self.what}"


@cache
def every() -> tuple[RuleChange, ...]:
    """All of them, as the file has them: the newest first."""
    listed = tomllib.loads(_FILE.read_text("utf-8")).get("change", [])
    return tuple(RuleChange(entry["version"], entry["code"], entry["what"]) for entry in listed)


def of_codes(codes: Collection[str]) -> list[RuleChange]:
    """Those that say why content with problems of these codes passed with an older version."""
    return [change for change in every() if change.code in codes]


def between(before: str, now: str) -> list[RuleChange]:
    """Those of the versions after `before`, up to `now`."""
    return [change for change in every() if _parts(before) < _parts(change.version) <= _parts(now)]


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())
