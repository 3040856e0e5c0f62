"""What a word is: text → tokens, a token's form, and the keys that a form is looked up by.

The tables are in words.json, which `engine/words.js` reads as well: both do the same to the same text. Tokens do not depend on the
language, for that of a query is not known; only the keys do.
"""

from __future__ import annotations

import importlib
import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

TABLES: dict[str, Any] = json.loads(Path(__file__).with_name("words.json").read_text("utf-8"))

_HIDDEN, _MARKS = TABLES["hidden_class"], TABLES["marks_class"]
_APOSTROPHES = re.escape(TABLES["apostrophes"])
_LETTER = rf"(?![{_HIDDEN}{_APOSTROPHES}])[^\W_]"
_UNSEGMENTED = TABLES["unsegmented_class"]
_CLUSTER = rf"[{_UNSEGMENTED}][{_MARKS}{_HIDDEN}{TABLES['voicing_class']}]*"
_RUN = re.compile(
    rf"(?P<unsegmented>(?:{_CLUSTER})+)|(?![{_UNSEGMENTED}]){_LETTER}(?:(?![{_UNSEGMENTED}])(?:{_LETTER}|[{_MARKS}{_HIDDEN}]))*"
)
_UNSEGMENTED_LETTER = re.compile(f"[{_UNSEGMENTED}]")
_ONE_CLUSTER = re.compile(_CLUSTER)
_PLAIN = re.compile("[^A-Za-z0-9]*([A-Za-z]+|[0-9]+)[^A-Za-z0-9]*")
_ANY_HIDDEN = re.compile(f"[{_HIDDEN}]")
_REMOVED = re.compile(f"[{TABLES['removed_marks_class']}]")
_NO_WORD = re.compile(rf"[^\w{_MARKS}]|_")
_DIGIT = re.compile("[0-9]")
_NO_ASCII_WORD = re.compile("[^a-z0-9]+")
_KEPT = frozenset(TABLES["kept_letters"])
_LETTERS = str.maketrans(TABLES["letters"] | dict.fromkeys(TABLES["apostrophes"], ""))
_DROPPED = dict.fromkeys(
    map(ord, TABLES["apostrophes"] + TABLES["gershayim"] + TABLES["hyphens"] + TABLES["thousands"])
)
_SPELLED_OUT = str.maketrans(TABLES["spelled_out"])
_SPELLED_OUT_LETTER = re.compile(f"[{''.join(TABLES['spelled_out'])}]")
_ELIDED = frozenset(TABLES["elided"])
_HEBREW = re.compile(f"[{TABLES['scripts']['Hebr']}]")
_OF_SCRIPT = {script: re.compile(f"[{letters}{_MARKS}]+") for script, letters in TABLES["scripts"].items()}
_IN_SCRIPT = {script: re.compile(f"[{letters}]") for script, letters in TABLES["scripts"].items()}
_ARABIC_PREFIX = re.compile(f"(?:{'|'.join(TABLES['arabic_prefixes'])})(?=..)")
# Turkish endings of case, number and person, folded (Türk Dil Kurumu, Yazım Kuralları, "Kesme İşareti").
_TURKISH_ENDING = (
    r"[yns]?[aeiu]|n?[iu]n|(?:n|s[iu]n)?[dt][ae](?:n|ki)?|y?l[ae]|l[ae]r[a-z]*|l[iu](?:k[a-z]*)?|y?[dt][iu]r?"
)
_NAME_WITH_ENDING = re.compile(rf"([^{_APOSTROPHES}]+)[{_APOSTROPHES}]([^\W\d_]+)")
_IS_ENDING = re.compile(_TURKISH_ENDING)
_INNER_CAPITAL = re.compile("(?<=[a-z\u00df-\u00f6\u00f8-\u00ff])(?=[A-Z\u00c0-\u00d6\u00d8-\u00de])")
_NO_STEMMER = ("", "")
_MOST_KEPT = 1 << 18
_LONGEST_KEPT = 48
_MOST_PARTS = 40


class Token(NamedTuple):
    """One word of a text: where it begins and ends there, its form, and further forms that it is found by."""

    start: int
    end: int
    form: str
    aliases: tuple[str, ...] = ()


