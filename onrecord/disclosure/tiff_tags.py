"""Tags as cameras and scanners write them: TIFF 6.0 (Adobe, 1992) and Exif 3.0 (CIPA DC-008), alone or in a picture of another format.

Every directory, value and link is bounded; a directory that leads to itself is read once.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.disclosure import iptc, paths, xmp
from onrecord.disclosure.trace import Broken, Findings

_MOST_DIRECTORIES = 200
_MOST_ENTRIES = 2_000
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 129: 1}
ORIENTATION = 0x0112
_EXIF, _GPS, _INTEROPERABILITY, _SUB = 0x8769, 0x8825, 0xA005, 0x014A
_MAKER_NOTE, _USER_COMMENT = 0x927C, 0x9286
_THUMBNAIL = 0x0201
# What each tag gives away: TIFF 6.0, Exif 3.0 section 4.6, DNG 1.7; 0x9C9B to 0x9C9F are Windows' own, in UTF-16.
TAGS: dict[int, tuple[str, str]] = {
    0x010D: ("title", "DocumentName"), 0x010E: ("caption", "ImageDescription"), 0x010F: ("device", "Make"),
    0x0110: ("device", "Model"), 0x011D: ("title", "PageName"), 0x0131: ("program", "Software"), 0x0132: ("day", "DateTime"),
    0x013B: ("person", "Artist"), 0x013C: ("path", "HostComputer"), 0x02BC: ("metadata", "XMP"), 0x8298: ("rights", "Copyright"),
    0x83BB: ("metadata", "IPTC"), 0x8649: ("metadata", "Photoshop"), 0x8773: ("profile", "ICC profile"),
    0x9003: ("day", "DateTimeOriginal"), 0x9004: ("day", "DateTimeDigitized"), 0x9010: ("day", "OffsetTime"),
    0x9011: ("day", "OffsetTimeOriginal"), 0x9012: ("day", "OffsetTimeDigitized"), 0x927C: ("maker-note", "MakerNote"),
    0x9286: ("caption", "UserComment"), 0x9C9B: ("title", "XPTitle"), 0x9C9C: ("caption", "XPComment"), 0x9C9D: ("person", "XPAuthor"),
    0x9C9E: ("caption", "XPKeywords"), 0x9C9F: ("title", "XPSubject"), 0xA004: ("path", "RelatedSoundFile"),
    0xA420: ("serial", "ImageUniqueID"), 0xA430: ("person", "CameraOwnerName"), 0xA431: ("serial", "BodySerialNumber"),
    0xA433: ("device", "LensMake"), 0xA434: ("device", "LensModel"), 0xA435: ("serial", "LensSerialNumber"),
    0xA436: ("title", "ImageTitle"),
    0xA437: ("person", "Photographer"), 0xA438: ("person", "ImageEditor"), 0xA439: ("program", "CameraFirmware"),
    0xA43A: ("program", "RAWDevelopingSoftware"), 0xA43B: ("program", "ImageEditingSoftware"),
    0xA43C: ("program", "MetadataEditingSoftware"), 0xC614: ("device", "UniqueCameraModel"), 0xC62F: ("serial", "CameraSerialNumber"),
    0xC634: ("maker-note", "DNGPrivateData"), 0xC65D: ("serial", "RawDataUniqueID"), 0xC68B: ("path", "OriginalRawFileName"),
    0xC68C: ("attached", "OriginalRawFileData"), 0xA480: ("metadata", "GDAL metadata"), 0x87AF: ("position", "GeoKeyDirectory"),
    0x830E: ("position", "ModelPixelScale"), 0x8482: ("position", "ModelTiepoint"), 0x85D8: ("position", "ModelTransformation"),
}  # fmt: skip
_GPS_TAGS = {
    1: "GPSLatitudeRef", 2: "GPSLatitude", 3: "GPSLongitudeRef", 4: "GPSLongitude", 6: "GPSAltitude", 7: "GPSTimeStamp",
    17: "GPSImgDirection", 29: "GPSDateStamp",
}  # fmt: skip
# What a picture needs to be shown (TIFF 6.0, its supplements, Exif's description of its colours): no trace of anybody.
_NEEDED = frozenset([
    *range(0x00FE, 0x010D), 0x0111, 0x0112, *range(0x0115, 0x011D), *range(0x011E, 0x0132), 0x013D, 0x013E, 0x013F, 0x0140, 0x0141,
    *range(0x0142, 0x0146), *range(0x014C, 0x0160), 0x0200, *range(0x0202, 0x0220), 0x828D, 0x828E, 0x9000, 0x9101, 0xA000, 0xA001,
    0xA002, 0xA003, _EXIF, _GPS, _INTEROPERABILITY, _SUB,
])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """A tag of a directory: its number, the type and the bytes of its value. `directory` is 0 for the picture's own, 1 for the next, else
    the number of the tag that leads to it."""

    directory: int
    tag: int
    type: int
    value: bytes
    order: str


def entries(data: bytes) -> Iterator[Entry]:
    """The tags of a TIFF structure. Raises Broken."""
    order = {b"II": "<", b"MM": ">"}.get(data[:2])
    if order is None or len(data) < 8 or struct.unpack_from(f"{order}H", data, 2)[0] != 42:
        raise Broken("it does not begin as TIFF does")
    waiting = [(0, struct.unpack_from(f"{order}I", data, 4)[0])]
    seen: set[int] = set()
    while waiting:
        directory, offset = waiting.pop(0)
        if offset in seen or offset == 0:
            continue
        seen.add(offset)
        if len(seen) > _MOST_DIRECTORIES:
            raise Broken(f"it has more than {_MOST_DIRECTORIES} directories")
        if offset + 2 > len(data):
            raise Broken("a directory is behind its end")
        count = struct.unpack_from(f"{order}H", data, offset)[0]
        end = offset + 2 + 12 * count
        if count > _MOST_ENTRIES or end > len(data):
            raise Broken("a directory is longer than the file")
        for at in range(offset + 2, end, 12):
            tag, kind, number = struct.unpack_from(f"{order}HHI", data, at)
            size = _SIZES.get(kind, 1) * number
            start = at + 8 if size <= 4 else struct.unpack_from(f"{order}I", data, at + 8)[0]
            value = data[start : start + size] if size < len(data) else b""
            yield Entry(directory, tag, kind, value, order)
            if tag in (_EXIF, _GPS, _INTEROPERABILITY, _SUB) and kind in (4, 13):
                waiting += [
                    (tag, sub[0]) for sub in struct.iter_unpack(f"{order}I", value[: len(value) // 4 * 4][:800])
                ]
        if end + 4 <= len(data) and directory < _SUB:
            waiting.append((directory + 1, struct.unpack_from(f"{order}I", data, end)[0]))


def find(data: bytes, where: str, findings: Findings, *, whole: bool = False) -> None:
    """Notes what the tags of a TIFF structure give away; `whole` where it is a file of its own, whose next directories are pages."""
    try:
        for entry in entries(data):
            _look_at(entry, where, findings, whole)
    except Broken as error:
        if whole:
            raise
        # Every reader is lenient with Exif: what it cannot follow goes as a whole.
        findings.add("data", where, f"not readable: {error}")


def _look_at(entry: Entry, where: str, findings: Findings, whole: bool) -> None:
    if entry.directory == _GPS:
        if entry.tag != 0:  # the version of the directory says nothing
            findings.add("position", where, f"{_GPS_TAGS.get(entry.tag, f'GPS tag {entry.tag}')}: {text(entry)}")
        return
    if entry.directory == 1 and not whole:
        if entry.tag in (_THUMBNAIL, 0x0111):
            findings.add("thumbnail", where)
        if entry.tag not in TAGS:
            return
    if entry.directory == _INTEROPERABILITY:
        return
    kind, name = TAGS.get(entry.tag, ("metadata", f"tag 0x{entry.tag:04X}"))
    if entry.tag not in TAGS and entry.tag in _NEEDED:
        return
    if entry.tag == _THUMBNAIL and whole:
        return
    if entry.tag == 0x02BC:
        xmp.find(entry.value, f"{where}, XMP", findings)
    elif entry.tag == 0x83BB:
        iptc.find_datasets(entry.value, f"{where}, IPTC", findings)
    elif entry.tag == 0x8649:
        iptc.find_resources(entry.value, f"{where}, Photoshop", findings, find)
    elif shown := text(entry):
        if kind in ("metadata", "title", "program") and paths.found(shown):
            kind = "path"
        findings.add(kind, where, f"{name}: {shown}")


def text(entry: Entry) -> str:
    """The value of a tag as text; empty where it says nothing (no bytes, or nothing but zeros and blanks)."""
    value = entry.value
    if not value.strip(b"\0 "):
        return ""
    if 0x9C9B <= entry.tag <= 0x9C9F:
        return value.decode("utf-16-le", "replace").strip("\0 ")
    if entry.tag == _USER_COMMENT:
        code, value = value[:8], value[8:]
        if not value.strip(b"\0 "):
            return ""
        return value.decode("utf-16" if code.startswith(b"UNICODE") else "utf-8", "replace").strip("\0 ")
    if entry.type in (2, 129):
        return value.decode("utf-8", "replace").strip("\0 ")
    if entry.type in (3, 4, 5, 10):
        pattern, width = {3: ("H", 2), 4: ("I", 4), 5: ("II", 8), 10: ("ii", 8)}[entry.type]
        numbers = struct.iter_unpack(f"{entry.order}{pattern}", value[: len(value) // width * width][:80])
        return " ".join("/".join(map(str, number)) for number in numbers)
    return (
        f"{len(value):,} bytes" if len(value) > 32 or entry.tag == _MAKER_NOTE else value.decode("latin-1").strip("\0 ")
    )


def is_needed(tag: int) -> bool:
    """Whether a picture needs this tag to be shown."""
    return tag in _NEEDED


def orientation(data: bytes) -> int:
    """How a picture is to be turned (Exif tag 0x0112, 1 to 8); 0 where it does not say so."""
    try:
        for entry in entries(data):
            if entry.directory == 0 and entry.tag == ORIENTATION and entry.type == 3 and len(entry.value) >= 2:
                number: int = struct.unpack_from(f"{entry.order}H", entry.value)[0]
                return number if 1 <= number <= 8 else 0
    except Broken:
        pass
    return 0


def only_orientation(number: int) -> bytes:
    """A TIFF structure that says how a picture is to be turned, and nothing else."""
    return struct.pack("<2sHIHHHIHHI", b"II", 42, 8, 1, ORIENTATION, 3, 1, number, 0, 0)


def is_only_orientation(data: bytes) -> bool:
    """Whether a TIFF structure says no more than that."""
    return data in [only_orientation(number) for number in range(1, 9)]
