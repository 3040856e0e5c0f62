"""The page on which a correction is suggested, in a real browser: filled in from where the reader was, sent by mail, in the repository, or
saved as a file; from a folder and over http, in each direction of writing, with and without a script."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from onrecord import languages
from onrecord.commands import receive
from onrecord.commands.correcting import SuggestedCorrection
from tests.browser.test_contribute import CONTENT, tab_to
from tests.browser.thoroughness import IN_A_FOLDER, tried
from tests.conftest import run_here
from tests.folder_server import folder_served

WAYS = {
    "both": 'repository = "https://example.org/crew/archive"\ncontact = "desk@harbour.example"\n',
    "mail": 'contact = "desk@harbour.example"\n',
    "none": "",
}
RELEASE = "releases/2011-01-02-lamps.html"


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A site of each kind: with a repository and a mail address, with a mail address, with neither."""
    out = {}
    for name, ways in WAYS.items():
        content = tmp_path_factory.mktemp(name) / "content"
        tongues = languages.INTERFACE if name == "both" else ["en"]
        settings = f'title = "Harbour papers"\nlanguages = {json.dumps(tongues)}\nbase_url = "https://harbour.example/"\n{ways}'
        about = "---\ntitle: About\n---\nAda keeps it.\n"
        for path, text in {**CONTENT, "archive.toml": settings, "pages/about.md": about}.items():
            (content / path).parent.mkdir(parents=True, exist_ok=True)
            (content / path).write_text(text, encoding="utf-8")
        out[name] = content.parent / "site"
        assert run_here(["--content", str(content), "--out", str(out[name]), "--no-search"]).code == 0
    return out


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page that fails its test on an error, or a request that leaves the site."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda dialog: dialog.accept() if dialog.type == "beforeunload" else wrong.append(dialog.message))
    inside = ("file:", "data:", "blob:", "http://127.0.0.1:")
    page.on("request", lambda request: None if request.url.startswith(inside) else wrong.append(request.url))
    yield page
    context.close()
    assert wrong == []


def suggested(text: str) -> SuggestedCorrection:
    """What `receive` reads from a text that the page has written."""
    return receive.parsed_correction({"issue": {"number": 1, "body": text}})


def test_from_a_paragraph_to_a_mail_by_keyboard(page: Page, sites: dict[str, Path]) -> None:
    with folder_served(sites["mail"]) as (address, _):
        page.goto(f"{address}{RELEASE}#p1")
        page.locator("#p1 .suggest-here a").first.focus()
        page.keyboard.press("Enter")
        page.wait_for_selector("#correction:not([hidden])")
        assert page.input_value("#c-page") == f"https://harbour.example/{RELEASE}#p1"
        assert page.input_value("#c-part") == "paragraph 1"
        assert page.input_value("#c-words") == "The lamps are out."
        tab_to(page, "c-right")
        page.keyboard.type("The lamps were out.")
        assert page.inner_text("#c-state") == "Fill this in: Where that can be seen"
        tab_to(page, "c-source")
        page.keyboard.type("The harbour log & page 3")
        assert page.inner_text("#c-state") == "Everything is there. Send it by one of these ways."
        tab_to(page, "c-mail")
        mail = urlsplit(page.get_attribute("#c-mail", "href") or "")
        assert (mail.scheme, mail.path) == ("mailto", "desk@harbour.example")
        sent = parse_qs(mail.query, strict_parsing=True)["body"][0].replace("\r\n", "\n")
        assert sent == page.input_value("#c-text")
        assert suggested(sent) == SuggestedCorrection(
            1,
            f"https://harbour.example/{RELEASE}#p1",
            "paragraph 1",
            "The lamps are out.",
            "The lamps were out.",
            "The harbour log & page 3",
        )
        assert page.locator("#c-issue").count() == 0
        page.goto("about:blank")


