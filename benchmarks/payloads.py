#!/usr/bin/env python3
"""Puts tens of thousands of hostile values into an archive and looks in a real browser for one that runs, asks or stands there as markup.

  python benchmarks/payloads.py [--bodies 25000] [--values 13000] [--seed 1] [--tabs 3] [--folder D]

Bodies: each is made of what tests/trust/payloads.py has, in the places that Markdown has for it and taken apart and put together at
random; it is converted and shown in a page that has no policy, so that the conversion is judged alone. Values: a whole archive is built
in which every text of every release, vocabulary entry and page is hostile (tests/trust/hostile_archive.py), in two languages and with an
edition, and every page of it is opened with its own policy switched off, the search page with its results too. Both times Chromium tells
what ran, which addresses were asked for, which dialogs opened and which elements and attributes stand there that nobody of ours writes.

Each run shows first and last that the watch sees: each script without the sanitiser, and, in every tab, a page of the archive into which
each kind of fault was planted. What was judged stands in a file in D (.cache/payloads), by the digest of the page and of all scripts; a run
that was stopped goes on there, and after a change of the program only what has changed is opened again. Fonts and pictures are not
loaded. Ends with 1 where anything was found, or a planted fault was not seen.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import random
import shutil
import sys
import time
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import Dialog, Error, Page, async_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import bootstrap  # noqa: E402
from onrecord import markup  # noqa: E402
from onrecord.markup import Context  # noqa: E402
from tests.conftest import CHROMIUM, run_here  # noqa: E402
from tests.trust import hostile_archive  # noqa: E402
from tests.trust.payloads import LINKS, PLACES, SCRIPTS, TARGETS  # noqa: E402
from tests.trust.safety import TAGS  # noqa: E402

PER_PAGE = 500
SEARCHED = ("stolen", "script", "onload", "javascript", "elsewhere")
NO_HOSTS = "--host-resolver-rules=MAP * ~NOTFOUND"
"""No host has an address: what asks for one is told at once that there is none, and is seen to ask."""
NOT_LOADED = ["*.woff2", "*.woff", "*.png", "*.jpg", "*.svg"]
WATCH = "window.ran = []; window.stolen = () => { window.ran.push('stolen'); };"
# What nobody of ours writes into a page: an attribute that is run, an element that loads, an address that is run.
FOREIGN = """async () => {
  await new Promise((done) => setTimeout(done, WAIT));
  const found = [...window.ran];
  const runs = /^(href|src|action|formaction|data)$/;
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      if (name.startsWith("on") || runs.test(name) && /^\\s*(javascript|vbscript|data:text)/i.test(value)) {
        found.push(`${element.tagName} ${name}=${value.slice(0, 80)}`);
      }
    }
    if (/^(iframe|frame|object|embed|applet|base|video|audio|portal)$/i.test(element.tagName)) found.push(`<${element.tagName}>`);
  }
  const allowed = new Set(TAGS);
  for (const element of document.querySelectorAll("[data-payload] *, [data-body] *")) {
    if (!allowed.has(element.tagName.toLowerCase())) found.push(`<${element.tagName}> in a body`);
  }
  return found;
}""".replace("TAGS", json.dumps(sorted(TAGS)))
PLANTED = {
    "stolen": "<img src=x onerror=stolen()>",
    "asked for": "<link rel=stylesheet href=https://elsewhere.example/x.css>",
    "dialog": "<script>alert('open')</script>",
    "onclick=": "<p onclick=stolen()>x</p>",
    "href=javascript:": "<a href=javascript:stolen()>x</a>",
    "<IFRAME>": "<iframe></iframe>",
}
"""What is written into a page of the archive, by what the watch must then say."""


@dataclass
class Tab:
    """A tab of the browser, and what the page that it shows did that it must not."""

    page: Page
    allowed: str
    lines: list[str] = field(default_factory=list)

    async def watched(self) -> Tab:
        """The tab, from now on watched."""
        self.page.on("request", lambda request: self._asked(request.url))
        self.page.on("dialog", self._opened)
        self.page.on("popup", lambda popup: self.lines.append(f"window {popup.url}"))
        await self.page.add_init_script(WATCH)
        session = await self.page.context.new_cdp_session(self.page)
        await session.send("Network.enable")
        await session.send("Network.setBlockedURLs", {"urls": NOT_LOADED})
        return self

    async def _opened(self, dialog: Dialog) -> None:
        self.lines.append(f"dialog {dialog.message}")
        await dialog.dismiss()

    def _asked(self, url: str) -> None:
        if not url.startswith((self.allowed, "data:,", "about:blank", "blob:")):
            self.lines.append(f"asked for {url[:120]}")

    async def look(self, address: str, until: str = "body", wait: int = 5) -> list[str]:
        """Opens an address and gives back what was found in it, once an element `until` is there; what it cannot judge is found, too."""
        self.lines.clear()
        try:
            await self.page.goto(address, wait_until="load")
            await self.page.wait_for_selector(until, state="attached", timeout=60_000)
            found = await self.page.evaluate(FOREIGN.replace("WAIT", str(wait)))
        except Error as error:
            found = [f"not judged: {str(error)[:200]}"]
        return [*self.lines, *found]


class Judged:
    """What was judged before: by what it is and the digest of its bytes. A line that was cut off counts for none."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.known: dict[str, tuple[str, list[str]]] = {}
        for line in file.read_text("utf-8").splitlines() if file.exists() else ():
            try:
                name, digest, found = json.loads(line)
                self.known[name] = (digest, found)
            except ValueError:
                continue

    def is_clean(self, name: str, digest: str) -> bool:
        """Whether these bytes were judged, and nothing was found."""
        return self.known.get(name) == (digest, [])

    def keep(self, name: str, digest: str, found: list[str]) -> None:
        """Keeps what was found."""
        self.known[name] = (digest, found)
        with self.file.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps([name, digest, found]) + "\n")


