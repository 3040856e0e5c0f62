"""The files beside each release's page: its source, its record as JSON, and its citation for reference managers. And the words of the
vocabularies for the form that writes a record."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlsplit

from onrecord import cite
from onrecord.model import Archive, Page, Release, Settings, Term

ENDINGS = ("md", "json", "bib", "ris", "csl.json")
"""The endings of the files that stand beside `releases/SLUG.html`."""


def files(archive: Archive) -> Iterator[Page]:
    """`releases/SLUG.md`, `.json`, `.bib`, `.ris` and `.csl.json` of every release, in the order of the archive.

    A withdrawn release has none: nothing of its text may leave the repository.
    """
    for release in archive.releases:
        if release.status != "withdrawn":
            yield from beside(archive, release)


def terms(archive: Archive) -> Page:
    """`assets/contribute-terms.js`: the words of the vocabularies and the publishers, for the form that writes a record.

    A classic script and no JSON, because a page opened from a folder may load one and not the other. Each term is a list: its label,
    then every other word that stands for it (aliases, labels in other languages).
    """
    known = {
        name: [[term.label, *dict.fromkeys((*term.aliases, *(word for _, word in term.translations)))] for term in held]
        for name, held in (
            ("topics", archive.vocabularies.topics),
            ("places", archive.vocabularies.places),
            ("names", archive.vocabularies.names),
        )
    }
    said = {**known, "publishers": sorted(group.label for group in archive.publishers)}
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return Page("assets/contribute-terms.js", f"window.onrecordTerms = {text};\n".encode())


def beside(archive: Archive, release: Release) -> Iterator[Page]:
    """The files beside one release's page, UTF-8."""
    title = archive.settings.title
    address = _address(archive, release)
    texts = (
        release.source_text,
        json.dumps(record(release, address), ensure_ascii=False, indent=2) + "\n",
        cite.bibtex(release, address, title),
        cite.ris(release, address, title),
        cite.csl_json(release, address, title),
    )
    for ending, text in zip(ENDINGS, texts, strict=True):
        yield Page(f"releases/{release.slug}.{ending}", text.encode())


def record(release: Release, address: str = "") -> dict[str, Any]:
    """The record as plain values under the keys of its front matter, with the body as plain paragraphs and as HTML.

    `date` is the EDTF text. What the record does not say is left out; a publisher that is *not stated* is null.
    """
    out: dict[str, Any] = {
        "slug": release.slug,
        "title": release.title,
        "date": release.date.edtf,
        "publisher": release.publisher,
    }
    if address:
        out["url"] = address
    plain = (
        "subtitle",
        "date_as_written",
        "date_basis",
        "reference",
        "kind",
        "language",
        "extent",
        "dateline",
        "rights",
        "status",
        "reason",
    )
    out |= {name: getattr(release, name) for name in plain if getattr(release, name)}
    out |= {name: [_term(term) for term in terms] for name, terms in _terms(release) if terms}
    if release.same_text_as:
        out["same_text_as"] = list(release.same_text_as)
    if release.quotations:
        out["quotations"] = [
            {name: value for name in ("speaker", "text", "summary", "paragraph") if (value := getattr(quotation, name))}
            for quotation in release.quotations
        ]
    origin = {name: value for name in ("url", "archived", "file", "sha256") if (value := getattr(release.origin, name))}
    if origin:
        out["source"] = origin
    if release.review:
        out["review"] = [{"field": q.field, "question": q.question, "evidence": q.evidence} for q in release.review]
    out["paragraphs"] = list(release.body.paragraphs)
    out["body_html"] = release.body.html
    if release.notes:
        out["notes_html"] = release.notes.html
    return out


def _terms(release: Release) -> tuple[tuple[str, tuple[Term, ...]], ...]:
    return (("topics", release.topics), ("places", release.places), ("names", release.names))


def _term(term: Term) -> dict[str, Any]:
    out: dict[str, Any] = {"label": term.label, "slug": term.slug}
    if term.lat is not None and term.lon is not None:
        out |= {"lat": term.lat, "lon": term.lon}
    return out


def _address(archive: Archive, release: Release) -> str:
    base = archive.settings.base_url.rstrip("/")
    return f"{base}/releases/{quote(release.slug)}.html" if base else ""


def hosting(settings: Settings) -> Iterator[Page]:
    """The files that GitHub Pages looks for: `.nojekyll`, so that every file is published as it is, and `CNAME` with the site's own
    domain where the base URL is the root of one (https://docs.github.com/pages/configuring-a-custom-domain-for-your-github-pages-site)."""
    yield Page(".nojekyll", b"")
    parts = urlsplit(settings.base_url)
    host = parts.hostname or ""
    own = re.fullmatch(r"(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]+", host) and not host.endswith((".github.io", ".github.com"))
    if own and parts.port is None and parts.path in ("", "/"):
        yield Page("CNAME", f"{host}\n".encode())
