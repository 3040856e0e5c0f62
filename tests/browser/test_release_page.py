"""The page of a release on a phone, on a wide screen and on paper: what stands where."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.trust.archives import Archive, release

PHONE: ViewportSize = {"width": 360, "height": 740}
MASTHEAD = 105
"""The height that a page may give to what stands above the content, on a phone (a seventh of its screen)."""
TEXT_BEGINS = 480
WORDS = "The crews said that the harbour lights were out for the third night, and that nobody answered. " * 3
BODY = f"""{WORDS}

- Light the pier.
  - Every night.
- (…)

(…)

| Pier | Lamps | Out since | Reported by | Said to | Answered |
|---|---|---|---|---|---|
| North | 12 | 8 February 2012 | Ana Brook | The office of the harbour | none |

## What they ask for

{WORDS}
"""
FIELDS = """reference: HW/12/2012
kind: press release
date_as_written: Wednesday, 8th of February 2012
date_basis: header
source:
  url: https://harbour.example/en/press/2012/02/the-lights-of-port-elm
"""
SETTINGS = """title = "Harbour"
languages = ["en", "ar"]
base_url = "https://harbour.example/"
repository = "https://github.com/friends/harbour"
contact = "mailto:hello@harbour.example"
"""
OF_FIRST = f"""{FIELDS}same_text_as: [2012-02-09-again]
status: corrected
corrections:
  - date: 2024-05-02
    field: date
    was: 2012-02-09
    now: 2012-02-08
quotations:
  - speaker: Ana Brook
    text: nobody answered
"""


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The site of a corrected record with the same text elsewhere and a translation, and of a summary; in two languages."""
    archive = Archive(tmp_path_factory.mktemp("releases"))
    archive.write("archive.toml", SETTINGS)
    title = "Port Elm: the lights of the harbour must be lit again, crews say"
    archive.write(
        "releases/2012/2012-02-08-lights.md",
        release(title, "2012-02-08", BODY, OF_FIRST).replace("title: ", 'title: "').replace("say\n", 'say"\n', 1),
    )
    other = release("Lights must be lit", "2012-02-09", BODY, FIELDS).replace("Harbour Watch", "Coast News")
    archive.write("releases/2012/2012-02-09-again.md", other)
    french = release(
        "Des lumières",
        "2012-02-10",
        "Des lumières.",
        FIELDS.replace("HW/12", "HW/13") + "translation_of: 2012-02-08-lights\n",
    )
    archive.write("releases/2012/2012-02-10-lumieres.md", french.replace("language: en", "language: fr"))
    summary = release("A summary", "2012-03-01", BODY, FIELDS.replace("HW/12", "HW/14"))
    archive.write("releases/2012/2012-03-01-summary.md", summary.replace("extent: full", "extent: abstract"))
    ran = archive.build("--no-search")
    assert ran.code == 0, ran.out + ran.err
    return archive.site.as_uri()


def top(page: Page, selector: str) -> float:
    """How far below the masthead an element begins."""
    return float(
        page.evaluate(
            """selector => document.querySelector(selector).getBoundingClientRect().top
                - document.querySelector('.masthead').getBoundingClientRect().bottom""",
            selector,
        )
    )


