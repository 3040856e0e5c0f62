"""The bytes of a message (RFC 5322, MIME: RFC 2045 to 2049) → Message."""

from __future__ import annotations

import base64
import codecs
import contextlib
import email.errors
import email.header
import email.policy
import email.utils
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.generator import BytesGenerator
from email.message import Message as MimePart

from onrecord.intake.document import LeftOut, Refusal
from onrecord.intake.evidence import language_detection
from onrecord.intake.formats import mail_floods, page_tags, plaintext, signed_message
from onrecord.intake.formats.mail_message import AttachedFile, Message, MessageHeader, MessageText

ENCRYPTED = "The message is encrypted ({how}). Decrypt it in the mail program of whom it was sent to and save it without encryption."
_MOST_DEPTH = 50
_MOST_HEADER = 256 * 1024
_MACHINE = re.compile(
    rb"(?:^|\n)(mime-version|received|message-id|return-path|content-type|x-mailer|delivered-to|snapshot-content-location)[ \t]*:",
    re.I,
)
_FIELD = re.compile(rb"[!-9;-~]+[ \t]*:|[ \t]|From |>From ")
# Names of encodings that Python does not have under them, or reads more strictly than those who write them.
_CHARSETS = {
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-6-i": "iso-8859-6",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "windows-874": "cp874",
    "tis-620": "cp874",
}
# Codecs of Python that no message is written in.
_NO_CHARSETS = frozenset(("idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"))


