"""The front page, the list of releases, the archive's own pages, search, contribute and the page for a wrong address."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated
from urllib.parse import quote, urlsplit

import msgspec

from onrecord import dates, languages, routes
from onrecord.charts import Chart
from onrecord.compare import Pair
from onrecord.division import LIMIT, NEWEST
from onrecord.faces import ShownText
from onrecord.front_map import FrontMap, front_map
from onrecord.model import Card, Kind
from onrecord.reader import FOLDERS, UNDATED
from onrecord.routes import href
from onrecord.search.search_page import SearchView, search_view
from onrecord.views import comparing, groups, quotation_pages
from onrecord.views.date_pages import over_time
from onrecord.views.edition import Edition
from onrecord.views.frame import Entry, PageInfo, PageKind, PageLink, QuotationEntry, Site, Tally
from onrecord.views.groups import GroupRow
from onrecord.views.numbered_text import laid_out
from onrecord.writing import direction

LATEST = 8
"""How many of the newest releases the front page shows."""

LAST_ADDED = 5
"""How many of the releases that came last the front page shows."""

MOST_FREQUENT = 8
"""How many topics, speakers, places and names the front page shows."""

CHART_HIGH, CHART_HIGH_BESIDE_MAP = 120, 160
"""Pixels of height of the chart of releases over time."""

NEWEST_AT_SEARCH = 5
"""How many of the newest releases the search page shows before anything is looked for."""

WORDS_OF_EXAMPLE = 3
"""How many words of a quotation are an example of a search."""

LONGEST_CHANGED = 400
"""How many characters a sentence has at most that the front page shows in two publications."""


class AddedEntry(msgspec.Struct, frozen=True):
    """A release that came into the archive lately."""

    date: Annotated[str, "the day on which it came, in words"]
    iso: Annotated[str, "that day as ISO 8601"]
    entry: Annotated[Entry, "the release"]


class Featured(msgspec.Struct, frozen=True):
    """The release that the front page opens with: the one that archive.toml names as `featured`, else the newest that has a verbatim
    quotation of a speaker of some 40 to 300 characters, the first of them; in an archive without one the newest release. Never a draft or a
    withdrawn one."""

    entry: Annotated[Entry, "the release"]
    kind: Annotated[str, "its kind, to be printed with the filter `words`; may be empty"]
    quotation: Annotated[QuotationEntry | None, "the quotation, whole; none where the archive has none such"]
    opening: Annotated[
        str, "where there is no quotation: the first paragraph, in a summary the archive's own words; else empty"
    ]


class ComparedPair(msgspec.Struct, frozen=True):
    """Two publications of one text."""

    left: Annotated[Entry, "the one on the left of the page that compares them"]
    right: Annotated[Entry, "the other"]
    href: Annotated[str, "address of that page"]
    lang: Annotated[str, "the language of both"]
    dir: Annotated[str, "the direction of both"]
    changed: Annotated[
        Pair | None, "the first sentence that is in both and differs; none where there is none, or it is long"
    ]


class HomeView(msgspec.Struct, frozen=True):
    """The front page."""

    site: Annotated[Site, "the archive and the edition"]
    page: Annotated[PageInfo, "the page itself: its address, section and languages"]
    count: Annotated[int, "how many releases, as on the page of all releases"]
    first: Annotated[str, "the earliest date in words; empty when none states a year"]
    last: Annotated[str, "the latest date in words; empty when none states a year"]
    undated: Annotated[int, "how many releases do not state their year"]
    withdrawn: Annotated[int, "how many releases are withdrawn"]
    numbers: Annotated[
        tuple[Tally, ...],
        "how many publishers, topics, places, names and quotations there are, each with its index; its label is that index's folder; what "
        "there is none of is left out",
    ]
    featured: Annotated[Featured | None, "the release that the page opens with; none in an empty archive"]
    compared: Annotated[
        ComparedPair | None, "the newest release that is compared with another publication of its text, and that one"
    ]
    chart: Annotated[Chart | None, "releases over time; none where there are too few"]
    map: Annotated[FrontMap | None, "the places on a small map; none where fewer than two have coordinates"]
    latest: Annotated[tuple[Entry, ...], "the newest releases"]
    added: Annotated[
        tuple[AddedEntry, ...],
        "the releases that came into the archive last; empty where that is not known, or where they are the newest anyway",
    ]
    topics: Annotated[tuple[GroupRow, ...], "the topics with most releases"]
    speakers: Annotated[tuple[Tally, ...], "who is quoted most; a count is of quotations"]
    places: Annotated[tuple[Tally, ...], "the places with most releases"]
    names: Annotated[tuple[Tally, ...], "the names with most releases"]


class ReleasesView(msgspec.Struct, frozen=True):
    """The list of releases: the newest, and the years."""

    site: Annotated[Site, "the archive and the edition"]
    page: Annotated[PageInfo, "the page itself: its address, section and languages"]
    count: Annotated[int, "how many releases"]
    withdrawn: Annotated[int, "how many of them are withdrawn"]
    newest: Annotated[tuple[Entry, ...], "the newest releases; all of them in a small archive"]
    years: Annotated[tuple[Tally, ...], "the years, newest first; their pages are those of the index by date"]
    undated: Annotated[int, "how many releases do not state their year"]


class ArticleView(msgspec.Struct, frozen=True):
    """One of the archive's own pages, from content/pages/."""

    site: Annotated[Site, "the archive and the edition"]
    page: Annotated[PageInfo, "the page itself: its address, section and languages"]
    slug: Annotated[str, "the page's slug"]
    title: Annotated[str, "its title"]
    body: Annotated[str, "its text as safe HTML; print it with the filter `safe`"]
    lang: Annotated[str, "its language where it is not the page's own, else empty"]
    dir: Annotated[str, "its direction where `lang` is set"]


