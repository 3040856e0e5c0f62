"""What of a message's text is the release, and what is the forwarding, the quoting, the signature, the mailing list's foot.

All work on texts: the lines of a plain text, the paragraphs of a page. Places are positions among them. The words are those of the
lexicon of the text's language; the labels of an inner header are also looked up in the other languages, because they are written by
the mail program of whoever forwarded it, and count only where several of one language stand beside each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from onrecord.intake import lexicon
from onrecord.intake.lexicon import Lexicon

LANGUAGES = lexicon.languages()
FIELDS = ("mail_from", "mail_date", "mail_to", "mail_subject")
_QUOTED = re.compile(r"^(?:[ \t]*>)+ ?")
_DASHES = re.compile(r"[-=_*~\s]*")
# The rule above the foot that Mailman and its kin add, and above what Outlook quotes.
_RULE = re.compile(r"\s*[_=*-]{10,}\s*$")
_MOST_HEADER = 40
_SENTENCE = re.compile(r"\w[.!?؟。…][\"”»’')\]]*\s*$")
# As much as somebody writes above what they forward or send on.
MOST_NOTE = 400
MOST_REPLY_NOTE = 120
# As many lines as an advertisement between two rules has.
_MOST_ADVERTISEMENT = 8


@dataclass(frozen=True, slots=True)
class InnerHeader:
    """The header of a message that another holds: where it starts (with the mark above it), where its text starts, its fields by
    FIELDS, as written."""

    start: int
    end: int
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Passage:
    """Texts from `start` to before `end` that are no part of the release, and why."""

    start: int
    end: int
    reason: str
    prose: bool = False


@dataclass(frozen=True, slots=True)
class Thread:
    """What a message's text holds: `start` and `end` of the innermost message that is the release, its header where it has one, and the
    passages that stand around it."""

    start: int
    end: int
    header: InnerHeader | None = None
    passages: tuple[Passage, ...] = field(default=())


# ---- forwarded -------------------------------------------------------------------------------------------------------------------


def thread(texts: Sequence[str], words: Lexicon, *, is_reply: bool = False) -> Thread:
    """Goes down from message to inner message as long as what stands above is no more than a note; what then stands below is an
    earlier message. Where it stops is the release. In a reply the newest words are it, unless they are hardly a sentence."""
    most_note = MOST_REPLY_NOTE if is_reply else MOST_NOTE
    headers = list(inner_headers(texts, words))
    passages: list[Passage] = []
    start, header = 0, None
    for inner in headers:
        if inner.start < start:
            continue
        above = [text for text in texts[start : inner.start] if text.strip("> \t")]
        if sum(map(len, above)) > most_note:
            passages.append(Passage(inner.start, len(texts), "an earlier message", prose=True))
            return Thread(start, inner.start, header, tuple(passages))
        if above:
            passages.append(Passage(start, inner.start, "note above a forwarded message", prose=reads(above)))
        passages.append(Passage(inner.start, inner.end, "mail header"))
        start, header = inner.end, inner
        most_note = MOST_NOTE
    return Thread(start, len(texts), header, tuple(passages))


def inner_headers(texts: Sequence[str], words: Lexicon) -> Iterator[InnerHeader]:
    """The headers of the messages that a text holds, in order. Below a mark ("Forwarded message") two fields make one, else three."""
    at = 0
    while at < len(texts):
        line = texts[at]
        marked = is_forwarding_mark(line, words)
        if not marked and not _may_be_label(line):
            at += 1
            continue
        first = at + 1 if marked else at
        while marked and first < len(texts) and not texts[first].strip("> \t"):
            first += 1
        end, fields = _header_at(texts, first, words, least=2 if marked else 3)
        if fields:
            yield InnerHeader(at, end, fields)
        at = max(at + 1, end)


def is_forwarding_mark(text: str, words: Lexicon) -> bool:
    """True for the line that mail programs write above what they forward: "-------- Forwarded message --------", or a rule."""
    if len(text) > 120:
        return False
    bare = _QUOTED.sub("", text)
    if _RULE.fullmatch(bare):
        return True
    core = bare.strip()
    if core[:1] not in ("-", "=", "_", "*", "~") and core[-1:] not in (":", "："):
        return False
    core = core.strip("-=_*~ \t").rstrip(":：").strip()
    return bool(core) and any(
        words_of.pattern("forwarded", "whole").match(core) for words_of in (words, *_others(words))
    )


def _may_be_label(text: str) -> bool:
    return re.match(r"[>\s*]*[^\W\d_][^:：]{0,30}[:：]", text) is not None


def _header_at(texts: Sequence[str], at: int, words: Lexicon, least: int) -> tuple[int, dict[str, str]]:
    """The end and the fields of a header that stands at a place, its labels all of one language (or English). Without fields, where it
    is none; then none begins before that end either."""
    furthest = at
    for words_of in (words, *_others(words)):
        end, fields = _fields(texts, at, words_of)
        if len(fields) >= least and "mail_from" in fields:
            return end, fields
        furthest = max(furthest, end)
    return furthest, {}


def _others(words: Lexicon) -> Iterator[Lexicon]:
    return (lexicon.lexicon_of(tag) for tag in LANGUAGES if tag not in (words.language, "en"))


def _fields(texts: Sequence[str], start: int, words: Lexicon) -> tuple[int, dict[str, str]]:
    fields: dict[str, str] = {}
    last = ""
    end = min(start + _MOST_HEADER, len(texts))
    for at in range(start, end):
        line = _QUOTED.sub("", texts[at])
        label = _label(line, words)
        if label is not None:
            last, value = label
            fields.setdefault(last, value)
        elif last and line[:1] in " \t" and line.strip():
            fields[last] += " " + line.strip()
        elif last and re.match(r"\*{0,2}[^\W\d_][\w-]{1,24}\s?[:：]\*{0,2}\s\S", line) and len(fields) >= 2:
            # A field of the mail program's that says nothing here (Importance, Attachments).
            continue
        else:
            return at, fields
    return end, fields


def _label(line: str, words: Lexicon) -> tuple[str, str] | None:
    text = line.strip().removeprefix("**").removeprefix("*").strip()
    for name in FIELDS:
        match = words.pattern(name, "start").match(text)
        if match:
            rest = re.match(r"\*{0,2}\s*[:：]\s*\*{0,2}\s*(?P<value>.*)$", text[match.end() :], re.S)
            if rest:
                return name, rest["value"].strip()
    return None


# ---- quoted ----------------------------------------------------------------------------------------------------------------------


def unquoted(texts: Sequence[str]) -> list[str]:
    """Lines without the marks of quoting, where most have them."""
    full = [text for text in texts if text.strip()]
    if full and sum(text.lstrip().startswith(">") for text in full) >= 0.6 * len(full):
        return [_QUOTED.sub("", text) for text in texts]
    return list(texts)


def quoted(texts: Sequence[str], is_quote: Sequence[bool]) -> tuple[list[Passage], bool]:
    """The passages of a reply that are no part of it: what it quotes, each with the line that says who wrote it; or, where little but
    the quoted text stands there, what stands around that (then the second value is true: the quoted text is the release)."""
    full = sum(len(text) for text in texts)
    of_quotes = sum(len(text) for text, quote in zip(texts, is_quote, strict=True) if quote)
    if not of_quotes:
        return [], False
    runs = list(_runs(texts, is_quote))
    if of_quotes > 0.7 * full and full - of_quotes <= MOST_NOTE:
        inside = {at for start, end in runs for at in range(start, end)}
        outside = [at for at in range(len(texts)) if at not in inside]
        return [
            Passage(start, end, "around a quoted message", prose=any(text.strip() for text in texts[start:end]))
            for start, end in _ranges(outside)
            if any(text.strip() for text in texts[start:end])
        ], True
    out = []
    for start, end in runs:
        first = _attribution(texts, start)
        if first is not None:
            out.append(Passage(first, end, "quoted from an earlier message", prose=True))
    return out, False


def _runs(texts: Sequence[str], is_quote: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Where quoted texts stand in a row, empty ones between them included."""
    at = 0
    while at < len(texts):
        if not is_quote[at]:
            at += 1
            continue
        start = at
        end = at
        while at < len(texts) and (is_quote[at] or not texts[at].strip()):
            end = at + 1 if is_quote[at] else end
            at += 1
        yield start, end