def is_message(data: bytes, name: str) -> bool:
    """True for bytes that begin with the header of a message."""
    head = re.split(rb"\r?\n\r?\n", data[:65536].removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n"), maxsplit=1)[0]
    if len(data) > 65536 and len(head) >= 65530:
        # A header as long as this is machines' (lists of recipients, signatures); its last line may be cut.
        head = head[: head.rfind(b"\n")]
    lines = head.splitlines()
    if not lines or not all(_FIELD.match(line) for line in lines):
        return False
    fields = {line.split(b":", 1)[0].strip().lower() for line in lines if b":" in line and not line[:1].isspace()}
    if _MACHINE.search(head) is not None and len(fields) >= 2:
        return True
    return name.lower().endswith((".eml", ".mht", ".mhtml")) and bool(fields & {b"from", b"subject", b"date"})


def read(data: bytes) -> Message:
    """The Message of the bytes. Raises Refusal where there are too many parts to it."""
    mail_floods.refuse(data)
    message = message_from_bytes(data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n"), policy=email.policy.compat32)
    found = _Found()
    _collect(message, found, 0)
    header = header_of(message)
    return Message(
        header,
        tuple(found.texts),
        tuple(found.attached),
        tuple(found.left_out),
        tuple(dict.fromkeys(found.unreadable)),
        is_digest=found.is_digest,
    )


# ---- header ----------------------------------------------------------------------------------------------------------------------


def header_of(message: MimePart) -> MessageHeader:
    """The fields of a message's header."""
    sender = _field(message, "From")
    # A list that rewrites the sender keeps the name: "Harbour Watch via News List".
    name, address = _first_address(message, "From")
    saved = _field(message, "Snapshot-Content-Location")
    related = message.get_content_type() == "multipart/related" and "@" not in sender
    return MessageHeader(
        subject=_field(message, "Subject"),
        sender=sender,
        recipients=_field(message, "To"),
        date=_field(message, "Date"),
        language=_field(message, "Content-Language"),
        sender_name=name,
        sender_domain=address.rpartition("@")[2].lower() if "@" in address else "",
        page_address=saved,
        is_page=bool(saved) or related,
    )


def _field(message: MimePart, name: str) -> str:
    return header_text(_raw_field(message, name))


def _raw_field(message: MimePart, name: str) -> str:
    """The first field of a name as it stands there, bytes that are no ASCII as halves of surrogates."""
    return next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")


def _first_address(message: MimePart, name: str) -> tuple[str, str]:
    """The name and the address that a field names first."""
    value = " ".join(_raw_field(message, name)[:1000].split())
    # The name is decoded after it was parted from the address: it may hold commas and brackets once decoded.
    try:
        addresses = email.utils.getaddresses([value])
    except (RecursionError, ValueError, IndexError):
        return "", ""
    for text, address in addresses:
        if address or text:
            return header_text(text), address
    return "", ""


def header_text(value: str) -> str:
    """The value of a field on one line, its encoded words (RFC 2047) decoded, whatever encoding its bytes are in."""
    value = value[:_MOST_HEADER]
    if any("\ud800" <= char <= "\udfff" for char in value):
        value = _unlabelled(value.encode("utf-8", "surrogateescape"))
    if "=?" in value:
        try:
            pieces = email.header.decode_header(value)
            value = "".join(
                piece if isinstance(piece, str) else text_of(piece, charset or "utf-8") for piece, charset in pieces
            )
        except (email.errors.HeaderParseError, ValueError, AssertionError):
            pass
    return " ".join(plaintext.spaced(value.replace("\0", "")).split())


def text_of(data: bytes, charset: str | None) -> str:
    """The text of bytes whose encoding is called `charset`; where that is none, or what comes of it is no language, as its bytes look."""
    name = (charset or "").strip().strip("\"'").lower()
    name = _CHARSETS.get(name, name)
    labelled = None
    if name and name not in _NO_CHARSETS:
        # Codecs of bytes to bytes (zip, hex) are no encodings of text, and raise LookupError.
        with contextlib.suppress(LookupError, ValueError):
            labelled = data.decode(codecs.lookup(name).name)
    if labelled is None:
        return _unlabelled(data)
    if name in ("utf-8", "utf-16", "utf-32") or data.isascii():
        return plaintext.mended(labelled)
    return _more_plausible(data, labelled)


def _more_plausible(data: bytes, labelled: str) -> str:
    """The text as its label says, or as its bytes look where the label makes no language of them and they look like one."""
    try:
        return plaintext.mended(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    foreign = "\n".join(line for line in labelled.split("\n") if not line.isascii())
    plausible = language_detection.plausibility(foreign)
    if plausible >= 0.5:
        return plaintext.mended(labelled)
    looked = _unlabelled(data)
    seen = "\n".join(line for line in looked.split("\n") if not line.isascii())
    return looked if language_detection.plausibility(seen) > plausible + 0.2 else plaintext.mended(labelled)


def _unlabelled(data: bytes) -> str:
    if not data.strip():
        return ""
    try:
        return plaintext.decoded(data)
    except Refusal:
        return data.decode("cp1252", "replace")


# ---- parts -----------------------------------------------------------------------------------------------------------------------


@dataclass
class _Found:
    """What was found in the parts so far."""

    texts: list[MessageText] = field(default_factory=list)
    attached: list[AttachedFile] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    is_digest: bool = False


def _collect(part: MimePart, found: _Found, depth: int) -> None:
    """Adds what a part holds to what was found."""
    if depth > _MOST_DEPTH:
        raise Refusal("The message is nested too deeply to be read. Save what is attached to it and import that.")
    media = part.get_content_type()
    if media == "multipart/encrypted":
        kinds = [str(part.get_param("protocol")), *(inner.get_content_type() for inner in _children(part))]
        found.unreadable.append(ENCRYPTED.format(how="PGP" if any("pgp" in kind for kind in kinds) else "S/MIME"))
    elif media == "multipart/alternative" and part.is_multipart():
        _collect_alternatives(part, found, depth)
    elif media == "message/rfc822":
        _collect_message(part, found)
    elif part.is_multipart():
        found.is_digest |= media == "multipart/digest"
        for inner in _children(part):
            if media == "multipart/signed" and inner.get_content_subtype().endswith("-signature"):
                continue
            _collect(inner, found, depth + 1)
    elif media.startswith("multipart/"):
        _collect_unparted(part, found, depth)
    else:
        _collect_leaf(part, media, found, depth)


def _children(part: MimePart) -> Iterator[MimePart]:
    payload = part.get_payload()
    if isinstance(payload, list):
        yield from (inner for inner in payload if isinstance(inner, MimePart))


def _collect_alternatives(part: MimePart, found: _Found, depth: int) -> None:
    """Of several forms of one text one is chosen: the plain one, but where the other says clearly more."""
    forms = []
    for inner in _children(part):
        form = _Found()
        _collect(inner, form, depth + 1)
        forms.append(form)
    plain = next((form for form in forms if _is_form(form, "plain")), None)
    page = next((form for form in reversed(forms) if _is_form(form, "html")), None)
    chosen = page or plain
    if plain and page:
        words = sum(len(text.text) for text in plain.texts)
        bare = sum(
            len(page_tags.without_tags(text.text)) if text.form == "html" else len(text.text) for text in page.texts
        )
        chosen = plain if words > 0.5 * bare else page
    for form in forms:
        found.texts += [
            MessageText(text.form, text.text, text.chosen and (form is chosen or chosen is None)) for text in form.texts
        ]
        found.attached += form.attached
        found.left_out += form.left_out
        found.unreadable += form.unreadable
        found.is_digest |= form.is_digest


def _is_form(form: _Found, kind: str) -> bool:
    return any(text.form == kind and text.text.strip() for text in form.texts)


def _collect_message(part: MimePart, found: _Found) -> None:
    inner = next(_children(part), None)
    data = raw(inner) if inner is not None else payload_of(part)
    if inner is not None and str(part.get("Content-Transfer-Encoding", "")).strip().lower() == "base64":
        # Not allowed (RFC 2046 section 5.2.1), and written by GroupWise.
        with contextlib.suppress(ValueError):
            data = base64.b64decode(data.strip(), validate=False) or data
    if data.strip():
        found.attached.append(AttachedFile(header_text(file_name(part)) or "message.eml", "message/rfc822", data))


def _collect_unparted(part: MimePart, found: _Found, depth: int) -> None:
    """A message that says it has parts, whose boundary stands nowhere: parted where a boundary is seen, else read as text."""
    data = payload_of(part)
    seen = re.search(rb"(?:^|\n)--([^\s]{1,70})[ \t]*\r?\ncontent-[\w-]+:", data, re.I)
    if seen and b'"' not in seen[1]:
        parted = message_from_bytes(
            b'Content-Type: multipart/mixed; boundary="' + seen[1] + b'"\n\n' + data, policy=email.policy.compat32
        )
        if parted.is_multipart():
            _collect(parted, found, depth + 1)
            return
    found.texts.append(MessageText("plain", _lines(text_of(data, None))))


def _collect_leaf(part: MimePart, media: str, found: _Found, depth: int) -> None:
    name = header_text(file_name(part))
    data = payload_of(part)
    if media in ("application/pkcs7-mime", "application/x-pkcs7-mime"):
        content = signed_message.content(data)
        if content is None:
            found.unreadable.append(ENCRYPTED.format(how="S/MIME"))
        else:
            _collect(message_from_bytes(content, policy=email.policy.compat32), found, depth + 1)
        return
    if media in ("text/plain", "text/html") and part.get_content_disposition() != "attachment":
        text = _lines(text_of(data, part.get_content_charset()))
        flowed = media == "text/plain" and str(part.get_param("format") or "").lower() == "flowed"
        delete = str(part.get_param("delsp") or "").lower() == "yes"
        found.texts.append(
            MessageText("html" if media == "text/html" else "plain", unflowed(text, delete=delete) if flowed else text)
        )
    elif media in ("text/calendar", "message/delivery-status", "text/rfc822-headers", "text/x-amp-html"):
        reasons = {"text/calendar": "calendar entry", "text/x-amp-html": "the same text in another form"}
        found.left_out.append(
            LeftOut(text_of(data, part.get_content_charset()), reasons.get(media, "report of delivery"))
        )
    elif data.strip():
        found.attached.append(AttachedFile(name, media, data))


def file_name(part: MimePart) -> str:
    """The name under which a part was attached."""
    try:
        return part.get_filename() or ""
    except (ValueError, LookupError, TypeError, AttributeError):
        return ""


def payload_of(part: MimePart) -> bytes:
    """The bytes of a part without their transfer encoding."""
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        payload = None
    if isinstance(payload, bytes):
        return payload
    text = part.get_payload()
    return text.encode("utf-8", "surrogateescape") if isinstance(text, str) else b""


def raw(message: MimePart) -> bytes:
    """The bytes of a message that is a part of another, the same at every reading."""
    stream = io.BytesIO()
    try:
        BytesGenerator(stream, mangle_from_=False, maxheaderlen=0).flatten(message)
    except (ValueError, LookupError, TypeError, AttributeError):
        return str(message.get_payload()).encode("utf-8", "surrogateescape")
    return stream.getvalue()


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def unflowed(text: str, *, delete: bool = False) -> str:
    """Format=flowed made whole (RFC 3676): a line that ends in a blank goes on; `delete` says that the blank is none (DelSp). Lines of
    other depths of quoting are not joined."""
    out: list[str] = []
    going_on = ""
    for line in text.split("\n"):
        quotes = line[: len(line) - len(line.lstrip(">"))]
        content = line[len(quotes) :]
        content = content[1:] if content.startswith(" ") else content
        flows = content.endswith(" ") and content != "-- "
        if out and going_on == quotes + "+" and content != "-- ":
            out[-1] += content[:-1] if flows and delete else content
        else:
            out.append((f"{quotes} " if quotes else "") + (content[:-1] if flows and delete else content))
        going_on = quotes + "+" if flows else ""
    return "\n".join(out)