@dataclass(frozen=True)
class Look:
    """Something to be opened: what it is, the digest of what it is made of, its address, and the element that it must show."""

    name: str
    digest: str
    address: str
    until: str = "body"
    wait: int = 5


async def judge(tabs: Sequence[Tab], looks: Iterable[Look], judged: Judged) -> list[str]:
    """What is found in all that are to be opened; those that were judged before are not opened again."""
    waiting = iter([look for look in looks if not judged.is_clean(look.name, look.digest)])
    found: list[str] = []

    async def work(tab: Tab) -> None:
        for look in waiting:
            lines = await tab.look(look.address, look.until, look.wait)
            judged.keep(look.name, look.digest, lines)
            found.extend(f"{look.name}: {line}" for line in lines)

    await asyncio.gather(*map(work, tabs))
    return found


# ---- bodies --------------------------------------------------------------------------------------------------------------------


def bodies(count: int, chance: random.Random) -> Iterator[str]:
    """So many different bodies: every script in every place and every target in every link, then mixtures."""
    seen: set[str] = set()

    def new(body: str) -> Iterator[str]:
        if body not in seen and len(seen) < count:
            seen.add(body)
            yield body

    for script in SCRIPTS:
        for place in PLACES:
            yield from new(place.replace("{}", script))
    for target in TARGETS:
        for link in LINKS:
            yield from new(link.replace("{}", target))
            for place in PLACES:
                yield from new(place.replace("{}", link.replace("{}", target)))
    while len(seen) < count:
        yield from new(mixture(chance))


def mixture(chance: random.Random) -> str:
    """Hostile pieces, cut, repeated and put into one another."""
    text = ""
    for _ in range(chance.randint(1, 4)):
        piece = chance.choice(SCRIPTS + TARGETS)
        if chance.random() < 0.3:
            piece = piece[: chance.randint(1, len(piece))]
        if chance.random() < 0.3:
            piece = chance.choice(LINKS).replace("{}", piece)
        if chance.random() < 0.5:
            piece = chance.choice(PLACES).replace("{}", piece)
        at = chance.randint(0, len(text))
        text = text[:at] + chance.choice(["", " ", "\n", "\n\n", "\\", "&", "<", "`", "["]) + piece + text[at:]
    return text


