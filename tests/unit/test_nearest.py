"""Hints: the nearest known word, soon, and not too many of them."""

from __future__ import annotations

import datetime as dt

import pytest

from onrecord import check, nearest, read
from onrecord.model import Problem, Term, Vocabularies
from onrecord.nearest import MOST_HINTS, hint
from tests import stint


@pytest.mark.parametrize(
    ("word", "nearest"), [("titel", "title"), ("LANGUAGE", "language"), ("Homs city", "Homs"), ("حمس", "حمص")]
)
def test_the_nearest_word_is_named(word: str, nearest: str) -> None:
    assert hint(word, ["title", "language", "Homs", "حمص"]) == f" Did you mean “{nearest}”?"


@pytest.mark.parametrize("word", ["xyz", "", "t"])
def test_nothing_is_guessed_where_nothing_is_near(word: str) -> None:
    assert hint(word, ["title", "language"]) == ""


def test_of_words_that_are_equally_near_the_first_is_named() -> None:
    assert hint("date", ["data", "dato"]) == " Did you mean “data”?"


def test_a_file_of_unknown_names_is_checked_in_seconds_beside_ten_thousand_known() -> None:
    """A front matter of 60 KB, thousands of names in it, none known."""
    names = tuple(Term("name", f"Person Number {n}", f"person-number-{n}") for n in range(10_000))
    rules = check.rules(Vocabularies(names=names), dt.date(2026, 1, 1))
    unknown = "".join(f"  - Pers Numb {n}\n" for n in range(2_500))
    front = f"title: X\ndate: 2012\npublisher: Y\nlanguage: en\nextent: full\nnames:\n{unknown}"
    source = read.source(read.FileData("releases/2012-x.md", f"---\n{front}---\nText.\n".encode()))
    assert not isinstance(source, Problem)
    with stint.within(3):
        problems = check.release(source, rules).problems
    assert [problem.code for problem in problems] == ["unknown-name"] * 1_000 + ["too-complex"]
    assert sum("Did you mean" in problem.message for problem in problems) == MOST_HINTS


def test_a_hint_among_a_hundred_thousand_slugs_takes_no_second(monkeypatch: pytest.MonkeyPatch) -> None:
    slugs = [f"2012-02-{n:06}-ferry-crews-ask-for-light-on-the-pier" for n in range(100_000)]
    nearest._folded.cache_clear()
    with stint.within(1):
        assert "2012-02-054321-ferry" in hint("2012-02-054321-ferry-crews-ask-for-lights-on-the-pier", slugs)
