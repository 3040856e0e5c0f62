"""Originals, attachments and pictures in texts in a real browser: from a folder and over http, on a phone, dark, in Arabic, on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.thoroughness import tried
from tests.folder_server import folder_served
from tests.originals import pdf, png, sha256, word_file
from tests.test_originals import entry
from tests.trust.archives import Archive, release

PICTURE = png(1200, 700)
PAGES = ("releases/2012-02-08-lamps.html", "ar/releases/2012-02-08-lamps.html")
SEEN_AS = [(path, scheme) for path in PAGES for scheme in ("light", "dark")]
LOADED = "[...document.images].every(image => { image.loading = 'eager'; return image.naturalWidth > 0 })"


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a record with an original, a picture in its text, a Word file, and what is not published."""
    archive = Archive(tmp_path_factory.mktemp("documents"))
    archive.write("archive.toml", 'title = "Harbour"\nlanguages = ["en", "ar"]\n')
    files = {"statement.pdf": pdf(), "pier.png": PICTURE, "annex.docx": word_file(), "letter.txt": b"Light, please.\n"}
    for name, data in files.items():
        path = archive.content / "files" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    for name, preview in (("statement.pdf", ".3"), ("pier.png", "")):
        path = archive.content / "files" / "previews" / f"{sha256(files[name])}{preview}.png"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(png(180, 256))
    fields = (
        "files:\n"
        + entry("statement.pdf", files["statement.pdf"])
        + entry("pier.png", PICTURE, "photograph", more="    label: The pier\n")
    )
    fields += entry("annex.docx", files["annex.docx"], "attachment") + entry(
        "letter.txt", files["letter.txt"], "attachment", rights=""
    )
    body = "The crews asked for light.\n\n![The pier, one lamp lit](../../files/pier.png)\n\nNobody came."
    archive.write("releases/2012/2012-02-08-lamps.md", release("Lamps", "2012-02-08", body, fields))
    ran = archive.build("--no-search")
    assert ran.code == 0, ran.out + ran.err
    return archive.site


@pytest.fixture(params=tried(["file", "http"], ["file"]))
def address(request: pytest.FixtureRequest, documents: Path) -> Iterator[str]:
    """Where the site is reached. A test asks for it before its page."""
    if request.param == "file":
        yield documents.as_uri() + "/"
        return
    with folder_served(documents) as (root, _):
        yield root


@pytest.fixture
def served(documents: Path) -> Iterator[str]:
    """The site over http alone."""
    with folder_served(documents) as (root, _):
        yield root


@pytest.mark.parametrize("path", PAGES)
def test_pictures_are_shown_and_nothing_moves_when_they_come(address: str, page: Page, path: str) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(address + path)
    image = page.locator(".text img")
    before = image.bounding_box()
    image.scroll_into_view_if_needed()
    page.wait_for_function(LOADED)
    after = image.bounding_box()
    assert before
    assert after
    assert (before["width"], before["height"]) == (after["width"], after["height"])
    assert after["width"] <= 360
    assert after["height"] == pytest.approx(after["width"] * 700 / 1200, abs=1)
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_an_original_is_opened_by_its_name_and_by_its_preview(documents: Path, page: Page) -> None:
    page.goto(f"{documents.as_uri()}/releases/2012-02-08-lamps.html")
    link = page.get_by_role("link", name="The pier")
    assert link.count() == 1
    preview = page.locator(".with-preview", has=link).locator("img")
    preview.scroll_into_view_if_needed()
    box = preview.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url(f"**/files/{sha256(PICTURE)}.png")
    assert page.locator("img").evaluate("image => image.naturalWidth") == 1200


@pytest.mark.parametrize(("path", "scheme"), tried(SEEN_AS, SEEN_AS[1:3]))
def test_nothing_stands_in_anybodys_way(served: str, page: Page, path: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(served + path)
    assert Axe().run(page).response["violations"] == []


def test_paper_has_the_pictures_and_the_hashes(documents: Path, page: Page) -> None:
    page.goto(f"{documents.as_uri()}/releases/2012-02-08-lamps.html")
    page.emulate_media(media="print")
    assert page.locator(".text img").is_visible()
    assert page.locator(".documents code").first.is_visible()
