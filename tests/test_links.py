"""A whole generated site, in two languages: every link of every page leads somewhere, and every page has the same sound skeleton."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import urllib.parse
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.conftest import ROOT, run_here
from tests.invented import archive, quick
from tests.invented import site as site_of


class Outline(HTMLParser):
    """Ids, links, headings and landmarks of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.headings: list[int] = []
        self.tags: Counter[str] = Counter()
        self.root: dict[str, str | None] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags[tag] += 1
        if tag == "html":
            self.root = given
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        self.ids += [value for value in [given.get("id")] if value]
        self.links += [value for name in ("href", "src", "action") if (value := given.get(name)) is not None]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("links")
    subprocess.run([sys.executable, ROOT / "benchmarks" / "corpus.py", folder / "content", "--n", "200"], check=True)
    assert run_here(["--content", str(folder / "content"), "--out", str(folder / "site"), "--no-search"]).code == 0
    return folder / "site"


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Outline]:
    outlines = {}
    for file in sorted(site.rglob("*.html")):
        outlines[file.relative_to(site).as_posix()] = outline = Outline()
        outline.feed(file.read_text(encoding="utf-8"))
    assert len(outlines) > 500
    return outlines


def test_every_link_leads_to_a_file_and_to_a_place_in_it(site: Path, pages: dict[str, Outline]) -> None:
    files = {file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()}
    broken = []
    for path, page in pages.items():
        for link in page.links:
            if re.match("[a-z]+:", link):
                continue
            address, _, place = link.partition("#")
            if address.endswith("suggest.html") and place.startswith("page="):
                # What its script fills in, and no server is told.
                place = ""
            named = urllib.parse.unquote(address.partition("?")[0])
            target = os.path.normpath(os.path.join(os.path.dirname(path), named)) if named else path
            if path == "404.html" and address.startswith("/"):
                target = address.lstrip("/")
            if target not in files or (
                place and target in pages and urllib.parse.unquote(place) not in pages[target].ids
            ):
                broken.append(f"{path}: {link}")
    assert broken == []


def test_links_end_in_a_file_name_so_that_a_folder_on_a_disk_works(pages: dict[str, Outline]) -> None:
    bad = [
        f"{path}: {link}"
        for path, page in pages.items()
        for link in page.links
        if path != "404.html" and not re.match("[a-z]+:|#", link) and not re.search(r"[^/]\.[a-z0-9]+(?:[?#]|$)", link)
    ]
    assert bad == []


def test_no_page_leads_to_another_host_by_itself(pages: dict[str, Outline]) -> None:
    """The invented releases name one host, and only as a link to be followed."""
    hosts = {
        urllib.parse.urlsplit(link).hostname
        for page in pages.values()
        for link in page.links
        if re.match("[a-z]+:", link)
    }
    assert hosts <= {"example.org", None}


def test_every_page_has_one_first_heading_no_gap_and_no_id_twice(pages: dict[str, Outline]) -> None:
    wrong = []
    for path, page in pages.items():
        gaps = [
            (level, next_level)
            for level, next_level in zip(page.headings, page.headings[1:], strict=False)
            if next_level > level + 1
        ]
        twice = [name for name, count in Counter(page.ids).items() if count > 1]
        if page.headings.count(1) != 1 or gaps or twice:
            wrong.append((path, page.headings.count(1), gaps[:2], twice[:2]))
    assert wrong == []


class Crumbs(HTMLParser):
    """The way back that a page shows, as (address, words), and its headings."""

    def __init__(self) -> None:
        super().__init__()
        self.way: list[tuple[str, str]] = []
        self.headings = ""
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "nav" and given.get("class") == "crumbs":
            self.inside = "crumbs"
        elif tag in ("h1", "h2"):
            self.inside = "heading"
        elif tag == "a" and self.inside == "crumbs":
            self.way.append((given["href"] or "", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("nav", "h1", "h2"):
            self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside == "heading":
            self.headings += data
        elif self.inside == "crumbs" and self.way:
            self.way[-1] = (self.way[-1][0], self.way[-1][1] + data.strip())


def test_a_way_back_names_the_page_it_leads_to() -> None:
    """So do the parts of long lists of dates that are not stated, and of those that span years and months."""
    dates = {"spanning": "2011-12-30/2012-01-02", "months": "2012-01/2012-03", "year": "2012", "open": "XXXX"}
    pages = site_of(
        archive(
            *(
                quick(f"{letter}{name}-{n}", edtf, topics=("water",))
                for name, edtf in dates.items()
                for letter in "ab"
                for n in range(70)
            )
        )
    )
    crumbs = {path: Crumbs() for path in pages}
    for path, page in crumbs.items():
        page.feed(pages[path])
    parts = [path for path in pages if re.match("(topics/water|dates|publishers/example-press)/.*/[ab]", path)]
    assert len(parts) >= 16
    wrong = []
    for path, page in crumbs.items():
        for address, words in page.way[1:] if not path.startswith("releases/") else ():
            target = os.path.normpath(os.path.join(os.path.dirname(path), urllib.parse.unquote(address)))
            if not words or words.casefold() not in crumbs[target].headings.casefold():
                wrong.append((path, words, target, crumbs[target].headings))
    assert wrong == []


def test_every_page_has_its_landmarks_language_and_direction(pages: dict[str, Outline]) -> None:
    for path, page in pages.items():
        assert page.tags["main"] == 1, path
        assert page.tags["nav"] >= 1, path
        assert page.tags["title"] >= 1, path
        arabic = path.startswith("ar/")
        assert (page.root.get("lang"), page.root.get("dir")) == (("ar", "rtl") if arabic else ("en", "ltr")), path
