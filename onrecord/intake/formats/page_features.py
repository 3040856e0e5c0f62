"""Counts by which a part of a page is told to be text or furniture: running text, links, controls, each of an element and all below it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.intake.formats.page_text import BLOCKS, UNSEEN, is_sentence

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SPACE, _WORD = re.compile(r"\s+"), re.compile(r"\w")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_CONTROLS = frozenset(["input", "select", "textarea", "button"])
PLACE_OF_PICTURE = "data-onrecord-picture"
"""The attribute of an element in which a picture stood that was taken out."""
# A core of the text holds as much of the running text of what is around it.
_CORE = 0.6


@dataclass(slots=True)
class Features:
    """Of an element with all below it: characters of text, of text in links and of running text (stretches with a sentence, links
    apart), how many links, sentences and controls stand in it, and whether a heading of the first level does. `run` is its own text up
    to the edges of the next blocks, `run_linked` the part in links."""

    text: int = 0
    linked: int = 0
    prose: int = 0
    links: int = 0
    sentences: int = 0
    controls: int = 0
    headline: bool = False
    run: str = ""
    run_linked: int = 0

    @property
    def link_density(self) -> float:
        """The share of the text that is in links, 0 to 1."""
        return self.linked / self.text if self.text else 0.0


class PageFeatures:
    """The features of all elements of a page, counted once, from the leaves to the root."""

    def __init__(self, root: HtmlElement) -> None:
        self._features: dict[HtmlElement, Features] = {}
        # How many elements in which a picture stood are in an element, itself among them; those with none apart.
        self._pictures: Counter[HtmlElement] = Counter()
        for element in reversed(list(root.iter())):
            if isinstance(element.tag, str):
                self._count_pictures(element)
                if element.tag not in UNSEEN:
                    self._features[element] = self._of(element)
        self.root = root

    def __getitem__(self, element: HtmlElement) -> Features:
        return self._features.get(element) or Features()

    def _count_pictures(self, element: HtmlElement) -> None:
        """Counts those of an element, to which those below it are counted, to what it is in."""
        count = self._pictures[element] + (element.get(PLACE_OF_PICTURE) is not None)
        if count:
            self._pictures[element] = count
            parent = element.getparent()
            if parent is not None:
                self._pictures[parent] += count

    def has_picture(self, element: HtmlElement) -> bool:
        """Whether a picture stood in the element or below it."""
        return self._pictures[element] > 0

    def forget(self, element: HtmlElement) -> None:
        """Counts an element, with the pictures in it, no more to what is around it: it is about to be taken out."""
        if gone := self._pictures[element]:
            for around in element.iterancestors():
                self._pictures[around] -= gone

    def _of(self, element: HtmlElement) -> Features:
        here = Features(controls=int(element.tag in _CONTROLS), headline=element.tag == "h1")
        runs: list[str] = [element.text or ""]
        for child in element:
            inner = self._features.get(child)
            if inner is not None:
                here.text += inner.text
                here.linked += inner.linked
                here.prose += inner.prose
                here.links += inner.links
                here.sentences += inner.sentences
                here.controls += inner.controls
                here.headline |= inner.headline
                if child.tag in BLOCKS:
                    self._close(here, runs)
                else:
                    runs.append(inner.run)
                    here.run_linked += inner.run_linked
            runs.append(child.tail or "")
        run = _SPACE.sub(" ", "".join(runs))
        if element.tag == "a" and element.get("href"):
            here.links += 1
            here.run_linked = len(run.strip())
        if element.tag in BLOCKS:
            self._close(here, [run])
        else:
            here.run = run
        return here

    @staticmethod
    def _close(here: Features, runs: list[str]) -> None:
        """Counts a stretch of text that has come to its end."""
        text = _SPACE.sub(" ", "".join(runs)).strip()
        runs.clear()
        here.text += len(text)
        here.linked += min(here.run_linked, len(text))
        if is_sentence(text) and here.run_linked < len(text) * 0.5:
            here.prose += len(text) - here.run_linked
            here.sentences += 1
        here.run_linked = 0

    def core(self, top: HtmlElement) -> HtmlElement:
        """The innermost element that holds most of the running text of each that is around it."""
        here = top
        while True:
            largest = max(children(here), key=lambda child: self[child].prose, default=None)
            if largest is None or largest.tag in ("p", "pre", "blockquote", "td", "li"):
                return here
            if self[largest].prose < max(self[here].prose * _CORE, 1):
                return here
            here = largest


def children(element: HtmlElement) -> Iterator[HtmlElement]:
    """The child elements that can hold text."""
    return (child for child in element if isinstance(child.tag, str) and child.tag not in UNSEEN)


def names(element: HtmlElement) -> frozenset[str]:
    """The whole class names of an element, and its id."""
    return _names(element.get("class") or "", element.get("id") or "")


@lru_cache(maxsize=20_000)
def _names(classes: str, identifier: str) -> frozenset[str]:
    # Programs give the same names to many elements.
    return frozenset(name.lower() for name in (*classes.split(), identifier.strip()) if name)


def is_in_sentence(element: HtmlElement) -> bool:
    """True for an element with words of its line before it and behind: what is taken out of a sentence tears it."""
    before = element.getprevious()
    parent = element.getparent()
    lead = (before.tail if before is not None else parent.text if parent is not None else "") or ""
    return element.tag not in BLOCKS and _WORD.search(lead) is not None and _WORD.search(element.tail or "") is not None


def is_heading_of_text(element: HtmlElement, features: PageFeatures) -> bool:
    """True for a heading with running text behind it, whatever it is called."""
    if element.tag not in _HEADINGS:
        return False
    after = element.getnext()
    return after is not None and isinstance(after.tag, str) and features[after].prose > 0
