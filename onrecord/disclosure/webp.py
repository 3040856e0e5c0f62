"""WebP pictures (RFC 9649, section 2): what the chunks of their RIFF container carry, and the same picture without it."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from onrecord.disclosure import colour_profile, tiff_tags, xmp
from onrecord.disclosure.trace import Broken, Findings

_MOST_CHUNKS = 100_000
_SHOWN = frozenset([b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"])
# The flags of VP8X that say that there is Exif or XMP (RFC 9649, section 2.7).
_HAS_EXIF, _HAS_XMP = 0x08, 0x04


def chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The type of each chunk and what it holds. Raises Broken."""
    if len(data) < 12 or data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        raise Broken("it does not begin as WebP does")
    end = 8 + struct.unpack_from("<I", data, 4)[0]
    if end > len(data):
        raise Broken("it ends before the end that it states")
    at = 12
    for _ in range(_MOST_CHUNKS):
        if at + 8 > end:
            return
        size = struct.unpack_from("<I", data, at + 4)[0]
        if at + 8 + size > end:
            raise Broken("a chunk is longer than the file")
        yield data[at : at + 4], data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2
    raise Broken(f"it has more than {_MOST_CHUNKS:,} chunks")


def _tags(content: bytes) -> bytes:
    """Exif as it is, or behind the sign that JPEG puts before it."""
    return content.removeprefix(b"Exif\0\0")


def find(data: bytes, findings: Findings) -> None:
    """Notes what a WebP file carries. Raises Broken."""
    for kind, content in chunks(data):
        if kind == b"EXIF":
            if not tiff_tags.is_only_orientation(content):
                tiff_tags.find(_tags(content), "Exif", findings)
        elif kind == b"XMP ":
            xmp.find(content, "XMP", findings)
        elif kind == b"ICCP":
            colour_profile.find(content, "WebP", findings)
        elif kind not in _SHOWN:
            findings.add("data", f"WebP chunk {kind.decode('latin-1')}", f"{len(content):,} bytes")
    rest = data[8 + struct.unpack_from("<I", data, 4)[0] :]
    if rest.strip(b"\0\r\n "):
        findings.add("appended", "behind the picture", f"{len(rest):,} bytes")


def cleaned(data: bytes) -> bytes:
    """The same picture without what it need not carry. Raises Broken."""
    found = list(chunks(data))
    turned = max((tiff_tags.orientation(_tags(content)) for kind, content in found if kind == b"EXIF"), default=0)
    out = b""
    for kind, content in found:
        if kind == b"VP8X" and content:
            flags = content[0] & ~(_HAS_EXIF | _HAS_XMP) | (_HAS_EXIF if turned > 1 else 0)
            content = bytes([flags]) + content[1:]
        if kind in _SHOWN:
            out += _chunk(kind, content)
    if turned > 1:
        out += _chunk(b"EXIF", tiff_tags.only_orientation(turned))
    return b"RIFF" + struct.pack("<I", len(out) + 4) + b"WEBP" + out


def _chunk(kind: bytes, content: bytes) -> bytes:
    return kind + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)
