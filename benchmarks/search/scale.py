"""What the search costs at a size: building the index, building it again after one change, and what a browser loads and waits for.

    python -m benchmarks.search.scale 10000        (50000 takes about ten minutes on two cores)

Prints one JSON object. Memory is the largest of the processes that made the index. Bytes over http are those sent by a server that
compresses text, bytes from a folder those of the files. Times are wall times: read them on an idle machine, and as an order of size.
"""

from __future__ import annotations

import json
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from benchmarks.search import corpus, site
from onrecord import search

QUERIES = (
    "arbitrary arrests Homs",
    "government",
    "the Security Council",
    "José Rojas",
    "torture in detention",
    '"arms embargo"',
    "goverment",
)
_ASK = """async (query) => {
  const before = document.documentElement.dataset.search || "";
  window.longest = 0;
  const start = performance.now();
  document.getElementById("q").value = query;
  document.getElementById("search-form").requestSubmit();
  while ((document.documentElement.dataset.search || "") === before) await new Promise((go) => setTimeout(go, 4));
  const took = performance.now() - start;
  await new Promise((go) => setTimeout(go, 250));
  const found = document.getElementById("search-status").textContent;
  return { ms: Math.round(took), longest_block_ms: Math.round(window.longest), found };
}"""
_WATCH = """window.longest = 0; new PerformanceObserver((list) => {
  for (const one of list.getEntries()) window.longest = Math.max(window.longest, one.duration);
}).observe({ type: "longtask" });"""


def built(folder: Path, releases: list[search.SearchEntry], previous: Path | None = None) -> dict[str, Any]:
    """Indexes the pages in `folder` and says what that cost."""
    start, used = time.perf_counter(), _processor_seconds()
    report = search.index(folder, releases, previous)
    return {
        "seconds": round(time.perf_counter() - start, 1),
        "processor_seconds": round(_processor_seconds() - used, 1),
        "shards": report.shards,
        "rebuilt": report.rebuilt,
        "files": report.files,
        "megabytes": round(report.bytes / 1e6, 1),
        "peak_memory_mib": {
            "pagefind": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
            "onrecord": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        },
    }


def _processor_seconds() -> float:
    """What this process and its finished children have used so far."""
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def _size(url: str, folder: Path) -> int:
    return (folder / url.split("/site/")[1].split("?")[0]).stat().st_size if url.startswith("file:") else 0


def asked(page: Page, address: str, folder: Path, sent: list[tuple[str, int]]) -> list[dict[str, Any]]:
    """What each query costs, the first one in a page that has loaded nothing."""
    local = address.startswith("file:")
    files: list[int] = []
    if local:
        page.on("request", lambda request: files.append(_size(request.url, folder)))
    page.add_init_script(_WATCH)
    page.goto(f"{address}/search.html")
    out = []
    for query in QUERIES:
        sent.clear()
        files.clear()
        answer = page.evaluate(_ASK, query)
        sizes = list(files) if local else [size for _, size in sent]
        out.append({"query": query, **answer, "requests": len(sizes), "kilobytes": round(sum(sizes) / 1000)})
    return out


def main(count: int) -> None:
    with tempfile.TemporaryDirectory(prefix="onrecord-scale-") as scratch:
        folder = Path(scratch) / "site"
        releases = [one.entry for one in corpus.write(folder, corpus.releases(count))]
        result: dict[str, Any] = {"releases": count, "index": built(folder, releases)}
        changed = folder / releases[count // 2].path
        changed.write_text(changed.read_text("utf-8").replace("courts again", "courts once more"), "utf-8")
        before = Path(scratch) / "before"
        before.mkdir()
        (folder / search.FOLDER).rename(before / search.FOLDER)
        result["one_change"] = built(folder, releases, before)
        shutil.rmtree(before)
        site.write_search_page(folder, releases)
        with site.served(folder) as (address, sent), sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
            )
            for name, where in (("http", address), ("file", folder.as_uri())):
                page = browser.new_page()
                result[name] = asked(page, where, folder, sent)
                page.close()
            browser.close()
        print(json.dumps(result, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
