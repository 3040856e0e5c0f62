"""Copying citations, quotations and passages in a real browser: from a folder and over http, by keyboard, in both directions, where nothing
may be copied, and without scripts."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import mwparserfromhell
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from onrecord import wikitext
from tests.browser import marionette
from tests.browser.thoroughness import tried
from tests.folder_server import folder_served
from tests.trust.archives import Archive, release

FULL = "releases/2012-02-08-lamps.html"
ABSTRACT = "releases/2012-02-09-ropes.html"
ARABIC = "releases/2012-02-10-light.html"
BODY = """The crews asked for light, and nobody | came }} at all.

“We cannot see the ropes,” said Ada Example. The lamps went out in 2009.

## What was asked

- Light
- Ropes

The last words of the release."""
QUOTED = 'quotations:\n  - speaker: Ada Example\n    text: "We cannot see the ropes,"\n    paragraph: 2\n'


OWN = "https://archive.example/"
WITH_AND_WITHOUT = pytest.mark.parametrize("built", ["", OWN], indirect=True, ids=["no address", "address"])


@pytest.fixture(
    scope="module", params=tried(["", OWN], [""]), ids=lambda address: "address" if address else "no address"
)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A site with a release, an abstract and a release in Arabic, and the address that its archive has, or none."""
    archive = Archive(tmp_path_factory.mktemp("citing"))
    base = f'base_url = "{request.param}"\n' if request.param else ""
    archive.write("archive.toml", f'title = "Harbour"\nlanguages = ["en", "ar"]\n{base}')
    archive.write(
        "releases/2012/2012-02-08-lamps.md", release("Lamps", "2012-02-08", BODY, QUOTED + "kind: press release\n")
    )
    own = "quotations:\n  - speaker: Ada Example\n    summary: asks for light\n    paragraph: 1\n"
    text = release("Ropes", "2012-02-09", "The union asks for ropes.\n\nIt names a pier.", own)
    archive.write("releases/2012/2012-02-09-ropes.md", text.replace("extent: full", "extent: abstract"))
    text = release("ضوء", "2012-02-10", "طلب البحارة الضوء 50% الآن.\n\nلم يأت أحد.", "")
    archive.write("releases/2012/2012-02-10-light.md", text.replace("language: en", "language: ar"))
    ran = archive.build("--no-search")
    assert ran.code == 0, ran.out + ran.err
    return archive.site, request.param


@pytest.fixture
def address(built: tuple[Path, str]) -> Iterator[str]:
    """Where the site is read: that of an archive without an address in its folder, the other over http. Asked for before the page."""
    if not built[1]:
        yield built[0].as_uri() + "/"
        return
    with folder_served(built[0]) as (root, _):
        yield root


@pytest.fixture(params=["file", "http"])
def either_address(request: pytest.FixtureRequest, built: tuple[Path, str]) -> Iterator[str]:
    """Where the site is read, each in both ways: for what depends on the two."""
    if request.param == "file":
        yield built[0].as_uri() + "/"
        return
    with folder_served(built[0]) as (root, _):
        yield root


COPIED = """() => { window.copied = [];
    document.addEventListener('copy', event => setTimeout(() => {}, 0), true);
    const set = DataTransfer.prototype.setData;
    DataTransfer.prototype.setData = function (type, words) { window.copied.push(words); return set.call(this, type, words); };
    if (navigator.clipboard) navigator.clipboard.writeText = words => Promise.reject(new Error('refused'));
}"""


def visit(page: Page, url: str) -> None:
    """Opens a page on which the Clipboard API refuses: what is copied is what the browser's own command of copying was given."""
    page.goto(url)
    page.evaluate(COPIED)


def until(page: Page, expression: str) -> None:
    """Waits until an expression is true; a page's policy forbids it to ask itself."""
    for turn in range(1200):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(min(20 * (turn + 1), 300))
    raise AssertionError(expression)


def copied(page: Page) -> str:
    until(page, "window.copied.length")
    words: str = page.evaluate("window.copied.pop()")
    return words


