"""What newsrooms and Photoshop write into pictures: IPTC IIM 4.2 datasets, in the image resources of Adobe's Photoshop File Formats
Specification (section "Image Resource Blocks")."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator

from onrecord.disclosure import xmp
from onrecord.disclosure.trace import Findings

# Record 2 of IIM 4.2, chapter 6.
_DATASETS: dict[int, tuple[str, str]] = {
    5: ("title", "Object Name"), 25: ("caption", "Keywords"), 40: ("caption", "Special Instructions"), 55: ("day", "Date Created"),
    60: ("day", "Time Created"), 62: ("day", "Digital Creation Date"), 63: ("day", "Digital Creation Time"), 65: ("program", "Program"),
    80: ("person", "By-line"), 85: ("person", "By-line Title"), 90: ("position", "City"), 92: ("position", "Sublocation"),
    95: ("position", "Province/State"), 100: ("position", "Country Code"), 101: ("position", "Country"),
    103: ("identifier", "Transmission Reference"), 105: ("caption", "Headline"), 110: ("person", "Credit"), 115: ("person", "Source"),
    116: ("rights", "Copyright Notice"), 118: ("contact", "Contact"), 120: ("caption", "Caption"), 122: ("person", "Caption Writer"),
}  # fmt: skip
_IPTC, _CAPTION_DIGEST, _EXIF, _EXIF_TOO, _XMP, _URL, _THUMBNAILS = (
    0x0404,
    0x0425,
    0x0422,
    0x0423,
    0x0424,
    0x040B,
    (0x0409, 0x040C),
)


def find_datasets(data: bytes, where: str, findings: Findings) -> None:
    """Notes what IIM datasets say."""
    at, seen = 0, False
    while at + 5 <= len(data) and data[at] == 0x1C:
        record, number, size = data[at + 1], data[at + 2], struct.unpack_from(">H", data, at + 3)[0]
        if size & 0x8000:  # an extended dataset: its size is written in so many bytes
            width = size & 0x7FFF
            size = int.from_bytes(data[at + 5 : at + 5 + width], "big") if width <= 4 else len(data)
            at += width
        value = data[at + 5 : at + 5 + size]
        at += 5 + size
        seen = True
        if record == 2 and number and value.strip(b"\0 "):
            kind, name = _DATASETS.get(number, ("metadata", f"dataset {number}"))
            findings.add(kind, where, f"{name}: {value.decode('utf-8', 'replace')}")
    if not seen and data.strip(b"\0"):
        findings.add("data", where, "not readable")


def resources(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The image resources: number and bytes of each. What cannot be followed is the resource 0."""
    at = 0
    while at + 12 <= len(data):
        if data[at : at + 4] not in (b"8BIM", b"MeSa", b"PHUT", b"AgHg", b"DCSR"):
            break
        number = struct.unpack_from(">H", data, at + 4)[0]
        name = data[at + 6] + 1
        start = at + 6 + name + name % 2
        if start + 4 > len(data):
            break
        size = struct.unpack_from(">I", data, start)[0]
        yield number, data[start + 4 : start + 4 + size]
        at = start + 4 + size + size % 2
    if data[at:].strip(b"\0"):
        yield 0, data[at:]


def find_resources(
    data: bytes, where: str, findings: Findings, find_exif: Callable[[bytes, str, Findings], None]
) -> None:
    """Notes what image resources give away; `find_exif` does so for the Exif that may be among them."""
    for number, value in resources(data):
        if number == _IPTC:
            find_datasets(value, f"{where}, IPTC", findings)
        elif number in _THUMBNAILS:
            findings.add("thumbnail", where)
        elif number in (_EXIF, _EXIF_TOO):
            find_exif(value, f"{where}, Exif", findings)
        elif number == _XMP:
            xmp.find(value, f"{where}, XMP", findings)
        elif number == _URL and value.strip(b"\0"):
            findings.add("contact", where, value)
        elif number == 0:
            findings.add("data", where, "not readable")
        elif number not in (_CAPTION_DIGEST, 0x03ED):
            findings.add("metadata", where, f"resource 0x{number:04X}")
