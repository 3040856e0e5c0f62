#!/usr/bin/env python3
"""Takes the pictures of the README and the contact sheet, from a site of invented releases, with the browser of the tests.

take_pictures.py SITE                  write docs/screenshots/*.webp
take_pictures.py SITE --sheet NAME     write only docs/screenshots/NAME.webp: every kind of page, wide, on a phone, on paper
"""

from __future__ import annotations

import argparse
import io
import sys
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "docs" / "screenshots"
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
]
WIDE, PHONE = (1280, 900), (360, 740)


def comparison(site: Path) -> str:
    """A comparison of two publications, not of a text and its translation; empty where there is none."""
    pages = sorted(site.glob("compare/*.html"))
    return next((page.relative_to(site).as_posix() for page in pages if "versus" in page.read_text("utf-8")), "")


def kinds(site: Path) -> dict[str, str]:
    """The pages of the sheet: what each is called, and its path in the site."""

    def first(pattern: str) -> str:
        found = sorted(path.relative_to(site).as_posix() for path in site.glob(pattern) if path.name != "index.html")
        return found[len(found) // 2] if found else ""

    pages = {
        "home": "index.html",
        "release": first("releases/*.html"),
        "compare": comparison(site),
        "releases": "releases/index.html",
        "topic": first("topics/*.html"),
        "place": first("places/*.html"),
        "name": first("names/*.html"),
        "names": "names/index.html",
        "quotations": "quotations/index.html",
        "dates": "dates/index.html",
        "year": first("dates/[0-9][0-9][0-9][0-9].html"),
        "references": "references/index.html",
        "map": "map.html",
        "timeline": "timeline.html",
        "figures": "figures/index.html",
        "search": "search.html",
        "data": "data.html",
        "contribute": "contribute.html",
    }
    return {name: path for name, path in pages.items() if path and (site / path).is_file()}


def all_kinds(site: Path) -> dict[str, str]:
    """Every kind of page that a reader can open: what it is called, and the path in the site of the fullest one, or of the first."""

    def fullest(pattern: str, without: str = "index.html") -> str:
        found = (path for path in site.glob(pattern) if path.name != without)
        return max(found, key=lambda path: (path.stat().st_size, path.name), default=site).relative_to(site).as_posix()

    def saying(pattern: str, words: str) -> str:
        return next(
            (
                path.relative_to(site).as_posix()
                for path in sorted(site.glob(pattern))
                if words in path.read_text("utf-8")
            ),
            "",
        )

    pages = {
        **kinds(site),
        "release in Arabic": saying("releases/*.html", '<h1 class="source-words" lang="ar"'),
        "corrected": saying("releases/*.html", "band-corrected"),
        "withdrawn": saying("releases/*.html", "band-withdrawn"),
        "translation": saying("compare/*.html", "pair placed"),
        "year": fullest("dates/[0-9][0-9][0-9][0-9].html"),
        "month": fullest("dates/[0-9][0-9][0-9][0-9]-[0-9][0-9].html"),
        "no year": "dates/undated.html",
        "topics": "topics/index.html",
        "topic": fullest("topics/*.html"),
        "places": "places/index.html",
        "place": fullest("places/*.html"),
        "name": fullest("names/*.html"),
        "a decade of a name": fullest("names/*/*.html"),
        "publishers": "publishers/index.html",
        "publisher": fullest("publishers/*.html"),
        "speakers": "speakers/index.html",
        "speaker": fullest("quotations/*.html"),
        "numbers of a publisher": fullest("references/*.html"),
        "what is counted": fullest("figures/*.html"),
        "a place's figures": fullest("figures/*/*.html"),
        "corrections": "corrections.html",
        "editions": "editions/index.html",
        "edition": fullest("editions/*.html"),
        "suggest": "suggest.html",
        "about": "about.html",
        "colophon": "colophon.html",
        "404": "404.html",
    }
    return {name: path for name, path in pages.items() if path and (site / path).is_file()}


def shot(browser: Browser, page: Path, size: tuple[int, int], scheme: str = "light") -> Image.Image:
    """A page as it is first seen; `scheme` is light or dark."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme="dark" if scheme == "dark" else "light"
    )
    tab = context.new_page()
    tab.goto(page.resolve().as_uri())
    tab.evaluate("document.fonts.ready")
    data = tab.screenshot()
    context.close()
    return Image.open(io.BytesIO(data)).convert("RGB")


def sheet(browser: Browser, site: Path) -> Image.Image:
    """Every kind of page, wide, with its name below; then some on a phone, dark and in Arabic."""
    pages = kinds(site)
    pictures = [(name, shot(browser, site / path, WIDE)) for name, path in pages.items()]
    for name in ("home", "release", "map", "quotations"):
        pictures.append((f"{name}, dark", shot(browser, site / pages[name], WIDE, "dark")))
        arabic = site / "ar" / pages[name]
        if arabic.is_file():
            pictures.append((f"{name}, Arabic", shot(browser, arabic, WIDE)))
    columns, width, height, line = 5, 384, 270, 22
    rows = -(-len(pictures) // columns)
    whole = Image.new("RGB", (columns * (width + 12) + 12, rows * (height + line + 12) + 12), "#d9d5ca")
    draw = ImageDraw.Draw(whole)
    for at, (name, picture) in enumerate(pictures):
        left, top = 12 + at % columns * (width + 12), 12 + at // columns * (height + line + 12)
        whole.paste(picture.resize((width, height), Image.Resampling.LANCZOS), (left, top))
        draw.text((left + 2, top + height + 5), name, fill="#1c1b18")
    return whole


def paper(browser: Browser, page: Path) -> Image.Image:
    """The first sheet of a page that is printed."""
    context = browser.new_context(viewport={"width": WIDE[0], "height": WIDE[1]})
    tab = context.new_page()
    tab.goto(page.resolve().as_uri())
    tab.evaluate("document.fonts.ready")
    document = pypdfium2.PdfDocument(tab.pdf(format="A4"))
    context.close()
    first: Image.Image = document[0].render(scale=1).to_pil()
    return first.convert("RGB")


def large_sheet(browser: Browser, site: Path) -> Image.Image:
    """Every kind of page three times: wide and light, on a phone in Arabic and dark, on paper."""
    columns, height, line, gap = 4, 196, 18, 10
    widths = [round(height * size[0] / size[1]) for size in (WIDE, PHONE, (595, 842))]
    cell = sum(widths) + 2 * 3 + gap
    pages = all_kinds(site)
    rows = -(-len(pages) // columns)
    whole = Image.new("RGB", (columns * cell + gap, rows * (height + line + gap) + gap), "#d9d5ca")
    draw = ImageDraw.Draw(whole)
    for at, (name, path) in enumerate(pages.items()):
        left, top = gap + at % columns * cell, gap + at // columns * (height + line + gap)
        arabic = site / "ar" / path
        pictures = (
            shot(browser, site / path, WIDE),
            shot(browser, arabic if arabic.is_file() else site / path, PHONE, "dark"),
            paper(browser, site / path),
        )
        draw.text((left + 2, top + height + 4), name, fill="#1c1b18")
        for picture, width in zip(pictures, widths, strict=True):
            whole.paste(picture.resize((width, height), Image.Resampling.LANCZOS), (left, top))
            left += width + 3
    return whole


def main(arguments: list[str] | None = None) -> int:
    """Writes the pictures."""
    parser = argparse.ArgumentParser(prog="take_pictures.py", description="Take the pictures of the README.")
    parser.add_argument("site", type=Path)
    parser.add_argument("--sheet", metavar="NAME", help="write only a sheet of every kind of page")
    given = parser.parse_args(arguments)
    site: Path = given.site
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=SWITCHES)
        if given.sheet:
            large_sheet(browser, site).save(OUT / f"{given.sheet}.webp", quality=45, method=6)
            browser.close()
            return 0
        pages = kinds(site)
        pictures = {
            "home": shot(browser, site / "index.html", WIDE),
            "compare": shot(browser, site / pages["compare"], WIDE),
            "year": shot(browser, site / pages["year"], WIDE),
            "release-dark": shot(browser, site / pages["release"], WIDE, "dark"),
            "release-arabic": shot(browser, site / "ar" / pages["release"], WIDE),
            "home-arabic-phone-dark": shot(browser, site / "ar" / "index.html", PHONE, "dark"),
            "contact-sheet": sheet(browser, site),
        }
        browser.close()
    for name, picture in pictures.items():
        picture.save(OUT / f"{name}.webp", quality=70, method=6)
    return 0


if __name__ == "__main__":
    sys.exit(main())
