"""E-mail (RFC 5322, MIME) → Document: the release, not the forwarding."""

# ruff: noqa: E501 - the lists of words are easier to read and to add to when a language stands on a line

from __future__ import annotations

import email.policy
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesParser

from onrecord.intake.document import Block, Document, Evidence, Metadata, Refusal
from onrecord.intake.formats import plaintext, webpage
from onrecord.intake.layout import furniture

MOST_DEPTH = 5
"""How many messages may be attached one to another, as parts and as files together."""

ReadPart = Callable[[str, bytes, int], Document]
"""(name, bytes, depth) of an attached file → its Document. Raises Refusal."""

_HEADER = re.compile(
    rb"(?:^|\n)(mime-version|received|message-id|return-path|content-type|x-mailer|delivered-to|snapshot-content-location)[ \t]*:",
    re.I,
)
_FORWARDED = re.compile(
    r"""^[>\s]*(?:
    -{2,}\s*(?:forwarded\ message|original\ message|message\ transféré|message\ d['’]origine|mensaje\ reenviado|mensaje\ original|weitergeleitete\ nachricht|ursprüngliche\ nachricht|original-nachricht|mensagem\ encaminhada|mensagem\ original|пересылаемое\ сообщение|пересланное\ сообщение|исходное\ сообщение|رسالة\ معاد\ توجيهها|الرسالة\ (?:الأصلية|المحولة|المعاد\ توجيهها)|رسالة\ محولة|رسالة\ مُحالة)\s*-{2,}
    | begin\ forwarded\ message\s*: | début\ du\ message\ (?:réexpédié|transféré)\s*: | inicio\ del\ mensaje\ reenviado\s*: | anfang\ der\ weitergeleiteten\ nachricht\s*: | início\ da\ mensagem\ (?:reencaminhada|encaminhada)\s*: | начало\ переадресованного\ сообщения\s*: | بداية\ الرسالة\ المحولة\s*: | _{10,}
    )\s*$""",
    re.VERBOSE | re.IGNORECASE,
)
_INNER = re.compile(
    r"^[>\s]*\*{0,2}(?P<name>from|to|cc|bcc|date|sent|subject|reply-to|de|à|pour|envoyé|objet|para|cc|fecha|enviado(?:\s+el)?|asunto|von|an|datum|gesendet|betreff|data|enviada?(?:\s+em)?|assunto|от(?:\s+кого)?|кому|дата|отправлено|тема|من|إلى|التاريخ|تاريخ|الموضوع|أُرسلت|نسخة)\s*:\*{0,2}\s*(?P<value>.*)$",
    re.IGNORECASE,
)
_DATES = frozenset(
    "date sent envoyé fecha enviado datum gesendet data enviada дата отправлено التاريخ تاريخ أُرسلت".split()
)
_SUBJECTS = frozenset("subject objet asunto betreff assunto тема الموضوع".split())
_SENDERS = frozenset(("from", "de", "von", "от", "от кого", "من"))
_FOOT = re.compile(
    r"\b(?:unsubscribe|you (?:are receiving|received) this|view (?:this )?(?:e-?mail )?in (?:your|a) browser|update your preferences|sent from my|this e-?mail (?:and any|is confidential|is intended)|confidentiality notice|to stop receiving|se désabonner|se désinscrire|darse de baja|cancelar suscripción|abmelden|abbestellen|descadastrar|cancelar (?:a )?(?:inscrição|subscrição)|отписаться)\b|إلغاء الاشتراك|لإلغاء الاشتراك",
    re.IGNORECASE,
)
# What Mailman and its kin write below the rule at the end of every message.
_LIST_FOOT = re.compile(
    r"mailing list|listinfo|liste de diffusion|lista de (?:correo|distribu)|mailingliste|список рассылки", re.I
)
_REGARDS = re.compile(
    r"(?:(?:with\s+)?(?:kind|best|warm)?\s*regards|best(?:\s+wishes)?|many\s+thanks|cordialement|bien\s+à\s+vous|un\s+saludo|saludos(?:\s+cordiales)?|mit\s+freundlichen\s+grüßen|freundliche\s+grüße|viele\s+grüße|cumprimentos|atenciosamente|с\s+уважением|مع\s+(?:أطيب\s+)?التحيات)\s*[,.!]?",
    re.IGNORECASE,
)
_PRESS = re.compile(
    r"\b(?:press|media|news|communications?|information|info)\s*(?:office|team|desk|room|service|centre|center|department|officer|release[s]?)?\b|\b(?:service de presse|oficina de prensa|pressestelle|assessoria de imprensa|пресс-служба|newsdesk)\b|المكتب (?:الصحفي|الإعلامي)",
    re.IGNORECASE,
)


