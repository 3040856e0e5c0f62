"""The archive in one interface language: links, entries and dates as its pages need them."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterable
from urllib.parse import quote, urlsplit

from onrecord import cite, languages, maps
from onrecord.dates import Date, NotADate
from onrecord.maps import Map, Spot
from onrecord.model import Archive, Group, Release, Settings, Term
from onrecord.schema import direction
from onrecord.views.frame import Build, Day, Entry, PageInfo, PageLink, Site, Translation

FOLDERS = {"topic": "topics", "place": "places", "name": "names"}


def encoded(path: str) -> str:
    """A path as it stands in an `href`: everything beyond ASCII letters, digits and `-._~/` percent-encoded (RFC 3986 section 2.1)."""
    return path if path.isascii() and not set(path) & _UNSAFE else quote(path, safe="/")


_UNSAFE = frozenset(" \"#%?<>\\^`{|}!$&'()*+,;=:@[]")


def interface_languages(settings: Settings) -> tuple[str, ...]:
    """The languages the site's own words are shown in, the archive's main language first.

    English stands in for a main language the interface does not speak; another such language gets no edition.
    """
    main = settings.language if settings.language in languages.INTERFACE else "en"
    return tuple(
        dict.fromkeys((main, *(language for language in settings.languages if language in languages.INTERFACE)))
    )


class Edition:
    """One interface language of the site. `prefix` is the folder its pages stand in, empty for the archive's main language; `say` gives
    the words of the interface in that language for English ones."""

    def __init__(self, archive: Archive, build: Build, language: str, say: Callable[[str], str] = str) -> None:
        self.say = say
        self.archive = archive
        self.build = build
        self.language = language
        self.dir = direction(language)
        self.first_weekday = languages.first_weekday(language)
        settings = archive.settings
        self.languages = interface_languages(settings)
        self.prefix = self._prefix_of(language)
        self.site = self._site()
        years = [r.date.year for r in archive.releases if r.date.year is not None]
        self.span = (min(years), max(years)) if years else (0, 0)
        self._words: dict[str, Day] = {}
        self._units: dict[str, str] = {}
        self._entries: dict[str, Entry] = {}
        self.slugs = {release.slug: release for release in archive.releases}
        self._order = {release.slug: place for place, release in enumerate(archive.releases)}
        self._topics = {}
        for group in archive.topics:
            standing = [release.slug for release in group.releases if release.status != "withdrawn"]
            self._topics[group.slug] = ([self._order[slug] for slug in standing], standing)
        self._term_pages = {
            *((("topic", group.slug)) for group in archive.topics),
            *((("place", group.slug)) for group in archive.places),
            *((("name", group.slug)) for group in archive.names),
        }
        self._publishers = {group.label: group.slug for group in archive.publishers}
        self._speakers = {speaker.term.slug: speaker for speaker in archive.speakers if speaker.term}

    # ---- words --------------------------------------------------------------------------------------------------------------

    def day(self, date: Date) -> Day:
        """A date for a template, in the edition's language."""
        day = self._words.get(date.edtf)
        if day is None:
            day = Day(languages.date_words(date, self.language), cite.exact(date))
            self._words[date.edtf] = day
        return day

    def words(self, iso: str) -> str:
        """A year, month or day as ISO 8601 in words, in the edition's language."""
        said = self._units.get(iso)
        if said is None:
            try:
                said = languages.day_words(iso, self.language)
            except NotADate:
                said = iso
            self._units[iso] = said
        return said

    def month_name(self, number: int, short: bool = False) -> str:
        """A month's own name ("January" is 1) in the edition's language."""
        return languages.month_name(number, self.language, short)

    def weekday_name(self, place: int) -> tuple[str, str]:
        """The name and the short name of the day in column `place` of a calendar."""
        return languages.weekday_names((self.first_weekday + place) % 7, self.language)

    def digits(self, text: str) -> str:
        """A number's text with the digits of the edition's language."""
        return languages.digits(text, self.language)

    def label(self, term: Term) -> str:
        """A term's label in the edition's language, or its own."""
        for language, label in term.translations:
            if language == self.language:
                return label
        return term.label

    def foreign(self, language: str) -> tuple[str, str]:
        """`lang` and `dir` of a run in `language`, or empty texts where it is the edition's own."""
        return ("", "") if language == self.language else (language, direction(language))

    # ---- links --------------------------------------------------------------------------------------------------------------

    def entry(self, release: Release) -> Entry:
        """A release as one line of a list; made once, used on every page that lists it."""
        entry = self._entries.get(release.slug)
        if entry is None:
            lang, dir_ = self.foreign(release.language)
            entry = Entry(
                href=encoded(f"releases/{release.slug}.html"),
                title=release.title,
                lang=lang,
                dir=dir_,
                date=self.day(release.date),
                publisher=release.publisher or "",
                reference=release.reference,
                extent=release.extent,
                status=release.status,
            )
            self._entries[release.slug] = entry
        return entry

    def entries(self, releases: Iterable[Release]) -> tuple[Entry, ...]:
        """Releases as lines of a list, in their order."""
        return tuple(self.entry(release) for release in releases)

    def term_link(self, term: Term) -> PageLink:
        """A topic, place or name as a link; `href` is empty where it has no page."""
        href = encoded(f"{FOLDERS[term.kind]}/{term.slug}.html") if (term.kind, term.slug) in self._term_pages else ""
        return PageLink(href, self.label(term), "", "")

    def publisher_link(self, label: str) -> PageLink:
        """A publisher as a link; `href` is empty where it has no page."""
        slug = self._publishers.get(label)
        return PageLink(encoded(f"publishers/{slug}.html") if slug else "", label, "", "")

    def speaker_href(self, term: Term) -> str:
        """The page with what a person is quoted with, or empty."""
        speaker = self._speakers.get(term.slug)
        return encoded(f"quotations/{speaker.slug}.html") if speaker else ""

    def spots(self) -> tuple[Spot, ...]:
        """The places that have coordinates, as maps are given them."""
        found = []
        for group in self.archive.places:
            term = group.term
            if term and term.lat is not None and term.lon is not None:
                count = sum(release.status != "withdrawn" for release in group.releases)
                found.append(Spot(self.label(term), self.group_link("places", group), count, term.lat, term.lon))
        return tuple(found)

    def surroundings(self, term: Term, count: int) -> Map | None:
        """A map of where a place is; None where it has no coordinates. A country gets a wider one."""
        if term.lat is None or term.lon is None:
            return None
        return maps.around(
            [Spot(self.label(term), "", count, term.lat, term.lon)], 14.0 if term.sort == "country" else 6.0
        )

    def quoted(self, term: Term) -> int:
        """How often a name is quoted in releases that stand."""
        speaker = self._speakers.get(term.slug)
        return sum(release.status != "withdrawn" for release, _ in speaker.quotations) if speaker else 0

    def same_topic(self, release: Release, most: int = 4) -> tuple[Release, ...]:
        """Other releases about the same topics: those that share most, then the nearest in time; its own family is left out."""
        if not release.topics:
            return ()
        place = self._order[release.slug]
        left_out = {release.slug, *(other.slug for other in self.archive.families.get(release.slug, ()))}
        near: dict[str, int] = {}
        for term in release.topics:
            topic = self._topics.get(term.slug)
            if topic is None:
                continue
            order, slugs = topic
            at = bisect.bisect_left(order, place)
            for other in slugs[max(0, at - most * 2) : at + most * 2]:
                if other not in left_out:
                    near[other] = near.get(other, 0) + 1
        best = sorted(near, key=lambda slug: (-near[slug], abs(self._order[slug] - place), slug))[:most]
        return tuple(self.slugs[slug] for slug in best)

    def group_link(self, folder: str, group: Group) -> str:
        """The page of a group."""
        return encoded(f"{folder}/{group.slug}.html")

    def date_href(self, date: Date) -> str:
        """The page of the index by date a release stands on: its month's, its year's, or the undated."""
        if date.year is None:
            return "dates/undated.html"
        year = f"{date.year:04}" if date.year >= 0 else str(date.year)
        return f"dates/{year}-{date.month:02}.html" if date.month else f"dates/{year}.html"

    # ---- pages --------------------------------------------------------------------------------------------------------------

    def page(
        self, path: str, section: str, feeds: tuple[PageLink, ...] = (), edit: str = "", description: str = ""
    ) -> PageInfo:
        """Where the page at `path` (below the edition) stands."""
        root = "../" * path.count("/")
        top = root + "../" * self.prefix.count("/")
        base = self.archive.settings.base_url
        href = encoded(path)
        return PageInfo(
            path=self.prefix + path,
            root=root,
            top=top,
            section=section,
            canonical=_absolute(base, encoded(self.prefix) + href),
            translations=tuple(
                Translation(
                    href=self._prefix_of(language) + href,
                    label=languages.own_name(language),
                    lang=language,
                    url=_absolute(base, self._prefix_of(language) + href),
                )
                for language in self.languages
                if language != self.language
            ),
            feeds=feeds,
            edit=edit,
            description=description or self.archive.settings.scope or self.archive.settings.title,
        )

    def edit_href(self, path: str) -> str:
        """The address of the editor for a file below `content/` (GitHub's and its look-alikes' `/edit/BRANCH/PATH`)."""
        settings = self.archive.settings
        repository = settings.repository.rstrip("/")
        return f"{repository}/edit/{quote(settings.branch)}/content/{encoded(path)}" if repository else ""

    def _prefix_of(self, language: str) -> str:
        return "" if language == self.languages[0] else f"{language}/"

    def _site(self) -> Site:
        settings, build = self.archive.settings, self.build
        articles = sorted(self.archive.articles, key=lambda article: (article.slug != "about", article.slug))
        pages = tuple(
            PageLink(encoded(f"{a.slug}.html"), a.title, "", "")
            for a in articles
            if a.slug not in ("contribute", "colophon")
        )
        return Site(
            title=settings.title,
            scope=settings.scope,
            publisher=settings.publisher,
            rights=settings.rights,
            contact=settings.contact,
            contact_href=_contact(settings.contact),
            repository=settings.repository.rstrip("/")
            if settings.repository.startswith(("https://", "http://"))
            else "",
            lang=self.language,
            dir=self.dir,
            own_lang=settings.language,
            own_dir=direction(settings.language),
            built=languages.day_words(build.date, self.language) if build.date else "",
            built_iso=build.date,
            version=build.version,
            search=build.search,
            drafts=build.drafts,
            about="about.html" if any(article.slug == "about" for article in articles) else "",
            articles=pages,
            offline_copy=encoded(f"{settings.offline_copy}.zip") if settings.offline_copy else "",
        )


def _absolute(base: str, href: str) -> str:
    return f"{base.rstrip('/')}/{href}" if base else ""


def _contact(contact: str) -> str:
    if urlsplit(contact).scheme in ("https", "http", "mailto"):
        return contact
    local, at, host = contact.partition("@")
    return f"mailto:{contact}" if at and local and "." in host and not set(contact) & set(" <>\"'\\") else ""
