"""`serve` in a real browser, read by a page of another address: what holds drafts cannot be included, framed, fetched or kept hold of."""

from __future__ import annotations

import time
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Request

from onrecord.commands import serve_rules
from tests.commands.conftest import Folders
from tests.commands.test_serve import Served
from tests.folder_server import folder_served

# What a page can do with a file of another address, each with what tells that it was got.
ATTACK = """
async ([files, pages]) => {
  const leaks = [];
  const heard = [];
  window.__onrecordFiles = (value) => heard.push(value);
  window.__onrecord = (value) => heard.push(value);
  const included = (name, file, set) => new Promise((done) => {
    const element = document.createElement(name);
    element.onload = () => { leaks.push(`${name} ${file}`); done(); };
    element.onerror = () => done();
    set(element, file);
    document.body.append(element);
    setTimeout(done, 20000);
  });
  const work = [];
  for (const file of files) {
    if (file.includes(".js")) work.push(included("script", file, (e, f) => { e.src = f; }));
    if (file.includes(".js")) work.push(included("script", file, (e, f) => { e.type = "module"; e.src = f; }));
    if (file.includes(".svg")) work.push(included("img", file, (e, f) => { e.src = f; }));
    if (file.includes(".css")) work.push(included("link", file, (e, f) => { e.rel = "stylesheet"; e.href = f; }));
    for (const mode of ["no-cors", "cors"]) {
      work.push(fetch(file, { mode }).then(() => leaks.push(`fetch ${mode} ${file}`), () => {}));
    }
  }
  await Promise.all(work);
  if (heard.length || window.onrecordTerms) leaks.push("the words of a script");
  for (const page of pages) {
    const frame = document.createElement("iframe");
    frame.src = page;
    document.body.append(frame);
  }
  await new Promise((done) => setTimeout(done, 1500));
  return leaks;
}
"""


@pytest.fixture(scope="module")
def served(disk_folder: Folders) -> Iterator[Served]:
    """An archive of one draft, with its search index."""
    folder = disk_folder("origin")
    with Served(folder, "--out", str(folder / "site")) as running:
        running.wait_for_build()
        yield running


@pytest.fixture(scope="module")
def elsewhere(disk_folder: Folders) -> Iterator[int]:
    """The port of a server of somebody else, with one page."""
    folder = disk_folder("elsewhere")
    (folder / "page.html").write_text("<!doctype html><title>x</title><body></body>", encoding="utf-8")

    with folder_served(folder) as (address, _):
        yield int(address.rstrip("/").rpartition(":")[2])


def leaks(chromium: Browser, served: Served, site: Path, origin: str) -> list[str]:
    """What a page at `origin` gets of everything that is served."""
    address = f"http://127.0.0.1:{served.port}/"
    listed = sorted(file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file())
    # Two of each kind in each folder: what answers knows none of them from another.
    alike: dict[tuple[str, str], list[str]] = {}
    for path in listed:
        if path.endswith((".js", ".css", ".svg", ".json")):
            alike.setdefault((path.rpartition("/")[0], path.rpartition(".")[2]), []).append(path)
    files = sorted(
        {"pagefind/catalogue.js", "assets/contribute-terms.js"}.union(*(same[:2] for same in alike.values()))
    )
    drafts = [path for path in listed if path.startswith("releases/2012") and path.endswith(".html")]
    assert any(path.startswith("pagefind/texts/") for path in files)
    assert set(files) <= set(listed)
    assert drafts
    page = chromium.new_page()
    try:
        page.goto(origin)
        found: list[str] = page.evaluate(ATTACK, [[address + path for path in files], [address + drafts[0]]])
        # A frame that was refused shows the browser's own page.
        found += ["a frame" for frame in page.frames[1:] if "Ferry crews" in frame.content()]
        with page.expect_popup() as opened:
            page.evaluate("address => { window.opened = window.open(address); }", address + drafts[0])
        opened.value.wait_for_load_state()
        page.wait_for_timeout(300)
        if page.evaluate("() => !window.opened.closed"):
            found.append("a window's handle")
        opened.value.close()
        return found
    finally:
        page.close()


@pytest.mark.parametrize(
    ("guard", "origin"),
    [
        ("both", "another port"),
        ("both", "another name"),
        ("both", "a file"),
        ("what is answered", "another port"),
        ("what answers say", "another name"),
        ("none", "another port"),
        ("none", "a file"),
    ],
)
def test_a_page_of_another_address_reads_no_draft(
    served: Served,
    elsewhere: int,
    chromium: Browser,
    guard: str,
    origin: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """Either of the two guards alone holds; without them the same page reads everything, so that it would show."""
    if guard in ("what answers say", "none"):
        monkeypatch.setattr(serve_rules, "refusal", lambda headers, hosts: unguarded(headers))
    if guard in ("what is answered", "none"):
        opener = {} if guard == "none" else {"Cross-Origin-Opener-Policy": "same-origin"}
        monkeypatch.setattr(serve_rules, "HEADERS", opener)
    (tmp_path / "page.html").write_text("<!doctype html><title>x</title><body></body>", encoding="utf-8")
    address = {
        "another port": f"http://127.0.0.1:{elsewhere}/page.html",
        "another name": f"http://localhost:{elsewhere}/page.html",
        "a file": (tmp_path / "page.html").as_uri(),
    }[origin]
    found = leaks(chromium, served, served.server.site, address)
    if guard == "what is answered":
        # That a refusal came, without its words, is all that such a request gets.
        found = [leak for leak in found if not leak.startswith("fetch no-cors ")]
    if guard == "none":
        assert {"the words of a script", "a frame", "a window's handle"} <= set(found)
        assert any(leak.startswith("script ") and "pagefind/texts/" in leak for leak in found)
        assert any(leak.startswith("img ") for leak in found)
        assert any(leak.startswith("fetch no-cors") for leak in found)
    else:
        assert found == []


def unguarded(headers: Message) -> serve_rules.Refusal | None:
    """What stands for the rule that is taken out."""
    return None


def test_its_own_pages_have_all_they_need(served: Served, chromium: Browser) -> None:
    page = chromium.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("requestfailed", lambda request: problems.append(request.url) if ".onrecord" not in request.url else None)
    asked: set[Request] = set()
    page.on("request", lambda request: None if ".onrecord" in request.url else asked.add(request))
    page.on("requestfinished", lambda request: asked.discard(request))
    page.on("requestfailed", lambda request: asked.discard(request))

    def settle() -> None:
        # A page that is left gives up what it still asks for, its icon last of all.
        ends = time.monotonic() + 10
        while asked and time.monotonic() < ends:
            page.wait_for_timeout(20)

    for name in ("127.0.0.1", "localhost"):
        page.goto(f"http://{name}:{served.port}/search.html#q=ferry")
        page.locator("text=Ferry crews ask for light").first.wait_for()
        settle()
        page.goto(f"http://{name}:{served.port}/contribute.html")
        page.wait_for_function("() => window.onrecordTerms")
        settle()
    page.close()
    assert problems == []
