"""How well the search page of a built site finds in a real collection, beside other engines over the same documents.

    python -m benchmarks.search.real_quality --content DIR --site DIR [--queries FILE]… [--parts queries,pasted,recall,cost]

The content folder is one that benchmarks.search.real wrote, the site the one `build.py build` made of it. The page is used in Chromium as a
reader uses it. Prints tables in Markdown: judged queries, sentences pasted from releases, how many of the releases that hold a word of a
title are found, and what the first query loads. `--keep DIR` keeps what other engines answered, so that only Onrecord is asked again.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

from playwright.sync_api import Browser, Page, Request, sync_playwright

from benchmarks.search import real, rivals, site
from benchmarks.search.real_queries import TITLE_WORDS, Counted, Judged, judged, measures, pasted, ranks, title_words

PARTS = ("queries", "pasted", "recall", "cost")
LEAST_RECALL = 0.98
CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-component-update", "--disable-sync",
)  # fmt: skip
_ASK = """async ([query, by]) => {
  const root = document.documentElement.dataset, before = root.search || "";
  const start = performance.now(), wait = (ms) => new Promise((go) => setTimeout(go, ms));
  window.longest = 0;
  const address = "#q=" + encodeURIComponent(query);
  if (by === "form" || location.hash === address) {
    document.getElementById("q").value = query;
    document.getElementById("search-form").requestSubmit();
  } else location.hash = address;
  while ((root.search || "") === before) {
    if (performance.now() - start > 30000) return null;
    await wait(2);
  }
  const took = performance.now() - start;
  for (let seen = ""; seen !== root.search; await wait(20)) seen = root.search;
  const links = [...document.querySelectorAll("#search-results a")].map((one) => one.getAttribute("href"));
  return { links, took, status: document.getElementById("search-status").textContent, longest: window.longest };
}"""
_WATCH = """window.longest = 0; new PerformanceObserver((list) => {
  for (const one of list.getEntries()) window.longest = Math.max(window.longest, one.duration);
}).observe({ type: "longtask" });"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the page shows for a query: the first ten releases, how many there are, after how many milliseconds."""

    paths: tuple[str, ...]
    count: int
    milliseconds: float
    longest_task: float


class SearchPage:
    """The search page in a browser. `by` is how it is asked: the "form" of the page, or the "fragment" of its
    address."""

    def __init__(self, page: Page, address: str, by: str) -> None:
        self.page, self.address, self.by = page, address, by
        page.add_init_script(_WATCH)
        page.goto(f"{address}/search.html")

    def ask(self, query: str) -> Answer:
        """Raises TimeoutError where the page has not answered after half a minute."""
        got = self.page.evaluate(_ASK, [query, self.by])
        if got is None:
            raise TimeoutError(
                f"The search page has not answered {query!r} after 30 seconds. If it is one that does not read #q=, ask it --by form."
            )
        paths: dict[str, None] = {}
        for link in got["links"]:
            if path := _release(link):
                paths.setdefault(path)
        return Answer(tuple(paths)[: rivals.DEPTH], _number(got["status"]), got["took"], got["longest"])


def _release(link: str | None) -> str:
    path = unquote((link or "").split("#")[0].split("?")[0])
    return f"releases/{path.rpartition('releases/')[2]}" if "releases/" in path and path.endswith(".html") else ""


def _number(status: str) -> int:
    """The number a status begins with ("2,068 releases"), or 0."""
    digits = "".join(character for character in status.split("release")[0] if character.isdigit())
    return int(digits) if digits else 0


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


# ---- the parts ---------------------------------------------------------------------------------------------------------------------


def rival_answers(
    documents: Sequence[real.Document], queries: Sequence[str], keep: Path | None, browser: Browser
) -> dict[str, list[list[str]]]:
    """What each other engine answers; from `keep` what it was asked over the same documents before."""
    digest = hashlib.sha256(json.dumps([[one.path, one.title, one.head, one.text] for one in documents]).encode())
    digest.update(Path(rivals.__file__).read_bytes())
    name = digest.hexdigest()[:16]
    out = {}
    for engine in ("plain Pagefind", *rivals.ENGINES):
        file = keep / f"{engine.replace(' ', '-')}-{name}.json" if keep else None
        kept: dict[str, list[str]] = json.loads(file.read_text("utf-8")) if file and file.is_file() else {}
        new = [query for query in dict.fromkeys(queries) if query not in kept]
        if new:
            start = time.perf_counter()
            if engine == "plain Pagefind":
                with site.served(plain_folder(documents, keep)) as (address, _):
                    answers: list[list[str]] | None = rivals.pagefind(browser.new_page(), address, new)
            else:
                answers = rivals.ENGINES[engine](documents, new)
            if answers is None:
                print(f"{engine} is not installed and left out.", file=sys.stderr)
                continue
            print(f"{engine}: {time.perf_counter() - start:.0f} s", file=sys.stderr, flush=True)
            kept |= dict(zip(new, answers, strict=True))
            if file:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(json.dumps(kept, ensure_ascii=False), "utf-8")
        out[engine] = [kept[query] for query in queries]
    return out