# ---- forms -------------------------------------------------------------------------------------------------------------------------


def fold(text: str) -> str:
    """A word as it is compared: lower case, without marks that readers leave out, special letters in plain ones (NFC).

    Everything that is no letter, digit or mark is left out. Marks of Latin, Greek, Cyrillic, Arabic and Hebrew are left out; those that
    are letters of their own (in Indic scripts, Thai, kana; the Cyrillic й) stay. Arabic: one alef, hamza left out, ta marbuta as ha, alef
    maksura as ya. Digits of other scripts become 0 to 9.
    """
    if text.isascii():
        return text.lower() if text.isalnum() else _NO_ASCII_WORD.sub("", text.lower())
    lower = _ANY_HIDDEN.sub("", unicodedata.normalize("NFKC", text).lower()).translate(_LETTERS)
    if not lower.isascii():
        composed = unicodedata.normalize("NFC", lower)
        bare = "".join(c if c in _KEPT or c.isascii() else _unmarked(c) for c in composed)
        lower = unicodedata.normalize("NFC", bare)
    return _NO_WORD.sub("", lower)


@lru_cache(maxsize=1 << 12)
def _unmarked(letter: str) -> str:
    """One character without the marks that readers leave out."""
    return _REMOVED.sub("", unicodedata.normalize("NFD", letter))


def written(text: str) -> str:
    """A token's text in lower case (NFKC), its marks kept, without apostrophes, hidden characters and other signs within: what a stemmer
    is given beside the form."""
    if text.isascii() and text.isalnum():
        return text.lower()
    lower = _ANY_HIDDEN.sub("", unicodedata.normalize("NFKC", text).lower()).translate(_DROPPED)
    return unicodedata.normalize("NFC", lower)


# ---- tokens ------------------------------------------------------------------------------------------------------------------------


def tokens(text: str) -> Iterator[Token]:
    """The words of a text in their order.

    White space and every character that is no letter, digit or mark part words; joined by something that is neither, these are one
    word: letters with an apostrophe between them, unless an elided word stands before it (l', d', qu'); Hebrew letters with gershayim;
    single letters with full stops (U.N.); the groups of three digits of a number (1,200). Hidden characters are nothing. In scripts
    without blanks (Han, kana, Thai, Lao, Khmer, Burmese) each character with its marks is a token, whose form is it and the next one.

    Aliases: parts with hyphens between them as one word (for the first of them); an elided word with what follows it, where that is
    capitalised (D'Souza); ä, ö, ü, ø, å spelt out.
    """
    for chunk in _CHUNK.finditer(text):
        start = chunk.start()
        for token in chunk_tokens(chunk[0]):
            yield Token(token.start + start, token.end + start, token.form, token.aliases) if start else token


_CHUNK = re.compile(r"\S+")
_JOINED = re.compile(r"[^@&:;/\\()<>=?!#%*+|_\[\]{}]+")
_kept: dict[str, tuple[Token, ...]] = {}


def chunk_tokens(chunk: str) -> tuple[Token, ...]:
    """The tokens of a text without white space."""
    found = _kept.get(chunk)
    if found is None:
        if len(chunk) > _LONGEST_KEPT:
            return tuple(_divided(chunk))
        found = tuple(_tokens(chunk))
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        _kept[chunk] = found
    return found


def parts(chunk: str) -> list[str]:
    """The parts of a text without white space whose tokens together are its own: the text itself, but where it is long the pieces between
    signs that join nothing, which are often the same."""
    return [chunk] if len(chunk) <= _LONGEST_KEPT else _JOINED.findall(chunk)


def _divided(chunk: str) -> Iterator[Token]:
    """The tokens of a long text without white space, parted at signs that join nothing: the parts are short, and often the same."""
    for part in _JOINED.finditer(chunk):
        text, start = part[0], part.start()
        for token in chunk_tokens(text) if len(text) <= _LONGEST_KEPT else _tokens(text):
            yield Token(token.start + start, token.end + start, token.form, token.aliases)


