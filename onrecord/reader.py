"""How makers ask the archive: each question is noted with the digest of its answer.

A maker gets a Reader and nothing else: no archive, no clock, no disk. So what it did not ask it cannot know, and a file that was made is
as it would be made again as long as its maker is the same and every question it asked has the same answer: the verifying traces of
A. Mokhov, N. Mitchell and S. Peyton Jones, "Build systems à la carte" (2018), section 4.2.2. A question that is answered from other
questions notes these, so that its answer is worked out anew only where one of them has another answer, and what asked it is touched only
where its own answer has changed ("early cutoff", section 2.3).
"""

from __future__ import annotations

import bisect
import hashlib
import heapq
import re
from array import array
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, wraps
from itertools import chain
from operator import attrgetter, itemgetter
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, cast

from msgspec import Struct

from onrecord import corrected, counting, division, languages, numbering, place_tree, quoting, routes, slugs
from onrecord.corrected import CorrectedEntry
from onrecord.counting import CountedPart, Line
from onrecord.dates import NOT_STATED as DATE_NOT_STATED
from onrecord.dates import Date, checked, year_label
from onrecord.digests import DIGEST, encoded, typed_digest
from onrecord.division import Key, ListSection, Part
from onrecord.look import NO_LOOK, Look
from onrecord.model import (
    Archive,
    Article,
    Attachment,
    Card,
    Counted,
    DatedEdition,
    Figure,
    Group,
    Kind,
    Listed,
    Period,
    PublishedFile,
    Quotation,
    Relations,
    Release,
    Reprints,
    Settings,
    Speaker,
    Term,
    Text,
    Tombstone,
    Year,
)
from onrecord.numbering import NumberPart
from onrecord.quoting import Quoted, SpeakerPart

FOLDERS: Mapping[Kind, str] = {"topic": "topics", "place": "places", "name": "names"}
GROUPS = ("topics", "places", "names", "publishers")
WITHIN = "within"
"""The groups of releases that name a place within a place and not that place itself, by the slug of that place: asked for like others."""

Given = ParamSpec("Given")
Answer = TypeVar("Answer")
QuestionKey = tuple[Any, ...]
"""A question as it is noted: the name of the Reader's method, then what it was given."""

FacetCounts = tuple[int, tuple[tuple[str, tuple[tuple[str, str, int, tuple[tuple[str, str], ...]], ...]], ...]]
"""The answer to `Reader.facets`."""

UNDATED = "undated"
"""The list of the index by date that belongs to no year: see `Reader.date_parts`."""

_TEXTS = 64
"""How many texts a process keeps at hand: the outputs of one release come one behind the other."""


_QUOTATIONS = 10_000
"""Of how many releases a process keeps the quotations and the figures at hand."""


_FEATURED_AMONG = 200
"""How many releases are looked through for the quotation of the front page."""

_SHORTEST, _LONGEST = 40, 300
"""How many characters that quotation has: it is never cut."""


class TextSource(Protocol):
    """What has the texts: the store, or a test's."""

    def get(self, key: bytes) -> Text:
        """The Text of a digest."""


class Build(Struct, frozen=True):
    """What a build knows beside the archive: nothing here is read from a clock or a disk.

    `date` is the day of the build or of the last change as ISO 8601 ("2026-11-22"), or empty; `search` says whether the site gets its
    search; `drafts` whether drafts are shown (then every page says so); `moments` gives by the path of a release file the moment of its
    last change, and `additions` that of its first, as ISO 8601, as far as they are known; `look` is what the theme shows on every page.
    """

    version: str
    date: str = ""
    search: bool = True
    drafts: bool = False
    moments: Mapping[str, str] | None = None
    additions: Mapping[str, str] | None = None
    look: Look = NO_LOOK


class Frame(Struct, frozen=True):
    """What every page shows of the archive: its settings, the build's, the archive's own pages as (slug, title); whether it has figures,
    and dated editions; the titles of its own pages in other languages as (slug, BCP 47 tag, title); the folders of the indexes that have
    something on them; what the theme adds."""

    settings: Settings
    version: str
    search: bool
    drafts: bool
    articles: tuple[tuple[str, str], ...]
    figures: bool = False
    editions: bool = False
    translated_articles: tuple[tuple[str, str, str], ...] = ()
    sections: tuple[str, ...] = ()
    look: Look = NO_LOOK


class Label(Struct, frozen=True):
    """What a topic, place or name is called: in the archive's language, in others as (BCP 47 tag, label), and whether it has a page."""

    label: str
    translations: tuple[tuple[str, str], ...]
    has_page: bool


class Facts(Struct, frozen=True):
    """A group in numbers: how many releases; the earliest and the latest date that theirs state, an end of an interval among them, as EDTF
    (empty where none states a year); the years, and the months of the years 0 to 9999 (ISO 8601), that they are listed under, each with
    its number of releases, sorted; how many are listed under none of the years 0 to 9999, and how many under no month of these."""

    label: str
    slug: str
    term: Term | None
    count: int
    first: str
    last: str
    years: tuple[tuple[int, int], ...]
    months: tuple[tuple[str, int], ...]
    without_year: int
    without_month: int


class Trace(Struct, frozen=True):
    """Questions that were asked for the first time, and what each output asked.

    Numbers count the questions of one Reader from 0; `first` is the number of the first question of this trace. `dependencies` holds for
    each question the numbers of those it was answered from.
    """

    first: int
    questions: list[QuestionKey]
    digests: bytes
    dependencies: list[array[int]]


_CONTAINERS = (
    Group,
    Period,
    Year,
    Speaker,
    Counted,
    Part,
    ListSection,
    Facts,
    NumberPart,
    SpeakerPart,
    CountedPart,
    Line,
)
_LISTED: frozenset[type] = frozenset([Card, Tombstone])
_COMPOSED: frozenset[type] = frozenset([Card, Tombstone, *_CONTAINERS])
"""What is made of cards: its digest is made of theirs."""


_PLAIN: frozenset[type] = frozenset([str, int, bool, type(None)])
"""What has no cards in it."""

_PASSING: dict[str, Callable[..., Any]] = {}