def _ranges(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    start = before = -2
    for at in places:
        if at != before + 1:
            if start >= 0:
                yield start, before + 1
            start = at
        before = at
    if start >= 0:
        yield start, before + 1


def _attribution(texts: Sequence[str], start: int) -> int | None:
    """Where the line begins that says who wrote what is quoted from `start` on ("On 3 May 2013, Pavel Orsic wrote:"); it may be broken
    over two or three. None where none stands there."""
    at = start - 1
    while at >= 0 and not texts[at].strip() and start - at < 3:
        at -= 1
    if at < 0 or not texts[at].rstrip().endswith((":", "：")):
        return None
    first = at
    while first > 0 and at - first < 3 and texts[first - 1].strip():
        first -= 1
    return first if at - first < 3 else at


# ---- feet ------------------------------------------------------------------------------------------------------------------------


def feet(texts: Sequence[str], words: Lexicon, *, lines: bool) -> list[Passage]:
    """The signature (RFC 3676 section 4.3), a greeting with who sends it, and what a mailing list or program adds. `lines` says that the
    texts are lines and no paragraphs."""
    out: list[Passage] = []
    stop = len(texts)
    unsubscribe = words.pattern("unsubscribe", "within")
    for at, text in enumerate(texts):
        if at >= stop:
            break
        if _is_list_foot(texts, at, words) and at > len(texts) * 0.4:
            stop = _foot_from(out, texts, _advertisement_start(texts, at), "mailing list's foot")
        elif (lines and at > 3 and text.rstrip("\r") in ("-- ", "--")) or (at > 2 and _is_greeting(texts, at, words)):
            stop = _foot_from(out, texts, at, "signature")
        elif len(text) < 400 and unsubscribe.search(text) and not _opens_notes(text, words):
            if at > len(texts) * 0.4 and not _text_goes_on(texts, at + 1, words):
                stop = _foot_from(out, texts, at, "unsubscribe line")
            else:
                out.append(Passage(at, at + 1, "unsubscribe line"))
    return out


def is_foot(texts: Sequence[str], words: Lexicon) -> bool:
    """True for a part of a message that is nothing but the foot that a mailing list adds to every message."""
    full = [text for text in texts if text.strip()]
    return (
        bool(full)
        and len(full) <= 12
        and (
            words.pattern("list_footer", "within").search("\n".join(full)) is not None
            or words.pattern("unsubscribe", "within").search("\n".join(full)) is not None
        )
        and not any(len(text) > 400 for text in full)
    )


def _foot_from(out: list[Passage], texts: Sequence[str], at: int, reason: str) -> int:
    tail = [text for text in texts[at:] if text.strip()]
    out.append(Passage(at, len(texts), reason, prose=sum(map(len, tail)) > 800))
    return at


def _advertisement_start(texts: Sequence[str], at: int) -> int:
    """Where the foot of a list begins whose rule stands at a place: at the rule above a few lines of advertisement, if there is one."""
    for above in range(at - 1, max(at - 2 - _MOST_ADVERTISEMENT, 0), -1):
        if not texts[above].strip():
            break
        if _RULE.fullmatch(texts[above]):
            return above
    return at


def _is_list_foot(texts: Sequence[str], at: int, words: Lexicon) -> bool:
    return _RULE.fullmatch(texts[at]) is not None and (
        words.pattern("list_footer", "within").search("\n".join(texts[at + 1 : at + 5])) is not None
    )


def _is_greeting(texts: Sequence[str], at: int, words: Lexicon) -> bool:
    line = texts[at].strip()
    if not line or len(line) > 60 or not words.pattern("greetings", "whole").match(line.rstrip(",،!. ")):
        return False
    after = [closing for closing in texts[at + 1 :] if closing.strip()]
    return len(after) <= 5 and all(
        len(closing) < 60 and not closing.rstrip().endswith((".", "!", "?", "؟", "。")) for closing in after
    )


def _opens_notes(text: str, words: Lexicon) -> bool:
    return words.pattern("notes_heading", "whole").match(text.strip("*_#- \t")) is not None


def _text_goes_on(texts: Sequence[str], at: int, words: Lexicon) -> bool:
    """True where notes or at least two paragraphs of sentences stand behind a place: what precedes them was no foot."""
    sentences = 0
    for text in texts[at:]:
        if _opens_notes(text, words):
            return True
        long = len(text) > 160 and _SENTENCE.search(text) is not None
        sentences += long and not words.pattern("unsubscribe", "within").search(text)
    return sentences >= 2


def reads(texts: Sequence[str]) -> bool:
    """True where texts read like sentences."""
    return any(len(text.split()) >= 5 for text in texts)