def select(page: Page, start: str, end: str) -> None:
    """Selects the text from the first occurrence of some words to the end of others."""
    page.evaluate(
        """([from, to]) => {
            const place = (words, end) => {
                const walker = document.createTreeWalker(document.querySelector('.text'), NodeFilter.SHOW_TEXT);
                while (walker.nextNode()) {
                    const at = walker.currentNode.data.indexOf(words);
                    if (at >= 0) return [walker.currentNode, at + (end ? words.length : 0)];
                }
            };
            getSelection().setBaseAndExtent(...place(from, false), ...place(to, true));
        }""",
        [start, end],
    )


def page_address(built: tuple[Path, str], address: str, path: str) -> str:
    """The address that a reader is given: the archive's own, else where the page is read, and of a folder nothing of its path."""
    return built[1] + path if built[1] else path if address.startswith("file:") else address + path


def test_a_citation_is_copied_as_it_stands(built: tuple[Path, str], address: str, page: Page) -> None:
    visit(page, address + FULL)
    page.get_by_role("button", name="Copy Chicago").click()
    words = copied(page)
    assert words == " ".join(page.locator(".cite details").first.locator("p").inner_text().split())
    assert words.startswith("Example Press. “Lamps.” Press release. February 8, 2012.") or "“Lamps.”" in words
    until(page, "document.querySelector('[data-copied]').textContent === 'Copied.'")
    assert page.get_by_role("status").first.inner_text() == "Copied."


@WITH_AND_WITHOUT
def test_a_selection_is_copied_with_citation_and_address(
    built: tuple[Path, str], either_address: str, page: Page
) -> None:
    visit(page, either_address + FULL)
    select(page, "nobody", "Ada Example")
    page.get_by_role("button", name="Copy with citation").click()
    quotation, citation, where = copied(page).splitlines()
    assert quotation == "“nobody | came }} at all. “We cannot see the ropes,” said Ada Example”"
    assert "“Lamps.”" in citation
    assert where == page_address(built, either_address, FULL) + "#p1 – #p2"
    page.get_by_role("button", name="Copy address").click()
    assert copied(page) == page_address(built, either_address, FULL) + "#p1\n"


def test_a_passage_for_wikipedia_is_one_template_with_the_quotation(address: str, page: Page) -> None:
    visit(page, address + FULL)
    select(page, "nobody", "at all.")
    page.get_by_label("Citation style").select_option("Wikipedia")
    page.get_by_role("button", name="Copy with citation").click()
    text = copied(page).splitlines()[0]
    (template,) = mwparserfromhell.parse(text).filter_templates()
    assert str(template) == text
    assert html.unescape(str(template.get("quote").value)) == "nobody | came }} at all."


@pytest.mark.parametrize("built", [OWN], indirect=True, ids=["address"])
def test_the_script_writes_wikitext_as_the_program_does(built: tuple[Path, str], page: Page) -> None:
    visit(page, built[0].as_uri() + "/" + FULL)
    signs = "{{a|b}} [c] <d> ''e'' ~~~~ __f__ &amp; https://g.example 'h' a_b ~ mailto:x"
    page.evaluate("words => { document.querySelector('#p1').append(words) }", signs)
    select(page, signs, signs)
    page.get_by_label("Citation style").select_option("Wikipedia")
    page.get_by_role("button", name="Copy with citation").click()
    assert f"|quote={wikitext.text(signs)}}}}}\n" in copied(page)


def test_the_keyboard_reaches_the_ways_behind_a_passage_and_leaves_them(address: str, page: Page) -> None:
    visit(page, address + FULL)
    page.locator("#p2 > .pn").focus()
    page.keyboard.press("Enter")
    page.get_by_role("group", name="Cite this passage").wait_for()
    until(page, "document.querySelector('[data-copied]').textContent.includes('press Tab')")
    page.keyboard.press("Tab")
    # The ways to suggest a correction of the paragraph stand in it, before what stands beneath it.
    while page.evaluate("document.activeElement.closest('.suggest-here') !== null"):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "SELECT"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    quotation, _, where = copied(page).splitlines()
    assert quotation == "““We cannot see the ropes,” said Ada Example. The lamps went out in 2009.”"
    assert where.endswith("#p2")
    page.keyboard.press("Escape")
    assert page.locator(".passage").count() == 0
    assert page.evaluate("document.activeElement.className") == "pn"


