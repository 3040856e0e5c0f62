"""Suggestions while typing: for the keyboard and the screen reader first, and never in the way."""

from __future__ import annotations

import time
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from onrecord.search.words import fold
from tests.browser.searching import ANSWERED, at, until
from tests.browser.thoroughness import tried

BOXES = {"index.html": "#search-box-q", "releases/2012-02-08-lamps-for-homs.html": "#search-box-q", "search.html": "#q"}
WHERE = [(start, where) for start in BOXES for where in ("http", "path", "file")]
SEEN_AS = [(start, scheme) for start in ("index.html", "search.html", "ar/search.html") for scheme in ("light", "dark")]


def typed(page: Page, address: str, box: str, text: str) -> list[str]:
    """Types into a box and gives what is suggested."""
    page.goto(address)
    page.locator(box).press_sequentially(text)
    until(lambda: page.locator("[role=option]").count())
    return page.locator("[role=option] bdi").all_text_contents()


@pytest.mark.parametrize(("start", "where"), tried(WHERE, [WHERE[2], WHERE[4], WHERE[6]]))
def test_every_box_suggests(page: Page, addresses: dict[str, str], start: str, where: str) -> None:
    assert typed(page, addresses[where] + start, BOXES[start], "hom")[0] == "Homs"
    page.fill(BOXES[start], "")
    until(lambda: page.locator("[role=listbox]").is_hidden())


def test_nothing_is_fetched_before_the_first_key(page: Page, addresses: dict[str, str]) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(addresses["http"] + "index.html")
    page.click("#search-box-q")
    time.sleep(0.3)
    assert [url for url in asked if "pagefind" in url or "suggest" in url] == []
    page.keyboard.type("hom")
    until(lambda: page.locator("[role=option]").count())
    asked.clear()
    page.keyboard.type("s")
    time.sleep(0.3)
    assert asked == []


def test_the_keyboard_moves_through_the_list_and_back_into_the_box(page: Page, addresses: dict[str, str]) -> None:
    box = "#search-box-q"
    found = typed(page, addresses["http"] + "index.html", box, "la")
    assert len(found) >= 2
    assert page.get_attribute(box, "role") == "combobox"
    assert page.get_attribute(box, "aria-expanded") == "true"
    assert page.get_attribute(box, "aria-autocomplete") == "list"
    controlled = page.get_attribute(box, "aria-controls")
    assert page.get_attribute(f"#{controlled}", "role") == "listbox"
    assert page.get_attribute(box, "aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    active = page.get_attribute(box, "aria-activedescendant")
    assert page.locator("[role=option][aria-selected=true]").get_attribute("id") == active
    assert page.evaluate("document.activeElement.id") == "search-box-q"
    page.keyboard.press("ArrowUp")
    assert page.get_attribute(box, "aria-activedescendant") is None
    page.keyboard.press("ArrowUp")
    assert page.locator("[role=option][aria-selected=true] bdi").inner_text() == found[-1]
    page.keyboard.press("Escape")
    assert page.locator("[role=listbox]").is_hidden()
    assert page.get_attribute(box, "aria-expanded") == "false"
    assert page.input_value(box) == "la"
    page.keyboard.press("Escape")
    assert page.input_value(box) == ""


def test_enter_goes_to_what_is_chosen_and_else_to_the_search(page: Page, addresses: dict[str, str]) -> None:
    typed(page, addresses["file"] + "index.html", "#search-box-q", "hims")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    until(lambda: at(page).endswith("places/homs.html"))
    typed(page, addresses["file"] + "index.html", "#search-box-q", "homs")
    page.keyboard.press("Enter")
    until(lambda: at(page).endswith("search.html#q=homs") and page.evaluate(ANSWERED))


def test_a_screen_reader_hears_how_many_there_are_and_of_which_kind(page: Page, addresses: dict[str, str]) -> None:
    found = typed(page, addresses["http"] + "index.html", "#search-box-q", "la")
    status = page.locator("form.search-box [role=status]")
    assert status.inner_text() == f"Suggestions: {len(found)}"
    kinds = page.locator("[role=listbox] [role=group]").evaluate_all(
        "(all) => all.map((one) => one.getAttribute('aria-label'))"
    )
    assert "Releases" in kinds
    assert "Names" in kinds
    page.fill("#search-box-q", "qqqq")
    until(lambda: status.inner_text() == "No suggestions")
    assert page.locator("[role=listbox]").is_hidden()


def test_words_are_folded_as_those_of_the_index_are(page: Page, addresses: dict[str, str]) -> None:
    typed(page, addresses["http"] + "index.html", "#search-box-q", "hom")
    words = (
        "Łódź Øyvind Straße ʿAmr ‘Amr Insha’aat Sana'a José José İzmir ميـــناء مسؤول مسئول كَتَبَ حلب ﻻ ½ Ⅻ æsir Œuvre йод Ёлка ٢٠١٢ ﬁn हिन्दी"
    ).split()
    asked = "(words) => Promise.all(words.map((word) => OnrecordSearch.wordsOf(word).then((all) => all.join(''))))"
    assert page.evaluate(asked, words) == [fold(word) for word in words]


TYPED = {
    "lodz": "",
    "حمص": "حمص",
    "HBR": "HBR 01/529/2012",
    "bab amr": "Bab Amr",
    "ines": "Ines Quay",
    "pilot str": "Pilot strikes",
}


def test_what_is_typed_is_folded_as_the_words_of_the_index_are(page: Page, addresses: dict[str, str]) -> None:
    page.goto(addresses["http"] + "index.html")
    for text, label in TYPED.items():
        page.fill("#search-box-q", "")
        until(lambda: page.locator("[role=listbox]").is_hidden())
        page.locator("#search-box-q").press_sequentially(text)
        if label:
            until(lambda: label in page.locator("[role=option] bdi").all_text_contents())  # noqa: B023 - asked before the loop goes on
        else:
            until(lambda: page.locator("form.search-box [role=status]").inner_text() == "No suggestions")


STARTS = ["index.html", "ar/index.html", "search.html", "ar/search.html"]


@pytest.mark.parametrize("start", tried(STARTS, ["ar/index.html", "search.html"]))
def test_the_list_is_never_in_the_way(page: Page, addresses: dict[str, str], start: str) -> None:
    for width, height in ((360, 640), (1280, 900)):
        page.set_viewport_size({"width": width, "height": height})
        box = "#q" if "search.html" in start else "#search-box-q"
        page.goto("about:blank")
        found = typed(page, addresses["http"] + start, box, "la")
        assert len(found) <= (4 if width < 640 else 8)
        listed, field = page.locator("[role=listbox]").bounding_box(), page.locator(box).bounding_box()
        assert listed
        assert field
        assert listed["y"] >= field["y"] + field["height"]
        assert listed["x"] >= 0
        assert listed["x"] + listed["width"] <= width
        assert listed["y"] + listed["height"] <= height
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        page.mouse.click(width / 2, height - 5)
        until(lambda: page.locator("[role=listbox]").is_hidden())


@pytest.mark.parametrize(("start", "scheme"), tried(SEEN_AS, [SEEN_AS[0], SEEN_AS[5]]))
def test_axe_finds_nothing_in_an_open_list(page: Page, addresses: dict[str, str], start: str, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    typed(page, addresses["http"] + start, "#q" if "search.html" in start else "#search-box-q", "la")
    page.keyboard.press("ArrowDown")
    violations = Axe().run(page).response["violations"]
    assert [(violation["id"], [node["html"] for node in violation["nodes"]][:2]) for violation in violations] == []