def plain_folder(documents: Sequence[real.Document], keep: Path | None) -> Path:
    """A site of plain pages with plain Pagefind's index, made once for each `keep` and collection."""
    folder = (keep or Path(tempfile.mkdtemp(prefix="onrecord-plain-"))) / "plain"
    mark = folder / "digest.txt"
    digest = hashlib.sha256("\n".join(f"{one.path} {one.title} {one.text}" for one in documents).encode()).hexdigest()
    if not mark.is_file() or mark.read_text("utf-8") != digest:
        rivals.plain_site(folder, documents)
        mark.write_text(digest, "utf-8")
    return folder


def recall(page: SearchPage, words: Sequence[Counted]) -> list[tuple[Counted, int]]:
    """How many releases the page shows for each word."""
    return [(one, page.ask(one.word).count) for one in words]


def first_query(browser: Browser, folder: Path, by: str, query: str, misspelt: str) -> dict[str, dict[str, Any]]:
    """What the first query loads and how long it takes, over http and from a folder, then a misspelt word, asked for the first time."""
    out: dict[str, dict[str, Any]] = {}
    with site.served(folder) as (address, sent):
        for name, where in (("http", address), ("folder", folder.as_uri())):
            context = browser.new_context()
            tab = context.new_page()
            files: list[int] = []
            if name == "folder":
                tab.on("request", partial(_note_size, files, folder))
            page = SearchPage(tab, where, by)
            loaded = list(files) if name == "folder" else [size for _, size in sent]
            sent.clear()
            files.clear()
            answer = page.ask(query)
            tab.wait_for_timeout(300)
            sizes = list(files) if name == "folder" else [size for _, size in sent]
            wrong = page.ask(misspelt)
            out[name] = {
                "page KB": round(sum(loaded) / 1000),
                "first query ms": round(answer.milliseconds),
                "requests": len(sizes),
                "KB": round(sum(sizes) / 1000),
                "misspelt ms": round(wrong.milliseconds),
                "longest task ms": round(max(answer.longest_task, wrong.longest_task, tab.evaluate("window.longest"))),
            }
            sent.clear()
            context.close()
    return out


def _note_size(sizes: list[int], folder: Path, request: Request) -> None:
    file = Path(unquote(urlparse(request.url).path))
    if file.is_file() and file.is_relative_to(folder):
        sizes.append(file.stat().st_size)


def index_size(folder: Path) -> int:
    """The bytes of all files of an index."""
    return sum(file.stat().st_size for file in (folder / "pagefind").rglob("*") if file.is_file())


# ---- tables ------------------------------------------------------------------------------------------------------------------------


def table(rows: Sequence[Sequence[object]]) -> str:
    head, *rest = [[f"{cell:.2f}" if isinstance(cell, float) else str(cell) for cell in row] for row in rows]
    lines = [head, ["---"] * len(head), *rest]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def query_tables(asked: Sequence[Judged], found: Mapping[str, Sequence[Sequence[str]]]) -> str:
    """All measures in all, and success@1 / @10 by kind."""
    by_engine = {engine: ranks(asked, answers) for engine, answers in found.items()}
    keys = ("s@1", "s@5", "s@10", "mrr", "zero")
    overall: list[list[object]] = [["", *keys]]
    for engine, of_engine in by_engine.items():
        of_all = measures(of_engine["all"])
        overall.append([engine, *(of_all[key] for key in keys[:3]), f"{of_all['mrr']:.3f}", f"{of_all['zero']:.1%}"])
    kinds = list(dict.fromkeys(one.kind for one in asked))
    by_kind: list[list[object]] = [["s@1 / s@10", "queries", *by_engine]]
    for kind in kinds:
        cells = [measures(of_engine[kind]) for of_engine in by_engine.values()]
        by_kind.append([kind, cells[0]["queries"], *(f"{one['s@1']:.2f} / {one['s@10']:.2f}" for one in cells)])
    return f"{table(overall)}\n\n{table(by_kind)}"


def pasted_table(asked: Sequence[Judged], found: Mapping[str, Sequence[Sequence[str]]]) -> str:
    by_engine = {engine: ranks(asked, answers) for engine, answers in found.items()}
    kinds = sorted({one.kind for one in asked})
    rows: list[list[object]] = [["first / in the first five", *kinds]]
    for engine, of_engine in by_engine.items():
        cells = [of_engine[kind] for kind in kinds]
        shown = (f"{sum(r == 1 for r in one)} / {sum(0 < r <= 5 for r in one)} of {len(one)}" for one in cells)
        rows.append([engine, *shown])
    return table(rows)