def test_leaving_a_selection_returns_the_keyboard_to_it(address: str, page: Page) -> None:
    visit(page, address + FULL)
    select(page, "What", "asked")
    page.locator(".passage").wait_for()
    page.get_by_role("button", name="Copy address").focus()
    page.keyboard.press("Escape")
    page.locator(".passage").wait_for(state="detached")
    assert page.evaluate("document.activeElement.closest('.text') !== null")
    page.wait_for_timeout(400)
    assert page.locator(".passage").count() == 0


def test_a_mouse_that_selects_is_offered_the_ways_when_it_lets_go(address: str, page: Page) -> None:
    visit(page, address + FULL)
    box = page.locator("#p3").bounding_box()
    assert box
    page.mouse.move(box["x"] + 40, box["y"] + 15)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 15, steps=4)
    page.wait_for_timeout(500)
    assert page.locator(".passage").count() == 0
    page.mouse.up()
    page.locator(".passage").wait_for()
    chosen = " ".join(page.evaluate("getSelection().toString()").split())
    page.get_by_role("button", name="Copy with citation").click()
    assert copied(page).startswith(f"“{chosen}”\n")
    page.mouse.click(5, 5)
    page.locator(".passage").wait_for(state="detached")


def test_a_selection_that_is_given_up_takes_the_ways_with_it(address: str, page: Page) -> None:
    visit(page, address + FULL)
    select(page, "Light", "Ropes")
    page.locator(".passage").wait_for()
    assert page.locator(".passage").evaluate("bar => bar.previousElementSibling.tagName") == "UL"
    page.evaluate("getSelection().removeAllRanges()")
    page.locator(".passage").wait_for(state="detached")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.rail'))")
    page.wait_for_timeout(400)
    assert page.locator(".passage").count() == 0


def test_a_quotation_is_copied_with_its_speaker_and_its_paragraph(
    built: tuple[Path, str], either_address: str, page: Page
) -> None:
    visit(page, either_address + FULL)
    page.get_by_role("button", name="Copy quotation 1 with its citation").click()
    words, citation, where = copied(page).splitlines()
    assert words == "Ada Example: “We cannot see the ropes,”"
    assert page.locator(".quotation .copy .done").is_visible()
    assert page.get_by_role("button", name="Copy quotation 1 with its citation").count() == 1
    assert "“Lamps.”" in citation
    assert where == page_address(built, either_address, FULL) + "#p2"


def test_words_of_an_abstract_are_cited_as_the_archives(address: str, page: Page) -> None:
    visit(page, address + ABSTRACT)
    select(page, "asks", "ropes.")
    page.get_by_role("button", name="Copy with citation").click()
    words, citation, _ = copied(page).splitlines()
    assert words == "“asks for ropes.”"
    assert citation.startswith("Harbour. Summary of “Ropes,” by ")
    page.get_by_role("button", name="Copy quotation 1").click()
    words, citation, _ = copied(page).splitlines()
    assert words == "Ada Example (in the archive’s words): “asks for light”"
    assert citation.startswith("Harbour. Summary of “Ropes,” by ")


@WITH_AND_WITHOUT
@pytest.mark.parametrize("path", tried([ARABIC, "ar/" + ARABIC], ["ar/" + ARABIC]))
def test_right_to_left_text_keeps_its_order_and_the_ways_stand_beside_it(
    built: tuple[Path, str], address: str, page: Page, path: str
) -> None:
    visit(page, address + path)
    select(page, "البحارة", "الآن.")
    bar = page.locator(".passage")
    bar.wait_for()
    box, frame = bar.bounding_box(), page.locator(".text").bounding_box()
    assert box
    assert frame
    assert frame["x"] - 1 <= box["x"]
    assert box["x"] + box["width"] <= frame["x"] + frame["width"] + 1
    bar.locator("[data-do=quote]").click()
    words, _, where = copied(page).splitlines()
    assert words == "“البحارة الضوء 50% الآن.”"
    assert where == page_address(built, address, path) + "#p1"


