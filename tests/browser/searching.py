"""What the tests of the search share: the search page as it is seen, and the waiting for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from playwright.sync_api import Error, Page


def until(what: Callable[[], Any], seconds: float = 180) -> Any:
    """Waits until `what` is true: the policy of the pages refuses the waiting that Playwright does inside them. To ask takes the processor
    that the answer needs, so it is asked less and less often."""
    end = time.monotonic() + seconds
    pause = 0.02
    while True:
        with suppress(Error):  # a page that is just being left cannot be asked
            if value := what():
                return value
        assert time.monotonic() < end, "waited in vain"
        time.sleep(pause)
        pause = min(1.5 * pause, 0.3)


ANSWERED = "document.documentElement.dataset.search || ''"
SEEN = """(() => { const text = (where) => [...document.querySelectorAll(where)].map((one) => one.textContent); return {
  status: text("#search-status"), notes: text("#search-notes p"), titles: text(".search-title"),
  links: [...document.querySelectorAll("#search-results a")].map((one) => one.getAttribute("href")),
  passages: text(".search-passage"), marks: text(".search-passage mark"), title_marks: text(".search-title mark"),
  reference_marks: text(".search-reference mark"), facts: text(".search-facts"), missing: text(".search-missing"),
  terms: text(".search-terms li"), whole: text("#search-whole .search-title"), chips: text(".search-chip"),
  counts: text(".facet[open] .facet-count") }; })()"""


def search(page: Page, address: str, query: str) -> dict[str, Any]:
    """What the search page shows for a saved address."""
    if page.url.partition("#")[0] == f"{address}search.html":
        # Else only the part behind "#" would change, and what was there before be taken for the answer.
        page.goto("about:blank")
    page.goto(f"{address}search.html#{query}")
    until(lambda: page.evaluate(ANSWERED))
    seen: dict[str, Any] = page.evaluate(SEEN)
    return seen


def search_again(page: Page, query: str) -> dict[str, Any]:
    """What the search page that is open shows when its address says another search."""
    before = page.evaluate(
        f"query => {{ const was = location.hash; location.hash = query; return location.hash === was ? '' : {ANSWERED}; }}",
        query,
    )
    until(lambda: page.evaluate(ANSWERED) not in ("", before))
    seen: dict[str, Any] = page.evaluate(SEEN)
    return seen


def at(page: Page) -> str:
    """The address the page is at."""
    return str(page.evaluate("location.href"))


def type_in(page: Page, text: str) -> None:
    """Types into the box and waits for the answer."""
    before = page.evaluate(ANSWERED)
    page.fill("#q", text)
    until(lambda: page.evaluate(ANSWERED) not in ("", before))
