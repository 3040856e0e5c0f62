"""Word, Excel and PowerPoint files (ISO/IEC 29500) without what they need not carry: parts are left out, and the others written anew.

Text, tables, pictures and looks stay. What is content, though hidden (comments, tracked changes, hidden text, a speaker's notes), goes
only where the person who cleans has said so.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping

from onrecord.disclosure import office_changes, office_traces, packed, paths, plain_xml
from onrecord.disclosure.plain_xml import Element, Markup, Tree
from onrecord.disclosure.wishes import Wishes

Again = Callable[[bytes], bytes]
"""Cleans a file that stands in another one."""

_XML = (".xml", ".rels", ".vml")
# Elements that are there for what is taken out, whole.
_TAKEN_OUT = frozenset(
    ["rsids", "attachedTemplate", "mailMerge", "docVars", "fileSharing", "absPath", "proofErr", "trackRevisions"]
)
_COMMENT_MARKS = frozenset(["commentRangeStart", "commentRangeEnd", "commentReference", "legacyDrawing"])
_RELATIONSHIPS = "relationships"


def cleaned(entries: Mapping[str, bytes], wishes: Wishes, again: Again) -> bytes:
    """The file anew; `again` cleans the pictures and files that stand in it. Raises Broken, Impossible."""
    gone = {name for name in entries if _goes(name, wishes)}
    if wishes.drop_attachments:
        gone |= {name for name in entries if name.startswith("word/embeddings/") and name.endswith(".bin")}
    if wishes.drop_comments:
        gone |= {name for name in entries if "vmldrawing" in name.lower() and name.startswith("xl/")}
    gone |= {name for name in entries if name.endswith(".rels") and _owner(name) in gone}
    hidden_styles = frozenset[str]()
    trees: dict[str, Tree] = {}
    for name, content in entries.items():
        if name not in gone and name.lower().endswith(_XML) and content.strip():
            trees[name] = plain_xml.tree(content)
            if trees[name].root.name == "styles":
                hidden_styles |= office_traces.hidden_styles(trees[name].root)
    removed = {
        _owner(name): _without_relationships(name, trees[name].root, gone) for name in trees if name.endswith(".rels")
    }
    for name, tree in trees.items():
        if name == "[Content_Types].xml":
            tree.root.children = [
                child
                for child in tree.root.children
                if not (isinstance(child, Element) and child.get("PartName").lstrip("/") in gone)
            ]
        else:
            _clean(name, tree.root, wishes, hidden_styles, removed.get(name, frozenset()))
    parts = []
    for name, content in entries.items():
        if name in gone:
            continue
        if name in trees:
            parts.append((name, plain_xml.written(trees[name])))
        else:
            parts.append((name, again(content) if content and not name.endswith("/") else content))
    return packed.packed(parts)


def _goes(name: str, wishes: Wishes) -> bool:
    lower = name.lower()
    base = posixpath.basename(lower)
    if lower.startswith(("docprops/", "customxml/", "ppt/tags/", "xl/revisions/")) or "printersettings" in lower:
        return True
    if office_traces.is_people(name) or base.startswith(("changesinfo", "revisioninfo")):
        # Without the comments nobody needs to know who has written them.
        return (
            not base.startswith("commentauthors") and base != "authors.xml" and base != "person.xml"
        ) or wishes.drop_comments
    if office_traces.is_comments(name):
        return wishes.drop_comments
    return lower.startswith("ppt/notesslides/") and wishes.drop_hidden


def _owner(relationships: str) -> str:
    """The part whose relationships stand in this one (ISO/IEC 29500-2)."""
    folder, _, name = relationships.rpartition("_rels/")
    return folder + name.removesuffix(".rels")


def _without_relationships(name: str, root: Element, gone: set[str]) -> frozenset[str]:
    """Takes the relationships to parts that are gone, and to a template, out of a part; their ids."""
    folder = posixpath.dirname(_owner(name))
    removed = set()
    kept: list[Element | str | Markup] = []
    for child in root.children:
        if isinstance(child, Element) and child.name == "Relationship":
            target = child.get("Target")
            absolute = (
                target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            )
            external = child.get("TargetMode") == "External"
            if (not external and absolute in gone) or child.get("Type").endswith("/attachedTemplate"):
                removed.add(child.get("Id"))
                continue
        kept.append(child)
    root.children = kept
    return frozenset(removed)


def _clean(name: str, root: Element, wishes: Wishes, hidden_styles: frozenset[str], removed: frozenset[str]) -> None:
    if name.startswith("word/") and wishes.changes:
        office_changes.settled(root, wishes.changes == "accept")
    hidden = (
        set(map(id, office_traces.hidden_runs(root, hidden_styles)))
        if wishes.drop_hidden and name.startswith("word/")
        else set()
    )
    for element in root.walk():
        element.children = [
            child
            for child in element.children
            if not (isinstance(child, Element) and (id(child) in hidden or _is_taken_out(child, wishes, removed)))
        ]
        for key, value in list(element.attributes.items()):
            prefix, _, local = key.rpartition(":")
            refers = value in removed and element.prefixes.get(prefix, "").endswith(_RELATIONSHIPS)
            if (
                refers
                or office_traces.is_session(key)
                or (local, element.name) == ("refreshedBy", "pivotCacheDefinition")
            ):
                del element.attributes[key]
            elif ("\\" in value or "/" in value) and not key.startswith("xmlns") and paths.found(value):
                element.attributes[key] = paths.without(value)
        if element.name in ("instrText", "delInstrText"):
            element.children = [paths.without(child) if isinstance(child, str) else child for child in element.children]


def _is_taken_out(element: Element, wishes: Wishes, removed: frozenset[str]) -> bool:
    if element.name in _TAKEN_OUT:
        return element.name != "trackRevisions" or bool(wishes.changes)
    if element.name == "AlternateContent" and any(part.name == "absPath" for part in element.walk()):
        return True
    if element.name == "OLEObject":
        return element.get("id") in removed  # its picture stays
    if element.name in _COMMENT_MARKS:
        return wishes.drop_comments and (element.name != "legacyDrawing" or element.get("id") in removed)
    return element.name == "rsid"
