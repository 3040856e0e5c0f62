"""Two publications of one text: what is the same, changed, cut and added."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import compare, routes
from tests import counted_work, stint
from tests.invented import archive, release, site

PRINTED = ["Crews asked for light. The lamps went out in 2009.", "Nobody came. “We cannot see the ropes,” said Ada."]
REPOST = [
    "Crews asked for more light. The lamps went out in 2009.",
    '"We cannot see the ropes," said Ada. Share this page.',
]


def texts(left: list[str], right: list[str]) -> compare.Comparison:
    """The comparison of two texts of paragraphs."""
    return compare.texts(*([(str(number), text) for number, text in enumerate(side, 1)] for side in (left, right)))


def kinds(left: list[str], right: list[str]) -> list[str]:
    return [pair.kind for pair in texts(left, right).pairs]


def test_sentences_are_aligned_before_words() -> None:
    assert kinds(PRINTED, REPOST) == ["changed", "same", "cut", "same", "added"]


def test_only_the_words_that_differ_are_marked() -> None:
    first = texts(PRINTED, REPOST).pairs[0]
    assert [run.text.strip() for run in first.right if run.own] == ["more"]
    assert not [run for run in first.left if run.own]


def test_changes_are_those_of_the_comparison_and_found_one_by_one() -> None:
    """The home page shows one: the others are not compared for it."""
    sides = [[(str(n), f"Crews asked for {word} {n}.") for n in range(200)] for word in ("light", "lamps")]
    assert list(compare.changes(*sides)) == [pair for pair in compare.texts(*sides).pairs if pair.kind == "changed"]
    one, all_of_them = (
        sum(count for code, count in counted_work.lines(work).items() if code.co_name == "_pair")
        for work in (lambda: next(compare.changes(*sides)), lambda: compare.texts(*sides))
    )
    assert 100 * one < all_of_them


def test_quotation_marks_and_dashes_are_no_difference() -> None:
    assert kinds(["“A – b’s word,” he said."], ['"A - b\'s word," he said.']) == ["same"]


def test_the_share_goes_each_way() -> None:
    comparison = texts(["One two three four."], ["One two three four. Five six seven eight nine ten."])
    assert (comparison.left_share, comparison.right_share) == (1.0, 0.4)


def test_arabic_sentences_are_told_apart() -> None:
    assert kinds(["طالب العاملون بالضوء. وقالوا إن أحداً لم يأت."], ["طالب العاملون بالضوء."]) == ["same", "cut"]


@given(st.lists(st.text("ab.! “”", max_size=40), max_size=5), st.lists(st.text("ab.! “”", max_size=40), max_size=5))
def test_no_word_of_either_text_is_lost(left: list[str], right: list[str]) -> None:
    comparison = texts(left, right)
    for side, text in (("left", left), ("right", right)):
        words_of_side = " ".join("".join(run.text for run in getattr(pair, side)) for pair in comparison.pairs)
        assert words_of_side.split() == " ".join(text).split()
    assert 0 <= comparison.left_share <= 1
    assert 0 <= comparison.right_share <= 1


@pytest.mark.parametrize("cells", [compare.MOST_CELLS, 3])
def test_runs_in_common_are_in_order_and_equal_whatever_the_texts_are(cells: int) -> None:
    """Also where the texts are compared by parts, as those are that would take too long."""

    @given(st.text("abcd", max_size=30), st.text("abcd", max_size=30))
    def runs_fit(first: str, second: str) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(compare, "MOST_CELLS", cells)
            runs = compare._common(first, second)
        i = j = 0
        for a, b, length in runs:
            assert a >= i
            assert b >= j
            assert first[a : a + length] == second[b : b + length] != ""
            i, j = a + length, b + length

    runs_fit()


def words(number: int, seed: int) -> list[str]:
    chance = random.Random(seed)  # noqa: S311
    known = ["".join(chance.choice("bdfgklmnprstv") + chance.choice("aeiou") for _ in range(3)) for _ in range(3000)]
    return [f"{chance.choice(known)}{n if chance.random() < 0.01 else ''}" for n in range(number)]


def edited(text: list[str]) -> list[str]:
    """The same with every hundredth word changed and some words put before all of them."""
    return ["They", "said", *(f"{word}x" if n % 100 == 7 else word for n, word in enumerate(text))]


@pytest.mark.parametrize("full_stop", [False, True], ids=["one sentence", "sentences"])
@pytest.mark.parametrize("number", [30_000, 120_000], ids=["200 KB", "800 KB"])
def test_large_texts_take_seconds_and_their_comparison_is_true(number: int, full_stop: bool) -> None:
    first = words(number, 1)
    if full_stop:
        first = [
            f"{word.capitalize()}" if n % 20 == 0 else f"{word}." if n % 20 == 19 else word
            for n, word in enumerate(first)
        ]
    with stint.within(10):
        comparison = texts([" ".join(first)], [" ".join(edited(first))])
    assert 0.98 < comparison.left_share <= 0.991
    assert 0.98 < comparison.right_share <= 0.991


def test_a_part_of_a_large_text_stands_in_it_wholly() -> None:
    full_text = words(60_000, 2)
    comparison = texts([" ".join(full_text)], [" ".join(full_text[35_000:])])
    assert comparison.right_share > 0.99


def test_a_text_of_one_sentence_again_and_again_takes_seconds() -> None:
    with stint.within(10):
        comparison = texts(["Yes. " * 40_000], ["No. " + "Yes. " * 39_000 + "No."])
    assert comparison.right_share > 0.9


def test_sentences_that_were_all_changed_are_versions_of_each_other_however_many_they_are() -> None:
    first = [f"Sentence number {n} speaks of lamps and ropes." for n in range(300)]
    second = [f"Sentence number {n} speaks of lamps and of ropes." for n in range(300)]
    assert set(kinds(first, second)) == {"changed"}


def test_a_family_has_a_page_for_each_two_and_its_members_link_there() -> None:
    first = release(
        "2012-02-08-a", "2012-02-08", "same_text_as: [2012-02-09-b]", body="Crews asked for light.\n\nNobody came."
    )
    second = release("2012-02-09-b", "2012-02-09", body="Crews asked for light.")
    pages = site(archive(first, second))
    page = pages["compare/2012-02-08-a--2012-02-09-b.html"]
    assert "<del>" not in page, "a whole sentence is not struck through, as if it had been taken back"
    assert re.search(r'class="only">Only in: 8 February 2012</p><p [^>]*>.*Nobody came\.</p>', page)
    for slug in ("2012-02-08-a", "2012-02-09-b"):
        assert 'href="../compare/2012-02-08-a--2012-02-09-b.html"' in pages[f"releases/{slug}.html"]


def test_items_of_a_list_and_rows_of_a_table_are_compared() -> None:
    before = [
        "Asked for:",
        "- Twelve lamps for the quay.",
        "- A bell.",
        "",
        "| Quay | Lamps |",
        "|---|---|",
        "| North | 4 |",
        "",
        "(…)",
    ]
    after = [line for line in before if "bell" not in line]
    first = release("2012-02-08-a", "2012-02-08", "same_text_as: [2012-02-09-b]", body="\n".join(before))
    second = release("2012-02-09-b", "2012-02-09", body="\n".join(after).replace("Twelve", "Ten"))
    page = site(archive(first, second))["compare/2012-02-08-a--2012-02-09-b.html"]
    assert re.search(
        r'class="only">Only in: 8 February 2012</p><p [^>]*><a class="pn" href="[^"]*#p1.2"[^>]*>1.2</a> A bell\.</p>',
        page,
    )
    assert re.search(r"<del><span [^>]*>[^<]*</span>Twelve</del>", page)
    assert page.count('#p1.3"') == 1, "the row of the first"
    assert page.count("North 4") == 2
    assert page.count("(…)") == 2
    assert '#p2"' not in page, "an omission has no number on its page, and so none here"


def test_long_slugs_make_a_name_that_every_disk_takes() -> None:
    long = ["2012-02-08-" + "é" * 90, "2012-02-08-" + "é" * 90 + "-2"]
    paths = {routes.comparison(*long), routes.comparison(*reversed(long)), routes.comparison(long[0], long[0] + "x")}
    assert len(paths) == 2
    assert all(len(path.partition("/")[2].encode()) <= 255 for path in paths)


def test_a_summary_is_not_compared_with_a_text() -> None:
    first = release("2012-02-08-a", "2012-02-08", "same_text_as: [2012-02-09-b]")
    second = release("2012-02-09-b", "2012-02-09", "extent: abstract")
    assert not [path for path in site(archive(first, second)) if path.startswith("compare/")]


def test_a_large_family_is_compared_with_its_oldest_only() -> None:
    slugs = [f"2012-02-{day:02}-x" for day in range(1, 13)]
    family = [
        release(slug, slug[:10], f"same_text_as: [{slugs[0]}]" if slug != slugs[0] else "kind: report")
        for slug in slugs
    ]
    paths = [path for path in site(archive(*family)) if path.startswith("compare/")]
    assert len(paths) == len(slugs) - 1
    assert all(slugs[0] in path for path in paths)


def test_a_hundred_thousand_short_sentences_are_compared_in_bounded_time() -> None:
    """One by one they would take a minute; several are set in a row, and each word still has its place in one of them."""
    left = [f"A{n}. B. " for n in range(30_000)]
    right = [f"A{n + 1}. C. " for n in range(30_000)]
    with stint.within(4):
        comparison = texts(left, right)
    assert len(comparison.pairs) < compare.MOST_SENTENCES
    for side, paragraphs in (("left", left), ("right", right)):
        words = "".join(run.text + " " for pair in comparison.pairs for run in getattr(pair, side)).split()
        assert words == " ".join(paragraphs).split()