def is_mail(data: bytes, name: str) -> bool:
    """True for bytes that begin with the header of a message."""
    head = re.split(rb"\r?\n\r?\n", data[:16384].lstrip(b"\xef\xbb\xbf"), maxsplit=1)[0]
    lines = head.splitlines()
    if not lines or not all(re.match(rb"[!-9;-~]+[ \t]*:|[ \t]|From |>From ", line) for line in lines):
        return False
    fields = {line.split(b":", 1)[0].strip().lower() for line in lines if b":" in line and not line[:1].isspace()}
    machine = _HEADER.search(head) is not None
    return (machine and len(fields) >= 2) or (
        name.lower().endswith((".eml", ".mht", ".mhtml")) and bool(fields & {b"from", b"subject", b"date"})
    )


class NestedTooDeeply(Refusal):
    """Messages are attached to messages, more than MOST_DEPTH deep."""


def document(data: bytes, read_part: ReadPart, depth: int = 0) -> Document:
    """The Document of a message; `read_part` reads what is attached to it. `depth` is how many messages this one is attached to.
    Raises Refusal where it holds no text."""
    message = BytesParser(policy=email.policy.default).parsebytes(data)
    return _document(message, read_part, depth)


def _document(message: EmailMessage, read_part: ReadPart, depth: int) -> Document:
    attached = (
        next((part for part in message.walk() if part.get_content_type() == "message/rfc822"), None)
        if depth < MOST_DEPTH
        else None
    )
    if attached is not None:
        inner = attached.get_payload()
        if isinstance(inner, list) and inner and isinstance(inner[0], EmailMessage):
            return _document(inner[0], read_part, depth + 1)
    metadata = _metadata(message)
    plain, page = _bodies(message)
    if message.get("Snapshot-Content-Location") or (
        page and message.get_content_type() == "multipart/related" and not message.get("From", "").count("@")
    ):
        saved = webpage.document(b"", text=page)
        address = saved.metadata.url or str(message.get("Snapshot-Content-Location") or "")
        return replace(saved, metadata=replace(saved.metadata, url=address))
    own: Document | None = None
    if plain.strip() and (
        not page or len(plain) > 0.5 * len(re.sub(r"(?s)<(style|script|head)\b.*?</\1>|<[^>]*>", "", page))
    ):
        lines, metadata = _without_forwarding(plain.split("\n"), metadata)
        own = Document("mail", plaintext.blocks("\n".join(_without_foot(lines))), metadata)
    elif page.strip():
        own = _from_page(page, metadata)
    if own is None or _length(own) < 400:
        try:
            file = _attachment(message, read_part, depth)
        except NestedTooDeeply:
            if own is None:
                raise
            file = None
        if file is not None and (own is None or _length(file) > 2 * _length(own)):
            return replace(file, metadata=replace(file.metadata, titles=(*file.metadata.titles, *metadata.titles)))
    if own is None:
        raise Refusal("The message holds no text.")
    return own


def _length(document: Document) -> int:
    """How many characters of text a document has."""
    return sum(len(block.text) for block in document.blocks)


def _metadata(message: EmailMessage) -> Metadata:
    """Subject, sender and date of a message, the date as the sender's clock had it."""
    subject = _header(message, "Subject")
    published = []
    date = _header(message, "Date")
    if date:
        try:
            published.append(Evidence(message["Date"].datetime.date().isoformat(), "Date"))
        except (AttributeError, ValueError, TypeError):
            published.append(Evidence(date, "Date"))
    senders = []
    try:
        addresses: tuple[Address, ...] = message["From"].addresses if message["From"] else ()
        senders = [
            Evidence(name, "From domain" if _is_domain(name, address.domain) else "From")
            for address in addresses
            if (name := _organization(address.display_name))
        ]
    except (AttributeError, ValueError, IndexError):
        pass
    language = _header(message, "Content-Language")
    return Metadata(
        titles=(Evidence(subject_text(subject), "Subject"),) if subject else (),
        published=tuple(published),
        publishers=tuple(senders),
        languages=(Evidence(language.split(",")[0].strip(), "Content-Language"),) if language else (),
    )


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name) or "").split())
    except (ValueError, IndexError, AttributeError, TypeError):
        return ""


