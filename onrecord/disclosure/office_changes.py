"""Tracked changes of Word (ISO/IEC 29500-1, section 17.13.5), accepted or rejected, as Word does it."""

from __future__ import annotations

from collections.abc import Callable

from onrecord.disclosure.office_traces import CHANGES
from onrecord.disclosure.plain_xml import Element, Markup
from onrecord.disclosure.wishes import Impossible

_Children = list[Element | str | Markup]
_BY_HAND = frozenset(["cellIns", "cellDel", "cellMerge", "numberingChange"])
_MARKS = frozenset(
    f"{kind}{end}" for kind in ("moveFromRange", "moveToRange", "customXmlInsRange", "customXmlDelRange", "customXmlMoveFromRange",
    "customXmlMoveToRange") for end in ("Start", "End")
)  # fmt: skip
_RENAMED = {"delText": "t", "delInstrText": "instrText"}
# What a record of former properties does not repeat, and so stays (17.13.5.29, 17.13.5.32).
_NOT_IN_RECORD = {"pPr": ("rPr", "sectPr"), "sectPr": ("headerReference", "footerReference")}


def settled(root: Element, accept: bool) -> None:
    """Brings every tracked change of a part to an end, in place. Raises Impossible for changed tables whose cells were joined."""
    if any(element.name in _BY_HAND for element in root.walk()):
        raise Impossible(
            "Its tracked changes join or move cells of a table. Accept or reject them in Word, then clean the file."
        )
    gone = frozenset(["del", "moveFrom"] if accept else ["ins", "moveTo"])
    opened = frozenset(["ins", "moveTo"] if accept else ["del", "moveFrom"])
    for element in list(root.walk()):
        _join_paragraphs(element, gone)
        element.children = [
            child for child in element.children if not (isinstance(child, Element) and _is_row_of(child, gone))
        ]
    for element in list(root.walk()):
        element.children = [
            child for child in element.children if not (isinstance(child, Element) and _is_empty(child))
        ]
    _each(root, lambda children: _settled(children, gone, opened))
    for element in list(root.walk()):
        if not accept:
            _restore(element)
            if element.name in _RENAMED:
                element.tag = element.tag.replace(element.name, _RENAMED[element.name])
        element.children = [
            child
            for child in element.children
            if not (isinstance(child, Element) and (child.name in _MARKS or child.name in CHANGES))
        ]


def _each(root: Element, change: Callable[[_Children], _Children]) -> None:
    """Changes the children of every element, from the outside in."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        element.children = change(element.children)
        waiting += [child for child in element.children if isinstance(child, Element)]


def _settled(children: _Children, gone: frozenset[str], opened: frozenset[str]) -> _Children:
    """Children without those that are gone, and with what stands in those that are opened."""
    out: _Children = []
    waiting = list(reversed(children))
    while waiting:
        child = waiting.pop()
        if isinstance(child, Element) and child.name in gone:
            continue
        if isinstance(child, Element) and child.name in opened:
            waiting += reversed(child.children)
        else:
            out.append(child)
    return out


def _part(element: Element, name: str) -> Element | None:
    return next((part for part in element.elements() if part.name == name), None)


def _is_row_of(element: Element, gone: frozenset[str]) -> bool:
    """Whether an element is a row of a table that is gone."""
    properties = _part(element, "trPr") if element.name == "tr" else None
    return properties is not None and any(part.name in gone for part in properties.elements())


def _is_empty(element: Element) -> bool:
    """Whether an element is a table whose rows are all gone, which Word does not open."""
    return element.name == "tbl" and _part(element, "tr") is None


def _ends_nowhere(element: Element, gone: frozenset[str]) -> bool:
    """Whether the end of a paragraph is gone, so that it goes on in the next."""
    properties = _part(element, "pPr") if element.name == "p" else None
    of_mark = _part(properties, "rPr") if properties is not None else None
    return of_mark is not None and any(part.name in gone for part in of_mark.elements())


def _join_paragraphs(element: Element, gone: frozenset[str]) -> None:
    """Joins each paragraph whose end is gone with the one behind it, which gives the look."""
    out: _Children = []
    carried: _Children = []
    held: Element | None = None
    for child in element.children:
        if isinstance(child, Element) and child.name == "p":
            own = [part for part in child.children if not (isinstance(part, Element) and part.name == "pPr")]
            if _ends_nowhere(child, gone):
                carried += own
                held = child
                continue
            look = [part for part in child.children if isinstance(part, Element) and part.name == "pPr"]
            child.children = [*look, *carried, *own]
            carried, held = [], None
        elif isinstance(child, Element) and held is not None:
            # No paragraph follows: what is left of this one stands by itself.
            held.children = carried
            out.append(held)
            carried, held = [], None
        out.append(child)
    if held is not None:
        held.children = carried
        out.append(held)
    element.children = out


def _restore(element: Element) -> None:
    """Gives an element the properties that it had before they were changed."""
    record = next((part for part in element.elements() if part.name == f"{element.name}Change"), None)
    if record is None:
        return
    former = next(iter(record.elements()), None)
    kept = [part for part in element.elements() if part.name in _NOT_IN_RECORD.get(element.name, ())]
    before = [part for part in kept if element.name == "sectPr"]
    element.children = [*before, *(former.children if former else []), *(part for part in kept if part not in before)]
