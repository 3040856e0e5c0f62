"""What the person who sent documents in states about them, put into a record as a claim of theirs and not of the document.

Nothing of it is asserted: a value that the document does not state itself stands in the draft with a question, one that contradicts the
document is a question alone, and so is one that can be read in two ways.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from onrecord.intake import draft_file, field_values, term_questions
from onrecord.intake.document import Record
from onrecord.intake.sent_terms import SentTerms
from onrecord.model import Question

_VALUES = ("title", "date", "publisher", "language", "kind")
_MOST_OF_A_VALUE = 300
_MOST_OF_A_LINE = 200
_MOST_LINES = 20


@dataclass(frozen=True, slots=True)
class Sender:
    """The answers of whoever sent documents in: the address they were published at, a web archive's copy, and whether they may be
    republished (in the sender's words); `values` are title, date, publisher, language and kind as they were written (`is_publisher_known`:
    by the vocabulary of names); `terms` what was written of topics, places and names; `files` the lines that name files which belong to it.
    Empty where nothing was answered."""

    url: str = ""
    archived: str = ""
    rights: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    is_publisher_known: bool = False
    terms: SentTerms = field(default_factory=SentTerms)
    files: tuple[str, ...] = ()


def with_answers(record: Record, sender: Sender, alone: bool) -> Record:
    """The record with what its sender stated, and with the questions that come of it, which stand before the record's own.

    An address becomes the record's where a single document was sent in (`alone`) and the document names none itself; else it is a
    question. So does every other value, with a question beside it. The rights are always a question: no sender decides them.
    """
    questions = [
        Question(
            "rights",
            "May this text be in the archive, and whose is it?",
            f"Whoever sent it in answered: {sender.rights}.",
        )
    ]
    addresses = {"url": record.url, "archived": record.archived}
    for key, address in (("url", sender.url), ("archived", sender.archived)):
        own = addresses[key]
        if not address or address == own:
            continue
        if not alone:
            questions.append(
                Question(f"source.{key}", "Is this its address? It was given for several documents at once.", address)
            )
        elif own:
            questions.append(
                Question(f"source.{key}", "Is this its address? The document itself names another.", address)
            )
        else:
            addresses[key] = address
    record = replace(record, url=addresses["url"], archived=addresses["archived"])
    for key in _VALUES:
        written = draft_file.one_line(draft_file.clean(sender.values.get(key, ""))).strip()[:_MOST_OF_A_VALUE]
        if written:
            record, question = _with_value(record, key, written, sender, alone)
            questions += [question] if question else []
    record, of_terms = _with_terms(record, sender.terms, alone)
    return replace(record, review=(*questions, *of_terms, *_of_files(sender.files), *record.review))


def _with_value(record: Record, key: str, written: str, sender: Sender, alone: bool) -> tuple[Record, Question | None]:
    """The record with a value that its sender wrote, where it has none itself; and what is asked about it."""
    evidence = f"{term_questions.AS_SENT}{written}"
    value, question = _meaning(key, written)
    if not value:
        return record, Question(key, question, evidence)
    own = getattr(record, key)
    if draft_file.one_line(own).casefold() == value.casefold():
        return record, None
    if not alone:
        return record, Question(key, "Is this right? It was given for several documents at once.", evidence)
    if own:
        return record, Question(key, f"Is it “{value}”? The document itself says otherwise.", evidence)
    changes: dict[str, Any] = {key: value, **({"date_basis": "contributor"} if key == "date" else {})}
    record = replace(record, **changes)
    is_new = key == "publisher" and not sender.is_publisher_known
    also = " It is not in names.toml: see how it is spelled, and add it there if it is new." if is_new else ""
    return record, Question(
        key, f"Is this right? Whoever sent it in says so, and the document does not.{also}", evidence
    )


def _meaning(key: str, written: str) -> tuple[str, str]:
    """The value that a record has for what was written; or an empty text, and what is to be asked."""
    if key == "date":
        date = field_values.date_of(written)
        return date.edtf, date.question(written) or f"When was it published? “{written}” is not understood as a date."
    if key == "language":
        return field_values.language_of(written), f"Which language is “{written}”? It is not known by this name."
    if key == "kind":
        return field_values.kind_of(written), f"Which kind of document is “{written}”?"
    return written, ""


def _with_terms(record: Record, terms: SentTerms, alone: bool) -> tuple[Record, list[Question]]:
    """The record with the topics, places and names that were written down, and a question about those that it did not have; about each
    word that is in no vocabulary a question of its own."""
    questions = []
    for vocabulary in ("topics", "places", "names"):
        own: tuple[str, ...] = getattr(record, vocabulary)
        added = tuple(label for label in terms.labels(vocabulary) if label not in own)
        if not added:
            continue
        if alone:
            changes: dict[str, Any] = {vocabulary: (*own, *added)}
            record = replace(record, **changes)
            asked = "Do these belong here? Whoever sent it in names them, and they were not found in the text."
        else:
            asked = "Do these belong here? They were named for several documents at once."
        questions.append(Question(vocabulary, asked, ", ".join(added)))
        new = [term.label for term in terms.new if term.vocabulary == vocabulary]
        if new:
            questions.append(term_questions.of_new(vocabulary, new))
    questions += [term_questions.of_unknown(word.vocabulary, word.text, word.why) for word in terms.unknown]
    return record, questions


def _of_files(lines: tuple[str, ...]) -> Iterator[Question]:
    """A question for each file that belongs to the release and was not sent with it."""
    for line in lines[:_MOST_LINES]:
        named = draft_file.one_line(draft_file.clean(line)).strip()[:_MOST_OF_A_LINE]
        if named:
            asked = "Does this file belong to it, and may it be published? It was named and not fetched: ask for it."
            yield Question("files", asked, named)
    if len(lines) > _MOST_LINES:
        yield Question("files", f"{len(lines) - _MOST_LINES} more files are named in what was sent. Look there.")
