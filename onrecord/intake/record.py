"""Document → Record: every field with its evidence, or a question."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace

from onrecord.intake import (
    accounting,
    document_size,
    draft_file,
    footnotes,
    markdown_writer,
    row_record,
    sound_markdown,
    term_questions,
)
from onrecord.intake.document import Block, Claim, Document, Layout, LeftOut, Part, Record, Refusal
from onrecord.intake.evidence import (
    asserted_speech,
    document_kind,
    figure_mentions,
    language_claim,
    language_detection,
    named_days,
    publication_date,
    publisher,
    quotation_limits,
    reference_mentions,
    term_finder,
)
from onrecord.intake.evidence.term_finder import Terms
from onrecord.intake.formats import reading_faults, sniff
from onrecord.intake.layout import structure
from onrecord.intake.layout.assignment import FIRST_PARAGRAPH, LETTERHEAD
from onrecord.intake.layout.headline import MAYBE
from onrecord.intake.layout.headline_signs import RIVAL
from onrecord.intake.record_codec import sound
from onrecord.model import Question, Quotation

_MOST_CANDIDATES = 5
_NO_PARAGRAPH = Question("body", "Is this the text of a release? No paragraph of running text was found in the file.")
_DOUBTED = (
    ("title", "What is its title? The letters of the file may be wrong."),
    ("date", "When was it published? The letters of the file may be wrong."),
    ("publisher", "Who published it? The letters of the file may be wrong."),
    ("language", "Which language is it written in? The letters of the file may be wrong."),
    ("extent", "Is it the whole text, an excerpt or an abstract? The letters of the file may be wrong."),
)
# A line of the kind with so many words may be more than that.
_LEAST_NAMED = 4
# So much of a paragraph's end says whether a body has it.
_TAIL = 50


def of(source: str, data: bytes, terms: Terms) -> tuple[Record, ...]:
    """The records of one file (its name and bytes), one for each document in it. Never raises for a bad document: its record then says
    why it is refused."""
    return tuple(sound(_of_part(part, terms)) for part in sniff.parts(source, data))


def _of_part(part: Part, terms: Terms) -> Record:
    digest = hashlib.sha256(part.data).hexdigest()
    if part.document is None and not part.row:
        return Record(part.source, digest, refused=part.refused)
    try:
        if part.document is None:
            return replace(row_record.record(part.source, part.row, terms), sha256=digest)
        return replace(_record(part.source, part.document, terms), sha256=digest)
    except Refusal as refusal:
        return Record(part.source, digest, refused=str(refusal))
    except RecursionError:
        return Record(part.source, digest, refused="It is nested too deeply to be read.")
    except MemoryError:
        raise
    except Exception as error:
        # One message of a mailbox that breaks a pass must not take the others with it.
        return Record(part.source, digest, refused=reading_faults.reason(error))


def _record(source: str, document: Document, terms: Terms) -> Record:
    document_size.refuse_too_large(document.blocks)
    if document.doubt:
        return _doubtful(source, document)
    text = "\n".join(block.text for block in document.blocks)
    # The longest paragraphs are the release's own; a page's furniture may speak another language.
    texts = (block.text for block in document.blocks)
    longest = sorted(texts, key=language_detection.length_in_words, reverse=True)[:4]
    language = language_claim.language_of(document, "\n".join(longest))
    layout = structure.layout(document, terms, language.value)
    own = sorted((block.text for block in layout.body), key=len, reverse=True)
    own_text = "\n".join(own)
    if any(text[-_TAIL:] not in own_text for text in longest):
        # What is longest on a page may be a list of other releases, in another language.
        again = language_claim.language_of(document, "\n".join(own[:4]))
        if again.value and again.value != language.value:
            language = again
            layout = structure.layout(document, terms, language.value)
    layout = _omissions_marked(layout)
    date = named_days.with_year(publication_date.date_of(layout, document, language.value), source, language.value)
    issuer = publisher.publisher_of(layout, document, terms, text, language.value)
    reference = reference_mentions.reference_of(layout, document, language.value)
    topics, places, names = term_finder.terms_of(layout, terms, issuer.value)
    unparagraphed = () if any(decision.reason == FIRST_PARAGRAPH for decision in layout.decisions) else (_NO_PARAGRAPH,)
    untitled = () if layout.title else (_title_question(layout, document),)
    claims = (("date", date), ("publisher", issuer), ("reference", reference), ("language", language))
    left_out = (*document.left_out, *layout.left_out, *_outside_of_fields(layout, claims))
    lost = accounting.unaccounted(
        document.visible, accounting.placed_texts(layout, (*document.left_out, *layout.left_out))
    )
    body_blocks, note_blocks = footnotes.beside_calls(layout.body, layout.notes)
    body, notes = sound_markdown.written(body_blocks), sound_markdown.written(note_blocks).strip()
    quotable = footnotes.as_written(tuple(layout.body), body)
    quoting = quotation_limits.looked_through(quotable)
    speech = asserted_speech.asserted_speech(quoting, terms, issuer.value, language.value, layout.header)
    quotations = speech.quotations[: quotation_limits.MOST_QUOTATIONS]
    more = (quotation_limits.MORE,) * (quoting != quotable or len(quotations) < len(speech.quotations))
    left_out += sound_markdown.unwritten_links((*body_blocks, *note_blocks), body + notes)
    record = Record(
        source,
        title=layout.title,
        subtitle=layout.subtitle,
        date=date.value,
        date_as_written=date.written,
        date_basis=date.basis,
        publisher=issuer.value,
        reference=reference.value,
        kind=document_kind.kind_of(layout, language.value),
        language=language.value,
        extent=document_kind.extent_of(layout, language.value),
        dateline=layout.dateline,
        topics=topics,
        places=places,
        names=names,
        body=body,
        notes=notes,
        url=document.metadata.url,
        archived=document.archived,
        quotations=quotations,
        quotation_claims=speech.claims[: len(quotations)],
        review=(
            *untitled,
            *unparagraphed,
            *(question for _, claim in claims for question in claim.questions),
            *speech.questions,
            *more,
            *_unknown_speakers(quotations, terms),
            *figure_mentions.proposals(quoting, terms, issuer.value, language.value),
            *(question for question in document.questions if question.field != "date" or not date.value),
            *accounting.questions(left_out, lost),
        ),
        readings=date.readings,
        left_out=(*left_out, *(LeftOut(text, accounting.UNACCOUNTED, prose=True) for text in lost)),
        decisions=layout.decisions,
        claims=(*layout.claims, *((field, replace(claim, questions=())) for field, claim in claims)),
    )
    return draft_file.fit(record)


def _doubtful(source: str, document: Document) -> Record:
    """The record of a document whose letters may be wrong: its text as it is, and every field asked for."""
    notes = tuple(block for block in document.blocks if block.kind == "footnote")
    others = tuple(block for block in document.blocks if block.kind != "footnote")
    layout = _omissions_marked(Layout("", "", (), "", *footnotes.beside_calls(others, notes), ()))
    body, written = sound_markdown.written(layout.body), sound_markdown.written(layout.notes).strip()
    lost = accounting.unaccounted(document.visible, accounting.placed_texts(layout, document.left_out))
    left_out = (*document.left_out, *sound_markdown.unwritten_links((*layout.body, *layout.notes), body + written))
    record = Record(
        source,
        body=body,
        notes=written,
        url=document.metadata.url,
        archived=document.archived,
        review=(
            Question("body", document.doubt),
            *(Question(field, question) for field, question in _DOUBTED),
            *document.questions,
            *accounting.questions(left_out, lost),
        ),
        left_out=(*left_out, *(LeftOut(text, accounting.UNACCOUNTED, prose=True) for text in lost)),
    )
    return draft_file.fit(record)


def _title_question(layout: Layout, document: Document) -> Question:
    """The question for a title, with the lines that may be it and why none of them is clearly one."""
    titles = dict.fromkeys(title.value for title in document.metadata.titles)
    lines = [f"“{title}” (the document’s own title, and nothing confirms it)" for title in titles]
    possible = [decision for decision in layout.decisions if decision.reason.startswith(MAYBE)]
    # The likeliest of the lines, whose own doubt is given, before those that are only as likely.
    possible.sort(key=lambda decision: decision.reason.endswith(RIVAL))
    lines += [f"“{decision.text}” ({decision.reason.removeprefix(MAYBE)})" for decision in possible]
    lines += [
        f"“{decision.text}” (it may be the name of who issued it)"
        for decision in layout.decisions
        if decision.reason == LETTERHEAD
    ]
    kinds = [decision.text for decision in layout.decisions if decision.reason.startswith("kind “")]
    lines += [f"“{text}” (it names the kind)" for text in kinds if len(text.split()) >= _LEAST_NAMED]
    if not lines:
        return Question("title", "What is its title? No headline was found.")
    return Question("title", "What is its title? No line is clearly its headline.", "; ".join(lines[:_MOST_CANDIDATES]))


def _outside_of_fields(layout: Layout, claims: Iterable[tuple[str, Claim]]) -> Iterator[LeftOut]:
    """The lines of head and foot that hold words which no field has as they are written: a line that is nothing but the date, or the
    publisher's name, is in those; one that names the kind is not, whose field has a word of ours."""
    fields = [text.casefold() for _, claim in claims for text in (claim.value, claim.written)]
    for reason, lines in ((accounting.HEAD, layout.header), (accounting.FOOT, layout.footer)):
        for line in lines:
            if accounting.unaccounted((line.casefold(),), fields):
                yield LeftOut(line, reason)


def _unknown_speakers(quotations: tuple[Quotation, ...], terms: Terms) -> tuple[Question, ...]:
    """A question for each speaker with a name of their own who is not in names.toml."""
    first: dict[str, str] = {}
    for quotation in quotations:
        first.setdefault(quotation.speaker, quotation.text)
    out = []
    for speaker, words in first.items():
        named = len(speaker.split()) >= 2 and (speaker[:1].isupper() or speaker[:1].lower() == speaker[:1].upper())
        if named and not terms.names.find(speaker) and not speaker.lower().startswith(("a ", "an ", "the ", "one ")):
            out.append(term_questions.of_speaker(speaker, words[:120]))
    return tuple(out)


def _omissions_marked(layout: Layout) -> Layout:
    """The layout with every omission written (…)."""

    def marked(block: Block) -> Block:
        if not any(markdown_writer.has_omission(run.text) for run in block.runs):
            return block
        runs = tuple(replace(run, text=markdown_writer.with_omissions(run.text)) for run in block.runs)
        return replace(block, runs=runs)

    return replace(layout, body=tuple(map(marked, layout.body)), notes=tuple(map(marked, layout.notes)))
