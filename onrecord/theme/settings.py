"""theme.toml → what it says, with everything that is wrong in it, at its line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from onrecord.look import FooterLink, Words
from onrecord.model import Problem
from onrecord.nearest import hint
from onrecord.schema import is_language
from onrecord.theme import tokens
from onrecord.theme.tokens import Tokens
from onrecord.vocabulary import Toml

FILE = "theme.toml"
MODES = ("light", "dark")
VOICES = ("serif", "sans")
"""The two typefaces of a page: the source's words stand in the serif, the archive's in the sans."""

_HEADING = re.compile(r"\s*+(\[\[?+)\s*+([^\]\s]++(?:\s++[^\]\s]++)*+)\s*+\]")
_KEY = re.compile(r'(\s*)"?([^"=\s\[#]+)"?\s*=')
_FAMILY = re.compile(r"[\w][\w .-]{0,80}")
_WEIGHT = re.compile(r"[1-9][0-9]{2}(?: [1-9][0-9]{2})?")
_RANGE = re.compile(r"U\+[0-9A-F?]{1,6}(?:-[0-9A-F]{1,6})?(?:, ?U\+[0-9A-F?]{1,6}(?:-[0-9A-F]{1,6})?)*", re.IGNORECASE)
_TABLES: Mapping[str, tuple[str, ...]] = {
    "logo": ("file", "dark", "alt", "height", "title"),
    "colours": MODES,
    "fonts": ("family", "file", "licence", "voice", "weight", "style", "letters"),
    "footer": ("text", "links"),
    "footer.links": ("label", "href"),
}
MOST_HEIGHT = 120


@dataclass(frozen=True, slots=True)
class LogoFile:
    """The logo as theme.toml has it: files below `theme/`, its text, its height in pixels, whether the title stands beside it; the lines of
    the files' keys."""

    file: str
    dark: str
    alt: Words
    height: int
    with_title: bool
    lines: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Font:
    """A font file with its licence, and for which of the two typefaces it is; the lines of the two keys. `letters` is a `unicode-range`."""

    family: str
    file: str
    licence: str
    voice: str
    weight: str
    style: str
    letters: str
    lines: tuple[int, int]


@dataclass(frozen=True, slots=True)
class ThemeSettings:
    """What theme.toml says. `colours` has those of each mode by token; `colour_lines` the line of each, by mode and token."""

    logo: LogoFile | None = None
    colours: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    colour_lines: Mapping[tuple[str, str], int] = field(default_factory=dict)
    fonts: tuple[Font, ...] = ()
    footer: Words = ()
    footer_links: tuple[FooterLink, ...] = ()


def settings(file: Toml, known: Tokens) -> tuple[ThemeSettings, list[Problem]]:
    """What a theme.toml says, and what is wrong in it. `known` are the tokens that there are."""
    reading = _Reading(file, known)
    found = reading.all()
    return found, [problem.in_file(file.path) for problem in reading.problems]


