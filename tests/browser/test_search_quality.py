"""The quality of the search does not fall: judged queries over invented texts, held to the floors of benchmarks/search/floors.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from benchmarks.search import quality
from benchmarks.search import site as search_sites
from onrecord import search

FLOORS: dict[str, dict[str, float]] = tomllib.loads(
    (Path(quality.__file__).with_name("floors.toml")).read_text(encoding="utf-8")
)
RELEASES = 400


@pytest.fixture(scope="module")
def reached(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, float]]:
    """Success at 1, success at 10 and mean reciprocal rank, in all and by kind of query."""
    folder = tmp_path_factory.mktemp("quality")
    pages = folder / "pages"
    words, judged = quality.archive(folder, pages, RELEASES, documents=False)
    search.make_index(pages / search.FOLDER, words, lambda entry: search.paragraphs_of(words[entry]))
    search_sites.write_search_page(pages, list(words))
    with search_sites.served(pages) as (address, _):
        page = chromium.new_page()
        ask = quality.ours(page, address)
        results = [ask(query.text) for query in judged]
        page.close()
    return quality.measures(judged, results)


def test_every_kind_of_query_has_floors(reached: dict[str, dict[str, float]]) -> None:
    assert FLOORS.keys() == reached.keys()


@pytest.mark.parametrize("kind", FLOORS)
def test_a_kind_of_query_finds_what_it_found(reached: dict[str, dict[str, float]], kind: str) -> None:
    fallen = {
        measure: (reached[kind][measure], floor)
        for measure, floor in FLOORS[kind].items()
        if reached[kind][measure] < floor
    }
    assert not fallen, "a floor is lowered only on purpose: benchmarks/search/floors.toml"
