"""The front page, the list of releases, the archive's own pages, search, contribute and the page for a wrong address."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from onrecord import charts
from onrecord.charts import Chart
from onrecord.help import said
from onrecord.model import Article, Group
from onrecord.search.view import SearchView, search_view
from onrecord.views import contribute, listing
from onrecord.views.edition import Edition
from onrecord.views.frame import Entry, PageInfo, PageLink, Site, Tally
from onrecord.views.groups import GroupRow, rows_of, standing
from onrecord.views.release import laid_out

LATEST = 10
"""How many of the newest releases the front page shows."""

OFTEN = 12
"""How many topics, places and names the front page shows."""

FEED = PageLink("feed.atom", "", "", "")


@dataclass(frozen=True, slots=True)
class HomeView:
    """The front page."""

    site: Site = said("the archive and the edition")
    page: PageInfo = said("where the page stands")
    count: int = said("how many releases")
    first: str = said("the earliest date in words; empty when none states a year")
    last: str = said("the latest date in words; empty when none states a year")
    publishers: int = said("how many publishers")
    undated: int = said("how many releases do not state their year")
    chart: Chart | None = said("releases over time; none where there are too few")
    latest: tuple[Entry, ...] = said("the newest releases")
    topics: tuple[GroupRow, ...] = said("the topics with most releases")
    topics_total: int = said("how many topics in all")
    places: tuple[Tally, ...] = said("the places with most releases")
    places_total: int = said("how many places in all")
    names: tuple[Tally, ...] = said("the names with most releases")
    names_total: int = said("how many names in all")


@dataclass(frozen=True, slots=True)
class ReleasesView:
    """The list of releases: the newest, and the years."""

    site: Site = said("the archive and the edition")
    page: PageInfo = said("where the page stands")
    count: int = said("how many releases")
    newest: tuple[Entry, ...] = said("the newest releases; all of them in a small archive")
    years: tuple[Tally, ...] = said("the years, newest first; their pages are those of the index by date")
    undated: int = said("how many releases do not state their year")


@dataclass(frozen=True, slots=True)
class ArticleView:
    """One of the archive's own pages, from content/pages/."""

    site: Site = said("the archive and the edition")
    page: PageInfo = said("where the page stands")
    slug: str = said("the page's slug")
    title: str = said("its title")
    body: str = said("its text as safe HTML; print it with the filter `safe`")
    lang: str = said("its language where it is not the page's own, else empty")
    dir: str = said("its direction where `lang` is set")


@dataclass(frozen=True, slots=True)
class ColophonView:
    """How the site is made and how to read it."""

    site: Site = said("the archive and the edition")
    page: PageInfo = said("where the page stands")


@dataclass(frozen=True, slots=True)
class SearchPageView:
    """The search page. Its inside is search.html, which is included and gets `search` and `root`."""

    site: Site = said("the archive and the edition")
    page: PageInfo = said("where the page stands")
    search: SearchView = said("what the search form and its script need (onrecord/search/view.py)")


@dataclass(frozen=True, slots=True)
class NotFoundView:
    """The page for a wrong address. It is served at any depth, so its links are absolute where the site's address is known."""

    site: Site = said("the archive and the edition")
    page: PageInfo = said(
        "where the page stands; `root` and `top` are absolute paths where the site's address is known"
    )
    absolute: bool = said("true when the links are absolute, so that the page cannot lead on from a folder")


def pages(edition: Edition) -> Iterator[tuple[str, str, object]]:
    """index.html, releases/index.html, the archive's own pages, contribute.html, colophon.html, search.html and 404.html."""
    yield "index.html", "home.html", _home(edition)
    yield "releases/index.html", "releases.html", _releases(edition)
    for article in edition.archive.articles:
        yield f"{article.slug}.html", "article.html", _article(edition, article)
    if all(article.slug != "contribute" for article in edition.archive.articles):
        yield "contribute.html", "contribute.html", contribute.view(edition)
    if all(article.slug != "colophon" for article in edition.archive.articles):
        yield "colophon.html", "colophon.html", ColophonView(edition.site, edition.page("colophon.html", "colophon"))
    if edition.build.search:
        yield "search.html", "search-page.html", _search(edition)
    if not edition.prefix:
        yield "404.html", "404.html", _not_found(edition)


def _home(edition: Edition) -> HomeView:
    archive = edition.archive
    releases = standing(archive.releases)
    dated = [release.date for release in releases if release.date.sort_text]
    pages_of = {year.slug: f"dates/{year.slug}.html" for year in archive.years}
    pages_of |= {month.slug: f"dates/{month.slug}.html" for year in archive.years for month in year.months}
    return HomeView(
        site=edition.site,
        page=edition.page("index.html", "home", (FEED,)),
        count=len(releases),
        first=edition.day(min(dated, key=lambda d: d.sort_key)).words if dated else "",
        last=edition.day(max(dated, key=lambda d: d.sort_key)).words if dated else "",
        publishers=len(archive.publishers),
        undated=len(archive.undated),
        chart=charts.histogram((release.date for release in releases), edition.dir, edition.words, pages_of, 120),
        latest=edition.entries(releases[:LATEST]),
        topics=rows_of(edition, "topics", archive.topics)[:OFTEN],
        topics_total=len(archive.topics),
        places=_often(edition, "places", archive.places),
        places_total=len(archive.places),
        names=_often(edition, "names", archive.names),
        names_total=len(archive.names),
    )


def _often(edition: Edition, folder: str, groups: Sequence[Group]) -> tuple[Tally, ...]:
    tallies = [
        Tally(
            edition.group_link(folder, group),
            edition.label(group.term) if group.term else group.label,
            len(standing(group.releases)),
        )
        for group in groups
    ]
    return tuple(sorted(tallies, key=lambda tally: (-tally.count, tally.label, tally.href))[:OFTEN])


def _releases(edition: Edition) -> ReleasesView:
    archive = edition.archive
    shown = archive.releases if len(archive.releases) <= listing.LIMIT else archive.releases[: listing.NEWEST]
    return ReleasesView(
        site=edition.site,
        page=edition.page("releases/index.html", "releases", (FEED,)),
        count=len(archive.releases),
        newest=edition.entries(shown),
        years=tuple(
            Tally(f"dates/{year.slug}.html", edition.digits(year.label), len(year.releases)) for year in archive.years
        ),
        undated=len(archive.undated),
    )


def _article(edition: Edition, article: Article) -> ArticleView:
    lang, direction = edition.foreign(edition.archive.settings.language)
    return ArticleView(
        site=edition.site,
        page=edition.page(f"{article.slug}.html", article.slug, edit=edition.edit_href(article.path)),
        slug=article.slug,
        title=article.title,
        body=laid_out(article.body.html),
        lang=lang,
        dir=direction,
    )


def _search(edition: Edition) -> SearchPageView:
    return SearchPageView(
        edition.site, edition.page("search.html", "search"), search_view(edition.archive, edition.say, edition.language)
    )


def _not_found(edition: Edition) -> NotFoundView:
    base = edition.archive.settings.base_url
    page = edition.page("404.html", "404")
    if not base:
        return NotFoundView(edition.site, page, False)
    top = urlsplit(base).path.rstrip("/") + "/"
    fields = {name: getattr(page, name) for name in PageInfo.__slots__} | {"root": top, "top": top, "canonical": ""}
    return NotFoundView(edition.site, PageInfo(**fields), True)
