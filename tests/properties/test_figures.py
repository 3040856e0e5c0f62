"""No page shows a number as a figure that no record holds; and none that a record holds is left out."""

from __future__ import annotations

import html
import re
from collections import Counter
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model import Release
from tests.invented import archive, pages_of, release

NUMBERS = st.integers(0, 99_999)
FIGURES = st.fixed_dictionaries(
    {
        "value": st.one_of(
            NUMBERS.map(lambda n: (f"{n}", {})),
            NUMBERS.map(lambda n: (f"more than {n}", {"low": n})),
            NUMBERS.map(lambda n: (f"at most {n}", {"high": n})),
            NUMBERS.map(lambda n: (f"between {n} and {n + 7}", {"low": n, "high": n + 7})),
            st.sampled_from([("hundreds", {}), ("a few", {})]),
        ),
        "counts": st.sampled_from(["lamps", "boats"]),
        "series": st.sampled_from(["", "lamps out", "lamps out"]),
        "by": st.sampled_from(["", "Ferry Union", "A keeper"]),
        "place": st.sampled_from(["", "Port Elm", "Northland"]),
        "as_of": st.sampled_from(["", "2012-02-08", "2012-02-09", "2012-02", "2012~", "XXXX-08-01", "2011-12-30/2012-01-02"]),
    }
)  # fmt: skip
CELL = re.compile(r'<td class="value"[^>]*><span[^>]*>(.*?)</span>')
POINT = re.compile(r'<a href="[^"]*" aria-label="([^"]*)"(?: class="doubtful")?><title>')


ENTRIES = st.lists(st.lists(FIGURES, min_size=1, max_size=6), min_size=1, max_size=4)
MAIN = re.compile(r"<main.*?</main>", re.DOTALL)
# The marks of a scale are not of a record: they are hidden from whoever does not see the drawing, and none of them is a point.
SCALE = re.compile(r'<g aria-hidden="true">.*?</g>', re.DOTALL)
ATTRIBUTES = re.compile(r'(?:aria-label|title|alt|data-[a-z-]+)="([^"]*)"')
SOURCE = re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL)
MOST_COUNTED = 60
"""More figures, releases and paragraphs than this, or a later day of a month, no example has: a greater number is one of a record."""


def invented(entries: list[list[dict[str, object]]]) -> list[Release]:
    """Releases with these figures, each in a paragraph of its own."""
    releases = []
    for number, figures in enumerate(entries):
        lines, sentences = [], []
        for place, figure in enumerate(figures, 1):
            value, bounds = cast("tuple[str, dict[str, str]]", figure["value"])
            given = {"value": value, **bounds, "paragraph": place} | {
                key: figure[key] for key in ("counts", "series", "by", "place", "as_of") if figure[key]
            }
            lines += [f'{"  - " if key == "value" else "    "}{key}: "{text}"' for key, text in given.items()]
            sentences.append(f"There were {value} of them.")
        body = "\n\n".join(sentences)
        releases.append(
            release(
                f"2012-03-01-r{number}", "2012-03-01", "places: [Port Elm, Northland]", "figures:", *lines, body=body
            )
        )
    return releases


def strange_numbers(page: str, releases: list[Release]) -> set[str]:
    """The numbers that a page shows or says and no record has: neither in its figures, nor in its text, nor in a date."""
    shown = SCALE.sub(" ", SOURCE.sub(" ", MAIN.findall(page)[0]))
    words = html.unescape(" ".join([*ATTRIBUTES.findall(shown), re.sub(r"<[^>]+>", " ", shown)]))
    own = " ".join(f"{each} {each.text.body} {each.figures}" for each in releases)
    known = {number.lstrip("0") or "0" for number in re.findall(r"\d+", own)}
    numbers = {re.sub(r"\D", "", number).lstrip("0") or "0" for number in re.findall(r"\d(?:[\d,]*\d)?", words)}
    return {number for number in numbers - known if int(number) > MOST_COUNTED}


@settings(max_examples=25)
@given(ENTRIES)
def test_every_figure_of_a_page_is_one_of_a_record(entries: list[list[dict[str, object]]]) -> None:
    releases = invented(entries)
    pages = pages_of(archive(*releases), "figures/")
    shown = Counter(html.unescape(cell) for page in pages.values() for cell in CELL.findall(page))
    assert shown == Counter(figure.value for each in releases for figure in each.figures)
    values = set(shown)
    points = [html.unescape(label) for page in pages.values() for label in POINT.findall(page)]
    assert all(any(label.endswith(f": {value}") for value in values) for label in points)
    for path, page in pages.items():
        assert strange_numbers(page, releases) == set(), path
    first = f"releases/{releases[0].card.slug}.html"
    assert strange_numbers(pages_of(archive(*releases), first)[first], releases[:1]) == set()


@pytest.mark.parametrize("place", ["</table>", "</h1>", "</title>", 'data-label="Figure"'])
def test_a_sum_of_two_figures_would_be_found(place: str) -> None:
    figure = {"counts": "lamps", "series": "lamps out", "by": "Ferry Union", "place": "Port Elm", "as_of": ""}
    releases = invented(
        [
            [figure | {"value": ("1137", {}), "as_of": "2012-02-08"}],
            [figure | {"value": ("2412", {}), "as_of": "2012-02-09"}],
        ]
    )
    (page,) = (page for path, page in pages_of(archive(*releases), "figures/").items() if "index" not in path)
    assert place in page
    assert strange_numbers(page, releases) == set()
    more = "3,549 in all" if place.startswith("<") else 'title="3,549"'
    for wrong in (
        page.replace(place, f"{more}{place}"),
        page.replace("2412", "2411"),
        page.replace("8 February", "888 February"),
    ):
        assert strange_numbers(wrong, releases)
