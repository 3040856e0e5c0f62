"""The styles of a Word file (ECMA-376 part 1, section 17.7): what a paragraph is, and how a run looks."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.intake.document import Mark
from onrecord.intake.formats.word_names import OFF, W, value_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEADINGS = {"title": 1, "headline": 1, "subtitle": 2}
_QUOTES = frozenset(["quote", "intense quote", "block text", "blockquote"])
# A style that is based on more others than this is based on itself.
_MOST_BASES = 20
# Half-points by which raised text is raised at least.
_RAISED = 4
_VALUE = f"{W}val"
# The properties that bear on what a run says.
_STATED = frozenset(
    f"{W}{name}" for name in ("b", "i", "strike", "dstrike", "vanish", "specVanish", "vertAlign", "position")
)


@dataclass(frozen=True, slots=True)
class RunLook:
    """How a run looks, as far as it matters: None is what is not stated there."""

    strong: bool | None = None
    emphasis: bool | None = None
    struck: bool | None = None
    hidden: bool | None = None
    raised: Mark | None = None

    def under(self, inner: RunLook) -> RunLook:
        """This look with what `inner` states in its place."""
        if inner is _NOTHING:
            return self
        return RunLook(
            self.strong if inner.strong is None else inner.strong,
            self.emphasis if inner.emphasis is None else inner.emphasis,
            self.struck if inner.struck is None else inner.struck,
            self.hidden if inner.hidden is None else inner.hidden,
            self.raised if inner.raised is None else inner.raised,
        )


_NOTHING = RunLook()


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """What a paragraph is: level 1-9 of a heading or 0, whether it is a quotation, its list and the depth in it (None where the
    numbers do not say)."""

    level: int = 0
    quote: bool = False
    list_id: str = ""
    depth: int | None = None
    run: RunLook = RunLook()


def run_look(properties: _Element | None) -> RunLook:
    """What the properties of a run state; of two of one name, the first."""
    if properties is None:
        return _NOTHING
    stated = [(child.tag, child.get(_VALUE)) for child in properties if child.tag in _STATED]
    return _look(tuple(stated)) if stated else RunLook()


@lru_cache(maxsize=1024)
def _look(stated: tuple[tuple[str, str | None], ...]) -> RunLook:
    """A look of names and values; a file has few different ones, and may have one of them for each word."""
    by_name = {tag.removeprefix(W): value for tag, value in reversed(stated)}
    on = {name: value not in OFF for name, value in by_name.items()}
    raised: Mark | None = None
    if "vertAlign" in by_name:
        raised = {"superscript": "raised", "subscript": "lowered"}.get(by_name["vertAlign"] or "", "")  # type: ignore[assignment]
    elif position := _integer(by_name.get("position") or ""):
        raised = "raised" if position >= _RAISED else "lowered" if position <= -_RAISED else None
    return RunLook(
        on.get("b"), on.get("i"), _either(on, "strike", "dstrike"), _either(on, "vanish", "specVanish"), raised
    )


def _either(on: dict[str, bool], *names: str) -> bool | None:
    stated = [on[name] for name in names if name in on]
    return any(stated) if stated else None


def _integer(text: str) -> int:
    return int(text) if re.fullmatch(r"-?\d{1,5}", text) else 0


class Styles:
    """The styles of a file by their identifiers."""

    def __init__(self, root: _Element | None) -> None:
        self._elements: dict[str, _Element] = {}
        self._kept: dict[str, ParagraphLook] = {}
        self._default = ""
        for element in root.iter(f"{W}style") if root is not None else ():
            identifier = element.get(f"{W}styleId") or ""
            self._elements[identifier] = element
            if element.get(f"{W}type") == "paragraph" and element.get(f"{W}default") in ("1", "true", "on"):
                self._default = identifier

    def of(self, identifier: str, depth: int = 0) -> ParagraphLook:
        """What a style makes of a paragraph or a run, with all styles that it is based on."""
        identifier = identifier or self._default
        if identifier in self._kept:
            return self._kept[identifier]
        element = self._elements.get(identifier)
        if depth > _MOST_BASES:
            return self._named(identifier, ParagraphLook())
        if element is None:
            self._kept[identifier] = look = self._named(identifier, ParagraphLook())
            return look
        base = value_of(element.find(f"{W}basedOn"))
        look = self.of(base, depth + 1) if base else ParagraphLook()
        look = replace(look, run=look.run.under(run_look(element.find(f"{W}rPr"))))
        look = paragraph_look(element.find(f"{W}pPr"), look)
        look = self._named(value_of(element.find(f"{W}name")) or identifier, look)
        self._kept[identifier] = look
        return look

    @staticmethod
    def _named(name: str, look: ParagraphLook) -> ParagraphLook:
        name = name.lower()
        heading = re.fullmatch(r"heading\s?([1-9])", name)
        level = int(heading[1]) if heading else _HEADINGS.get(name, look.level)
        return replace(look, level=level, quote=look.quote or name in _QUOTES)


def paragraph_look(properties: _Element | None, look: ParagraphLook) -> ParagraphLook:
    """A paragraph's look with what its own properties state in the place of its style's."""
    if properties is None:
        return look
    outline = properties.find(f"{W}outlineLvl")
    if outline is not None:
        level = _integer(value_of(outline)) + 1
        look = replace(look, level=level if level <= 6 else 0)
    numbered = properties.find(f"{W}numPr")
    if numbered is not None:
        identifier = numbered.find(f"{W}numId")
        depth = numbered.find(f"{W}ilvl")
        look = replace(
            look,
            list_id=value_of(identifier) if identifier is not None else look.list_id,
            depth=_integer(value_of(depth)) if depth is not None else look.depth,
        )
    return look
