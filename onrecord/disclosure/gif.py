"""GIF pictures (CompuServe, GIF89a): what their extensions carry, and the same picture without it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from onrecord.disclosure import colour_profile, xmp
from onrecord.disclosure.trace import Broken, Findings

_MOST_BLOCKS = 200_000
_EXTENSION, _PICTURE, _END = 0x21, 0x2C, 0x3B
_COMMENT, _PLAIN_TEXT, _APPLICATION, _GRAPHIC = 0xFE, 0x01, 0xFF, 0xF9
# How often an animation is shown.
_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")


class Block(NamedTuple):
    """A block: what it is, the label of an extension (else 0), what an extension holds, and where it ends."""

    kind: int
    label: int
    content: bytes
    start: int
    end: int


def blocks(data: bytes) -> Iterator[Block]:
    """The blocks behind the head, to the trailer. Raises Broken."""
    try:
        yield from _blocks(data)
    except IndexError as error:
        raise Broken("it ends in the middle of a block") from error


def _blocks(data: bytes) -> Iterator[Block]:
    at = head(data)
    for _ in range(_MOST_BLOCKS):
        start, kind = at, data[at]
        if kind == _END:
            yield Block(kind, 0, b"", start, at + 1)
            return
        if kind == _EXTENSION:
            label = data[at + 1]
            content, at = _parts(data, at + 2)
        elif kind == _PICTURE:
            label = 0
            flags = data[at + 9]
            table = 3 << (flags & 7) + 1 if flags & 0x80 else 0
            content, at = b"", _parts(data, at + 11 + table)[1]
        else:
            raise Broken("something else is where a block should begin")
        yield Block(kind, label, content, start, at)
    raise Broken(f"it has more than {_MOST_BLOCKS:,} blocks")


def head(data: bytes) -> int:
    """Where the head ends: sign, screen, and the table of colours. Raises Broken."""
    if data[:6] not in (b"GIF87a", b"GIF89a") or len(data) < 13:
        raise Broken("it does not begin as GIF does")
    return 13 + (3 << (data[10] & 7) + 1 if data[10] & 0x80 else 0)


def _parts(data: bytes, at: int) -> tuple[bytes, int]:
    """What the sub-blocks from a place on hold, with their sizes, and where they end."""
    start = at
    while data[at]:
        at += 1 + data[at]
    return data[start:at], at + 1


def find(data: bytes, findings: Findings) -> None:
    """Notes what a GIF file carries. Raises Broken."""
    end = 0
    for block in blocks(data):
        end = block.end
        if block.kind != _EXTENSION or block.label == _GRAPHIC:
            continue
        if block.label == _COMMENT:
            findings.add("caption", "GIF comment", block.content[1:])
        elif block.label == _PLAIN_TEXT:
            findings.add("caption", "GIF text", block.content[14:])
        elif (name := block.content[1:12]) == b"XMP DataXMP":
            # The packet stands there whole, behind it a row of 257 bytes that leads any reader to its end (XMP Specification Part 3).
            xmp.find(block.content[12:].rpartition(b"\x01\xff")[0], "XMP", findings)
        elif name == b"ICCRGBG1012":
            colour_profile.find(b"", "GIF", findings)
        elif name not in _LOOPS:
            findings.add("data", "GIF extension", name)
    rest = data[end:]
    if rest.strip(b"\0\r\n "):
        findings.add("appended", "behind the picture", f"{len(rest):,} bytes")


def cleaned(data: bytes) -> bytes:
    """The same picture without what it need not carry. Raises Broken."""
    out = [data[: head(data)]]
    for block in blocks(data):
        shown = block.kind != _EXTENSION or block.label == _GRAPHIC or block.content[1:12] in _LOOPS
        if shown:
            out.append(data[block.start : block.end])
    return b"".join(out)
