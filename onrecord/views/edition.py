"""The archive in one interface language: links, entries and dates as its pages need them.

Whatever depends on the archive is asked of the Reader each time, so that every page notes what it was made from; only what follows from
an answer and the language alone is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from onrecord import dates, faces, languages, look, map_shapes, maps, routes, writing
from onrecord.dates import Date, NotADate, year_label
from onrecord.faces import ShownText
from onrecord.maps import Map, Spot
from onrecord.model import Article, Card, Figure, Kind, Listed, Quotation, Settings, Term
from onrecord.reader import FOLDERS, Frame, Label, Reader, interface_languages
from onrecord.routes import href
from onrecord.views.frame import (
    Alternate,
    Day,
    Entry,
    FigureEntry,
    Footer,
    FooterLink,
    LogoImage,
    PageInfo,
    PageLink,
    QuotationEntry,
    Reprint,
    Site,
    Translation,
)

_MOST_ENTRIES = 10_000
"""How many lines of lists an edition keeps at hand: about those that are asked again soon."""


class _Framed(NamedTuple):
    """The frame of the site, and what follows from it for an edition: the interface languages, the main one first; the edition's folder;
    what all its pages show."""

    frame: Frame
    languages: tuple[str, ...]
    prefix: str
    site: Site


class Edition:
    """One interface language of the site. `ask` is how its pages ask the archive; `translate` gives the words of the interface in
    that language for English ones."""

    def __init__(self, ask: Reader, language: str, translate: Callable[[str], str] = str) -> None:
        self.ask = ask
        self.translate = translate
        self.language = language
        self._language = languages.catalogue(language)
        self.dir = writing.direction(language)
        self.first_weekday = languages.first_weekday(language)
        self._days: dict[str, Day] = {}
        self._units: dict[str, str] = {}
        self._entries: dict[str, Entry] = {}
        self._links: dict[tuple[Kind, str], tuple[Label, PageLink]] = {}
        self._framed: _Framed | None = None

    @property
    def _frame(self) -> _Framed:
        """The frame of the site, and what follows from it. Asked each time, so that every page notes it; worked out once."""
        frame = self.ask.frame()
        if self._framed is None or self._framed.frame is not frame:
            languages = interface_languages(frame.settings)
            self._framed = _Framed(frame, languages, routes.prefix(self.language, languages[0]), self._site(frame))
        return self._framed

    @property
    def languages(self) -> tuple[str, ...]:
        """The interface languages of the site, the main one first."""
        return self._frame.languages

    @property
    def prefix(self) -> str:
        """The folder the pages of this edition are in, below the top of the site; empty for the main one."""
        return self._frame.prefix

    @property
    def site(self) -> Site:
        """What every page shows of the archive and the edition."""
        return self._frame.site

    @property
    def settings(self) -> Settings:
        """What archive.toml says, in the archive's own language: what an edition shows of it is `site`."""
        return self._frame.frame.settings

    # ---- words --------------------------------------------------------------------------------------------------------------

    def day(self, date: Date) -> Day:
        """A date for a template, in the edition's language."""
        day = self._days.get(date.edtf)
        if day is None:
            day = Day(languages.date_words(date, self.language), date.exact)
            self._days[date.edtf] = day
        return day

    def date_in_words(self, iso: str) -> str:
        """A year, month or day as ISO 8601 in words, in the edition's language."""
        in_words = self._units.get(iso)
        if in_words is None:
            try:
                in_words = languages.day_words(iso, self.language)
            except NotADate:
                in_words = iso
            self._units[iso] = in_words
        return in_words

    def month_name(self, number: int, short: bool = False) -> str:
        """A month's own name ("January" is 1) in the edition's language."""
        return languages.month_name(number, self.language, short)

    def weekday_name(self, column: int) -> tuple[str, str]:
        """The name and the short name of the day in column `column` of a calendar."""
        return languages.weekday_names((self.first_weekday + column) % 7, self.language)

    def digits(self, text: str) -> str:
        """A number's text with the digits of the edition's language."""
        return languages.digits(text, self.language)

    def listed(self, words: Iterable[str]) -> str:
        """Words behind each other, with the comma of the edition's language."""
        return languages.listed(words, self.language)

    def label(self, term: Term) -> str:
        """A term's label in the edition's language, or its own."""
        return writing.chosen(term.translations, self.language)[1] or term.label

    def description(self, term: Term | None) -> tuple[str, str, str]:
        """A term's description in the edition's language, or its own; then `lang` and `dir` as `foreign` has them."""
        if term is None:
            return "", "", ""
        language, text = writing.chosen(term.descriptions, self.language)
        if text and self.language != self.settings.language:
            return text, *self.foreign(language)
        return term.description, *self.foreign(self.settings.language)

    def label_of(self, kind: Kind, slug: str) -> str:
        """The label of an entry of a vocabulary in the edition's language, or its own."""
        label = self.ask.label(kind, slug)
        return writing.chosen(label.translations, self.language)[1] or label.label

    def foreign(self, language: str) -> tuple[str, str]:
        """`lang` and `dir` of a run in `language`, or empty texts where it is the edition's own, or that without its country."""
        return ("", "") if language in (self.language, self._language) else (language, writing.direction(language))

    # ---- links --------------------------------------------------------------------------------------------------------------

    def entry(self, listed: Listed) -> Entry:
        """A release as one line of a list."""
        entry = self._entries.get(listed.slug)
        if entry is None:
            if len(self._entries) >= _MOST_ENTRIES:
                self._entries.clear()
            lang, dir_ = self.foreign(listed.language)
            entry = self._entries[listed.slug] = Entry(
                href=href(routes.release(listed.slug)),
                title=listed.title,
                lang=lang,
                dir=dir_,
                date=self.day(listed.date),
                publisher=listed.publisher or "",
                reference=listed.reference,
                extent=listed.extent if isinstance(listed, Card) else "full",
                status=listed.status if isinstance(listed, Card) else "withdrawn",
            )
        return entry

    def entries(self, listed: Iterable[Listed]) -> tuple[Entry, ...]:
        """Releases as lines of a list, in their order."""
        return tuple(map(self.entry, listed))

    def entries_of(self, slugs: Iterable[str]) -> tuple[Entry, ...]:
        """The releases with these slugs as lines of a list, in their order."""
        return tuple(self.entry(listed) for slug in slugs if (listed := self.ask.card(slug)))

    def entries_or_none(self, slugs: tuple[str, str]) -> tuple[Entry | None, Entry | None]:
        """Two releases as lines of a list; None for an empty slug."""
        first, second = (self.ask.card(slug) if slug else None for slug in slugs)
        return self.entry(first) if first else None, self.entry(second) if second else None

    def term_link(self, kind: Kind, slug: str) -> PageLink:
        """A topic, place or name as a link; `href` is empty where it has no page."""
        label = self.ask.label(kind, slug)
        cached = self._links.get((kind, slug))
        if cached is None or cached[0] is not label:
            to = href(routes.group(FOLDERS[kind], slug)) if label.has_page else ""
            translated = writing.chosen(label.translations, self.language)[1]
            lang, dir_ = ("", "") if translated else self.foreign(self.settings.language)
            link = PageLink(to, translated or label.label, lang, dir_)
            cached = self._links[kind, slug] = label, link
        return cached[1]

    def publisher_link(self, label: str) -> PageLink:
        """A publisher as a link; `href` is empty where it has no page."""
        slug = self.ask.publisher(label)
        return PageLink(href(routes.group("publishers", slug)) if slug else "", label, "", "")

    def speaker_href(self, name: str) -> str:
        """The page with what somebody in names.toml is quoted with, or empty."""
        return href(routes.speaker(name)) if name and self.ask.quoted(name) else ""

    def quotation(self, card: Card, quotation: Quotation, also_in: tuple[Reprint, ...] = ()) -> QuotationEntry:
        """A quotation in a release, for the page of the release or of its speaker."""
        entry = self.entry(card)
        lang, dir_ = self.foreign(card.language) if quotation.text else ("", "")
        return QuotationEntry(
            speaker=quotation.speaker,
            speaker_href=self.speaker_href(quotation.name),
            text=quotation.text,
            summary=quotation.summary,
            lang=lang,
            dir=dir_,
            paragraph=quotation.paragraph or 0,
            passage=quotation.passage,
            passage_shown=self.digits(quotation.passage),
            href=f"{entry.href}#p{quotation.passage}" if quotation.passage else entry.href,
            entry=entry,
            also_in=also_in,
        )

    def figures(self, card: Card) -> tuple[FigureEntry, ...]:
        """The figures of a release, in their order."""
        figures = self.ask.figures(card.slug)
        slugs = self.ask.counted_of(card.slug) if figures else ()
        return tuple(self._figure(card, number, figure, slugs) for number, figure in enumerate(figures))

    def figure(self, card: Card, number: int) -> FigureEntry:
        """The figure at a place among those of a release."""
        figures = self.ask.figures(card.slug)
        assert number < len(figures), (card.slug, number)
        return self._figure(card, number, figures[number], self.ask.counted_of(card.slug))

    def _figure(self, card: Card, number: int, figure: Figure, counted: tuple[str, ...]) -> FigureEntry:
        entry = self.entry(card)
        lang, dir_ = self.foreign(card.language)
        of_words = self.ask.frame().settings.language if card.extent == "abstract" else card.language
        counts_lang, counts_dir = self.foreign(of_words)
        by = self.term_link("name", figure.name) if figure.name else None
        return FigureEntry(
            number=number + 1,
            value=figure.value,
            counts=figure.counts,
            counts_href=href(routes.counted(counted[number])) if counted[number] else "",
            lang=lang,
            dir=dir_,
            counts_lang=counts_lang,
            counts_dir=counts_dir,
            by=figure.by,
            by_href=by.href if by else "",
            as_of=self.day(dates.checked(figure.as_of)) if figure.as_of else None,
            place=self.term_link("place", figure.place) if figure.place else None,
            paragraph=figure.paragraph or 0,
            passage=figure.passage,
            passage_shown=self.digits(figure.passage),
            href=f"{entry.href}#p{figure.passage}" if figure.passage else f"{entry.href}#f{number + 1}",
            entry=entry,
        )

    def spots(self) -> tuple[Spot, ...]:
        """The places that have coordinates, as maps are given them."""
        found = []
        for slug in self.ask.group_slugs("places"):
            facts = self.ask.group_facts("places", slug)
            term = facts.term if facts else None
            if facts and facts.count and term and term.lat is not None and term.lon is not None:
                found.append((slug, term, term.lat, term.lon))
        outer = {around for slug, *_ in found for around in self.ask.around(slug)}
        return tuple(
            Spot(
                slug,
                self.label(term),
                href(routes.group("places", slug)),
                lat,
                lon,
                frozenset(self.ask.slugs_of("places", slug)),
                is_area(term, slug in outer),
            )
            for slug, term, lat, lon in found
        )

    def surroundings(self, term: Term) -> Map | None:
        """A map of where a place is; None where it has no coordinates. A country gets a wider one, as far as it reaches, which holds the
        places in it."""
        if term.lat is None or term.lon is None:
            return None
        inner = [
            facts.term for slug in self.ask.inner_places(term.slug) if (facts := self.ask.group_facts("places", slug))
        ]
        also = [
            Spot(place.slug, "", "", place.lat, place.lon)
            for place in inner
            if place and place.lat is not None and place.lon is not None
        ]
        if term.type == "country":
            also += [Spot(term.slug, "", "", lat, lon) for lon, lat in map_shapes.reach(term.lon, term.lat)]
        area = is_area(term, bool(inner))
        spot = Spot(term.slug, self.label(term), "", term.lat, term.lon, is_area=area)
        return maps.around([spot], 14.0 if term.type == "country" else 6.0, also if area else (), alone=True)

    def date_href(self, date: Date) -> str:
        """The first page of the index by date that lists a release: its month's, its year's, or the undated."""
        if not date.years:
            return routes.UNDATED
        year, months = year_label(date.years[0]), date.months(date.years[0])
        return routes.period(f"{year}-{months[0]:02}" if months else year)

    # ---- pages --------------------------------------------------------------------------------------------------------------

    def page(
        self,
        path: str,
        section: str,
        feeds: tuple[PageLink, ...] = (),
        edit: str = "",
        description: str = "",
        elsewhere: str = "",
        texts: tuple[ShownText, ...] = (),
    ) -> PageInfo:
        """Where the page at `path` (below the edition) stands. `elsewhere` is the path of the nearest page in the other languages, where
        there is none like it; `texts` are its main text: a list has none."""
        root = "../" * path.count("/")
        frame, languages_of_site, prefix, _ = self._frame
        settings = frame.settings
        base, main = settings.base_url, languages_of_site[0]
        top = root + "../" * prefix.count("/")
        own_path = elsewhere or path
        translations = tuple(
            Translation(
                href=routes.prefix(language, main) + href(own_path),
                label=languages.own_name(languages.catalogue(language)),
                lang=language,
                url=routes.absolute(base, routes.prefix(language, main) + own_path),
            )
            for language in languages_of_site
            if language != self.language
        )
        return PageInfo(
            path=prefix + path,
            root=root,
            top=top,
            section=section,
            canonical=routes.absolute(base, prefix + path),
            translations=translations,
            alternates=()
            if elsewhere
            else tuple(Alternate(other.lang, other.url) for other in translations if other.url),
            feeds=feeds,
            edit=edit,
            description=description or (self.site.scope if section == "home" else "") or self.site.title,
            faces=faces.of_page(self.language, texts),
        )

    def edit_href(self, path: str) -> str:
        """The address of the editor for a file below `content/` (GitHub's and its look-alikes' `/edit/BRANCH/PATH`)."""
        settings = self.ask.frame().settings
        repository = settings.repository.rstrip("/")
        return f"{repository}/edit/{quote(settings.branch)}/content/{href(path)}" if repository else ""

    def _site(self, frame: Frame) -> Site:
        settings = frame.settings.in_language(self.language)
        articles = sorted(frame.articles, key=lambda article: (article[0] != "about", article[0]))
        pages = tuple(
            self._article_link(frame, slug, title) for slug, title in articles if slug not in ("contribute", "colophon")
        )

        def of(key: str) -> tuple[str, str]:
            return self.foreign(frame.settings.language_of(key, self.language))

        return Site(
            title=settings.title,
            title_lang=of("title")[0],
            title_dir=of("title")[1],
            scope=settings.scope,
            scope_lang=of("scope")[0],
            scope_dir=of("scope")[1],
            publisher=settings.publisher,
            rights=settings.rights,
            rights_lang=of("rights")[0],
            rights_dir=of("rights")[1],
            contact=settings.contact,
            contact_href=_contact(settings.contact),
            repository=settings.repository.rstrip("/")
            if settings.repository.startswith(("https://", "http://"))
            else "",
            lang=self.language,
            dir=self.dir,
            own_lang=settings.language,
            own_dir=writing.direction(settings.language),
            version=frame.version,
            search=frame.search,
            drafts=frame.drafts,
            about=routes.article("about") if any(slug == "about" for slug, _ in articles) else "",
            articles=pages,
            figures=href(routes.FIGURES) if frame.figures else "",
            sections=frame.sections,
            editions=frame.editions,
            stylesheet=frame.look.stylesheet,
            logo=self._logo(frame),
            footer=self._footer(frame),
            offline_copy=href(routes.offline_copy(settings.offline_copy)) if settings.offline_copy else "",
        )

    def _article_link(self, frame: Frame, slug: str, title: str) -> PageLink:
        """One of the archive's own pages as a link, called as its translation is where there is one."""
        titles = [(language, of_page) for page, language, of_page in frame.translated_articles if page == slug]
        language, translated = writing.chosen(titles, self.language)
        lang, dir_ = self.foreign(language or frame.settings.language)
        return PageLink(href(routes.article(slug)), translated or title, lang, dir_)

    def article(self, slug: str) -> tuple[Article | None, str]:
        """One of the archive's own pages as the edition shows it, and its language: the translation, or the page itself."""
        frame = self.ask.frame()
        languages_of_page = [(language, language) for page, language, _ in frame.translated_articles if page == slug]
        language = writing.chosen(languages_of_page, self.language)[0]
        return self.ask.article(slug, language), language or frame.settings.language

    def edition_of(self, language: str) -> str:
        """The interface language of the site that a text's language is read in: "ar-SY" for ar. Empty where there is none."""
        wanted = languages.catalogue(language)
        return next((tag for tag in self.languages if wanted and languages.catalogue(tag) == wanted), "")

    def _logo(self, frame: Frame) -> LogoImage | None:
        logo = frame.look.logo
        if logo is None:
            return None
        alt, language = look.in_language(logo.alt, self.language, frame.settings.language)
        lang = self.foreign(language)[0] if alt else ""
        return LogoImage(logo.href, logo.dark, logo.width, logo.height, alt, lang, logo.with_title)

    def _footer(self, frame: Frame) -> Footer | None:
        added = frame.look
        if not added.footer and not added.footer_links:
            return None
        own = frame.settings.language
        text, language = look.in_language(added.footer, self.language, own)
        links = []
        for link in added.footer_links:
            label, of_label = look.in_language(link.label, self.language, own)
            links.append(FooterLink(link.href, bool(urlsplit(link.href).scheme), label, *self.foreign(of_label)))
        return Footer(text, *self.foreign(language), tuple(links))


def _contact(contact: str) -> str:
    if urlsplit(contact).scheme in ("https", "http", "mailto"):
        return contact
    local, at, host = contact.partition("@")
    return f"mailto:{contact}" if at and local and "." in host and not set(contact) & set(" <>\"'\\") else ""


def is_area(term: Term, holds_others: bool) -> bool:
    """Whether a place is an area on a map and no dot among those of its towns: a country, or what holds other places and is no town."""
    return term.type == "country" or (holds_others and term.type not in ("city", "town", "village"))
