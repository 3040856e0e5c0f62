"""OpenDocument files (ISO/IEC 26300, OASIS ODF 1.3): what their parts carry."""

from __future__ import annotations

import re
from collections.abc import Mapping

from onrecord.disclosure import paths, plain_xml
from onrecord.disclosure.plain_xml import Element
from onrecord.disclosure.trace import Findings, Inside, Locked

# meta.xml (ODF 1.3 part 3, section 4.3).
_META = {
    "initial-creator": "person", "creator": "person", "printed-by": "person", "creation-date": "day", "date": "day", "print-date": "day",
    "editing-cycles": "history", "editing-duration": "history", "generator": "program", "title": "title", "subject": "title",
    "description": "caption", "keyword": "caption", "template": "template", "user-defined": "data", "auto-reload": "metadata",
    "contributor": "person", "publisher": "organization", "coverage": "position", "rights": "rights", "source": "path",
}  # fmt: skip
_USUAL = {"editing-cycles": ("0", "1"), "editing-duration": ("PT0S", "P0D")}
HIDDEN = frozenset(["hidden-text", "hidden-paragraph"])
SETTINGS = (
    "PrinterName",
    "PrinterSetup",
    "PrinterPaperFromSetup",
    "CurrentDatabaseDataSource",
    "Rsid",
    "RsidRoot",
    "DocumentSignature",
)

# What is shown as soon as the file is: links that a reader follows are "a".
_FETCHED = frozenset(
    ["image", "object", "object-ole", "plugin", "section-source", "fill-image", "background-image", "table-source"]
)
_NOT_ZERO = re.compile(r"[1-9]")


def is_opendocument(entries: Mapping[str, bytes]) -> bool:
    """Whether the entries of a zip file are such a document (ODF 1.3 part 2, section 3.3)."""
    return entries.get("mimetype", b"").startswith(b"application/vnd.oasis.opendocument.")


def find(entries: Mapping[str, bytes], findings: Findings, inside: Inside) -> None:
    """Notes what the parts carry; `inside` says what a file within it does. Raises Broken, Locked."""
    if b"encryption-data" in entries.get("META-INF/manifest.xml", b""):
        raise Locked
    for name, content in entries.items():
        base = name.rpartition("/")[2]
        if name.startswith("Thumbnails/"):
            findings.add("thumbnail", name)
        elif name.startswith(("Versions/", "VersionList.xml")):
            findings.add("older", name)
        elif name.startswith(("Basic/", "Scripts/")) and not base.endswith(("-lc.xml", "-lb.xml")):
            findings.add("script", name)
        elif name == "META-INF/documentsignatures.xml":
            findings.add("person", name, "a digital signature")
        elif base.endswith((".xml", ".rdf")) and content.strip():
            _find_in_part(name, base, plain_xml.tree(content).root, findings)
        elif content and name != "mimetype":
            findings.include(inside(content), name)


def _find_in_part(name: str, base: str, root: Element, findings: Findings) -> None:
    hidden, hidden_sheets = hidden_styles(root), _styles_of_hidden_sheets(root)
    for element in root.walk():
        local = element.name
        if base == "meta.xml":
            value = element.get("href") if local == "template" else element.text().strip()
            if local in _META and value and value not in _USUAL.get(local, ()):
                label = element.get("name") if local == "user-defined" else local
                findings.add(_META[local], name, f"{label}: {value}")
            continue
        if base == "settings.xml":
            if local == "config-item" and element.get("name") in SETTINGS and element.text().strip("0 \n"):
                findings.add("session" if "Rsid" in element.get("name") else "data", name, element.get("name"))
            elif local == "config-item" and (path := paths.found(element.text())):
                findings.add("path", name, path)
            continue
        if local == "changed-region":
            findings.add("change", name, _change(element))
        elif local == "annotation":
            creator = next((part.text() for part in element.walk() if part.name == "creator"), "")
            findings.add("comment", name, creator)
        elif local in HIDDEN or (local == "section" and element.get("display") == "none"):
            findings.add("hidden", name, element.get("string-value") or element.text())
        elif local in ("span", "p", "h") and element.get("style-name") in hidden and element.text().strip():
            findings.add("hidden", name, element.text())
        elif local in ("table", "page") and element.get("style-name") in hidden_sheets:
            findings.add("hidden-sheet", name, element.get("name"))
        elif local == "table-row" and element.get("visibility") == "collapse":
            findings.add("hidden", name, "rows")
        elif local == "graphic-properties" and _NOT_ZERO.search(element.get("clip")):
            findings.add("cropped", name)
        elif local == "notes" and element.tag.startswith("presentation:") and element.text().strip():
            findings.add("speaker-notes", name, element.text())
        elif local in _FETCHED and element.get("href").lower().startswith(("http:", "https:", "ftp:")):
            findings.add("remote", name, element.get("href"))
        for key, value in element.attributes.items():
            if is_session(key):
                findings.add("session", name)
            elif ("\\" in value or "/" in value) and not key.startswith("xmlns") and (path := paths.found(value)):
                findings.add("path", name, path)


def is_session(key: str) -> bool:
    """Whether an attribute of this name numbers the session in which something was edited."""
    return key.rpartition(":")[2] in ("rsid", "paragraph-rsid")


def hidden_styles(root: Element) -> frozenset[str]:
    """The names of the styles of a part whose text is hidden (ODF 1.3 part 3)."""
    return frozenset(
        style.get("name")
        for style in root.walk()
        if style.name == "style"
        and any(part.name == "text-properties" and part.get("display") == "none" for part in style.elements())
    )


def _styles_of_hidden_sheets(root: Element) -> frozenset[str]:
    """The names of the styles of sheets and slides that are not shown (ODF 1.3 part 3)."""
    return frozenset(
        style.get("name")
        for style in root.walk()
        if style.name == "style"
        and any(
            (part.name, part.get("display")) == ("table-properties", "false")
            or (part.name, part.get("visibility")) == ("drawing-page-properties", "hidden")
            for part in style.elements()
        )
    )


def _change(region: Element) -> str:
    kind = next((part.name for part in region.elements()), "change")
    creator = next((part.text() for part in region.walk() if part.name == "creator"), "")
    return f"{kind}{f' by {creator}' if creator else ''}"
