"""The bytes of a file in Rich Text Format → its controls and its text, decoded."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?\ ?|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z'])|(?P<brace>[{}])"
    rb"|(?P<break>[\r\n]+)|(?P<text>[^\\{}\r\n]+)|\\",
    re.S,
)
# \fcharset (version 1.9.1, font table) → Python's name.
_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258",
    177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 255: "cp437",
}  # fmt: skip
# Greek letters and signs of the Symbol font are not decoded; its bullets are.
_SYMBOL = 2
_PAGES = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}


@dataclass(frozen=True, slots=True)
class Control:
    """A control word ("par"), sign ("*", "~") or brace, and the number that stands behind it."""

    word: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """Text, decoded."""

    text: str


class _Decoder:
    """Which encoding holds where: that of the document, of the font, how many signs follow a Unicode character for old programs."""

    def __init__(self) -> None:
        self.page = "cp1252"
        self.fonts: dict[int, int] = {}
        self.font = -1
        self.skipped = 1
        self.stack: list[tuple[int, int]] = []

    def text(self, data: bytes) -> str:
        """Bytes in the encoding that holds here."""
        charset = self.fonts.get(self.font, 0)
        if charset == _SYMBOL:
            return "".join("•" if byte in (0xB7, 0xA7, 0xA8) else chr(byte) for byte in data)
        return data.decode(_CHARSETS.get(charset, self.page), "replace")


def tokens(data: bytes) -> Iterator[Control | Text]:
    """The controls and texts of a file, in order, the font table apart, in time that grows with its size. Text after the end of the
    outer group is passed over, as word processors do."""
    decoder = _Decoder()
    waiting = bytearray()
    # Texts in many alphabets are written sign by sign; what nothing stands between is one text.
    parts: list[str] = []
    skip = 0
    high = 0
    fonts_depth = 0
    defining = -1
    at = 0
    while at < len(data):
        match = _TOKEN.match(data, at)
        if match is None:
            break
        at = match.end()
        kind = match.lastgroup
        if kind == "break":
            continue
        if kind in ("hex", "text"):
            piece = bytes([int(match["hex"], 16)]) if kind == "hex" else match["text"]
            if skip:
                dropped = min(skip, len(piece))
                skip, piece = skip - dropped, piece[dropped:]
            if not fonts_depth:
                waiting += piece
            continue
        if waiting:
            parts.append(decoder.text(bytes(waiting)))
            waiting.clear()
        word = (match["word"] or match["sign"] or match["brace"] or b"").decode("latin-1")
        number = int(match["number"]) if match["number"] else None
        if word == "u" and number is not None:
            code = number + 0x10000 if number < 0 else number
            skip = decoder.skipped
            # Characters beyond the first plane are written as two halves (UTF-16).
            if 0xD800 <= code < 0xDC00:
                high = code
                continue
            if 0xDC00 <= code < 0xE000 and high:
                code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
            high = 0
            if not fonts_depth and (0 <= code < 0xD800 or 0xE000 <= code < 0x110000):
                parts.append(chr(code))
            continue
        if parts:
            yield Text("".join(parts))
            parts.clear()
        skip = 0
        if word == "{":
            decoder.stack.append((decoder.font, decoder.skipped))
        elif word == "}":
            if decoder.stack:
                decoder.font, decoder.skipped = decoder.stack.pop()
            if fonts_depth and len(decoder.stack) < fonts_depth:
                fonts_depth = 0
        elif word == "bin":
            at += max(number or 0, 0)
            continue
        elif word == "fonttbl":
            fonts_depth = len(decoder.stack)
        elif word == "f" and number is not None:
            defining = number
            decoder.font = number
        elif word == "deff" and number is not None:
            decoder.font = number
        elif word == "fcharset" and number is not None:
            decoder.fonts[defining] = number
        elif word == "uc" and number is not None:
            decoder.skipped = min(max(number, 0), 9)
        elif word == "ansicpg" and number is not None:
            decoder.page = _known(f"cp{number}") or decoder.page
        elif word in _PAGES:
            decoder.page = _PAGES[word]
        if not fonts_depth or word in "{}":
            yield Control(word, number)
        if word == "}" and not decoder.stack:
            return
    if waiting:
        parts.append(decoder.text(bytes(waiting)))
    if parts:
        yield Text("".join(parts))


def _known(name: str) -> str:
    if name == "cp65001":
        return "utf-8"
    try:
        return codecs.lookup(name).name
    except LookupError:
        return ""