def shown(fragments: Iterable[str]) -> str:
    """A page without any policy of those fragments."""
    parts = "\n".join(f"<div data-payload>{fragment}</div>" for fragment in fragments)
    return f"<!DOCTYPE html><meta charset=utf-8><title>x</title><link rel=icon href='data:,'>{parts}"


def pages_of_bodies(count: int, chance: random.Random, folder: Path) -> list[Look]:
    """Pages that show so many converted bodies."""
    folder.mkdir(exist_ok=True)
    looks: list[Look] = []
    waiting: list[str] = []

    def show() -> None:
        data = shown(waiting).encode("utf-8", "replace")
        file = folder / f"{len(looks):04}.html"
        file.write_bytes(data)
        looks.append(Look(f"bodies {file.stem}", hashlib.sha256(data).hexdigest(), file.as_uri()))
        waiting.clear()

    for number, body in enumerate(bodies(count, chance)):
        waiting.append(markup.convert(body, Context(article=number % 2 == 1))[0].html)
        if len(waiting) == PER_PAGE:
            show()
    if waiting:
        show()
    return looks


# ---- values --------------------------------------------------------------------------------------------------------------------


def built(least: int, seed: int, folder: Path) -> tuple[int, list[str]]:
    """How many hostile values the archive has, which is written and built where it is not, and why it could not be built."""
    content, mark = folder / "content", folder / "content.json"
    source = hashlib.sha256(Path(hostile_archive.__file__).read_bytes()).hexdigest()
    wanted = [least, seed, source]
    kept = json.loads(mark.read_text()) if mark.exists() else {}
    if kept.get("wanted") != wanted:
        for old in (content, folder / "copies"):
            shutil.rmtree(old, ignore_errors=True)
        values = hostile_archive.write(content, least, random.Random(seed))
        kept = {"wanted": wanted, "values": values.count}
        mark.write_text(json.dumps(kept))
    cache = ["--content", str(content), "--cache", str(folder / "cache")]
    build = ["build", *cache, "--out", str(folder / "site"), "--drafts"]
    # An edition is of what is published; its pages are there from the next build on.
    edition = [
        "edition",
        "2022-01",
        "--date",
        "2022-01-02",
        *cache,
        "--site",
        str(folder / "published"),
        "--out",
        str(folder / "copies"),
    ]
    steps = [build]
    if not (content / "editions").exists():
        steps = [["build", *cache, "--out", str(folder / "published"), "--no-search"], edition, build]
    for step in steps:
        ran = run_here(step)
        if ran.code:
            return kept["values"], [f"{step[0]} ended with {ran.code}: {ran.out[-1000:]}{ran.err[-1000:]}"]
    shutil.rmtree(folder / "published", ignore_errors=True)
    shutil.rmtree(folder / "copies", ignore_errors=True)
    return kept["values"], []


def pages_of_values(site: Path) -> list[Look]:
    """Every page of a site, and what its search finds."""
    scripts = hashlib.sha256()
    for file in sorted((site / "assets").rglob("*.js")):
        scripts.update(file.read_bytes())
    looks = []
    for file in sorted(site.rglob("*.html")):
        digest = hashlib.sha256(scripts.digest() + file.read_bytes()).hexdigest()
        looks.append(Look(file.relative_to(site).as_posix(), digest, file.as_uri()))
    index = hashlib.sha256(scripts.digest() + (site / "manifest.json").read_bytes()).hexdigest()
    for page in ("search.html", "ar/search.html"):
        for word in SEARCHED:
            address = f"{(site / page).as_uri()}?again={word}#q={word}"
            looks.append(Look(f"{page} for {word}", index, address, "#search-results a", 200))
    return looks


