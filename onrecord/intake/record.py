"""Document → Record: every field with its evidence, or a question."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from onrecord.intake import extract, fields, quotations, structure, writing
from onrecord.intake.document import Ask, Block, Document, Layout, Quote, Record, Refusal, Run
from onrecord.intake.vocabulary import Terms

_MOST_QUOTATIONS = 200


def of(source: str, data: bytes, terms: Terms) -> Record:
    """The record of one source (its name and bytes). Never raises for a bad document: the record then says why it is refused."""
    digest = hashlib.sha256(data).hexdigest()
    try:
        document = extract.document(source, data)
        return replace(_record(source, document, terms), sha256=digest)
    except Refusal as refusal:
        return Record(source, digest, refused=str(refusal))


def _record(source: str, document: Document, terms: Terms) -> Record:
    everything = "\n".join(block.text for block in document.blocks)
    # The longest paragraphs are the release's own; a page's furniture may speak another language.
    longest = sorted((block.text for block in document.blocks), key=len, reverse=True)[:4]
    tag, asks = fields.language_of(document, "\n".join(longest))
    layout = _omissions_marked(structure.layout(document, terms, tag))
    dated = fields.date_of(layout, document, tag)
    publisher, who = fields.publisher_of(layout, document, terms, everything)
    reference, which = fields.reference_of(layout, document)
    topics, places, names = fields.named(layout, terms, publisher)
    quotes = quotations.quotes(layout.body, terms, publisher)[:_MOST_QUOTATIONS]
    untitled = () if layout.title else (Ask("title", "What is its title? No headline was found."),)
    return Record(
        source,
        title=layout.title,
        subtitle=layout.subtitle,
        date=dated.edtf,
        date_as_written=dated.written,
        date_basis=dated.basis,
        publisher=publisher,
        reference=reference,
        kind=fields.kind_of(layout, tag),
        language=tag,
        extent=fields.extent_of(layout),
        dateline=layout.dateline,
        topics=topics,
        places=places,
        names=names,
        body=writing.markdown(layout.body),
        notes=writing.markdown(layout.notes).strip(),
        url=document.metadata.url,
        quotes=quotes,
        review=(*untitled, *dated.asks, *who, *which, *asks, *_proposed(quotes, terms)),
        readings=dated.readings,
    )


def _proposed(quotes: tuple[Quote, ...], terms: Terms) -> tuple[Ask, ...]:
    """A question for each speaker with a name of their own who is not in names.toml."""
    out = []
    for speaker in dict.fromkeys(quote.speaker for quote in quotes):
        named = len(speaker.split()) >= 2 and (speaker[:1].isupper() or speaker[:1].lower() == speaker[:1].upper())
        if named and not terms.names.find(speaker) and not speaker.lower().startswith(("a ", "an ", "the ", "one ")):
            said = next(quote.text for quote in quotes if quote.speaker == speaker)
            out.append(
                Ask(
                    "names",
                    f"“{speaker}” is quoted and is not in names.toml. Add the name there, or leave it out.",
                    f"“{said[:120]}”",
                )
            )
    return tuple(out)


def _omissions_marked(layout: Layout) -> Layout:
    """The layout with every omission written (…)."""

    def marked(block: Block) -> Block:
        runs = tuple(
            Run(writing.with_omissions(run.text), run.strong, run.emphasis, run.href, run.note) for run in block.runs
        )
        return replace(block, runs=runs)

    return replace(layout, body=tuple(map(marked, layout.body)), notes=tuple(map(marked, layout.notes)))
