"""Documents that are zip files of parts: unpacked under limits, their XML without entities."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.intake.document import Refusal

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_UNPACKED = 64 * 1024 * 1024
_MOST_PARTS = 5000
_MOST_XML = 32 * 1024 * 1024
# A table of 6,000 rows and ten columns has fewer.
_MOST_PARAGRAPHS = 80_000
# Runs and spans beyond one for each of these; a report of 2 MB that a word processor wrote has fewer.
_MOST_STRETCHES = 50_000
_STRETCH = re.compile(rb"<[A-Za-z0-9]{1,20}:(?:r|span|a|s|tab|line-break|note)[ />]")
_PARAGRAPH = re.compile(rb"<[A-Za-z0-9]{1,20}:[ph][ />]")
_ENTITY = re.compile(rb"<!ENTITY|<\x00!\x00E\x00N\x00T|<!DOCTYPE[^>\[]{0,1000}\[")


def media_type(data: bytes) -> str:
    """What a zip file says that it is in its part `mimetype` (Open Container Format, section 4.3); empty where it does not."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "mimetype" in names:
                with archive.open("mimetype") as stream:
                    return stream.read(200).decode("ascii", "replace").strip()
            return "application/epub+zip" if "META-INF/container.xml" in names else ""
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        return ""


def parts(data: bytes, endings: Sequence[str], advice: str = "Save it again without pictures.") -> dict[str, bytes]:
    """The parts of a zip file whose names end so, by name. Raises Refusal for broken and locked files, for those that would be larger
    than 64 MB unpacked, whatever they state of their size, with `advice`, and for XML that defines entities."""
    too_large = Refusal(f"Unpacked it would have more than {MOST_UNPACKED // 1024**2} MB. {advice}")
    out: dict[str, bytes] = {}
    unpacked = 0
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
        if len(entries) > _MOST_PARTS:
            raise too_large
        if any(entry.flag_bits & 1 for entry in entries):
            raise Refusal("The file is protected by a password. Save it without one.")
        for entry in entries:
            if not entry.filename.lower().endswith(tuple(endings)) or entry.filename.startswith("__MACOSX/"):
                continue
            with archive.open(entry) as stream:
                content = stream.read(MOST_UNPACKED - unpacked + 1)
            unpacked += len(content)
            if unpacked > MOST_UNPACKED:
                raise too_large
            if _ENTITY.search(content):
                raise Refusal("The file defines XML entities, which no program for texts writes. It is not read.")
            out[entry.filename] = content
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise Refusal(f"The file is a broken archive and cannot be read ({error}).") from error
    return out


def refuse_too_large(xml: bytes) -> None:
    """Raises Refusal for the main part of a document that has more elements of text than are read, however tightly it is packed."""
    count = sum(1 for _ in _PARAGRAPH.finditer(xml))
    if count > _MOST_PARAGRAPHS:
        raise Refusal(
            f"It has {count:,} paragraphs and cells; at most {_MOST_PARAGRAPHS:,} are read. Divide it into single releases."
        )
    stretches = sum(1 for _ in _STRETCH.finditer(xml)) - count
    if stretches > _MOST_STRETCHES:
        raise Refusal(
            f"Its text is in {stretches:,} pieces with looks of their own; at most {_MOST_STRETCHES:,} are read. Save it anew without "
            "its formatting, or divide it into single releases."
        )
    if len(xml) > _MOST_XML:
        raise Refusal(
            f"Its text has {len(xml):,} bytes unpacked; at most {_MOST_XML:,} are read. Divide it into single releases."
        )


def tree(xml: bytes) -> _Element:
    """The root of an XML part. Raises Refusal where it is broken."""
    from lxml import etree

    try:
        return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refusal(f"The file is broken and cannot be read ({error}).") from error
