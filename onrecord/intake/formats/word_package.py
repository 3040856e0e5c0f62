"""The parts of a Word file (Office Open XML, ECMA-376 part 2): an archive that is held against limits before anything of it is read."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.intake.document import Refusal
from onrecord.intake.formats import zipped_parts

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_UNPACKED = 64 * 1024 * 1024
_MOST_PARTS = 5000
# Files that keep strictly to the standard have other names for the same (ECMA-376 part 1, annex A).
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
)  # fmt: skip
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclass(frozen=True, slots=True)
class Relationship:
    """What a part refers to: its kind ("footnotes", "hyperlink", "aFChunk"), and a part's name, or an address outside."""

    kind: str
    target: str
    outside: bool


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a file by their names, and the name of its main part."""

    parts: dict[str, bytes]
    main: str
    _trees: dict[str, _Element] = field(default_factory=dict)

    def tree(self, name: str) -> _Element | None:
        """The root of an XML part; None where there is no such part. Raises Refusal for one that is broken."""
        from lxml import etree

        if name not in self.parts:
            return None
        if name not in self._trees:
            xml = self.parts[name]
            for strict, transitional in _STRICT:
                xml = xml.replace(strict, transitional)
            try:
                parser = etree.XMLParser(
                    resolve_entities=False, no_network=True, huge_tree=True, remove_comments=True, remove_pis=True
                )
                self._trees[name] = etree.fromstring(xml, parser)
            except etree.XMLSyntaxError as error:
                raise Refusal(f"The file is broken and cannot be read ({error}).") from error
        return self._trees[name]

    def relationships(self, name: str) -> dict[str, Relationship]:
        """What a part refers to, by the identifiers that it uses."""
        folder, base = posixpath.split(name)
        root = self.tree(posixpath.join(folder, "_rels", f"{base}.rels"))
        out: dict[str, Relationship] = {}
        for element in root.iter(_RELATIONSHIP) if root is not None else ():
            target = element.get("Target") or ""
            outside = element.get("TargetMode") == "External"
            if not outside:
                target = (
                    target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                )
            kind = (element.get("Type") or "").rpartition("/")[2]
            out[element.get("Id") or ""] = Relationship(kind, target, outside)
        return out

    def related(self, kind: str) -> list[str]:
        """The parts of a kind that the main part refers to, by name."""
        found = self.relationships(self.main).values()
        return sorted(
            {relationship.target for relationship in found if relationship.kind == kind and not relationship.outside}
        )


def package(data: bytes) -> Package:
    """The parts of a .docx file. Raises Refusal for other archives, for bombs, and for files that define entities."""
    parts = _parts(data)
    main = "word/document.xml"
    if main not in parts:
        root = Package(parts, "").relationships("")
        main = next((found.target for found in root.values() if found.kind == "officeDocument"), "")
    if main not in parts or not re.search(rb"wordprocessingml", parts[main][:20000]):
        raise Refusal(_what_else(parts))
    zipped_parts.refuse_too_large(parts[main])
    return Package(parts, main)


def _parts(data: bytes) -> dict[str, bytes]:
    """The parts of the archive that hold text, its declared and real sizes held against the limit."""
    too_large = f"Unpacked it would have more than {MOST_UNPACKED // 1024**2} MB. Save it again without pictures."
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
        if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
            raise Refusal(too_large)
        if any(entry.flag_bits & 1 for entry in entries):
            raise Refusal("The file is protected by a password. Save it without one.")
        parts: dict[str, bytes] = {}
        unpacked = 0
        for entry in entries:
            with archive.open(entry) as stream:
                content = stream.read(MOST_UNPACKED - unpacked + 1)
            unpacked += len(content)
            if unpacked > MOST_UNPACKED:
                raise Refusal(too_large)
            if entry.filename.endswith((".xml", ".rels")):
                if re.search(rb"<!(?:DOCTYPE|ENTITY)|<\x00!\x00(?:D|E)", content):
                    raise Refusal("The file defines XML entities, which no word processor writes. It is not read.")
                parts[entry.filename] = content
            elif not entry.filename.startswith("word/media/"):
                parts[entry.filename] = content
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise Refusal(f"The file is a broken archive and cannot be read ({error}).") from error
    return parts


def _what_else(parts: dict[str, bytes]) -> str:
    names = set(parts)
    if any(name.startswith("xl/") for name in names):
        return "The file is a spreadsheet, no release."
    if any(name.startswith("ppt/") for name in names):
        return "The file is a presentation. Save its text as Word or PDF."
    if "content.xml" in names:
        return "The file is an OpenDocument text. Save it as Word (.docx) or PDF."
    return "The file is an archive. Unpack it and import what is in it."
