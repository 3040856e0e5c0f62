"""The record of a release as files: its text in Markdown, and all of it as JSON. UTF-8."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from onrecord import routes
from onrecord.model import Release, Term
from onrecord.reader import Reader


def of_standing(ask: Reader, ending: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """A file with some ending for every release that stands: (path, (slug,))."""
    for subject in ask.subjects():
        yield routes.release_file(subject[0], ending), subject


def address(ask: Reader, slug: str) -> str:
    """The whole address of a release's page, or empty without a base URL."""
    return routes.absolute(ask.settings().base_url, routes.release(slug))


@dataclass(frozen=True, slots=True)
class Markdown:
    """`releases/SLUG.md`: the body as its author wrote it."""

    name: str = "markdown"

    def outputs(self, ask: Reader) -> Iterator[tuple[str, tuple[str, ...]]]:
        """One for every release that stands."""
        return of_standing(ask, "md")

    def make(self, ask: Reader, *subject: str) -> bytes:
        """The body of a release."""
        text = ask.text(subject[0])
        return text.markdown.encode() if text else b""


@dataclass(frozen=True, slots=True)
class Json:
    """`releases/SLUG.json`: the record as plain values."""

    name: str = "json"

    def outputs(self, ask: Reader) -> Iterator[tuple[str, tuple[str, ...]]]:
        """One for every release that stands."""
        return of_standing(ask, "json")

    def make(self, ask: Reader, *subject: str) -> bytes:
        """The record of a release."""
        release = ask.release(subject[0])
        assert release is not None, subject
        text = json.dumps(record(release, address(ask, release.slug)), ensure_ascii=False, separators=(",", ":"))
        return f"{text}\n".encode()


_PLAIN = ("reference", "kind", "language", "extent")
_OF_TEXT = ("subtitle", "date_as_written", "date_basis", "dateline", "rights")


def record(release: Release, url: str = "") -> dict[str, Any]:
    """The record as plain values under the keys of its front matter, with the body as plain paragraphs (`p1` is the first).

    `date` is the EDTF text. What the record does not say is left out; a publisher that is *not stated* is null. The text with its
    headings, lists and tables is in the Markdown file.
    """
    card, text = release.card, release.text
    out: dict[str, Any] = {
        "slug": card.slug,
        "title": card.title,
        "date": card.date.edtf,
        "publisher": card.publisher,
    }
    if url:
        out["url"] = url
    out |= {name: value for name in _PLAIN if (value := getattr(card, name))}
    out |= {name: value for name in _OF_TEXT if (value := getattr(text, name))}
    out["status"] = card.status
    if text.reason:
        out["reason"] = text.reason
    terms = (("topics", release.topics), ("places", release.places), ("names", release.names))
    out |= {name: [_term(term) for term in of_name] for name, of_name in terms if of_name}
    if card.same_text_as:
        out["same_text_as"] = list(card.same_text_as)
    if text.quotations:
        out["quotations"] = [
            {name: value for name in ("speaker", "text", "summary", "paragraph") if (value := getattr(quotation, name))}
            for quotation in text.quotations
        ]
    origin = {name: value for name in ("url", "archived", "file", "sha256") if (value := getattr(text.origin, name))}
    if origin:
        out["source"] = origin
    if text.review:
        out["review"] = [{"field": q.field, "question": q.question, "evidence": q.evidence} for q in text.review]
    out["paragraphs"] = list(text.body.paragraphs)
    if text.notes:
        out["notes"] = list(text.notes.paragraphs)
    return out


def _term(term: Term) -> dict[str, Any]:
    out: dict[str, Any] = {"label": term.label, "slug": term.slug}
    if term.lat is not None and term.lon is not None:
        out |= {"lat": term.lat, "lon": term.lon}
    return out


MAKERS = (Markdown(), Json())
