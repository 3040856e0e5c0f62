#!/usr/bin/env python3
"""Puts tens of thousands of hostile values into an archive and looks in a real browser for one that runs, asks or stands there as markup.

  python benchmarks/payloads.py [--bodies 25000] [--values 13000] [--seed 1]

Bodies: each is made of what tests/trust/payloads.py has, in the places that Markdown has for it and taken apart and put together at
random; it is converted and shown in a page that has no policy, so that the conversion is judged alone. Values: a whole archive is built
in which every text of every release, vocabulary entry and page is hostile, and every page of it is opened with its own policy switched
off, the search page with its results too. Both times Chromium tells what ran, which addresses were asked for, which dialogs opened and
which elements and attributes stand there that nobody of ours writes. First the same page without the sanitiser shows that the watch
sees. Ends with 1 where anything was found, or the watch sees nothing.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Dialog, Error, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import bootstrap  # noqa: E402
from onrecord import markup  # noqa: E402
from onrecord.markup import Context  # noqa: E402
from tests.conftest import CHROMIUM, run_here  # noqa: E402
from tests.trust.payloads import LINKS, PLACES, SCRIPTS, TARGETS  # noqa: E402
from tests.trust.safety import TAGS  # noqa: E402

PER_PAGE = 500
WATCH = "window.ran = []; window.stolen = () => { window.ran.push('stolen'); };"
# What nobody of ours writes into a page: an attribute that is run, an element that loads, an address that is run.
FOREIGN = """() => {
  const found = [...window.ran];
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      const runs = /^\\s*(javascript|vbscript|data:text)/i.test(value) && /^(href|src|action|formaction|data)$/.test(name);
      if (name.startsWith("on") || runs) {
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


class Findings:
    """What a browser did that it must not: by page."""

    def __init__(self, page: Page, allowed: str) -> None:
        self.page, self.allowed = page, allowed
        self.lines: list[str] = []
        page.on("request", lambda request: self._asked(request.url))
        page.on("dialog", self._opened)
        page.on("popup", lambda popup: self.lines.append(f"window {popup.url}"))
        page.add_init_script(WATCH)

    def _opened(self, dialog: Dialog) -> None:
        self.lines.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def _asked(self, url: str) -> None:
        if not url.startswith((self.allowed, "data:,", "about:blank", "blob:")):
            self.lines.append(f"asked for {url[:120]}")

    def look(self, address: str, until: str = "body", wait: int = 0) -> list[str]:
        """Opens an address and gives back what was found in it, once an element `until` is there."""
        self.lines.clear()
        self.page.goto(address, wait_until="load")
        try:
            self.page.wait_for_selector(until, state="attached", timeout=60_000)
        except Error:
            self.lines.append(f"no {until}, so that nothing was judged")
        self.page.wait_for_timeout(wait)
        return [*self.lines, *self.page.evaluate(FOREIGN)]


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


def judge_bodies(count: int, chance: random.Random, folder: Path, findings: Findings) -> tuple[int, list[str]]:
    """How many bodies were shown, and what was found in them."""
    found: list[str] = []
    total = 0
    waiting: list[str] = []

    def show() -> None:
        file = folder / "bodies.html"
        file.write_text(shown(waiting), encoding="utf-8", errors="replace")
        found.extend(findings.look(file.as_uri()))
        waiting.clear()

    for body in bodies(count, chance):
        total += 1
        waiting.append(markup.convert(body, Context(article=total % 2 == 0))[0].html)
        if len(waiting) == PER_PAGE:
            show()
    show()
    return total, found


def one_line(payload: str) -> str:
    """A payload that may stand in a field of one line."""
    kept = "".join(character if character.isprintable() else " " for character in payload)
    return " ".join(kept.split())


def archive(folder: Path, least: int, chance: random.Random) -> int:
    """Writes a content folder with at least so many hostile values, each of them another; returns how many there are."""
    count = 0

    def value() -> str:
        nonlocal count
        count += 1
        left, right = chance.choice(
            [
                ('"', '"'),
                ("'", "'"),
                ("</title>", ""),
                ("]]>", ""),
                ("-->", ""),
                ("</script>", ""),
                ("{{", "}}"),
                ("", ""),
            ]
        )
        return one_line(f"{left}{chance.choice(SCRIPTS)}{right} {chance.choice(TARGETS)} {count}")

    def quoted() -> str:
        return json.dumps(value(), ensure_ascii=False)

    def text() -> str:
        """A value that Markdown shows: what would be markup is escaped, or the file would be refused."""
        return "".join(f"&#{ord(sign)};" if sign in "<>&[]()*_`~\\|:.@!#" else sign for sign in value())

    folder.mkdir(parents=True)
    (folder / "pages").mkdir()
    (folder / "releases").mkdir()
    settings = "".join(
        f"{key} = {quoted()}\n" for key in ("title", "scope", "publisher", "rights", "contact", "started")
    )
    (folder / "archive.toml").write_text(
        f'{settings}language = "en"\nbase_url = "https://archive.example/"\n', encoding="utf-8"
    )
    (folder / "pages" / "about.md").write_text(f"---\ntitle: {quoted()}\n---\n{text()}\n", encoding="utf-8")
    labels: dict[str, list[str]] = {}
    for kind, more in (("topic", ""), ("place", "lat = {n}\nlon = {n}\n"), ("name", "kind = {kind}\n")):
        entries = []
        for number in range(60):
            label = quoted()
            labels.setdefault(kind, []).append(label)
            extra = more.replace("{n}", str(number)).replace("{kind}", quoted())
            entries.append(
                f'[[{kind}]]\nlabel = {label}\nslug = "{kind}-{number}"\naliases = [{quoted()}]\ndescription = {quoted()}\n{extra}'
                f"translations = {{ ar = {quoted()} }}\n"
            )
        (folder / f"{kind}s.toml").write_text("\n".join(entries), encoding="utf-8")
    number = 0
    while count < least:
        number += 1
        date = f"{1990 + number % 30}-{number % 12 + 1:02}-{number % 28 + 1:02}"
        fields = [
            f"{key}: {quoted()}"
            for key in ("title", "subtitle", "date_as_written", "publisher", "reference", "dateline", "rights")
        ]
        fields += [f"{kind}s: [{chance.choice(labels[kind])}]" for kind in labels]
        status = ("published", "corrected", "withdrawn", "draft")[0 if number % 5 else number // 5 % 4]
        fields += [f"date: {date}", "language: en", "extent: full", f"notes: {json.dumps(text())}", f"status: {status}"]
        fields += [f"reason: {quoted()}"] if status in ("corrected", "withdrawn") else []
        fields += [
            f"source:\n  url: https://a.example/?a='b&c=%22%3E{number}\n  file: {json.dumps(value().translate({47: '|', 92: '|'}))}"
        ]
        if status == "draft":
            fields.append(f"review:\n  - field: title\n    question: {quoted()}\n    evidence: {quoted()}")
        said = "".join(f"  - speaker: {quoted()}\n    text: words {turn} of {number}\n" for turn in range(3))
        body = "\n\n".join(f"“words {turn} of {number}” {text()}" for turn in range(3))
        path = folder / "releases" / f"{date}-payload-{number}.md"
        path.write_text("---\n" + "\n".join(fields) + f"\nquotations:\n{said}---\n{body}\n", encoding="utf-8")
    return count


def judge_values(least: int, chance: random.Random, folder: Path, findings: Findings) -> tuple[int, int, list[str]]:
    """How many values the archive has, how many pages were opened, and what was found in them."""
    count = archive(folder / "content", least, chance)
    ran = run_here(
        [
            "--content",
            str(folder / "content"),
            "--out",
            str(folder / "site"),
            "--cache",
            str(folder / "cache"),
            "--drafts",
        ]
    )
    if ran.code:
        return count, 0, [ran.out[-2000:] + ran.err[-2000:]]
    found: list[str] = []
    pages = sorted((folder / "site").rglob("*.html"))
    for page in pages:
        found += [f"{page.relative_to(folder / 'site')}: {line}" for line in findings.look(page.as_uri())]
    for word in ("stolen", "script", "onload", "javascript", "elsewhere"):
        address = f"{(folder / 'site' / 'search.html').as_uri()}#q={word}"
        findings.page.goto("about:blank")
        found += [f"search for {word}: {line}" for line in findings.look(address, "#search-results a", 200)]
    return count, len(pages) + 5, found


def sees(folder: Path, findings: Findings) -> int:
    """How many of the scripts the watch sees where nothing is sanitised."""
    seen = 0
    for script in SCRIPTS:
        file = folder / "open.html"
        file.write_text(shown([script]), encoding="utf-8", errors="replace")
        seen += bool(findings.look(file.as_uri(), wait=50))
    return seen


@contextmanager
def browser(folder: Path) -> Iterator[Findings]:
    """A browser whose pages have no policy."""
    program = next(filter(None, map(shutil.which, bootstrap.BROWSERS)), None)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=CHROMIUM)
        yield Findings(chromium.new_context(bypass_csp=True).new_page(), folder.as_uri())
        chromium.close()


def main() -> int:
    """Prints the figures and what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bodies", type=int, default=25_000)
    parser.add_argument("--values", type=int, default=13_000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    chance = random.Random(args.seed)
    folder = Path(tempfile.mkdtemp(prefix="onrecord-payloads-"))
    try:
        with browser(folder) as findings:
            seen = sees(folder, findings)
            print(f"Without the sanitiser {seen} of {len(SCRIPTS)} scripts are seen.", flush=True)
            began = time.monotonic()
            total, in_bodies = judge_bodies(args.bodies, chance, folder, findings)
            print(f"{total:,} bodies: {len(in_bodies)} findings ({time.monotonic() - began:.0f} s).", flush=True)
            began = time.monotonic()
            values, pages, in_values = judge_values(args.values, chance, folder, findings)
            print(
                f"{values:,} values on {pages:,} pages: {len(in_values)} findings ({time.monotonic() - began:.0f} s)."
            )
        for line in [*in_bodies, *in_values][:50]:
            print(f"  {line}")
        return 1 if in_bodies or in_values or seen < len(SCRIPTS) // 2 else 0
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
