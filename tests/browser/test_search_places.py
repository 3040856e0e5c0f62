"""A search that is narrowed down to a place finds what names places within it, and says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.searching import search, until
from tests.conftest import run_here

PLACES = """[[place]]
label = "Northland"

[[place]]
label = "Port Elm"
within = "Northland"

[[place]]
label = "Old Quay"
within = "Port Elm"

[[place]]
label = "Far Away"
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a site of three releases, opened from its folder."""
    folder = tmp_path_factory.mktemp("places")
    content = folder / "content"
    (content / "releases").mkdir(parents=True)
    (content / "archive.toml").write_text('title = "Harbour papers"\n', "utf-8")
    (content / "places.toml").write_text(PLACES, "utf-8")
    for day, (title, places) in enumerate({"Lamps": "Old Quay", "Ropes": "Northland", "Gulls": "Far Away"}.items(), 1):
        front = f"title: {title}\ndate: 2012-01-0{day}\npublisher: Harbour Watch\nlanguage: en\nextent: full\nplaces: [{places}]\n"
        path: Path = content / "releases" / f"2012-01-0{day}-{title.lower()}.md"
        path.write_text(f"---\n{front}---\nWords about {title.lower()}.\n", "utf-8")
    ran = run_here(["--content", str(content), "--out", str(folder / "site")])
    assert ran.code == 0, ran.err
    return (folder / "site").as_uri() + "/"


def test_a_place_finds_what_names_only_a_place_within_it(page: Page, address: str) -> None:
    assert search(page, address, "place=northland")["titles"] == ["Ropes", "Lamps"]
    assert search(page, address, "place=port-elm")["titles"] == ["Lamps"]
    assert search(page, address, "place=far-away")["titles"] == ["Gulls"]
    assert set(search(page, address, "q=place:northland")["titles"]) == {"Ropes", "Lamps"}


def test_the_words_of_a_place_around_are_no_words_of_a_release(page: Page, address: str) -> None:
    """Nothing is asserted of a release that it does not say: the word alone finds what names the place."""
    assert search(page, address, "q=northland")["titles"] == ["Ropes"]


def test_the_list_of_places_counts_so_and_says_so(page: Page, address: str) -> None:
    page.goto(f"{address}search.html")
    page.click("[data-facet=place] summary")
    until(lambda: page.locator("[data-facet=place] li").count() == 4)
    counts = {item.split()[0]: item.split()[-1] for item in page.locator("[data-facet=place] li").all_inner_texts()}
    assert counts == {"Northland": "2", "Port": "1", "Old": "1", "Far": "1"}
    assert "only places within it" in page.inner_text("[data-facet=place] .facet-note")
