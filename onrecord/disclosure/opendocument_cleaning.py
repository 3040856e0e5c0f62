"""OpenDocument files (ISO/IEC 26300, OASIS ODF 1.3) without what they need not carry: parts are left out, and the others written anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from onrecord.disclosure import opendocument_traces, packed, paths, plain_xml
from onrecord.disclosure.plain_xml import Element, Markup
from onrecord.disclosure.wishes import Impossible, Wishes

_DROPPED = (
    "meta.xml",
    "Thumbnails/",
    "Configurations2/",
    "layout-cache",
    "VersionList.xml",
    "Versions/",
    "META-INF/documentsignatures.xml",
)
_CHANGE_MARKS = frozenset(["change", "change-start", "change-end"])


def cleaned(entries: Mapping[str, bytes], wishes: Wishes, again: Callable[[bytes], bytes]) -> bytes:
    """The file anew; `again` cleans the pictures and files that stand in it. Raises Broken, Impossible."""
    parts = []
    for name, content in entries.items():
        base = name.rpartition("/")[2]
        if name != "mimetype" and any(
            name == dropped or (dropped.endswith("/") and name.startswith(dropped)) for dropped in _DROPPED
        ):
            continue
        if base == "meta.xml":
            continue
        if base.endswith((".xml", ".rdf")) and content.strip():
            tree = plain_xml.tree(content)
            _clean(name, base, tree.root, wishes)
            parts.append((name, plain_xml.written(tree)))
        else:
            parts.append((name, again(content) if content and name != "mimetype" else content))
    parts.sort(key=lambda part: part[0] != "mimetype")  # it stands first, and not packed (ODF 1.3 part 2, section 3.3)
    return packed.packed(parts, stored=["mimetype"])


def _clean(name: str, base: str, root: Element, wishes: Wishes) -> None:
    hidden = opendocument_traces.hidden_styles(root)
    if wishes.changes == "reject" and any(element.name == "changed-region" for element in root.walk()):
        raise Impossible(
            "Tracked changes of OpenDocument are rejected in LibreOffice (Edit, Track Changes); then clean the file."
        )
    for element in root.walk():
        kept: list[Element | str | Markup] = []
        for child in element.children:
            if isinstance(child, Element) and _is_taken_out(child, name, base, wishes, hidden):
                continue
            kept.append(child)
        element.children = kept
        for key, value in list(element.attributes.items()):
            if opendocument_traces.is_session(key):
                del element.attributes[key]
            elif ("\\" in value or "/" in value) and not key.startswith("xmlns") and paths.found(value):
                element.attributes[key] = paths.without(value)


def _is_taken_out(element: Element, name: str, base: str, wishes: Wishes, hidden: frozenset[str]) -> bool:
    local = element.name
    if name == "META-INF/manifest.xml":
        return local == "file-entry" and any(
            element.get("full-path").rpartition("/")[2] == "meta.xml" or element.get("full-path").startswith(dropped)
            for dropped in _DROPPED
        )
    if base == "settings.xml":
        return local == "config-item" and (
            element.get("name") in opendocument_traces.SETTINGS or bool(paths.found(element.text()))
        )
    if wishes.changes == "accept" and (
        local == "tracked-changes" or (local in _CHANGE_MARKS and element.tag.startswith("text:"))
    ):
        return True
    if wishes.drop_comments and local in ("annotation", "annotation-end"):
        return True
    if wishes.drop_hidden:
        is_hidden = local in ("span", "p", "h") and element.get("style-name") in hidden
        return (
            is_hidden
            or local in opendocument_traces.HIDDEN
            or (local == "section" and element.get("display") == "none")
            or (local == "notes" and element.tag.startswith("presentation:"))
        )
    return False
