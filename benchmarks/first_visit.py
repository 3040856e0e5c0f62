#!/usr/bin/env python3
"""What a first visit to a page asks for: every file that a browser with an empty cache fetches, as a host sends it (text in gzip).

  python benchmarks/first_visit.py SITE           one page of each kind and language, and of each set of faces: the heaviest
  python benchmarks/first_visit.py SITE --all     every page
  python benchmarks/first_visit.py SITE --pages index.html,map.html
  python benchmarks/first_visit.py SITE --json F  the same figures as JSON in a file

A page is opened on a desk and on a phone; what counts is the greater of both. `tests/browser/first_visit.toml` says what each may be at
most. Ends with 1 where a page is heavier.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import shutil
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.audit import FLAGS, Files, html, kinds, served

BUDGET = Path(__file__).resolve().parents[1] / "tests" / "browser" / "first_visit.toml"
SCREENS = ((1280, 900), (360, 740))
_FACES = re.compile(r"assets/faces/([a-z-]+)\.css")


@dataclass(frozen=True, slots=True)
class Visit:
    """A first visit to a page: the bytes of each file that was sent, by its path."""

    path: str
    sent: dict[str, int]

    @property
    def weight(self) -> int:
        """All bytes that were sent, without the heads of answers."""
        return sum(self.sent.values())


def visits(
    site: Path, pages: Sequence[str], browser: Browser, screens: Sequence[tuple[int, int]] = SCREENS
) -> Iterator[Visit]:
    """A first visit to each page: of those to it on these screens the heaviest."""
    with served(site) as address, first_visits(browser, address) as visit:
        for path in pages:
            yield max((visit(path, screen) for screen in screens), key=lambda one: one.weight)


@contextmanager
def first_visits(browser: Browser, address: str) -> Iterator[Callable[[str, tuple[int, int]], Visit]]:
    """Visits to pages of the site at an address, on a screen of a size, each as if nothing had been visited before: what the browser keeps
    is cleared before each, which takes half of what a new context does."""
    context = browser.new_context()
    page = context.new_page()
    session = context.new_cdp_session(page)

    def visit(path: str, screen: tuple[int, int]) -> Visit:
        page.goto("about:blank")
        session.send("Network.clearBrowserCache")
        session.send("Storage.clearDataForOrigin", {"origin": address.rstrip("/"), "storageTypes": "all"})
        page.set_viewport_size({"width": screen[0], "height": screen[1]})
        Files.sent.clear()
        page.goto(address + path, wait_until="load")
        page.evaluate("document.fonts.ready.then(() => new Promise(done => setTimeout(done, 200)))")
        return Visit(path, dict(Files.sent))

    yield visit
    context.close()


def heaviest(site: Path) -> list[str]:
    """The heaviest page of each kind and language, and of each kind the heaviest with each set of faces."""
    pages = html(site)
    of_faces: dict[str, list[str]] = {}
    for path in pages:
        of_faces.setdefault(" ".join(faces(site, path)), []).append(path)
    return sorted({path for some in of_faces.values() for path in kinds(site, some).values()})


def faces(site: Path, path: str) -> list[str]:
    """The sheets of faces that a page has beside those of every page."""
    with (site / path).open(encoding="utf-8") as stream:
        return _FACES.findall(stream.read(4000))


def most(site: Path, path: str) -> int:
    """The most bytes that a first visit to a page may fetch: more where its edition or its main text is in other letters than English."""
    limits: dict[str, int] = tomllib.loads(BUDGET.read_text("utf-8"))["most"]
    return limits["other letters" if faces(site, path) else "english"]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium as the other measurements use it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


def main() -> int:
    """Prints a line for each page, heaviest first."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--pages", type=lambda text: text.split(","), default=[])
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    pages = given.pages or (html(given.site) if given.all else heaviest(given.site))
    with chromium() as browser:
        found = sorted(visits(given.site, pages, browser), key=lambda one: -one.weight)
    for one in found:
        page = len(gzip.compress((given.site / one.path).read_bytes()))
        shown = ", ".join(sorted(Path(name).stem for name in one.sent if name.endswith(".woff2")))
        over = "" if one.weight <= most(given.site, one.path) else "  OVER"
        print(
            f"{one.weight / 1000:7.1f} kB  {len(one.sent):2} files  page {page / 1000:5.1f}  {one.path}  ({shown}){over}"
        )
    if given.json:
        given.json.write_text(json.dumps({one.path: one.sent for one in found}, indent=1, sort_keys=True) + "\n")
    return int(any(one.weight > most(given.site, one.path) for one in found))


if __name__ == "__main__":
    raise SystemExit(main())