class _Word:
    """A token that is still growing."""

    __slots__ = ("end", "folded", "is_number", "is_single", "linked", "start")

    def __init__(self, start: int, end: int, folded: str, linked: bool) -> None:
        self.start = start
        self.end = end
        self.folded = folded
        self.linked = linked
        self.is_single = len(folded) == 1 and not folded.isdigit()
        self.is_number = len(folded) <= 3 and _is_digits(folded)

    def grow(self, end: int, folded: str) -> None:
        self.end = end
        self.folded += folded


def _tokens(chunk: str) -> Iterator[Token]:
    plain = _PLAIN.fullmatch(chunk) if chunk.isascii() else None
    if plain:
        yield Token(plain.start(1), plain.end(1), plain[1].lower())
        return
    words: list[_Word] = []
    before: _Word | None = None
    for match in _RUN.finditer(chunk):
        start, end = match.span()
        if match["unsegmented"]:
            yield from _spelled(chunk, words)
            words, before = [], None
            yield from _clusters(chunk, start, end)
            continue
        folded = fold(match[0])
        joined, linked = (
            _joint(before, _ANY_HIDDEN.sub("", chunk[before.end : start]), match[0], folded)
            if before
            else (False, False)
        )
        if before and joined:
            before.grow(end, folded)
        else:
            before = _Word(start, end, folded, linked)
            words.append(before)
    yield from _spelled(chunk, words)


def _joint(before: _Word, gap: str, run: str, folded: str) -> tuple[bool, bool]:
    """Whether a run of letters and digits continues the word before it, and whether, a word of its own, it is linked to that."""
    if len(gap) != 1 or not folded or not before.folded:
        return False, False
    if gap in TABLES["hyphens"]:
        before.is_single = before.is_number = False
        return False, True
    if before.is_number and gap in TABLES["thousands"] and len(folded) == 3 and _is_digits(folded):
        return True, False
    letters = not _is_digits(before.folded[-1]) and not _is_digits(folded[0])
    if letters and gap in TABLES["apostrophes"]:
        if before.folded in _ELIDED:
            return False, run[0].isupper()
        return True, False
    if gap in TABLES["gershayim"] and _HEBREW.match(before.folded[-1]) and _HEBREW.match(folded):
        return True, False
    return before.is_single and gap == "." and len(folded) == 1 and letters, False


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _spelled(chunk: str, words: list[_Word]) -> Iterator[Token]:
    """Words as tokens, with their aliases."""
    for number, word in enumerate(words):
        if not word.folded:
            continue
        aliases = []
        if not word.linked and number + 1 < len(words) and words[number + 1].linked:
            end = number + 1
            while end < len(words) and words[end].linked:
                end += 1
            joined = "".join(part.folded for part in words[number:end])
            if not _is_digits(joined):
                aliases.append(joined)
        text = chunk[word.start : word.end]
        if not text.isascii():
            lower = unicodedata.normalize("NFC", text.lower())
            if _SPELLED_OUT_LETTER.search(lower):
                spelled_out = fold(lower.translate(_SPELLED_OUT))
                if spelled_out != word.folded:
                    aliases.append(spelled_out)
        yield Token(word.start, word.end, word.folded, tuple(aliases))


def _clusters(chunk: str, start: int, end: int) -> Iterator[Token]:
    """The characters of a run in a script without blanks, each with its marks."""
    spans = [match.span() for match in _ONE_CLUSTER.finditer(chunk, start, end)]
    folded = [fold(chunk[first:last]) for first, last in spans]
    for number, (first, last) in enumerate(spans):
        form = "".join(folded[number : number + 2])
        if folded[number]:
            yield Token(first, last, form)


def spells_out(language: str) -> bool:
    """Whether ä, ö, ü, ø, å may be spelt out in a text of a language (a primary subtag), or are letters that nobody writes otherwise."""
    return language not in TABLES["not_spelled_out"]


def reference_words(reference: str) -> list[str]:
    """A publisher's number as single words, from each of its parts but the last to the end: "PRE 01/069/2012" gives "pre010692012",
    "010692012" and "0692012", so that the beginning of any of them finds it however it is punctuated. None of what has more parts than a
    number has: it is found by its words."""
    parts = [token.form for token in tokens(reference)]
    if len(parts) > _MOST_PARTS:
        return []
    return ["".join(parts[start:]) for start in range(max(1, len(parts) - 1))] if parts else []


