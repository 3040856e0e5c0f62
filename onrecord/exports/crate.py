"""The whole site as a Research Object Crate (RO-Crate 1.2, https://w3id.org/ro/crate/1.2): the same files, and beside `index.html` a
description that catalogues of research data read. It is no file of the site itself, because it gives sizes and hashes of the others and
would be another one whenever a word of them is.

What is described: the archive, each folder, and one by one the files that stand at the top and the data (`data/`), if there are any. The
site's own manifest, which is among them, has the SHA-256 of every file. The context is named and never fetched.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onrecord import publish, routes
from onrecord.exports.published_site import NotPublished, PublishedSite

METADATA = "ro-crate-metadata.json"
CONTEXT = "https://w3id.org/ro/crate/1.2/context"
PROFILE = "https://w3id.org/ro/crate/1.2"
_DATA = "data/"
_MEDIA = {
    ".atom": "application/atom+xml",
    ".bib": "application/x-bibtex",
    ".css": "text/css",
    ".csv": "text/csv",
    ".gz": "application/gzip",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".md": "text/markdown",
    ".opml": "text/x-opml",
    ".ris": "application/x-research-info-systems",
    ".ttl": "text/turtle",
    ".txt": "text/plain",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
_FOLDERS = {
    "releases": "Each release: its page, its record (JSON), its text (Markdown), its citations (BibTeX, RIS, CSL-JSON)",
    "files": "Originals and attachments that records name, each with the rights that its record states",
    "data": "The archive as tables and lists",
    "pagefind": "The index for the search",
    "assets": "What the pages look like and how they work",
}
_RIGHTS = "#rights"
_PUBLISHER = "#publisher"


def make(site: PublishedSite, target: Path) -> str:
    """Writes the crate as a folder, or as a ZIP file where the name of `target` ends with .zip; says what it is. Raises NotPublished where
    the day of the build is not known, OSError, and that or PublishFailed where a file has changed meanwhile."""
    described = (METADATA, metadata(site))
    if target.suffix == ".zip":
        # A crate's description is at the top of its ZIP file (section “RO-Crate Structure”), not in a folder.
        site.pack(target, "", [described])
    else:
        target.mkdir()
        site.copy(site.paths, target)
        (target / METADATA).write_bytes(described[1])
    return f"a crate with {len(site.paths) + 1:,} files; {METADATA} describes it."


def metadata(site: PublishedSite) -> bytes:
    """The description of the site (JSON-LD 1.1, flat, UTF-8). Raises NotPublished where the day of the build is not known."""
    if not site.built:
        raise NotPublished(
            "A crate says when it was published, and this site does not say when it was built. Build it from a commit of git, or with "
            "SOURCE_DATE_EPOCH."
        )
    if METADATA in site.paths:
        raise NotPublished(f"The site has a file {METADATA} already.")
    graph = {"@context": CONTEXT, "@graph": list(_graph(site))}
    return (json.dumps(graph, ensure_ascii=False, indent=1) + "\n").encode()


def _graph(site: PublishedSite) -> Iterator[dict[str, Any]]:
    settings = site.settings
    folders = sorted({path.partition("/")[0] for path in site.paths if "/" in path})
    files = [path for path in site.readable if "/" not in path or path.startswith(_DATA)]
    yield {
        "@id": METADATA,
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": PROFILE},
    }
    root: dict[str, Any] = {
        "@id": "./",
        "@type": "Dataset",
        "name": settings.title,
        "description": settings.scope or f"{settings.title}: press releases, each with its source, as a website",
        "datePublished": site.built,
        "license": {"@id": _RIGHTS},
        "mainEntity": {"@id": routes.HOME},
        "hasPart": [
            *(_named(f"{folder}/") for folder in folders),
            *(_named(path) for path in files if "/" not in path),
        ],
    }
    if settings.publisher:
        root["publisher"] = {"@id": _PUBLISHER}
    if settings.base_url:
        root["url"] = settings.base_url
    if settings.language:
        root["inLanguage"] = settings.language
    yield root
    yield {
        "@id": _RIGHTS,
        "@type": "CreativeWork",
        "name": settings.rights or "Not stated",
        "description": "The rights, as the archive states them. Each release states who holds its own.",
    }
    if settings.publisher:
        yield {"@id": _PUBLISHER, "@type": "Organization", "name": settings.publisher}
    for folder in folders:
        described: dict[str, Any] = {
            "@id": f"{routes.href(folder)}/",
            "@type": "Dataset",
            "name": folder,
            "description": _FOLDERS.get(folder, "Pages and files of the site"),
        }
        if folder == _DATA.strip("/"):
            described["hasPart"] = [_named(path) for path in files if path.startswith(_DATA)]
        yield described
    for path in files:
        yield {
            "@id": routes.href(path),
            "@type": "File",
            "name": path.rpartition("/")[2],
            "description": _what(path),
            "encodingFormat": _media(path),
            "contentSize": str(site.size(path)),
            "sha256": site.sha256(path),
        }


def _named(path: str) -> dict[str, str]:
    return {"@id": routes.href(path)}


def _what(path: str) -> str:
    if path == publish.MANIFEST:
        return "The SHA-256 of every file of the site"
    if path == routes.HOME:
        return "The page to begin with"
    return "A file of the data" if path.startswith(_DATA) else "A page or file of the site"


def _media(path: str) -> str:
    ending = "." + path.rpartition(".")[2]
    return _MEDIA.get(ending, "application/octet-stream")
