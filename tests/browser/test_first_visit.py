"""What a reader fetches who comes for the first time, by a browser with an empty cache: each kind of page in both languages of a small
archive stays within the numbers of `first_visit.toml`.

`most` is what any page may weigh. `kinds` is what each kind weighed when it was last measured: what has grown is told, and what has become
much lighter asks for a lower number (ONRECORD_ACCEPT=1 writes them anew). Larger archives are measured by
`python benchmarks/first_visit.py SITE`.
"""

from __future__ import annotations

import math
import tomllib
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from benchmarks import corpus, first_visit
from benchmarks.audit import kinds
from tests.browser.thoroughness import THOROUGH
from tests.conftest import run_here

COUNT = 30
ALWAYS = ("ar/index.html", "ar/search.html", "ar/contribute.html")
ROOM = 1.02
"""How much above what was measured a page may be: a word more in a phrase is no fault."""
SLACK = 0.93
"""What is lighter than this share of its number asks for a lower one."""
HEAD = """# What a first visit to a page fetches, in bytes as a host sends them, text in gzip (tests/browser/test_first_visit.py).
# "other letters": pages whose edition, or whose main text, is in other letters than English.
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small invented archive in English and Arabic, built by the command."""
    folder = tmp_path_factory.mktemp("visits")
    corpus.make(folder / "content", COUNT, 2012, ["en", "ar"], ["en", "ar"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1735689600")
        ran = run_here(["build", "--content", str(folder / "content"), "--out", str(folder / "site")])
    assert ran.code == 0, ran.err
    return folder / "site"


@pytest.fixture(scope="module")
def kind_of_path(site: Path) -> dict[str, str]:
    """The heaviest page of each kind, and with each set of faces: that kind by its path."""
    return {
        path: " ".join((kind, *first_visit.faces(site, path)))
        for path in first_visit.heaviest(site)
        for kind in kinds(site, [path])
    }


@pytest.fixture(scope="module")
def visits(site: Path, kind_of_path: dict[str, str], chromium: Browser, accept: bool) -> dict[str, first_visit.Visit]:
    """A first visit to each of them by its kind; in Arabic to some, for these have what the English ones have and the same faces more."""
    arabic = [path for path in kind_of_path if path.startswith("ar/")]
    left_out = () if accept or THOROUGH else set(arabic) - {*arabic[::3], *ALWAYS}
    pages = [path for path in kind_of_path if path not in left_out]
    return {
        kind_of_path[visit.path]: visit for visit in first_visit.visits(site, pages, chromium, first_visit.SCREENS[:1])
    }


def test_a_first_visit_to_any_page_is_within_the_bar(
    site: Path, kind_of_path: dict[str, str], visits: dict[str, first_visit.Visit]
) -> None:
    assert len(kind_of_path) > 60
    heavy = {visit.path: visit.weight for visit in visits.values() if visit.weight > first_visit.most(site, visit.path)}
    assert heavy == {}


def test_no_kind_of_page_has_grown(
    kind_of_path: dict[str, str], visits: dict[str, first_visit.Visit], accept: bool
) -> None:
    known = tomllib.loads(first_visit.BUDGET.read_text("utf-8"))
    weights = {kind: visit.weight for kind, visit in sorted(visits.items())}
    if accept:
        lines = [f'"{kind}" = {math.ceil(weight * ROOM / 100) * 100}\n' for kind, weight in weights.items()]
        most = [f'"{name}" = {number:_}\n' for name, number in known["most"].items()]
        first_visit.BUDGET.write_text(f"{HEAD}\n[most]\n{''.join(most)}\n[kinds]\n{''.join(lines)}", "utf-8")
        return
    assert known["kinds"].keys() == {*kind_of_path.values()}
    assert weights.keys() <= known["kinds"].keys()
    assert {kind: weight for kind, weight in weights.items() if weight > known["kinds"][kind]} == {}
    assert {kind: weight for kind, weight in weights.items() if weight < known["kinds"][kind] / ROOM * SLACK} == {}


def test_a_first_visit_is_counted_as_it_is_sent(visits: dict[str, first_visit.Visit]) -> None:
    """The measure sees what a page asks for: its style sheet, its scripts, the faces of its letters, and nothing twice."""
    home, arabic = visits["index.html"].sent, visits["ar/index.html sans-arabic serif-arabic"].sent
    assert {"/index.html", "/assets/site.css", "/assets/frame.js", "/assets/fonts/sans.woff2"} <= home.keys()
    assert not any("arabic" in name or "naskh" in name for name in home)
    assert "/assets/fonts/sans-arabic.woff2" in arabic
    assert home["/assets/site.css"] < 20_000 < home["/assets/fonts/serif.woff2"]
    assert not any("search-results" in name or "search-engine" in name for name in visits["search.html"].sent)