def test_both_ways_stand_there_with_a_word_on_accounts(page: Page, sites: dict[str, Path]) -> None:
    page.goto(f"{(sites['both'] / 'suggest.html').as_uri()}#page={RELEASE}")
    ways = page.locator(".record-file .ways > li").all_inner_texts()
    assert len(ways) == 2
    assert "no account needed" in ways[0]
    assert re.search(r"(?<!no )account needed", ways[1])
    page.fill("#c-words", "0" * 9000)
    assert page.get_attribute("#c-mail", "href") == "mailto:desk@harbour.example"
    assert (
        page.get_attribute("#c-issue", "href") == "https://example.org/crew/archive/issues/new?template=correction.yml"
    )
    page.fill("#c-words", "The lamps")
    asked = parse_qs(urlsplit(page.get_attribute("#c-issue", "href") or "").query, keep_blank_values=True)
    assert asked["page"] == [f"https://harbour.example/{RELEASE}"]
    assert asked["words"] == ["The lamps"]


def test_without_any_way_it_is_saved_and_brought_to_those_who_keep_the_archive(
    page: Page, sites: dict[str, Path]
) -> None:
    page.goto((sites["none"] / RELEASE).as_uri())
    page.locator(".suggest .own-form").click()
    page.wait_for_selector("#correction:not([hidden])")
    assert page.locator("#correction .send").count() == 0
    assert "give it to somebody who keeps the archive" in page.inner_text(".record-file")
    for key in ("words", "right", "source"):
        page.fill(f"#c-{key}", f"{key} “x”\n\nand more")
    with page.expect_download() as saved:
        page.click("#c-save")
    assert saved.value.suggested_filename == "correction-2011-01-02-lamps.txt"
    text = Path(saved.value.path()).read_text("utf-8")
    assert "### The present words\n\nwords “x”\n\nand more\n" in text
    assert page.inner_text("#c-done") == "Saved as correction-2011-01-02-lamps.txt."
    page.click(".record-file .ways a")
    assert page.inner_text("h1") == "About"


@pytest.mark.parametrize("name", ["index.html", "corrections.html", "ar/index.html", "dates/index.html"])
def test_every_page_leads_there_and_is_filled_in(page: Page, sites: dict[str, Path], name: str) -> None:
    page.goto((sites["both"] / name).as_uri())
    page.locator('.colophon a[href*="suggest.html#"]').click()
    page.wait_for_selector("#correction:not([hidden])")
    assert page.input_value("#c-page") == f"https://harbour.example/{name}"
    assert page.evaluate("location.search") == ""


@pytest.mark.parametrize("language", languages.INTERFACE)
def test_in_every_language_what_is_sent_has_the_same_headings(
    page: Page, sites: dict[str, Path], language: str
) -> None:
    folder = "" if language == "en" else f"{language}/"
    page.goto(f"{(sites['both'] / folder / 'suggest.html').as_uri()}#page=x.html&words=w")
    for key in ("right", "source"):
        page.fill(f"#c-{key}", "x")
    assert "### The present words\n\nw\n" in page.input_value("#c-text")
    if language != "en":
        assert "The right words" not in page.inner_text("main .record-fields")


SCREENS: list[tuple[int, Any, str]] = [
    (1280, "light", ""), (320, "dark", "ar/"), (320, "dark", ""), (320, "light", "ar/"),
]  # fmt: skip


@pytest.mark.parametrize(("width", "scheme", "path"), tried(SCREENS, SCREENS[:2]))
def test_axe_finds_nothing_and_everything_fits(
    page: Page, sites: dict[str, Path], width: int, scheme: Any, path: str
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{(sites['both'] / path / 'suggest.html').as_uri()}#page={RELEASE}")
    page.fill("#c-right", "x")
    report: dict[str, Any] = Axe().run(page, options=IN_A_FOLDER).response
    assert [(v["id"], n["html"][:200]) for v in report["violations"] for n in v["nodes"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_script_the_ways_are_there(chromium: Browser, sites: dict[str, Path]) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((sites["both"] / "suggest.html").as_uri())
    assert page.locator("#correction").is_hidden()
    links = [link.get_attribute("href") for link in page.locator("main a:visible").all()]
    assert "mailto:desk@harbour.example" in links
    assert "https://example.org/crew/archive/issues/new?template=correction.yml" in links
    page.goto((sites["none"] / "suggest.html").as_uri())
    assert "give it to somebody who keeps the archive" in page.inner_text("main")
    context.close()