def subject_text(subject: str) -> str:
    """A subject without the marks of replying and forwarding, and without the name of a list in brackets."""
    text = subject.strip()
    while True:
        shorter = re.sub(
            r"^(?:(?:fwd?|re|tr|wg|rv|aw|enc|res|пересл|отв|fw|إعادة توجيه|رد)\s*:|\[[^\]]{1,40}\])\s*",
            "",
            text,
            flags=re.I,
        )
        if shorter == text:
            return text
        text = shorter


def _organization(name: str) -> str:
    """A sender's name without its press office."""
    text = _PRESS.sub(" ", name.strip("\"' "))
    return " ".join(text.split()).strip(" ,|-–—()/@'\"")


def _is_domain(name: str, domain: str) -> bool:
    """True where the sender's address lies below the sender's own name: Cais Aberto, caisaberto.example."""
    folded = "".join(char for char in unicodedata.normalize("NFKD", name.lower()) if char.isalnum() and char.isascii())
    return len(folded) >= 4 and folded in [part.replace("-", "") for part in domain.lower().split(".")]


def _bodies(message: EmailMessage) -> tuple[str, str]:
    """The plain text and the HTML of a message."""
    plain, page = "", ""
    for part in message.walk():
        if part.is_multipart() or part.get_content_disposition() == "attachment":
            continue
        kind = part.get_content_type()
        if kind not in ("text/plain", "text/html"):
            continue
        text = _text(part)
        if kind == "text/plain":
            flowed = (part.get_param("format") or "") == "flowed"
            plain += ("\n" if plain else "") + (_flowed(text) if flowed else text)
        else:
            page = page or text
    return plain, page


def _text(part: EmailMessage) -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    if not data.strip():
        return ""
    charset = part.get_content_charset()
    # What says it is Latin-1 is Windows-1252, as in web pages (WHATWG Encoding, section 4.2).
    charset = "cp1252" if charset in ("iso-8859-1", "latin1", "us-ascii") else charset
    if charset:
        try:
            return plaintext.mended(data.decode(charset)).replace("\r\n", "\n")
        except (LookupError, UnicodeDecodeError):
            pass
    return plaintext.decoded(data)


def _flowed(text: str) -> str:
    """Format=flowed made whole (RFC 3676): a line that ends in a blank goes on."""
    out: list[str] = []
    for line in text.split("\n"):
        if out and out[-1].endswith(" ") and out[-1] != "-- ":
            out[-1] += line
        else:
            out.append(line)
    return "\n".join(out)


def _without_forwarding(lines: list[str], metadata: Metadata) -> tuple[list[str], Metadata]:
    """The lines of the innermost forwarded message, and what its header says; all lines where none was forwarded."""
    starts = [at for at, line in enumerate(lines) if _FORWARDED.match(line)]
    for start in reversed(starts):
        at = start + 1
        while at < len(lines) and not lines[at].strip("> \t"):
            at += 1
        end, fields = _inner_header(lines, at)
        if len(fields) >= 2:
            return _unquoted(lines[end:]), _inner_metadata(fields, metadata)
    for at in range(len(lines)):
        # Outlook writes the inner header without a line above it.
        if at and lines[at].strip() and _INNER.match(lines[at]) and _INNER.match(lines[at])["name"].lower() in _SENDERS:  # type: ignore[index]
            end, fields = _inner_header(lines, at)
            if len(fields) >= 3:
                return _unquoted(lines[end:]), _inner_metadata(fields, metadata)
    quoted = [line for line in lines if line.startswith(">")]
    if sum(map(len, quoted)) > 0.7 * sum(map(len, lines)):
        return _unquoted(quoted), replace(metadata, published=(), publishers=())
    return lines, metadata