@pytest.mark.parametrize("edition", ["", "ar/"])
@pytest.mark.parametrize("name", ["2012-02-08-lights", "2012-02-09-again", "2012-03-01-summary"])
def test_on_a_phone_the_text_begins_in_the_first_screen_below_what_tells_the_record(
    page: Page, releases: str, edition: str, name: str
) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{releases}/{edition}releases/{name}.html")
    seen = [".release h1", ".byline time", ".byline dd:has(a)", '.actions a[href="#cite"]', ".text"]
    seen += [".family"] if "summary" not in name else []
    for selector in seen:
        assert 0 <= top(page, selector) <= TEXT_BEGINS - MASTHEAD, (selector, top(page, selector))
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_on_a_phone_a_wide_table_is_scrolled_alone_and_shows_that_it_goes_on(page: Page, releases: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{releases}/releases/2012-02-08-lights.html")
    frame = page.locator(".text .scroll")
    assert frame.evaluate("box => box.scrollWidth > box.clientWidth")
    assert frame.evaluate("box => getComputedStyle(box).backgroundAttachment").count("scroll") == 2


def test_on_a_wide_screen_all_of_a_record_shares_its_edges(page: Page, releases: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{releases}/releases/2012-02-08-lights.html")
    edges = page.evaluate(
        """selectors => selectors.map(selector => document.querySelector(selector).getBoundingClientRect())
            .map(box => [box.left, box.right])""",
        [".release-main > .band", ".text", ".quoted", ".chain"],
    )
    assert len({tuple(map(round, edge)) for edge in edges}) == 1
    assert round(page.locator(".release h1").bounding_box()["x"]) == round(edges[0][0])  # type: ignore[index]


@pytest.mark.parametrize(("edition", "shown"), [("", "1.1"), ("ar/", "١.١")])
def test_every_number_leads_to_its_words_and_says_so(page: Page, releases: str, edition: str, shown: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{releases}/{edition}releases/2012-02-08-lights.html")
    for link in page.locator(".text .pn").all():
        assert link.evaluate("link => link.closest('[id]').id") == (link.get_attribute("href") or "")[1:]
        assert (link.text_content() or "?") in (link.get_attribute("aria-label") or "")
        box, text = link.bounding_box(), page.locator(".text").bounding_box()
        assert box
        assert text
        # Beside the text, whether its words are in a list, in a table or neither.
        assert box["x"] + box["width"] <= text["x"] + 1 or box["x"] >= text["x"] + text["width"] - 1
    assert shown in page.locator(".text .pn").all_text_contents()
    assert page.locator("#p2 .pn").count() == 0


def test_the_copied_address_of_an_item_is_its_own(page: Page, releases: str) -> None:
    page.add_init_script("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    page.goto(f"{releases}/releases/2012-02-08-lights.html")
    page.locator("#p1\\.2 > .pn").click()
    page.locator('.passage [data-do="address"]').click()
    page.wait_for_function("window.copied")
    assert page.evaluate("window.copied").strip().endswith("#p1.2")


def test_a_correction_of_an_item_is_suggested_with_its_own_number_and_words(page: Page, releases: str) -> None:
    page.goto(f"{releases}/releases/2012-02-08-lights.html#p1.1")
    own, form, mail = (
        page.locator("#p1\\.1 .suggest-here a").nth(place).get_attribute("href") or "" for place in (0, 1, 2)
    )
    assert own.endswith(
        "suggest.html#page=releases%2F2012-02-08-lights.html%23p1.1&part=paragraph%201.1&words=Light%20the%20pier."
    )
    assert "%23p1.1&part=paragraph%201.1&words=Light%20the%20pier." in form
    assert form.endswith("words=Light%20the%20pier.")
    assert "%23p1.1%0D%0A" in mail
    assert mail.endswith("Light%20the%20pier.")
    page.evaluate("location.hash = '#p1'")
    of_paragraph = page.locator("#p1 > .suggest-here a.way").first
    assert "%23p1&part=paragraph%201&words=The%20crews" in (of_paragraph.get_attribute("href") or "")
    assert (of_paragraph.text_content() or "").endswith(" for paragraph 1")
    # The ways of the record stay what they are.
    assert "&part=&words=" in (page.locator("[data-corrections] a.way").first.get_attribute("href") or "")
    page.evaluate("location.hash = '#p2'")
    page.locator(".suggest-here").wait_for(state="detached")


def test_a_quotation_that_stands_in_the_text_leads_there_and_is_copied_whole(page: Page, releases: str) -> None:
    page.add_init_script("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    page.goto(f"{releases}/releases/2012-02-08-lights.html")
    assert page.locator(".quotation .in-text a").get_attribute("href") == "#p1"
    page.locator(".quotation .copy").click()
    page.wait_for_function("window.copied")
    assert page.evaluate("window.copied").startswith("Ana Brook: “nobody answered”\n")


def test_on_paper_a_short_release_takes_two_pages_with_its_numbers(page: Page, releases: str, tmp_path: Path) -> None:
    page.goto(f"{releases}/releases/2012-02-08-lights.html")
    pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 2
    page.emulate_media(media="print")
    for selector in (".text .pn", ".chain", ".cite p", ".family", ".facts"):
        assert page.locator(selector).first.is_visible(), selector
    for selector in (".actions", ".chain .files", ".suggest"):
        assert not page.locator(selector).first.is_visible() if page.locator(selector).count() else True
