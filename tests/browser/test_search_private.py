"""What is looked for is told to nobody: a server's log is read after every way to search."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.searching import ANSWERED, at, until
from tests.browser.thoroughness import tried
from tests.folder_server import folder_served

# Words that stand in texts only, in no address of the archive.
WORD, OTHER = "winter", "gulls"


@pytest.fixture
def logged(site: Path) -> Iterator[tuple[str, list[str]]]:
    """The archive over http, and what its server was asked for. A test asks for it before its page: the page is closed first, for what it
    still asks for must find its server."""
    with folder_served(site) as (address, log):
        yield address, log


def told(log: list[str]) -> list[str]:
    """What of a log says more than which file was wanted: a query of any kind, the page before, or the words themselves. That a font is
    wanted by a style sheet says nothing of a page."""
    lines = [re.sub(r" http://\S+/assets/(site|faces/[a-z-]+)\.css$", "", unquote(line)) for line in log]
    return [line for line in lines if "?" in line or " " in line or WORD in line or OTHER in line]


def answered(page: Page) -> None:
    until(lambda: "search.html" in at(page) and page.evaluate(ANSWERED))


STARTS = ["index.html", "topics/night-ferries.html", "releases/2012-02-08-lamps-for-homs.html", "ar/index.html"]


@pytest.mark.parametrize("start", tried(STARTS, STARTS[2:]))
def test_the_box_of_a_page_tells_the_server_nothing(logged: tuple[str, list[str]], page: Page, start: str) -> None:
    address, log = logged
    page.goto(address + start)
    page.click("#search-box-q")
    page.keyboard.type(f"{WORD} comes")
    page.keyboard.press("Enter")
    answered(page)
    assert at(page).endswith(f"search.html#q={WORD}+comes")
    assert page.locator(".search-title").first.inner_text() == "Lamps for Homs"
    assert log
    assert told(log) == []


@pytest.mark.parametrize(
    ("start", "filters"),
    [
        ("places/homs.html", "place=homs"),
        ("topics/pilot-strikes.html", "topic=pilot-strikes"),
        ("names/ledger-clerk.html", "name=ledger-clerk"),
        ("publishers/harbour-watch.html", "publisher=harbour-watch"),
        ("quotations/ledger-clerk.html", "speaker=ledger-clerk"),
    ],
)
def test_a_page_of_a_term_searches_within_its_releases(
    logged: tuple[str, list[str]], page: Page, start: str, filters: str
) -> None:
    address, log = logged
    page.goto(address + start)
    page.fill("#search-within-q", OTHER)
    page.keyboard.press("Enter")
    answered(page)
    assert at(page).endswith(f"search.html#q={OTHER}&{filters}")
    page.go_back()
    until(lambda: at(page).endswith(start))
    page.fill("#search-within-q", "")
    page.keyboard.press("Enter")
    answered(page)
    assert at(page).endswith(f"search.html#{filters}")
    assert told(log) == []


def test_the_search_page_tells_the_server_nothing_whatever_is_done_on_it(
    logged: tuple[str, list[str]], page: Page
) -> None:
    address, log = logged
    page.goto(address + "search.html")
    page.fill("#q", WORD)
    answered(page)
    page.keyboard.press("Enter")
    page.click("[data-facet=topic] > summary")
    page.check("[data-facet=topic] input >> nth=0")
    until(lambda: "topic=" in at(page))
    page.click("[data-facet=year] > summary")
    page.select_option("#from-year", "2012")
    page.select_option("#from-month", "02")
    page.select_option("#to-year", "2013")
    until(lambda: "from=2012-02&to=2013" in at(page))
    page.select_option("#sort", "newest")
    until(lambda: "sort=newest" in at(page))
    page.reload()
    answered(page)
    page.click(".search-passage-link")
    until(lambda: at(page).endswith("lamps-for-homs.html#p2"))
    assert page.locator("#p2 mark").all_text_contents() == [WORD]
    page.reload()
    until(lambda: page.locator("#p2 mark").count())
    page.go_back()
    answered(page)
    with page.expect_download():
        page.click("[data-format=bib]")
    page.click(".search-title")
    until(lambda: at(page).endswith("lamps-for-homs.html"))
    page.click("header a.brand")
    until(lambda: at(page).endswith("index.html"))
    assert told(log) == []


def test_a_shared_address_and_a_suggestion_tell_the_server_nothing(logged: tuple[str, list[str]], page: Page) -> None:
    address, log = logged
    page.goto(f"{address}search.html#q={WORD}&place=homs&from=2012-02-08")
    answered(page)
    assert page.inner_text("#search-status") == "1 release"
    page.fill("#q", "")
    page.locator("#q").press_sequentially("hom")
    until(lambda: page.locator("[role=option]").count())
    page.click("[role=option] >> text=Homs")
    until(lambda: at(page).endswith("places/homs.html"))
    assert told(log) == []


@pytest.mark.parametrize(
    "where", ["search.html?q={}&topic=night-ferries", "releases/2012-02-08-lamps-for-homs.html?mark={}#p2"]
)
def test_an_address_of_old_is_rewritten_at_once(logged: tuple[str, list[str]], page: Page, where: str) -> None:
    address, log = logged
    page.goto(address + where.format(WORD))
    until(lambda: page.locator("mark").count())
    assert "?" not in at(page)
    assert page.evaluate("document.activeElement.id") in ("p2", "")
    log.clear()
    page.reload()
    until(lambda: page.locator("mark").count())
    assert log
    assert told(log) == []


@pytest.mark.parametrize(
    ("start", "box"),
    [("index.html", "#search-box-q"), ("places/homs.html", "#search-within-q"), ("search.html", "#q")],
)
def test_without_javascript_a_form_says_so_and_sends_nothing(
    chromium: Browser, logged: tuple[str, list[str]], start: str, box: str
) -> None:
    address, log = logged
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + start)
    form = page.locator("form", has=page.locator(box))
    # A page of a term has two forms, and says it once, in the first.
    said = form.inner_text() if "within" not in box else page.inner_text(".search-box")
    assert "Searching needs JavaScript" in said
    assert "Nothing that is typed" in said
    page.fill(box, WORD)
    page.press(box, "Enter")
    page.wait_for_url("**/search.html*")
    assert "Searching needs JavaScript" in page.inner_text("main")
    assert page.locator(".search-indexes a").count()
    assert [line for line in log if WORD in line] == []
    assert [line.split("?")[1] for line in log if line.split("?")[1:] not in ([], [""])] == []
    context.close()


def test_no_field_of_a_search_has_a_name_that_a_browser_would_send(site: Path) -> None:
    for path in ("index.html", "search.html", "places/homs.html", "404.html", "ar/search.html"):
        text = (site / path).read_text("utf-8")
        forms = [form.split("</form>")[0] for form in text.split("<form")[1:]]
        assert all(" name=" not in form for form in forms), path
