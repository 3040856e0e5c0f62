"""Messages → Parts: the release that a message is, and each document and message that is attached to it."""

from __future__ import annotations

import email.utils
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from onrecord.intake.document import Document, Evidence, LeftOut, Metadata, Part, Refusal
from onrecord.intake.evidence.date_mentions import dates_in
from onrecord.intake.formats import mail_text, mail_threads, mime_message, signed_message, tnef, webpage
from onrecord.intake.formats.mail_message import AttachedFile, Message, MessageHeader, MessageText
from onrecord.intake.formats.mail_text import TextReading
from onrecord.intake.formats.nesting import Nesting
from onrecord.model import Question

ReadParts = Callable[[str, bytes, Nesting], Iterator[Part]]
"""(name, bytes, what holds it) of an attached file → its documents."""

_TOO_DEEP = "Messages are attached to messages, more than {most} deep. Save the innermost and import it by itself."
_NO_TEXT = "The message holds no text."
# What is attached to messages and is no document.
_NO_DOCUMENTS = (
    "image/",
    "audio/",
    "video/",
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "application/pgp",
)
_NO_DOCUMENT_NAMES = (".vcf", ".ics", ".p7s", ".asc", ".sig", ".mso", ".wmz", ".emz")
# An attached file that is that much longer than the text above it is what was sent.
_COVER = 400
_SAME = 0.95
_FIRST_YEAR = 1982


def parts(name: str, data: bytes, read: ReadParts, nesting: Nesting) -> Iterator[Part]:
    """The documents of a message, as its bytes were sent: its own text first, then what is attached to it."""
    try:
        message = mime_message.read(data)
    except Refusal as refusal:
        yield Part(name, data, refused=str(refusal))
        return
    yield from parts_of(name, data, message, read, nesting)


def parts_of(name: str, data: bytes, message: Message, read: ReadParts, nesting: Nesting) -> Iterator[Part]:
    """The documents of a message that was read; `data` are its bytes."""
    message = _unpacked(message)
    own, refused = _own(message)
    files, notes = _attached(message, read, nesting)
    if own is not None:
        own, files = _without_copies(own, files)
        own = replace(own, left_out=(*own.left_out, *notes))
        if not files and message.unreadable and _length(own) < _COVER / 2:
            # Such a text says no more than that something is attached, and that cannot be read.
            yield Part(name, data, refused=" ".join(message.unreadable))
            return
        if files and _covers(own, files, is_digest=message.is_digest):
            files, own = _with_cover(own, files), None
    elif files:
        files = _with_header(message, files, notes)
    found = [] if own is None else [Part(name, data, own)]
    found += files
    if not found:
        reasons = [*message.unreadable, *([refused] if refused else []), *(note.reason for note in notes if note.prose)]
        yield Part(name, data, refused=" ".join(dict.fromkeys(reasons)) or _NO_TEXT)
        return
    if len(found) == 1:
        yield replace(found[0], source=name, data=data)
        return
    yield from (replace(part, source=f"{name} # {number}") for number, part in enumerate(found, start=1))


def _unpacked(message: Message) -> Message:
    """The message with what stands in its winmail.dat."""
    out: list[AttachedFile] = []
    texts, unreadable = list(message.texts), list(message.unreadable)
    for file in message.attached:
        if not tnef.is_tnef(file.data):
            out.append(file)
            continue
        try:
            inner = tnef.read(file.data)
        except Refusal as refusal:
            unreadable.append(str(refusal))
            continue
        if not any(text.text.strip() for text in texts):
            texts += inner.texts
        out += inner.attached
    return replace(message, texts=tuple(texts), attached=tuple(out), unreadable=tuple(unreadable))


# ---- the message's own text ------------------------------------------------------------------------------------------------------


