"""Word, Excel and PowerPoint files (Office Open XML, ISO/IEC 29500): what their parts carry beside what is seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from posixpath import basename

from onrecord.disclosure import paths, plain_xml
from onrecord.disclosure.plain_xml import Element
from onrecord.disclosure.trace import Findings, Inside

# docProps/core.xml (29500-2, 11) and docProps/app.xml (29500-1, 22.2).
_PROPERTIES = {
    "creator": "person", "lastModifiedBy": "person", "Manager": "person", "Company": "organization", "title": "title", "subject": "title",
    "keywords": "caption", "description": "caption", "category": "caption", "contentStatus": "caption", "identifier": "identifier",
    "revision": "history", "TotalTime": "history", "created": "day", "modified": "day", "lastPrinted": "day", "Template": "template",
    "Application": "program", "AppVersion": "program", "HyperlinkBase": "path",
}  # fmt: skip
# What a new document of any user has, and so says nothing.
_USUAL_TEMPLATES = frozenset(["normal", "normal.dotm", "normal.dot", "office theme", "default theme", "default design"])
_USUAL_COUNTS = {"revision": ("0", "1"), "TotalTime": ("0",)}
CHANGES = frozenset([
    "ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange", "tblGridChange",
    "trPrChange", "tcPrChange", "cellIns", "cellDel", "cellMerge", "numberingChange",
])  # fmt: skip
_WORDS_OF_CHANGES = {"ins": "insertion", "del": "deletion", "moveFrom": "move", "moveTo": "move"}
_NAMES_OF_PEOPLE = frozenset(["person", "presenceInfo", "cmAuthor", "author"])
_OFF = frozenset(["0", "false", "off", "none"])
_PICTURES = (".jpeg", ".jpg", ".png", ".gif", ".tif", ".tiff", ".webp", ".heic")
_SEEN_LITTLE = (".odttf", ".fntdata", ".wdp", ".emf", ".wmf", ".svg", ".xml", ".rels", ".vml")
_PACKAGES = (".docx", ".xlsx", ".pptx", ".pdf", ".zip", ".odt", ".ods", ".odp", ".rtf")


def is_office(entries: Mapping[str, bytes]) -> bool:
    """Whether the entries of a zip file are such a document (ISO/IEC 29500-2)."""
    return "[Content_Types].xml" in entries


def is_comments(name: str) -> bool:
    """Whether a part holds comments."""
    return any(part.startswith(("comment", "threadedComment")) and "Author" not in part for part in name.split("/")[1:])


def is_people(name: str) -> bool:
    """Whether a part lists who has commented or changed something."""
    return basename(name) in ("people.xml", "person.xml", "commentAuthors.xml", "authors.xml", "userNames.xml")


def find(entries: Mapping[str, bytes], findings: Findings, inside: Inside) -> None:
    """Notes what the parts carry; `inside` says what a file within it does. Raises Broken."""
    hidden: frozenset[str] = frozenset()
    trees: dict[str, Element] = {}
    for name, content in entries.items():
        lower = name.lower()
        if lower.endswith((".xml", ".rels", ".vml")) and content.strip():
            root = plain_xml.tree(content).root
            if root.name == "styles":
                hidden |= hidden_styles(root)
            trees[name] = root
    for name, content in entries.items():
        if name in trees:
            _find_in_part(name, trees.pop(name), hidden, findings)
        else:
            _find_in_other(name, name.lower(), content, findings, inside)


def _find_in_other(name: str, lower: str, content: bytes, findings: Findings, inside: Inside) -> None:
    if "thumbnail" in basename(lower):
        findings.add("thumbnail", name)
    elif basename(lower) == "vbaproject.bin" or "/activex/" in lower:
        findings.add("script", name)
    elif "printersettings" in lower:
        findings.add("data", name, "settings of a printer")
    elif lower.endswith(_PACKAGES):
        findings.include(inside(content), name)
    elif "/embeddings/" in lower:
        findings.add("attached", name)
    elif lower.endswith(_PICTURES):
        findings.include(inside(content), name)
    elif lower.endswith((".emf", ".wmf")):
        findings.add("unchecked", name, "A drawing of Windows (EMF, WMF) was not looked into.")
    elif not lower.endswith(_SEEN_LITTLE) and content:
        findings.include(inside(content), name)


def hidden_styles(root: Element) -> frozenset[str]:
    """The names of styles whose text is hidden."""
    return frozenset(
        style.get("styleId")
        for style in root.elements()
        if style.name == "style" and any(is_hidden(part) for part in style.elements() if part.name == "rPr")
    )


def is_hidden(properties: Element) -> bool:
    """Whether the properties of a run (`w:rPr`) hide its text (29500-1, section 17.3.2.41)."""
    return any(part.name == "vanish" and part.get("val", "1") not in _OFF for part in properties.elements())


def hidden_runs(root: Element, styles: frozenset[str] = frozenset()) -> Iterator[Element]:
    """The runs of a Word part whose text is hidden, by themselves or by a style of these names."""
    for paragraph in root.walk():
        if paragraph.name not in ("p", "r"):
            continue
        if paragraph.name == "p":
            if _style(paragraph, "pPr", "pStyle") in styles:
                yield from (run for run in paragraph.walk() if run.name == "r" and _words(run))
            continue
        properties = next((part for part in paragraph.elements() if part.name == "rPr"), None)
        if properties is None or not _words(paragraph):
            continue
        if is_hidden(properties) or _style(paragraph, "rPr", "rStyle") in styles:
            yield paragraph


def _style(element: Element, properties: str, name: str) -> str:
    return next(
        (
            part.get("val")
            for held in element.elements()
            if held.name == properties
            for part in held.elements()
            if part.name == name
        ),
        "",
    )


def _words(run: Element) -> str:
    return "".join(part.text() for part in run.elements() if part.name == "t").strip()


def _find_in_part(name: str, root: Element, styles: frozenset[str], findings: Findings) -> None:
    if name.startswith("docProps/"):
        _find_in_properties(name, root, findings)
        return
    if name.startswith("customXml/"):
        if not name.endswith(".rels") and not basename(name).startswith("itemProps"):
            findings.add("data", name, root.tag)
        return
    if is_comments(name) and not name.endswith(".rels"):
        for element in root.walk():
            if element.name in ("comment", "threadedComment", "cm"):
                findings.add("comment", name, element.get("author") or element.text())
    if is_people(name):
        for element in root.walk():
            if element.name in _NAMES_OF_PEOPLE:
                findings.add(
                    "person",
                    name,
                    element.get("displayName") or element.get("name") or element.get("author") or element.get("userId"),
                )
    if name.startswith("xl/revisions/") or basename(name).startswith(("changesInfo", "revisionInfo")):
        findings.add("history", name)
    if (
        name.startswith("ppt/tags/")
        or basename(name) == "connections.xml"
        or name.startswith("xl/externalLinks/externalLink")
    ):
        findings.add("data", name, root.tag)
    spoken = name.startswith("ppt/notesSlides/") and not name.endswith(".rels")
    if spoken and (words := " ".join(element.text() for element in root.walk() if element.name == "t").strip()):
        findings.add("speaker-notes", name, words)
    if root.name == "sld" and root.get("show") in _OFF:
        findings.add("hidden-sheet", name)
    if name.startswith("word/"):
        for run in hidden_runs(root, styles):
            findings.add("hidden", name, _words(run))
    for element in root.walk():
        _find_in_element(name, element, findings)


def _find_in_properties(name: str, root: Element, findings: Findings) -> None:
    if basename(name) == "custom.xml":
        for element in root.elements():
            findings.add("data", name, f"{element.get('name')}: {element.text()}")
        return
    for element in root.elements():
        value = element.text().strip()
        kind = _PROPERTIES.get(element.name)
        if kind is None or not value or value in _USUAL_COUNTS.get(element.name, ()):
            continue
        if kind == "template" and value.lower() in _USUAL_TEMPLATES:
            kind = "program"
        findings.add(kind, name, f"{element.name}: {value}")


def _find_in_element(name: str, element: Element, findings: Findings) -> None:
    local = element.name
    if (
        name.startswith("word/")
        and local in CHANGES
        and (local[0] != "i" or element.get("id") or element.get("author"))
    ):
        author = element.get("author")
        findings.add(
            "change", name, f"{_WORDS_OF_CHANGES.get(local, 'changed look')}{f' by {author}' if author else ''}"
        )
    elif local == "Relationship" and element.get("Type").endswith("/attachedTemplate"):
        findings.add("template", name, element.get("Target"))
    elif local == "Relationship" and is_fetched(element):
        findings.add("remote", name, element.get("Target"))
    elif local in ("mailMerge", "docVar"):
        findings.add("data", name, local)
    elif local == "sheet" and element.get("state") in ("hidden", "veryHidden"):
        findings.add("hidden-sheet", name, element.get("name"))
    elif local in ("row", "col") and name.startswith("xl/worksheets/") and element.get("hidden") in ("1", "true"):
        findings.add("hidden", name, "rows" if local == "row" else "columns")
    elif local == "srcRect" and any(value not in ("", "0") for value in element.attributes.values()):
        findings.add("cropped", name)
    elif local == "fileSharing" and element.get("userName"):
        findings.add("person", name, element.get("userName"))
    elif local == "pivotCacheDefinition" and element.get("refreshedBy"):
        findings.add("person", name, element.get("refreshedBy"))
    elif local in ("instrText", "delInstrText") and (path := paths.found(element.text())):
        findings.add("path", name, path)
    for key, value in element.attributes.items():
        if is_session(key):
            findings.add("session", name)
        elif (
            len(value) > 4
            and ("\\" in value or "/" in value)
            and not key.startswith("xmlns")
            and (path := paths.found(value))
        ):
            findings.add("path", name, path)
    if local == "rsid":
        findings.add("session", name)


def is_fetched(relationship: Element) -> bool:
    """Whether a relationship leads to what a program fetches by itself: all that is elsewhere, links that a reader follows apart."""
    target = relationship.get("Target").lower()
    return (
        relationship.get("TargetMode") == "External"
        and not relationship.get("Type").endswith("/hyperlink")
        and target.startswith(("http:", "https:", "ftp:", "\\\\"))
    )


def is_session(key: str) -> bool:
    """Whether an attribute of this name numbers the session in which something was edited (29500-1, section 17.15.1.72)."""
    return key.rpartition(":")[2].startswith("rsid")
