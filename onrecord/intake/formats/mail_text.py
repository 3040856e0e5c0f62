"""A text of a message → blocks, what was left out with its reason, and what an inner header states."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from onrecord.intake import lexicon
from onrecord.intake.document import Block, Document, Evidence, LeftOut, Metadata
from onrecord.intake.document_size import refuse_far_too_long, refuse_too_many
from onrecord.intake.evidence import language_detection
from onrecord.intake.formats import mail_threads, plaintext, signed_message, webpage
from onrecord.intake.formats.mail_threads import Passage
from onrecord.intake.lexicon import Lexicon

_MOST_MARKS = 8
_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class TextReading:
    """What a text of a message holds. `visible` is all its text, gathered before any of it was understood; `metadata` is None where no
    inner header stands in it, and then that of the message counts. `answers` says that the text is quoted from another message, whose
    day and sender the message's own header does not state."""

    blocks: tuple[Block, ...]
    left_out: tuple[LeftOut, ...] = ()
    visible: tuple[str, ...] = ()
    metadata: Metadata | None = None
    answers: bool = False
    document: Document | None = None


# Those that quote older messages, and empty ones, among them.
_MOST_LINES = 250_000


def words_of(text: str) -> Lexicon:
    """The lexicon of a text's language."""
    return lexicon.lexicon_of(language_detection.of(text))


def of_lines(text: str, *, is_reply: bool = False) -> TextReading:
    """What a plain text holds; of a reply it is the newest words. Raises Refusal for one that no release can hold."""
    refuse_far_too_long(text.encode("utf-8", "replace"))
    refuse_too_many(text.count("\n"), "lines", _MOST_LINES)
    text, signature = signed_message.without_pgp_signature(plaintext.closed_up(text))
    words = words_of(text)
    lines = _without_escapes(text.split("\n"))
    thread = mail_threads.thread(lines, words, is_reply=is_reply)
    left = [LeftOut(signature, "signature (PGP)")] if signature.strip() else []
    left += _left_out(lines, thread.passages)
    inner = lines[thread.start : thread.end]
    if thread.header is not None:
        inner = mail_threads.unquoted(inner)
    passages, answers = mail_threads.quoted(inner, [line.startswith(">") for line in inner])
    left += _left_out(inner, passages)
    inner = _without(inner, passages)
    if answers:
        inner = mail_threads.unquoted(inner)
    foot = mail_threads.feet(inner, words, lines=True)
    left += _left_out(inner, foot)
    parsed, numbers = plaintext.read("\n".join(_without(inner, foot)))
    return TextReading(
        parsed,
        (*left, *numbers),
        (text, *([signature] if signature else [])),
        _metadata(thread.header.fields) if thread.header else None,
        answers,
    )


def _without_escapes(lines: list[str]) -> list[str]:
    """Lines without the mark that a mailbox set before "From" (mboxo) and that stayed when the message was taken out of it."""
    return [
        line[1:]
        if line.startswith(">From ")
        and not any(near.startswith(">") for near in (*lines[at - 1 : at], *lines[at + 1 : at + 2]))
        else line
        for at, line in enumerate(lines)
    ]


def of_page(text: str, *, is_reply: bool = False) -> TextReading:
    """What an HTML text holds; of a reply it is the newest words. Raises Refusal as `webpage.document` does."""
    page = webpage.document(b"", text=text, page=False)
    blocks = list(page.blocks)
    texts = ["\n".join(block.texts) for block in blocks]
    words = words_of("\n".join(sorted(texts, key=len, reverse=True)[:4]))
    thread = mail_threads.thread(texts, words, is_reply=is_reply)
    left = [*page.left_out, *_left_out(texts, thread.passages)]
    blocks, texts = blocks[thread.start : thread.end], texts[thread.start : thread.end]
    passages, answers = mail_threads.quoted(texts, [block.kind == "quote" for block in blocks])
    if answers:
        # Quoting on a page is also how statements are set off; only a plain text is certain.
        passages, answers = [], False
    left += _left_out(texts, passages)
    blocks, texts = _without(blocks, passages), _without(texts, passages)
    foot = mail_threads.feet(texts, words, lines=False)
    left += _left_out(texts, foot)
    return TextReading(
        tuple(_without(blocks, foot)),
        tuple(left),
        page.visible or tuple(text for block in page.blocks for text in block.texts),
        _metadata(thread.header.fields) if thread.header else None,
        document=page,
    )


def _left_out(texts: Sequence[str], passages: Sequence[Passage]) -> list[LeftOut]:
    out = []
    for passage in passages:
        text = "\n".join(texts[passage.start : passage.end]).strip("\n")
        if text.strip():
            out.append(LeftOut(text, passage.reason, passage.prose))
    return out


def _without(items: Sequence[_Item], passages: Sequence[Passage]) -> list[_Item]:
    gone = {at for passage in passages for at in range(passage.start, passage.end)}
    return [item for at, item in enumerate(items) if at not in gone]


# ---- what a header states --------------------------------------------------------------------------------------------------------


def _metadata(fields: Mapping[str, str]) -> Metadata:
    sender = re.sub(r"(?:(?<!\s)\s+)?[<\[(].*", "", fields.get("mail_from", ""))
    name = organization(sender)
    subject, date = fields.get("mail_subject", ""), fields.get("mail_date", "")
    return Metadata(
        titles=(Evidence(subject_text(subject), "Subject"),) if subject else (),
        published=(Evidence(date, "Date"),) if date else (),
        publishers=(Evidence(name, "From"),) if name and "@" not in name else (),
    )


def subject_text(subject: str) -> str:
    """A subject without the marks of replying and forwarding, and without the name of a list in brackets."""
    text = subject.strip()
    for _ in range(_MOST_MARKS):
        shorter = re.sub(r"^\[[^\]]{1,40}\]\s*(?=[^\s:–—-])", "", text)
        for tag in mail_threads.LANGUAGES:
            match = lexicon.lexicon_of(tag).pattern("subject_marks", "start").match(shorter)
            mark = re.match(r"(?:\[\d+\])?\s?[:：]\s*", shorter[match.end() :]) if match else None
            if match and mark:
                shorter = shorter[match.end() + mark.end() :]
                break
        if shorter == text or not shorter:
            return text
        text = shorter
    return text


def is_reply(subject: str) -> bool:
    """True where a subject begins with a mark of replying, in any language."""
    text = re.sub(r"^\s*\[[^\]]{1,40}\]\s*", "", subject).lstrip()
    for tag in mail_threads.LANGUAGES:
        match = lexicon.lexicon_of(tag).pattern("reply_marks", "start").match(text)
        if match and re.match(r"(?:\[\d+\])?\s?[:：]", text[match.end() :]):
            return True
    return False


def organization(name: str) -> str:
    """A sender's name without its press office and without the list that passed the message on ("Harbour Watch via News")."""
    # "via" is what Mailman writes where it puts the list's address in place of the sender's, in every language.
    text = re.sub(r"(?<!\s)\s+\(?via\s.*$", "", name.strip("\"' "))
    for tag in mail_threads.LANGUAGES:
        text = lexicon.lexicon_of(tag).pattern("desk", "within").sub(" ", text)
    return " ".join(text.split()).strip(" ,|-–—()/@'\"")


def with_titles(metadata: Metadata, titles: Sequence[Evidence]) -> Metadata:
    """Metadata with more titles behind its own."""
    return replace(metadata, titles=(*metadata.titles, *titles))
