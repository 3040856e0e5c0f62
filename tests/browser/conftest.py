"""What the tests of the search ask for: an invented archive over http and in its folder, and a page that fails on any error."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page

from tests import once
from tests.browser import marionette, search_site
from tests.conftest import run_here
from tests.folder_server import folder_served

AWKWARD = "it's 100% #1 أرشيف"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented archive, built by the command in a folder whose name is awkward in an address: once for all processes of the tests."""

    def build(folder: Path) -> None:
        content = search_site.write(folder / "content")
        (folder / AWKWARD).mkdir()
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SOURCE_DATE_EPOCH", "1735689600")
            ran = run_here(["build", "--content", str(content), "--out", str(folder / AWKWARD / "site")])
        assert ran.code == 0, ran.err

    return once.made_once(tmp_path_factory, "search", build) / AWKWARD / "site"


@pytest.fixture(scope="session")
def addresses(site: Path) -> Iterator[dict[str, str]]:
    """Where the site can be reached: at a root, below a path, and in its folder."""
    with folder_served(site) as (root, _), folder_served(site, "/some/where/") as (below, _):
        yield {"http": root, "path": below, "file": site.as_uri() + "/"}


@pytest.fixture(scope="session")
def firefox() -> Iterator[marionette.Firefox]:
    """One Firefox for all tests that need it; where there is none, they are skipped."""
    if marionette.firefox() is None:
        pytest.skip("Firefox is not installed (Debian: apt-get install firefox-esr)")
    with marionette.running() as browser:
        yield browser


@pytest.fixture(scope="session")
def reader(chromium: Browser) -> Iterator[BrowserContext]:
    """One reader's browser for the pages of all tests: to begin another for each takes longer than most pages."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    yield context
    context.close()


@pytest.fixture
def page(reader: BrowserContext) -> Iterator[Page]:
    """A page that fails its test on any error of a script, and on any request that leaves the site. What it keeps is deleted."""
    page = reader.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on(
        "request",
        lambda request: (
            None
            if re.match(r"file:|data:|blob:|about:|http://127\.0\.0\.1", request.url)
            else wrong.append(request.url)
        ),
    )
    yield page
    with contextlib.suppress(Error):  # of a page that has been left, or that may keep nothing
        page.evaluate("localStorage.clear()")
    page.close()
    assert wrong == []
