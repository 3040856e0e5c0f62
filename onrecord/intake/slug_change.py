"""A release's file gets another name: the text of a file that names it, with the new name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from onrecord import markup, read, redaction, schema
from onrecord.markup import Context
from onrecord.model import Items, Scalar, Table
from onrecord.redaction import Location


def renamed(text: str, old: str, new: str, *, article: bool = False) -> tuple[str, list[int]]:
    """The text of a file of the content (a release, or with `article` a page of the archive's own) in which the fields that name
    releases, and the links of body and notes, name `new` and no more `old`; and the lines, from 1, on which `old` is still to be read.

    Nothing else is changed: what a text says of a file name stays. `old` and `new` are slugs, file names without `.md`.
    """
    name = re.compile(rf"(?<![\w-]){re.escape(old)}(?![\w-])")
    # In a value or target, which has no white space and begins where its place is: behind a quotation mark, or a folder.
    named = re.compile(rf"(?P<before>[^\s()<>\[\]]*?){name.pattern}")
    if not name.search(text):
        return text, []
    lines = text.split("\n")
    # From the end of a line to its beginning, so that the columns before stay what they are.
    for line, column in sorted(set(_positions(text, old, article)), reverse=True):
        match = named.match(lines[line - 1], column - 1)
        if match:
            lines[line - 1] = lines[line - 1][: match.end("before")] + new + lines[line - 1][match.end() :]
    return "\n".join(lines), [number for number, line in enumerate(lines, 1) if name.search(line)]


def _positions(text: str, old: str, article: bool) -> Iterator[tuple[int, int]]:
    """Lines and columns, from 1, at which a value or the target of a link begins that names the release."""
    try:
        table, body, line = read.split(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    except read.Unreadable:
        return
    texts = [redaction.apply(body, Location(line))]
    if not article:
        yield from _values(table, old)
        notes = table.get("notes")
        texts += [redaction.value(notes)] if isinstance(notes, Scalar) else []
    for redacted in texts:
        links = markup.convert(redacted.text, Context(article=article, location=redacted.location))[0].links
        for link in links:
            if link.target.kind == "release" and link.target.slug == unicodedata.normalize("NFC", old):
                yield link.line, link.column


def _values(table: Table, old: str) -> Iterator[tuple[int, int]]:
    for field in schema.FIELDS:
        node = table.get(field.key) if field.type in ("slug", "slugs") else None
        for value in node.nodes if isinstance(node, Items) else (node,):
            if isinstance(value, Scalar) and value.text == old:
                yield value.line, value.column
