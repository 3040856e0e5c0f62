"""Language tags (BCP 47) → how a language is written: its script, the direction of that script.

The script is the one that the tag has, or the most likely one by CLDR (UTS 35, "Likely Subtags", through Babel); which way a script runs
is what Unicode says of its letters (UAX 9: those of class R and AL run from right to left). Nothing here is a list of languages.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Literal

_RIGHT_TO_LEFT_BLOCKS = (range(0x0590, 0x0900), range(0x10800, 0x11000), range(0x1E800, 0x1F000))
"""Where Unicode keeps all right-to-left scripts: it assigns nothing else there (UAX 9, table 4 of unassigned code points)."""

_BEHIND = re.compile(" (?:LETTER|SYLLABLE) ")
"""What stands behind the name of the script in the name of a letter."""


def subtags(tag: str) -> tuple[str, str, str]:
    """The language ("ar"), the script ("Arab") and the region ("SY") that a tag states; empty where it states none."""
    language, *rest = tag.split("-")
    script = region = ""
    for part in rest:
        if len(part) == 1:
            break
        if len(part) == 4 and part.isalpha() and not script:
            script = part.title()
        elif (len(part) == 2 and part.isalpha()) or (len(part) == 3 and part.isdigit()):
            region = region or part.upper()
    return language.lower(), script, region


@cache
def script(tag: str) -> str:
    """The script a language is written in, as ISO 15924 calls it: the tag's own, or the most likely one. "Latn" where CLDR knows none."""
    language, stated, region = subtags(tag)
    if stated:
        return stated
    if language == "en":
        return "Latn"  # without CLDR: most sites are in English alone
    from babel.core import get_global

    language, _, of_alias = get_global("language_aliases").get(language, language).partition("_")
    likely = get_global("likely_subtags")
    for key in (f"{language}_{region or of_alias}", language):
        found = str(likely.get(key, "")).split("_")
        if len(found) > 1:
            return found[1]
    return "Latn"


@cache
def direction(tag: str) -> Literal["ltr", "rtl"]:
    """The direction of a language's script (HTML `dir`)."""
    written = script(tag)
    if written == "Latn":
        return "ltr"
    return "rtl" if _runs_from_right(written) else "ltr"


@cache
def _runs_from_right(script: str) -> bool:
    """Whether Unicode has right-to-left letters of a script: their names begin with the script's, which is CLDR's English name for it or
    begins like its code ("Mand" is Mandaic in one and Mandaean in the other). Aran is Arab in another style."""
    from babel import Locale

    words = re.findall("[A-Z]+", str(Locale("en").scripts.get(script, script)).upper().replace("’", ""))
    named, code = " ".join(words), script.upper()
    return script == "Aran" or any(
        name == named or name.startswith(f"{named} ") or name[:4] == code for name in _right_to_left_names()
    )


@cache
def _right_to_left_names() -> frozenset[str]:
    """How the names of all right-to-left letters begin: ARABIC, HEBREW, HANIFI ROHINGYA …"""
    return frozenset(
        _BEHIND.split(unicodedata.name(char))[0]
        for block in _RIGHT_TO_LEFT_BLOCKS
        for char in map(chr, block)
        if unicodedata.bidirectional(char) in ("R", "AL") and _BEHIND.search(unicodedata.name(char, ""))
    )


_LATIN_START = re.compile(r"[A-Za-z][ -~]*", re.ASCII)


def keeps_order(text: str, direction: str) -> bool:
    """Whether a text may stand in a line of a direction, whatever is before and behind it there, without being isolated from it: all of it
    runs from left to right, from its first letter on, and so does the line (UAX 9, rules W7, N1, N2). In a line from right to left only
    an isolated text is safe: a number at its end would join what follows."""
    if direction != "ltr":
        return False
    if _LATIN_START.fullmatch(text):
        return True
    classes = [unicodedata.bidirectional(char) for char in text]
    return "L" in classes[:1] and not _TURNING.intersection(classes)


_TURNING = frozenset(["R", "AL", "AN", "B", "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"])
"""Classes of characters (UAX 9, table 4) that change the direction of what is around them."""

_OF_SEVERAL = {
    "HANS": ("CJK",), "HANT": ("CJK",), "HANI": ("CJK",), "HANB": ("CJK", "BOPOMOFO"), "JPAN": ("CJK", "HIRAGANA", "KATAKANA"),
    "KORE": ("HANGUL", "CJK"), "ARAN": ("ARABIC",),
}  # fmt: skip
"""Scripts of ISO 15924 that are several of Unicode's, or one under another name."""


def fits(text: str, tag: str) -> bool:
    """Whether a text can be in a language by its letters: one of them at least is of its script, or there are none."""
    names = {unicodedata.name(letter, "").split(" ")[0].split("-")[0] for letter in text if letter.isalpha()}
    return not names or not names.isdisjoint(_names_of(script(tag)))


@cache
def _names_of(script: str) -> frozenset[str]:
    """The first words of the names of a script's letters."""
    if script == "Latn":
        return frozenset(["LATIN"])
    if script.upper() in _OF_SEVERAL:
        return frozenset(_OF_SEVERAL[script.upper()])
    from babel import Locale

    return frozenset(re.findall("[A-Z]+", str(Locale("en").scripts.get(script, script)).upper())[:1])


def chosen(texts: Iterable[tuple[str, str]], language: str) -> tuple[str, str]:
    """Of (BCP 47 tag, text) pairs the one for a language, as (tag, text): its own, or that of the same language and script without a
    country (RFC 4647 section 3.4). Empty texts where there is none."""
    of_tag = dict(texts)
    while language:
        if of_tag.get(language):
            return language, of_tag[language]
        language = language.rpartition("-")[0]
    return "", ""
