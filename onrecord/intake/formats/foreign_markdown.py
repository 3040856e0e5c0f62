"""Markdown, with the front matter of other programs (Hugo, Jekyll, Pelican, Eleventy) → Document."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace

from onrecord import read
from onrecord.intake.document import Document, Evidence, Metadata, Refusal
from onrecord.intake.formats import webpage
from onrecord.model import Items, Node, Scalar

_FRONT = re.compile(r"\ufeff?(?P<mark>---|\+\+\+)[ \t]*\n(?P<front>.*?)^(?P=mark)[ \t]*$\n?", re.S | re.M)
_SHORTCODE = re.compile(r"\{\{[<%].*?[%>]\}\}|\{%.*?%\}|^\{:[^}\n]*\}[ \t]*$", re.S | re.M)
_TITLES = ("title", "headline")
_SUBTITLES = ("subtitle", "subheadline", "subhead", "sub_title")
_DATES = ("date", "published", "publishdate", "publish_date", "pubdate", "published_at", "datepublished")
_UPDATED = ("lastmod", "updated", "modified", "last_modified_at", "last_modified", "date_modified")
_PUBLISHERS = ("publisher", "organization", "organisation", "issuer", "source_organization")
_AUTHORS = ("author", "authors", "byline", "source")
_LANGUAGES = ("lang", "language", "locale")
_REFERENCES = ("reference", "ref", "index", "ai_index", "document_number", "release_number", "number")
_URLS = ("canonical_url", "canonical", "original_url", "source_url", "link", "url", "externalurl")


def has_front_matter(text: str) -> bool:
    """True for a text that begins with a block of front matter."""
    match = _FRONT.match(text)
    return match is not None and re.search(r"^\s*[\w-]+\s*[:=]", match["front"], re.M) is not None


def document(text: str) -> Document:
    """The Document of a Markdown text, its front matter as metadata. Raises Refusal as `webpage.document` does."""
    values: dict[str, list[str]] = {}
    match = _FRONT.match(text)
    if match and has_front_matter(text):
        values = _toml(match["front"]) if match["mark"] == "+++" else _yaml(match["front"])
        text = text[match.end() :]
    import markdown

    if len(text) > 2 * 1024 * 1024:
        raise Refusal("The text has more than 2 MB. Divide it into single releases.")
    html = markdown.markdown(_SHORTCODE.sub("", text), extensions=["footnotes", "tables", "sane_lists"])
    page = webpage.document(b"", text=f"<html><body>{html}</body></html>")
    return replace(page, form="markdown", metadata=_metadata(values))


def _metadata(values: dict[str, list[str]]) -> Metadata:
    def stated(keys: tuple[str, ...], origin: str = "front matter") -> tuple[Evidence, ...]:
        return tuple(Evidence(value, origin) for key in keys for value in values.get(key, ()) if value)

    urls = [stated.value for stated in stated(_URLS) if stated.value.startswith(("http://", "https://"))]
    return Metadata(
        titles=stated(_TITLES)[:1],
        subtitles=stated(_SUBTITLES)[:1],
        published=stated(_DATES)[:1],
        updated=stated(_UPDATED)[:1],
        publishers=stated(_PUBLISHERS)[:1] or stated(_AUTHORS, "From")[:1],
        languages=stated(_LANGUAGES),
        references=stated(_REFERENCES)[:1],
        url=urls[0] if urls else "",
    )


def _toml(text: str) -> dict[str, list[str]]:
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return _lines(text, "=")
    flat: dict[str, object] = {}
    for key, value in table.items():
        flat.update(value if isinstance(value, dict) and key in ("params", "extra") else {key: value})
    return {
        key.lower(): [
            str(item)
            for item in (value if isinstance(value, list) else [value])
            if isinstance(item, str | int | float) or hasattr(item, "isoformat")
        ]
        for key, value in flat.items()
    }


def _yaml(text: str) -> dict[str, list[str]]:
    """Values by key. What the strict reader refuses (an unquoted colon, an anchor) is read line by line instead."""
    try:
        table, _, _ = read.split(f"---\n{text}---\n")
    except read.Unreadable:
        return _lines(text, ":")
    return {key.text.lower(): _values(node) for key, node in table.entries}


def _values(node: Node) -> list[str]:
    if isinstance(node, Scalar):
        return [node.text.strip()]
    if isinstance(node, Items):
        return [value for inner in node.nodes for value in _values(inner)]
    name = node.get("name")
    return _values(name) if name is not None else []


def _lines(text: str, mark: str) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for line in text.split("\n"):
        match = re.match(rf"([\w-]+)\s*{re.escape(mark)}\s*(.+?)\s*$", line)
        if match:
            out.setdefault(match[1].lower(), [match[2].strip("\"'")])
    return out