def recall_tables(counts: Sequence[tuple[Counted, int]]) -> str:
    """By language: how many words have a ratio of at least LEAST_RECALL, and the worst; then every word that has less."""
    rows: list[list[object]] = [["language", "words", f"at least {LEAST_RECALL}", "at least half", "lowest ratio"]]
    for language in ("all", *dict.fromkeys(one.language for one, _ in counts)):
        ratios = [shown / len(one.paths) for one, shown in counts if language in ("all", one.language)]
        enough = sum(ratio >= LEAST_RECALL for ratio in ratios)
        rows.append([language, len(ratios), enough, sum(ratio >= 0.5 for ratio in ratios), min(ratios)])
    short = sorted((shown / len(one.paths), one.word, one.language, shown, len(one.paths)) for one, shown in counts)
    lines = [f"{w} ({language}): {shown} of {count}" for r, w, language, shown, count in short if r < LEAST_RECALL]
    return table(rows) + ("\n\nFewer than they should be: " + "; ".join(lines) if lines else "")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--content", type=Path, required=True)
    parser.add_argument("--site", type=Path, required=True)
    parser.add_argument("--queries", type=Path, action="append", default=[])
    parser.add_argument("--parts", default=",".join(PARTS), help="which of: %(default)s")
    parser.add_argument("--words", type=int, default=TITLE_WORDS, help="how many words of titles (%(default)s)")
    parser.add_argument("--by", choices=("fragment", "form"), default="fragment", help="how the page is asked")
    parser.add_argument("--keep", type=Path, help="a folder for the answers of other engines")
    parser.add_argument("--only-onrecord", action="store_true", help="leave the other engines out")
    parser.add_argument("--missed", action="store_true", help="name the queries that Onrecord does not answer first")
    options = parser.parse_args()
    parts = options.parts.split(",")
    if unknown := set(parts) - set(PARTS):
        parser.error(f"--parts has {', '.join(sorted(unknown))}, which is none of {', '.join(PARTS)}.")
    start = time.perf_counter()
    documents = real.documents(options.content)
    asked = [one for file in options.queries for one in judged(file, documents)] if "queries" in parts else []
    sentences = pasted(documents) if "pasted" in parts else []
    texts = [one.text for one in (*asked, *sentences)]
    print(f"{len(documents):,} releases, {len(asked)} queries, {len(sentences)} pasted sentences.\n")
    with chromium() as browser:
        found: dict[str, list[list[str]]] = {}
        with site.served(options.site) as (address, _):
            page = SearchPage(browser.new_page(), address, options.by)
            answers = [page.ask(text) for text in texts]
            counts = recall(page, title_words(documents, options.words)) if "recall" in parts else []
        found["Onrecord"] = [list(one.paths) for one in answers]
        if texts and not options.only_onrecord:
            found |= rival_answers(documents, texts, options.keep, browser)
        if asked:
            print(f"## Queries\n\n{query_tables(asked, {name: one[: len(asked)] for name, one in found.items()})}\n")
        if sentences:
            pasted_part = {name: one[len(asked) :] for name, one in found.items()}
            print(f"## Pasted sentences\n\n{pasted_table(sentences, pasted_part)}\n")
        if counts:
            print(f"## Recall of words of titles\n\n{recall_tables(counts)}\n")
        if "cost" in parts:
            cost = first_query(browser, options.site, options.by, "detention centres", "goverment")
            rows: list[list[object]] = [["", *next(iter(cost.values()))]]
            print("## Cost\n\n" + table(rows + [[name, *one.values()] for name, one in cost.items()]))
            print(f"\npagefind/: {index_size(options.site) / 1e6:.1f} MB", end="")
            if not options.only_onrecord:
                plain = index_size(plain_folder(documents, options.keep)) / 1e6
                print(f", plain Pagefind's {plain:.1f} MB", end="")
            times = [one.milliseconds for one in answers] or [0.0]
            slow = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
            print(f". Queries: {statistics.median(times):.0f} ms in the middle, 95 of 100 within {slow:.0f} ms.\n")
    if options.missed:
        for one, answer in zip(asked + sentences, answers, strict=True):
            if not answer.paths or answer.paths[0] not in one.answers:
                rank = next((place for place, path in enumerate(answer.paths, 1) if path in one.answers), 0)
                print(f"{one.kind}: {one.text!r} at {rank or 'none'} of {answer.count}, first {answer.paths[:1]}")
    print(f"{time.perf_counter() - start:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
