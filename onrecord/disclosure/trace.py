"""What a file may carry beside what is seen of it: the kinds of it, and the place where findings are gathered."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Level = Literal["must go", "noted", "unchecked", "broken"]
"""`must go`: it can lead to a person, a place or an earlier state, and nobody needs it in a published file. `noted`: it leads to nobody by
itself (a program, a day, a title). `unchecked`: something that was not looked into. `broken`: the file cannot be read as what it is."""

KINDS: dict[str, tuple[Level, str]] = {
    "position": ("must go", "the position (GPS)"),
    "serial": ("must go", "the serial number of a device"),
    "person": ("must go", "the name of a person or organization"),
    "organization": ("must go", "the name of a company"),
    "contact": ("must go", "an address, telephone number or account"),
    "rights": ("must go", "a notice of rights"),
    "caption": ("must go", "a caption, keywords or remarks that nobody sees"),
    "path": ("must go", "a path or a user name of a computer"),
    "template": ("must go", "the template it was made with"),
    "comment": ("must go", "comments"),
    "change": ("must go", "tracked changes"),
    "hidden": ("must go", "hidden text"),
    "hidden-sheet": ("must go", "hidden sheets or slides"),
    "cropped": ("must go", "pictures that are cut at the edge and still whole in the file"),
    "hidden-layer": ("must go", "hidden layers"),
    "speaker-notes": ("must go", "a speaker's notes"),
    "session": ("must go", "numbers of editing sessions"),
    "thumbnail": ("must go", "a small picture of it, which may show more than it does"),
    "maker-note": ("must go", "notes of the maker of the camera"),
    "history": ("must go", "a history of how it was made"),
    "older": ("must go", "an older version of itself"),
    "attached": ("must go", "attached files"),
    "script": ("must go", "scripts or macros"),
    "remote": ("must go", "something that is fetched from another place when the file is opened"),
    "data": ("must go", "data of other programs"),
    "appended": ("must go", "data behind its end"),
    "program": ("noted", "the program it was made with"),
    "device": ("noted", "the make of a device"),
    "day": ("noted", "days and times"),
    "title": ("noted", "a title or subject"),
    "identifier": ("noted", "a number of the file"),
    "profile": ("noted", "a colour profile"),
    "form": ("noted", "a form to fill in"),
    "metadata": ("noted", "other metadata"),
    "unchecked": ("unchecked", "something that was not looked into"),
    "broken": ("broken", "a fault"),
}
"""What each kind is in words, and what becomes of it. A kind that is not listed here cannot be found."""

MOST_OF_A_KIND = 100
_MOST_VALUE = 80
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, order=True)
class Trace:
    """One thing that a file carries: its kind (one of KINDS), where it stands in the file, and its value, shortened. For `unchecked` and
    `broken` the value is a sentence that says what and why."""

    kind: str
    where: str
    value: str = ""

    @property
    def level(self) -> Level:
        """What becomes of it."""
        return KINDS[self.kind][0]

    @property
    def words(self) -> str:
        """Its kind, in words."""
        return KINDS[self.kind][1]


Inside = Callable[[bytes], tuple[Trace, ...]]
"""What a file that stands in another one carries."""


class Broken(Exception):
    """A file is not what its first bytes say it is; the message is a clause that says why ("it ends in the middle of a segment")."""


class Locked(Exception):
    """A file is encrypted, so that only who has its password can look into it."""


class Findings:
    """Gathers what is found in one file; the same thing in the same place is kept once, and of each kind so many that a person reads
    them. No kind hides another."""

    def __init__(self) -> None:
        self._found: dict[str, dict[Trace, None]] = {}
        self._more: dict[str, int] = {}

    def add(self, kind: str, where: str, value: object = "") -> None:
        """Notes something of a kind (a key of KINDS) at a place of the file."""
        level = KINDS[kind][0]
        trace = Trace(kind, shortened(where), str(value) if level in ("unchecked", "broken") else shortened(value))
        of_kind = self._found.setdefault(kind, {})
        if trace in of_kind or len(of_kind) < MOST_OF_A_KIND:
            of_kind[trace] = None
        else:
            self._more[kind] = self._more.get(kind, 0) + 1

    def include(self, traces: tuple[Trace, ...], inside: str) -> None:
        """Notes what was found in a file that stands in this one."""
        for trace in traces:
            self.add(trace.kind, f"{inside}: {trace.where}" if trace.where else inside, trace.value)

    def traces(self) -> tuple[Trace, ...]:
        """What was noted, sorted; behind the most of a kind, how many more there are."""
        more = [Trace(kind, "", f"and {count:,} more of these") for kind, count in self._more.items()]
        return tuple(sorted([*(trace for of_kind in self._found.values() for trace in of_kind), *more]))


def shortened(value: object) -> str:
    """A value in one line that a person reads: without control characters, cut where it is long."""
    text = value.decode("utf-8", "replace") if isinstance(value, bytes | bytearray) else str(value)
    text = "".join(char if char.isprintable() else " " for char in text[: 4 * _MOST_VALUE].replace("\0", " "))
    text = _BLANKS.sub(" ", text).strip()
    return text if len(text) <= _MOST_VALUE else f"{text[: _MOST_VALUE - 1]}…"
