"""Outlook's own files of messages (.msg: [MS-OXMSG], in a compound file) → Message, through python-oxmsg."""

from __future__ import annotations

import email.policy
import io
import struct
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_string
from typing import TYPE_CHECKING

from onrecord.intake.document import Refusal
from onrecord.intake.document_size import refuse_too_many
from onrecord.intake.formats import mapi, mime_message, page_tags
from onrecord.intake.formats.mail_message import (
    MOST_HEADER_LINES,
    MOST_PARTS,
    AttachedFile,
    Message,
    MessageHeader,
    MessageText,
)

if TYPE_CHECKING:
    from oxmsg.storage import Storage

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What stands in the folder of every .msg and of no Word document.
_NAMES = tuple(name.encode("utf-16-le") for name in ("__nameid_version1.0", "__properties_version1.0"))
_BROKEN = "The file is an Outlook message (.msg) and is broken ({error}). Open it in Outlook and save it again, as .msg or as text."
_EMBEDDED = f"__substg1.0_{mapi.ATTACH_DATA:04X}{mapi.OBJECT:04X}"
_ROOT_HEADER, _EMBEDDED_HEADER, _ATTACHMENT_HEADER = 32, 24, 8
_MOST_DEPTH = 6


def is_message(data: bytes, name: str) -> bool:
    """True for the bytes of an Outlook message, or of a broken one that is called so."""
    return data.startswith(_COMPOUND) and (name.lower().endswith(".msg") or any(mark in data for mark in _NAMES))


def read(data: bytes) -> Message:
    """The Message of the bytes. Raises Refusal where the file is broken or is no message (a contact, an appointment)."""
    from olefile import OleFileIO
    from oxmsg.storage import Storage

    try:
        with OleFileIO(io.BytesIO(data)) as compound:
            root = Storage.from_ole(compound)
    except RecursionError as error:
        raise Refusal(_BROKEN.format(error="nested too deeply")) from error
    except Exception as error:  # olefile raises what Python happens to raise in it
        raise Refusal(_BROKEN.format(error=str(error) or type(error).__name__)) from error
    return _message(root, _ROOT_HEADER, 0)


def _message(storage: Storage, header_size: int, depth: int) -> Message:
    if depth > _MOST_DEPTH:
        raise Refusal(
            "Messages are attached to messages, too deep to be read. Save the innermost and import it by itself."
        )
    properties = _Properties(storage, header_size)
    kind = properties.text(mapi.MESSAGE_CLASS).lower()
    if kind and not kind.startswith(("ipm.note", "ipm.post", "ipm.document", "report.")):
        raise Refusal(f"The file is an Outlook item ({kind}) and no message. Save what matters of it as text.")
    attached, unreadable = _attached(storage, depth)
    page = properties.page()
    body = properties.text(mapi.BODY)
    texts = []
    if page.strip():
        # As a message with both would have it (multipart/alternative).
        bare = page_tags.without_tags(page)
        plain_counts = bool(body.strip()) and len(body) > 0.5 * len(bare)
        texts = [MessageText("plain", body, plain_counts), MessageText("html", page, not plain_counts)]
    elif body.strip():
        texts = [MessageText("plain", body)]
    else:
        rich = mapi.rich_text(properties.binary(mapi.RTF))
        if rich:
            attached.insert(0, AttachedFile("message.rtf", "text/rtf", rich))
    if kind.startswith("ipm.note.smime") and "multipartsigned" not in kind:
        unreadable.append(mime_message.ENCRYPTED.format(how="S/MIME"))
    header, sent = _header(properties)
    return Message(header, tuple(texts), tuple(attached), unreadable=tuple(unreadable), sent=sent)