def test_where_nothing_may_be_copied_the_words_are_shown_selected(address: str, page: Page) -> None:
    visit(page, address + FULL)
    page.evaluate("document.execCommand = () => false")
    button = page.get_by_role("button", name="Copy Chicago")
    button.click()
    field = page.get_by_role("dialog").locator("textarea")
    field.wait_for()
    assert field.evaluate("field => field.value.slice(field.selectionStart, field.selectionEnd)") == field.input_value()
    assert "“Lamps.”" in field.input_value()
    page.keyboard.press("Escape")
    assert page.get_by_role("dialog").count() == 0
    assert button.evaluate("button => document.activeElement === button")


@pytest.mark.parametrize("built", [OWN], indirect=True, ids=["address"])
def test_what_the_browser_lets_be_copied_arrives_in_its_clipboard(built: tuple[Path, str], chromium: Browser) -> None:
    with folder_served(built[0]) as (root, _):
        context = chromium.new_context()
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=root.rstrip("/"))
        page = context.new_page()
        page.goto(root + FULL)
        page.get_by_role("button", name="Copy Chicago").click()
        until(page, "document.querySelector('[data-copied]').textContent !== ''")
        assert "“Lamps.”" in page.evaluate("navigator.clipboard.readText()")
        context.close()


@pytest.mark.parametrize("built", [OWN], indirect=True, ids=["address"])
@pytest.mark.parametrize(
    ("width", "scheme"),
    tried([(width, scheme) for width in (360, 1280) for scheme in ("light", "dark")], [(360, "dark"), (1280, "light")]),
)
def test_nothing_stands_in_anybodys_way(built: tuple[Path, str], page: Page, scheme: str, width: int) -> None:
    with folder_served(built[0]) as (root, _):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 900})
        for path in (FULL, "ar/" + ARABIC):
            page.goto(root + path)
            select(page, "the ropes", "2009.") if path == FULL else select(page, "الضوء", "أحد.")
            page.locator(".passage").wait_for()
            assert Axe().run(page).response["violations"] == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("built", [OWN], indirect=True, ids=["address"])
def test_nothing_moves_when_words_are_selected_or_copied(built: tuple[Path, str], page: Page) -> None:
    visit(page, built[0].as_uri() + "/" + FULL)
    page.evaluate(
        """() => { window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach(entry => window.moved += entry.value))
            .observe({ type: 'layout-shift', buffered: true }); }"""
    )
    select(page, "nobody", "at all.")
    page.locator(".passage").wait_for()
    page.wait_for_timeout(700)
    page.get_by_role("button", name="Copy with citation").click()
    copied(page)
    page.wait_for_timeout(300)
    assert page.evaluate("window.moved") < 0.001


@pytest.mark.parametrize("built", [OWN], indirect=True, ids=["address"])
def test_without_scripts_no_button_shows_and_every_citation_does(built: tuple[Path, str], chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(built[0].as_uri() + "/" + FULL)
    assert [button for button in page.locator(".copy").all() if button.is_visible()] == []
    page.locator("summary", has_text="Wikipedia").click()
    assert re.match(r"\{\{cite press release \|title=Lamps .*\}\}$", page.locator(".wikitext").inner_text())
    context.close()


@pytest.mark.parametrize("built", [""], indirect=True, ids=["no address"])
def test_firefox_copies_in_a_folder_and_asks_for_nothing(firefox: marionette.Firefox, built: tuple[Path, str]) -> None:
    firefox.go(built[0].as_uri() + "/" + FULL)

    def click(selector: str) -> None:
        found = firefox.ask("WebDriver:FindElement", {"using": "css selector", "value": selector})
        firefox.ask("WebDriver:ElementClick", {"id": next(iter(found.values()))})

    status = """const said = document.querySelector("[data-copied]");
        const later = done => setTimeout(done, 100);
        for (let turn = 0; turn < 50 && said.textContent === ""; turn++) await new Promise(later);
        const answer = [said.textContent, document.querySelectorAll("dialog").length];
        said.textContent = "";
        return answer;"""
    click(".cite .copy")
    assert firefox.run(status) == ["Copied.", 0]
    click("#p2 > .pn")
    click(".passage [data-do=quote]")
    assert firefox.run(status) == ["Copied.", 0]
    # Where the Clipboard API refuses, the browser's own command copies.
    firefox.run("navigator.clipboard.writeText = () => Promise.reject(new Error('refused'));")
    click(".passage [data-do=address]")
    assert firefox.run(status) == ["Copied.", 0]