def _own(message: Message) -> tuple[Document | None, str]:
    """The document that the message's text is, or None and why there is none."""
    header = message.header
    chosen = [text for text in message.texts if text.chosen and text.text.strip()]
    if header.is_page and any(text.form == "html" for text in chosen):
        page = next(text for text in chosen if text.form == "html")
        try:
            saved = webpage.document(b"", text=page.text)
        except Refusal as refusal:
            return None, str(refusal)
        address = saved.metadata.url or header.page_address
        return replace(saved, metadata=replace(saved.metadata, url=address)), ""
    if any(signed_message.PGP_MESSAGE.search(text.text) for text in chosen if text.form == "plain"):
        return None, mime_message.ENCRYPTED.format(how="PGP")
    readings, refused = _readings(message)
    blocks = [block for reading in readings for block in reading.blocks]
    if not any(block.texts for block in blocks):
        return None, refused
    metadata = _metadata(header)
    inner = [reading.metadata for reading in readings if reading.metadata is not None]
    if inner:
        stated = inner[0]
        metadata = replace(stated, titles=stated.titles or metadata.titles, languages=metadata.languages)
    elif any(reading.answers for reading in readings):
        metadata = replace(metadata, published=(), publishers=())
    left = [LeftOut(line, "mail header") for line in header.lines]
    left += [left for reading in readings for left in reading.left_out]
    left += message.left_out
    visible = [*header.lines, *(text for reading in readings for text in reading.visible)]
    visible += [left.text for left in message.left_out]
    for reason in message.unreadable:
        left.append(LeftOut(reason, "a part that cannot be read", prose=True))
    others = _other_forms(message, visible)
    questions = [question for reading in readings if reading.document for question in reading.document.questions]
    if message.sent and not inner:
        asked = "On which day was it sent? Outlook noted the time as it was in Greenwich; where it was sent it may have been another day."
        questions.append(Question("date", asked, f"{message.sent} UTC"))
    visible += [other.text for other in others]
    return Document("mail", tuple(blocks), metadata, (*left, *others), tuple(visible), tuple(questions)), ""


def _readings(message: Message) -> tuple[list[TextReading], str]:
    """What the chosen texts hold, in order, and why there is nothing. A text that cannot be read gives way to its other form."""
    readings: list[TextReading] = []
    refused = ""
    is_reply = mail_text.is_reply(message.header.subject)
    for text in _whole_texts(message.texts):
        try:
            read = mail_text.of_page if text.form == "html" else mail_text.of_lines
            reading = read(text.text, is_reply=is_reply)
        except Refusal as refusal:
            refused = str(refusal)
            continue
        if readings and mail_threads.is_foot([block.text for block in reading.blocks], mail_text.words_of(text.text)):
            foot = "\n".join(block.text for block in reading.blocks)
            left = (*reading.left_out, LeftOut(foot, "mailing list's foot"))
            reading = replace(reading, blocks=(), left_out=left, metadata=None)
        readings.append(reading)
    if not any(reading.blocks for reading in readings) and refused:
        for text in message.texts:
            if not text.chosen and text.form == "plain" and text.text.strip():
                return [mail_text.of_lines(text.text, is_reply=is_reply)], ""
    return readings, refused


def _whole_texts(texts: Iterable[MessageText]) -> Iterator[MessageText]:
    """The chosen texts; plain ones that follow each other are one, as mail programs show them."""
    pending: MessageText | None = None
    for text in texts:
        if not text.chosen or not text.text.strip():
            continue
        if pending and pending.form == text.form == "plain":
            pending = replace(pending, text=f"{pending.text.rstrip()}\n\n{text.text}")
            continue
        if pending:
            yield pending
        pending = text
    if pending:
        yield pending


def _other_forms(message: Message, visible: Sequence[str]) -> list[LeftOut]:
    """The other forms of the text; one that has words of its own is asked about."""
    out = []
    have = _words(visible)
    for text in message.texts:
        if text.chosen or not text.text.strip():
            continue
        content = text.text.strip()
        if text.form == "html":
            try:
                page = webpage.document(b"", text=text.text, page=False)
            except Refusal:
                continue
            content = "\n".join(page.visible or [piece for block in page.blocks for piece in block.texts])
        words = _words([content])
        missing = sum((words - have).values())
        prose = missing > 0.3 * max(sum(words.values()), 1) and missing > 20
        out.append(LeftOut(content, f"the same text in another form ({text.form})", prose))
    return out


def _metadata(header: MessageHeader) -> Metadata:
    """Subject, sender and date of a message, the date as the sender's clock had it, in the sender's words where they state it alone."""
    name = mail_text.organization(header.sender_name)
    origin = "From domain" if _is_domain(name, header.sender_domain) else "From"
    date = _day(header.date)
    return Metadata(
        titles=(Evidence(mail_text.subject_text(header.subject), "Subject"),) if header.subject else (),
        published=(Evidence(date, "Date"),) if date else (),
        publishers=(Evidence(name, origin),) if name and "@" not in name else (),
        languages=(Evidence(header.language.split(",")[0].strip(), "Content-Language"),) if header.language else (),
    )


def _day(written: str) -> str:
    """The day of a Date field: as written where a reader of dates finds that day in it, else in ISO 8601; nothing where a clock that
    was never set wrote it."""
    try:
        stated = email.utils.parsedate_to_datetime(written)
    except (TypeError, ValueError, IndexError, OverflowError):
        return written
    if stated.year < _FIRST_YEAR:
        return ""
    day = stated.date().isoformat()
    mentions = dates_in(written[:40], "en")
    return written if mentions and mentions[0].edtf == day else day


