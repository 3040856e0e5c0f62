#!/usr/bin/env python3
"""Counts what nine tasks of a reader take in a built site, by doing them in Chromium: clicks, keys, and screens scrolled.

  python benchmarks/tasks.py SITE                 desktop (1280 by 900) and phone (360 by 740)
  python benchmarks/tasks.py SITE --json          the same, one object a line

Each step asks for what a reader looks for by its role and accessible name. A step that is not on the screen costs the screens that have to
be scrolled to it, sideways as well. What is typed is counted key by key; a click into a box before is a click. What to look for is taken
from the site's own data (data/releases.csv, data/quotations.csv). A task that the archive has nothing for is "–"; one that cannot be done
is "not possible", and the program ends with 1.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import json
import math
import re
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from playwright.sync_api import Error, Locator, Page, ViewportSize, sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
FLAGS += ["--disable-component-update", "--disable-sync"]
SCREENS: dict[str, ViewportSize] = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 360, "height": 740}}
PATIENCE = 8.0
"""Seconds until something that should be there is called missing."""

Role = Literal["link", "button", "searchbox", "textbox", "heading", "status"]


class Missing(Exception):
    """What a step looks for is not there."""


class Nothing(Exception):
    """The archive has nothing that the task could be about."""


@dataclass
class Reader:
    """Somebody who reads a site in a window, and what it took so far."""

    page: Page
    site: Path
    clicks: int = 0
    keys: int = 0
    screens: int = 0
    steps: list[str] = field(default_factory=list)

    def home(self) -> None:
        """The front page, where each task begins."""
        self.page.goto((self.site / "index.html").as_uri())

    def click(self, *choices: Locator) -> None:
        """Clicks what is visible of the first of these that is there."""
        target = self._found(*choices)
        self._bring(target)
        self.steps.append(f"click {self._name(target)}")
        target.click()
        self.clicks += 1

    def type(self, text: str, *choices: Locator) -> None:
        """Writes into a box."""
        self.click(*choices)
        self.steps.append(f"type {text}")
        self.page.keyboard.type(text)
        self.keys += len(text)

    def press(self, key: str) -> None:
        """Presses a key."""
        self.steps.append(f"press {key}")
        self.page.keyboard.press(key)
        self.keys += 1

    def see(self, *choices: Locator) -> Locator:
        """Scrolls until something is on the screen."""
        target = self._found(*choices)
        self._bring(target)
        self.steps.append("see it")
        return target

    def role(self, role: Role, name: str | re.Pattern[str], inside: str = "body") -> Locator:
        """What has a role and an accessible name, in a part of the page."""
        return self.page.locator(inside).get_by_role(role, name=name, exact=isinstance(name, str))

    def _found(self, *choices: Locator) -> Locator:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            for choice in choices:
                with contextlib.suppress(Error):  # a page that is just being left cannot be asked
                    for one in choice.all()[:40]:
                        if one.is_visible():
                            return one
            time.sleep(0.05)
        raise Missing(" or ".join(str(choice).split("selector=")[-1] for choice in choices))

    def _bring(self, target: Locator) -> None:
        """Counts the screens between what is seen and the target: down or up, and sideways in a row that scrolls."""
        box = target.bounding_box()
        size = self.page.viewport_size
        if box is None or size is None:
            raise Missing(str(target))
        for start, length, whole in (
            (box["y"], box["height"], size["height"]),
            (box["x"], box["width"], size["width"]),
        ):
            middle = start + min(length, whole) / 2
            if middle < 0 or middle > whole:
                self.screens += max(1, math.ceil(abs(middle - whole / 2) / whole - 0.5))
        target.scroll_into_view_if_needed()

    def _name(self, target: Locator) -> str:
        return " ".join((target.get_attribute("aria-label") or target.text_content() or "").split())[:60]


@dataclass(frozen=True)
class Subjects:
    """What the tasks look for, from a site's own tables."""

    releases: list[dict[str, str]]
    quotations: list[dict[str, str]]

    @classmethod
    def of(cls, site: Path) -> Subjects:
        """Those of a site."""
        csv.field_size_limit(10**9)
        tables = []
        for name in ("releases", "quotations"):
            with (site / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
                tables.append(list(csv.DictReader(stream)))
        return cls(*tables)

    def numbered(self) -> dict[str, str]:
        """A release in English with a reference: the middle one, so that neither end of a list is measured."""
        return self._middle([row for row in self.releases if row["reference"] and row["language"] == "en"])

    def quoted(self) -> dict[str, str]:
        """A quotation of somebody who has a page."""
        return self._middle([row for row in self.quotations if row["speaker"]])

    def commonest(self, column: str) -> str:
        """The value that most releases have in a column of several."""
        counts = Counter(value for row in self.releases for value in row[column].split(" | ") if value)
        if not counts:
            raise Nothing
        return min(counts, key=lambda value: (-counts[value], value))

    def _middle(self, rows: list[dict[str, str]]) -> dict[str, str]:
        if not rows:
            raise Nothing
        return rows[len(rows) // 2]


def by_number(reader: Reader, subjects: Subjects) -> None:
    """Find a release by the publisher's number, typed without its slashes and blanks."""
    row = subjects.numbered()
    reader.type(re.sub(r"[\s/]", "", row["reference"]).lower(), *_search_box(reader))
    reader.press("Enter")
    reader.click(reader.page.locator("#search-results, .search-results").get_by_role("link", name=row["title"]).first)
    reader.see(reader.role("heading", row["title"]))


def through_references(reader: Reader, subjects: Subjects) -> None:
    """Find the same release by its number in the index of references, without typing."""
    row = subjects.numbered()
    year = re.search(r"(?:19|20)\d\d", row["reference"])
    reader.click(*_section(reader, "References"))
    for _ in range(3):
        here = reader.page.locator("main li, main tr").filter(has_text=row["reference"]).get_by_role("link")
        if here.count():
            break
        main = reader.page.locator("main")
        of_publisher = main.locator("section").filter(
            has=reader.page.get_by_role("heading").filter(has_text=row["publisher"])
        )
        parts = (
            [place.get_by_role("link", name=re.compile(f"^{year[0]}")) for place in (of_publisher, main)]
            if year
            else []
        )
        if "references/index" in reader.page.url:
            parts = parts[:1]
        reader.click(*parts, main.get_by_role("link").filter(has_text=row["publisher"]))
    reader.click(reader.page.locator("main li, main tr").filter(has_text=row["reference"]).get_by_role("link"))
    reader.see(reader.role("heading", row["title"]))


def what_was_said(reader: Reader, subjects: Subjects) -> None:
    """From the front page to a quotation of one person, and to the paragraph that it stands in."""
    row = subjects.quoted()
    speaker = row["speaker"]
    reader.click(*_section(reader, "Quotations"))
    _narrow(reader, speaker)
    reader.click(
        reader.role("link", speaker, "main"),
        reader.page.locator("main").get_by_role("link").filter(has_text=speaker),
        reader.role("link", re.compile("speakers$"), "main"),
    )
    if "speakers/index" in reader.page.url:
        _narrow(reader, speaker)
        reader.click(reader.page.locator("main").get_by_role("link").filter(has_text=_filed(speaker)))
    if "/releases/" not in reader.page.url:
        # What a summary says in the archive's words has no paragraph of the source: the release is what is found.
        main = reader.page.locator("main")
        reader.click(
            *(main.locator(f"a[href*='/releases/'{end}") for end in ("][href*='#p']", "]:not([href*='index'])"))
        )
    reader.see(reader.page.locator(":target" if "#p" in reader.page.url else "h1"))


def one_name(reader: Reader, subjects: Subjects) -> None:
    """One name among all that the archive has."""
    name = subjects.commonest("names")
    reader.click(*_section(reader, "Names"))
    _narrow(reader, name)
    reader.click(reader.page.locator("main").get_by_role("link").filter(has_text=_filed(name)))
    reader.see(reader.page.locator("h1").filter(has_text=name))


def of_place(reader: Reader, subjects: Subjects) -> None:
    """A release about a place, starting with the map."""
    place = subjects.commonest("places")
    small = reader.page.locator("main figure a[href='map.html']")
    if small.count():
        reader.click(small)
    else:
        reader.click(*_section(reader, "Places"))
        reader.click(reader.role("link", "Map", "main"))
    reader.click(
        reader.page.locator("main figure").get_by_role("link", name=re.compile(f"^{re.escape(place)}\\b")),
        reader.role("link", place, "main"),
    )
    if "/places/" not in reader.page.url:
        reader.click(reader.role("link", place, "main"))
    reader.click(reader.page.locator("main .entries").get_by_role("link").first)
    reader.see(reader.page.locator("h1"))


def of_month(reader: Reader, subjects: Subjects) -> None:
    """A release of one month."""
    dated = sorted(row["date"] for row in subjects.releases if re.fullmatch(r"\d{4}-\d\d-\d\d", row["date"]))
    if not dated:
        raise Nothing
    year, month, _ = dated[len(dated) // 2].split("-")
    months = "January February March April May June July August September October November December".split()
    words = f"{months[int(month) - 1]} {year}"
    reader.click(*_section(reader, "Dates"))
    # A small archive lists its releases on the index of dates itself.
    here = reader.page.locator("main li").filter(has=reader.page.locator(f"time[datetime^='{year}-{month}']"))
    reader.click(reader.role("link", re.compile(f"^{words}"), "main"), here.get_by_role("link"))
    if "/releases/" not in reader.page.url:
        reader.click(reader.page.locator("main .entries").get_by_role("link").first)
    reader.see(reader.page.locator("h1"))


def cite(reader: Reader, subjects: Subjects) -> None:
    """From the page of a release to its citation on the clipboard."""
    _open(reader, subjects.numbered()["slug"])
    if reader.role("link", "Cite").count():
        reader.click(reader.role("link", "Cite"))
    citation = reader.page.locator("section.cite").first
    copy = citation.get_by_role("button", name=re.compile("^Copy"))
    if copy.count():
        reader.click(copy)
        reader.see(citation)
    else:
        reader.see(citation.locator("p"))
        # Marked with the mouse and copied with two keys.
        reader.clicks += 1
        reader.keys += 2


def address(reader: Reader, subjects: Subjects) -> None:
    """From the page of a release to the address of its third paragraph."""
    slug = subjects.numbered()["slug"]
    _open(reader, slug)
    paragraphs = reader.page.locator("main .text p[id^='p']").count()
    if not paragraphs:
        raise Nothing
    number = str(min(3, paragraphs))
    reader.click(reader.page.locator(f"#p{number} a[href='#p{number}']"))
    if not reader.page.url.endswith(f"#p{number}"):
        raise Missing(f"#p{number} in the address")


def compare(reader: Reader, subjects: Subjects) -> None:
    """From the page of a release that stands elsewhere too to the first difference between the two."""
    pages = sorted(reader.site.glob("compare/*--*.html"))
    page = next((page for page in pages if "To the first difference" in page.read_text("utf-8")), None)
    page = page or next((page for page in pages if re.search(r"<(?:del|ins)>", page.read_text("utf-8"))), None)
    if page is None:
        raise Nothing
    slug = page.stem.split("--")[0]
    _open(reader, slug)
    reader.click(reader.role("link", re.compile("^(Compare|Compare both|Compare the two)", re.IGNORECASE), "main"))
    if reader.role("link", "To the first difference").count():
        reader.click(reader.role("link", "To the first difference"))
        reader.see(reader.page.locator(":target"))
    else:
        reader.see(reader.page.locator("main :is(del, ins, .cut, .added)"))


TASKS: tuple[tuple[str, Callable[[Reader, Subjects], None]], ...] = (
    ("a number, typed", by_number),
    ("a number, by the index", through_references),
    ("what somebody said", what_was_said),
    ("one name among all", one_name),
    ("a place, by the map", of_place),
    ("a month", of_month),
    ("a citation copied", cite),
    ("a paragraph's address", address),
    ("two versions compared", compare),
)


def _open(reader: Reader, slug: str) -> None:
    """The page of a release, which the reader is on already: it costs nothing."""
    reader.page.goto((reader.site / "releases" / f"{slug}.html").as_uri())


def _search_box(reader: Reader) -> tuple[Locator, ...]:
    """The search box; where it is only an icon, that is clicked first."""
    boxes = reader.page.get_by_role("combobox"), reader.page.get_by_role("searchbox")
    if not any(box.is_visible() for boxes_of_role in boxes for box in boxes_of_role.all()):
        reader.click(reader.role("link", re.compile("^Search")))
    return boxes


def _section(reader: Reader, name: str) -> tuple[Locator, ...]:
    """A link of the main navigation, else of the page."""
    return reader.role("link", name, "header"), reader.role("link", re.compile(name))


def _filed(name: str) -> re.Pattern[str]:
    """A name as it is said or as it is filed: "Ada Example" and "Example, Ada"."""
    first, _, last = name.rpartition(" ")
    return re.compile(f"{re.escape(name)}|{re.escape(last)}, {re.escape(first)}|^{re.escape(name.split()[-1])}, ")


def _narrow(reader: Reader, words: str) -> None:
    """Types the beginning of a word into the filter of a list, where the page has one."""
    boxes = reader.page.locator("main form.narrow").get_by_role("searchbox")
    others = reader.page.locator("main form.narrow").get_by_role("textbox")
    if boxes.count() or others.count():
        reader.type(words.split()[-1][:5], boxes, others)


def done(site: Path) -> Iterator[tuple[str, str, str, Reader]]:
    """Each task on each screen: the task, the screen, what went wrong (or empty), and what it took."""
    subjects = Subjects.of(site)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=[*FLAGS, "--allow-file-access-from-files"]
        )
        for screen, size in SCREENS.items():
            for name, task in TASKS:
                context = browser.new_context(viewport=size, has_touch=screen == "phone")
                reader = Reader(context.new_page(), site)
                wrong = ""
                reader.home()
                try:
                    task(reader, subjects)
                except Nothing:
                    wrong = "–"
                except (Missing, Error) as error:
                    wrong = f"not possible: {str(error).splitlines()[0][:160]}"
                context.close()
                yield name, screen, wrong, reader
        browser.close()


def main() -> int:
    """Prints a line for each task."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path)
    parser.add_argument("--json", action="store_true", help="an object a line, with the steps")
    args = parser.parse_args()
    site = args.site.resolve()
    if not (site / "data" / "releases.csv").is_file():
        parser.error(f"{args.site} has no data/releases.csv: build the site first")
    failed = False
    for name, screen, wrong, reader in done(site):
        failed = failed or wrong.startswith("not possible")
        if args.json:
            counted = {"clicks": reader.clicks, "keys": reader.keys, "screens": reader.screens}
            print(
                json.dumps(
                    {"task": name, "screen": screen, "wrong": wrong, **counted, "steps": reader.steps},
                    ensure_ascii=False,
                )
            )
        else:
            took = wrong or f"{reader.clicks} clicks, {reader.keys} keys, {reader.screens} screens"
            print(f"{screen:8}{name:24}{took}")
        sys.stdout.flush()
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
