"""Which texts are publications of one text."""

# ruff: noqa: E501 - texts are written out as they are

from __future__ import annotations

import itertools
import random
from pathlib import Path
from typing import IO

import pytest

from onrecord import families
from tests import stint

RELEASE = (
    "The authorities must either charge or immediately release eleven teachers who have been held without access to a lawyer since January. "
    "The teachers were taken from three schools on the first day of term, and their families have received no official word of where they are. "
    "Holding people in secret for two months is a crime under the law of the land, and every official who signed these orders should explain them. "
    "The organization has documented forty-six similar cases in the last two years, nine of them in the district around the old harbour."
)
SAME_EVENT = (
    "Lawyers have filed a petition for the production of eleven teachers who disappeared from their schools in January. A judge has to answer "
    "within forty-eight hours, and in practice the registry has taken up to three weeks to stamp the paper. The lawyers say that they will sit "
    "on the steps of the court until the stamp comes down, and that they have brought blankets, a stove and a chess board for the purpose."
)


def pairs(**texts: str) -> list[tuple[str, str]]:
    return [(pair.first, pair.second) for pair in families.pairs(texts)]


def test_a_repost_with_other_quotation_marks_and_a_new_end_is_found() -> None:
    repost = (
        RELEASE.replace("the law of the land", "The Law of the Land").replace("two years", "two years —")
        + " More on our site."
    )
    assert pairs(a=RELEASE, b=repost) == [("a", "b")]


def test_an_excerpt_is_contained_though_it_resembles_little() -> None:
    excerpt = RELEASE[: len(RELEASE) // 3]
    (pair,) = families.pairs({"whole": RELEASE + SAME_EVENT, "part": excerpt})
    assert pair.containment > 0.95


def test_two_texts_about_one_event_are_no_family() -> None:
    assert pairs(a=RELEASE, b=SAME_EVENT) == []


def test_a_shared_closing_formula_makes_no_family() -> None:
    formula = " The network is an independent association of lawyers, doctors and archivists in twenty-two countries."
    assert pairs(a=RELEASE + formula, b=SAME_EVENT + formula) == []


def test_apostrophes_and_case_do_not_part_texts() -> None:
    assert families.shingles("The Minister’s own words today") == families.shingles("the minister's OWN words today")


def test_texts_without_spaces_are_cut_by_the_character() -> None:
    text = "当局必须立即释放自一月以来被秘密关押的十一名教师并公布他们的下落"
    assert len(families.shingles(text)) > 20


def test_empty_and_tiny_texts_are_related_to_nothing_but_themselves() -> None:
    assert pairs(a="", b="", c="Yes.", d="Yes.") == []
    assert pairs(a="one two three four", b="one two three four", c="one two three five") == [("a", "b")]


def test_the_order_of_the_texts_changes_nothing() -> None:
    texts = {"a": RELEASE, "b": RELEASE + SAME_EVENT, "c": SAME_EVENT}
    assert families.pairs(texts) == families.pairs(dict(reversed(texts.items())))


def test_families_are_what_hangs_together() -> None:
    pairs = families.pairs(
        {"a": RELEASE, "b": RELEASE + SAME_EVENT, "c": SAME_EVENT, "d": "Nothing of the kind is said here at all."}
    )
    assert families.families(pairs) == [("a", "b", "c")]


def test_a_text_that_was_reposted_a_hundred_times_is_one_family() -> None:
    texts = {f"{number:03}": f"{RELEASE} Copy number {number}." for number in range(100)}
    assert families.families(families.pairs(texts)) == [tuple(sorted(texts))]


def test_two_thousand_texts_take_seconds_not_minutes() -> None:
    chance = random.Random(5)  # noqa: S311
    words = ["".join(chance.choice("bdfgklmnprstv") + chance.choice("aeiou") for _ in range(3)) for _ in range(3000)]
    formula = " ".join(words[:40])
    texts = {f"{number:05}": " ".join(chance.choices(words, k=200)) + " " + formula for number in range(2000)}
    texts["repost"] = texts["01234"] + " and a new end"
    with stint.within(20):
        assert [(pair.first, pair.second) for pair in families.pairs(texts)] == [("01234", "repost")]


def versions(count: int) -> dict[str, str]:
    """Invented texts, of which every fifth is a repost, an excerpt or an edited version of another, all with one closing formula."""
    chance = random.Random(3)  # noqa: S311
    words = ["".join(chance.choice("bdfgklmnprstv") + chance.choice("aeiou") for _ in range(3)) for _ in range(2000)]
    formula = " ".join(words[:30])
    texts: dict[str, str] = {}
    for number in range(count):
        own = chance.choices(words, k=chance.randint(60, 300))
        if number % 5 == 4:
            own = texts[f"{number - 1 - number % 3:05}"].split()
            start = chance.randrange(len(own) // 3)
            own = (own[start : start + len(own) // 2], [*own, "new", "end"], own[: len(own) - 9])[number % 3]
        texts[f"{number:05}"] = " ".join(own) + " " + formula
    return texts


def test_no_pair_is_missed_and_none_is_false() -> None:
    texts = versions(400)
    sets = {name: families.shingles(text) for name, text in texts.items()}
    exact = {
        (first, second)
        for first, second in itertools.combinations(sorted(sets), 2)
        if families.same_text(sets[first], sets[second])
    }
    assert len(exact) > 60
    assert {(pair.first, pair.second) for pair in families.pairs(texts)} == exact


def test_the_pairs_are_the_same_where_the_index_goes_to_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = versions(300)
    in_memory = families.pairs(texts)
    monkeypatch.setattr(families, "_MOST_IN_MEMORY", 500)
    opened: list[IO[bytes]] = []

    def disk() -> IO[bytes]:
        opened.append(open(tmp_path / str(len(opened)), "w+b"))  # noqa: SIM115 - closed by whom it is given to
        return opened[-1]

    assert families.pairs_of(texts, texts.__getitem__, disk) == in_memory
    assert len(opened) == 2
    assert (tmp_path / "0").stat().st_size > 10_000
    assert all(stream.closed for stream in opened)