class ColophonView(msgspec.Struct, frozen=True):
    """How the site is made and how to read it."""

    site: Annotated[Site, "the archive and the edition"]
    page: Annotated[PageInfo, "the page itself: its address, section and languages"]
    built: Annotated[str, "the day of the build in words; may be empty"]
    built_iso: Annotated[str, "that day as ISO 8601; may be empty"]


class SearchStart(msgspec.Struct, frozen=True):
    """What the search page has before anything is looked for."""

    examples: Annotated[
        tuple[PageLink, ...], "searches that find something: what is typed, and the address with it; for scripts alone"
    ]
    newest: Annotated[tuple[Entry, ...], "the newest releases"]
    topics: Annotated[tuple[Tally, ...], "the topics with most releases"]
    places: Annotated[tuple[Tally, ...], "the places with most releases"]


class SearchPageView(msgspec.Struct, frozen=True):
    """The search page."""

    site: Annotated[Site, "the archive and the edition"]
    page: Annotated[PageInfo, "the page itself: its address, section and languages"]
    search: Annotated[SearchView, "what the search form and its script need (onrecord/search/search_page.py)"]
    start: Annotated[SearchStart, "what stands there before anything is looked for"]


class PhrasesView(msgspec.Struct, frozen=True):
    """The words that the scripts of every page say, as a script: a page opened from a folder may load one, and no JSON."""

    locale: Annotated[str, "the BCP 47 tag that browsers write numbers and dates by"]
    between: Annotated[str, "what stands between two statements of one line"]


class OtherTongue(msgspec.Struct, frozen=True):
    """An edition in another language, for who comes to the page for a wrong address from there."""

    href: Annotated[str, "address of its front page, relative to the top of the site (`page.top`)"]
    label: Annotated[str, "the language's own name for itself"]
    words: Annotated[str, "that there is no such page, in that language"]
    lang: Annotated[str, "BCP 47 tag"]
    dir: Annotated[str, "its direction: ltr or rtl"]


class NotFoundView(msgspec.Struct, frozen=True):
    """The page for a wrong address. It is served at any depth, so its links are absolute where the site's address is known."""

    site: Annotated[Site, "the archive and the edition"]
    page: Annotated[
        PageInfo,
        "the page itself: its address, section and languages; `root` and `top` are absolute paths where the site's address is known",
    ]
    absolute: Annotated[bool, "true when the links are absolute, so that the page cannot lead on from a folder"]
    others: Annotated[tuple[OtherTongue, ...], "the site's other languages"]


Pages = Iterator[tuple[str, tuple[str, ...]]]


def _feeds(edition: Edition) -> tuple[PageLink, ...]:
    return (PageLink(edition.prefix + routes.FEED, "", "", ""),)


def home_pages(edition: Edition) -> Pages:
    """The front page."""
    yield routes.HOME, ()


