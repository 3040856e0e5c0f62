"""The search engine that runs in the browser: the modules of engine/, joined into one classic script.

The script defines `window.OnrecordEngine = function OnrecordEngine(load) {…}`. The function holds all it needs, so that it can be
given to a worker as the text that its `toString()` returns; it makes no code of text and fetches nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

from onrecord import remarks
from onrecord.search import stemmers
from onrecord.search.stemmers import StemmersChanged

__all__ = ["MODULES", "StemmersChanged", "engine_script"]

FOLDER = Path(__file__).with_name("engine")
TABLES = Path(__file__).with_name("words.json")
MODULES = (
    "stemmer_base", "words", "files", "postings", "index", "phrases", "dates", "query", "facets", "spelling", "rank", "agreement",
    "terms", "excerpts", "api",
)  # fmt: skip
"""The modules in the order of the script. Each uses what stands before it when it begins, and anything once all are there."""


def engine_script(languages: Iterable[str]) -> str:
    """The engine for an archive in some languages (BCP 47 tags): the same languages, the same text, whatever their order.

    The rules of words.json stand in it, and the stemmers of these languages, where there are any. Raises StemmersChanged.
    """
    tables = json.loads(TABLES.read_text("utf-8"))
    primary = {language.split("-")[0].lower() for language in languages}
    used = {language: known for language, known in tables["stemmers"].items() if language in primary}
    tables = {name: value for name, value in tables.items() if name not in ("what", "compounds")} | {"stemmers": used}
    # A quarter of what a reader has to load would be remarks and blanks at the beginning of lines.
    parts = {name: remarks.script((FOLDER / f"{name}.js").read_text("utf-8")).rstrip("\n") for name in MODULES}
    # A regular expression of words.json reads lone backslashes as its own, so they stand escaped in the text, as JSON has them.
    text = json.dumps(tables, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    # Their licence stays above them.
    algorithms = _INDENT.sub("", stemmers.stemmers_script(algorithm for algorithm, _ in used.values())).rstrip("\n")
    return "\n".join(
        (
            'window.OnrecordEngine = function OnrecordEngine(load) {\n"use strict";',
            f"const TABLES = {text};",
            parts.pop("stemmer_base"),
            algorithms,
            *parts.values(),
            "return engineOf(load);\n};\n",
        )
    )


_INDENT = re.compile(r"^[ \t]+", re.M)
