"""PNG pictures (W3C, Portable Network Graphics, third edition): what their chunks carry, and the same picture without it."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from onrecord.disclosure import colour_profile, file_signs, iptc, paths, tiff_tags, xmp
from onrecord.disclosure.trace import Broken, Findings

_MOST_CHUNKS = 200_000
_MOST_TEXT = 4 * 1024 * 1024
# What a picture is shown with: sections 11.2 and 11.3, animation among it; caBX (content credentials) and all others are not.
_SHOWN = frozenset([
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"mDCV", b"cLLI", b"bKGD",
    b"hIST", b"pHYs", b"sPLT", b"acTL", b"fcTL", b"fdAT",
])  # fmt: skip
_KEYWORDS = {
    "author": "person", "artist": "person", "creator": "person", "copyright": "rights", "disclaimer": "rights", "software": "program",
    "creation time": "day", "title": "title", "source": "device", "date:create": "day", "date:modify": "day", "date:timestamp": "day",
    "description": "caption", "comment": "caption", "warning": "caption",
}  # fmt: skip


class Chunk(NamedTuple):
    """A chunk: its type, what it holds, and the bytes of all of it."""

    type: bytes
    content: bytes
    whole: bytes


def chunks(data: bytes) -> Iterator[Chunk]:
    """The chunks up to the last, IEND. Raises Broken."""
    if not data.startswith(file_signs.PNG):
        raise Broken("it does not begin as PNG does")
    at = len(file_signs.PNG)
    for _ in range(_MOST_CHUNKS):
        if at + 12 > len(data):
            raise Broken("it ends before its last chunk")
        size = struct.unpack_from(">I", data, at)[0]
        end = at + 12 + size
        if end > len(data):
            raise Broken("a chunk is longer than the file")
        kind = data[at + 4 : at + 8]
        yield Chunk(kind, data[at + 8 : end - 4], data[at:end])
        if kind == b"IEND":
            return
        at = end
    raise Broken(f"it has more than {_MOST_CHUNKS:,} chunks")


def find(data: bytes, findings: Findings) -> None:
    """Notes what a PNG file carries. Raises Broken."""
    size = len(file_signs.PNG)
    for chunk in chunks(data):
        size += len(chunk.whole)
        kind, content = chunk.type, chunk.content
        where = f"PNG chunk {kind.decode('latin-1')}"
        if kind in (b"tEXt", b"zTXt", b"iTXt"):
            _find_in_text(kind, content, where, findings)
        elif kind == b"eXIf":
            if not tiff_tags.is_only_orientation(content):
                tiff_tags.find(content, "Exif", findings)
        elif kind == b"tIME":
            findings.add("day", where)
        elif kind == b"iCCP":
            colour_profile.find(_unpacked(content.partition(b"\0")[2][1:]), where, findings)
        elif kind not in _SHOWN:
            findings.add("data", where, f"{len(content):,} bytes")
    rest = data[size:]
    if rest.strip(b"\0\r\n "):
        findings.add("appended", "behind the picture", f"{len(rest):,} bytes")


def _find_in_text(kind: bytes, content: bytes, where: str, findings: Findings) -> None:
    keyword, _, value = content.partition(b"\0")
    name = keyword.decode("latin-1")
    if kind == b"zTXt":
        value = _unpacked(value[1:])
    elif kind == b"iTXt":
        packed, parts = value[:1] == b"\1", value[2:].split(b"\0", 2)
        value = parts[-1] if len(parts) == 3 else value
        value = _unpacked(value) if packed else value
    if name == "XML:com.adobe.xmp":
        xmp.find(value, "XMP", findings)
    elif name.lower().startswith("raw profile type"):
        # ImageMagick's own form: a name, a length, and the bytes in hexadecimal.
        try:
            raw = bytes.fromhex("".join(value.decode("latin-1").split()[2:]))
        except ValueError:
            raw = b""
        if name.lower().endswith(("exif", "app1")) and raw:
            tiff_tags.find(raw.removeprefix(b"Exif\0\0"), "Exif", findings)
        elif name.lower().endswith(("iptc", "8bim")) and raw:
            iptc.find_resources(raw, "Photoshop", findings, tiff_tags.find)
        else:
            findings.add("data", where, name)
    else:
        text = value.decode("latin-1" if kind != b"iTXt" else "utf-8", "replace")
        of_name = _KEYWORDS.get(name.lower(), "metadata")
        if of_name in ("metadata", "program", "title") and paths.found(text):
            of_name = "path"
        findings.add("caption" if of_name == "metadata" and len(text) > 20 else of_name, where, f"{name}: {text}")


def _unpacked(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, _MOST_TEXT)
    except zlib.error:
        return b""


def cleaned(data: bytes) -> bytes:
    """The same picture without what it need not carry. Raises Broken."""
    out = [file_signs.PNG]
    for chunk in chunks(data):
        if chunk.type in _SHOWN:
            out.append(chunk.whole)
        elif chunk.type == b"eXIf" and (turned := tiff_tags.orientation(chunk.content)) > 1:
            content = b"eXIf" + tiff_tags.only_orientation(turned)
            out.append(struct.pack(">I", len(content) - 4) + content + struct.pack(">I", zlib.crc32(content)))
    return b"".join(out)
