"""The notation of the lexicon's phrases, and patterns made of it.

A phrase is words. `(word)` may be absent, `a/b` is either, `word*` has any ending, `…` stands for any further words on the line and
`<number>` for a number; `\\` before a mark takes it for itself. What writers do not agree about does not matter: capitals, straight and
curly apostrophes, the kind of hyphen, a full stop behind an abbreviation, white space of any width, the vowel signs of Arabic and the
forms of its alef and ya, ё and е, ß and ss, accents on capital letters, blanks between Chinese characters.

A pattern is a tree of the phrases' characters: it looks at each character of a text once or twice, however many phrases there are, and
repeats nothing that repeats.
"""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

Place = Literal["whole", "within", "start", "end"]

_ENDING, _WORDS, _NUMBER, _STOP = "\ue000", "\ue001", "\ue002", "\ue003"
_ESCAPED = {mark: chr(0xE010 + number) for number, mark in enumerate("()/*…<>\\")}
_TO_PRIVATE = str.maketrans(_ESCAPED)
_PLAIN = str.maketrans({private: mark for mark, private in _ESCAPED.items()})
# A vowel's marks, and the stroke that makes a word longer, which stands before or behind them. Of a set of characters in two runs at
# most Python makes a short test; one in three runs takes ten times as long to compile, and stands behind every letter. Of
# characters that have no capitals none is looked for.
_ARABIC_MARKS = "(?-i:[\u064b-\u065f\u0670]{0,4}\u0640*[\u064b-\u065f\u0670]{0,4})"
_ARABIC_SAME = {
    # Without the letters between these that are others: ؤ and ئ, and all from ا to و.
    **dict.fromkeys("اأإآٱ", "(?-i:[\u0622-\u0627\u0671](?<![ؤئ]))"),
    **dict.fromkeys("يىیئ", "(?-i:[\u0626-\u064a\u06cc](?<![\u0627-\u0648]))"),
    **dict.fromkeys("كک", "[كک]"),
    **dict.fromkeys("ةه", "[ةه]"),
}
_SAME = {
    "'": r"['’ʼ‘´`]\s?",
    '"': '["“”„«»]',
    "-": r"[-‐‑–—−\s]",
    ":": r"\s?[:：]",
    "е": "[её]",
    "ё": "[её]",
    "ß": "(?:ß|ss)",
    "\u200c": r"[\u200c\s]?",
    _ENDING: r"\w{0,30}",
    _NUMBER: r"\d{1,6}",
    _STOP: r"\.?",
}
# Marks that dress a line up: "*** ENDS ***", "- Fin -", "[Notes:]".
_AROUND = r"[\s#*=/\\|<>~_•·»«\[\](){}:：.!،,–—-]{0,40}"
# What a phrase of fewer letters would be without its accents is another word (él, el).
_SHORTEST_BARE = 5
_MOST_SPELLINGS = 2000

_FOLD = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("ىیئ", "ي"),
        **dict.fromkeys("’ʼ‘´`", "'"),
        **dict.fromkeys("‐‑–", "-"),
        "ک": "ك",
        "ة": "ه",
        "ё": "е",
        "ß": "ss",
        "ı": "i",
        "\u200c": " ",
    }
)
_FOLD_MARKS = re.compile("[\u064b-\u065f\u0670\u0640]")


class NotationError(ValueError):
    """A phrase that is not written in the notation. The message is a sentence for the person who wrote it."""


BUDDHIST_ERA = r"(?:พ\.\s?ศ\.|พุทธศักราช)"
"""What stands before a year of the Buddhist era in Thai: an abbreviation or the whole word. A pattern."""


def folded(text: str) -> str:
    """Text for comparison with `spellings`: what writers do not agree about made one, lower case, single blanks."""
    plain = _FOLD_MARKS.sub("", unicodedata.normalize("NFC", text).lower().replace("i̇", "i")).translate(_FOLD)
    return " ".join(plain.split()).rstrip(".")


def spellings(phrase: str) -> tuple[str, ...]:
    """All that a phrase stands for, as a person would write it, `*` cut off: `(for) immediate release` gives two. A phrase with `…` or
    `<number>` in its middle gives none. Raises NotationError."""
    out = []
    for flat in _expanded(phrase):
        text = flat.strip(_WORDS).replace(_ENDING, "").replace(_STOP, ".")
        if _WORDS not in text and _NUMBER not in text:
            out.append(text.translate(_PLAIN))
    return tuple(out)