def home(edition: Edition) -> HomeView:
    """The front page."""
    ask = edition.ask
    facts, places = ask.facts(), front_map(edition.spots())
    return HomeView(
        site=edition.site,
        page=edition.page(routes.HOME, "home", _feeds(edition)),
        count=facts.count,
        first=edition.day(dates.checked(facts.first)).words if facts.first else "",
        last=edition.day(dates.checked(facts.last)).words if facts.last else "",
        undated=ask.date_count(UNDATED),
        withdrawn=ask.withdrawn(),
        numbers=_numbers(edition),
        featured=_featured(edition),
        compared=_compared(edition),
        chart=over_time(edition, facts, CHART_HIGH_BESIDE_MAP if places else CHART_HIGH),
        map=places,
        latest=edition.entries(ask.newest(LATEST, True)),
        added=_added(edition),
        topics=groups.frequent_rows(edition, "topics", MOST_FREQUENT),
        speakers=_most_quoted(edition),
        places=_most_frequent(edition, "place"),
        names=_most_frequent(edition, "name"),
    )


def _numbers(edition: Edition) -> tuple[Tally, ...]:
    ask = edition.ask
    counts = [(folder, len(ask.group_slugs(folder))) for folder in ("publishers", "topics", "places", "names")]
    counts.append(("quotations", sum(count for *_, count in ask.speaker_counts())))
    return tuple(Tally(href(f"{folder}/index.html"), folder, count) for folder, count in counts if count)


def _featured(edition: Edition) -> Featured | None:
    ask = edition.ask
    slug, number = ask.featured()
    card = ask.card(slug) if slug else None
    if not isinstance(card, Card):
        return None
    quotation = edition.quotation(card, ask.quotations(slug)[number]) if number >= 0 else None
    return Featured(edition.entry(card), card.kind, quotation, "" if quotation else ask.opening(slug))


def _compared(edition: Edition) -> ComparedPair | None:
    ask = edition.ask
    slug = ask.featured_family()
    card = ask.card(slug) if slug else None
    if not isinstance(card, Card):
        return None
    other = next(iter(comparing.partners(ask, card)), None)
    if other is None:
        return None
    left, right = comparing.in_order(ask, *sorted((card.slug, other.slug)))
    changed = next(filter(_is_short, comparing.changes(edition, left, right)), None)
    path = href(routes.comparison(card.slug, other.slug))
    return ComparedPair(edition.entry(left), edition.entry(right), path, left.language, left.direction, changed)


def _is_short(pair: Pair) -> bool:
    return all(sum(len(run.text) for run in runs) <= LONGEST_CHANGED for runs in (pair.left, pair.right))


def _most_quoted(edition: Edition) -> tuple[Tally, ...]:
    ask = edition.ask
    tallies = []
    for slug in ask.most_quoted(MOST_FREQUENT):
        label, name = ask.speaker_label(slug)
        shown = edition.label_of("name", name) if name else label
        tallies.append(Tally(href(routes.speaker(slug)), shown, ask.speaker_count(slug)))
    return tuple(sorted(tallies, key=lambda tally: (-tally.count, tally.label, tally.href))[:MOST_FREQUENT])


def _added(edition: Edition) -> tuple[AddedEntry, ...]:
    ask = edition.ask
    added = ask.last_added(LAST_ADDED)
    if {card.slug for card in added} <= {listed.slug for listed in ask.newest(LATEST, True)}:
        return ()
    days = [(card, ask.addition(card.slug)[:10]) for card in added]
    return tuple(AddedEntry(edition.date_in_words(day), day, edition.entry(card)) for card, day in days)


def _most_frequent(edition: Edition, kind: Kind) -> tuple[Tally, ...]:
    tallies = []
    for slug in edition.ask.frequent(FOLDERS[kind], MOST_FREQUENT):
        link, facts = edition.term_link(kind, slug), edition.ask.group_facts(FOLDERS[kind], slug)
        tallies.append(Tally(link.href, link.label, facts.count if facts else 0))
    return tuple(sorted(tallies, key=lambda tally: (-tally.count, tally.label, tally.href))[:MOST_FREQUENT])


def releases_pages(edition: Edition) -> Pages:
    """The list of releases."""
    yield routes.RELEASES, ()


def releases(edition: Edition) -> ReleasesView:
    """The list of releases: the newest, and the years."""
    ask = edition.ask
    count = ask.facts().count
    return ReleasesView(
        site=edition.site,
        page=edition.page(routes.RELEASES, "releases", _feeds(edition)),
        count=count,
        withdrawn=ask.withdrawn(),
        newest=edition.entries(ask.newest(LIMIT if count <= LIMIT else NEWEST, False)),
        years=tuple(
            Tally(href(routes.period(label)), edition.digits(label), of_year)
            for label, of_year, _, _ in ask.year_labels()
        ),
        undated=ask.date_count(UNDATED),
    )


