"""What was signed, without the signature: S/MIME (RFC 8551 section 3.5.2, CMS: RFC 5652) and PGP's clear text (RFC 9580 section 7).

Signatures are not verified: what a release says is what its text says, whoever signed it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

PGP_MESSAGE = re.compile(r"^-----BEGIN PGP MESSAGE-----\s*$", re.M)
_PGP_HEAD = re.compile(r"^-----BEGIN PGP SIGNED MESSAGE-----[ \t]*\n(?:[A-Za-z-]+: .*\n)*\s*\n", re.M)
_PGP_FOOT = re.compile(r"^-----BEGIN PGP SIGNATURE-----[^\0]*?(?:^-----END PGP SIGNATURE-----[ \t]*$|\Z)", re.M)
# DER of the object identifier 1.2.840.113549.1.7.2, signedData.
_SIGNED_DATA = b"\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"
_MOST_DEPTH = 12


def content(data: bytes) -> bytes | None:
    """The signed content of a CMS message (BER); None where it is no signed one, that is, where it is encrypted."""
    try:
        top = next(_values(data, 0, len(data), 0))
        identifier, wrapped = list(_values(data, top[1], top[2], 1))[:2]
        if data[identifier[1] : identifier[2]] != _SIGNED_DATA:
            return None
        signed = next(_values(data, wrapped[1], wrapped[2], 2))
        # version, digestAlgorithms, encapContentInfo
        encapsulated = list(_values(data, signed[1], signed[2], 3))[2]
        inner = list(_values(data, encapsulated[1], encapsulated[2], 4))
        if len(inner) < 2:
            return None
        return b"".join(_octets(data, inner[1][1], inner[1][2], 5))
    except (StopIteration, IndexError, ValueError):
        return None


def _octets(data: bytes, start: int, end: int, depth: int) -> Iterator[bytes]:
    """The octets of strings, those in pieces (constructed) put together."""
    for tag, first, last in _values(data, start, end, depth):
        if tag == 0x24:
            yield from _octets(data, first, last, depth + 1)
        elif tag == 0x04:
            yield data[first:last]


def _values(data: bytes, start: int, end: int, depth: int) -> Iterator[tuple[int, int, int]]:
    """Tag, start and end of the content of each value between two places."""
    at = start
    while at < end:
        tag, first, last, at = _value(data, at, end, depth)
        yield tag, first, last


def _value(data: bytes, at: int, end: int, depth: int) -> tuple[int, int, int, int]:
    """The value at a place (X.690 section 8.1): its tag, the start and the end of its content, and the place behind it. Raises
    ValueError and IndexError for what is none."""
    if depth > _MOST_DEPTH:
        raise ValueError("nested too deeply")
    tag, length = data[at], data[at + 1]
    at += 2
    if length == 0x80:
        after = at
        while data[after : after + 2] != b"\0\0":
            after = _value(data, after, end, depth + 1)[3]
        return tag, at, after, after + 2
    if length & 0x80:
        size = length & 0x7F
        length = int.from_bytes(data[at : at + size], "big")
        at += size
    if at + length > end:
        raise ValueError("longer than what holds it")
    return tag, at, at + length, at + length


def without_pgp_signature(text: str) -> tuple[str, str]:
    """A text without PGP's signature, and the lines that were taken out; the text and nothing where it has none."""
    head = _PGP_HEAD.search(text)
    foot = _PGP_FOOT.search(text, head.end()) if head else None
    if not head or not foot:
        return text, ""
    signed = re.sub(r"^- ", "", text[head.end() : foot.start()], flags=re.M)
    return f"{text[: head.start()]}{signed}\n{text[foot.end() :]}", f"{head[0].strip()}\n{foot[0].strip()}"
