#!/usr/bin/env python3
"""How long an edit takes to show in an open page under `build.py serve`.

  python benchmarks/serve.py CONTENT [--edits 21]     CONTENT: an archive made by corpus.py; its releases are edited and put back

Starts the server without search on a free port, opens a release in headless Chromium, changes the release's title again and again, and
prints the seconds from the saved file to the new title in the page: fastest, median, slowest.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
FLAGS += ["--disable-component-update", "--disable-sync"]
SHOWS = "title => document.querySelector('h1')?.innerText === title"


def main() -> int:
    """Measures and prints one line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("content", type=Path)
    parser.add_argument("--edits", type=int, default=21)
    args = parser.parse_args()
    files = sorted((args.content / "releases").rglob("[0-9]*.md"))
    release = files[len(files) // 2]
    before = release.read_text("utf-8")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        command = [sys.executable, str(ROOT / "build.py"), "serve", "--content", str(args.content)]
        command += ["--out", f"{folder}/site", "--port", "0", "--no-search"]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            assert server.stdout is not None
            address = server.stdout.readline().strip()
            seconds = measured(f"{address}releases/{release.stem}.html", release, before, args.edits)
        finally:
            release.write_text(before, encoding="utf-8", newline="\n")
            server.terminate()
            server.wait()
    print(
        f"{len(files):,} releases, {args.edits} edits: fastest {seconds[0]:.2f} s, "
        f"median {statistics.median(seconds):.2f} s, slowest {seconds[-1]:.2f} s"
    )
    return 0


def measured(address: str, release: Path, before: str, edits: int) -> list[float]:
    """Seconds from each save to the new title in the page, sorted."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page()
        page.goto(address)
        page.wait_for_timeout(2000)
        seconds = []
        for number in range(edits):
            title = f"Edited for the {number}. time"
            lines = [f'title: "{title}"' if line.startswith("title:") else line for line in before.split("\n")]
            release.write_text("\n".join(lines), encoding="utf-8", newline="\n")
            saved = time.monotonic()
            # Looked for every hundredth of a second: a locator's own waits grow to half a second.
            page.wait_for_function(SHOWS, arg=title, polling=10, timeout=60_000)
            seconds.append(time.monotonic() - saved)
            page.wait_for_timeout(700)
        browser.close()
    return sorted(seconds)


if __name__ == "__main__":
    sys.exit(main())