def article_pages(edition: Edition) -> Pages:
    """The archive's own pages."""
    for slug, _ in edition.ask.frame().articles:
        yield routes.article(slug), (slug,)


def article(edition: Edition, slug: str) -> ArticleView:
    """One of the archive's own pages."""
    of_slug, language = edition.article(slug)
    assert of_slug is not None, slug
    lang, direction = edition.foreign(language)
    return ArticleView(
        site=edition.site,
        page=edition.page(
            routes.article(slug),
            slug,
            edit=edition.edit_href(of_slug.path),
            texts=(ShownText(language, of_slug.body.html, is_source=False),),
        ),
        slug=slug,
        title=of_slug.title,
        body=laid_out(edition, of_slug.body.html, edition.ask.frame().settings.language),
        lang=lang,
        dir=direction,
    )


def colophon_pages(edition: Edition) -> Pages:
    """The colophon."""
    yield routes.COLOPHON, ()


def colophon(edition: Edition) -> ColophonView:
    """How the site is made and how to read it."""
    built = edition.ask.built()
    return ColophonView(
        site=edition.site,
        page=edition.page(routes.COLOPHON, "colophon"),
        built=languages.day_words(built, edition.language) if built else "",
        built_iso=built,
    )


def search_pages(edition: Edition) -> Pages:
    """The search page of a site that has a search."""
    if edition.ask.frame().search:
        yield routes.SEARCH, ()


def search(edition: Edition) -> SearchPageView:
    """The search page."""
    return SearchPageView(
        site=edition.site,
        page=edition.page(routes.SEARCH, "search"),
        search=search_view(edition.ask, edition.translate, edition.language),
        start=SearchStart(
            tuple(_examples(edition)),
            edition.entries(edition.ask.newest(NEWEST_AT_SEARCH, True)),
            _most_frequent(edition, "topic"),
            _most_frequent(edition, "place"),
        ),
    )


def _examples(edition: Edition) -> Iterator[PageLink]:
    """One search of each kind: the place with most releases, who is quoted most, words of a quotation, a publisher's number."""
    ask = edition.ask
    slug, number = ask.featured()
    quotation = ask.quotations(slug)[number].text.split() if number >= 0 else []
    words = [
        *(f'place:"{edition.label_of("place", place)}"' for place in ask.frequent("places", 1)[:1]),
        *(f'speaker:"{quotation_pages.speaker_name(edition, speaker)}"' for speaker in ask.most_quoted(1)[:1]),
        *([f'"{" ".join(quotation[:WORDS_OF_EXAMPLE])}"'] if len(quotation) >= WORDS_OF_EXAMPLE else []),
        *[card.reference for card in ask.newest(LATEST, True) if isinstance(card, Card) and card.reference][:1],
    ]
    for typed in words:
        if typed.count('"') in (0, 2):
            yield PageLink(f"{href(routes.SEARCH)}#q={quote(typed)}", typed, "", "")


def phrases_pages(_edition: Edition) -> Pages:
    """The one script."""
    yield routes.PHRASES, ()


def phrases(edition: Edition) -> PhrasesView:
    """What the scripts of every page say."""
    return PhrasesView(languages.browser_locale(edition.language), languages.between(edition.language))


def not_found_pages(edition: Edition) -> Pages:
    """The page for a wrong address: one for the whole site, in the main edition."""
    if not edition.prefix:
        yield routes.NOT_FOUND, ()


def not_found(edition: Edition) -> NotFoundView:
    """The page for a wrong address."""
    base = edition.ask.frame().settings.base_url
    page = edition.page(routes.NOT_FOUND, "404")
    others = tuple(
        OtherTongue(
            href=routes.prefix(language, edition.languages[0]) + routes.HOME,
            label=languages.own_name(languages.catalogue(language)),
            words=languages.no_such_page(language),
            lang=language,
            dir=direction(language),
        )
        for language in edition.languages
        if language != edition.language
    )
    if not base:
        return NotFoundView(edition.site, page, False, others)
    top = urlsplit(base).path.rstrip("/") + "/"
    return NotFoundView(edition.site, msgspec.structs.replace(page, root=top, top=top, canonical=""), True, others)


PAGES = (
    PageKind("home", home_pages, home),
    PageKind("releases", releases_pages, releases),
    PageKind("article", article_pages, article),
    PageKind("colophon", colophon_pages, colophon),
    PageKind("search", search_pages, search),
    PageKind("phrases", phrases_pages, phrases),
    PageKind("not-found", not_found_pages, not_found),
)
