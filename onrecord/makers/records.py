"""The record of a release as files: its text and its figures in Markdown, and all of it as JSON. UTF-8."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct

from onrecord import routes
from onrecord.dates import Date, checked
from onrecord.file_types import TYPES
from onrecord.json_text import compact
from onrecord.model import Attachment, Body, Correction, Origin, Question, Quotation, Release, Term
from onrecord.reader import Reader
from onrecord.schema import BY_KEY, FIELDS, NOT_STATED


def of_each_release(ask: Reader, ending: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """A file with some ending for every release that stands: (path, (slug,))."""
    for subject in ask.subjects():
        yield routes.release_file(subject[0], ending), subject


def address(ask: Reader, slug: str) -> str:
    """The whole address of a release's page, or empty without a base URL."""
    return routes.absolute(ask.settings().base_url, routes.release(slug))


class Markdown(Struct, frozen=True):
    """`releases/SLUG.md`: the body as its author wrote it, and behind it a table of the figures that the record has beside it."""

    name: str = "markdown"

    def outputs(self, ask: Reader) -> Iterator[tuple[str, tuple[str, ...]]]:
        """One for every release that stands."""
        return of_each_release(ask, "md")

    def make(self, ask: Reader, *subject: str) -> bytes:
        """The body of a release, and its figures."""
        release = ask.release(subject[0])
        return b"" if release is None else text_of(ask, release)


def text_of(ask: Reader, release: Release) -> bytes:
    """The bytes of the Markdown file of a release."""
    markdown = _with_addresses(ask, release)
    return (f"{markdown.rstrip()}\n\n{figures_table(release)}" if release.figures else markdown).encode()


def _with_addresses(ask: Reader, release: Release) -> str:
    """The body, each of its images with the address of the published file in place of its name; what is not published keeps the name."""
    text = release.text.markdown
    files = {attachment.file: attachment for attachment in release.text.files if attachment.file}
    for image in reversed(dict.fromkeys(release.text.body.images)):
        attachment = files.get(image.path)
        file = ask.published(release, attachment) if attachment else None
        if file and text.startswith(image.written, image.at):
            text = f"{text[: image.at]}../{file.path}{text[image.at + len(image.written) :]}"
    return text


class Json(Struct, frozen=True):
    """`releases/SLUG.json`: the record as plain values."""

    name: str = "json"

    def outputs(self, ask: Reader) -> Iterator[tuple[str, tuple[str, ...]]]:
        """One for every release that stands."""
        return of_each_release(ask, "json")

    def make(self, ask: Reader, *subject: str) -> bytes:
        """The record of a release."""
        release = ask.release(subject[0])
        assert release is not None, subject
        return compact(beside_its_page(ask, release, address(ask, release.slug))) + b"\n"


def beside_its_page(ask: Reader, release: Release, url: str = "") -> dict[str, Any]:
    """The record as its own file has it, with its files as they are reached from there, and the file that has its text: its address, its
    SHA-256, and how many numbered paragraphs it has."""
    text = {
        "address": f"{release.slug}.md",
        "sha256": hashlib.sha256(text_of(ask, release)).hexdigest(),
        "paragraphs": len(release.text.body.paragraphs),
    }
    return record_with_files(ask, release, url, lambda path: f"../{path}") | {"text": text}


def record_with_files(ask: Reader, release: Release, url: str, written: Callable[[str], str]) -> dict[str, Any]:
    """The record as plain values (`record`), with the address of each of its files that is published, which `written` makes of its path."""
    values = record(release, url)
    for entry, attachment in zip(values.get("files", ()), release.text.files, strict=False):
        file = ask.published(release, attachment)
        if file:
            entry |= {"address": written(file.path), "type": TYPES[file.type].media, "size": file.size}
            entry |= {"pages": file.pages} if file.pages else {}
    return values


