"""PDF files (ISO 32000-1): what they carry beside their pages."""

from __future__ import annotations

from typing import Any

from pypdf.generic import ArrayObject, ByteStringObject, DictionaryObject, NullObject, StreamObject, TextStringObject

from onrecord.disclosure import paths, xmp
from onrecord.disclosure.pdf_objects import PdfFile, at, content, dictionaries, opened, picture, understood
from onrecord.disclosure.trace import Findings, Inside

# The document information dictionary (section 14.3.3).
_INFO = {
    "/Author": "person", "/Company": "organization", "/Manager": "person", "/Creator": "program", "/Producer": "program", "/Title": "title",
    "/Subject": "title", "/Keywords": "caption", "/Comments": "caption", "/CreationDate": "day", "/ModDate": "day",
    "/SourceModified": "day",
    "/Trapped": "metadata",
}  # fmt: skip
MARKS = frozenset([
    "/Text", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Highlight", "/Underline", "/Squiggly", "/StrikeOut",
    "/Stamp", "/Caret", "/Ink", "/Popup", "/Redact",
])  # fmt: skip
"""The types of annotations that somebody has put onto a page (section 12.5.6)."""
ATTACHED = frozenset(["/FileAttachment", "/Sound", "/Movie", "/Screen", "/3D", "/RichMedia"])
_ACTIONS = frozenset(["/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/RichMediaExecute"])


def find(data: bytes, findings: Findings, inside: Inside) -> None:
    """Notes what a PDF file carries; `inside` says what a picture or a file within it does. Raises Broken, Locked."""
    with understood():
        _find(opened(data), findings, inside)


def _find(file: PdfFile, findings: Findings, inside: Inside) -> None:
    data = file.data
    if file.unread:
        findings.add(
            "unchecked", "", f"Some of its objects cannot be read ({len(file.unread):,}), and were not looked into."
        )
    _find_in_info(file, findings)
    if at(file.trailer, "/ID") is not None:
        findings.add("identifier", "trailer")
    _find_in_catalog(file, findings)
    for key, value in sorted(file.objects.items(), key=lambda item: item[0]):
        for dictionary in dictionaries(value):
            _find_in_dictionary(dictionary, f"object {key[0]}", findings, inside)
    if (count := file.states() - 1) > 0:
        findings.add("older", "before the last change", f"{count} earlier state{'s' if count > 1 else ''}")
    others = [value for _, value in file.others()]
    if others:
        findings.add("older", "beside the document", f"objects that nothing refers to: {len(others):,}")
    start, end = data.find(b"%PDF-"), data.rfind(b"%%EOF")
    if data[:start].strip(b"\0\r\n \xef\xbb\xbf"):
        findings.add("appended", "before the document", f"{start:,} bytes")
    if end > 0 and data[end + 5 :].strip(b"\0\r\n "):
        findings.add("appended", "behind the document", f"{len(data) - end - 5:,} bytes")


def _find_in_info(file: PdfFile, findings: Findings) -> None:
    info = at(file.trailer, "/Info")
    if not isinstance(info, DictionaryObject):
        return
    for key in info:
        value = text(at(info, key))
        if value.strip():
            kind = _INFO.get(key, "metadata")
            if kind in ("program", "title", "metadata") and paths.found(value):
                kind = "path"
            findings.add(kind, "document information", f"{key[1:]}: {value}")


def _find_in_catalog(file: PdfFile, findings: Findings) -> None:
    layers = at(at(file.root, "/OCProperties"), "/D")
    off = at(layers, "/OFF")
    hidden = list(off) if isinstance(off, ArrayObject) else []
    if str(at(layers, "/BaseState")) == "/OFF":
        hidden = hidden or [NullObject()]
    for layer in hidden:
        findings.add("hidden-layer", "layers", text(at(layer.get_object(), "/Name")))
    action = at(file.root, "/OpenAction")
    if str(at(action, "/S")) in ("/URI", "/GoToR", "/GoToE"):
        findings.add("remote", "catalog", text(at(action, "/URI")) or str(at(action, "/S"))[1:])
    form = at(file.root, "/AcroForm")
    if isinstance(form, DictionaryObject):
        if at(form, "/Fields"):
            findings.add("form", "catalog")
        if "/XFA" in form:
            findings.add("data", "catalog", "a form of another kind (XFA)")


def _find_in_dictionary(found: DictionaryObject, where: str, findings: Findings, inside: Inside) -> None:
    kind, subtype = str(at(found, "/Type")), str(at(found, "/Subtype"))
    if isinstance(found, StreamObject):
        if kind == "/Metadata" or subtype == "/XML":
            xmp.find(content(found), f"XMP, {where}", findings)
        elif kind == "/EmbeddedFile":
            findings.add("attached", where)
            findings.include(inside(content(found)), where)
        elif subtype == "/Image" and (data := picture(found)):
            findings.include(inside(data), f"picture, {where}")
    if "/Rect" in found and (subtype in MARKS or subtype in ATTACHED):
        words = " ".join(filter(None, (text(at(found, "/T")), text(at(found, "/Contents")))))
        findings.add(
            "comment" if subtype in MARKS else "attached", where, f"{subtype[1:]}: {words}" if words else subtype[1:]
        )
    if isinstance(found, StreamObject) and "/F" in found:
        findings.add("remote", where, text(at(found, "/F")) or "a stream that is in another file")
    if "/PieceInfo" in found:
        findings.add("data", where, f"of {', '.join(key[1:] for key in at(found, '/PieceInfo') or {})}")
    if "/Thumb" in found:
        findings.add("thumbnail", where)
    if "/LastModified" in found:
        findings.add("day", where)
    if "/JS" in found or str(at(found, "/S")) in _ACTIONS:
        findings.add("script", where, text(at(found, "/JS")) or str(at(found, "/S"))[1:])
    if kind == "/Sig" or "/ByteRange" in found:
        signed = [text(at(found, key)) for key in ("/Name", "/Location", "/ContactInfo", "/Reason")]
        findings.add("person", where, f"a digital signature: {' '.join(filter(None, signed))}")
    for key, value in found.items():
        if isinstance(value, TextStringObject) and len(value) > 4 and key != "/JS" and (path := paths.found(value)):
            findings.add("path", where, path)


def text(value: Any) -> str:
    """A string or name of a PDF file as text; empty for anything else."""
    if isinstance(value, ByteStringObject):
        return bytes(value).decode("utf-8", "replace")
    return str(value) if isinstance(value, str) else ""
