"""winmail.dat (Transport Neutral Encapsulation Format, [MS-OXTNEF]) → the texts and files in it.

Outlook packs what it sends so; other mail programs show a file that nothing opens. A reader of our own, because those that are
published are not kept or not permissively licensed.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from onrecord.intake.document import Refusal
from onrecord.intake.formats import mapi
from onrecord.intake.formats.mail_message import AttachedFile, Message, MessageHeader, MessageText

_SIGNATURE = b"\x78\x9f\x3e\x22"
_BROKEN = (
    "What was sent is packed in a winmail.dat, Outlook's own format, and that is broken. Ask the sender for the document itself, "
    "or save it from Outlook."
)
_MOST_ATTRIBUTES = 100_000
_BODY, _MESSAGE_PROPERTIES, _CODEPAGE = 0x0002800C, 0x00069003, 0x00069007
_NEW_FILE, _FILE_TITLE, _FILE_DATA, _FILE_PROPERTIES = 0x00069002, 0x00018010, 0x0006800F, 0x00069005
# The size of a value by its type ([MS-OXCDATA] section 2.11.1), filled up to four bytes.
_SIZES = {
    0x0001: 0,
    0x0002: 4,
    0x0003: 4,
    0x0004: 4,
    0x0005: 8,
    0x0006: 8,
    0x0007: 8,
    0x000A: 4,
    0x000B: 4,
    0x0014: 8,
    0x0040: 8,
    0x0048: 16,
}
_VARIABLE = (mapi.STRING_8, mapi.STRING, mapi.BINARY, mapi.OBJECT)
_MULTIPLE = 0x1000


def is_tnef(data: bytes) -> bool:
    """True for the bytes of a winmail.dat."""
    return data.startswith(_SIGNATURE)


@dataclass
class _File:
    title: str = ""
    data: bytes = b""
    properties: dict[int, tuple[int, bytes]] = field(default_factory=dict)


def read(data: bytes) -> Message:
    """The Message of the bytes; its header is empty, because the message that it came with has one. Raises Refusal."""
    codepage = 0
    body = b""
    properties: dict[int, tuple[int, bytes]] = {}
    files: list[_File] = []
    try:
        for attribute, value in _attributes(data):
            if attribute == _CODEPAGE and len(value) >= 4:
                codepage = int.from_bytes(value[:4], "little")
            elif attribute == _BODY:
                body = value
            elif attribute == _MESSAGE_PROPERTIES:
                properties = dict(_properties(value))
            elif attribute == _NEW_FILE:
                files.append(_File())
            elif attribute == _FILE_TITLE and files:
                files[-1].title = mapi.text(value, mapi.STRING_8, codepage)
            elif attribute == _FILE_DATA and files:
                files[-1].data = value
            elif attribute == _FILE_PROPERTIES and files:
                files[-1].properties = dict(_properties(value))
    except (struct.error, IndexError, ValueError) as error:
        raise Refusal(_BROKEN) from error
    texts = _texts(body, properties, codepage)
    attached = [file for file in (_attached(file, codepage) for file in files) if file.data]
    if not texts:
        rich = mapi.rich_text(properties.get(mapi.RTF, (0, b""))[1])
        if rich:
            attached.insert(0, AttachedFile("message.rtf", "text/rtf", rich))
    if not texts and not attached:
        raise Refusal(_BROKEN)
    return Message(MessageHeader(), tuple(texts), tuple(attached))


def _texts(body: bytes, properties: dict[int, tuple[int, bytes]], codepage: int) -> list[MessageText]:
    kind, page = properties.get(mapi.HTML, (0, b""))
    if page.strip(b"\0 \r\n"):
        return [MessageText("html", mapi.text(page, mapi.STRING if kind == mapi.STRING else mapi.BINARY, codepage))]
    kind, plain = properties.get(mapi.BODY, (mapi.STRING_8, body))
    text = mapi.text(plain, kind, codepage)
    return [MessageText("plain", text)] if text.strip() else []


def _attached(file: _File, codepage: int) -> AttachedFile:
    def text(number: int) -> str:
        kind, value = file.properties.get(number, (mapi.STRING_8, b""))
        return mapi.text(value, kind, codepage)

    name = text(mapi.ATTACH_LONG_FILENAME) or file.title
    kind, value = file.properties.get(mapi.ATTACH_DATA, (0, b""))
    if kind == mapi.OBJECT:
        # The first 16 bytes say which interface reads the rest: a message, packed as this one is.
        inner = value[16:]
        return AttachedFile(
            f"{name or 'message'}.winmail.dat", "application/ms-tnef", inner if is_tnef(inner) else file.data
        )
    return AttachedFile(name, text(mapi.ATTACH_MEDIA_TYPE).lower(), file.data or value)


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The attributes of the stream. Raises ValueError where one is longer than what is left, and struct.error."""
    at = 6
    for _ in range(_MOST_ATTRIBUTES):
        if at >= len(data):
            return
        _level, attribute, length = struct.unpack_from("<BII", data, at)
        at += 9
        if at + length + 2 > len(data):
            raise ValueError("longer than the file")
        yield attribute, data[at : at + length]
        # The last two bytes are a sum, which some senders do not write rightly.
        at += length + 2
    raise ValueError("too many attributes")


def _properties(data: bytes) -> Iterator[tuple[int, tuple[int, bytes]]]:
    """The properties in the value of an attribute: number → type and bytes, the first of several values. Raises struct.error and
    ValueError."""
    (count,) = struct.unpack_from("<I", data, 0)
    at = 4
    for _ in range(min(count, _MOST_ATTRIBUTES)):
        kind, number = struct.unpack_from("<HH", data, at)
        at += 4
        if number >= 0x8000:
            # A property with a name: a GUID, and a number or a text.
            (by_text,) = struct.unpack_from("<I", data, at + 16)
            (length,) = struct.unpack_from("<I", data, at + 20)
            at += 24 + (_filled(length) if by_text else 0)
        several, base = bool(kind & _MULTIPLE), kind & ~_MULTIPLE
        values = 1
        if several or base in _VARIABLE:
            (values,) = struct.unpack_from("<I", data, at)
            at += 4
        if values > _MOST_ATTRIBUTES // 100:
            raise ValueError("too many values")
        first = b""
        for place in range(values):
            if base in _VARIABLE:
                (length,) = struct.unpack_from("<I", data, at)
                at += 4
            elif base in _SIZES:
                length = _SIZES[base]
            else:
                raise ValueError("a property of no type")
            if at + length > len(data):
                raise ValueError("longer than what holds it")
            if place == 0:
                first = data[at : at + length]
            at += _filled(length)
        yield number, (base, first)


def _filled(length: int) -> int:
    return (length + 3) // 4 * 4
