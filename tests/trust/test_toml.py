"""archive.toml and the vocabularies: whatever they hold is values or problems, never an exception, and soon."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord import budget, read, vocabulary
from tests import stint
from tests.conftest import examples

FILES = ("archive.toml", "topics.toml", "places.toml", "names.toml")
BOMBS = {
    "nested lists": "a = " + "[" * 3000 + "]" * 3000,
    "nested tables": "a = " + "{b = " * 3000 + "1" + "}" * 3000,
    "lists that are not closed": "a = " + "[" * 100_000,
    "dotted keys": ".".join("a" * 20_000) + " = 1",
    "dotted headings": "[" + ".".join("a" * 20_000) + "]",
    "a number of many digits": "a = " + "9" * 100_000,
    "a hexadecimal number of many digits": "[[place]]\nlabel = 'A'\nlat = 0x" + "f" * 100_000,
    "a number beyond all numbers": "[[place]]\nlabel = 'A'\nlat = 1e999\nlon = nan",
    "a date that does not exist": "a = 2012-02-31",
    "a zone that does not exist": "a = 2012-02-01T00:00:00+99:99",
    "unknown keys": "\n".join(f"key{n} = 1" for n in range(20_000)),
    "entries that are wrong": "[[place]]\nlabl = 1\n" * 20_000,
    "entries that are all the same": "[[place]]\nlabel = 'A'\n" * 20_000,
    "keys that are wrong in one entry": "[[place]]\nlabel = 'A'\n" + "\n".join(f"key{n} = 1" for n in range(20_000)),
    "a lone surrogate": 'a = "\\ud800"',
    "half a text": 'a = "',
    "half a text of many lines": 'a = """' + "\n" * 1000,
}


PIECES = [
    *"[]{}=.,-#\"'1a ", "\n", "[[topic]]", "[topic.x]", "label", "slug", "aliases", "translations", "kind", '"Lamps"', '"en"', "1e9", "0x1",
    "true", "2012-02-08", "\\u0000",
]  # fmt: skip


def problems(content: Path) -> list[str]:
    problems_read = [*read.settings(content)[1], *read.vocabularies(content)[1]]
    assert all(problem.path in FILES and problem.line >= 1 and problem.column >= 1 for problem in problems_read)
    return [problem.code for problem in problems_read]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_a_problem_of_its_file_and_soon_told(
    tmp_path: Path, name: str, bomb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(budget, "MOST_SECONDS", 2.0)
    (tmp_path / "archive.toml").write_text('title = "Harbour papers"\n', encoding="utf-8")
    (tmp_path / name).write_text(BOMBS[bomb].replace("[[place]]", f"[[{name[:-6]}]]"), encoding="utf-8")
    with stint.within(6):
        assert problems(tmp_path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(300))
@given(
    text=st.lists(
        st.sampled_from(PIECES),
        max_size=30,
    ).map("".join)
)
def test_no_text_ends_a_run(tmp_path: Path, text: str) -> None:
    for name in FILES:
        (tmp_path / name).write_text(text, encoding="utf-8")
    problems(tmp_path)


def test_a_file_that_takes_too_long_is_one_problem_with_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "names.toml").write_text('[[name]]\nlabel = "Ada Example"\n', encoding="utf-8")

    def endless(_text: str) -> None:
        while True:
            pass

    monkeypatch.setattr(budget, "MOST_SECONDS", 0.2)
    monkeypatch.setattr(read, "_parsed", endless)
    (problem,) = read.toml(tmp_path, "names.toml")[1]
    assert (problem.path, problem.code) == ("names.toml", "too-complex")


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "MOST_TOML", 10)
    (tmp_path / "names.toml").write_text('[[name]]\nlabel = "Ada Example"\n', encoding="utf-8")
    (problem,) = read.toml(tmp_path, "names.toml")[1]
    assert (problem.path, problem.code) == ("names.toml", "too-large")


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("make", [os.mkdir, *([os.mkfifo] if hasattr(os, "mkfifo") else [])])
def test_what_is_no_file_is_neither_read_nor_waited_for(
    tmp_path: Path, name: str, make: Callable[[Path], None]
) -> None:
    make(tmp_path / name)
    (problem,) = (read.settings if name == FILES[0] else read.vocabularies)(tmp_path)[1]
    assert (problem.path, problem.code) == (name, "not-a-file")


@pytest.mark.parametrize(
    ("piece", "reason"),
    [
        ("#\n", "has 500,001 lines; at most 500,000 are read. Take out what no release uses"),
        ("[1], ", "has 500,000 lists; at most 100,000 are read. Take out what no release uses"),
    ],
    ids=["comments", "lists"],
)
def test_lines_and_lists_past_all_reason_are_refused_before_they_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, piece: str, reason: str
) -> None:
    (tmp_path / "topics.toml").write_text(f"x = {piece * 500_000}", encoding="utf-8")
    monkeypatch.delattr(read, "_parsed")
    (problem,) = read.toml(tmp_path, "topics.toml")[1]
    assert (problem.path, problem.code) == ("topics.toml", "too-large")
    assert reason in problem.message


def test_headings_of_entries_are_no_lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "MOST_TOML_LISTS", 3)
    (tmp_path / "names.toml").write_text('[[name]]\nlabel = "Ada"\naliases = ["A"]\n' * 3, encoding="utf-8")
    assert read.toml(tmp_path, "names.toml")[1] == []


def test_settings_past_all_reason_are_refused_before_they_are_read(tmp_path: Path) -> None:
    (tmp_path / "archive.toml").write_text(f'title = "X"\n{"#" * read.MOST_SETTINGS}\n', encoding="utf-8")
    _, (problem,) = read.settings(tmp_path)
    assert (problem.path, problem.code) == ("archive.toml", "too-large")
    assert "has 524,301 bytes; at most 524,288 are allowed. Keep settings alone in it." in problem.message
    (tmp_path / "archive.toml").write_text(f'title = "X"\n{"#" * (read.MOST_SETTINGS - 20)}\n', encoding="utf-8")
    settings, problems = read.settings(tmp_path)
    assert (settings.title, problems) == ("X", [])


def test_more_entries_than_are_read_is_one_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "MOST_ENTRIES", 2)
    text = "".join(f'[[name]]\nlabel = "Ada {number}"\n' for number in range(4))
    (tmp_path / "names.toml").write_text(text, encoding="utf-8")
    vocabularies, (problem,) = read.vocabularies(tmp_path)
    assert (problem.path, problem.line, problem.code) == ("names.toml", 5, "too-large")
    assert vocabularies.names == ()


def test_how_deep_tables_may_stand_in_one_another_does_not_depend_on_the_interpreter(tmp_path: Path) -> None:
    limit = sys.getrecursionlimit()
    try:
        for recursion in (limit, 20 * limit):
            sys.setrecursionlimit(recursion)
            for levels, codes in ((30, []), (40, ["bad-toml"]), (1500, ["bad-toml"])):
                (tmp_path / "names.toml").write_text("a = " + "[" * levels + "]" * levels + "\n", encoding="utf-8")
                assert [problem.code for problem in read.toml(tmp_path, "names.toml")[1]] == codes
    finally:
        sys.setrecursionlimit(limit)
