"""What is found does not depend on how the archive is cut into shards: one index and many give the same answers in the same order."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from benchmarks.search import site
from onrecord import search
from onrecord.search import SearchEntry
from tests.browser.searching import SEEN, type_in
from tests.browser.thoroughness import tried

_RARE = [
    f"{a}{b}{c}" for a in ("bar", "kel", "mor", "sun") for b in ("an", "eli", "oth") for c in ("", "da", "ings", "ist")
]
_COMMON = "lamps harbour council pilots prison witnesses families using said the of and a light nobody country countries".split()
QUERIES = [
    "lamps", "harbour council", "witnesses", "families", "country", "prison pilots", "barelida", "moroth", "kelan sunelist",
    '"of the lamps"',
    "the", "a light", "lmaps", "using", "light nobody moranings", "ref 117", "REF 01/117",
]  # fmt: skip


def _entries() -> tuple[list[SearchEntry], dict[str, str]]:
    rng = random.Random(9)  # noqa: S311 - the same texts each time
    entries, words = [], {}
    for number in range(180):
        language = "fr" if number % 9 == 0 else "en"
        date = f"{1990 + number // 6}-0{number % 9 + 1}-11" if number % 20 else ""
        # Some shards lack a field that others have, so that fields have other numbers there.
        facts = (("kind", "press release"), *((("extent", "excerpt"),) if number < 70 else ()))
        path = f"releases/{date or 'undated'}-{number:03}.html"
        title = f"{rng.choice(_RARE).title()} and {rng.choice(_COMMON)} {number}"
        year = date[:4] or search.NOT_STATED
        entries.append(
            SearchEntry(
                path, language, title, date, f"REF 01/{number}/1990", facts, (("year", year, year),), ("Lanterns",)
            )
        )
        picked = rng.choices(_COMMON, k=90) + rng.choices(_RARE, k=8)
        rng.shuffle(picked)
        words[path] = "".join(f'<p id="p{n}">{" ".join(picked[n * 20 :][:20])}.</p>' for n in range(5))
    return entries, words


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("shards")
    entries, words = _entries()
    for name, size in (("one", 1000), ("many", 25)):
        report = search.make_index(
            folder / name / search.FOLDER,
            entries,
            lambda entry: search.paragraphs_of(words[entry.path]),
            limit=size,
            size=size,
        )
        assert (report.shards == 2) == (name == "one")
        site.write_search_page(folder / name, entries)
    return {name: folder / name for name in ("one", "many")}


@pytest.mark.parametrize("where", tried(["file", "http"], ["file"]))
def test_many_shards_answer_as_one_index_does(chromium: Browser, sites: dict[str, Path], where: str) -> None:
    seen: dict[str, dict[str, object]] = {}
    for name, folder in sites.items():
        with site.served(folder) as (address, _):
            page = chromium.new_page()
            page.goto(f"{folder.as_uri() if where == 'file' else address}/search.html")
            seen[name] = {}
            for query in QUERIES:
                type_in(page, query)
                seen[name][query] = page.evaluate(SEEN)
            page.close()
    assert seen["many"] == seen["one"]
    answered = [query for query in QUERIES if seen["one"][query]["titles"]]  # type: ignore[index]
    assert len(answered) >= len(QUERIES) - 2
