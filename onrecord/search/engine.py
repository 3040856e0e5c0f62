"""Pagefind's own JavaScript, joined with the search room's engine into one classic script that runs over http and from a folder.

A browser refuses ES modules, fetch and `new Worker(file:)` on `file://`, but runs classic scripts, Blob workers and WebAssembly from
bytes. So pagefind.js becomes the body of a function that is given its `fetch`; the function is called once for each language, for all
instances of one Pagefind module share the stemmer of the first. The shape of pagefind.js is checked: another shape stops the build.
"""

from __future__ import annotations

import re
from pathlib import Path

_EXPORT = re.compile(r"export\s*\{([^{}]*)\};?\s*\Z")
_ESM = re.compile(r"\bimport\s*[({\"']|\bimport\.meta|\bexport\s")
_GUNZIP = re.compile(r"data\s*=\s*([\w$]+)\(data\);\s*if\s*\(this\.decoder\.decode\(data\.slice\(0,\s*12\)\)")
_PAGEFIND_MARK = "/*PAGEFIND*/"
SOURCE = Path(__file__).with_name("engine.js")


class PagefindChanged(Exception):
    """Pagefind's JavaScript has another shape than the one this adapter is written for. The message says what is missing."""


def module_body(javascript: str) -> str:
    """pagefind.js as the body of a function that returns `{createInstance, gunzip}`. Raises PagefindChanged."""
    body, count = re.subn(r"\bimport\.meta\.url\b", '""', javascript)
    if count != 4:
        raise PagefindChanged(f"import.meta.url stands {count} times in pagefind.js, 4 times were expected")
    exported = _EXPORT.search(body)
    if exported is None:
        raise PagefindChanged("pagefind.js has no closing export list")
    names = {
        part.split(" as ")[-1].strip(): part.split(" as ")[0].strip() for part in exported[1].split(",") if part.strip()
    }
    if "createInstance" not in names:
        raise PagefindChanged("pagefind.js exports no createInstance")
    body = body[: exported.start()]
    if _ESM.search(body):
        raise PagefindChanged("pagefind.js has an import or export where none was expected")
    gunzip = _GUNZIP.findall(body)
    if len(gunzip) != 1:
        raise PagefindChanged("the decompression in pagefind.js is not where it was")
    if len(re.findall(r"\bawait fetch\(", body)) != 1:
        raise PagefindChanged("pagefind.js does not fetch in one place any more")
    return f"{body}\nreturn {{createInstance: {names['createInstance']}, gunzip: {gunzip[0]}}};"


def engine_script(javascript: str) -> str:
    """The engine the search page loads: engine.js with pagefind.js put in its place. Raises PagefindChanged."""
    source = SOURCE.read_text("utf-8")
    if source.count(_PAGEFIND_MARK) != 1:
        raise PagefindChanged(f"engine.js has no single place {_PAGEFIND_MARK}")
    before, after = source.split(_PAGEFIND_MARK)
    return before + module_body(javascript) + after
