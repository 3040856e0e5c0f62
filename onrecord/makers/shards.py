"""The parts of the search index: each a folder of files, made from the texts of its releases."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from onrecord import routes, search
from onrecord.model import Tombstone
from onrecord.reader import Reader


class Shards(Struct, frozen=True):
    """`pagefind/texts/NAME/…`: a subject is the name of a shard, its language, its first and last year, then the slugs of its releases."""

    name: str = "shards"

    def outputs(self, ask: Reader) -> Iterator[tuple[str, tuple[str, ...]]]:
        """One for each shard; its path is the folder's."""
        for shard in search.plan(search.outlines(ask)):
            slugs = (search.slug_of(path) for path in shard.paths)
            yield routes.shard(shard.name), (shard.name, shard.language, shard.first, shard.last, *slugs)

    def shard(self, ask: Reader, *subject: str) -> tuple[search.PlannedShard, list[tuple[search.Paragraph, ...]]]:
        """What the search room makes a shard from: its entries, and their paragraphs."""
        name, language, first, last, *slugs = subject
        entries = [search.entry_of(ask, slug) for slug in slugs]
        texts = [searchable_paragraphs(ask, slug) for slug in slugs]
        return search.PlannedShard(name, language, first, last, tuple(entries)), texts


def searchable_paragraphs(ask: Reader, slug: str) -> tuple[search.Paragraph, ...]:
    """The words a release is found by beside its title and what its record says: its text, or the reason why it was withdrawn."""
    listed = ask.card(slug)
    if isinstance(listed, Tombstone):
        return (search.Paragraph("", listed.reason),) if listed.reason else ()
    text = ask.text(slug)
    if text is None:
        return ()
    head = (search.Paragraph("", text.dateline),) if text.dateline else ()
    notes = search.paragraphs_of(text.notes.html) if text.notes else ()
    figures = (search.Paragraph(f"f{number}", figure.words) for number, figure in enumerate(text.figures, 1))
    return (*head, *search.paragraphs_of(text.body.html), *notes, *figures)
