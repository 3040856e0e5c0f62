"""Small whole sites. `sites/bad/<one mistake>/` holds what a contributor wrote and everything `check` then says; `sites/good/<name>/`
holds content and the whole site that comes of it.

ONRECORD_ACCEPT=1 writes the expected files anew; read the difference before committing it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ran, Run
from tests.sites import builders

BAD = Path(__file__).parent / "sites" / "bad"


def shown(ran: Ran) -> str:
    """What a person sees: the problems, then the closing line, then the exit code."""
    return f"{ran.out}{ran.err}exit code {ran.code}\n"


def compare(found: str, expected: Path, accept: bool) -> None:
    if accept:
        expected.write_text(found, encoding="utf-8", newline="\n")
    assert expected.is_file(), f"{expected} is missing; write it with ONRECORD_ACCEPT=1"
    assert found == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(p.name for p in BAD.iterdir() if (p / "content").is_dir()))
def test_every_mistake_is_told(name: str, run: Run, accept: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(BAD / name)
    compare(shown(run("check", "--content", "content")), BAD / name / "expected.txt", accept)


@pytest.mark.parametrize("build", builders.BAD, ids=lambda build: build.__name__)
def test_mistakes_that_a_repository_cannot_hold_are_told(
    build: Callable[[Path], None], run: Run, accept: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    builders.begin(tmp_path)
    build(tmp_path / "content")
    monkeypatch.chdir(tmp_path)
    compare(shown(run("check", "--content", "content")), BAD / f"{build.__name__.replace('_', '-')}.txt", accept)


@pytest.mark.parametrize("build", builders.GOOD, ids=lambda build: build.__name__)
def test_odd_but_allowed_files_are_read(build: Callable[[Path], None], run: Run, tmp_path: Path) -> None:
    builders.begin(tmp_path)
    build(tmp_path / "content")
    ran = run("check", "--content", tmp_path / "content")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "No problems in 1 release.\n"
