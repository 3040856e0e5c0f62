"""PDF files (ISO 32000-1) without what they need not carry: the pages, and what they refer to, are written anew.

The content of a page is copied byte by byte and never read, so that it looks as it did. Of the catalog and of pages, what is listed here
stays; of all else, what is listed goes. Links, bookmarks and the structure that screen readers use stay.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from onrecord.disclosure import paths
from onrecord.disclosure.pdf_objects import PdfFile, at, dictionaries, opened, picture, understood
from onrecord.disclosure.pdf_traces import ATTACHED, MARKS
from onrecord.disclosure.wishes import Impossible, Wishes

_CATALOG = frozenset([
    "/Type", "/Version", "/Extensions", "/Pages", "/PageLabels", "/Names", "/Dests", "/ViewerPreferences", "/PageLayout", "/PageMode",
    "/Outlines", "/OpenAction", "/Lang", "/StructTreeRoot", "/MarkInfo", "/OutputIntents", "/OCProperties", "/AcroForm",
])  # fmt: skip
_PAGE = frozenset([
    "/Type", "/Parent", "/Resources", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Contents", "/Rotate", "/Group",
    "/Annots", "/Tabs", "/UserUnit", "/StructParents", "/VP",
])  # fmt: skip
_ANYWHERE = ("/Metadata", "/PieceInfo", "/LastModified", "/Thumb", "/AA", "/JS", "/AF", "/OPI", "/Measure", "/PtData")
_LINK = frozenset(
    [
        "/Type",
        "/Subtype",
        "/Rect",
        "/Contents",
        "/Border",
        "/BS",
        "/C",
        "/H",
        "/A",
        "/Dest",
        "/QuadPoints",
        "/F",
        "/StructParent",
    ]
)
_HARMLESS_ACTIONS = frozenset(["/GoTo", "/URI", "/Named", "/GoToR"])


def cleaned(data: bytes, wishes: Wishes, again: Callable[[bytes], bytes]) -> bytes:
    """The file anew; `again` cleans the pictures in it. Raises Broken, Locked, Impossible."""
    with understood():
        return _cleaned(opened(data), wishes, again)


def _cleaned(file: PdfFile, wishes: Wishes, again: Callable[[bytes], bytes]) -> bytes:
    _clean_catalog(file.root, wishes)
    for value in file.objects.values():
        for found in dictionaries(value):
            _clean_dictionary(found, wishes, again)
    for value in file.objects.values():
        for found in dictionaries(value):
            if str(at(found, "/Type")) == "/Page":
                _clean_page(found, wishes)
    return _written(file)


def _clean_catalog(root: DictionaryObject, wishes: Wishes) -> None:
    _keep(root, _CATALOG)
    names = at(root, "/Names")
    if isinstance(names, DictionaryObject):
        _keep(names, frozenset(["/Dests"] if wishes.drop_attachments else ["/Dests", "/EmbeddedFiles"]))
    action = at(root, "/OpenAction")
    if isinstance(action, DictionaryObject) and str(at(action, "/S")) not in ("/GoTo", "/Named"):
        del root["/OpenAction"]
    form = at(root, "/AcroForm")
    if isinstance(form, DictionaryObject):
        if not at(form, "/Fields"):
            del root["/AcroForm"]
        else:
            form.pop("/XFA", None)


def _keep(found: DictionaryObject, keys: frozenset[str]) -> None:
    for key in [key for key in found if key not in keys]:
        del found[key]


def _clean_dictionary(found: DictionaryObject, wishes: Wishes, again: Callable[[bytes], bytes]) -> None:
    for key in _ANYWHERE:
        if key in found and not (key == "/Metadata" and not isinstance(at(found, key), StreamObject)):
            del found[key]
    for key in ("/A", "/OpenAction", "/Next", "/PA"):
        action = at(found, key)
        if isinstance(action, DictionaryObject) and "/S" in action and str(at(action, "/S")) not in _HARMLESS_ACTIONS:
            del found[key]
    if str(at(found, "/Type")) == "/Sig" or "/ByteRange" in found:
        _keep(found, frozenset())  # it signs the bytes of the original, and no others
    if isinstance(found, StreamObject) and str(at(found, "/Subtype")) == "/Image" and (data := picture(found)):
        found._data = again(data)
    for key, value in list(found.items()):
        if isinstance(value, TextStringObject) and len(value) > 4 and paths.found(value):
            found[NameObject(key)] = TextStringObject(paths.without(value))


def _clean_page(page: DictionaryObject, wishes: Wishes) -> None:
    _keep(page, _PAGE)
    annotations = at(page, "/Annots")
    if not isinstance(annotations, ArrayObject):
        page.pop("/Annots", None)
        return
    kept = ArrayObject()
    for entry in annotations:
        annotation = entry.get_object()
        if not isinstance(annotation, DictionaryObject):
            continue
        subtype = str(at(annotation, "/Subtype"))
        if (subtype in MARKS and wishes.drop_comments) or (subtype in ATTACHED and wishes.drop_attachments):
            # What else refers to it, the structure of the text for one, must not keep it.
            _keep(annotation, frozenset())
            continue
        if subtype == "/Link":
            _keep(annotation, _LINK)
            action = at(annotation, "/A")
            if action is not None and str(at(action, "/S")) not in _HARMLESS_ACTIONS:
                del annotation["/A"]
        kept.append(entry)
    if kept:
        page[NameObject("/Annots")] = kept
    else:
        del page["/Annots"]


def _written(file: PdfFile) -> bytes:
    """What the catalog leads to, as a file with one table and no information dictionary. Objects keep their numbers."""
    out = io.BytesIO()
    version = file.data[file.data.find(b"%PDF-") :][:8]
    out.write((version if version[5:6].isdigit() else b"%PDF-1.7") + b"\n%\xe2\xe3\xcf\xd3\n")
    root = file.trailer.raw_get("/Root")
    if not isinstance(root, IndirectObject):
        raise Impossible("Its catalog is not an object of its own. Print it to a new PDF, then clean that.")
    places: dict[int, tuple[int, int]] = {}
    waiting: list[Any] = [root]
    seen: set[tuple[int, int]] = set()
    while waiting:
        value = waiting.pop()
        if isinstance(value, IndirectObject):
            key = (value.idnum, value.generation)
            if key in seen:
                continue
            seen.add(key)
            if key[0] in places:
                raise Impossible("Two of its objects have one number. Print it to a new PDF, then clean that.")
            found = file.objects.get(key)
            places[key[0]] = (out.tell(), key[1])
            out.write(b"%d %d obj\n%b\nendobj\n" % (*key, _form(found)))
            waiting.append(found)
        elif isinstance(value, DictionaryObject):
            waiting += value.values()
        elif isinstance(value, ArrayObject):
            waiting += list(value)
    table = out.tell()
    size = max(places) + 1
    free = [number for number in range(size) if number not in places]
    following = dict(zip(free, [*free[1:], 0], strict=True))
    rows = [
        b"%010d %05d n \n" % places[number]
        if number in places
        else b"%010d %05d f \n" % (following[number], 65535 if number == 0 else 1)
        for number in range(size)
    ]
    out.write(b"xref\n0 %d\n" % size + b"".join(rows))
    trailer = DictionaryObject({NameObject("/Size"): NumberObject(size), NameObject("/Root"): root})
    out.write(b"trailer\n%b\nstartxref\n%d\n%%%%EOF\n" % (_form(trailer), table))
    return out.getvalue()


def _form(value: Any) -> bytes:
    """An object in the form in which it stands in a file (section 7.3). Strings and names are the bytes that they were read from: a
    table of colours is no text, and the name of a font may be in any encoding."""
    if value is None:
        return b"null"
    if isinstance(value, IndirectObject):
        return b"%d %d R" % (value.idnum, value.generation)
    if isinstance(value, DictionaryObject):
        content = bytes(value._data) if isinstance(value, StreamObject) else None
        rows = [_form(key) + b" " + _form(inner) for key, inner in value.items() if content is None or key != "/Length"]
        if content is None:
            return b"<< " + b"\n".join(rows) + b" >>"
        rows.append(b"/Length %d" % len(content))
        return b"<< " + b"\n".join(rows) + b" >>\nstream\n" + content + b"\nendstream"
    if isinstance(value, ArrayObject):
        return b"[" + b" ".join(map(_form, value)) + b"]"
    if isinstance(value, NameObject):
        return b"/" + b"".join(
            b"#%02X" % byte if byte in b"#()<>[]{}/%" or not 32 < byte < 127 else bytes([byte])
            for byte in value[1:].encode("latin-1")
        )
    if isinstance(value, TextStringObject | ByteStringObject):
        data = value.original_bytes
        for byte, escaped in ((b"\\", b"\\\\"), (b"(", b"\\("), (b")", b"\\)"), (b"\r", b"\\r")):
            data = data.replace(byte, escaped)
        return b"(" + data + b")"
    out = io.BytesIO()
    value.write_to_stream(out)
    return out.getvalue()