class _Reading:
    def __init__(self, file: Toml, known: Tokens) -> None:
        self.values = file.values
        self.known = known
        self.lines = _lines(file.lines)
        self.problems: list[Problem] = []

    def all(self) -> ThemeSettings:
        self._unknown("", self.values, ("logo", "colours", "fonts", "footer"))
        logo = self._logo(self._table("logo"))
        colours, lines = self._colours(self._table("colours"))
        entries = self._entries("fonts", self.values.get("fonts", []))
        fonts = tuple(font for number, entry in enumerate(entries) if (font := self._font(entry, number)))
        footer = self._table("footer")
        self._unknown("footer", footer, _TABLES["footer"])
        links = self._entries("footer.links", footer.get("links", []))
        return ThemeSettings(
            logo,
            colours,
            lines,
            fonts,
            self._words(footer, "footer", "text"),
            tuple(link for number, entry in enumerate(links) if (link := self._link(entry, number))),
        )

    # ---- parts -------------------------------------------------------------------------------------------------------------------

    def _logo(self, table: Mapping[str, Any]) -> LogoFile | None:
        self._unknown("logo", table, _TABLES["logo"])
        if not table:
            return None
        file = self._file(table, "logo", "file", 0, needed=True)
        dark = self._file(table, "logo", "dark", 0)
        with_title = table.get("title", True)
        if not isinstance(with_title, bool):
            self._wrong("logo", "title", "“title” says whether the archive's title is beside the logo: true or false.")
            with_title = True
        height = table.get("height", 40)
        if type(height) is not int or not 16 <= height <= MOST_HEIGHT:
            self._wrong(
                "logo",
                "height",
                f"“height” is a whole number of pixels from 16 to {MOST_HEIGHT}, without quotation marks.",
            )
            height = 40
        alt = self._words(table, "logo", "alt")
        if "alt" not in table or (not with_title and not any(words for _, words in alt)):
            what = (
                "with title = false it must say the archive's name"
                if not with_title
                else 'beside the title it may be empty: alt = ""'
            )
            self._wrong(
                "logo",
                "alt" if "alt" in table else "file",
                f"“alt” is what the logo says to those who do not see it; {what}.",
            )
        lines = (self._line("logo", "file"), self._line("logo", "dark"))
        return LogoFile(file, dark, alt, height, with_title, lines) if file else None

    def _colours(self, table: Mapping[str, Any]) -> tuple[dict[str, dict[str, str]], dict[tuple[str, str], int]]:
        self._unknown("colours", table, MODES)
        colours: dict[str, dict[str, str]] = {}
        lines: dict[tuple[str, str], int] = {}
        for mode in MODES:
            of_mode = table.get(mode, {})
            heading = f"colours.{mode}"
            if not isinstance(of_mode, dict):
                self._wrong("colours", mode, f"Colours are under [{heading}].")
                continue
            self._unknown(heading, of_mode, tuple(self.known.colours))
            for name, value in of_mode.items():
                if name not in self.known.colours:
                    continue
                if not isinstance(value, str) or not tokens.COLOUR.fullmatch(value):
                    self._wrong(heading, name, f'“{value}” is not a colour. Write it as "#rrggbb", such as "#174a7c".')
                    continue
                colours.setdefault(mode, {})[name] = tokens.whole(value)
                lines[mode, name] = self._line(heading, name)
        return colours, lines

    def _font(self, entry: Mapping[str, Any], number: int) -> Font | None:
        before = len(self.problems)
        self._unknown("fonts", entry, _TABLES["fonts"], number)
        family = self._text(entry, "fonts", "family", number, needed=True)
        if family and not _FAMILY.fullmatch(family):
            self._wrong("fonts", "family", f"“{family}” is not a name of a typeface: letters, digits, spaces.", number)
        file = self._file(entry, "fonts", "file", number, needed=True)
        licence = self._file(entry, "fonts", "licence", number)
        if "licence" not in entry:
            self._wrong(
                "fonts",
                "file",
                "“licence” names the file with the licence of the font, which goes out beside it.",
                number,
            )
        voice = self._one_of(entry, "fonts", "voice", number, VOICES, "serif")
        style = self._one_of(entry, "fonts", "style", number, ("normal", "italic"), "normal")
        weight = self._text(entry, "fonts", "weight", number) or "400"
        if not _WEIGHT.fullmatch(weight):
            self._wrong(
                "fonts", "weight", f'“{weight}” is not a weight. Write "400", or "200 900" for a range.', number
            )
        letters = self._text(entry, "fonts", "letters", number)
        if letters and not _RANGE.fullmatch(letters):
            self._wrong(
                "fonts",
                "letters",
                f'“{letters}” names no letters. Write as in CSS: "U+0600-06FF, U+0750-077F".',
                number,
            )
        if len(self.problems) > before:
            return None
        lines = (self._line("fonts", "file", number), self._line("fonts", "licence", number))
        return Font(family, file, licence, voice, weight, style, letters, lines)

    def _link(self, entry: Mapping[str, Any], number: int) -> FooterLink | None:
        self._unknown("footer.links", entry, _TABLES["footer.links"], number)
        label = self._words(entry, "footer.links", "label", number)
        href = self._text(entry, "footer.links", "href", number, needed=True)
        if not any(words for _, words in label):
            self._wrong(
                "footer.links",
                "label" if "label" in entry else "href",
                "“label” is missing: the words of the link.",
                number,
            )
            return None
        parts = urlsplit(href)
        is_page = not parts.scheme and not parts.netloc and not href.startswith("/") and ".." not in href.split("/")
        if not href or not (
            is_page or (parts.scheme == "https" and parts.netloc) or (parts.scheme == "mailto" and parts.path)
        ):
            message = f"“{href}” leads nowhere. Write https://…, mailto:…, or a page of the archive such as about.html."
            self._wrong("footer.links", "href", message, number)
            return None
        return FooterLink(href, label)

    # ---- kinds of values -----------------------------------------------------------------------------------------------------------

    def _table(self, key: str) -> Mapping[str, Any]:
        value = self.values.get(key, {})
        if isinstance(value, dict):
            return value
        self._wrong("", key, f"What belongs to “{key}” is under [{key}].")
        return {}

    def _entries(self, name: str, value: object) -> list[Mapping[str, Any]]:
        if isinstance(value, list) and all(isinstance(entry, dict) for entry in value):
            return value
        self._wrong(
            name.rpartition(".")[0],
            name.rpartition(".")[2],
            f"Each entry is under [[{name}]], with two brackets on each side.",
        )
        return []

    def _text(self, table: Mapping[str, Any], heading: str, key: str, number: int = 0, needed: bool = False) -> str:
        value: object = table.get(key, "")
        if not isinstance(value, str):
            self._wrong(heading, key, f"“{key}” must be text between quotation marks.", number)
            return ""
        if needed and not value:
            self._wrong(heading, key, f"“{key}” is missing.", number)
        return value

    def _one_of(
        self, table: Mapping[str, Any], heading: str, key: str, number: int, choices: tuple[str, ...], usual: str
    ) -> str:
        value = self._text(table, heading, key, number) or usual
        if value not in choices:
            self._wrong(heading, key, f"“{value}” is not known. Write one of: {', '.join(choices)}.", number)
        return value

    def _file(self, table: Mapping[str, Any], heading: str, key: str, number: int, needed: bool = False) -> str:
        value = self._text(table, heading, key, number, needed)
        if value and (
            not value.startswith("assets/")
            or any(part in ("", ".", "..") for part in value.split("/"))
            or "\\" in value
        ):
            self._wrong(
                heading, key, f"“{value}” is not a file of the theme's assets. Write its path: assets/….", number
            )
            return ""
        return value

    def _words(self, table: Mapping[str, Any], heading: str, key: str, number: int = 0) -> Words:
        """Text, or a table of it by language: `{ en = "…", ar = "…" }`."""
        value = table.get(key, "")
        if isinstance(value, str):
            return (("", value),) if value else ()
        if isinstance(value, dict) and all(isinstance(words, str) for words in value.values()):
            for tag in value:
                if not is_language(tag):
                    self._wrong(heading, key, f"“{tag}” is not a language. Write a tag such as en or ar.", number)
                    return ()
            return tuple(sorted(value.items()))
        self._wrong(heading, key, f'“{key}” is text between quotation marks, or {{ en = "…", ar = "…" }}.', number)
        return ()

    def _unknown(self, heading: str, table: Mapping[str, Any], known: Iterable[str], number: int = 0) -> None:
        known = tuple(known)
        for key in table:
            if key not in known:
                message = f"“{key}” is not known here.{hint(key, known)} Known are: {', '.join(known)}."
                self._wrong(heading, key, message, number, "unknown-key")

    def _line(self, heading: str, key: str, number: int = 0) -> int:
        lines = self.lines
        return lines.get((heading, number, key)) or lines.get((heading, number, "")) or lines.get((heading, 0, ""), 1)

    def _wrong(self, heading: str, key: str, message: str, number: int = 0, code: str = "theme-value") -> None:
        line = self._line(heading, key, number)
        if not heading:
            line = self.lines.get((key, 0, ""), self._line("", key))
        self.problems.append(Problem(line, 1, code, message))


def _lines(lines: Iterable[str]) -> Mapping[tuple[str, int, str], int]:
    """The line of each key, by the heading above it, the number of that heading's entry, and the key; of a heading itself under no key."""
    found: dict[tuple[str, int, str], int] = {}
    counts: dict[str, int] = {}
    heading, number = "", 0
    for at, line in enumerate(lines, 1):
        if match := _HEADING.match(line):
            heading = match[2].replace('"', "")
            number = counts.get(heading, 0)
            counts[heading] = number + 1
            found.setdefault((heading, number, ""), at)
        elif key := _KEY.match(line):
            found.setdefault((heading, number, key[2]), at)
    return found
