"""The spellings Pagefind does not find by itself, as words to be indexed beside the text.

Pagefind (1.5) folds diacritics, drops apostrophes and hyphens and, with an Arabic index, most of Arabic's spelling variants. What it
lacks is listed in `aliases`; the words go into a metadata field, which is searched but never shown, so excerpts stay verbatim. Only
what is lacking is given: a second spelling of a word that Pagefind already folds would break phrases on that page.

`fold` is what `foldWord` in engine.js does to the words of a query; a test holds the two together.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain, repeat

# Letters that Unicode does not decompose (so that removing marks leaves them), and what a reader without them on the keyboard types.
_LETTERS = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "n",
        "ʿ": "", "ʾ": "", "ʼ": "", "ʻ": "", "ʽ": "", "ˈ": "", "ʹ": "", "ʺ": "",
        "ـ": "", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "", "ئ": "", "ء": "",
        "ی": "ي", "ک": "ك", "ۀ": "ه",
        "\u00ad": "", "\u200b": "", "\u200c": "", "\u200d": "", "\u2060": "", "\ufeff": "",
    }
)  # fmt: skip
# Between words without a space: dashes, slashes, dots of omission, brackets and quotation marks that open in mid-word.
_BREAKS = re.compile(r"[\s\u2010-\u2015\u2212\u2026/\\|·•()\[\]{}<>«»“”„\"_,;:!?،؛؟…+=&@#*]+")
_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3]")
_HAMZA = re.compile(r"[ؤئء]")
_HIDDEN = re.compile(r"[\u00ad\u200b-\u200d\u2060\ufeff]")
# Prepositions and conjunctions that Arabic writes as part of the next word, with the article or without, longest first.
_PREFIXES = re.compile(r"^(?:[وف]?(?:[بك]ال|لل|ال)|[وف][بلك]|[وفبلك])(?=.{3})")
_ARTICLE = re.compile(r"^ال(?=.{3})")
_NEITHER = re.compile(r"[^a-z0-9]+")
_PART = re.compile(r"[!-/:-@\[-`{-~]")


def bare(text: str) -> str:
    """`text` without combining marks (diacritics, harakat): NFD, marks removed."""
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def fold(word: str) -> str:
    """One word as it is looked up: lower case, letters and digits only, without marks, special letters in plain ones.

    Arabic: one alef, hamza left out, ta marbuta as ha, alef maksura as ya, no tatweel.
    """
    if word.isascii():
        return word.lower() if word.isalnum() else _NEITHER.sub("", word.lower())
    lower = word.lower().translate(_LETTERS)
    return "".join(c for c in bare(lower) if c.isalnum())


@lru_cache(maxsize=1 << 17)
def indexed(word: str) -> frozenset[str]:
    """What Pagefind 1.5 indexes for one word between white space, before stemming: the word without punctuation, and, where it holds
    ASCII punctuation or inner capitals, its parts of more than one byte (measured; pagefind's fossick/splitting.rs)."""
    if word.isascii() and word.isalpha() and word.islower():
        return frozenset((word,))
    folded = bare("".join(c for c in word if c.isalnum() or unicodedata.combining(c)).lower())
    forms = {folded} if folded else set()
    if not folded or folded != word.lower() or any(c.isupper() for c in word[1:]):
        forms |= {bare(part) for part in _PART.sub(" ", word).lower().split() if len(part.encode()) > 1}
    return frozenset(forms)


def aliases(text: str, language: str) -> list[str]:
    """The words to index beside `text`, sorted, none of which Pagefind makes of the text itself. `language` is a BCP 47 tag."""
    words = set(text.split())
    want: set[str] = set().union(*map(_missing_spellings, words, repeat(language.split("-")[0].lower() == "ar")))
    if want:
        want -= set().union(*map(indexed, words))
    return sorted(word for word in want if len(word) > 1)


@lru_cache(maxsize=1 << 17)
def _missing_spellings(word: str, arabic_index: bool) -> frozenset[str]:
    """The spellings that one word between white space may be looked for by and that Pagefind may lack."""
    plain = word.isascii()
    if plain and "-" not in word:
        return frozenset()
    want: set[str] = set()
    if "-" in word and not word.isalpha():
        # "al-Insha'aat": Pagefind parts it at the apostrophe too, and has no "inshaaat".
        want |= {fold(piece) for piece in word.split("-") if not piece.isalnum()}
    if plain:
        return frozenset(want)
    parts = _BREAKS.split(word)
    for part in parts:
        folded = fold(part)
        if _ARABIC.search(part):
            want |= _arabic(part, folded, arabic_index)
        elif len(parts) > 1 or folded not in indexed(part):
            want.add(folded)
            if "-" in part:
                want |= {fold(piece) for piece in part.split("-")}
    return frozenset(want)


def _arabic(part: str, folded: str, arabic_index: bool) -> set[str]:
    """Spellings of an Arabic word. An Arabic index folds alef, ta marbuta, marks and the article itself; any other folds nothing."""
    spellings = set()
    if not arabic_index or _HAMZA.search(part) or _HIDDEN.search(part):
        spellings.add(folded)
    for shorter in (_ARTICLE.sub("", folded), _PREFIXES.sub("", folded)):
        if shorter != folded:
            spellings.add(shorter)
    return spellings


def reference_words(reference: str) -> list[str]:
    """A publisher's number as single words, from each of its parts but the last to the end: "PRE 01/069/2012" gives "pre010692012",
    "010692012" and "0692012", so that the beginning of any of them finds it however it is punctuated."""
    parts = [fold(part) for part in re.findall(r"[^\W_]+", reference)]
    return ["".join(parts[start:]) for start in range(max(1, len(parts) - 1))] if parts else []


def vocabulary(texts: Iterable[str]) -> dict[str, int]:
    """How often each folded word of four letters or more stands in `texts`: what a misspelt query is compared with."""
    written = Counter(chain.from_iterable(text.split() for text in texts))
    counts: dict[str, int] = {}
    for word, count in written.items():
        folded = fold(word)
        if len(folded) > 3:
            counts[folded] = counts.get(folded, 0) + count
    return counts