def passing(answer: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """Marks a question about a single release, or about a part of a list: its answer is not kept beyond the outputs that are made
    together, for there are as many as there are releases and parts."""
    _PASSING[answer.__name__] = answer.__wrapped__  # type: ignore[attr-defined]
    return answer


def question(
    answer: Callable[Concatenate[Reader, Given], Answer],
) -> Callable[Concatenate[Reader, Given], Answer]:
    """Marks a method of the Reader as a question: its answer is kept, and whoever asks is noted."""
    name = answer.__name__

    @wraps(answer)
    def ask(reader: Reader, *given: Given.args, **named: Given.kwargs) -> Answer:
        assert not named, "questions are asked by position, so that one question has one form"
        key = (name, *given)
        number = reader._numbers.get(key)
        if number is None:
            number = reader._answer(key, answer, given)
        asking = reader._asking
        if asking is not None:
            asking[number] = None
        kept: Answer = reader._answers[number]
        return kept

    return cast("Callable[Concatenate[Reader, Given], Answer]", ask)


class Reader:
    """The archive, as makers may ask it. Answers are frozen; a question about what does not exist is answered with None or nothing."""

    def __init__(self, archive: Archive, texts: TextSource, build: Build) -> None:
        self._archive = archive
        self._texts = texts
        self._build = build
        self._numbers: dict[QuestionKey, int] = {}
        self._keys: list[QuestionKey] = []
        self._answers: list[Any] = []
        self._dependencies: list[array[int]] = []
        self._answer_digests: dict[int, bytes] = {}
        self._passing: list[int] = []
        self._asking: dict[int, None] | None = None
        self._kept_texts: OrderedDict[str, Text] = OrderedDict()
        self._kept_releases: OrderedDict[str, tuple[Release | None, dict[int, None]]] = OrderedDict()
        self._digests: dict[str, bytes] = dict(archive.digests)
        self._composed_digests: dict[int, tuple[Any, bytes]] = {}
        self._kept_quotations: OrderedDict[bytes, tuple[Quotation, ...]] = OrderedDict()
        self._kept_figures: OrderedDict[bytes, tuple[Figure, ...]] = OrderedDict()
        self._listed = {release.slug: release for release in archive.listed}
        self._groups = {
            "topics": {group.slug: group for group in archive.topics},
            "places": {group.slug: group for group in archive.places},
            "names": {group.slug: group for group in archive.names},
            "publishers": {group.slug: group for group in archive.publishers},
            WITHIN: {group.slug: group for group in archive.within},
        }
        self._around = place_tree.ancestors(archive.vocabularies.places)
        self._inner: dict[str, list[str]] = {}
        for place in archive.vocabularies.places:
            if place.within and place.slug in self._groups["places"]:
                self._inner.setdefault(place.within, []).append(place.slug)
        self._terms = {
            (term.kind, term.slug): term
            for terms in (archive.vocabularies.topics, archive.vocabularies.places, archive.vocabularies.names)
            for term in terms
        }
        self._years = {year.label: year for year in archive.years}
        self._speakers = {speaker.slug: speaker for speaker in archive.speakers}
        self._speaker_keys = {
            (speaker.name, "" if speaker.name else speaker.label): speaker for speaker in archive.speakers
        }
        self._counted = {counted.slug: counted for counted in archive.counted}
        self._counted_slugs = {
            (card.slug, number): counted.slug for counted in archive.counted for card, number in counted.figures
        }
        self._counted_at: dict[str, list[tuple[str, str, int]]] | None = None
        self._articles = {(article.slug, article.language): article for article in archive.articles}
        self._originals = {file.sha256: file for file in archive.files.values() if routes.is_original(file.path)}
        self._publisher_slugs = {group.label: group.slug for group in archive.publishers}
        self._order: dict[str, int] | None = None
        self._parts: dict[QuestionKey, Mapping[str, Any]] = {}
        self._numbered: Mapping[str, tuple[Listed, ...]] | None = None

    # ---- traces -------------------------------------------------------------------------------------------------------------

    def _answer(self, key: QuestionKey, answer: Callable[..., Any], given: Sequence[Any]) -> int:
        before, self._asking = self._asking, {}
        try:
            kept = answer(self, *given)
            dependencies = array("I", self._asking) if self._asking else _NOTHING
        finally:
            self._asking = before
        number = len(self._answers)
        self._numbers[key] = number
        self._keys.append(key)
        self._answers.append(kept)
        self._dependencies.append(dependencies)
        if key[0] in _PASSING:
            self._passing.append(number)
        return number

    def traced(self, work: Callable[[], Answer]) -> tuple[Answer, array[int]]:
        """What `work` returns, and the numbers of the questions it asked, in their order."""
        assert self._asking is None
        self._asking = {}
        try:
            result = work()
            return result, array("I", self._asking)
        finally:
            self._asking = None

    def trace(self, first: int) -> Trace:
        """All questions from number `first` on, with the digests of their answers."""
        digests = b"".join(map(self._digest_at, range(first, len(self._answers))))
        return Trace(first, self._keys[first:], digests, self._dependencies[first:])

    def forget_passing(self) -> None:
        """Drops what is kept of questions about single releases; asked again, they get other numbers. Their trace must have been taken."""
        for number in self._passing:
            del self._numbers[self._keys[number]]
            self._keys[number] = ()
            self._answers[number] = None
            self._dependencies[number] = _NOTHING
            self._answer_digests.pop(number, None)
        self._forget_derived()

    def forget(self) -> None:
        """Drops all answers that are kept, and all numbers: as if nothing had been asked."""
        self._numbers.clear()
        self._keys.clear()
        self._answers.clear()
        self._dependencies.clear()
        self._answer_digests.clear()
        self._forget_derived()

    def _forget_derived(self) -> None:
        """Drops what follows from answers, and from the numbers of their questions."""
        self._passing.clear()
        self._parts.clear()
        self._composed_digests.clear()
        self._kept_releases.clear()

    @property
    def question_count(self) -> int:
        """How many questions have been asked so far."""
        return len(self._answers)

    def answer_digest(self, key: QuestionKey) -> tuple[bytes, array[int]]:
        """The digest of the answer to a question as it was noted, and the numbers of the questions it was answered from. Whatever the
        question, there is an answer."""
        raw = _PASSING.get(key[0])
        if raw is not None and key not in self._numbers:
            # Asked once, by whoever compares answers: nothing of it is kept but what it asks in turn.
            before, self._asking = self._asking, {}
            try:
                answer = raw(self, *key[1:])
                dependencies = array("I", self._asking) if self._asking else _NOTHING
            finally:
                self._asking = before
            return self._digest_of(answer), dependencies
        getattr(self, key[0])(*key[1:])
        number = self._numbers[key]
        return self._digest_at(number), self._dependencies[number]

    def state(self) -> bytes:
        """A digest of all that answers follow from, texts apart, for an Archive is arranged from nothing else (`arrange`). To a Reader of
        the same state `text_digest` alone, and what is answered from it, can have another answer."""
        archive, build = self._archive, self._build
        listed = b"".join(self._digests_of_listed(archive.listed))
        moments = sorted((build.moments or {}).items()), sorted((build.additions or {}).items())
        files = tuple(archive.files.values())
        of_build = build.version, build.date, build.search, build.drafts, moments, build.look
        of_editions = archive.editions, sorted(archive.unchanged)
        given = (archive.settings, archive.vocabularies, archive.articles, files, of_build, of_editions, listed)
        return _hash(encoded(given))

    def digests(self, name: str, slugs: Sequence[str]) -> Iterable[bytes] | None:
        """The digests of the answers to all questions of one name about single releases; None where they are to be asked one by one.

        These are the questions that are answered from the archive itself, of which there are as many as releases.
        """
        if name == "card":
            by_slug = dict(zip(self._listed, self._digests_of_listed(self._listed.values()), strict=True))
            nothing = self._digest_of(None)
            return [by_slug.get(slug, nothing) for slug in slugs]
        if name == "text_digest":
            texts, nothing = self._archive.texts, self._digest_of(b"")
            return [texts.get(slug) or nothing for slug in slugs]
        if name == "family":
            families, nothing = self._archive.families, self._digest_of(())
            return [self._digest_of(families[slug]) if slug in families else nothing for slug in slugs]
        if name == "relations":
            relations, nothing = self._archive.relations, typed_digest(_UNRELATED)
            return [self._digest_of(relations[slug]) if slug in relations else nothing for slug in slugs]
        if name == "edition_of":
            newest, nothing = self._digest_of(self._newest_edition()), self._digest_of("")
            return [newest if slug in self._archive.unchanged else nothing for slug in slugs]
        if name == "neighbours":
            earlier, later = self._archive.earlier, self._archive.later
            return [_digest_of_pair(earlier.get(slug, ""), later.get(slug, "")) for slug in slugs]
        return None

    def key(self, number: int) -> QuestionKey:
        """The question of a number."""
        return self._keys[number]

    def _digest_at(self, number: int) -> bytes:
        digest = self._answer_digests.get(number)
        if digest is None:
            digest = self._answer_digests[number] = self._digest_of(self._answers[number])
        return digest

    def _digest_of(self, answer: Any) -> bytes:
        shape = answer.__class__
        if shape in _LISTED:
            digest = self._digests.get(answer.slug)
            if digest is None:
                digest = self._digests[answer.slug] = typed_digest(answer)
            return digest
        if not answer:
            return _digest_of_little(answer)
        if shape is bytes and len(answer) == DIGEST:
            return cast("bytes", answer)
        if shape in _COMPOSED:
            # A part of a list is an answer, and a part of the answer that has all of them.
            composed = self._composed_digests.get(id(answer))
            if composed is not None and composed[0] is answer:
                return composed[1]
            brief = self._brief
            values = [
                value if value.__class__ in _PLAIN else brief(value)
                for value in [getattr(answer, name) for name in _names(shape)]
            ]
            digest = _hash(shape.__name__.encode() + encoded(values))
            self._composed_digests[id(answer)] = answer, digest
            return digest
        if shape is tuple:
            brief = self._brief(answer)
            if brief is not answer:
                return cast("bytes", brief)
        return typed_digest(answer)

    def _brief(self, value: Any) -> Any:
        """What a value counts for in the digest of what holds it: a digest where there are cards in it, else itself."""
        shape = value.__class__
        if shape in _COMPOSED:
            return self._digest_of(value)
        if shape is tuple and value:
            first = value[0].__class__
            if first in _LISTED and value[-1].__class__ in _LISTED:
                return _hash(b"(" + b"".join(self._digests_of_listed(value)))
            if first in _COMPOSED:
                return _hash(b"(" + b"".join(map(self._digest_of, value)))
            if first is tuple and value[0] and value[0][0].__class__ in _COMPOSED:
                return _hash(b"((" + encoded([[self._brief(part) for part in parts] for parts in value]))
        return value

    def _digests_of_listed(self, listed: Iterable[Listed]) -> list[bytes]:
        digests = self._digests
        try:
            return [digests[release.slug] for release in listed]
        except KeyError:
            return [self._digest_of(release) for release in listed]

    # ---- the archive as a whole ---------------------------------------------------------------------------------------------

    @question
    def frame(self) -> Frame:
        """What every page shows of the archive."""
        build = self._build
        articles = tuple((article.slug, article.title) for article in self._archive.articles if not article.language)
        translated = tuple(
            (article.slug, article.language, article.title) for article in self._archive.articles if article.language
        )
        archive = self._archive
        return Frame(
            archive.settings,
            build.version,
            build.search,
            build.drafts,
            articles,
            bool(self._counted),
            bool(archive.editions),
            translated,
            tuple(self._sections()),
            build.look,
        )

    def _sections(self) -> Iterable[str]:
        """The indexes that have something on them."""
        if self._archive.listed:
            yield from ("releases", "dates")
        yield from (folder for folder in GROUPS if self._groups[folder])
        if self._archive.speakers:
            yield "quotations"
        if any(listed.reference for listed in self._archive.listed):
            yield "references"

    @question
    def settings(self) -> Settings:
        """What archive.toml says."""
        return self._archive.settings

    @question
    def built(self) -> str:
        """The day of the build, ISO 8601, or empty: for the colophon and the feeds alone."""
        return self._build.date

    @question
    def moment(self, path: str) -> str:
        """When a release file was last changed, ISO 8601, as far as it is known: for the feeds alone."""
        return (self._build.moments or {}).get(path, "")

    @passing
    @question
    def addition(self, slug: str) -> str:
        """When a release came into the archive, ISO 8601: the day that its record names, else the moment that git knows; or empty."""
        listed = self._listed.get(slug)
        if not isinstance(listed, Card):
            return ""
        return listed.added or (self._build.additions or {}).get(listed.path, "")

    @question
    def last_added(self, count: int) -> tuple[Card, ...]:
        """The releases that came into the archive last, newest first, as many as it is known of; of one day in the order of `listed`.
        Drafts are none."""
        additions = self._build.additions or {}
        known = [
            (listed.added or additions[listed.path][:10], listed)
            for listed in self.listed()
            if isinstance(listed, Card) and listed.status != "draft" and (listed.added or listed.path in additions)
        ]
        return tuple(card for _, card in sorted(known, key=lambda pair: pair[0], reverse=True)[:count])

    @passing
    @question
    def featured(self) -> tuple[str, int]:
        """The release that the front page opens with, and the place of the quotation among its own that it opens with.

        It is the one that the settings choose, if it stands. Else it is the newest release with a verbatim quotation that names its
        speaker, is found in a paragraph and has from 40 to 300 characters; of several in it the first. Among the 200 newest releases
        that quote anybody no such one: the newest release, and -1. Drafts and withdrawn releases are none. ("", -1) where there is no
        release.
        """
        standing = [card for card in self.listed() if isinstance(card, Card) and card.status != "draft"]
        chosen = [card for card in standing if card.slug == self.settings().featured]
        for card in chosen or [card for card in standing if card.speakers][:_FEATURED_AMONG]:
            for number, quotation in enumerate(self.quotations(card.slug)):
                if quotation.speaker and quotation.paragraph and _SHORTEST <= len(quotation.text) <= _LONGEST:
                    return card.slug, number
        standing = chosen or standing
        return (standing[0].slug, -1) if standing else ("", -1)

    @question
    def featured_family(self) -> str:
        """The newest release whose text another has published too, in the same language; drafts and summaries are none. Empty where there
        is no such one."""
        families = self._archive.families
        texts = [
            card
            for card in self.listed()
            if isinstance(card, Card) and card.extent != "abstract" and card.status != "draft"
        ]
        languages_of = {card.slug: card.language for card in texts}
        return next(
            (
                card.slug
                for card in texts
                if any(languages_of.get(other) == card.language for other in families.get(card.slug, ()))
            ),
            "",
        )

    # ---- what was corrected -----------------------------------------------------------------------------------------------------

    @question
    def corrected(self) -> tuple[CorrectedEntry, ...]:
        """Everything that was corrected or withdrawn, newest first."""
        entries: list[CorrectedEntry] = []
        for listed in self.listed():
            if isinstance(listed, Tombstone):
                entries.append(corrected.of_tombstone(listed))
            else:
                entries += corrected.of_card(listed)
        return corrected.newest_first(entries)

    @question
    def corrected_parts(self) -> tuple[tuple[str, tuple[CorrectedEntry, ...]], ...]:
        """The parts of that list where it is too long for one page, in its order: (stem, entries)."""
        return tuple(corrected.divided(self.corrected()).items())

    @question
    def corrected_under(self, stem: str) -> tuple[CorrectedEntry, ...]:
        """The entries of a part; the stem "" is what the first page shows."""
        if stem:
            return dict(self.corrected_parts()).get(stem, ())
        entries = self.corrected()
        return entries if len(entries) <= corrected.LIMIT else entries[: corrected.NEWEST]

    @question
    def corrected_newest(self) -> tuple[CorrectedEntry, ...]:
        """The newest entries of that list."""
        return self.corrected()[: corrected.NEWEST]

    @question
    def corrected_counts(self) -> tuple[int, tuple[tuple[str, int], ...]]:
        """How many entries there are, and how many in each part."""
        return len(self.corrected()), tuple((stem, len(entries)) for stem, entries in self.corrected_parts())

    @question
    def listed(self) -> tuple[Listed, ...]:
        """All releases, withdrawn ones among them, newest first, what has no year last."""
        return self._archive.listed

    @question
    def subjects(self) -> tuple[tuple[str], ...]:
        """The releases that stand, newest first, each as the subject (slug,) of whatever is made of one release."""
        return tuple((card.slug,) for card in self.listed() if isinstance(card, Card))

    @question
    def newest(self, count: int, cards_only: bool) -> tuple[Listed, ...]:
        """The newest releases; with `cards_only` only those that are not withdrawn."""
        listed = self.listed()
        return tuple(release for release in listed if not cards_only or isinstance(release, Card))[:count]

    @question
    def facts(self) -> Facts:
        """All releases, withdrawn ones among them, in numbers: whatever page tells how many the archive has, tells this."""
        return _facts("", "", None, self.listed())

    @question
    def withdrawn(self) -> int:
        """How many of these are withdrawn."""
        return sum(isinstance(listed, Tombstone) for listed in self.listed())

    @question
    def span(self) -> tuple[int, int]:
        """The years of the earliest and the latest release; (0, 0) where none states its year."""
        years = [year for release in self.listed() for year in release.date.years]
        return (min(years), max(years)) if years else (0, 0)

    @question
    def languages(self) -> tuple[str, ...]:
        """The languages that releases are written in, sorted."""
        return tuple(sorted({release.language for release in self.listed()}))

    @question
    def terms(self, kind: Kind) -> tuple[Term, ...]:
        """The entries of a vocabulary, in the order of its file."""
        vocabularies = self._archive.vocabularies
        return {"topic": vocabularies.topics, "place": vocabularies.places, "name": vocabularies.names}[kind]

    @question
    def article(self, slug: str, language: str = "") -> Article | None:
        """A page of the archive's own, or its translation into a language."""
        return self._articles.get((slug, language))

    @question
    def editions(self) -> tuple[DatedEdition, ...]:
        """The dated editions, oldest first."""
        return self._archive.editions

    @question
    def edition_names(self) -> tuple[str, ...]:
        """The names of the dated editions, oldest first."""
        return tuple(edition.name for edition in self.editions())

    @question
    def dated_edition(self, name: str) -> DatedEdition | None:
        """A dated edition."""
        return next((edition for edition in self.editions() if edition.name == name), None)

    def _newest_edition(self) -> str:
        return self._archive.editions[-1].name if self._archive.editions else ""

    # ---- one release --------------------------------------------------------------------------------------------------------

    @passing
    @question
    def card(self, slug: str) -> Listed | None:
        """The card, or the tombstone, of a release."""
        return self._listed.get(slug)

    def text(self, slug: str) -> Text | None:
        """The text of a release that stands."""
        self.text_digest(slug)
        key = self._archive.texts.get(slug)
        if key is None or not isinstance(self._listed.get(slug), Card):
            return None
        kept = self._kept_texts.get(slug)
        if kept is None:
            kept = self._kept_texts[slug] = self._texts.get(key)
            if len(self._kept_texts) > _TEXTS:
                self._kept_texts.popitem(last=False)
            # The page of a speaker asks for the quotations of many releases, and a page of figures for theirs, and for nothing else.
            self._kept_quotations[key] = kept.quotations
            self._kept_figures[key] = kept.figures
            if len(self._kept_quotations) > _QUOTATIONS:
                self._kept_quotations.popitem(last=False)
                self._kept_figures.popitem(last=False)
        return kept

    @passing
    @question
    def text_digest(self, slug: str) -> bytes:
        """What changes when the text of a release does. Texts themselves are not kept as answers: there may be gigabytes of them."""
        return self._archive.texts.get(slug, b"")

    def release(self, slug: str) -> Release | None:
        """A release that stands, whole."""
        kept = self._kept_releases.get(slug)
        if kept is None:
            before, self._asking = self._asking, {}
            try:
                kept = self._release(slug), self._asking
            finally:
                self._asking = before
            self._kept_releases[slug] = kept
            if len(self._kept_releases) > _TEXTS:
                self._kept_releases.popitem(last=False)
        if self._asking is not None:
            self._asking.update(kept[1])
        return kept[0]

    def _release(self, slug: str) -> Release | None:
        card, text = self.card(slug), self.text(slug)
        if not isinstance(card, Card) or text is None:
            return None
        speakers = dict.fromkeys(name for name, _ in card.speakers if name)
        return Release(
            # A draft is not known to what is published.
            card.naming(self.is_listed),
            text,
            self._terms_of("topic", card.topics),
            self._terms_of("place", card.places),
            self._terms_of("name", card.names),
            self._terms_of("name", speakers),
        )

    def _terms_of(self, kind: Kind, slugs: Iterable[str]) -> tuple[Term, ...]:
        return tuple(term for slug in slugs if (term := self.term(kind, slug)))

    @question
    def files(self) -> tuple[str, ...]:
        """The paths of the originals, attachments and previews that are published, sorted."""
        return tuple(self._archive.files)

    @passing
    @question
    def file(self, path: str) -> PublishedFile | None:
        """One of them, by its path on the site."""
        return self._archive.files.get(path)

    @passing
    @question
    def original(self, sha256: str) -> PublishedFile | None:
        """The file of a SHA-256, where it is published."""
        return self._originals.get(sha256)

    def published(self, release: Release, attachment: Attachment) -> PublishedFile | None:
        """The file of the site that an attachment of a release is; None where this record does not publish it, even if another one does."""
        if not attachment.file or not attachment.rights or release.status == "draft":
            return None
        return self.original(attachment.sha256)

    @passing
    @question
    def quotations(self, slug: str) -> tuple[Quotation, ...]:
        """The quotations of a release, in their order."""
        key = self.text_digest(slug)
        kept = self._kept_quotations.get(key)
        if kept is None:
            text = self.text(slug)
            kept = text.quotations if text else ()
        return kept

    @passing
    @question
    def figures(self, slug: str) -> tuple[Figure, ...]:
        """The figures of a release, in their order."""
        key = self.text_digest(slug)
        kept = self._kept_figures.get(key)
        if kept is None:
            text = self.text(slug)
            kept = text.figures if text else ()
        return kept

    @passing
    @question
    def counted_of(self, slug: str) -> tuple[str, ...]:
        """For each figure of a release the slug of the page it is listed on; empty where it has none."""
        card = self._listed.get(slug)
        countings = card.countings if isinstance(card, Card) else ()
        return tuple(self._counted_slugs.get((slug, number), "") for number in range(len(countings)))

    @passing
    @question
    def paragraphs(self, slug: str) -> tuple[str, ...]:
        """The plain paragraphs of a release."""
        text = self.text(slug)
        return text.body.paragraphs if text else ()

    @passing
    @question
    def passages(self, slug: str) -> tuple[tuple[str, str], ...]:
        """The paragraphs, items and rows of a release in the order of its text, as (number, plain words)."""
        text = self.text(slug)
        return tuple((part.number, part.text) for part in text.body.passages) if text else ()

    @passing
    @question
    def opening(self, slug: str) -> str:
        """The first paragraph of a release, plain; empty without a text."""
        text = self.text(slug)
        return text.body.paragraphs[0] if text and text.body.paragraphs else ""

    @passing
    @question
    def subtitle(self, slug: str) -> str:
        """The second headline of a release."""
        text = self.text(slug)
        return text.subtitle if text else ""

    @passing
    @question
    def rights(self, slug: str) -> str:
        """Who holds the rights in a release."""
        text = self.text(slug)
        return text.rights if text else ""

    @passing
    @question
    def family(self, slug: str) -> tuple[str, ...]:
        """The slugs of the other publications of a release's text, newest first."""
        return self._archive.families.get(slug, ())

    @passing
    @question
    def is_listed(self, slug: str) -> bool:
        """Whether a release, or its tombstone, is in the archive."""
        return slug in self._listed

    @passing
    @question
    def relations(self, slug: str) -> Relations:
        """What a release that stands has to do with others, from both ends."""
        return self._archive.relations.get(slug, _UNRELATED)

    @passing
    @question
    def reprints(self, slug: str) -> Reprints:
        """Where else the words of a release's quotations stand, as far as they are counted with this release: see `Archive.reprints`."""
        return self._archive.reprints.get(slug, ())

    @passing
    @question
    def edition_of(self, slug: str) -> str:
        """The name of the newest dated edition where it holds a release as it stands; else empty."""
        return self._newest_edition() if slug in self._archive.unchanged else ""

    @passing
    @question
    def neighbours(self, slug: str) -> tuple[str, str]:
        """The slugs of the release before and the one after it in time; empty where there is none for certain."""
        return self._archive.earlier.get(slug, ""), self._archive.later.get(slug, "")

    @question
    def placing(self, topic: str) -> tuple[tuple[int, str], ...]:
        """The releases on a topic, newest first, each with its place among all releases."""
        if self._order is None:
            self._order = {release.slug: position for position, release in enumerate(self._archive.listed)}
        group = self._groups["topics"].get(topic)
        return tuple((self._order[card.slug], card.slug) for card in group.cards) if group else ()

    @passing
    @question
    def same_topic(self, slug: str) -> tuple[str, ...]:
        """The slugs of three other releases about the same topics, newest first: those that share most, then the nearest in time; the
        release's own family is left out."""
        card = self.card(slug)
        if not isinstance(card, Card) or not card.topics:
            return ()
        most = 3
        excluded = {slug, *self.family(slug)}
        shared_topics: dict[str, int] = {}
        positions: dict[str, int] = {}
        own: int | None = None
        for topic in card.topics:
            placing = self.placing(topic)
            if own is None:
                own = self._own_place(placing, slug)
            if own is None:
                continue
            nearest = bisect.bisect_left(placing, (own, ""))
            for position, candidate in placing[max(0, nearest - most * 2) : nearest + most * 2]:
                if candidate not in excluded:
                    shared_topics[candidate] = shared_topics.get(candidate, 0) + 1
                    positions[candidate] = position
        if own is None:
            return ()
        middle = own
        best = sorted(
            shared_topics,
            key=lambda candidate: (-shared_topics[candidate], abs(positions[candidate] - middle), candidate),
        )
        return tuple(sorted(best[:most], key=lambda candidate: (positions[candidate], candidate)))

    def _own_place(self, placing: tuple[tuple[int, str], ...], slug: str) -> int | None:
        """The place of a release in the answer to `placing`: looked for where it stands among all releases, for a search from the beginning
        would take time that grows with the square of the releases on a topic."""
        place = (self._order or {}).get(slug, -1), slug
        position = bisect.bisect_left(placing, place)
        return place[0] if placing[position : position + 1] == (place,) else None

    # ---- topics, places, names, publishers ------------------------------------------------------------------------------------

    @question
    def term(self, kind: Kind, slug: str) -> Term | None:
        """An entry of a vocabulary."""
        return self._terms.get((kind, slug))

    @question
    def label(self, kind: Kind, slug: str) -> Label:
        """What an entry of a vocabulary is called, and whether it has a page."""
        term = self._terms.get((kind, slug))
        has_page = slug in self._groups[FOLDERS[kind]]
        return Label(term.label, term.translations, has_page) if term else Label(slug, (), has_page)

    @question
    def around(self, place: str) -> tuple[str, ...]:
        """The slugs of the places that a place lies in, the nearest first."""
        return self._around.get(place, ())

    @question
    def inner_places(self, place: str) -> tuple[str, ...]:
        """The slugs of the places that lie in a place, and in no other that does, and have a page, in the order of their file."""
        return tuple(self._inner.get(place, ()))

    @question
    def inner_count(self, place: str) -> int:
        """How many releases name a place within a place, and not that place itself."""
        group = self._groups[WITHIN].get(place)
        return len(group.cards) if group else 0

    @question
    def has_inner_places(self) -> bool:
        """Whether a place with a page lies in another."""
        return bool(self._inner)

    @question
    def publisher(self, label: str) -> str:
        """The slug of a publisher's page; empty where it has none."""
        return self._publisher_slugs.get(label, "")

    @question
    def publishers(self) -> tuple[str, ...]:
        """The labels of all publishers, sorted."""
        return tuple(sorted(self._publisher_slugs))

    @question
    def publisher_label(self, slug: str) -> str:
        """What the publisher of a page is called."""
        group = self._groups["publishers"].get(slug)
        return group.label if group else slug

    @question
    def group_slugs(self, folder: str) -> tuple[str, ...]:
        """The slugs of the topics, places, names or publishers that have a page, by label."""
        return tuple(self._groups[folder])

    @question
    def group_counts(self, folder: str) -> tuple[tuple[str, int], ...]:
        """The same slugs, each with its number of releases."""
        return tuple((group.slug, len(group.cards)) for group in self._groups[folder].values())

    @question
    def lettered_groups(self, folder: str, language: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The same slugs by the first letters that an index in a language files them under, where they are too many for one page; else
        nothing."""
        return _lettered(
            (group.term.filed_as(language) if group.term else group.label, group.slug)
            for group in self._groups[folder].values()
        )

    @question
    def group_letters(self, folder: str, language: str) -> tuple[tuple[str, int], ...]:
        """The parts of a long index: first letters, and how many entries begin so. Nothing where the index is whole."""
        return tuple((letters, len(members)) for letters, members in self.lettered_groups(folder, language))

    @question
    def groups_under(self, folder: str, language: str, letters: str) -> tuple[str, ...]:
        """The slugs in a part of a long index."""
        return dict(self.lettered_groups(folder, language)).get(letters, ())

    @question
    def group(self, folder: str, slug: str) -> Group | None:
        """A topic, place, name or publisher with its releases, newest first."""
        return self._groups[folder].get(slug)

    @question
    def group_facts(self, folder: str, slug: str) -> Facts | None:
        """A group in numbers."""
        group = self.group(folder, slug)
        return _facts(group.label, group.slug, group.term, group.cards) if group else None

    @passing
    @question
    def parts(self, folder: str, slug: str) -> tuple[Part[Listed], ...]:
        """The list of a group, and each part of it that has a page of its own."""
        group = self.group(folder, slug)
        return division.divided(tuple[Listed, ...](group.cards)) if group else ()

    @passing
    @question
    def part(self, folder: str, slug: str, stem: str) -> Part[Listed] | None:
        """One part of a group's list; the stem "" is the whole."""
        parts: Mapping[str, Part[Listed]] = self._by_stem("parts", self.parts(folder, slug), folder, slug)
        return parts.get(stem)

    @question
    def part_stems(self, folder: str, slug: str) -> tuple[str, ...]:
        """The stems of the parts of a group's list that have a page of their own."""
        group = self.group(folder, slug)
        return tuple(division.stems(tuple[Listed, ...](group.cards))) if group else ()

    @question
    def part_neighbours(self, folder: str, slug: str, stem: str) -> tuple[str, str]:
        """What the releases of the part of a group's list before one in time state, and those of the part after it ("2013", "201X"); empty
        where there is none."""
        return division.neighbours(self.parts(folder, slug), stem)

    @question
    def parts_beside(self, folder: str, slug: str, stem: str) -> tuple[tuple[Key, str], ...]:
        """Key and stem of each part that stands beside one of a group's list that is no time (`division.beside`)."""
        return division.beside(self.parts(folder, slug), stem)

    @question
    def group_newest(self, folder: str, slug: str, count: int) -> tuple[Card, ...]:
        """The newest releases of a group."""
        group = self.group(folder, slug)
        return group.cards[:count] if group else ()

    @question
    def companions(self, folder: str, slug: str, kind: Kind, most: int) -> tuple[tuple[str, int], ...]:
        """The terms of a kind that the releases of a group name most often, itself left out: (slug, how often)."""
        group = self.group(folder, slug)
        field = FOLDERS[kind]
        counts = Counter[str](chain.from_iterable(map(attrgetter(field), group.cards))) if group else Counter[str]()
        if folder == field:
            del counts[slug]
        return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:most])

    @question
    def slugs_of(self, folder: str, slug: str) -> tuple[str, ...]:
        """The slugs of a group's releases, newest first."""
        group = self.group(folder, slug)
        return tuple(card.slug for card in group.cards) if group else ()

    @question
    def most_frequent(self, folder: str, count: int) -> tuple[str, ...]:
        """The slugs of the groups with most releases, as far as they have some."""
        by_count = sorted((pair for pair in self.group_counts(folder) if pair[1]), key=lambda pair: (-pair[1], pair[0]))
        return tuple(slug for slug, _ in by_count[:count])

    @question
    def frequent(self, folder: str, count: int) -> tuple[str, ...]:
        """The slugs of the `count` groups with most releases, as far as they have some, and of all that have as many as the last of them,
        by slug: which of those are shown is for their labels in a language to settle."""
        return _leading((pair for pair in self.group_counts(folder) if pair[1]), count)

    # ---- publishers' numbers ----------------------------------------------------------------------------------------------------

    @question
    def has_numbers(self, slug: str) -> bool:
        """Whether a release that stands carries a number of this publisher."""
        group = self.group("publishers", slug)
        return group is not None and any(card.reference for card in group.cards)

    @question
    def unnumbered(self) -> int:
        """How many releases, withdrawn ones among them, carry no number."""
        return sum(not release.reference for release in self.listed())

    @question
    def numbering(self) -> tuple[tuple[str, str, int], ...]:
        """The publishers that number their releases, by label: slug, label, how many numbers; last those not stated, without a label."""
        return tuple(
            (slug, releases[0].publisher or "", len(releases)) for slug, releases in self._all_numbered().items()
        )

    @question
    def numbered(self, slug: str) -> tuple[Listed, ...]:
        """The releases that carry a number of this publisher, withdrawn ones among them, newest first."""
        return self._all_numbered().get(slug, ())

    @passing
    @question
    def number_parts(self, slug: str) -> tuple[NumberPart, ...]:
        """The numbers of a publisher, and each part of them that has a page of its own."""
        return numbering.divided(self.numbered(slug))

    @passing
    @question
    def number_part(self, slug: str, stem: str) -> NumberPart | None:
        """One part of a publisher's numbers; the stem "" is the whole."""
        parts: Mapping[str, NumberPart] = self._by_stem("number_parts", self.number_parts(slug), slug)
        return parts.get(stem)

    @question
    def number_overview(self, slug: str) -> tuple[tuple[str, str, int], ...]:
        """The parts of a publisher's numbers that its first page leads to, as (name, stem, number of references); none where it has all."""
        whole = self.number_part(slug, "")
        return whole.parts if whole else ()

    @question
    def number_stems(self, slug: str) -> tuple[str, ...]:
        """The stems of the parts of a publisher's numbers that have a page of their own."""
        return tuple(part.stem for part in self.number_parts(slug) if part.stem)

    @question
    def numberer(self, slug: str) -> str:
        """What the publisher of a page of numbers is called; empty where it is not stated."""
        numbered = self.numbered(slug)
        return (numbered[0].publisher or "") if numbered else slug

    def _all_numbered(self) -> Mapping[str, tuple[Listed, ...]]:
        """The numbered releases by their publisher's slug, in the order of the labels. A publisher of withdrawn releases alone has no
        page, but its numbers have: under a slug that no publisher with a page has. Numbers of a publisher that is not stated are last."""
        listed = self.listed()
        if self._numbered is None:
            by_label: dict[str, list[Listed]] = {}
            for release in listed:
                if release.reference:
                    by_label.setdefault(release.publisher or "", []).append(release)
            others = slugs.distinct(label for label in by_label if label and label not in self._publisher_slugs)
            taken = {*self._publisher_slugs.values()}
            slug_of_label = self._publisher_slugs | {
                label: f"{slug}-{slugs.mark(label)}" if slug in taken | {NOT_STATED} else slug
                for label, slug in others.items()
            }
            unstated = f"{NOT_STATED}-{slugs.mark('')}" if NOT_STATED in taken else NOT_STATED
            slug_of_label[""] = unstated
            self._numbered = {
                slug_of_label[label]: tuple(by_label[label])
                for label in sorted(by_label, key=lambda label: (not label, label.casefold(), label))
            }
        return self._numbered

    def _by_stem(self, name: str, parts: Iterable[Any], *given: str) -> Mapping[str, Any]:
        """The parts that answer a question, by their stem: asked for one by one, they must not be searched each time."""
        key = (name, *given)
        by_stem = self._parts.get(key)
        if by_stem is None:
            by_stem = self._parts[key] = {part.stem: part for part in parts}
        return by_stem

    # ---- dates -----------------------------------------------------------------------------------------------------------------

    @question
    def year_labels(self) -> tuple[tuple[str, int, tuple[tuple[str, int], ...], int], ...]:
        """The years, newest first: label, number of releases, months as (label, number), number of those listed under no month. A
        release whose date spans several years, or months, is in the number of each."""
        return tuple(
            (
                year.label,
                len(year.listed),
                tuple((month.label, len(month.listed)) for month in year.months),
                len(year.without_month),
            )
            for year in self._archive.years
        )

    @question
    def year(self, label: str) -> Year | None:
        """A year with its months."""
        return self._years.get(label)

    @question
    def month(self, label: str) -> tuple[Listed, ...]:
        """The releases of a month, newest first."""
        year = self.year(label.rpartition("-")[0])
        return next((month.listed for month in year.months if month.label == label), ()) if year else ()

    @question
    def year_counts(self, label: str) -> tuple[int, tuple[tuple[str, int], ...], int]:
        """One of the years of `year_labels`: number of releases, months as (label, number), number of those listed under no month."""
        for year, count, months, without_month in self.year_labels():
            if year == label:
                return count, months, without_month
        return 0, (), 0

    @question
    def year_days(self, label: str) -> tuple[tuple[str, int], ...]:
        """The days (ISO 8601) of a year that releases are dated to, each with their number, sorted."""
        year = self.year(label)
        days = Counter(listed.date.iso for listed in (year.listed if year else ()))
        return tuple(sorted((day, count) for day, count in days.items() if len(day) == 10))

    @question
    def year_newest(self, label: str, count: int) -> tuple[Listed, ...]:
        """The newest releases of a year."""
        year = self.year(label)
        return year.listed[:count] if year else ()

    @question
    def standing_years(self) -> tuple[str, ...]:
        """The labels of the years, newest first, that have a release that stands; behind them `UNDATED` where one states no year."""
        labels = [year.label for year in self._archive.years if _has_card(year.listed)]
        return (*labels, UNDATED) if _has_card(self._archive.undated) else tuple(labels)

    @question
    def standing_count(self, label: str) -> int:
        """How many releases stand of a year, or of no year (`UNDATED`)."""
        return sum(isinstance(each, Card) for each in self._of_year(label))

    @question
    def standing_newest(self, label: str, count: int) -> tuple[Card, ...]:
        """The newest of the releases that stand of one of these years."""
        return tuple([each for each in self._of_year(label) if isinstance(each, Card)][:count])

    def _of_year(self, label: str) -> tuple[Listed, ...]:
        if label == UNDATED:
            return self.undated()
        year = self.year(label)
        return year.listed if year else ()

    @question
    def year_neighbours(self, label: str) -> tuple[str, str]:
        """The labels of the year with releases before one and of that after it; empty where there is none."""
        return _neighbours([year for year, *_ in self.year_labels()], label)

    @question
    def months(self) -> tuple[str, ...]:
        """The labels of all months with releases, newest first."""
        return tuple(month for _, _, months, _ in self.year_labels() for month, _ in months)

    @question
    def month_neighbours(self, label: str) -> tuple[str, str]:
        """The labels of the month with releases before one and of that after it; empty where there is none."""
        return _neighbours(self.months(), label)

    @question
    def undated(self) -> tuple[Listed, ...]:
        """The releases whose dates state no year."""
        return self._archive.undated

    @passing
    @question
    def date_parts(self, label: str) -> tuple[Part[Listed], ...]:
        """What a list of the index by date holds, and each part of it that has a page of its own.

        `label` is a month ("2012-02"), the releases of a year that are listed under none of its months, for either reason
        ("2012-no-month", "2012-spanning-months"), or those without a year ("undated").
        """
        if label == UNDATED:
            return division.divided(self.undated(), "letters", stem=label)
        for missing in division.WITHOUT_MONTH:
            of_year = label.removesuffix(f"-{division.Key('', missing).stem}")
            if of_year != label:
                year = self.year(of_year)
                without = year.without_month if year else ()
                listed = [release for release in without if division.missing_unit(release.edtf, "month") == missing]
                return division.divided(listed, "letters", division.Key("", missing, of_year), label)
        return division.divided(self.month(label), "day", division.Key(label), label)

    @passing
    @question
    def date_part(self, label: str, stem: str) -> Part[Listed] | None:
        """One part of such a list; the stem that is the label is the whole."""
        return next((part for part in self.date_parts(label) if part.stem == stem), None)

    @question
    def date_parts_beside(self, label: str, stem: str) -> tuple[tuple[Key, str], ...]:
        """Key and stem of each part that stands beside one of such a list that is no time (`division.beside`)."""
        return division.beside(self.date_parts(label), stem)

    @question
    def date_count(self, label: str) -> int:
        """How many releases such a list holds."""
        return self.date_parts(label)[0].count

    # ---- quotations ------------------------------------------------------------------------------------------------------------

    @question
    def speaker_counts(self) -> tuple[tuple[str, str, str, int], ...]:
        """Who is quoted, by label: slug, label, slug of the name (or empty), how often."""
        return tuple(
            (speaker.slug, speaker.label, speaker.name, len(speaker.quotations)) for speaker in self._archive.speakers
        )

    @question
    def all_quotations(self) -> tuple[Quoted, ...]:
        """What anybody is quoted with, those of the newest release first, each release's in their order. What several publications of one
        text have is there once, as in `Speaker`."""
        of_release: dict[str, list[Quoted]] = {}
        for speaker in self._archive.speakers:
            for card, number in speaker.quotations:
                of_release.setdefault(card.slug, []).append((card, number))
        ordered = (of_release.get(listed.slug, ()) for listed in self._archive.listed)
        return tuple(chain.from_iterable(sorted(pairs, key=itemgetter(1)) for pairs in ordered))

    @question
    def quotation_totals(self) -> tuple[int, int, int]:
        """How many quotations the archive has, how many of them in its own words, and how many speakers there are."""
        quotations = self.all_quotations()
        return (
            len(quotations),
            sum(not card.verbatim[number] for card, number in quotations),
            len(self._archive.speakers),
        )

    @passing
    @question
    def quotation_parts(self) -> tuple[SpeakerPart, ...]:
        """All quotations, and each part of them that has a page of its own."""
        return quoting.indexed(self.all_quotations())

    @passing
    @question
    def quotation_part(self, stem: str) -> SpeakerPart | None:
        """One part of all quotations; the stem "" is the whole."""
        parts: Mapping[str, SpeakerPart] = self._by_stem("quotation_parts", self.quotation_parts())
        return parts.get(stem)

    @question
    def quotation_stems(self) -> tuple[str, ...]:
        """The stems of the parts of all quotations that have a page of their own."""
        return tuple(part.stem for part in self.quotation_parts() if part.stem)

    @question
    def speaker_slug(self, name: str, label: str) -> str:
        """The slug of the page of a speaker, as a card names one: the slug of a name, or empty; the speaker as written. Empty where nobody
        of that name is quoted."""
        speaker = self._speaker_keys.get((name, "" if name else label))
        return speaker.slug if speaker else ""

    @question
    def most_quoted(self, count: int) -> tuple[str, ...]:
        """The slugs of the `count` speakers with most quotations and of all that have as many as the last of them, by slug."""
        return _leading(((slug, quotations) for slug, _, _, quotations in self.speaker_counts()), count)

    @question
    def lettered_speakers(self, language: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The slugs of the speakers by the first letters that an index in a language files them under, where they are too many for one
        page; else nothing."""
        return _lettered(
            (self._terms["name", speaker.name].filed_as(language) if speaker.name else speaker.label, speaker.slug)
            for speaker in self._archive.speakers
        )

    @question
    def speaker_letters(self, language: str) -> tuple[tuple[str, int], ...]:
        """The parts of a long index of speakers: first letters, and how many entries begin so. Nothing where the index is whole."""
        return tuple((letters, len(members)) for letters, members in self.lettered_speakers(language))

    @question
    def speakers_under(self, language: str, letters: str) -> tuple[str, ...]:
        """The slugs in a part of a long index of speakers."""
        return dict(self.lettered_speakers(language)).get(letters, ())

    @question
    def speaker_slugs(self) -> tuple[str, ...]:
        """The slugs of all speakers, by label."""
        return tuple(slug for slug, *_ in self.speaker_counts())

    @question
    def speaker_facts(self, slug: str) -> Facts | None:
        """What a speaker is quoted with in numbers: a quotation counts, dated as its release is."""
        speaker = self.speaker(slug)
        if speaker is None:
            return None
        term = self._terms.get(("name", speaker.name)) if speaker.name else None
        return _facts(speaker.label, slug, term, [card for card, _ in speaker.quotations])

    @question
    def speaker_label(self, slug: str) -> tuple[str, str]:
        """What a speaker is called, and the slug of the speaker's name (or empty)."""
        speaker = self._speakers.get(slug)
        return (speaker.label, speaker.name) if speaker else (slug, "")

    @question
    def speaker_count(self, slug: str) -> int:
        """How many quotations a speaker has."""
        speaker = self._speakers.get(slug)
        return len(speaker.quotations) if speaker else 0

    @question
    def speaker(self, slug: str) -> Speaker | None:
        """Everything a speaker is quoted with."""
        return self._speakers.get(slug)

    @passing
    @question
    def speaker_parts(self, slug: str) -> tuple[SpeakerPart, ...]:
        """What a speaker is quoted with, and each part of it that has a page of its own."""
        speaker = self.speaker(slug)
        return quoting.divided(speaker.quotations) if speaker else ()

    @passing
    @question
    def speaker_part(self, slug: str, stem: str) -> SpeakerPart | None:
        """One part of what a speaker is quoted with; the stem "" is the whole."""
        parts: Mapping[str, SpeakerPart] = self._by_stem("speaker_parts", self.speaker_parts(slug), slug)
        return parts.get(stem)

    @question
    def speaker_stems(self, slug: str) -> tuple[str, ...]:
        """The stems of the parts of what a speaker is quoted with that have a page of their own."""
        if self.speaker_count(slug) <= quoting.LIMIT:
            return ()
        return tuple(part.stem for part in self.speaker_parts(slug) if part.stem)

    @question
    def quoted(self, name: str) -> int:
        """How often somebody in names.toml is quoted: 0 where never, and then there is no page of these quotations."""
        speaker = self._speakers.get(name)
        return len(speaker.quotations) if speaker and speaker.name == name else 0

    @passing
    @question
    def speakers_of(self, slug: str) -> tuple[tuple[str, str], ...]:
        """The speakers a release quotes, by label: (slug, label)."""
        card = self._listed.get(slug)
        if not isinstance(card, Card):
            return ()
        keys = {(name, "" if name else label) for name, label in card.speakers if label}
        speakers = sorted(
            map(self._speaker_keys.__getitem__, keys), key=lambda speaker: (speaker.label.casefold(), speaker.slug)
        )
        return tuple((speaker.slug, speaker.label) for speaker in speakers)

    # ---- figures ---------------------------------------------------------------------------------------------------------------

    @question
    def all_figures(self) -> tuple[tuple[str, int], ...]:
        """Every figure of the archive, as (slug of the release, place among its figures): by what is counted, then in time. A draft's that
        leaves open what it counts is none of them."""
        return tuple((card.slug, number) for counted in self._archive.counted for card, number in counted.figures)

    @question
    def counted_counts(self) -> tuple[tuple[str, str, int], ...]:
        """What figures count, by label: slug, label, how many figures."""
        return tuple((counted.slug, counted.label, len(counted.figures)) for counted in self._archive.counted)

    @question
    def figure_totals(self) -> tuple[int, int]:
        """How many figures the archive has, and how many things they count."""
        counts = self.counted_counts()
        return sum(count for *_, count in counts), len(counts)

    @question
    def most_counted(self, count: int) -> tuple[str, ...]:
        """The slugs of the `count` things with most figures and of all that have as many as the last of them, by slug."""
        return _leading(((slug, figures) for slug, _, figures in self.counted_counts()), count)

    @question
    def lettered_counted(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The slugs of what is counted by their first letters, where they are too many for one page; else nothing."""
        return _lettered((label, slug) for slug, label, _ in self.counted_counts())

    @question
    def counted_letters(self) -> tuple[tuple[str, int], ...]:
        """The parts of a long index of what is counted: first letters, and how many slugs begin so. Nothing where the index is whole."""
        return tuple((letters, len(members)) for letters, members in self.lettered_counted())

    @question
    def counted_under(self, letters: str) -> tuple[str, ...]:
        """The slugs in a part of a long index of what is counted; without letters all of them."""
        if not letters:
            return tuple(slug for slug, *_ in self.counted_counts())
        return dict(self.lettered_counted()).get(letters, ())

    @question
    def counted(self, slug: str) -> Counted | None:
        """Every figure that counts one thing."""
        return self._counted.get(slug)

    @question
    def counted_facts(self, slug: str) -> tuple[str, int, tuple[str, ...], tuple[str, ...]]:
        """A counted thing in short: what it is called, how many figures; the slugs of the places that they state, sorted; the earliest and
        the latest date that they are as of (EDTF), among those that state a year."""
        counted = self.counted(slug)
        if counted is None:
            return "", 0, (), ()
        countings = [card.countings[number] for card, number in counted.figures]
        places = sorted({each.place for each in countings if each.place})
        dated = [each.as_of for each in countings if each.date.years]
        return counted.label, len(countings), tuple(places), (dated[0], dated[-1]) if dated else ()

    @passing
    @question
    def counted_parts(self, slug: str) -> tuple[CountedPart, ...]:
        """The figures that count one thing, and each part of them that has a page of its own."""
        counted = self.counted(slug)
        return counting.divided(counted.figures) if counted else ()

    @passing
    @question
    def counted_part(self, slug: str, stem: str) -> CountedPart | None:
        """One part of the figures that count one thing; the stem "" is the whole."""
        parts: Mapping[str, CountedPart] = self._by_stem("counted_parts", self.counted_parts(slug), slug)
        return parts.get(stem)

    @question
    def counted_stems(self, slug: str) -> tuple[str, ...]:
        """The stems of the parts of the figures that count one thing that have a page of their own."""
        if self.counted_facts(slug)[1] <= counting.LIMIT:
            return ()
        return tuple(part.stem for part in self.counted_parts(slug) if part.stem)

    @question
    def counted_at(self, place: str) -> tuple[tuple[str, str, int], ...]:
        """What is counted in a place: slug, label, how many figures of this place."""
        if self._counted_at is None:
            self._counted_at = {}
            for counted in self._archive.counted:
                places = Counter(card.countings[number].place for card, number in counted.figures)
                for of_place, count in places.items():
                    self._counted_at.setdefault(of_place, []).append((counted.slug, counted.label, count))
        return tuple(self._counted_at.get(place, ()))

    # ---- search ----------------------------------------------------------------------------------------------------------------

    @question
    def result_languages(self) -> tuple[str, ...]:
        """The languages a search result's date is given in, the archive's own first."""
        settings = self._archive.settings
        return tuple(
            dict.fromkeys(
                (settings.language, *(language for language in settings.languages if languages.catalogue(language)))
            )
        )

    @question
    def also_called(self, kind: Kind, slug: str) -> tuple[str, ...]:
        """The words that find an entry of a vocabulary: its label, its aliases, its translations."""
        term = self._terms.get((kind, slug))
        return (term.label, *term.aliases, *(label for _, label in term.translations)) if term else ()

    @passing
    @question
    def filters(self, slug: str) -> tuple[tuple[str, str, str], ...]:
        """What a release is found under, as (facet, value, label): topic, place, name, speaker, publisher, kind, year, language. Places
        are those that it names and those around them. A tombstone has the last three alone, so that a publisher has as many here as on its
        page; a value that no label is needed for has itself, one that is not stated none."""
        listed = self.card(slug)
        if listed is None:
            return ()
        return tuple(
            dict.fromkeys(
                (
                    *(
                        (kind, term, self.label(kind, term).label)
                        for kind, named in _terms_of(listed)
                        for term in (named, *(self.around(named) if kind == "place" else ()))
                    ),
                    *(("speaker", speaker, label) for speaker, label in self.speakers_of(slug)),
                    *_plain_filters(listed, self.publisher(listed.publisher) if listed.publisher else ""),
                )
            )
        )

    @question
    def facets(self) -> FacetCounts:
        """What the search page counts: how many releases there are, and of each facet that some have the values, sorted, as (value, label,
        how many releases, the label's translations)."""
        counts = Counter[tuple[str, str]]()
        labels: dict[tuple[str, str], str] = {}
        translations: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {}
        speakers: dict[tuple[str, str], tuple[str, str, str]] = {}
        for speaker_slug, label, name, _ in self.speaker_counts():
            speakers[name, "" if name else label] = ("speaker", speaker_slug, label)
            if name:
                translations["speaker", speaker_slug] = self.label("name", name).translations
        for kind in FOLDERS:
            for term in self.terms(kind):
                labels[kind, term.slug] = term.label
                translations[kind, term.slug] = term.translations
        listed = self.listed()
        # Of two spellings of one value (a kind of document) the first by address is its label.
        for release in sorted(listed, key=lambda release: routes.release(release.slug)):
            filters: list[tuple[str, str, str]] = [
                (kind, term, labels.get((kind, term), term))
                for kind, named in _terms_of(release)
                for term in (named, *(self._around.get(named, ()) if kind == "place" else ()))
            ]
            if isinstance(release, Card):
                filters += [speakers[name, "" if name else speaker] for name, speaker in release.speakers if speaker]
            filters += _plain_filters(release, self.publisher(release.publisher) if release.publisher else "")
            for facet, value, label in dict.fromkeys(filters):
                counts[facet, value] += 1
                labels.setdefault((facet, value), label)
        values: dict[str, list[tuple[str, str, int, tuple[tuple[str, str], ...]]]] = {}
        for (facet, value), count in sorted(counts.items()):
            key = facet, value
            values.setdefault(facet, []).append((value, labels[key], count, translations.get(key, ())))
        return self.facts().count, tuple((facet, tuple(of_facet)) for facet, of_facet in values.items())


NOT_STATED = "not-stated"
"""The value of a facet where the record states none."""


def kind_slug(kind: str) -> str:
    """A kind of document as a filter value: "press release" is "press-release"."""
    return re.sub(r"[^\w]+", "-", kind.lower()).strip("-")


def search_years(date: Date) -> tuple[str, ...]:
    """The years a date is found under in a search, which are those of the index by date; `not-stated` where it states none."""
    return tuple(map(year_label, date.years)) or (NOT_STATED,)


def _terms_of(listed: Listed) -> list[tuple[Kind, str]]:
    """The entries of the vocabularies that a release names. Of what is withdrawn nothing that its text says is found: whom and what it is
    about may be why it is gone."""
    if isinstance(listed, Tombstone):
        return []
    return [
        *(("topic", slug) for slug in listed.topics),
        *(("place", slug) for slug in listed.places),
        *(("name", slug) for slug in listed.names),
    ]


def _plain_filters(listed: Listed, publisher: str) -> list[tuple[str, str, str]]:
    """What any release is found under; what is withdrawn, not under its publisher, whose page does not list it. `publisher` is the slug of
    that page."""
    filters = []
    if isinstance(listed, Card):
        if not listed.publisher:
            filters.append(("publisher", NOT_STATED, ""))
        elif publisher:
            filters.append(("publisher", publisher, listed.publisher))
    if listed.kind:
        filters.append(("kind", kind_slug(listed.kind), listed.kind))
    filters += [("year", year, year) for year in search_years(listed.date)]
    return [*filters, ("language", listed.language, listed.language)]


def _has_card(listed: Iterable[Listed]) -> bool:
    return any(isinstance(each, Card) for each in listed)


def _neighbours(newest_first: Sequence[str], label: str) -> tuple[str, str]:
    """The one before a label in time, and the one after it; empty where there is none."""
    if label not in newest_first:
        return "", ""
    position = newest_first.index(label)
    return newest_first[position + 1] if position + 1 < len(newest_first) else "", newest_first[
        position - 1
    ] if position else ""


def _digest_of_little(answer: Any) -> bytes:
    """The digest of an empty answer, which most releases share: no family, no text, nothing."""
    shape = type(answer)
    digest = _LITTLE.get(shape)
    if digest is None:
        digest = _LITTLE[shape] = typed_digest(answer)
    return digest


_LITTLE: dict[type, bytes] = {}


def _digest_of_pair(first: str, second: str) -> bytes:
    """The digest of a pair of texts, as of any answer."""
    return _hash(b"tuple" + encoded((first, second)))


_NOTHING: array[int] = array("I")
_UNRELATED = Relations()


def _hash(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=DIGEST).digest()


_FIELD_NAMES: dict[type, tuple[str, ...]] = {}


def _names(shape: type[Struct]) -> tuple[str, ...]:
    names = _FIELD_NAMES.get(shape)
    if names is None:
        names = _FIELD_NAMES[shape] = shape.__struct_fields__
    return names


def _lettered(filed: Iterable[tuple[str, str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The slugs of an index, given as (filed under, slug) pairs, by the first letters of what they are filed under, where they are too many
    for one page; else nothing. What is filed under signs alone has the letters of its slug."""
    pairs = [(languages.filing_letters(words) or slug, slug) for words, slug in filed]
    if len(pairs) <= division.LIMIT * 2:
        return ()
    lettered = division.lettered(((letters, slug) for letters, slug in pairs), division.LIMIT)
    return tuple((letters, tuple(members)) for letters, members in lettered)


def _leading(counts: Iterable[tuple[str, int]], number: int) -> tuple[str, ...]:
    """Those with the `number` largest counts, and all others that have the least of these."""
    counts = list(counts)
    least = min(heapq.nlargest(number, (count for _, count in counts)), default=0)
    return tuple(sorted(slug for slug, count in counts if count >= least))


@cache
def _periods(edtf: str) -> tuple[tuple[int, ...], tuple[str, ...], tuple[tuple[str, str], ...]]:
    """The years that a date is listed under, the months of the years 0 to 9999, and the ends of it as (ISO 8601, EDTF)."""
    date = checked(edtf) if edtf else DATE_NOT_STATED
    years = date.years
    months = tuple(f"{year:04}-{month:02}" for year in years if 0 <= year <= 9999 for month in date.months(year))
    return years, months, tuple((end.iso, end.edtf) for end in date.ends if end.iso)


def _facts(label: str, slug: str, term: Term | None, listed: Iterable[Listed]) -> Facts:
    # An archive has far fewer dates than releases: each is looked at once.
    years, months = Counter[int](), Counter[str]()
    stated: list[tuple[str, str]] = []
    count = without_year = without_month = 0
    for edtf, number in Counter(map(attrgetter("edtf"), listed)).items():
        of_years, of_months, ends = _periods(edtf)
        count += number
        for year in of_years:
            years[year] += number
        for month in of_months:
            months[month] += number
        if not of_months:
            without_month += number
            without_year += 0 if any(0 <= year <= 9999 for year in of_years) else number
        stated += ends
    return Facts(
        label,
        slug,
        term,
        count,
        min(stated)[1] if stated else "",
        max(stated)[1] if stated else "",
        tuple(sorted(years.items())),
        tuple(sorted(months.items())),
        without_year,
        without_month,
    )


def interface_languages(settings: Settings) -> tuple[str, ...]:
    """The languages the site's own words are shown in, the archive's main language first.

    English stands in for a main language the interface does not speak; another such language gets no edition.
    """
    return languages.editions(settings.language, settings.languages)