def figures_table(release: Release) -> str:
    """The figures of a release as a Markdown table below a heading of the interface's own language, English; ends with a newline."""
    labels = {term.slug: term.label for term in release.places}
    rows = [
        "## Figures reported",
        "",
        "| Figure | What it counts | Who reports it | As of | Where | Paragraph |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for figure in release.figures:
        as_of = checked(figure.as_of).in_words() if figure.as_of else ""
        paragraph = figure.passage
        cells = [
            figure.value,
            figure.counts,
            figure.by or NOT_STATED,
            as_of or NOT_STATED,
            labels.get(figure.place, "") or NOT_STATED,
        ]
        rows.append(f"| {' | '.join([*map(_cell, cells), paragraph])} |")
    return "\n".join(rows) + "\n"


def _cell(text: str) -> str:
    """A text as a cell of a Markdown table: signs that mean something stand behind a backslash (GitHub Flavored Markdown 4.10, 6.1)."""
    return re.sub(r"([\\`*_{}\[\]<>#|~&!])", r"\\\1", text)


# The order of the keys in the record, as far as it is not that of the schema. Fields that are not here stand behind them.
_FIRST = (
    "title", "date", "publisher", "reference", "kind", "language", "extent", "subtitle", "date_as_written", "date_basis", "dateline",
    "rights", "status", "reason", "added", "changed", "corrections",
    "topics", "places", "names", "same_text_as", "translation_of", "corrects", "follows",
    "quotations", "figures", "files", "source", "review",
)  # fmt: skip
_ALWAYS = frozenset(["title", "date", "publisher", "status"])
_FIELDS = sorted(
    (field for field in FIELDS if field.type != "markdown"),
    key=lambda field: _FIRST.index(field.key) if field.key in _FIRST else len(_FIRST),
)
_NOTES = [field for field in FIELDS if field.type == "markdown"]


def record(release: Release, url: str = "") -> dict[str, Any]:
    """The record as plain values under the keys of its front matter, without the words of its body, which are in the Markdown file and in
    `data/paragraphs.csv`: a site has to fit where it is published, and they are most of a record.

    `date` is the EDTF text. What the record does not say is left out; a publisher that is *not stated* is null.
    """
    out: dict[str, Any] = {"slug": release.slug}
    for field in _FIELDS:
        value = _figures(release) if field.key == "figures" else _plain(release.value(field.key))
        if value or field.key in _ALWAYS:
            out[field.key] = value
        if field.key == "publisher" and url:
            out["url"] = url
    return out | {field.key: notes for field in _NOTES if (notes := _plain(release.value(field.key)))}


def _figures(release: Release) -> list[dict[str, Any]]:
    """The figures under the keys of the front matter; bounds as numbers, a place with its label and slug."""
    places = {term.slug: {"label": term.label, "slug": term.slug} for term in release.places}
    figures = []
    for figure in release.figures:
        out = {part.key: value for part in BY_KEY["figures"].fields if (value := getattr(figure, part.key))}
        out |= {key: _number(out[key]) for key in ("low", "high") if key in out}
        if figure.part:
            out["part"] = figure.part
        figures.append(out | {"place": places[figure.place]} if figure.place else out)
    return figures


def _number(text: str) -> int | float:
    return float(text) if "." in text else int(text)


def _plain(value: object) -> object:
    """A value of the front matter as JSON has it, empty parts of it left out."""
    match value:
        case Date():
            return value.edtf
        case Body():
            return list(value.paragraphs)
        case Question():
            return {"field": value.field, "question": value.question, "evidence": value.evidence}
        case Term():
            term: dict[str, object] = {"label": value.label, "slug": value.slug}
            if value.lat is not None and value.lon is not None:
                term |= {"lat": value.lat, "lon": value.lon}
            if value.within:
                term["within"] = value.within
            return term | ({"same_as": list(value.same_as)} if value.same_as else {})
        case Quotation(part=part) if part:
            # It stands in no paragraph, but in an item or a row.
            return {"speaker": value.speaker, "text": value.text, "part": part}
        case Quotation() | Origin() | Attachment() | Correction():
            keys = [part.key for part in _PARTS[type(value)]]
            return {key: part for key in keys if (part := getattr(value, key))}
        case tuple():
            return [_plain(item) for item in value]
        case _:
            return value


_PARTS = {
    Quotation: BY_KEY["quotations"].fields,
    Origin: BY_KEY["source"].fields,
    Attachment: BY_KEY["files"].fields,
    Correction: BY_KEY["corrections"].fields,
}

MAKERS = (Markdown(), Json())
