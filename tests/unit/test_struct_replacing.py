"""A Struct that is changed as if it were a dataclass is told by mypy, and not by a build of somebody's archive."""

from __future__ import annotations

import dataclasses
import re
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec import Struct

from tests.conftest import ROOT

CODE = """from __future__ import annotations

import dataclasses
from dataclasses import dataclass, replace
from typing import TypeVar

from msgspec import Struct, structs


class Base(Struct, frozen=True):
    number: int


class Below(Base, frozen=True):
    more: int = 0


@dataclass(frozen=True)
class Other:
    number: int


T = TypeVar("T", bound=Base)


# refused
def refused(base: Base, below: Below, either: Base | Other, kind: type[Base]) -> None:
    replace(base, number=1)
    dataclasses.replace(below, more=1)
    replace(either, number=1)
    dataclasses.asdict(base)
    dataclasses.fields(kind)


def refused_of_any(value: T) -> T:
    return replace(value, number=1)


# allowed
def allowed(base: Base, other: Other) -> None:
    structs.replace(base, number=1)
    replace(other, number=1)
    dataclasses.asdict(other)
"""


def test_a_struct_that_is_changed_as_a_dataclass_is_an_error_of_types(tmp_path: Path) -> None:
    (tmp_path / "snippet.py").write_text(CODE, "utf-8")
    given = ["--config-file", str(ROOT / "pyproject.toml"), "--cache-dir", str(tmp_path / "cache")]
    # In a process of its own: mypy lifts the interpreter's limit of recursion for all that comes after.
    done = subprocess.run(
        [sys.executable, "-m", "mypy", *given, str(tmp_path / "snippet.py")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "")
    found = [int(line) for line in re.findall(r":(\d+): error: .* is a msgspec\.Struct", done.stdout)]
    lines = CODE.splitlines()
    first, last = lines.index("# refused"), lines.index("# allowed")
    calls = [number for number, line in enumerate(lines, 1) if re.search(r"(replace|asdict|fields)\(", line)]
    assert found == [number for number in calls if first < number < last]
    assert len(found) == 6


def test_what_it_forbids_would_end_in_a_traceback() -> None:
    class Base(Struct, frozen=True):
        number: int

    with pytest.raises(TypeError):
        dataclasses.replace(Base(1), number=2)  # type: ignore[misc]