def _inner_header(lines: list[str], at: int) -> tuple[int, dict[str, str]]:
    fields: dict[str, str] = {}
    last = ""
    while at < len(lines):
        match = _INNER.match(lines[at])
        if match:
            last = match["name"].lower()
            fields.setdefault(last, match["value"].strip())
        elif last and lines[at][:1] in " \t" and lines[at].strip():
            fields[last] += " " + lines[at].strip()
        else:
            break
        at += 1
    return at, fields


def _inner_metadata(fields: dict[str, str], outer: Metadata) -> Metadata:
    subject = next((value for name, value in fields.items() if name.split()[0] in _SUBJECTS), "")
    date = next((value for name, value in fields.items() if name.split()[0] in _DATES), "")
    sender = next((value for name, value in fields.items() if name in _SENDERS), "")
    name = _organization(re.sub(r"\s*[<\[(].*", "", sender)) if "@" in sender or sender else ""
    return Metadata(
        titles=(Evidence(subject_text(subject), "Subject"),) if subject else outer.titles,
        published=(Evidence(date, "Date"),) if date else (),
        publishers=(Evidence(name, "From"),) if name and "@" not in name else (),
        languages=outer.languages,
    )


def _unquoted(lines: list[str]) -> list[str]:
    """Lines without the marks of quoting, where most have them."""
    full = [line for line in lines if line.strip()]
    if full and sum(line.startswith(">") for line in full) >= 0.6 * len(full):
        return [re.sub(r"^(?:>\s?)+", "", line) for line in lines]
    return lines


def _without_foot(lines: list[str]) -> list[str]:
    """Lines up to the signature (RFC 3676 section 4.3), a greeting with who sends it, or the foot that a mailing adds."""
    for at, line in enumerate(lines):
        if at > 3 and _REGARDS.fullmatch(line.strip()):
            after = [closing for closing in lines[at + 1 :] if closing.strip()]
            if len(after) <= 5 and all(
                len(closing) < 60 and not closing.rstrip().endswith((".", "!", "?")) for closing in after
            ):
                return lines[:at]
        if line.rstrip("\r") in ("-- ", "--") and at > 3:
            return lines[:at]
        if at > 3 and re.fullmatch(r"_{20,}\s*", line) and _LIST_FOOT.search("\n".join(lines[at + 1 : at + 5])):
            return lines[:at]
        if _FOOT.search(line) and at > len(lines) * 0.4 and not furniture.opens_notes(line):
            return lines[:at]
    return [line for line in lines if not _FOOT.search(line)]


def _from_page(page: str, metadata: Metadata) -> Document:
    blocks = list(webpage.document(b"", text=page).blocks)
    texts = [block.text for block in blocks]
    for at in range(len(texts) - 1, -1, -1):
        if _FORWARDED.match(texts[at]):
            end, fields = _inner_header(texts, at + 1)
            if len(fields) >= 2:
                return Document("mail", tuple(_page_foot(blocks[end:])), _inner_metadata(fields, metadata))
    start = next((at for at in range(len(texts)) if _inner_header(texts, at)[0] - at >= 3), None)
    if start is not None:
        stop, fields = _inner_header(texts, start)
        return Document("mail", tuple(_page_foot(blocks[stop:])), _inner_metadata(fields, metadata))
    return Document("mail", tuple(_page_foot(blocks)), metadata)


def _page_foot(blocks: list[Block]) -> Iterator[Block]:
    for at, block in enumerate(blocks):
        if _FOOT.search(block.text) and len(block.text) < 400:
            if at > len(blocks) * 0.4:
                return
            continue
        yield block


def _attachment(message: EmailMessage, read_part: ReadPart, depth: int) -> Document | None:
    """The first attached document that can be read. Raises NestedTooDeeply."""
    for part in message.walk():
        name = part.get_filename() or ""
        if part.is_multipart() or not (part.get_content_disposition() == "attachment" or name):
            continue
        if part.get_content_type().startswith(("image/", "audio/", "video/")):
            continue
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes) and payload:
            if depth == MOST_DEPTH:
                raise NestedTooDeeply(
                    f"Messages are attached to messages, more than {MOST_DEPTH} deep. Save the innermost and import it by itself."
                )
            try:
                return read_part(name, payload, depth + 1)
            except NestedTooDeeply:
                raise
            except Refusal:
                continue
    return None
