"""The words of a language: what its press releases call themselves, their parts and their people. Each language is a file of data.

`README.md` beside this file says how a phrase is written, what each category holds, and how a speaker adds to a file. A document is read
with the words of its own language and with English, not with all.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from onrecord.intake.lexicon import notation
from onrecord.intake.lexicon.notation import Place

FOLDER = Path(__file__).parent

LISTS = frozenset(
    """immediate_release embargo updated published event printed copyright end_marks notes_heading contacts_heading telephone
    about_heading navigation after_page feed_line read_more greetings salutations wall site_notice embed_notice document_notice
    search_results blank_form correction change_note issued_by by_line text_credits connectives function_words name_particles
    label_publisher label_title label_date label_reference label_other label_place organization_words desk clause_words organization_speaks
    today extract span_words speech_verbs
    according_to pronouns person_titles not_speech speaker_stop forwarded mail_from mail_to mail_date mail_subject unsubscribe
    list_footer reply_marks subject_marks upon_words about_words articles page_number site_bar date_links date_tails ordinals
    range_words compounds as_words conjunctions told_verbs verb_tails quantity_words speaker_marks thus_words feminine masculine
    legal_forms generic_names number_words units heading_styles announcing_verbs possessives in_full surnames
    opinion_words other_date_words sentence_openers organization_endings
    relatives part_headings post_nominals first_person definite_articles plural_pronouns
    accounts period_words where_words platforms issue_words passive_words single_words spoken_for talks credits credit_tails
    symbol_issuers time_units as_of_words counted_words counting_verbs reporting_verbs that_words report_words demand_words
    at_least_words at_most_words condition_words minutes_words attendance_labels site_words press_words see_also label_text
    original_version post_words captions comment_form
    """.split()
)
"""The categories that are lists of phrases."""

TABLES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "kinds": frozenset(
            (
                "press release",
                "joint statement",
                "urgent action",
                "open letter",
                "advisory",
                "statement",
                "news story",
                "newsletter",
                "briefing",
            )
        ),
        "months": frozenset(map(str, range(1, 13))),
        "weekdays": frozenset("monday tuesday wednesday thursday friday saturday sunday".split()),
        "eras": frozenset(),
        "languages": frozenset(),
        "other_calendars": frozenset(),
    }
)
"""The categories that are tables of lists, and the keys that each may have (any where none is named)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase of a category, as it stands in a file; `key` is the name of its list in a category that is a table."""

    phrase: str
    key: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """The entries of a language and of English. `language` is its tag, "en" for English alone; `document_language` is that of the document,
    which may have no file: months and weekdays are known of more languages than have one."""

    language: str
    _entries: Mapping[str, tuple[Entry, ...]]
    document_language: str

    def entries(self, category: str) -> tuple[Entry, ...]:
        """The entries of a category, those of the language before the English. Raises KeyError for a category that does not exist."""
        if category not in LISTS and category not in TABLES:
            raise KeyError(f"No category “{category}”; there are {', '.join(sorted({*LISTS, *TABLES}))}.")
        return self._entries.get(category, ())

    def phrases(self, category: str, key: str = "") -> tuple[str, ...]:
        """The phrases of a category as they are written in the files; of one list of a table where `key` names it."""
        return tuple(entry.phrase for entry in self.entries(category) if not key or entry.key == key)

    def pattern(self, category: str, place: Place, key: str = "") -> re.Pattern[str]:
        """All phrases of a category as one pattern (see `notation.pattern` for the four places); of one list of a table where `key`
        names it. Compiled when it is first asked for. It fits nothing where the language has no such phrases."""
        return _pattern(self.language, category, place, key)

    def words(self, category: str) -> frozenset[str]:
        """Every spelling that the phrases of a category stand for, `notation.folded`, to look words up in."""
        return _words(self.language, category)

    def key(self, category: str, text: str) -> str:
        """The list of a table that a whole text is a phrase of ("mars" → "3"), or an empty text."""
        for name in dict.fromkeys(entry.key for entry in self.entries(category)):
            if self.pattern(category, "whole", name).match(text):
                return name
        return ""

    def kind(self, line: str) -> str:
        """Which kind of document a phrase in the line names ("press release"), the first and longest; an empty text where none does."""
        found = self.find_kind(line)
        return found[2] if found else ""

    def find_kind(self, line: str) -> tuple[int, int, str] | None:
        """Where in a line a phrase names a kind of document: start, end, kind."""
        match = self.pattern("kinds", "within").search(line)
        return (*match.span(), self.key("kinds", match[0])) if match else None


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """The tags of all languages that have a file, in order."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def words_of_all(category: str) -> frozenset[str]:
    """The words of a category in all languages, `notation.folded`: for what is read before the language of its text is known."""
    return frozenset(word for language in languages() for word in lexicon_of(language).words(category))


def lexicon_of(language: str) -> Lexicon:
    """The Lexicon of a BCP 47 tag: the entries of its language and English; of English alone for "" and a language without a file."""
    tag = language.replace("_", "-").split("-")[0].lower()
    return _lexicon(tag) if tag in languages() or not tag else _without_file(tag)


@lru_cache(maxsize=64)
def _without_file(tag: str) -> Lexicon:
    return replace(_lexicon("en"), document_language=tag)


@lru_cache(maxsize=64)
def _lexicon(tag: str) -> Lexicon:
    tag = tag or "en"
    entries: dict[str, dict[Entry, None]] = {}
    for name in dict.fromkeys((tag, "en")):
        for category, entry in read(FOLDER / f"{name}.toml"):
            entries.setdefault(category, {})[entry] = None
    return Lexicon(tag, MappingProxyType({category: tuple(found) for category, found in entries.items()}), tag)


@lru_cache(maxsize=64)
def read(path: Path) -> tuple[tuple[str, Entry], ...]:
    """Every entry of a file with its category, in the file's order; a file is opened once. Raises tomllib.TOMLDecodeError."""
    return tuple(_entries(path))


def _entries(path: Path) -> Iterator[tuple[str, Entry]]:
    for category, value in tomllib.loads(path.read_text(encoding="utf-8")).items():
        if isinstance(value, dict):
            yield from ((category, Entry(phrase, key)) for key, phrases in value.items() for phrase in phrases)
        else:
            yield from ((category, Entry(phrase)) for phrase in value)


@lru_cache(maxsize=4096)
def _pattern(language: str, category: str, place: Place, key: str) -> re.Pattern[str]:
    return notation.pattern(_lexicon(language).phrases(category, key), place)


@lru_cache(maxsize=1024)
def _words(language: str, category: str) -> frozenset[str]:
    phrases = _lexicon(language).phrases(category)
    return frozenset(notation.folded(spelling) for phrase in phrases for spelling in notation.spellings(phrase))
