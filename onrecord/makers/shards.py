"""The parts of the search index: each a folder of files, made from the texts of its releases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from onrecord import routes, search
from onrecord.model import Tombstone
from onrecord.reader import Reader


@dataclass(frozen=True, slots=True)
class Shards:
    """`pagefind/NAME/…`: a subject is the name of a shard, its language, its first and last year, then the slugs of its releases."""

    name: str = "shards"

    def outputs(self, ask: Reader) -> Iterator[tuple[str, tuple[str, ...]]]:
        """One for each shard; its path is the folder's."""
        for shard in search.plan(search.outlines(ask)):
            slugs = (search.slug_of(path) for path in shard.paths)
            yield routes.shard(shard.name), (shard.name, shard.language, shard.first, shard.last, *slugs)

    def shard(self, ask: Reader, *subject: str) -> tuple[search.PlannedShard, list[str]]:
        """What the search room makes a shard from: its entries, and their words as safe HTML."""
        name, language, first, last, *slugs = subject
        entries = [search.entry_of(ask, slug) for slug in slugs]
        return search.PlannedShard(name, language, first, last, tuple(entries)), [
            searchable_html(ask, slug) for slug in slugs
        ]


def searchable_html(ask: Reader, slug: str) -> str:
    """The words a release is found by, as safe HTML: its text, or the reason why it was withdrawn."""
    listed = ask.card(slug)
    if isinstance(listed, Tombstone):
        return f"<p>{escape(listed.reason)}</p>"
    text = ask.text(slug)
    if text is None:
        return ""
    heads = "".join(f"<p>{escape(line)}</p>" for line in (text.subtitle, text.dateline) if line)
    return f"{heads}{text.body.html}{text.notes.html if text.notes else ''}"
