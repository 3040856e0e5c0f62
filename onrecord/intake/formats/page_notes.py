"""Footnotes of a page that are linked: short links to a place in the same page, and what stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from onrecord.intake.document import Block

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CALL = re.compile(r"\d{1,3}|[a-z]|[ivxlc]{1,6}|\*{1,4}|[†‡§]{1,2}", re.IGNORECASE)
_BACK = frozenset(["↑", "↩", "↵", "^", "⇧", "back", "↩︎", "⤴", "▲"])
_TEXTS = ("li", "p", "div", "aside", "dd", "td")
_LABEL = re.compile(
    r"\s*+(?:[\[(^]\s*+)?(\w{1,6}|\*{1,4}|[†‡§]{1,2})(?:\s*+(?:[\])][.:)]?|[.:)])\s+|\s+)", re.IGNORECASE
)


class PageNotes:
    """Which elements of a page are notes, which links call them, and which lead back."""

    def __init__(self, top: HtmlElement) -> None:
        self._labels: dict[HtmlElement, str] = {}
        self._calls: dict[HtmlElement, str] = {}
        self._back: set[HtmlElement] = set()
        self._open: set[HtmlElement] = set()
        order = {element: at for at, element in enumerate(top.iter())}
        places = self._places(top)
        links = [link for link in top.iter("a") if (link.get("href") or "").startswith("#")]
        called: dict[HtmlElement, dict[HtmlElement, str]] = {}
        for link in links:
            text = "".join(link.itertext()).strip()
            place = places.get((link.get("href") or "")[1:])
            if text in _BACK:
                self._back.add(link)
                continue
            shown = text.strip("[]()")
            if place is None or not _CALL.fullmatch(shown):
                continue
            if order[place] < order[link]:
                # The note's own mark, which leads back to its call.
                if any(outer in called for outer in (link, *link.iterancestors())):
                    self._back.add(link)
                continue
            note = _text_of(place)
            if note is None or note is top or note in link.iterancestors():
                continue
            called.setdefault(note, {})[link] = shown
        self._name(called)

    def _name(self, called: Mapping[HtmlElement, Mapping[HtmlElement, str]]) -> None:
        """Gives each note the mark of its calls. What is called by several marks is a list of sources and no note: its calls are links, and
        each shows the mark it has."""
        used: set[str] = set()
        for note, calls in called.items():
            marks = set(calls.values())
            if len(marks) > 1:
                continue
            mark = marks.pop()
            label = _unused(mark if mark.isalnum() else str(len(used) + 1), used)
            used.add(label)
            self._labels[note] = label
            self._calls.update(dict.fromkeys(calls, label))

    @staticmethod
    def _places(top: HtmlElement) -> dict[str, HtmlElement]:
        places: dict[str, HtmlElement] = {}
        for element in top.iter():
            if isinstance(element.tag, str):
                for name in (element.get("id"), element.get("name") if element.tag == "a" else None):
                    if name:
                        places.setdefault(name, element)
        return places

    def label_of(self, element: HtmlElement) -> str:
        """The label of a note; empty for other elements, and for a note that is being read."""
        return "" if element in self._open else self._labels.get(element, "")

    def called_by(self, link: HtmlElement) -> str:
        """The label of the note that a link calls."""
        return self._calls.get(link, "")

    def is_way_back(self, link: HtmlElement) -> bool:
        """True for a link from a note to its call."""
        return link in self._back

    @contextmanager
    def within(self, note: HtmlElement) -> Iterator[None]:
        """While a note is read it is no note to be read."""
        self._open.add(note)
        try:
            yield
        finally:
            self._open.discard(note)


def _text_of(place: HtmlElement) -> HtmlElement | None:
    """The element that holds a note's text, of the place that a link leads to: itself, or the paragraph that begins with it."""
    if place.tag in _TEXTS:
        return place
    if place.tag not in ("a", "span", "sup", "b", "strong"):
        return None
    for outer in place.iterancestors():
        if outer.tag in _TEXTS:
            before = "".join(outer.itertext()).strip()
            own = "".join(place.itertext()).strip()
            return outer if not own or before.lstrip("[(").startswith(own.strip("[]()")) else None
    return None


def _unused(label: str, used: set[str]) -> str:
    number = 2
    unused = label
    while unused in used:
        unused = f"{label}-{number}"
        number += 1
    return unused


def without_label(note: Block) -> Block:
    """A note without the mark that it begins with, where that is its label."""
    match = _LABEL.match(note.text)
    same = match is not None and match[1].lower() == note.marker.split("-")[0].lower()
    return note.slice(match.end()) if match is not None and same else note