# ---- phrase → what it stands for -------------------------------------------------------------------------------------------------


@functools.lru_cache(maxsize=32768)
def _expanded(phrase: str) -> tuple[str, ...]:
    """Every sequence of characters that a phrase stands for; private characters stand for what is no character."""
    text = unicodedata.normalize("NFC", phrase.strip())
    text = re.sub(r"\\([()/*…<>\\])", lambda match: _ESCAPED[match[1]], text)
    text = text.replace("*", _ENDING).replace("…", _WORDS).replace("<number>", _NUMBER)
    if not text:
        raise NotationError("The phrase is empty. Write its words, or delete it.")
    if not any(map(str.isalnum, phrase)):
        # "* * *", "###": marks alone are what they are.
        return (unicodedata.normalize("NFC", phrase.strip()).translate(_TO_PRIVATE),)
    depth = 0
    for char in text:
        depth += {"(": 1, ")": -1}.get(char, 0)
        if depth not in (0, 1):
            raise NotationError(
                f"The brackets of “{phrase}” do not pair. Write ( and ) once around what may be absent."
            )
    if depth:
        raise NotationError(f"The brackets of “{phrase}” do not pair. Write ( and ) once around what may be absent.")
    out = list(dict.fromkeys(re.sub(f" ?{_WORDS} ?", _WORDS, flat) for flat in _sequence(text)))
    if not all(flat.strip(_WORDS + _ENDING) for flat in out):
        raise NotationError(f"Everything in “{phrase}” may be absent. At least one word must be outside of brackets.")
    if len(out) > _MOST_SPELLINGS:
        raise NotationError(f"“{phrase}” stands for {len(out)} phrases. Write it as several.")
    return tuple(re.sub(r"(?<=\w)\.(?= |$)", _STOP, flat) for flat in out)


def _sequence(text: str) -> list[str]:
    """What a row of words stands for; words in brackets of their own may be absent."""
    results = [""]
    for token in re.findall(r"(?:\([^()]*\)|[^()\s])+", text):
        options = ["", *_sequence(token[1:-1])] if re.fullmatch(r"\([^()]*\)", token) else _alternatives(token)
        results = [before + (" " if before and option else "") + option for before in results for option in options]
    return results


def _alternatives(token: str) -> list[str]:
    """What one word stands for: `a/b` either, letters in brackets present or absent."""
    out: list[str] = []
    for choice in re.split(r"/(?![^()]*\))", token):
        pieces = [
            ["", *piece[1:-1].split("/")] if piece.startswith("(") else [piece]
            for piece in re.findall(r"\([^()]*\)|[^()]+", choice)
        ]
        out += ["".join(parts) for parts in itertools.product(*pieces)]
    return out


# ---- what they stand for → pattern -----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Node:
    """A place in the tree of characters. `deepest` is how many characters the longest phrase below it goes on for."""

    children: dict[str, _Node] = field(default_factory=dict)
    ends: bool = False
    deepest: int = 0


def pattern(phrases: Iterable[str], place: Place) -> re.Pattern[str]:
    """One pattern of all phrases, the longest first; capitals do not matter.

    `whole` fits a line that is nothing but a phrase, with marks and white space around it (`match` or `fullmatch`); `within`
    fits where a phrase stands as words of its own (`search`, `finditer`); `start` where one stands at the head, white space before it
    (`match`); `end` where one stands at the very end, white space behind it (`search`). A `…` at the edge of a phrase counts in `whole`
    only. Raises NotationError.
    """
    root = _tree(phrases, place)
    if not root.children:
        return re.compile(r"(?!)")
    body = _rendered(root, "", guarded=place in ("within", "end"))
    if place == "whole":
        body = rf"{_AROUND}{body}{_AROUND}\Z"
    elif place == "start":
        body = rf"\s*{body}"
    elif place == "end":
        body = rf"{body}\s*\Z"
    return re.compile(body, re.IGNORECASE)


def source(phrases: Iterable[str]) -> str:
    """The same as the source of a pattern, to be a part of a larger one that ignores case: no edge of a word is asked for before it. It
    fits nothing where there are no phrases. Raises NotationError."""
    root = _tree(phrases, "within")
    return f"(?:{_rendered(root, '')})" if root.children else "(?!)"


