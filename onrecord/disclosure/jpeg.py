"""JPEG pictures (ITU-T T.81, annex B): what their segments carry, and the same picture without it.

Segments are taken out and nothing is decoded, so that every pixel stays as it was. What stays besides the picture itself: JFIF's density,
Adobe's colour transform (without which a picture in CMYK is shown in wrong colours), the colour profile, and how the picture is turned.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import NamedTuple

from onrecord.disclosure import colour_profile, iptc, tiff_tags, xmp
from onrecord.disclosure.trace import Broken, Findings

_SCAN, _END, _COMMENT = 0xDA, 0xD9, 0xFE
_ALONE = frozenset([0x01, *range(0xD0, 0xD8)])
_NEXT_MARKER = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")
_EXIF, _ICC, _ADOBE, _PHOTOSHOP = b"Exif\0", b"ICC_PROFILE\0", b"Adobe", b"Photoshop 3.0\0"
_XMP, _MORE_XMP = b"http://ns.adobe.com/xap/1.0/\0", b"http://ns.adobe.com/xmp/extension/\0"
_MOST_SEGMENTS = 20_000


class Segment(NamedTuple):
    """A segment: its marker, what it holds (without marker and size), and where it and what follows it up to the next begin and end."""

    marker: int
    content: bytes
    start: int
    end: int


def segments(data: bytes) -> Iterator[Segment]:
    """The segments up to the end of the picture, that included; the scans with their data. Raises Broken."""
    if data[:2] != b"\xff\xd8":
        raise Broken("it does not begin as JPEG does")
    at = 2
    for _ in range(_MOST_SEGMENTS):
        start = at
        while at < len(data) and data[at] == 0xFF:  # fill bytes, B.1.1.2
            at += 1
        if at >= len(data) or at == start:
            raise Broken("it ends, or holds something else, where a segment should begin")
        marker = data[at]
        at += 1
        if marker == _END:
            yield Segment(marker, b"", start, at)
            return
        if marker in _ALONE:
            continue
        if at + 2 > len(data):
            raise Broken("it ends in the middle of a segment")
        size = struct.unpack_from(">H", data, at)[0]
        if size < 2 or at + size > len(data):
            raise Broken("a segment is longer than the file")
        content = data[at + 2 : at + size]
        at += size
        if marker == _SCAN:
            following = _NEXT_MARKER.search(data, at)
            if following is None:
                raise Broken("its picture has no end")
            at = following.start()
        yield Segment(marker, content, start, at)
    raise Broken(f"it has more than {_MOST_SEGMENTS:,} segments")


def find(data: bytes, findings: Findings) -> None:
    """Notes what a JPEG file carries. Raises Broken."""
    end = 0
    profile = b""
    for segment in segments(data):
        end = segment.end
        marker, content = segment.marker, segment.content
        if marker == _COMMENT:
            if content.strip(b"\0 "):
                findings.add("caption", "JPEG comment", content)
        elif 0xE0 <= marker <= 0xEF and content.startswith(_ICC):
            profile += content[14:]
        elif 0xE0 <= marker <= 0xEF:
            _find_in_application(marker - 0xE0, content, findings)
    if profile:
        colour_profile.find(profile, "JPEG", findings)
    rest = data[end:]
    if rest.strip(b"\0\r\n "):
        words = "another picture" if b"\xff\xd8\xff" in rest[:64] else "a film" if b"ftyp" in rest[:64] else ""
        findings.add("appended", "behind the picture", f"{len(rest):,} bytes{f', {words}' if words else ''}")


def _find_in_application(number: int, content: bytes, findings: Findings) -> None:
    where = f"JPEG segment APP{number}"
    if content.startswith(_EXIF):
        tags = content[6:]
        if not tiff_tags.is_only_orientation(tags):
            tiff_tags.find(tags, "Exif", findings)
    elif content.startswith(_XMP):
        xmp.find(content[len(_XMP) :], "XMP", findings)
    elif content.startswith(_MORE_XMP):
        findings.add("data", "XMP", "a further packet")
    elif content.startswith(_PHOTOSHOP):
        iptc.find_resources(content[len(_PHOTOSHOP) :], "Photoshop", findings, tiff_tags.find)
    elif content.startswith((b"JFIF\0", b"JFXX\0")):
        if content.startswith(b"JFXX\0") or (len(content) >= 14 and content[12] * content[13]):
            findings.add("thumbnail", where)
    elif content.startswith(b"MPF\0"):
        findings.add("metadata", where, "a list of more pictures in the file")
    elif not (number == 14 and content.startswith(_ADOBE)) and content.strip(b"\0"):
        findings.add("data", where, content[:24].split(b"\0")[0].decode("latin-1") or f"{len(content):,} bytes")


def cleaned(data: bytes) -> bytes:
    """The same picture without what it need not carry. Raises Broken."""
    kept = [b"\xff\xd8"]
    turned = 0
    body: list[bytes] = []
    for segment in segments(data):
        marker, content = segment.marker, segment.content
        if 0xE0 <= marker <= 0xEF or marker == _COMMENT:
            number = marker - 0xE0
            if number == 1 and content.startswith(_EXIF):
                turned = turned or tiff_tags.orientation(content[6:])
            elif number == 0 and content.startswith(b"JFIF\0") and len(content) >= 14:
                body.append(_segment(marker, content[:12] + b"\0\0"))
            elif (number == 2 and content.startswith(_ICC)) or (number == 14 and content.startswith(_ADOBE)):
                body.append(_segment(marker, content[:12] if number == 14 else content))
            continue
        body.append(data[segment.start : segment.end])
    if turned > 1:
        kept.append(_segment(0xE1, _EXIF + b"\0" + tiff_tags.only_orientation(turned)))
    # JFIF stands first where it stands at all (JFIF 1.02).
    jfif = [part for part in body[:1] if part[1] == 0xE0]
    return b"".join([kept[0], *jfif, *kept[1:], *body[len(jfif) :]])


def _segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content