# ---- whether the watch sees ----------------------------------------------------------------------------------------------------


async def seen_scripts(tab: Tab, folder: Path) -> int:
    """How many of the scripts the watch sees where nothing is sanitised."""
    seen = 0
    for script in SCRIPTS:
        file = folder / "open.html"
        file.write_text(shown([script]), encoding="utf-8", errors="replace")
        seen += bool(await tab.look(file.as_uri(), wait=50))
    return seen


async def missed(tabs: Sequence[Tab], site: Path) -> list[str]:
    """Which planted faults a tab does not see in a page of the archive, or sees where nothing is planted."""
    page = next(iter(sorted((site / "releases").glob("*.html"))))
    text = page.read_text("utf-8")
    lines = []

    async def work(number: int, tab: Tab) -> None:
        for sign, planted in {"": "", **PLANTED}.items():
            file = page.with_name(f"planted-{number}.htm")
            file.write_text(text.replace("</main>", f"{planted}</main>", 1), "utf-8")
            found = await tab.look(file.as_uri(), wait=50)
            file.unlink()
            if not any(sign in line for line in found) if sign else found:
                lines.append(f"tab {number}: planted {planted or 'nothing'}, seen {found}")

    await asyncio.gather(*(work(number, tab) for number, tab in enumerate(tabs)))
    return lines


@asynccontextmanager
async def browser(folder: Path, count: int) -> AsyncIterator[list[Tab]]:
    """So many tabs of a browser whose pages have no policy."""
    program = next(filter(None, map(shutil.which, (bootstrap.WINDOWLESS_BROWSER, *bootstrap.BROWSERS))), None)
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=program, args=[*CHROMIUM, NO_HOSTS])
        context = await chromium.new_context(bypass_csp=True)
        yield [await Tab(await context.new_page(), folder.as_uri()).watched() for _ in range(count)]
        await chromium.close()


async def shown_in_browser(args: argparse.Namespace, folder: Path, values: int) -> int:
    """Prints the figures and what was found; returns what the program ends with."""
    judged = Judged(folder / "judged.jsonl")
    async with browser(folder, args.tabs) as tabs:
        seen = await seen_scripts(tabs[0], folder)
        print(f"Without the sanitiser {seen} of {len(SCRIPTS)} scripts are seen.", flush=True)
        blind = await missed(tabs, folder / "site")
        found: list[str] = []
        for name, looks in (
            (f"{args.bodies:,} bodies", pages_of_bodies(args.bodies, random.Random(args.seed), folder / "bodies")),
            (f"{values:,} values", pages_of_values(folder / "site")),
        ):
            began = time.monotonic()
            before = sum(judged.is_clean(look.name, look.digest) for look in looks)
            lines = await judge(tabs, looks, judged)
            found += lines
            seconds = time.monotonic() - began
            print(
                f"{name} on {len(looks):,} pages ({before:,} judged before): {len(lines)} findings ({seconds:.0f} s).",
                flush=True,
            )
        blind += await missed(tabs, folder / "site")
    print(f"{2 * len(PLANTED) * args.tabs} planted faults: {len(blind)} not seen.")
    for line in [*blind, *found][:50]:
        print(f"  {line}")
    return 1 if found or blind or seen < len(SCRIPTS) // 2 else 0


def main() -> int:
    """Reads the options and runs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bodies", type=int, default=25_000)
    parser.add_argument("--values", type=int, default=13_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tabs", type=int, default=3)
    parser.add_argument("--folder", type=Path, default=ROOT / ".cache" / "payloads")
    args = parser.parse_args()
    folder = args.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    values, failed = built(args.values, args.seed, folder)
    if failed:
        print(*failed, sep="\n")
        return 1
    print(f"An archive of {values:,} hostile values is built ({time.monotonic() - began:.0f} s).", flush=True)
    return asyncio.run(shown_in_browser(args, folder, values))


if __name__ == "__main__":
    sys.exit(main())
