"""What the person who sent documents in states about them, put into a record as a claim of theirs and not of the document."""

from __future__ import annotations

from dataclasses import dataclass, replace

from onrecord.intake.document import Record
from onrecord.model import Question


@dataclass(frozen=True, slots=True)
class Sender:
    """The answers of whoever sent documents in: the address they were published at, a web archive's copy, and whether they may be
    republished (in the sender's words). Empty where nothing was answered."""

    url: str = ""
    archived: str = ""
    rights: str = ""


def with_answers(record: Record, sender: Sender, alone: bool) -> Record:
    """The record with what its sender stated, and with the questions that come of it, which stand before the record's own.

    An address becomes the record's where a single document was sent in (`alone`) and the document names none itself; else it is a
    question. The rights are always a question: no sender decides them.
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
    return replace(record, url=addresses["url"], archived=addresses["archived"], review=(*questions, *record.review))
