"""No page shows a number as a figure that no record holds; and none that a record holds is left out."""

from __future__ import annotations

import html
import re
from collections import Counter
from typing import cast

from hypothesis import given, settings
from hypothesis import strategies as st

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


@settings(max_examples=40)
@given(st.lists(st.lists(FIGURES, min_size=1, max_size=6), min_size=1, max_size=4))
def test_every_figure_of_a_page_is_one_of_a_record(entries: list[list[dict[str, object]]]) -> None:
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
    pages = pages_of(archive(*releases), "figures/")
    shown = Counter(html.unescape(cell) for page in pages.values() for cell in CELL.findall(page))
    assert shown == Counter(figure.value for each in releases for figure in each.figures)
    values = set(shown)
    points = [html.unescape(label) for page in pages.values() for label in POINT.findall(page)]
    assert all(any(label.endswith(f": {value}") for value in values) for label in points)
