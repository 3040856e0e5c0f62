"""How well the search finds what is meant, beside plain Pagefind and MiniSearch over the same pages.

    npm install --no-save --no-package-lock minisearch        (once; without it MiniSearch is left out)
    python -m benchmarks.search.quality [--missed]

The judged queries are those of queries.toml and the ones made below over a generated archive, whose answers are known. Reported are
success@1, success@10 (is any judged release the first, among the first ten) and the mean reciprocal rank, in all and by kind of query.
Plain Pagefind is its command run over the same folder, asked through pagefind.js with nothing set; MiniSearch indexes title and text,
with the title counted twice and the prefix and fuzzy search that its documentation begins with.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.search import corpus, site
from onrecord import arrange, search
from onrecord.commands import loading
from onrecord.makers import shards
from onrecord.reader import Build, Reader
from onrecord.search import SearchEntry, service
from tests.browser import search_site

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SEEDS = ROOT.parent / "shared" / "seeds"
GENERATED = 2000
DEPTH = 10
_WORDS = re.compile(r"<div data-pagefind-body>(.*)</div></main>", re.DOTALL)

_OURS = """async (query) => {
  const before = document.documentElement.dataset.search || "";
  document.getElementById("q").value = query;
  document.getElementById("search-form").requestSubmit();
  while ((document.documentElement.dataset.search || "") === before) await new Promise((go) => setTimeout(go, 4));
  return [...document.querySelectorAll(".search-title")].map((one) => decodeURIComponent(one.getAttribute("href").split(/[?#]/)[0]));
}"""
_PLAIN = """async (query) => {
  const pagefind = await import("/repo/plain/pagefind.js");
  const found = (await pagefind.search(query)).results.slice(0, 10);
  return (await Promise.all(found.map((one) => one.data()))).map((one) => decodeURIComponent(one.url).replace(/^.*?releases/, "releases"));
}"""
_MINISEARCH = """
const MiniSearch = require("minisearch");
const { documents, queries } = JSON.parse(require("fs").readFileSync(0, "utf8"));
const index = new MiniSearch({ fields: ["title", "text"], searchOptions: { boost: { title: 2 }, prefix: true, fuzzy: 0.2 } });
index.addAll(documents);
console.log(JSON.stringify(queries.map((query) => index.search(query).slice(0, 10).map((one) => one.id))));
"""


@dataclass(frozen=True, slots=True)
class Judged:
    """A query, its kind, and the addresses of the releases that answer it."""

    kind: str
    text: str
    answers: frozenset[str]


def generated_queries(made: Sequence[corpus.Made]) -> list[Judged]:
    """Queries over the generated archive: what only some releases have, as somebody would ask for it."""
    holding: dict[str, set[str]] = defaultdict(set)
    for one in made:
        holding[one.event].add(one.entry.path)
        holding[one.person].add(one.entry.path)
        for facet, value, _ in one.entry.filters:
            holding[f"{facet} {value}"].add(one.entry.path)
    judged = []
    for number in range(6):
        one = made[(number * 331 + 17) % len(made)]
        other = made[(number * 577 + 101) % len(made)]
        judged += [
            Judged("phrase", f'"{one.event}"', frozenset(holding[one.event])),
            Judged("phrase", one.event, frozenset(holding[one.event])),
            Judged("name", f"{one.person} {one.village}", frozenset({one.entry.path})),
            Judged("name", other.person, frozenset(holding[other.person])),
            Judged("reference", other.entry.reference, frozenset({other.entry.path})),
            Judged("reference", other.entry.reference.replace("/", " ").lower(), frozenset({other.entry.path})),
            Judged("misspelling", f"{_misspelt(one.village)} {one.person.split()[-1]}", frozenset({one.entry.path})),
        ]
    for number in range(8):
        one = made[(number * 211 + 5) % len(made)]
        place = next(label for facet, _, label in one.entry.filters if facet == "place")
        topic = next(label for facet, _, label in one.entry.filters if facet == "topic")
        both = holding[f"place {_slug(place)}"] & holding[f"topic {_slug(topic)}"]
        judged.append(Judged("topic", f"{topic} {place}", frozenset(both)))
        judged.append(Judged("place", place, frozenset(holding[f"place {_slug(place)}"])))
    return judged


def _slug(label: str) -> str:
    return label.lower().replace(" ", "-")


def _misspelt(word: str) -> str:
    """A word with two neighbouring letters changed about, where that changes it."""
    middle = len(word) // 2
    return (
        word[:middle] + word[middle + 1] + word[middle] + word[middle + 2 :]
        if word[middle] != word[middle + 1]
        else word[:-1]
    )


def fixed_queries(part: str, entries: Sequence[SearchEntry]) -> list[Judged]:
    """The queries of queries.toml over one part of the archive, judged over all of it."""
    judged = []
    for kind, rows in tomllib.loads((HERE / "queries.toml").read_text("utf-8"))[part].items():
        for text, *tells in rows:
            answers = frozenset(entry.path for entry in entries for tell in tells if _told(entry, tell))
            assert answers, (text, tells)
            judged.append(Judged(kind, text, answers))
    return judged


def _told(entry: SearchEntry, tell: str) -> bool:
    """Whether a release is meant: by a part of its address, or, after "label:", by a part of the label of something it is tagged with."""
    if tell.startswith("label:"):
        return any(tell.removeprefix("label:") in label for _, _, label in entry.filters)
    return tell in entry.path


def built(content: Path, out: Path, *options: str) -> list[tuple[SearchEntry, str]]:
    """Builds a content folder with the command and gives the entries of its releases, each with its words as HTML."""
    cache = out.with_name("cache")
    command = [
        sys.executable,
        str(ROOT / "build.py"),
        "build",
        "--content",
        str(content),
        "--out",
        str(out),
        "--cache",
        str(cache),
        "--no-search",
        *options,
    ]
    subprocess.run(command, check=True, capture_output=True)
    with loading.loaded(argparse.Namespace(content=content, cache=cache, jobs=1), sys.stderr) as read:
        texts = {one.listed.slug: one.text for one in read.checked if one.listed is not None and one.text}
        archive = arrange.archive(
            read.listed, read.settings, read.vocabularies, read.articles, "--drafts" in options, texts
        )
        ask = Reader(archive, read.texts, Build(""))
        return [
            (entry, _html(shards.searchable_paragraphs(ask, search.slug_of(entry.path))))
            for entry in search.all_entries(ask)
        ]


def _html(paragraphs: Sequence[search.Paragraph]) -> str:
    """Paragraphs as a page has them."""
    return "".join(f'<p id="{anchor}">{escape(text, quote=False)}</p>' for anchor, text in paragraphs)


def imported(folder: Path) -> Path:
    """A content folder with the five documents, imported, and the shipped vocabularies."""
    content = folder / "content"
    content.mkdir(parents=True)
    for file in (ROOT / "content").glob("*.toml"):
        shutil.copyfile(file, content / file.name)
    command = [sys.executable, str(ROOT / "build.py"), "import", str(SEEDS), "--to", str(content / "releases")]
    subprocess.run(command, check=False, capture_output=True)
    return content


def archive(
    folder: Path, together: Path, generated: int = GENERATED, documents: bool = True
) -> tuple[dict[SearchEntry, str], list[Judged]]:
    """Puts all parts together in one folder of release pages. Gives their entries with their words, and the judged queries.

    `generated` releases are invented beside the papers; `documents` are the five real ones, which are imported where they are there.
    """
    words: dict[SearchEntry, str] = {}
    judged: list[Judged] = []
    parts: list[tuple[str, Path, tuple[str, ...]]] = [("papers", search_site.write(folder / "papers/content"), ())]
    if documents and SEEDS.is_dir():
        parts.append(("documents", imported(folder / "documents"), ("--drafts",)))
    elif documents:
        print("../shared/seeds is not there: the queries over the five documents are left out.", file=sys.stderr)
    (together / "releases").mkdir(parents=True)
    for name, content, options in parts:
        out = folder / name / "site"
        for entry, of_entry in built(content, out, *options):
            shutil.copyfile(out / entry.path, together / entry.path)
            words[entry] = of_entry
    made = corpus.write(together, corpus.releases(generated))
    for one in made:
        words[one.entry] = _WORDS.findall((together / one.entry.path).read_text("utf-8"))[0]
    for name, _, _ in parts:
        judged += fixed_queries(name, list(words))
    return words, judged + generated_queries(made)


def ours(page: Page, address: str) -> Callable[[str], list[str]]:
    page.goto(f"{address}/search.html")
    return lambda query: list(page.evaluate(_OURS, query))[:DEPTH]


def plain(page: Page, address: str) -> Callable[[str], list[str]]:
    page.goto(f"{address}/plain.html")
    return lambda query: list(page.evaluate(_PLAIN, query))[:DEPTH]


def minisearch(words: Mapping[SearchEntry, str], queries: Sequence[str]) -> list[list[str]]:
    documents = [
        {
            "id": entry.path,
            "title": entry.title,
            "text": " ".join((*(text for _, text in search.paragraphs_of(html)), entry.reference)),
        }
        for entry, html in words.items()
    ]
    asked = json.dumps({"documents": documents, "queries": queries})
    done = subprocess.run(
        ["node", "-e", _MINISEARCH], input=asked, capture_output=True, text=True, check=True, cwd=HERE
    )
    found: list[list[str]] = json.loads(done.stdout)
    return found


def measures(judged: Sequence[Judged], found: Sequence[Sequence[str]]) -> dict[str, dict[str, float]]:
    """success@1, success@10 and MRR, in all and by kind."""
    ranks: dict[str, list[int]] = defaultdict(list)
    for one, paths in zip(judged, found, strict=True):
        rank = next((place for place, path in enumerate(paths, 1) if path in one.answers), 0)
        ranks["all"].append(rank)
        ranks[one.kind].append(rank)
    return {
        kind: {
            "queries": len(of_kind),
            "success@1": round(sum(rank == 1 for rank in of_kind) / len(of_kind), 3),
            "success@10": round(sum(rank > 0 for rank in of_kind) / len(of_kind), 3),
            "mrr": round(sum(1 / rank for rank in of_kind if rank) / len(of_kind), 3),
        }
        for kind, of_kind in ranks.items()
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how well the search finds.")
    parser.add_argument("--missed", action="store_true", help="name the queries that Onrecord does not answer first")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="onrecord-quality-") as scratch:
        together = Path(scratch) / "together"
        words, judged = archive(Path(scratch), together)
        command = [
            str(service.executable()),
            "--site",
            str(together),
            "--output-path",
            str(together / "plain"),
            "--silent",
        ]
        subprocess.run(command, check=True)
        search.make_index(together / search.FOLDER, words, lambda entry: search.paragraphs_of(words[entry]))
        site.write_search_page(together, list(words))
        (together / "plain.html").write_text('<!doctype html><html lang="en"><title>Plain</title></html>', "utf-8")
        queries = [one.text for one in judged]
        results: dict[str, list[list[str]]] = {}
        with site.served(together) as (address, _), sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
            )
            for name, asker in (("Onrecord", ours), ("plain Pagefind", plain)):
                ask = asker(browser.new_page(), address)
                results[name] = [ask(query) for query in queries]
            browser.close()
        if (ROOT / "node_modules" / "minisearch").is_dir():
            results["MiniSearch"] = minisearch(words, queries)
        else:
            print("MiniSearch is not installed and left out.", file=sys.stderr)
    print(json.dumps({name: measures(judged, found) for name, found in results.items()}, indent=1))
    if options.missed:
        for one, paths in zip(judged, results["Onrecord"], strict=True):
            if not paths or paths[0] not in one.answers:
                print(f"{one.kind}: {one.text!r} wants {sorted(one.answers)[:3]}, found {paths[:3]}", file=sys.stderr)


if __name__ == "__main__":
    main()