def scripts(letters: str) -> list[str]:
    """Which scripts (ISO 15924, as in words.json) some letters are of, sorted. `letters` may be any text; case does not matter."""
    lower = letters.lower()
    return sorted(script for script, one in _IN_SCRIPT.items() if one.search(lower))


# ---- keys --------------------------------------------------------------------------------------------------------------------------


def keys(form: str, language: str, text: str = "") -> tuple[str, ...]:
    """The keys that a form is looked up by, sorted: its stem (Snowball) in a language (a primary subtag), where that has a stemmer for the
    form's script, else the form itself.

    `text` is what `written` gives of a token: where it is not the form, its stem, folded, is a key as well, for stemmers know
    endings with their marks. Arabic: also the stem of the form without what is written as part of it (and, with, to, the).
    """
    name, script = TABLES["stemmers"].get(language, _NO_STEMMER)
    if not name or not _OF_SCRIPT[script].fullmatch(form):
        return (form,)
    stem = _stemmer(name)
    found = {stem(form) or form}
    if text and text != form:
        found.add(fold(stem(text)) or form)
    if name == "arabic":
        bare = _ARABIC_PREFIX.sub("", form, count=1) if _ARABIC_PREFIX.match(form) else form
        if bare != form:
            found.add(fold(stem(bare)) or bare)
    return tuple(sorted(found))


@cache
def _stemmer(name: str) -> Callable[[str], str]:
    """A Snowball stemmer in Python. The package's own `stemmer()` takes another implementation where one is installed, of any version."""
    module = importlib.import_module(f"snowballstemmer.{name}_stemmer")
    made = getattr(module, f"{name.capitalize()}Stemmer")()

    @lru_cache(maxsize=_MOST_KEPT)
    def stem(word: str) -> str:
        result: str = made.stemWord(word)
        return result

    return stem


def unprefixed(form: str, language: str) -> str:
    """An Arabic form without what is written as part of it, where the language has no stemmer for Arabic script: so the article hides no
    Arabic word in a text of another language. Else the form itself."""
    if TABLES["stemmers"].get(language, _NO_STEMMER)[1] == "Arab" or not _OF_SCRIPT["Arab"].fullmatch(form):
        return form
    return _ARABIC_PREFIX.sub("", form, count=1)


@lru_cache(maxsize=1 << 12)
def inner_parts(text: str) -> tuple[str, ...]:
    """The forms of the parts of a token that begin with a capital letter within it ("alKhaldieh", "policeStation"): words that ran
    together; and of what stands before an apostrophe in a token that begins with one, as Turkish writes names with an ending
    ("RDoc'ta", "Ankara’da"). Three letters or more."""
    parts = _INNER_CAPITAL.split(text)[1:]
    if text[:1].isupper() and (name := _NAME_WITH_ENDING.fullmatch(text)) and _IS_ENDING.fullmatch(fold(name[2])):
        parts.append(name[1])
    return tuple(form for part in parts if len(form := fold(part)) > 2)


def compound_tails(forms: frozenset[str], language: str) -> Iterator[tuple[str, str]]:
    """The forms that are put together of two others of `forms`, each with the last of these, the longest one. Only in languages that write
    compounds as one word."""
    if language not in TABLES["compounds"]["languages"]:
        return
    shortest, links = TABLES["compounds"]["shortest"], TABLES["compounds"]["links"]
    for form in forms:
        if len(form) < 2 * shortest or _DIGIT.search(form):
            continue
        for cut in range(shortest, len(form) - shortest + 1):
            if form[cut:] in forms and _is_head(form[:cut], forms, shortest, links):
                yield form, form[cut:]
                break


def _is_head(beginning: str, forms: frozenset[str], shortest: int, links: list[str]) -> bool:
    return any(
        beginning.endswith(link)
        and len(beginning) - len(link) >= shortest
        and beginning[: len(beginning) - len(link)] in forms
        for link in links
    )


def is_suggested(form: str) -> bool:
    """Whether a form is one that a misspelt word may have been meant for: four letters or more, in a script with blanks."""
    return len(form) > 3 and _DIGIT.search(form) is None and _UNSEGMENTED_LETTER.match(form) is None
