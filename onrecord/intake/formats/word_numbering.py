"""The numbers of Word's lists, as Word shows them (ECMA-376 part 1, section 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.intake.formats import page_lists
from onrecord.intake.formats.number_attributes import whole
from onrecord.intake.formats.word_names import W, value_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_KINDS = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}
_EAST = str.maketrans("0123456789", "〇一二三四五六七八九")
_HINDI = str.maketrans("0123456789", "०१२३४५६७८९")
_ABJAD = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    kind: str = "decimal"
    text: str = "%1."
    restarts: int | None = None
    legal: bool = False


@dataclass(slots=True)
class _List:
    """A list that is counted: its levels, and the numbers that stand at each."""

    levels: dict[int, _Level]
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts the numbered paragraphs of a document from its beginning."""

    def __init__(self, root: _Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._abstract_of: dict[str, str] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._own_levels: dict[str, dict[int, _Level]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is None:
            return
        for abstract in root.iter(f"{W}abstractNum"):
            levels = dict(map(_level, abstract.iter(f"{W}lvl")))
            self._lists[abstract.get(f"{W}abstractNumId") or ""] = _List(levels)
        for number in root.iter(f"{W}num"):
            identifier = number.get(f"{W}numId") or ""
            self._abstract_of[identifier] = value_of(number.find(f"{W}abstractNumId"))
            for override in number.iter(f"{W}lvlOverride"):
                depth = whole(override.get(f"{W}ilvl"), 0)
                start = override.find(f"{W}startOverride")
                if start is not None:
                    self._starts.setdefault(identifier, {})[depth] = whole(value_of(start), 1)
                own = override.find(f"{W}lvl")
                if own is not None:
                    self._own_levels.setdefault(identifier, {})[depth] = _level(own)[1]

    def marker(self, identifier: str, depth: int) -> str:
        """The mark of the next paragraph of a list at a depth (0, 1, …): "3.", "(a)", "1.2", "-" for a bullet; empty where the list
        shows none."""
        counted = self._lists.get(self._abstract_of.get(identifier, ""))
        if counted is None:
            return "-" if identifier not in ("", "0") else ""
        levels = counted.levels | self._own_levels.get(identifier, {})
        level = levels.get(depth, _Level())
        start = level.start
        again = self._starts.get(identifier, {}).get(depth)
        if again is not None and (identifier, depth) not in self._begun:
            counted.counts.pop(depth, None)
            start = again
        self._begun.add((identifier, depth))
        counted.counts[depth] = counted.counts[depth] + 1 if depth in counted.counts else start
        for deeper in [below for below in counted.counts if below > depth]:
            restarts = levels.get(deeper, _Level()).restarts
            if restarts is None or (restarts and depth < restarts):
                counted.counts.pop(deeper)
        if level.kind == "bullet":
            return "-"
        if level.kind == "none":
            return re.sub(r"%\d", "", level.text).strip()

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            other = levels.get(at, _Level())
            kind = "decimal" if level.legal else other.kind
            return _shown(counted.counts.get(at, other.start), kind)

        return re.sub(r"%(\d)", number, level.text).strip()


def _level(element: _Element) -> tuple[int, _Level]:
    text = element.find(f"{W}lvlText")
    restart = element.find(f"{W}lvlRestart")
    return whole(element.get(f"{W}ilvl"), 0), _Level(
        whole(value_of(element.find(f"{W}start")), 1),
        value_of(element.find(f"{W}numFmt")) or "decimal",
        value_of(text) if text is not None else "",
        whole(value_of(restart), 0) if restart is not None else None,
        element.find(f"{W}isLgl") is not None,
    )


def _shown(number: int, kind: str) -> str:
    if kind in _KINDS:
        return page_lists.shown(number, _KINDS[kind]).rstrip(".")
    if kind == "decimalZero":
        return f"{number:02}"
    if kind in ("hindiNumbers", "hindiVowels"):
        return str(number).translate(_HINDI)
    if kind in ("arabicAbjad", "arabicAlpha") and 0 < number <= len(_ABJAD):
        return _ABJAD[number - 1]
    if kind in ("russianLower", "russianUpper") and 0 < number <= len(_RUSSIAN):
        return _RUSSIAN[number - 1].upper() if kind == "russianUpper" else _RUSSIAN[number - 1]
    if kind in (
        "chineseCounting",
        "ideographDigital",
        "japaneseCounting",
        "japaneseDigitalTenThousand",
        "chineseCountingThousand",
    ):
        return _east_asian(number)
    return str(number)


def _east_asian(number: int) -> str:
    """A number below a hundred in Chinese signs; others digit by digit."""
    if 0 < number < 100:
        tens, ones = divmod(number, 10)
        lead = ("" if tens == 1 else str(tens).translate(_EAST)) + "十" if tens else ""
        return lead + (str(ones).translate(_EAST) if ones else "")
    return str(number).translate(_EAST)
