"""XMP packets (ISO 16684-1), wherever they stand: what their properties give away."""

from __future__ import annotations

from onrecord.disclosure import paths, plain_xml
from onrecord.disclosure.plain_xml import Element
from onrecord.disclosure.trace import Broken, Findings

_WRAPPERS = ("xmpmeta", "xapmeta", "RDF")
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
# The name of a property, whatever its namespace, and what it gives away. ISO 16684-1 section 8; XMP Specification Part 2; IPTC Photo
# Metadata 2023; Exif in XMP (CIPA DC-010).
_PROPERTIES: dict[str, str] = {
    "creator": "person", "Creator": "person", "author": "person", "Author": "person", "Authors": "person", "contributor": "person",
    "publisher": "organization", "AuthorsPosition": "person", "CaptionWriter": "person", "Credit": "person", "Source": "person",
    "ArtistName": "person", "Artist": "person", "OwnerName": "person", "CameraOwnerName": "person", "owner": "person", "Owner": "person",
    "PersonInImage": "person", "PersonDisplayName": "person", "Name": "person", "LastModifiedBy": "person", "Manager": "person",
    "Company": "organization", "SourceModified": "day", "OrganisationInImageName": "organization",
    "rights": "rights", "UsageTerms": "rights", "WebStatement": "rights", "Marked": "rights", "Certificate": "rights",
    "Copyright": "rights", "CopyrightNotice": "rights",
    "CiAdrCity": "contact", "CiAdrCtry": "contact", "CiAdrExtadr": "contact", "CiAdrPcode": "contact", "CiAdrRegion": "contact",
    "CiEmailWork": "contact", "CiTelWork": "contact", "CiUrlWork": "contact",
    "City": "position", "State": "position", "Country": "position", "CountryCode": "position", "Location": "position",
    "Sublocation": "position", "ProvinceState": "position", "CountryName": "position", "WorldRegion": "position",
    "SerialNumber": "serial", "BodySerialNumber": "serial", "LensSerialNumber": "serial", "CameraSerialNumber": "serial",
    "ImageUniqueID": "serial", "description": "caption", "Description": "caption", "subject": "caption", "Keywords": "caption",
    "hierarchicalSubject": "caption", "Headline": "caption", "Instructions": "caption", "UserComment": "caption", "comment": "caption",
    "Image": "thumbnail", "image": "thumbnail", "Thumbnails": "thumbnail", "History": "history", "DerivedFrom": "history",
    "Ingredients": "history", "Pantry": "history", "ManageFrom": "history", "DocumentAncestors": "history", "TextLayers": "hidden",
    "MicroVideo": "appended", "MotionPhoto": "appended", "HasExtendedXMP": "data",
    "title": "title", "Title": "title", "CreatorTool": "program", "Producer": "program", "Software": "program", "creatorTool": "program",
    "Make": "device", "Model": "device", "Lens": "device", "LensModel": "device",
    "CreateDate": "day", "ModifyDate": "day", "MetadataDate": "day", "DateCreated": "day", "DateTimeOriginal": "day", "date": "day",
    "DocumentID": "identifier", "InstanceID": "identifier", "OriginalDocumentID": "identifier", "VersionID": "identifier",
    "RenditionClass": "identifier", "identifier": "identifier",
}  # fmt: skip


def find(data: bytes, where: str, findings: Findings) -> None:
    """Notes what an XMP packet gives away. One that is not XML goes as a whole."""
    if not data.strip(b"\0 \t\r\n"):
        return
    try:
        root = plain_xml.tree(_packet(data)).root
    except Broken as error:
        findings.add("data", where, f"not readable: {error}")
        return
    # Each element with the kind of the property that it stands in: a step of a history is history, whatever it is called.
    waiting: list[tuple[Element, str]] = [(root, "metadata")]
    while waiting:
        element, kind = waiting.pop()
        if element.space != _RDF and element.name not in _WRAPPERS:
            kind = _kind(element.name, kind)
            own = "".join(child for child in element.children if isinstance(child, str))
            _note(kind, element.name, own.strip() or _listed(element), where, findings)
        for key, value in element.attributes.items():
            prefix, _, name = key.rpartition(":")
            if prefix not in ("xmlns", "rdf", "xml") and key != "xmlns" and element.name not in _WRAPPERS:
                _note(_kind(name, kind), name, value, where, findings)
        waiting += [(child, kind) for child in element.elements()]


def _listed(element: Element) -> str:
    """The values of a property that is a list (rdf:Bag, rdf:Seq, rdf:Alt); empty for others."""
    if any(part.name not in ("Bag", "Seq", "Alt", "li") for part in element.walk() if part is not element):
        return ""
    return ", ".join(part.text().strip() for part in element.walk() if part.name == "li")


def _packet(data: bytes) -> bytes:
    """The XML of a packet: without the padding behind it, and with what it is encoded as said by its first bytes."""
    return data.rstrip(b"\0 \t\r\n").lstrip(b"\0 \t\r\n") if b"\0<" not in data[:64] else data


def _kind(name: str, around: str) -> str:
    if name.startswith("GPS") and name != "GPSVersionID":
        return "position"
    return _PROPERTIES.get(name, around)


def _note(kind: str, name: str, value: str, where: str, findings: Findings) -> None:
    value = value.strip()
    if not value:
        return
    if kind in ("metadata", "title", "program", "identifier") and paths.found(value):
        kind = "path"
    findings.add(kind, where, f"{name}: {'' if kind == 'thumbnail' else value}")
