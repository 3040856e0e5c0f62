"""Other engines over the same documents, each as its documentation begins: the first ten paths for each query.

plain Pagefind      its command over pages with the same words, asked through pagefind.js with nothing set
MiniSearch          title and text, title twice as heavy, prefix and fuzzy (0.2); `npm install --no-save minisearch`, or NODE_PATH
SQLite FTS5         title and text, unicode61 without diacritics, BM25, words joined by OR, what is quoted as a phrase
Tantivy             title (twice) and text, English stems without diacritics: all words, then all words fuzzily (distance 1), then any

All of them are given date, publisher, names and topics as words of the text, since a page shows them.
"""

from __future__ import annotations

import importlib
import json
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from benchmarks.search.real import Document
from onrecord.search import service

DEPTH = 10
Engine = Callable[[Sequence[Document], Sequence[str]], "list[list[str]] | None"]
_HERE = Path(__file__).resolve().parent
_WORDS = re.compile(r"\w+")
_MINISEARCH = """
const MiniSearch = require("minisearch");
const { documents, queries } = JSON.parse(require("fs").readFileSync(0, "utf8"));
const index = new MiniSearch({ fields: ["title", "text"], searchOptions: { boost: { title: 2 }, prefix: true, fuzzy: 0.2 } });
index.addAll(documents);
console.log(JSON.stringify(queries.map((query) => index.search(query).slice(0, 10).map((one) => one.id))));
"""
_PLAIN = """async (query) => {
  window.pagefind ||= await import("./pagefind/pagefind.js");
  const found = (await window.pagefind.search(query)).results.slice(0, 10);
  return (await Promise.all(found.map((one) => one.data()))).map((one) => decodeURIComponent(one.url).replace(/^.*?releases/, "releases"));
}"""


def minisearch(documents: Sequence[Document], queries: Sequence[str]) -> list[list[str]] | None:
    """None where it is not installed."""
    if subprocess.run(["node", "-e", 'require("minisearch")'], cwd=_HERE, capture_output=True, check=False).returncode:
        return None
    rows = [{"id": one.path, "title": one.title, "text": f"{one.head}\n{one.text}"} for one in documents]
    asked = json.dumps({"documents": rows, "queries": queries})
    done = subprocess.run(
        ["node", "-e", _MINISEARCH], input=asked, capture_output=True, text=True, check=True, cwd=_HERE
    )
    found: list[list[str]] = json.loads(done.stdout)
    return found


def sqlite_fts5(documents: Sequence[Document], queries: Sequence[str]) -> list[list[str]] | None:
    base = sqlite3.connect(":memory:")
    base.execute(
        "CREATE VIRTUAL TABLE release USING fts5(path UNINDEXED, title, text, tokenize='unicode61 remove_diacritics 2')"
    )
    rows = ((one.path, one.title, f"{one.head}\n{one.text}") for one in documents)
    base.executemany("INSERT INTO release VALUES (?, ?, ?)", rows)
    found = []
    for query in queries:
        parts = [match[1] or match[0] for match in re.finditer(r'"([^"]+)"|\S+', query)]
        phrases = ['"' + " ".join(words) + '"' for part in parts if (words := _WORDS.findall(part))]
        sql = "SELECT path FROM release WHERE release MATCH ? ORDER BY bm25(release) LIMIT ?"
        found.append([path for (path,) in base.execute(sql, (" OR ".join(phrases), DEPTH))] if phrases else [])
    return found


def tantivy(documents: Sequence[Document], queries: Sequence[str]) -> list[list[str]] | None:
    """None where it is not installed."""
    try:
        engine: Any = importlib.import_module("tantivy")
    except ImportError:
        return None
    analyzer = engine.TextAnalyzerBuilder(engine.Tokenizer.simple())
    for one_filter in (engine.Filter.lowercase(), engine.Filter.ascii_fold(), engine.Filter.stemmer("english")):
        analyzer = analyzer.filter(one_filter)
    schema = engine.SchemaBuilder()
    schema.add_text_field("path", stored=True, tokenizer_name="raw")
    for field in ("title", "text"):
        schema.add_text_field(field, stored=False, tokenizer_name="folded")
    index = engine.Index(schema.build())
    index.register_tokenizer("folded", analyzer.build())
    writer = index.writer(100_000_000, 1)
    for one in documents:
        writer.add_document(engine.Document(path=one.path, title=one.title, text=f"{one.head}\n{one.text}"))
    writer.commit()
    index.reload()
    searcher = index.searcher()
    found = []
    for query in queries:
        plain = re.sub(r'[^\w\s"]', " ", query)
        plain = plain if plain.count('"') % 2 == 0 else plain.replace('"', " ")
        paths: dict[str, None] = {}
        fuzzy = {"title": (False, 1, True), "text": (False, 1, True)}
        boosts = {"title": 2.0}
        for every, fuzzily in ((True, {}), (True, fuzzy), (False, {})):
            if len(paths) < DEPTH:
                parsed, _ = index.parse_query_lenient(
                    plain,
                    ["title", "text"],
                    field_boosts=boosts,
                    fuzzy_fields=fuzzily,
                    conjunction_by_default=every,
                )
                for _, address in searcher.search(parsed, DEPTH).hits:
                    paths.setdefault(searcher.doc(address)["path"][0])
        found.append(list(paths)[:DEPTH])
    return found


ENGINES: dict[str, Engine] = {"MiniSearch": minisearch, "SQLite FTS5": sqlite_fts5, "Tantivy": tantivy}


def plain_site(folder: Path, documents: Sequence[Document]) -> None:
    """Writes pages with the words of the documents into `folder`/releases and has Pagefind's command index them."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "releases").mkdir(parents=True)
    for one in documents:
        body = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in one.paragraphs)
        (folder / one.path).write_text(
            f'<!doctype html><html lang="{one.language}"><head><meta charset="utf-8"><title>{escape(one.title)}</title></head>'
            f"<body><main data-pagefind-body><h1>{escape(one.title)}</h1><p>{escape(one.head)}</p>\n{body}\n</main></body></html>",
            "utf-8",
        )
    (folder / "plain.html").write_text('<!doctype html><html lang="en"><title>Plain</title></html>', "utf-8")
    command = [str(service.executable()), "--site", str(folder), "--output-path", str(folder / "pagefind"), "--silent"]
    subprocess.run(command, check=True)


def pagefind(page: Page, address: str, queries: Sequence[str]) -> list[list[str]]:
    """Asks the index of a `plain_site` that is served at an address."""
    page.goto(f"{address}/plain.html")
    return [list(page.evaluate(_PLAIN, query))[:DEPTH] for query in queries]