class _Properties:
    """The properties of a message or of what is attached to it."""

    def __init__(self, storage: Storage, header_size: int) -> None:
        self._streams = {stream.name: stream.bytes_ for stream in storage.streams}
        self._fixed: dict[tuple[int, int], bytes] = {}
        data = self._streams.get("__properties_version1.0", b"")[header_size:]
        for at in range(0, len(data) - 15, 16):
            kind, number = struct.unpack_from("<HH", data, at)
            self._fixed[number, kind] = data[at + 8 : at + 16]
        self._codepage = self.integer(mapi.MESSAGE_CODEPAGE) or self.integer(mapi.INTERNET_CODEPAGE)

    def _stream(self, number: int, kind: int) -> bytes | None:
        return self._streams.get(f"__substg1.0_{number:04X}{kind:04X}")

    def integer(self, number: int) -> int:
        """The value of a number, 0 where there is none."""
        value = self._fixed.get((number, mapi.INTEGER_32), b"\0" * 8)
        return int.from_bytes(value[:4], "little")

    def text(self, number: int) -> str:
        """The value of a text, empty where there is none."""
        for kind in (mapi.STRING, mapi.STRING_8):
            data = self._stream(number, kind)
            if data is not None:
                codepage = self.integer(mapi.INTERNET_CODEPAGE) if number == mapi.BODY else 0
                return mapi.text(data, kind, codepage or self._codepage)
        return ""

    def binary(self, number: int) -> bytes:
        """The bytes of a property, empty where there are none."""
        return self._stream(number, mapi.BINARY) or b""

    def page(self) -> str:
        """The HTML body."""
        data = self.binary(mapi.HTML)
        if data:
            return mapi.text(data, mapi.BINARY, self.integer(mapi.INTERNET_CODEPAGE) or self._codepage)
        return self.text(mapi.HTML)

    def sent(self) -> str:
        """When the message was sent, in universal time, to the minute; empty where that is not noted."""
        from datetime import UTC, datetime, timedelta

        value = self._fixed.get((mapi.SUBMIT_TIME, mapi.TIME))
        if value is None:
            return ""
        try:
            # Intervals of 100 nanoseconds since 1601 ([MS-DTYP] section 2.3.3).
            moment = datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=int.from_bytes(value, "little") // 10)
        except OverflowError:
            return ""
        return moment.strftime("%Y-%m-%d %H:%M")


def _header(properties: _Properties) -> tuple[MessageHeader, str]:
    """The header as it came over the wire where Outlook kept it, else as Outlook notes it; and, where the sender's own words for the
    date are not kept, when it was sent."""
    wire = properties.text(mapi.TRANSPORT_HEADERS)
    refuse_too_many(wire.count("\n"), "lines in its header", MOST_HEADER_LINES)
    stated = mime_message.header_of(message_from_string(wire.lstrip(), policy=email.policy.compat32))
    address = properties.text(mapi.SENDER_SMTP_ADDRESS) or properties.text(mapi.SENDER_ADDRESS)
    name = properties.text(mapi.SENDER_NAME) or properties.text(mapi.SENT_REPRESENTING_NAME)
    address = address if "@" in address else ""
    header = MessageHeader(
        subject=" ".join(properties.text(mapi.SUBJECT).split()) or stated.subject,
        sender=stated.sender or " ".join(f"{name} <{address}>".split() if address else name.split()),
        recipients=stated.recipients or " ".join(properties.text(mapi.DISPLAY_TO).split()),
        date=stated.date,
        language=stated.language,
        sender_name=stated.sender_name or name,
        sender_domain=stated.sender_domain or address.rpartition("@")[2].lower(),
    )
    return header, "" if stated.date else properties.sent()


def _attached(storage: Storage, depth: int) -> tuple[list[AttachedFile], list[str]]:
    out: list[AttachedFile] = []
    unreadable: list[str] = []
    for inner in storage.storages:
        if not inner.name.startswith("__attach_version1.0_"):
            continue
        if len(out) > MOST_PARTS:
            raise Refusal(
                f"The message has more than {MOST_PARTS:,} attached files. Save those that matter and import them."
            )
        properties = _Properties(inner, _ATTACHMENT_HEADER)
        name = properties.text(mapi.ATTACH_LONG_FILENAME) or properties.text(mapi.ATTACH_FILENAME)
        embedded = next((part for part in inner.storages if part.name == _EMBEDDED), None)
        if embedded is not None:
            try:
                message = _message(embedded, _EMBEDDED_HEADER, depth + 1)
            except Refusal as refusal:
                unreadable.append(str(refusal))
                continue
            data = b"".join(piece for stream in _streams(embedded) for piece in stream)
            out.append(AttachedFile(name or "message.msg", "message/rfc822", data, message))
            continue
        data = properties.binary(mapi.ATTACH_DATA)
        media = properties.text(mapi.ATTACH_MEDIA_TYPE).lower()
        if name.lower() == "message.rpmsg":
            unreadable.append(mime_message.ENCRYPTED.format(how="Microsoft rights management"))
        elif data and media == "multipart/signed":
            signed = mime_message.read(data)
            out += signed.attached
            out += (
                [replace(AttachedFile("message.eml", "message/rfc822", data), message=signed)] if signed.texts else []
            )
        elif data:
            out.append(AttachedFile(name, media, data))
    return out, unreadable


def _streams(storage: Storage) -> Iterator[tuple[bytes, bytes]]:
    """The names and bytes of all that a folder of a compound file holds, in one order at every reading."""
    for stream in sorted(storage.streams, key=lambda stream: stream.name):
        yield stream.name.encode("utf-8", "replace"), stream.bytes_
    for inner in sorted(storage.storages, key=lambda inner: inner.name):
        yield from _streams(inner)
