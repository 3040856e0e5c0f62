"""What a person writes into a field — a date, a language, a kind — as the value that a record has.

This is the one understanding of such words: of a table that is imported, of what is sent in through the repository's form, and, from
`browser_table`, of the form of the site (`templates/assets/contribute-words.js`), whose script reads as this module does. Nothing is
guessed: what can mean two days is both of them, and what is not understood is nothing.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from onrecord import dates, schema
from onrecord.intake import lexicon
from onrecord.intake.evidence.date_mentions import dates_in
from onrecord.intake.evidence.date_patterns import calendar
from onrecord.intake.lexicon import notation

MOST_OF_A_DATE = 80
"""Characters of a date as a person writes it."""
DateDoubt = Literal["", "order", "century", "calendar", "weekday"]
QUESTIONS: Mapping[DateDoubt, str] = {
    "order": "Which day is “{text}”: {choices}?",
    "century": "Of which century is “{text}”: {choices}?",
    "calendar": "Which day of the Gregorian calendar is “{text}”? It is of another calendar.",
    "weekday": "Which day is “{text}”? Its day of the week is another one.",
}
"""What is asked where a date is none yet. The form of the site asks the same, in its language."""

_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as a person wrote it: the EDTF that it means; or, where that is open, why, and the days that it can mean (EDTF), if they are
    known. Nothing of all this where it was not understood."""

    edtf: str = ""
    doubt: DateDoubt = ""
    choices: tuple[str, ...] = ()

    def question(self, text: str) -> str:
        """What is to be asked about the date that was written so; empty where nothing is in doubt."""
        return QUESTIONS[self.doubt].format(text=text, choices=", ".join(self.choices)) if self.doubt else ""


@lru_cache(maxsize=1024)
def date_of(text: str) -> WrittenDate:
    """The date that a whole text is: EDTF, or in words and figures of any language of the lexicon."""
    text = _SPACE.sub(" ", text).strip()
    if not text or len(text) > MOST_OF_A_DATE:
        return WrittenDate()
    try:
        return WrittenDate(dates.parse(text).edtf)
    except dates.NotADate:
        pass
    plain = _as_written_alone(text)
    mentions = [mention for mention in dates_in(plain) if mention.start == 0 and mention.end == len(plain)]
    if len(mentions) != 1:
        return WrittenDate()
    (mention,) = mentions
    if mention.edtf:
        return WrittenDate(mention.edtf)
    if mention.contradicted:
        return WrittenDate(doubt="weekday")
    if mention.doubt == "calendar":
        return WrittenDate(doubt="calendar")
    if mention.doubt == "day":
        # A scan tears a day in two, and nobody who types.
        return WrittenDate()
    choices = mention.readings or mention.candidates
    return WrittenDate(doubt="century" if mention.doubt else "order", choices=choices) if choices else WrittenDate()


def _as_written_alone(text: str) -> str:
    """A date of a field as the reader of running text wants it: without the word that leads to it there ("le 8 février"), and its names
    with capitals, for a small “mar” is no month in a sentence."""
    # The sign of Persian that leads on ("مهٔ") makes no other name.
    plain = _SPACE.sub(" ", unicodedata.normalize("NFKC", text)).replace("\u0654", "").strip()
    first, _, rest = plain.partition(" ")
    plain = rest if rest and notation.folded(first) in _openings() else plain
    return _WORD.sub(lambda match: match[0][0].upper() + match[0][1:], plain)


def language_of(text: str) -> str:
    """The tag (BCP 47) of a language that a whole text names, in any language of the lexicon, or is; empty where it does neither."""
    text = text.strip()
    named = _keys("languages").get(notation.folded(text), "")
    return named or (text if schema.is_language(text) else "")


def kind_of(text: str) -> str:
    """The kind of release (schema.KINDS) that a whole text names, in any language of the lexicon; empty where it names none, or two."""
    folded = notation.folded(text)
    return folded if folded in schema.KINDS else _keys("kinds").get(folded, "")


def browser_table() -> dict[str, Any]:
    """The words by which the form's script reads: each of them folded (`notation.folded`), as JSON values."""
    forms = calendar("")
    return {
        "months": _by_value(forms.months, (key for key in forms.months if forms.name.fullmatch(key))),
        "weekdays": _by_value(
            forms.weekdays, (key for key in forms.weekdays if forms.weekday_after.fullmatch(f" ({key})"))
        ),
        "eras": {name: list(years) for name, years in forms.eras.items()},
        "otherMonths": _folded("other_calendars"),
        "links": _folded("date_links"),
        "tails": _folded("date_tails"),
        "ordinals": _folded("ordinals"),
        "openings": sorted(_openings()),
        "languages": _by_value(_keys("languages"), _keys("languages")),
    }


def browser_script() -> str:
    """`templates/assets/contribute-words.js`: the table, for the script of the form; ends with a newline."""
    table = json.dumps(browser_table(), ensure_ascii=False, separators=(",", ":"))
    head = "/* Made by `build.py derive` from the lexicon (onrecord/intake/lexicon): the words of dates, and the names of languages. */"
    return f"{head}\nwindow.onrecordWords = {table};\n"


@lru_cache(maxsize=1)
def _openings() -> frozenset[str]:
    """Words that may stand before a date, folded."""
    words = lexicon.words_of_all("date_links") | lexicon.words_of_all("articles")
    return frozenset(word for word in words if word and " " not in word)


@lru_cache(maxsize=2)
def _keys(category: str) -> Mapping[str, str]:
    """Key by folded phrase of a table of the lexicon in all languages, without the phrases of two keys."""
    keys: dict[str, set[str]] = {}
    for language in lexicon.languages():
        for entry in lexicon.lexicon_of(language).entries(category):
            for spelling in notation.spellings(entry.phrase):
                keys.setdefault(notation.folded(spelling), set()).add(entry.key)
    return {phrase: min(found) for phrase, found in keys.items() if len(found) == 1}


def _by_value(table: Mapping[str, object], keys: Iterable[str]) -> dict[str, str]:
    """The names of each value, one behind the other with a bar between them: a third of the bytes of a table by name."""
    out: dict[str, list[str]] = {}
    for key in sorted(keys):
        out.setdefault(str(table[key]), []).append(key)
    return {value: "|".join(names) for value, names in sorted(out.items())}


def _folded(category: str) -> list[str]:
    return sorted(
        {
            notation.folded(spelling)
            for language in lexicon.languages()
            for phrase in lexicon.lexicon_of(language).phrases(category)
            for spelling in notation.spellings(phrase)
        }
        - {""}
    )
