"""What the search costs at a size, beside plain Pagefind: making the index, making the shard of one changed release again, and what a
browser loads and waits for.

    python -m benchmarks.search.scale 10000 [--jobs 2] [--without-plain]

Prints one JSON object. Plain Pagefind is its command over the same pages with nothing set. Memory is the largest of the processes that made
the index; plain Pagefind keeps all of it in memory, so leave it out on a small machine. Bytes over http are those sent by a server that
compresses text, bytes from a folder those of the files. Times are wall times: read them on an idle machine, and as an order of size;
processor seconds, bytes and requests are what to compare.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from benchmarks.search import corpus, site
from onrecord import search
from onrecord.search import service

QUERIES = (
    "arbitrary arrests Homs",
    "government",
    "the Security Council",
    "José Rojas",
    "torture in detention",
    '"arms embargo"',
    "goverment",
)
Words = Callable[[search.SearchEntry], str]
_WORDS = re.compile(r"<div data-pagefind-body>(.*)</div></main>", re.DOTALL)
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


def indexed(folder: Path, releases: list[search.SearchEntry], words: Words, jobs: int) -> dict[str, Any]:
    """Indexes the releases into `folder`/pagefind and says what that cost."""
    start, used = time.perf_counter(), _processor_seconds()
    report = search.make_index(
        folder / search.FOLDER, releases, lambda entry: search.paragraphs_of(words(entry)), jobs=jobs
    )
    return {
        **_cost(start, used),
        "shards": report.shards,
        "files": report.files,
        "megabytes": round(report.bytes / 1e6, 1),
        "peak_memory_mib": {
            "pagefind_or_worker": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
            "onrecord": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        },
    }


def plain_index(folder: Path, pages: Mapping[str, str]) -> dict[str, Any]:
    """What plain Pagefind's command costs over the pages (path → page), written into `folder`."""
    (folder / "releases").mkdir(parents=True)
    for path, page in pages.items():
        (folder / path).write_text(page, "utf-8")
    start = time.perf_counter()
    out = folder / search.FOLDER
    command = [str(service.executable()), "--site", str(folder), "--output-path", str(out), "--silent"]
    _, status, used = os.wait4(subprocess.Popen(command).pid, 0)
    if status:
        raise RuntimeError(f"Pagefind ended with {status}.")
    files = [file.stat().st_size for file in out.rglob("*") if file.is_file()]
    return {
        "seconds": round(time.perf_counter() - start, 1),
        "processor_seconds": round(used.ru_utime + used.ru_stime, 1),
        "files": len(files),
        "megabytes": round(sum(files) / 1e6, 1),
        "peak_memory_mib": used.ru_maxrss // 1024,
    }


def one_change(folder: Path, releases: list[search.SearchEntry], words: Words, changed: str) -> dict[str, Any]:
    """What it costs to make the one shard again, in `folder`, that holds the release at the path `changed`."""
    start, used = time.perf_counter(), _processor_seconds()
    shard = next(shard for shard in search.plan(releases) if changed in shard.paths)
    texts = [search.paragraphs_of(words(entry)) for entry in shard.entries]
    search.make_shard(folder / shard.name, folder / "pieces", shard, texts)
    return {**_cost(start, used), "releases": len(shard.entries)}


def _cost(start: float, used: float) -> dict[str, float]:
    return {
        "seconds": round(time.perf_counter() - start, 1),
        "processor_seconds": round(_processor_seconds() - used, 1),
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


def main(count: int, jobs: int, plain: bool) -> None:
    with tempfile.TemporaryDirectory(prefix="onrecord-scale-") as scratch:
        folder = Path(scratch) / "site"
        folder.mkdir()
        invented = list(corpus.releases(count))
        releases = [one.entry for one in invented]
        texts = {one.entry.path: _WORDS.findall(one.page)[0] for one in invented}
        result: dict[str, Any] = {
            "releases": count,
            "index": indexed(folder, releases, lambda one: texts[one.path], jobs),
        }
        if plain:
            pages = {one.entry.path: one.page for one in invented}
            result["plain_pagefind"] = plain_index(Path(scratch) / "plain", pages)
            result["ratio_to_plain"] = {
                key: round(result["index"][key] / result["plain_pagefind"][key], 2)
                for key in ("processor_seconds", "megabytes")
            }
        changed = releases[count // 2].path
        texts[changed] = texts[changed].replace("courts again", "courts once more")
        result["one_change"] = one_change(Path(scratch), releases, lambda one: texts[one.path], changed)
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
    parser = argparse.ArgumentParser(description="Measure what the search costs.")
    parser.add_argument("count", type=int, nargs="?", default=1000)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--without-plain", action="store_true")
    options = parser.parse_args()
    main(options.count, options.jobs, not options.without_plain)
