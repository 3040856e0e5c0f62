"""Document → Record: every field with its evidence, or a question."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from onrecord.intake import extract, field_evidence, markdown_writer, quotation_mentions, structure
from onrecord.intake.document import Block, Document, Layout, Record, Refusal, TextRun
from onrecord.intake.term_finder import Terms
from onrecord.model import Question, Quotation

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
    text = "\n".join(block.text for block in document.blocks)
    # The longest paragraphs are the release's own; a page's furniture may speak another language.
    longest = sorted((block.text for block in document.blocks), key=len, reverse=True)[:4]
    language = field_evidence.language_of(document, "\n".join(longest))
    layout = _omissions_marked(structure.layout(document, terms, language.value))
    date = field_evidence.date_of(layout, document, language.value)
    publisher = field_evidence.publisher_of(layout, document, terms, text)
    reference = field_evidence.reference_of(layout, document)
    topics, places, names = field_evidence.terms_of(layout, terms, publisher.value)
    quotations = quotation_mentions.quotations(layout.body, terms, publisher.value)[:_MOST_QUOTATIONS]
    untitled = () if layout.title else (Question("title", "What is its title? No headline was found."),)
    return Record(
        source,
        title=layout.title,
        subtitle=layout.subtitle,
        date=date.value,
        date_as_written=date.written,
        date_basis=date.basis,
        publisher=publisher.value,
        reference=reference.value,
        kind=field_evidence.kind_of(layout, language.value),
        language=language.value,
        extent=field_evidence.extent_of(layout),
        dateline=layout.dateline,
        topics=topics,
        places=places,
        names=names,
        body=markdown_writer.markdown(layout.body),
        notes=markdown_writer.markdown(layout.notes).strip(),
        url=document.metadata.url,
        quotations=quotations,
        review=(
            *untitled,
            *(question for claim in (date, publisher, reference, language) for question in claim.questions),
            *_unknown_speakers(quotations, terms),
        ),
        readings=date.readings,
    )


def _unknown_speakers(quotations: tuple[Quotation, ...], terms: Terms) -> tuple[Question, ...]:
    """A question for each speaker with a name of their own who is not in names.toml."""
    first: dict[str, str] = {}
    for quotation in quotations:
        first.setdefault(quotation.speaker, quotation.text)
    out = []
    for speaker, words in first.items():
        named = len(speaker.split()) >= 2 and (speaker[:1].isupper() or speaker[:1].lower() == speaker[:1].upper())
        if named and not terms.names.find(speaker) and not speaker.lower().startswith(("a ", "an ", "the ", "one ")):
            out.append(
                Question(
                    "names",
                    f"“{speaker}” is quoted and is not in names.toml. Add the name there, or leave it out.",
                    f"“{words[:120]}”",
                )
            )
    return tuple(out)


def _omissions_marked(layout: Layout) -> Layout:
    """The layout with every omission written (…)."""

    def marked(block: Block) -> Block:
        runs = tuple(
            TextRun(markdown_writer.with_omissions(run.text), run.strong, run.emphasis, run.href, run.note)
            for run in block.runs
        )
        return replace(block, runs=runs)

    return replace(layout, body=tuple(map(marked, layout.body)), notes=tuple(map(marked, layout.notes)))