def _tree(phrases: Iterable[str], place: Place) -> _Node:
    root = _Node()
    for phrase in phrases:
        for flat in _expanded(phrase):
            _add(root, flat if place == "whole" else flat.strip(_WORDS), bare=_is_long(flat))
    return root


def _is_long(flat: str) -> bool:
    return sum(map(str.isalpha, flat)) >= _SHORTEST_BARE


def _add(root: _Node, flat: str, *, bare: bool) -> None:
    node = root
    length = len(flat)
    for position, char in enumerate(flat):
        node.deepest = max(node.deepest, length - position)
        atom = _atom(char, bare)
        child = node.children.get(atom)
        if child is None:
            child = node.children[atom] = _Node()
        node = child
    node.ends = True


@functools.lru_cache(maxsize=4096)
def _atom(char: str, bare: bool) -> str:
    """A character in lower case; `é^` where it may stand without its accent as a capital letter."""
    lower = char.lower() if len(char.lower()) == 1 else char
    if bare and len(base := unicodedata.normalize("NFD", lower)) == 2 and base[0].isascii() and base[0].isalpha():
        return lower + "^"
    return lower


def _rendered(node: _Node, before: str, *, guarded: bool = False) -> str:
    """The pattern of all that goes on from a place. `guarded` asks for the edge of a word where the first is one."""
    alternatives = []
    for atom, child in sorted(node.children.items(), key=lambda item: (-item[1].deepest, item[0])):
        head = r"(?<!\w)" if guarded and _is_letter(atom) else ""
        follow = _rendered(child, atom)
        alternatives.append((head, _source(before, atom, child) + follow))
    heads = {head for head, _ in alternatives}
    if len(heads) == 1:
        head = heads.pop()
        choices = [body for _, body in alternatives]
    else:
        head, choices = "", [head + body for head, body in alternatives]
    if node.ends:
        choices.append(_edge(before))
    return head + (choices[0] if len(choices) == 1 else f"(?:{'|'.join(choices)})")


def _source(before: str, atom: str, child: _Node) -> str:
    """The pattern of one character behind another."""
    if atom == _WORDS:
        opens = r"(?!\w)" if _is_letter(before) else ""
        if child.children:
            return rf"{opens}[^\n]{{0,80}}?" + (r"(?<!\w)" if any(map(_is_letter, child.children)) else "")
        return rf"{opens}[^\n]{{0,200}}"
    return _source_of_character(before, atom)


@functools.lru_cache(maxsize=16384)
def _source_of_character(before: str, atom: str) -> str:
    if atom == " ":
        if "\u0621" <= before[:1] <= "\u06d3":
            return "[\\s\u200c]+"
        return r"\s*" if _is_unspaced(before) else r"\s+"
    char = atom[0].translate(_PLAIN)
    gap = r"\s{0,2}" if _is_unspaced(before) and _is_unspaced(char) else ""
    if atom.endswith("^") and len(atom) == 2:
        capital = unicodedata.normalize("NFD", char)[0].upper()
        return f"(?:{char}|(?-i:{capital}))"
    if char in _SAME:
        return _SAME[char]
    if "\u0621" <= char <= "\u06d3":
        return _ARABIC_SAME.get(char, char) + _ARABIC_MARKS
    return gap + re.escape(char)


def _edge(before: str) -> str:
    """What must follow the last character of a phrase."""
    return r"(?!\w)" if _is_letter(before) or before in (_ENDING, _NUMBER, _STOP) else ""


@functools.lru_cache(maxsize=4096)
def _is_letter(atom: str) -> bool:
    """True for a letter or digit of a script that parts its words by blanks."""
    char = atom[:1]
    return (char.isalnum() or char == "_") and not _is_unspaced(char)


def _is_unspaced(char: str) -> bool:
    """True for a character of Chinese, Japanese, Thai, Lao, Khmer or Burmese, whose words stand without blanks."""
    return (
        "\u2e80" <= char <= "\u9fff"
        or "\uf900" <= char <= "\ufaff"
        or "\u0e00" <= char <= "\u0eff"
        or "\u1000" <= char <= "\u109f"
        or "\u1780" <= char <= "\u17ff"
    ) and len(char) == 1