def _is_domain(name: str, domain: str) -> bool:
    """True where the sender's address lies below the sender's own name: Cais Aberto, caisaberto.example."""
    folded = "".join(char for char in unicodedata.normalize("NFKD", name.lower()) if char.isalnum() and char.isascii())
    return len(folded) >= 4 and folded in [part.replace("-", "") for part in domain.lower().split(".")]


# ---- what is attached ------------------------------------------------------------------------------------------------------------


@dataclass
class _Attachments:
    files: list[Part] = field(default_factory=list)
    notes: list[LeftOut] = field(default_factory=list)


def _attached(message: Message, read: ReadParts, nesting: Nesting) -> tuple[list[Part], list[LeftOut]]:
    """The documents that are attached, and what is to be said of what is none."""
    out = _Attachments()
    for file in message.attached:
        name = file.name or "attached file"
        if file.media_type.startswith(_NO_DOCUMENTS) or name.lower().endswith(_NO_DOCUMENT_NAMES):
            out.notes.append(LeftOut(name, "attached file that is not a document"))
            continue
        if file.is_message:
            name = name if name.lower().endswith(".eml") else f"{name}.eml"
        deeper = nesting.in_message()
        if deeper is None:
            out.notes.append(LeftOut(name, _TOO_DEEP.format(most=Nesting.MOST_MESSAGES), prose=True))
            continue
        inner = parts_of(name, file.data, file.message, read, deeper) if file.message else read(name, file.data, deeper)
        for part in inner:
            if part.document is not None:
                out.files.append(part)
            else:
                out.notes.append(LeftOut(part.source, part.refused, prose=True))
    return out.files, out.notes


def _covers(own: Document, files: Sequence[Part], *, is_digest: bool) -> bool:
    """True where the message's own text only goes with what is attached to it."""
    length = _length(own)
    longest = max(_length(part.document) for part in files if part.document)
    if is_digest:
        return length < 20 * _COVER
    # An older message may be attached to a short release.
    messages = all(part.document is None or part.document.form == "mail" for part in files)
    return length < (_COVER / 2 if messages else _COVER) and longest > 2 * length


def _length(document: Document) -> int:
    """How many characters of text a document has."""
    return sum(len(text) for block in document.blocks for text in block.texts)


def _with_cover(own: Document, files: Sequence[Part]) -> list[Part]:
    """The attached documents, the first of them with the text that it was sent with, left out."""
    text = "\n".join(text for block in own.blocks for text in block.texts)
    cover = (LeftOut(text, "covering mail", prose=True), *own.left_out)
    out = list(files)
    at = next(number for number, part in enumerate(out) if part.document)
    document = out[at].document
    assert document is not None
    titles = own.metadata.titles if sum(part.document is not None for part in out) == 1 else ()
    document = replace(
        document,
        metadata=mail_text.with_titles(document.metadata, titles),
        left_out=(*document.left_out, *cover),
        visible=(*document.visible, *own.visible),
    )
    out[at] = replace(out[at], document=document)
    return out


def _with_header(message: Message, files: Sequence[Part], notes: Sequence[LeftOut]) -> list[Part]:
    """The attached documents of a message without a text of its own, the first of them with its header, left out."""
    lines = [LeftOut(line, "mail header") for line in message.header.lines]
    titles = _metadata(message.header).titles if len(files) == 1 and not message.attached[0].is_message else ()
    first = files[0].document
    assert first is not None
    first = replace(
        first,
        metadata=mail_text.with_titles(first.metadata, titles),
        left_out=(*first.left_out, *lines, *message.left_out, *notes),
        visible=(*first.visible, *message.header.lines, *(left.text for left in message.left_out)),
    )
    return [replace(files[0], document=first), *files[1:]]


def _without_copies(own: Document, files: Sequence[Part]) -> tuple[Document, list[Part]]:
    """The message's document and the attached ones, without those that carry the message's own words and no others."""
    if not files:
        return own, []
    have = _words(text for block in own.blocks for text in block.texts)
    left, out = [], []
    for part in files:
        texts = [text for block in part.document.blocks for text in block.texts] if part.document else []
        words = _words(texts)
        total = sum(words.values())
        if total and sum((words & have).values()) >= _SAME * total and total >= _SAME * sum(have.values()):
            left.append(LeftOut("\n".join(texts), f"attached file with the same text ({part.source})"))
        else:
            out.append(part)
    return replace(own, left_out=(*own.left_out, *left)), out


def _words(texts: Iterable[str]) -> Counter[str]:
    return Counter(word for text in texts for word in re.findall(r"\w+", text.lower()))
