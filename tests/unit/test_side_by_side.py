"""A text and its translation by the place of their paragraphs."""

from __future__ import annotations

from textwrap import dedent

from hypothesis import given
from hypothesis import strategies as st

from onrecord import routes
from onrecord.side_by_side import Row, figures, rows, sections
from tests.invented import archive, release, site


def html(*steps: str) -> str:
    """Paragraphs with their numbers, and headings."""
    out, number = [], 0
    for step in steps:
        if step == "#":
            out.append("<h2>About</h2>")
        else:
            number += 1
            out.append(f'<p id="p{number}">{step}</p>')
    return "".join(out)


def numbered(texts: list[str]) -> list[tuple[str, str]]:
    return [(str(number), text) for number, text in enumerate(texts, 1)]


def placed(left: list[str], right: list[str]) -> list[tuple[int, int]]:
    first, second = ([step for step in steps if step != "#"] for steps in (left, right))
    return [(row.left, row.right) for row in rows(numbered(first), numbered(second), html(*left), html(*right))]


def test_paragraphs_stand_beside_each_other_in_their_order() -> None:
    assert placed(["a", "b"], ["x", "y"]) == [(1, 1), (2, 2)]
    assert placed(["a", "b", "c"], ["x"]) == [(1, 1), (2, 0), (3, 0)]
    assert placed([], ["x"]) == [(0, 1)]
    assert placed([], []) == []


def test_paragraphs_with_the_same_figures_hold_the_texts_together() -> None:
    assert placed(["a", "in 2012", "c"], ["عام ٢٠١٢", "y"]) == [(1, 0), (2, 1), (3, 2)]
    assert placed(["5,400 names", "b"], ["x", "5.400 noms"]) == [(0, 1), (1, 2), (2, 0)]


def test_figures_that_stand_twice_or_in_another_order_hold_nothing() -> None:
    assert placed(["1", "1", "b"], ["x", "1"]) == [(1, 1), (2, 2), (3, 0)]
    assert placed(["1", "2"], ["2", "1"]) in ([(1, 0), (2, 1), (0, 2)], [(0, 1), (1, 2), (2, 0)])


def test_headings_hold_where_both_have_as_many() -> None:
    assert placed(["a", "b", "#", "c"], ["x", "#", "y", "z"]) == [(1, 1), (2, 0), (3, 2), (0, 3)]
    assert placed(["a", "b", "#", "c"], ["x", "y"]) == [(1, 1), (2, 2), (3, 0)]


def test_a_figure_is_the_same_in_any_digits() -> None:
    assert figures("5,400 and ٥٬٤٠٠ and 5’400, 8") == ("5400", "5400", "5400", "8")
    assert figures("no number") == ()


@given(st.lists(st.sampled_from(["a", "1", "2", "3", "#"])), st.lists(st.sampled_from(["a", "1", "2", "3", "#"])))
def test_every_paragraph_stands_once_and_in_its_order(left: list[str], right: list[str]) -> None:
    found = placed(left, right)
    assert [row[0] for row in found if row[0]] == list(range(1, 1 + sum(step != "#" for step in left)))
    assert [row[1] for row in found if row[1]] == list(range(1, 1 + sum(step != "#" for step in right)))
    assert (0, 0) not in found


def test_what_has_no_number_in_the_html_is_not_lost() -> None:
    assert sections("", ["1", "1.1"]) == ((1, 2),)
    assert rows([("1", "a")], [("1", "x")], "", "") == (Row(1, 1),)


def test_items_and_rows_stand_beside_each_other_as_paragraphs_do() -> None:
    text = """
        Asked for:

        - 12 lamps
        - a bell

        | Quay | Lamps |
        |---|---|
        | North | 4 |
    """
    left = release("2012-02-08-a", "2012-02-08", body=dedent(text))
    translated = "language: fr", "translation_of: 2012-02-08-a"
    right = release("2012-02-09-b", "2012-02-09", *translated, body=dedent(text).replace("bell", "cloche"))
    page = site(archive(left, right))[routes.comparison("2012-02-08-a", "2012-02-09-b")]
    for number, words in (("1.1", "12 lamps"), ("1.2", "a cloche"), ("1.3", "North 4")):
        assert words in page
        assert page.count(f'#p{number}"') == 2
